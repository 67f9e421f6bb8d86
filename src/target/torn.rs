//! Libraries that were moved away from those who look for them beside themselves, and the way back, where it is certain.

use super::layer::{File, Layer};
use super::search_path::expanded;
use crate::inspect::Inspection;
use crate::inspect::elf::Elf;
use crate::order::{BTreeMap, BTreeSet};
use crate::path::{file_name, folder_of, within};
use crate::tables::layouts::LIB;

/// Libraries that are moved back one by one; more are no single step.
const MOST: usize = 4;

/// The moves, from and to, after which some files find what they look for beside themselves: of the folder, where that
/// was moved whole, e.g. from `lib/numpy.libs` to `python/numpy.libs`, else of each library. None where it is not certain:
/// where a file searches several folders, two libraries have one name, the place is taken, or someone looks for them
/// where they lie.
pub fn ways_back(layer: &Layer, paths: &[String]) -> Vec<(String, String)> {
    let mut wanted: BTreeMap<&str, String> = BTreeMap::new();
    for (file, elf) in compiled(layer).filter(|(file, _)| paths.iter().any(|path| path == file.path)) {
        let [folder] = &beside(file, elf)[..] else { return Vec::new() };
        for library in &elf.needed {
            let mut called = compiled(layer).filter(|(other, _)| file_name(other.path) == library);
            let (Some((found, own)), None) = (called.next(), called.next()) else { continue };
            let is_it = own.soname.is_empty() || own.soname == *library;
            if !is_it || own.built != elf.built || [folder.as_str(), LIB].contains(&folder_of(found.path)) {
                continue;
            }
            if wanted.insert(found.path, folder.clone()).is_some_and(|other| other != *folder) {
                return Vec::new();
            }
        }
    }
    let from: BTreeSet<&str> = wanted.keys().map(|path| folder_of(path)).collect();
    let to: BTreeSet<&str> = wanted.values().map(String::as_str).collect();
    if compiled(layer).any(|(file, elf)| beside(file, elf).iter().any(|folder| from.contains(folder.as_str()))) {
        return Vec::new();
    }
    let is_free = |path: &str| !layer.packed().any(|placement| within(&placement.path, path).is_some());
    let (mut from, mut to) = (from.into_iter(), to.into_iter());
    if let (Some(from), None, Some(to), None) = (from.next(), from.next(), to.next(), to.next())
        && file_name(from) == file_name(to)
        && is_free(to)
    {
        return vec![(from.to_owned(), to.to_owned())];
    }
    let moved = wanted.iter().map(|(path, folder)| ((*path).to_owned(), format!("{folder}/{}", file_name(path))));
    let moves: Vec<(String, String)> = moved.collect();
    if moves.len() > MOST || moves.iter().any(|(_, to)| !is_free(to)) { Vec::new() } else { moves }
}

fn compiled<'a>(layer: &'a Layer<'a>) -> impl Iterator<Item = (&'a File<'a>, &'a Elf)> {
    layer.files.iter().filter_map(|file| match file.found {
        Inspection::Elf(elf) => Some((file, elf)),
        _ => None,
    })
}

/// The folders that a file searches by where it lies itself, without its own.
fn beside(file: &File, elf: &Elf) -> Vec<String> {
    let named = elf.rpath.iter().chain(&elf.runpath).filter(|folder| folder.contains("ORIGIN"));
    let folders: BTreeSet<String> = named.filter_map(|folder| expanded(folder, file.path)).collect();
    folders.into_iter().filter(|folder| folder != folder_of(file.path)).collect()
}
