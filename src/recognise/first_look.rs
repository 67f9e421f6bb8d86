//! How much of a file is read to tell what it is and what it needs, foreseen by its name.
//!
//! A browser takes half a millisecond to open a file while everything waits for it, and a fraction of that when hundreds
//! are asked for together. Only speed hangs on this: what was not foreseen is read when it is needed.

use super::native::is_library_name;
use crate::bytes::Bytes;
use crate::content::{Content, Member, Method};
use crate::inspect::{self, secret};
use crate::intake::{Listing, open_zip, promises_files};
use crate::path::file_name;
use crate::tables::started::{COMPILED, READ_WHOLE};

/// Larger archives are read a stretch at a time.
const ARCHIVE: u64 = 32 * 1024 * 1024;
/// What a package says of itself is rarely longer.
const METADATA: u64 = 256 * 1024;
/// Headers, strings and versions of a compiled file lie here as a rule.
const LIBRARY: u64 = 256 * 1024;
/// What is no larger is read whole: to cut a file, a browser's worker waits longer than for so many bytes.
const UNCUT: u64 = 32 * 1024;

/// How many of a file's first bytes will be wanted as soon as it is added, at most; 0 where its name says enough.
///
/// `first_look("LICENSE", None, 11_000)` is 11,000, and `first_look("LICENSE", None, 110_000)` is 1024.
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
    if most > 0 && size <= UNCUT { size } else { most.min(size) }
}

/// The deflated members of an archive that will be unpacked nearly whole to be inspected; none of what is no zip or stays
/// closed.
pub fn members(name: &str, archive: &Bytes) -> Vec<Member> {
    let listing = if promises_files(name) { open_zip(archive).unwrap_or_default() } else { Listing::default() };
    let compiled = |name: &str| {
        let name = file_name(name);
        is_library_name(name) || name.rsplit_once('.').is_some_and(|(_, ending)| COMPILED.contains(&ending))
    };
    let wanted = listing.entries.into_iter().filter(|entry| compiled(&entry.name));
    wanted
        .filter_map(|entry| match entry.content {
            Content::Member(member) if member.method == Method::Deflated => Some(member),
            _ => None,
        })
        .collect()
}
