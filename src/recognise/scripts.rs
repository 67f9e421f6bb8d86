//! Scripts that were edited on Windows: with a byte order mark before its first line, or a carriage return at that line's
//! end, a script cannot start on Linux.

use std::rc::Rc;

use crate::content::Content;
use crate::inspect::script::{obstacle, without_mark};
use crate::intake::Source;
use crate::order::BTreeMap;
use crate::path::{file_name, folder_of};
use crate::tables::layouts::EXECUTABLE_FOLDERS;
use crate::tables::limits::MAX_METADATA;

/// The scripts among the entries whose first line Linux does not read, as it would read them.
///
/// Only what is meant to be started is looked at: files with an execute bit, in a folder whose files are started, and
/// `bootstrap`.
pub fn mendable(source: &Source, entries: &[usize]) -> BTreeMap<usize, Content> {
    let mut mended = BTreeMap::new();
    for index in entries {
        let Some(entry) = source.entries.get(*index) else { continue };
        let started = entry.mode.is_some_and(|mode| mode & 0o111 != 0)
            || EXECUTABLE_FOLDERS.contains(&file_name(folder_of(&entry.path)))
            || file_name(&entry.path) == "bootstrap";
        if started && let Some(content) = as_linux_reads(&entry.content) {
            mended.insert(*index, content);
        }
    }
    mended
}

/// A script without a byte order mark and with Linux's line ends; `None` for what is no script, or needs neither.
pub fn as_linux_reads(content: &Content) -> Option<Content> {
    obstacle(&content.head(256).ok()?)?;
    let bytes = content.read(MAX_METADATA).ok().flatten()?;
    let bytes = without_mark(&bytes);
    let windows = bytes.split(|byte| *byte == b'\n').next().is_some_and(|line| line.ends_with(b"\r"));
    let text: Vec<u8> = bytes
        .iter()
        .zip(bytes.iter().skip(1).chain(std::iter::once(&0)))
        .filter(|(byte, next)| !(windows && **byte == b'\r' && **next == b'\n'))
        .map(|(byte, _)| *byte)
        .collect();
    Some(Content::Held(Rc::from(text)))
}
