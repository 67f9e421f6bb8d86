//! The packed bytes of one file on their way into the zip, verified while they pass.

use std::io::{self, Read};
use std::rc::Rc;

use super::deflate::{self, Deflated};
use crate::bytes::{Bytes, read_vec};
use crate::content::{Content, ContentError, Member, Method, Unpacking};

/// What goes into the zip for one file.
pub struct Data<'a> {
    /// How it is packed.
    pub method: Method,
    /// CRC-32 unpacked.
    pub crc: u32,
    /// Bytes unpacked.
    pub size: u64,
    /// Bytes packed.
    pub packed: u64,
    from: From<'a>,
}

enum From<'a> {
    /// A member of another zip, as it lies there.
    Member(&'a Member, Unpacking<'a>),
    /// Blocks that were just deflated, or a small file that deflate would not help.
    Blocks(Vec<Vec<u8>>),
    /// A loose file that deflate would not help, read again.
    Stored(Bytes, crc32fast::Hasher),
}

impl<'a> Data<'a> {
    /// Packs a content: copied where it is packed already, deflated where that helps, else stored.
    pub fn of(content: &'a Content, progress: &mut dyn FnMut(u64)) -> Result<Data<'a>, ContentError> {
        if let Content::Member(member) = content
            && (member.method == Method::Deflated || member.size == 0)
        {
            let Member { method, crc, size, packed, .. } = *member;
            return Ok(Data { method, crc, size, packed, from: From::Member(member, Unpacking::new(member)) });
        }
        let deflated = deflate::deflate(content, progress)?;
        let (crc, size, packed) = (deflated.crc, deflated.size, deflated.packed());
        if packed < size {
            let Deflated { blocks, .. } = deflated;
            return Ok(Data { method: Method::Deflated, crc, size, packed, from: From::Blocks(blocks) });
        }
        let from = match content {
            Content::Member(member) => From::Member(member, Unpacking::new(member)),
            Content::Loose(bytes) => From::Stored(bytes.clone(), crc32fast::Hasher::new()),
            Content::Slice(part) => From::Stored(Rc::new(part.clone()), crc32fast::Hasher::new()),
            small => From::Blocks(small.read(u64::MAX)?.into_iter().collect()),
        };
        Ok(Data { method: Method::Stored, crc, size, packed: size, from })
    }

    /// The packed bytes, as a reader. Its errors are plain; what happened is in `failure`.
    pub fn into_reader(self) -> Reader<'a> {
        Reader { data: self, at: 0, finished: false, failure: None }
    }
}

/// Reads the packed bytes of one file.
pub struct Reader<'a> {
    data: Data<'a>,
    at: u64,
    finished: bool,
    /// Why a read failed.
    pub failure: Option<ContentError>,
}

/// Bytes that are read from a source at a time.
const PIECE: u64 = 256 * 1024;

impl Reader<'_> {
    /// The next bytes; none at the end, once everything was verified.
    pub fn next_piece(&mut self) -> Result<Vec<u8>, ContentError> {
        let length = (self.data.packed - self.at).min(PIECE);
        if length == 0 {
            self.verify()?;
            return Ok(Vec::new());
        }
        let piece = match &mut self.data.from {
            From::Member(member, unpacking) => {
                let piece = read_vec(&*member.archive, member.start + self.at, length)?;
                unpacking.push(&piece, &mut |_| Ok::<(), ContentError>(()))?;
                piece
            }
            From::Blocks(blocks) => {
                blocks.retain(|block| !block.is_empty());
                if blocks.is_empty() { Vec::new() } else { blocks.remove(0) }
            }
            From::Stored(bytes, crc) => {
                let piece = read_vec(&**bytes, self.at, length)?;
                crc.update(&piece);
                piece
            }
        };
        self.at += piece.len() as u64;
        Ok(piece)
    }

    fn verify(&mut self) -> Result<(), ContentError> {
        if std::mem::replace(&mut self.finished, true) {
            return Ok(());
        }
        match &mut self.data.from {
            From::Member(member, unpacking) => {
                let unpacking = std::mem::replace(unpacking, Unpacking::new(member));
                unpacking.finish().map_err(ContentError::Damaged)
            }
            From::Stored(_, crc) if crc.clone().finalize() != self.data.crc => {
                Err(ContentError::Read(crate::bytes::ReadError::Changed("its bytes changed while it was read".into())))
            }
            _ => Ok(()),
        }
    }
}

/// The zip crate pulls bytes through `Read`.
pub struct AsRead<'a, 'b> {
    reader: &'a mut Reader<'b>,
    piece: Vec<u8>,
    at: usize,
}

impl<'a, 'b> AsRead<'a, 'b> {
    /// Reads from the reader's present place.
    pub fn new(reader: &'a mut Reader<'b>) -> AsRead<'a, 'b> {
        AsRead { reader, piece: Vec::new(), at: 0 }
    }
}

impl Read for AsRead<'_, '_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.at == self.piece.len() {
            self.at = 0;
            self.piece = self.reader.next_piece().map_err(|error| {
                self.reader.failure = Some(error);
                io::Error::other("the source can't be read")
            })?;
        }
        let rest = self.piece.get(self.at..).unwrap_or(&[]);
        let count = rest.len().min(into.len());
        if let (Some(into), Some(rest)) = (into.get_mut(..count), rest.get(..count)) {
            into.copy_from_slice(rest);
        }
        self.at += count;
        Ok(count)
    }
}
