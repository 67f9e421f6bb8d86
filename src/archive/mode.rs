//! Unix modes as archives store them.

use crate::error::Note;
use crate::tables::codes;
use crate::words::quoted;

/// Notes what of a file's mode the layer won't keep.
pub fn note(mode: u32, name: &str, notes: &mut Vec<Note>) {
    let shown = quoted(name);
    if mode & 0o7000 != 0 {
        let message = format!("{shown} has a set-user-id, set-group-id or sticky bit, which was cleared");
        notes.push(Note::new(codes::MODE_SPECIAL_CLEARED, name, message));
    }
    if mode & 0o444 != 0o444 {
        let message = format!("{shown} is not readable for all and was made so");
        notes.push(Note::new(codes::MODE_FIXED, name, message));
    }
}
