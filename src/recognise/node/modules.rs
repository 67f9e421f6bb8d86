//! A `node_modules` folder: the packages in it, and what the installer keeps beside them for itself.

use super::npm::Manifest;
use crate::intake::Source;
use crate::path::within;
use crate::recognise::folder::Folder;
use crate::recognise::{Kind, Recognised};
use crate::tables::npm::INSTALLER_FILES;

/// Why the installer's own files stay out.
pub const INSTALLER_REASON: &str =
    "npm's and its like's own notes and launchers, which nothing reads when a function runs";

/// The packages of a `node_modules` folder as one part.
pub fn part(folder: &Folder, reason: &str) -> Recognised {
    let mut part = folder.part(Kind::NodeModules, reason);
    part.notes.retain(|note| !is_installers_path(within(&note.entry, folder.at).unwrap_or(&note.entry)));
    let names: Vec<&str> = folder.level.folders.keys().copied().collect();
    let only = match names.as_slice() {
        [scope] if scope.starts_with('@') => folder.level.folders.get(scope).and_then(|below| {
            let at = folder.below(scope);
            let inner = Folder::of(folder.source, &at, below.clone());
            match inner.level.folders.keys().collect::<Vec<_>>().as_slice() {
                [own] => Some(format!("{scope}/{own}")),
                _ => None,
            }
        }),
        [name] => Some((*name).to_owned()),
        _ => None,
    };
    if let Some(name) = only
        && let Ok(Some(manifest)) = Manifest::read(folder.source, &folder.below(&name))
    {
        (part.name, part.version) = (name, manifest.version);
    }
    part
}

/// Whether an entry of a `node_modules` folder is the installer's own.
pub fn is_installers(source: &Source, at: &str, index: usize) -> bool {
    let path = source.entries.get(index).map_or("", |entry| entry.path.as_str());
    is_installers_path(within(path, at).unwrap_or(path))
}

fn is_installers_path(path: &str) -> bool {
    let first = path.split('/').next().unwrap_or(path);
    INSTALLER_FILES.contains(&first) || path.contains("/node_modules/.bin/")
}
