//! Where programs, shared libraries and scripts of any origin are found, whatever the runtime.

use std::rc::Rc;

use super::{Placing, folders};
use crate::path::LayerPath;
use crate::recognise::Kind;
use crate::tables::layouts::{BIN, EXTENSIONS, LIB};

/// One file, under its own name.
///
/// A wrapper has no folder of its own: the function names its whole path. It stays out of `bin`, since nobody means to
/// start it by its name.
pub fn place(placing: &mut Placing) {
    let part = placing.part;
    let what = folders::what(part);
    let (folder, why) = match part.kind {
        Kind::SharedLibrary => (LIB, "lib is on the LD_LIBRARY_PATH of every runtime".to_owned()),
        Kind::Extension => (EXTENSIONS, "Lambda starts every file in extensions".to_owned()),
        Kind::ExecWrapper => {
            ("", format!("it wraps the runtime once AWS_LAMBDA_EXEC_WRAPPER is set to /opt/{}", part.name))
        }
        Kind::Bootstrap => ("", "a custom runtime starts bootstrap at the top of its layers".to_owned()),
        _ => (BIN, "bin is on the PATH of every runtime".to_owned()),
    };
    let reason: Rc<str> = format!("{what}: {why}").into();
    for index in &part.entries {
        placing.at(LayerPath::join(folder, &part.name), *index, &reason);
        if let Some(placed) = placing.placements.last_mut().filter(|_| part.kind != Kind::SharedLibrary) {
            placed.mode = 0o755;
        }
    }
}
