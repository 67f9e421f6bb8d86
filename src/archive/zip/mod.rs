//! Reads a zip strictly: its end record, directory and local headers must tell one and the same story.
//!
//! Format: PKWARE's APPNOTE.TXT 6.3.10. Python's and Rust's usual readers believe the directory alone; installers and
//! scanners that walk the local headers can then see other files. Here both are read, and any difference refuses the
//! archive. The members' data are verified when they are read ([`Content`]).

mod directory;
mod end_record;
mod extra;
mod local;
mod name;

use std::collections::BTreeMap;

use self::directory::Record;
use super::{ArchiveEntry, Listing};
use crate::bytes::{Bytes, ReadError, Window};
use crate::content::{Content, Member};
use crate::error::{Note, Refusal};
use crate::path::{self, Origin};
use crate::tables::codes;
use crate::tables::limits::{MAX_ENTRIES, MAX_SOURCE_SIZE, UNZIPPED_LIMIT};
use crate::words::{grouped, quoted};

/// How strictly a zip is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claim {
    /// Any zip.
    Plain,
    /// A wheel: tools make it, so nothing unusual is accepted.
    Wheel,
}

/// Whether these first bytes are those of a zip: a local header, or the end record of an empty one.
pub fn is_zip(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06")
}

/// The entries of a zip, or why nothing of it is used.
pub fn read(bytes: &Bytes, claim: Claim) -> Result<Listing, Refusal> {
    let mut window = Window::new(bytes.clone());
    let mut notes = Vec::new();
    let end = end_record::find(&mut window, &mut notes)?;
    let records = directory::read(&mut window, &end)?;
    let starts = local::check(&mut window, &end, &records, &mut notes)?;
    if claim == Claim::Wheel
        && let Some(note) = notes
            .iter()
            .find(|note| [codes::PREFIX_DATA, codes::UNREFERENCED_BYTES, codes::NAME_CP437].contains(&note.code))
    {
        return Err(Refusal::entry(note.code, note.entry.clone(), note.message.clone()));
    }
    if records.is_empty() {
        notes.push(Note::new(codes::EMPTY_ARCHIVE, "", "it is an empty archive: it holds no file"));
    }
    gather(bytes, claim, records, &starts, notes)
}

/// Turns the records into entries with plain, unique names.
fn gather(
    bytes: &Bytes,
    claim: Claim,
    records: Vec<Record>,
    starts: &[u64],
    mut notes: Vec<Note>,
) -> Result<Listing, Refusal> {
    let origin = if claim == Claim::Wheel { Origin::Strict } else { Origin::Archive };
    let mut files: BTreeMap<String, ArchiveEntry> = BTreeMap::new();
    let mut folders: BTreeMap<String, ()> = BTreeMap::new();
    let mut total = 0_u64;
    for (record, start) in records.into_iter().zip(starts) {
        let given = name::decode(&record, claim, &mut notes)?;
        let Some(cleaned) = path::clean(&given, origin)? else { continue };
        notes.extend(cleaned.notes(&given));
        let folder = given.ends_with('/') || given.ends_with('\\');
        kind_of(&record, &given, folder, &mut notes)?;
        if folder {
            folders.insert(cleaned.name, ());
            continue;
        }
        total = total.saturating_add(record.size);
        if total > MAX_SOURCE_SIZE || files.len() >= MAX_ENTRIES {
            let code = if total > MAX_SOURCE_SIZE { codes::LIMIT_SIZE } else { codes::LIMIT_ENTRIES };
            return Err(Refusal::whole(
                code,
                format!(
                    "it holds more than {} files or {} bytes; a layer may hold {} bytes",
                    grouped(MAX_ENTRIES as u64),
                    grouped(MAX_SOURCE_SIZE),
                    grouped(UNZIPPED_LIMIT)
                ),
            ));
        }
        let entry = ArchiveEntry {
            name: cleaned.name,
            mode: record.unix_mode().map(|mode| mode & 0o7777),
            link: record.is_link(),
            content: Content::Member(Member {
                archive: bytes.clone(),
                start: *start,
                packed: record.packed,
                size: record.size,
                crc: record.crc,
                method: record.method,
            }),
        };
        add_file(&mut files, entry, &mut notes)?;
    }
    check_conflicts(&files, &folders)?;
    if total >= UNZIPPED_LIMIT {
        let message = format!("it has {} bytes unpacked; a layer may hold {}", grouped(total), grouped(UNZIPPED_LIMIT));
        notes.push(Note::new(codes::LAMBDA_SIZE, "", message));
    }
    Ok(Listing { entries: files.into_values().collect(), notes })
}

/// Whether the record's attributes agree with what its name says it is.
fn kind_of(record: &Record, given: &str, folder: bool, notes: &mut Vec<Note>) -> Result<(), Refusal> {
    let ambiguous = |what: &str| Err(Refusal::entry(codes::TYPE_AMBIGUOUS, given, format!("{} {what}", quoted(given))));
    if folder && record.size > 0 {
        return ambiguous("is a folder by its name, but has data");
    }
    if !folder && record.says_folder() {
        return ambiguous("is a file by its name, but a folder by its attributes");
    }
    if folder {
        return Ok(());
    }
    if record.is_fifo() {
        notes.push(Note::new(
            codes::FIFO_AS_FILE,
            given,
            format!("{} is marked as a pipe and was read as a file", quoted(given)),
        ));
    }
    if record.unix_mode().is_some_and(|mode| mode & 0o7000 != 0) {
        notes.push(Note::new(
            codes::MODE_SPECIAL_CLEARED,
            given,
            format!("{} has a set-user-id, set-group-id or sticky bit, which was cleared", quoted(given)),
        ));
    }
    if !record.is_link() && record.unix_mode().is_some_and(|mode| mode & 0o444 != 0o444) {
        notes.push(Note::new(
            codes::MODE_FIXED,
            given,
            format!("{} is not readable for all and was made so", quoted(given)),
        ));
    }
    Ok(())
}

fn add_file(
    files: &mut BTreeMap<String, ArchiveEntry>,
    entry: ArchiveEntry,
    notes: &mut Vec<Note>,
) -> Result<(), Refusal> {
    if let Some(other) = files.get(&entry.name) {
        let same = match (&other.content, &entry.content) {
            (Content::Member(a), Content::Member(b)) => a.crc == b.crc && a.size == b.size,
            _ => false,
        };
        let name = quoted(&entry.name);
        if !same || other.mode != entry.mode || other.link != entry.link {
            return Err(Refusal::entry(
                codes::DUPLICATE,
                entry.name,
                format!("{name} is in the archive twice, with different contents; expected one file of a name"),
            ));
        }
        notes.push(Note::new(
            codes::DUPLICATE_IDENTICAL,
            entry.name,
            format!("{name} is in the archive twice, with the same contents"),
        ));
        return Ok(());
    }
    files.insert(entry.name.clone(), entry);
    Ok(())
}

/// No name may be a file and a folder, and nothing may lie below a file or a link.
fn check_conflicts(files: &BTreeMap<String, ArchiveEntry>, folders: &BTreeMap<String, ()>) -> Result<(), Refusal> {
    let conflict = |name: &str, what: &str| {
        Err(Refusal::entry(codes::TYPE_CONFLICT, name, format!("{} is a file and {what}", quoted(name))))
    };
    for name in folders.keys() {
        if files.contains_key(name) {
            return conflict(name, "a folder of the same name");
        }
    }
    for name in files.keys().chain(folders.keys()) {
        let mut above = path::folder_of(name);
        while !above.is_empty() {
            match files.get(above) {
                Some(entry) if entry.link => {
                    return Err(Refusal::entry(
                        codes::LINK_TRAVERSED,
                        name,
                        format!("{} lies below {}, which is a link", quoted(name), quoted(above)),
                    ));
                }
                Some(_) => return conflict(above, "has files below it"),
                None => above = path::folder_of(above),
            }
        }
    }
    Ok(())
}

/// Little-endian numbers out of a record; 0 beyond its end, which every caller has checked before.
fn u16_at(record: &[u8], at: usize) -> u16 {
    record.get(at..at + 2).and_then(|bytes| bytes.try_into().ok()).map_or(0, u16::from_le_bytes)
}

fn u32_at(record: &[u8], at: usize) -> u32 {
    record.get(at..at + 4).and_then(|bytes| bytes.try_into().ok()).map_or(0, u32::from_le_bytes)
}

fn u64_at(record: &[u8], at: usize) -> u64 {
    record.get(at..at + 8).and_then(|bytes| bytes.try_into().ok()).map_or(0, u64::from_le_bytes)
}

/// A read that failed refuses the file.
pub fn unreadable(error: ReadError) -> Refusal {
    match error {
        ReadError::Changed(found) => Refusal::whole(codes::CHANGED, found),
        ReadError::Failed(found) => Refusal::whole(codes::UNREADABLE, format!("it can't be read: {found}")),
    }
}

fn truncated(what: &str) -> Refusal {
    Refusal::whole(codes::TRUNCATED, format!("it is cut off: {what}; download or build it again"))
}
