//! Trees that are laid out as a layer already, or nearly.

use super::folder::{Folder, Told};
use super::python::distribution;
use super::ruby::home;
use super::{Kind, Recognised, native, scripts};
use crate::intake::Entry;
use crate::path::within;
use crate::tables::codes;
use crate::tables::layouts::{BIN, BOOTSTRAP, LAYER_TOPS, LIB, is_versioned_python};

/// A folder with one of those at its top that Lambda looks into, or with one that people take for it: all of it stays
/// where it is, and is repaired in steps that can be undone.
pub fn tell(folder: &Folder) -> Option<Told> {
    if starts_runtime(folder) {
        return Some(stays(folder, "it has the bootstrap of a custom runtime"));
    }
    let folders = &folder.level.folders;
    folders
        .iter()
        .any(|(name, below)| is_top(folder, name, below))
        .then(|| stays(folder, "it has a folder that Lambda looks into"))
}

/// A tree as it lies below a prefix such as `/usr/local`: programs in `bin`, shared libraries in `lib`. Much else has
/// folders of these names, so this is asked after everything that tells more.
pub fn prefix(folder: &Folder) -> Option<Told> {
    let directly = |name: &str, is: fn(&crate::intake::Source, usize) -> bool| {
        let below = folder.level.folders.get(name)?;
        let at = folder.below(name);
        let inside = |index: &&usize| {
            let path = folder.source.entries.get(**index).and_then(|entry| within(&entry.path, &at));
            path.is_some_and(|rest| !rest.contains('/')) && is(folder.source, **index)
        };
        below.iter().find(inside)
    };
    let held = directly(BIN, native::is_program).or_else(|| directly(LIB, native::is_library));
    held.map(|_| stays(folder, "it has programs in bin or shared libraries in lib"))
}

fn stays(folder: &Folder, reason: &str) -> Told {
    all_of(folder, reason).into()
}

/// All of a folder as the layer that it is.
pub fn all_of(folder: &Folder, reason: &str) -> Recognised {
    let mut layer = folder.part(Kind::Layer, reason);
    layer.distributions = distribution::find_below(folder.source, &folder.entries);
    layer.installed = home::in_layer(folder);
    // They stay links.
    let is_kept = |entry: &Entry| entry.copy_of.is_some();
    if folder.source.entries.iter().any(is_kept) {
        layer.notes.retain(|note| note.code != codes::LINK);
    }
    layer.mendable = scripts::mendable(folder.source, &folder.entries);
    layer
}

/// Whether a folder is one that Lambda looks into by its name, and by its content where others bear that name as well.
fn is_top(folder: &Folder, name: &str, below: &[usize]) -> bool {
    let holds = |wanted: &dyn Fn(&str) -> bool| {
        let at = folder.below(name);
        let rest = |index: &usize| {
            let entry = folder.source.entries.get(*index);
            entry.and_then(|entry| within(&entry.path, &at)).is_some_and(wanted)
        };
        below.iter().any(rest)
    };
    match name {
        // Sources of Java, and of other languages' bindings, lie in folders of these names too.
        "java" => holds(&|path| path.ends_with(".jar")),
        "ruby" => holds(&|path| path.starts_with("gems/") || path.starts_with("lib/")),
        "extensions" => below.iter().any(|index| native::is_program(folder.source, *index)),
        _ => LAYER_TOPS.contains(&name) || is_versioned_python(name),
    }
}

/// Whether a custom runtime's start lies here, with more than itself.
fn starts_runtime(folder: &Folder) -> bool {
    let bootstrap = folder.level.files.get(BOOTSTRAP);
    folder.entries.len() > 1 && bootstrap.is_some_and(|index| native::is_program(folder.source, *index))
}
