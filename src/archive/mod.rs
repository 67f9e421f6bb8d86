//! Readers of archives: each turns random-access bytes into entries, or refuses the whole.
//!
//! What is shown is what every reader sees: an archive that two programs could read differently is refused, what can
//! mean only one thing is normalised and noted, nothing is left out silently.

mod deb;
mod format;
mod gather;
mod links;
mod mode;
mod stream;
mod tar;
pub mod twins;
pub mod zip;

pub use self::stream::refuse;

use std::rc::Rc;

use self::format::{Format, Promise};
use self::links::Root;
use crate::bytes::{Bytes, Part, ReadError, Spools, read_vec};
use crate::content::Content;
use crate::error::{Note, Refusal};
use crate::path::file_name;
use crate::tables::codes;
use crate::words::quoted;

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
    /// The file that it was copied from, where it was a link to that in a zip.
    pub copy_of: Option<Rc<str>>,
    /// Its bytes.
    pub content: Content,
}

/// Opens what is an archive by its bytes, or claims to be one by its name; `None` for any other file.
///
/// The bytes decide. Only a file that begins as something else than its ending promises is first tried as what is
/// promised, so that it can't be two things at once. Links are resolved: the listing has none.
pub fn open(bytes: &Bytes, name: &str, spools: &Spools) -> Option<Result<Listing, Refusal>> {
    let head = match read_vec(&**bytes, 0, bytes.size().min(format::HEAD)) {
        Ok(head) => head,
        Err(error) => return Some(Err(unreadable(error))),
    };
    let (found, promise) = (Format::of(&head), Promise::of(name));
    let opening = Opening { bytes, name, spools };
    match (found, promise) {
        (None, None) => None,
        (None, Some(promise)) => Some(opening.read(promise.format, Some(promise))),
        (Some(found), Some(promise)) if found == promise.format || promise.strict => {
            Some(opening.read(promise.format, Some(promise)))
        }
        (Some(found), Some(promise)) => Some(match opening.read(promise.format, Some(promise)) {
            Err(refusal) if refusal.code == codes::NOT_ARCHIVE => opening.read(found, None).map(|mut listing| {
                let message =
                    format!("its name ends in {:?}, but it is {}, and was read as that", promise.ending, found.title());
                listing.notes.push(Note::new(codes::ENDING_MISLEADS, "", message));
                listing
            }),
            read => read,
        }),
        // Data files are often packed by themselves, and read so by whoever uses them; a tar never is.
        (Some(found), None) if found.is_stream() => opening.tar_inside(found),
        (Some(found), None) => Some(opening.read(found, None)),
    }
}

/// Opens a zip that [`open`] would take for something else, such as a jar.
pub fn open_zip(bytes: &Bytes) -> Result<Listing, Refusal> {
    read_zip(bytes, false)
}

/// Whether a file of that name is opened where it lies among other files: an archive of several files by its ending.
pub fn promises_files(name: &str) -> bool {
    Promise::of(name).is_some_and(|promise| promise.files)
}

struct Opening<'a> {
    bytes: &'a Bytes,
    name: &'a str,
    spools: &'a Spools,
}

impl Opening<'_> {
    /// The files in it, read as that format.
    fn read(&self, format: Format, promise: Option<&Promise>) -> Result<Listing, Refusal> {
        if self.bytes.size() == 0 {
            return Err(Refusal::whole(
                codes::EMPTY_FILE,
                format!("it is empty (0 bytes); expected {}", format.title()),
            ));
        }
        match format {
            Format::Zip => read_zip(self.bytes, promise.is_some_and(|promise| promise.strict)),
            Format::Tar => read_tar(self.bytes, Vec::new()),
            Format::Deb => deb::read(self.bytes, self.spools).and_then(|listing| links::resolve(listing, Root::System)),
            Format::Unread(unread) => {
                Err(Refusal::whole(codes::FORMAT, format!("it is {}; {}", unread.title, unread.how)))
            }
            Format::Gzip | Format::Bzip2 | Format::Xz | Format::Zstd => self.read_stream(format, promise),
        }
    }

    /// A packed stream: the tar in it, or the one file that it is.
    fn read_stream(&self, format: Format, promise: Option<&Promise>) -> Result<Listing, Refusal> {
        let (unpacked, notes) = stream::unpack(format, self.bytes, self.spools)?;
        if is_tar(&unpacked)? {
            return read_tar(&unpacked, notes);
        }
        if promise.is_none_or(|promise| promise.files) {
            let message = format!("it is {} of something that is no tar archive", format.title());
            return Err(Refusal::whole(codes::NOT_ARCHIVE, message));
        }
        Ok(self.single(unpacked, notes))
    }

    /// A packed stream whose name doesn't tell: opened if a tar is in it.
    fn tar_inside(&self, format: Format) -> Option<Result<Listing, Refusal>> {
        let (unpacked, notes) = stream::unpack(format, self.bytes, self.spools).ok()?;
        is_tar(&unpacked).ok()?.then(|| read_tar(&unpacked, notes))
    }

    /// The one file of a packed stream, under the archive's name without its ending.
    fn single(&self, unpacked: Bytes, mut notes: Vec<Note>) -> Listing {
        let name = file_name(self.name);
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let name = if stem.is_empty() { name } else { stem }.to_owned();
        if unpacked.size() == 0 {
            let message = format!("{} in it is empty (0 bytes)", quoted(&name));
            notes.push(Note::new(codes::EMPTY_ARCHIVE, name.clone(), message));
        }
        let content = Content::Slice(Part { start: 0, length: unpacked.size(), whole: unpacked });
        Listing { entries: vec![ArchiveEntry { name, mode: None, link: false, copy_of: None, content }], notes }
    }
}

fn read_zip(bytes: &Bytes, strict: bool) -> Result<Listing, Refusal> {
    zip::read(bytes, strict).and_then(|listing| links::resolve(listing, Root::Zip))
}

/// The files of a tar, with what was noted of the stream around it.
fn read_tar(bytes: &Bytes, mut notes: Vec<Note>) -> Result<Listing, Refusal> {
    let mut listing = links::resolve(tar::read(bytes)?, Root::Archive)?;
    notes.append(&mut listing.notes);
    Ok(Listing { notes, ..listing })
}

fn is_tar(bytes: &Bytes) -> Result<bool, Refusal> {
    let head = read_vec(&**bytes, 0, bytes.size().min(format::HEAD)).map_err(unreadable)?;
    Ok(Format::of(&head) == Some(Format::Tar) || tar::is_empty(&head))
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
