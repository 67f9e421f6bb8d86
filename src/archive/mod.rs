//! Readers of archives: each turns random-access bytes into entries, or refuses the whole.
//!
//! What is shown is what every reader sees: an archive that two programs could read differently is refused, what can
//! mean only one thing is normalised and noted, nothing is left out silently.

pub mod links;
pub mod zip;

use crate::content::Content;
use crate::error::Note;

/// What an archive holds, with every name in its plain form, sorted by name, no name twice.
#[derive(Default)]
pub struct Listing {
    /// Files and links.
    pub entries: Vec<ArchiveEntry>,
    /// What was normalised.
    pub notes: Vec<Note>,
}

/// One file of an archive. Folders are not listed: the files' paths imply them.
pub struct ArchiveEntry {
    /// The plain name, e.g. `"requests/__init__.py"`.
    pub name: String,
    /// The permission bits of its Unix mode, e.g. `0o644`; `None` where the archive has none.
    pub mode: Option<u32>,
    /// Whether it is a symbolic link, whose content is its target.
    pub link: bool,
    /// Its bytes.
    pub content: Content,
}
