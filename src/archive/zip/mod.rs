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

use self::directory::Record;
use super::gather::{Gathering, Named};
use super::{ArchiveEntry, Listing, mode, truncated, unreadable};
use crate::bytes::{self, Bytes, Window};
use crate::content::{Content, Member};
use crate::error::{Note, Refusal};
use crate::path::{self, Origin};
use crate::tables::codes;
use crate::words::quoted;

/// The entries of a zip, or why nothing of it is used. `strict`: tools make it, so nothing unusual is accepted.
pub fn read(bytes: &Bytes, strict: bool) -> Result<Listing, Refusal> {
    let mut window = Window::new(bytes.clone());
    let mut notes = Vec::new();
    let end = end_record::find(&mut window, &mut notes)?;
    let records = directory::read(&mut window, &end)?;
    let starts = local::check(&mut window, &end, &records, &mut notes)?;
    if strict
        && let Some(note) = notes
            .iter()
            .find(|note| [codes::PREFIX_DATA, codes::UNREFERENCED_BYTES, codes::NAME_CP437].contains(&note.code))
    {
        return Err(Refusal::entry(note.code, note.entry.clone(), note.message.clone()));
    }
    if records.is_empty() {
        notes.push(Note::new(codes::EMPTY_ARCHIVE, "", "it is an empty archive: it holds no file"));
    }
    gather(bytes, strict, records, &starts, notes)
}

/// Turns the records into entries with plain, unique names.
fn gather(
    bytes: &Bytes,
    strict: bool,
    records: Vec<Record>,
    starts: &[u64],
    notes: Vec<Note>,
) -> Result<Listing, Refusal> {
    let origin = if strict { Origin::Strict } else { Origin::Archive };
    let mut gathering = Gathering::new(notes);
    for (record, start) in records.into_iter().zip(starts) {
        let given = name::decode(&record, strict, &mut gathering.notes)?;
        let cleaned = match path::clean(&given, origin) {
            // Of what tools make, nothing is missing.
            Err(refusal) if strict => return Err(refusal),
            cleaned => gathering.named(cleaned)?,
        };
        let Named::As(cleaned) = cleaned else { continue };
        gathering.notes.extend(cleaned.notes(&given));
        let folder = given.ends_with('/') || given.ends_with('\\');
        kind_of(&record, &given, folder, &mut gathering.notes)?;
        if folder {
            gathering.folder(cleaned.name)?;
            continue;
        }
        gathering.only(ArchiveEntry {
            name: cleaned.name,
            mode: record.unix_mode().map(|mode| mode & 0o7777),
            link: record.is_link(),
            copy_of: None,
            content: Content::Member(Member {
                archive: bytes.clone(),
                start: *start,
                packed: record.packed,
                size: record.size,
                crc: record.crc,
                method: record.method,
            }),
        })?;
    }
    gathering.finish()
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
    if let Some(mode) = record.unix_mode().filter(|_| !record.is_link()) {
        mode::note(mode, given, notes);
    }
    Ok(())
}

/// Little-endian numbers out of a record; 0 beyond its end, which every caller has checked before.
fn u16_at(record: &[u8], at: usize) -> u16 {
    bytes::u16_at(record, at).unwrap_or(0)
}

fn u32_at(record: &[u8], at: usize) -> u32 {
    bytes::u32_at(record, at).unwrap_or(0)
}

fn u64_at(record: &[u8], at: usize) -> u64 {
    bytes::u64_at(record, at).unwrap_or(0)
}
