//! Reads a tar strictly: ustar, pax, GNU's long names and the old V7 form.
//!
//! A tar is read from the first block to the last, so programs differ where one of them stops, starts again or counts
//! bytes otherwise: a header that is not in order refuses the archive, and no header is searched for.

mod header;
mod pax;

use self::header::{BLOCK, Header, checksum_fits};
use self::pax::Extension;
use super::gather::{Gathering, Named};
use super::{ArchiveEntry, Listing, mode, truncated, unreadable};
use crate::bytes::{Bytes, Part, Window, read_vec};
use crate::content::Content;
use crate::error::{Note, Refusal};
use crate::path::{self, Cleaned, Origin};
use crate::tables::codes::{self, Code};
use crate::tables::limits::MAX_TAR_EXTENSION;
use crate::words::{grouped, quoted};

/// Whether these first bytes are a tar's first header.
pub fn is_tar(head: &[u8]) -> bool {
    checksum_fits(head) && head.first().is_some_and(|byte| *byte != 0)
}

/// Whether these first bytes are the zero block that ends a tar.
pub fn is_empty(head: &[u8]) -> bool {
    head.len() as u64 == BLOCK && is_zero(head)
}

/// The entries of a tar, or why nothing of it is used.
pub fn read(bytes: &Bytes) -> Result<Listing, Refusal> {
    let mut reading = Reading { bytes, window: Window::new(bytes.clone()), at: 0, found: Gathering::new(Vec::new()) };
    let head = read_vec(&**bytes, 0, bytes.size().min(BLOCK)).map_err(unreadable)?;
    if !is_tar(&head) && !is_zero(&head) {
        return Err(Refusal::whole(codes::NOT_ARCHIVE, "it is not a tar archive: it does not begin with a header"));
    }
    if !reading.entries()? {
        reading.found.notes.push(Note::new(codes::EMPTY_ARCHIVE, "", "it is an empty archive: it holds no file"));
    }
    reading.found.finish()
}

struct Reading<'a> {
    bytes: &'a Bytes,
    window: Window,
    at: u64,
    found: Gathering,
}

impl Reading<'_> {
    /// Reads on to the end; whether there was any entry.
    fn entries(&mut self) -> Result<bool, Refusal> {
        let mut any = false;
        let mut extension = Extension::default();
        while let Some(block) = self.block()? {
            if is_zero(&block) {
                whole(&extension)?;
                self.end()?;
                return Ok(any);
            }
            let header = Header::read(&block)?;
            match header.letter {
                b'x' | b'X' => extension.read_pax(&self.data(&header)?)?,
                b'g' => pax::read_global(&self.data(&header)?)?,
                b'L' | b'K' => extension.read_gnu(header.letter, &self.data(&header)?)?,
                _ => {
                    self.entry(header, std::mem::take(&mut extension))?;
                    any = true;
                }
            }
        }
        whole(&extension)?;
        self.note(codes::EOF_MISSING, "", "it ends without the two zero blocks that mark its end");
        Ok(any)
    }

    /// The next block; `None` at the end of the file.
    fn block(&mut self) -> Result<Option<Vec<u8>>, Refusal> {
        let left = self.window.size().saturating_sub(self.at);
        let length = usize::try_from(left.min(BLOCK)).unwrap_or(0);
        let block = self.window.get(self.at, length).map_err(unreadable)?.unwrap_or(&[]).to_vec();
        self.at += BLOCK;
        match is_zero(&block) {
            true if left < BLOCK => Ok(None),
            false if left < BLOCK => Err(truncated("it ends within a header")),
            _ => Ok(Some(block)),
        }
    }

    /// Where data of that length begin; the next header stands after them.
    fn pass(&mut self, length: u64) -> Result<u64, Refusal> {
        let start = self.at;
        let end = start.checked_add(length).filter(|end| *end <= self.window.size());
        let end = end.ok_or_else(|| truncated(&format!("it ends within the {} bytes of a file", grouped(length))))?;
        self.at = end.next_multiple_of(BLOCK);
        Ok(start)
    }

    /// The data of a header that is about another one.
    fn data(&mut self, header: &Header) -> Result<Vec<u8>, Refusal> {
        if header.size > MAX_TAR_EXTENSION {
            let (found, limit) = (grouped(header.size), grouped(MAX_TAR_EXTENSION));
            let message = format!("it holds an extended header of {found} bytes; at most {limit} are read");
            return Err(Refusal::whole(codes::LIMIT_META, message));
        }
        let start = self.pass(header.size)?;
        read_vec(&**self.bytes, start, header.size).map_err(unreadable)
    }

    fn entry(&mut self, header: Header, extension: Extension) -> Result<(), Refusal> {
        let given = text(extension.name.unwrap_or(header.name))?;
        let size = extension.size.unwrap_or(header.size);
        let folder = given.ends_with('/') || given.ends_with('\\');
        if extension.sparse || header.letter == b'S' {
            let message = format!("{} is stored with holes (sparse); pack it without --sparse", quoted(&given));
            return Err(Refusal::entry(codes::SPARSE, given, message));
        }
        let cleaned = match self.found.named(clean(&given))? {
            Named::As(cleaned) => Some(cleaned),
            Named::Top => None,
            Named::Not => return self.pass(size).map(|_| ()),
        };
        let link = || text(extension.link.unwrap_or(header.link));
        match header.letter {
            b'5' => self.folder(&given, cleaned, size),
            b'0' | b'\0' | b'7' if folder => self.folder(&given, cleaned, size),
            b'0' | b'\0' | b'7' => self.file(&given, cleaned, size, header.mode),
            b'1' => self.hard_link(&given, cleaned, size, &link()?),
            b'2' => self.symbolic_link(&given, cleaned, size, &link()?),
            b'3' | b'4' | b'6' => {
                no_data(&given, size, "a device or a pipe")?;
                self.special(&given, size, "is a device or a pipe")
            }
            b'V' => {
                no_data(&given, size, "the archive's label")?;
                self.special(&given, size, "is the archive's label")
            }
            b'D' => self.special(&given, size, "is a list of a folder's files"),
            b'M' => {
                let message =
                    format!("{} goes on from another volume; expected the whole archive in one file", quoted(&given));
                Err(Refusal::entry(codes::MULTI_DISK, given, message))
            }
            letter => {
                let what = format!("is of the unknown type {:?} and was read as a file", char::from(letter));
                self.note(codes::TYPE_UNKNOWN, &given, &what);
                self.file(&given, cleaned, size, header.mode)
            }
        }
    }

    fn file(&mut self, given: &str, cleaned: Option<Cleaned>, size: u64, mode: u32) -> Result<(), Refusal> {
        let start = self.pass(size)?;
        let Some(cleaned) = cleaned else {
            return Err(ambiguous(given, "is a file by its type, but a folder by its name"));
        };
        mode::note(mode, given, &mut self.found.notes);
        let content = Content::Slice(Part { whole: self.bytes.clone(), start, length: size });
        self.add(given, cleaned, Some(mode), false, content)
    }

    fn folder(&mut self, given: &str, cleaned: Option<Cleaned>, size: u64) -> Result<(), Refusal> {
        no_data(given, size, "a folder")?;
        let Some(cleaned) = cleaned else { return Ok(()) };
        self.found.notes.extend(cleaned.notes(given));
        self.found.folder(cleaned.name)
    }

    fn symbolic_link(&mut self, given: &str, cleaned: Option<Cleaned>, size: u64, target: &str) -> Result<(), Refusal> {
        no_data(given, size, "a link")?;
        let Some(cleaned) = cleaned else {
            return Err(ambiguous(given, "is a link by its type, but a folder by its name"));
        };
        self.add(given, cleaned, None, true, Content::Held(target.as_bytes().into()))
    }

    /// Another name of a file before it, by its full name in the archive.
    fn hard_link(&mut self, given: &str, cleaned: Option<Cleaned>, size: u64, target: &str) -> Result<(), Refusal> {
        // Some programs take as many bytes for the file's data, others go on with the next header.
        no_data(given, size, "a hard link")?;
        let broken = |what: &str| {
            let message = format!("{} is a hard link to {}, {what}", quoted(given), quoted(target));
            Err(Refusal::entry(codes::LINK_BROKEN, given, message))
        };
        let wanted = match self.found.named(clean(target))? {
            Named::As(wanted) => Some(wanted),
            Named::Top => None,
            Named::Not => return Ok(()),
        };
        let (Some(cleaned), Some(wanted)) = (cleaned, wanted) else { return broken("which is a folder") };
        let (mode, content) = match self.found.get(&wanted.name) {
            Some(file) if !file.link => (file.mode, file.content.clone()),
            Some(_) => return broken("which is a symbolic link; expected a file"),
            None => return broken("which is not in the archive before it"),
        };
        self.note(
            codes::HARDLINK_COPIED,
            given,
            &format!("is a hard link to {} and was copied from it", quoted(target)),
        );
        self.add(given, cleaned, mode, false, content)
    }

    fn special(&mut self, given: &str, size: u64, what: &str) -> Result<(), Refusal> {
        self.pass(size)?;
        self.note(codes::SPECIAL_SKIPPED, given, &format!("{what} and was left out"));
        Ok(())
    }

    fn add(
        &mut self,
        given: &str,
        cleaned: Cleaned,
        mode: Option<u32>,
        link: bool,
        content: Content,
    ) -> Result<(), Refusal> {
        self.found.notes.extend(cleaned.notes(given));
        self.found.last(ArchiveEntry { name: cleaned.name, mode, link, copy_of: None, content })
    }

    /// What follows the first zero block: another one, then nothing that counts.
    fn end(&mut self) -> Result<(), Refusal> {
        let Some(second) = self.block()? else {
            self.note(codes::EOF_SINGLE, "", "it ends with one zero block instead of two");
            return Ok(());
        };
        if !is_zero(&second) {
            return Err(Refusal::whole(
                codes::TAR_HIDDEN,
                "something follows a single zero block, which ends the archive for some programs and not for others",
            ));
        }
        let mut hidden = false;
        let size = self.window.size();
        crate::bytes::for_each_piece(
            &**self.bytes,
            self.at.min(size),
            size.saturating_sub(self.at),
            &mut |piece: &[u8]| {
                hidden |= !is_zero(piece);
                Ok::<(), crate::bytes::ReadError>(())
            },
        )
        .map_err(unreadable)?;
        if hidden {
            self.note(codes::TRAILING_DATA_IGNORED, "", "bytes follow its end; they were not read");
        }
        Ok(())
    }

    /// A note about an entry, whose name is put before it, or about the whole where the name is empty.
    fn note(&mut self, code: &'static Code, given: &str, what: &str) {
        let message = if given.is_empty() { what.to_owned() } else { format!("{} {what}", quoted(given)) };
        self.found.notes.push(Note::new(code, given, message));
    }
}

fn is_zero(block: &[u8]) -> bool {
    block.iter().all(|byte| *byte == 0)
}

/// An extended header is nothing without the entry that it is about.
fn whole(extension: &Extension) -> Result<(), Refusal> {
    if extension.is_empty() { Ok(()) } else { Err(truncated("it ends after an extended header, without its entry")) }
}

/// Names are bytes on Linux, but must be text here.
fn text(bytes: Vec<u8>) -> Result<String, Refusal> {
    String::from_utf8(bytes).map_err(|error| {
        let name = String::from_utf8_lossy(error.as_bytes()).into_owned();
        let message = format!("{} is not valid UTF-8; pack it with names in UTF-8", quoted(&name));
        Refusal::entry(codes::NAME_ENCODING, name, message)
    })
}

/// The plain name. `./` at its beginning is what `tar c .` writes, and nothing odd.
///
/// A backslash can be part of a name on Linux. But no name in a layer has one, since the tools on the way read it as `/`;
/// so do we, as in a zip, and say it.
fn clean(given: &str) -> Result<Option<Cleaned>, Refusal> {
    let plain = given.trim_start_matches("./");
    if plain.is_empty() && !given.is_empty() || plain == "." {
        return Ok(None);
    }
    path::clean(plain, Origin::Archive)
}

fn ambiguous(given: &str, what: &str) -> Refusal {
    Refusal::entry(codes::TYPE_AMBIGUOUS, given, format!("{} {what}", quoted(given)))
}

fn no_data(given: &str, size: u64, what: &str) -> Result<(), Refusal> {
    if size == 0 {
        Ok(())
    } else {
        Err(ambiguous(given, &format!("is {what}, but has {} bytes of data", grouped(size))))
    }
}
