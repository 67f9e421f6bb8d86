//! Scripts that were edited on Windows: with a carriage return in its first line a script cannot start on Linux.

use std::rc::Rc;

use crate::content::Content;
use crate::intake::Source;
use crate::order::BTreeMap;
use crate::path::{file_name, folder_of};
use crate::tables::layouts::EXECUTABLE_FOLDERS;
use crate::tables::limits::MAX_METADATA;

/// The scripts among the entries whose first line ends with a carriage return, with Linux's line ends.
///
/// Only what is meant to be started is looked at: files with an execute bit, in a folder whose files are started, and
/// `bootstrap`.
pub fn with_linux_line_ends(source: &Source, entries: &[usize]) -> BTreeMap<usize, Content> {
    let mut mended = BTreeMap::new();
    for index in entries {
        let Some(entry) = source.entries.get(*index) else { continue };
        let started = entry.mode.is_some_and(|mode| mode & 0o111 != 0)
            || EXECUTABLE_FOLDERS.contains(&file_name(folder_of(&entry.path)))
            || file_name(&entry.path) == "bootstrap";
        if started && let Some(content) = linux_line_ends(&entry.content) {
            mended.insert(*index, content);
        }
    }
    mended
}

/// A script with Linux's line ends; `None` for what is no script, or needs none.
pub fn linux_line_ends(content: &Content) -> Option<Content> {
    let head = content.head(256).ok()?;
    let end = head.iter().position(|byte| *byte == b'\n')?;
    let windows = head.starts_with(b"#!") && head.get(end.checked_sub(1)?) == Some(&b'\r');
    let bytes = windows.then(|| content.read(MAX_METADATA)).and_then(Result::ok).flatten()?;
    let text: Vec<u8> = bytes
        .iter()
        .zip(bytes.iter().skip(1).chain(std::iter::once(&0)))
        .filter(|(byte, next)| !(**byte == b'\r' && **next == b'\n'))
        .map(|(byte, _)| *byte)
        .collect();
    Some(Content::Held(Rc::from(text)))
}
