//! Trees that are laid out as a layer already, or nearly.

use super::folder::{Folder, Told};
use super::{Kind, distribution, scripts};
use crate::tables::layouts::{LAYER_TOPS, is_versioned_python};

/// A folder with one of those at its top that Lambda looks into, or with one that people take for it: all of it stays
/// where it is, and is repaired in steps that can be undone.
pub fn tell(folder: &Folder) -> Option<Told> {
    // Java's sources lie in a folder of that name too; only one with jars is a layer's.
    let has_jars = |below: &Vec<usize>| {
        below.iter().any(|index| folder.source.entries.get(*index).is_some_and(|entry| entry.path.ends_with(".jar")))
    };
    let is_top = |(name, below): (&&str, &Vec<usize>)| {
        (LAYER_TOPS.contains(name) || is_versioned_python(name)) && (*name != "java" || has_jars(below))
    };
    folder.level.folders.iter().any(is_top).then(|| {
        let mut layer = folder.part(Kind::Layer, "it has a folder that Lambda looks into");
        layer.distributions = distribution::find_below(folder.source, &folder.entries);
        layer.mendable = scripts::with_linux_line_ends(folder.source, &folder.entries);
        layer.into()
    })
}
