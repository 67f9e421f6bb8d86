//! Scripts that were edited on Windows: with a carriage return in its first line a script cannot start on Linux.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::content::Content;
use crate::intake::Source;
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
        if !started || entry.content.size() > MAX_METADATA {
            continue;
        }
        let Ok(head) = entry.content.head(256) else { continue };
        let first_line_ends = head.iter().position(|byte| *byte == b'\n');
        let is_windows = head.starts_with(b"#!")
            && first_line_ends.and_then(|end| end.checked_sub(1)).and_then(|last| head.get(last)) == Some(&b'\r');
        if let (true, Ok(Some(bytes))) = (is_windows, entry.content.read(MAX_METADATA)) {
            let text: Vec<u8> = bytes
                .iter()
                .zip(bytes.iter().skip(1).chain(std::iter::once(&0)))
                .filter(|(byte, next)| !(**byte == b'\r' && **next == b'\n'))
                .map(|(byte, _)| *byte)
                .collect();
            mended.insert(*index, Content::Held(Rc::from(text)));
        }
    }
    mended
}
