//! `.pth` files: Python reads those that lie directly in a folder of packages, each time it starts.
//!
//! Source: the documentation of Python's `site` module. A runtime passes its layer folders to it.

use crate::error::Note;
use crate::intake::Source;
use crate::path::{file_name, folder_of};
use crate::tables::codes;
use crate::tables::limits::MAX_PTH;
use crate::words::quoted;

/// What the `.pth` files directly in a folder do: lines that begin with `import` are run, others are folders to search.
pub fn notes(source: &Source, entries: &[usize], at: &str) -> Vec<Note> {
    let mut notes = Vec::new();
    for entry in entries.iter().filter_map(|index| source.entries.get(*index)) {
        if !entry.path.ends_with(".pth") || folder_of(&entry.path) != at {
            continue;
        }
        let Some(bytes) = entry.content.read(MAX_PTH).ok().flatten() else { continue };
        let text = String::from_utf8_lossy(&bytes);
        let name = file_name(&entry.path);
        let lines = || text.lines().map(str::trim_end).filter(|line| !line.is_empty() && !line.starts_with('#'));
        if let Some(folder) = lines().find(|line| is_absolute(line)) {
            let message = format!("{} names the folder {}, which Lambda does not have", quoted(name), quoted(folder));
            notes.push(Note::new(codes::PTH_ABSOLUTE, &entry.path, message));
        }
        if lines().any(|line| line.starts_with("import ") || line.starts_with("import\t")) {
            let message = format!("{} holds code that runs each time Python starts", quoted(name));
            notes.push(Note::new(codes::PTH_CODE, &entry.path, message));
        }
    }
    notes
}

fn is_absolute(line: &str) -> bool {
    let drive = line.get(1..3).is_some_and(|rest| rest == ":\\" || rest == ":/");
    (line.starts_with('/') && !line.starts_with("/opt/")) || line.starts_with("\\\\") || drive
}
