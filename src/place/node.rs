//! Where Node.js finds packages: the folders of a layer that `NODE_PATH` names.

use super::{Placing, folders};
use crate::choices::Settings;
use crate::recognise::Kind;
use crate::tables::runtimes::Language;

/// Packages and code, each below the folder of its own name.
///
/// Code of one's own lies there too, and not beside `node_modules`: `import` takes only what has a folder of its name in
/// a searched one, while `/opt/nodejs/helper.js` would be reachable by its absolute path alone.
pub fn place(placing: &mut Placing, settings: &Settings) {
    let part = placing.part;
    let what = match part.kind {
        Kind::NodeCode => format!("{}, found as {:?}", folders::what(part), part.name),
        _ => folders::what(part),
    };
    for (folder, reason) in folders::of(Language::NodeJs, settings, &what) {
        placing.below(&folder, &part.entries, &reason);
    }
}
