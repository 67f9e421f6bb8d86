//! Packages of conda: a prefix of files with a record of its own, in one archive (`.tar.bz2`) or in two within one
//! (`.conda`). What they hold is told by the other rules; conda's own record stays out.
//!
//! Source: <https://docs.conda.io/projects/conda-build/en/stable/resources/package-spec.html>.

use super::folder::{Folder, Told};

const INFO: &str = "info";
const REASON: &str = "conda's own record of the package";

/// A package that is unpacked, or a `.tar.bz2`: it holds `info/index.json`.
pub fn package(folder: &Folder) -> Option<Told> {
    let record = folder.below("info/index.json");
    let info = folder.level.folders.get(INFO)?;
    let is_record = |index: &usize| folder.source.entries.get(*index).is_some_and(|entry| entry.path == record);
    if !info.iter().any(is_record) {
        return None;
    }
    let rest: Vec<usize> = folder.entries.iter().filter(|index| !info.contains(index)).copied().collect();
    let omitted = info.iter().map(|index| (*index, REASON)).collect();
    let folders = if rest.is_empty() { Vec::new() } else { vec![(folder.at.to_owned(), rest)] };
    Some(Told { folders, omitted, ..Told::default() })
}

/// A `.conda`: a zip with `metadata.json`, the files in `pkg-….tar.zst` and the record in `info-….tar.zst`.
pub fn archive(folder: &Folder) -> Option<Told> {
    let files = &folder.level.files;
    let metadata = files.get("metadata.json")?;
    let named = |begins: &str| {
        let mut found = files.iter().filter(|(name, _)| name.starts_with(begins) && name.ends_with(".tar.zst"));
        found.next().map(|(_, index)| *index)
    };
    let (packed, info) = (named("pkg-")?, named("info-")?);
    (files.len() == 3 && folder.level.folders.is_empty()).then(|| Told {
        files: vec![packed],
        omitted: vec![(*metadata, REASON), (info, REASON)],
        ..Told::default()
    })
}
