//! Names that a Mac or Windows folder can't hold side by side: they differ only in case, or in how accents are written.
//! Linux, and so Lambda, keeps them apart; both stay as they are.

use crate::error::Note;
use crate::order::Entry;
use crate::order::{BTreeMap, BTreeSet};
use crate::path::folder_of;
use crate::tables::codes;
use crate::tables::composition::decomposed;
use crate::words::quoted;

/// A note for each pair of such files or folders among these names. What lies in two such folders is not told again.
pub fn notes<'a>(names: impl Iterator<Item = &'a str>) -> Vec<Note> {
    let mut first_of: BTreeMap<String, &str> = BTreeMap::new();
    let mut told: BTreeSet<&str> = BTreeSet::new();
    let mut notes = Vec::new();
    for name in names {
        let mut at = name;
        while !at.is_empty() {
            match first_of.entry(alike(at)) {
                Entry::Vacant(unseen) => {
                    unseen.insert(at);
                }
                // What lies above it was looked at together with the first.
                Entry::Occupied(first) if *first.get() == at => break,
                Entry::Occupied(first) => {
                    let first = *first.get();
                    if folder_of(first) == folder_of(at) && told.insert(at) {
                        let what = if plain(first) == plain(at) { "in how accents are written" } else { "in case" };
                        let message = format!("{} and {} differ only {what}", quoted(first), quoted(at));
                        notes.push(Note::new(codes::NAME_TWIN, at, message));
                    }
                }
            }
            at = folder_of(at);
        }
    }
    notes
}

/// What twins have in common.
fn alike(name: &str) -> String {
    if name.is_ascii() { name.to_ascii_lowercase() } else { plain(name).to_lowercase() }
}

/// The name with each mark apart from its letter.
fn plain(name: &str) -> String {
    let mut text = String::with_capacity(name.len());
    for character in name.chars() {
        let (mut base, mut marks) = (character, Vec::new());
        while let Some((letter, mark)) = decomposed(base) {
            base = letter;
            marks.push(mark);
        }
        text.push(base);
        text.extend(marks.into_iter().rev());
    }
    text
}
