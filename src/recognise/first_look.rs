//! How much of a file is read to tell what it is and what it needs, foreseen by its name.
//!
//! A browser takes half a millisecond to open a file while everything waits for it, and a fraction of that when hundreds
//! are asked for together. Only speed hangs on this: what was not foreseen is read when it is needed.

use super::native::is_library_name;
use crate::inspect::{self, secret};
use crate::intake::promises_files;
use crate::path::file_name;
use crate::tables::started::{COMPILED, READ_WHOLE};

/// Larger archives are read a stretch at a time.
const ARCHIVE: u64 = 32 * 1024 * 1024;
/// What a package says of itself is rarely longer.
const METADATA: u64 = 256 * 1024;
/// Headers, strings and versions of a compiled file lie here as a rule.
const LIBRARY: u64 = 256 * 1024;

/// How many of a file's first bytes will be wanted as soon as it is added, at most; 0 where its name says enough.
///
/// `first_look("LICENSE", None, 11_000)` is 1024.
pub fn first_look(path: &str, mode: Option<u32>, size: u64) -> u64 {
    let name = file_name(path);
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let most = if promises_files(name) || ending == "jar" {
        if size <= ARCHIVE { size } else { 0 }
    } else if READ_WHOLE.contains(&name) || READ_WHOLE.contains(&ending) {
        METADATA
    } else if secret::promised(path).next().is_some() {
        secret::LOOKED_AT as u64
    } else if is_library_name(name) || COMPILED.contains(&ending) {
        LIBRARY
    } else if inspect::is_plain(path, mode) {
        0
    } else {
        inspect::HEAD as u64
    };
    most.min(size)
}
