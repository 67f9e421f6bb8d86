//! Symbolic links of an archive: a link to a file in it becomes a copy of that file, since several tools on the way to
//! Lambda lose links. What points outside refuses the archive; what points nowhere or to a folder is left out and noted.

use std::collections::BTreeMap;

use super::{ArchiveEntry, Listing};
use crate::content::ContentError;
use crate::error::{Note, Refusal};
use crate::path::folder_of;
use crate::tables::codes;
use crate::tables::limits::MAX_LINK;
use crate::words::quoted;

/// The listing without links.
pub fn resolve(listing: Listing) -> Result<Listing, Refusal> {
    let Listing { entries, mut notes } = listing;
    let mut targets = BTreeMap::new();
    for entry in entries.iter().filter(|entry| entry.link) {
        targets.insert(entry.name.clone(), target_of(entry)?);
    }
    if targets.is_empty() {
        return Ok(Listing { entries, notes });
    }
    let files: BTreeMap<&str, &ArchiveEntry> =
        entries.iter().filter(|entry| !entry.link).map(|entry| (entry.name.as_str(), entry)).collect();

    let mut copies = BTreeMap::new();
    for (name, target) in &targets {
        let (shown, aim) = (quoted(name), quoted(target));
        match follow(target, &targets, &files) {
            Some(file) => {
                notes.push(Note::new(codes::LINK, name, format!("{shown} links to {aim} and was copied from it")));
                copies.insert(name.clone(), (file.mode, file.content.clone()));
            }
            None if files
                .keys()
                .any(|file| file.strip_prefix(target.as_str()).is_some_and(|rest| rest.starts_with('/'))) =>
            {
                notes.push(Note::new(
                    codes::LINK_FOLDER,
                    name,
                    format!("{shown} links to the folder {aim} and was left out"),
                ));
            }
            None => notes.push(Note::new(
                codes::LINK_DANGLING,
                name,
                format!("{shown} links to {aim}, which is not in the archive, and was left out"),
            )),
        }
    }
    drop(files);
    let entries = entries
        .into_iter()
        .filter_map(|entry| {
            if !entry.link {
                return Some(entry);
            }
            let (mode, content) = copies.remove(&entry.name)?;
            Some(ArchiveEntry { name: entry.name, mode, link: false, content })
        })
        .collect();
    Ok(Listing { entries, notes })
}

/// The link's target as a path in the archive.
fn target_of(entry: &ArchiveEntry) -> Result<String, Refusal> {
    let shown = quoted(&entry.name);
    let text = match entry.content.read(MAX_LINK) {
        Ok(Some(bytes)) => String::from_utf8(bytes).ok(),
        Ok(None) => None,
        Err(ContentError::Damaged(found)) => {
            return Err(Refusal::entry(codes::BAD_DATA, &entry.name, format!("{shown} is damaged: {found}")));
        }
        Err(ContentError::Read(_)) => {
            return Err(Refusal::entry(codes::UNREADABLE, &entry.name, format!("{shown} can't be read")));
        }
    };
    let escape = |what: &str| Refusal::entry(codes::LINK_ESCAPE, &entry.name, format!("{shown} is a link {what}"));
    let Some(text) = text else {
        return Err(escape("with a target that is too long or not UTF-8"));
    };
    if text.starts_with('/') || text.contains(['\0', '\\']) {
        return Err(escape(&format!("to {}; expected a target inside the archive", quoted(&text))));
    }
    let mut parts: Vec<&str> = folder_of(&entry.name).split('/').filter(|part| !part.is_empty()).collect();
    for part in text.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.pop().is_none() => {
                return Err(escape(&format!("to {}, outside the archive", quoted(&text))));
            }
            ".." => {}
            part => parts.push(part),
        }
    }
    Ok(parts.join("/"))
}

/// The file at the end of a chain of links; `None` where there is none or the chain goes round.
fn follow<'a>(
    target: &str,
    targets: &BTreeMap<String, String>,
    files: &BTreeMap<&str, &'a ArchiveEntry>,
) -> Option<&'a ArchiveEntry> {
    let mut at = target;
    for _ in 0..=targets.len() {
        if let Some(file) = files.get(at) {
            return Some(file);
        }
        at = targets.get(at)?;
    }
    None
}
