//! Trees that are laid out as a layer already.

use super::folder::{Folder, Told};
use super::{Kind, distribution};
use crate::tables::layouts::LAYER_TOPS;

/// A folder with one of those at its top that Lambda looks into: all of it stays where it is.
pub fn tell(folder: &Folder) -> Option<Told> {
    folder.level.folders.keys().any(|name| LAYER_TOPS.contains(name)).then(|| {
        let mut layer = folder.part(Kind::Layer, "it has a folder that Lambda looks into");
        layer.distributions = distribution::find_below(folder.source, &folder.entries);
        layer.into()
    })
}
