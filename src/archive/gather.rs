//! What every reader does with the entries that it finds: plain names, each once, nothing below a file, all of it bounded.

use super::{ArchiveEntry, Listing, twins};
use crate::error::{Note, Refusal};
use crate::order::{BTreeMap, BTreeSet};
use crate::path::{Cleaned, folder_of};
use crate::tables::codes::{self, Code};
use crate::tables::limits::{MAX_ENTRIES, MAX_SOURCE_SIZE, UNZIPPED_LIMIT};
use crate::words::{grouped, quoted};

/// What Linux can't store under any name: that entry is left out, and the others mean what they mean without it.
const LEFT_OUT: &[&Code] = &[codes::LIMIT_NAME, codes::LIMIT_DEPTH];

/// A name as an archive has it.
pub enum Named {
    /// In its plain form.
    As(Cleaned),
    /// The folder that everything lies in.
    Top,
    /// The entry is left out.
    Not,
}

/// The entries found so far.
#[derive(Default)]
pub struct Gathering {
    files: BTreeMap<String, ArchiveEntry>,
    folders: BTreeSet<String>,
    total: u64,
    left_out: Option<Refusal>,
    /// What was normalised.
    pub notes: Vec<Note>,
}

impl Gathering {
    /// Nothing found yet but what is noted.
    pub fn new(notes: Vec<Note>) -> Gathering {
        Gathering { notes, ..Gathering::default() }
    }

    /// What becomes of an entry by its name; an error where the name refuses the archive.
    pub fn named(&mut self, cleaned: Result<Option<Cleaned>, Refusal>) -> Result<Named, Refusal> {
        match cleaned {
            Ok(Some(cleaned)) => Ok(Named::As(cleaned)),
            Ok(None) => Ok(Named::Top),
            Err(refusal) if LEFT_OUT.contains(&refusal.code) => {
                let message = format!("{}; it was left out", refusal.message);
                self.notes.push(Note::new(refusal.code, refusal.entry.clone(), message));
                self.left_out.get_or_insert(refusal);
                Ok(Named::Not)
            }
            Err(refusal) => Err(refusal),
        }
    }

    /// A folder of its own, which may hold nothing.
    pub fn folder(&mut self, name: String) -> Result<(), Refusal> {
        self.folders.insert(name);
        self.bounded()
    }

    /// A file or link in an archive where a name may stand once; twice only with the same contents.
    pub fn only(&mut self, entry: ArchiveEntry) -> Result<(), Refusal> {
        let Some(other) = self.files.get(&entry.name) else { return self.insert(entry) };
        let same = other.content.is_known_to_equal(&entry.content);
        let name = quoted(&entry.name);
        if !same || other.mode != entry.mode || other.link != entry.link {
            return Err(Refusal::entry(
                codes::DUPLICATE,
                entry.name,
                format!("{name} is in the archive twice, with different contents; expected one file of a name"),
            ));
        }
        let message = format!("{name} is in the archive twice, with the same contents");
        self.notes.push(Note::new(codes::DUPLICATE_IDENTICAL, entry.name, message));
        Ok(())
    }

    /// A file or link in an archive that grows by appending: of two with one name the later counts.
    pub fn last(&mut self, entry: ArchiveEntry) -> Result<(), Refusal> {
        if self.files.contains_key(&entry.name) {
            let message = format!("{} is in the archive more than once; the last one counts", quoted(&entry.name));
            self.notes.push(Note::new(codes::DUPLICATE_LAST_WINS, entry.name.clone(), message));
        }
        self.insert(entry)
    }

    /// A file or link that was found before.
    pub fn get(&self, name: &str) -> Option<&ArchiveEntry> {
        self.files.get(name)
    }

    fn insert(&mut self, entry: ArchiveEntry) -> Result<(), Refusal> {
        self.total = self.total.saturating_add(entry.content.size());
        self.files.insert(entry.name.clone(), entry);
        self.bounded()
    }

    fn bounded(&self) -> Result<(), Refusal> {
        bounded(self.files.len() + self.folders.len(), self.total)
    }

    /// All of it, sorted by name.
    pub fn finish(mut self) -> Result<Listing, Refusal> {
        self.check_conflicts()?;
        if let Some(refusal) = self.left_out.take_if(|_| self.files.is_empty()) {
            return Err(refusal);
        }
        self.notes.extend(twins::notes(self.files.keys().map(String::as_str)));
        if self.total >= UNZIPPED_LIMIT {
            let (found, limit) = (grouped(self.total), grouped(UNZIPPED_LIMIT));
            let message = format!("it has {found} bytes unpacked; a layer may hold {limit}");
            self.notes.push(Note::new(codes::LAMBDA_SIZE, "", message));
        }
        Ok(Listing { entries: self.files.into_values().collect(), notes: self.notes })
    }

    /// No name may be a file and a folder, and nothing may lie below a file or a link.
    fn check_conflicts(&self) -> Result<(), Refusal> {
        let conflict = |name: &str, what: &str| {
            Err(Refusal::entry(codes::TYPE_CONFLICT, name, format!("{} is a file and {what}", quoted(name))))
        };
        for name in &self.folders {
            if self.files.contains_key(name) {
                return conflict(name, "a folder of the same name");
            }
        }
        for name in self.files.keys().chain(&self.folders) {
            let mut above = folder_of(name);
            while !above.is_empty() {
                match self.files.get(above) {
                    Some(entry) if entry.link => {
                        let message = format!("{} lies below {}, which is a link", quoted(name), quoted(above));
                        return Err(Refusal::entry(codes::LINK_TRAVERSED, name, message));
                    }
                    Some(_) => return conflict(above, "has files below it"),
                    None => above = folder_of(above),
                }
            }
        }
        Ok(())
    }
}

/// Refuses more entries or bytes than are read of one source.
pub fn bounded(entries: usize, bytes: u64) -> Result<(), Refusal> {
    let code = match (entries > MAX_ENTRIES, bytes > MAX_SOURCE_SIZE) {
        (false, false) => return Ok(()),
        (true, _) => codes::LIMIT_ENTRIES,
        (_, true) => codes::LIMIT_SIZE,
    };
    Err(Refusal::whole(
        code,
        format!(
            "it holds more than {} files or {} bytes; a layer may hold {} bytes",
            grouped(MAX_ENTRIES as u64),
            grouped(MAX_SOURCE_SIZE),
            grouped(UNZIPPED_LIMIT)
        ),
    ))
}
