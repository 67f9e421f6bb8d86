//! The bytes of one file, from wherever they come, checked while they are read.

use std::rc::Rc;

use flate2::{Decompress, FlushDecompress, Status};
use zlib_rs::crc32::crc32;

use crate::bytes::{Bytes, Part, ReadAt, ReadError, Seen, for_each_piece, read_vec};

/// Where a file's bytes are.
#[derive(Clone)]
pub enum Content {
    /// A file of its own.
    Loose(Bytes),
    /// A member of a zip.
    Member(Member),
    /// A member of a tar, or a file that was packed by itself: a stretch of the archive or of what it unpacks to.
    Slice(Part),
    /// Bytes made here.
    Held(Rc<[u8]>),
    /// Another content with a new beginning, e.g. a script with a mended first line.
    Mended {
        /// What it begins with now.
        head: Rc<[u8]>,
        /// How many bytes of `rest` the head stands for.
        skip: u64,
        /// What it was.
        rest: Rc<Content>,
    },
}

/// A zip's member, as its directory describes it.
#[derive(Clone)]
pub struct Member {
    /// The archive.
    pub archive: Bytes,
    /// Where the member's data begin in it.
    pub start: u64,
    /// How many bytes they take there.
    pub packed: u64,
    /// How many they are unpacked.
    pub size: u64,
    /// Their CRC-32 unpacked.
    pub crc: u32,
    /// How they are packed.
    pub method: Method,
}

/// How a member is packed (APPNOTE.TXT 4.4.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// As it is.
    Stored,
    /// Deflate (RFC 1951).
    Deflated,
}

/// Why a content could not be read whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ContentError {
    /// The source's bytes can't be read.
    Read(ReadError),
    /// The archive is not what its directory says. Holds what was found and expected.
    Damaged(String),
}

impl From<ReadError> for ContentError {
    fn from(error: ReadError) -> ContentError {
        ContentError::Read(error)
    }
}

impl Content {
    /// How many bytes there are unpacked.
    pub fn size(&self) -> u64 {
        match self {
            Content::Loose(bytes) => bytes.size(),
            Content::Slice(part) => part.length,
            Content::Member(member) => member.size,
            Content::Held(bytes) => bytes.len() as u64,
            Content::Mended { head, skip, rest } => head.len() as u64 + rest.size().saturating_sub(*skip),
        }
    }

    /// Calls `each` with all bytes, in order, unpacked; a member's CRC and size are verified on the way.
    pub fn for_each_piece<E: From<ContentError>>(&self, each: &mut dyn FnMut(&[u8]) -> Result<(), E>) -> Result<(), E> {
        match self {
            Content::Loose(bytes) => stretch(&**bytes, 0, bytes.size(), each),
            Content::Slice(part) => stretch(&*part.whole, part.start, part.length, each),
            Content::Member(member) => member.for_each_piece(each),
            Content::Held(bytes) => each(bytes),
            Content::Mended { head, skip, rest } => {
                each(head)?;
                let mut left = *skip;
                rest.for_each_piece(&mut |piece: &[u8]| {
                    let passed = usize::try_from(left).unwrap_or(usize::MAX).min(piece.len());
                    left -= passed as u64;
                    each(piece.get(passed..).unwrap_or(&[]))
                })
            }
        }
    }

    /// All bytes, where they are at most `limit`; `None` where there are more.
    pub fn read(&self, limit: u64) -> Result<Option<Vec<u8>>, ContentError> {
        if self.size() > limit {
            return Ok(None);
        }
        let mut all = Vec::new();
        self.for_each_piece(&mut |piece: &[u8]| {
            all.extend_from_slice(piece);
            Ok::<(), ContentError>(())
        })?;
        Ok(Some(all))
    }

    /// The first bytes, at most `length`; fewer where there are fewer. Nothing is verified.
    pub fn head(&self, length: usize) -> Result<Vec<u8>, ContentError> {
        if let Content::Loose(bytes) = self {
            return Ok(read_vec(&**bytes, 0, bytes.size().min(length as u64))?);
        }
        if let Content::Slice(part) = self {
            return Ok(read_vec(part, 0, part.length.min(length as u64))?);
        }
        if let Content::Member(member) = self {
            return member.head(length);
        }
        let mut first = Vec::new();
        let stopped = self.for_each_piece(&mut |piece: &[u8]| {
            let wanted = length - first.len();
            first.extend_from_slice(piece.get(..wanted.min(piece.len())).unwrap_or(&[]));
            if first.len() < length { Ok(()) } else { Err(Head::Enough) }
        });
        match stopped {
            Ok(()) | Err(Head::Enough) => Ok(first),
            Err(Head::Error(error)) => Err(error),
        }
    }

    /// Where it begins in what holds it: contents that are read in this order are read quickly.
    pub fn position(&self) -> u64 {
        match self {
            Content::Member(member) => member.start,
            Content::Slice(part) => part.start,
            Content::Mended { rest, .. } => rest.position(),
            Content::Loose(_) | Content::Held(_) => 0,
        }
    }

    /// The CRC-32 that an archive promises of its bytes; 0 of what lies in none.
    pub fn promised_crc(&self) -> u32 {
        if let Content::Member(member) = self { member.crc } else { 0 }
    }

    /// Whether two contents are known to be the same without being read: by what their zips say, or as one stretch.
    pub fn is_known_to_equal(&self, other: &Content) -> bool {
        match (self, other) {
            (Content::Member(a), Content::Member(b)) => a.crc == b.crc && a.size == b.size,
            (Content::Slice(a), Content::Slice(b)) => {
                Rc::ptr_eq(&a.whole, &b.whole) && a.start == b.start && a.length == b.length
            }
            _ => false,
        }
    }

    /// The bytes for random access, where they lie somewhere as they are.
    pub fn random_access(&self) -> Option<Bytes> {
        match self {
            Content::Loose(bytes) => Some(bytes.clone()),
            Content::Slice(part) => Some(Rc::new(part.clone())),
            Content::Member(Member { archive, start, size, method: Method::Stored, .. }) => {
                Some(Rc::new(Part { whole: archive.clone(), start: *start, length: *size }))
            }
            Content::Held(bytes) => Some(Rc::new(bytes.to_vec())),
            _ => None,
        }
    }
}

/// Calls `each` with the bytes of a range.
fn stretch<E: From<ContentError>>(
    bytes: &dyn ReadAt,
    start: u64,
    length: u64,
    each: &mut dyn FnMut(&[u8]) -> Result<(), E>,
) -> Result<(), E> {
    for_each_piece(bytes, start, length, &mut |piece: &[u8]| each(piece).map_err(Inner::Outer)).map_err(Inner::flatten)
}

enum Head {
    Enough,
    Error(ContentError),
}

impl From<ContentError> for Head {
    fn from(error: ContentError) -> Head {
        Head::Error(error)
    }
}

/// An error of the reader or of the one who is called with the pieces.
enum Inner<E> {
    Read(ReadError),
    Outer(E),
}

impl<E> From<ReadError> for Inner<E> {
    fn from(error: ReadError) -> Inner<E> {
        Inner::Read(error)
    }
}

impl<E: From<ContentError>> Inner<E> {
    fn flatten(self) -> E {
        match self {
            Inner::Read(error) => ContentError::Read(error).into(),
            Inner::Outer(error) => error,
        }
    }
}

impl Member {
    /// Calls `each` with all bytes unpacked, then verifies that size and CRC-32 are those of the directory.
    fn for_each_piece<E: From<ContentError>>(&self, each: &mut dyn FnMut(&[u8]) -> Result<(), E>) -> Result<(), E> {
        let mut unpacking = Unpacking::new(self.method, self.size, self.crc);
        for_each_piece(&*self.archive, self.start, self.packed, &mut |piece: &[u8]| {
            unpacking.push(piece, each).map_err(Inner::Outer)
        })
        .map_err(Inner::flatten)?;
        unpacking.finish().map_err(|found| ContentError::Damaged(found).into())
    }
}

/// Packed bytes that are read at a time where only the first bytes are wanted.
const HEAD_PIECE: u64 = 8 * 1024;

impl Member {
    /// What is known of it, if it was looked into beforehand.
    pub fn seen(&self) -> Option<Rc<Seen>> {
        let is_this = |seen: &Rc<Seen>| (seen.packed, seen.size, seen.crc) == (self.packed, self.size, self.crc);
        if self.method == Method::Deflated { self.archive.seen(self.start).filter(is_this) } else { None }
    }

    /// The first bytes, unpacked no further than that.
    fn head(&self, length: usize) -> Result<Vec<u8>, ContentError> {
        let wanted = usize::try_from(self.size).unwrap_or(length).min(length);
        if let Some(seen) = self.seen()
            && let Some(found) = seen.get(0, wanted)
        {
            return Ok(found.to_vec());
        }
        let mut unpacking = Unpacking::new(self.method, self.size, self.crc);
        let (mut first, mut taken) = (Vec::new(), 0);
        while first.len() < length && taken < self.packed {
            let piece = read_vec(&*self.archive, self.start + taken, (self.packed - taken).min(HEAD_PIECE))?;
            taken += piece.len() as u64;
            unpacking.push(&piece, &mut |bytes: &[u8]| {
                first.extend_from_slice(bytes);
                Ok::<(), ContentError>(())
            })?;
        }
        first.truncate(length);
        Ok(first)
    }
}

/// Unpacked bytes that are handed on at a time.
const OUT: usize = 64 * 1024;

/// Unpacks a member piece by piece and keeps count of what came out.
pub struct Unpacking {
    /// How many bytes should come out.
    promised: u64,
    /// Their CRC-32.
    promised_crc: u32,
    inflate: Option<Decompress>,
    ended: bool,
    crc: u32,
    size: u64,
    out: Vec<u8>,
}

impl Unpacking {
    /// Nothing unpacked yet; `size` bytes of that CRC-32 should come out.
    pub fn new(method: Method, size: u64, crc: u32) -> Unpacking {
        let inflate = (method == Method::Deflated).then(|| Decompress::new(false));
        // With room for more than should come, so that a full buffer always means that more is waiting.
        let room = usize::try_from(size).unwrap_or(OUT).saturating_add(1).min(OUT);
        let out = if inflate.is_some() { vec![0; room] } else { Vec::new() };
        let (promised, promised_crc) = (size, crc);
        Unpacking { promised, promised_crc, inflate, ended: false, crc: 0, size: 0, out }
    }

    /// Begins anew with another member that is packed alike: thousands of small ones would cost more to set up than to
    /// unpack.
    pub fn renew(&mut self, size: u64, crc: u32) {
        (self.promised, self.promised_crc) = (size, crc);
        (self.ended, self.size, self.crc) = (false, 0, 0);
        if let Some(inflate) = &mut self.inflate {
            inflate.reset(false);
            let room = usize::try_from(size).unwrap_or(OUT).saturating_add(1).min(OUT);
            self.out.resize(self.out.len().max(room), 0);
        }
    }

    /// Takes the next packed bytes and calls `unpacked` with what comes out.
    pub fn push<E: From<ContentError>>(
        &mut self,
        mut piece: &[u8],
        unpacked: &mut dyn FnMut(&[u8]) -> Result<(), E>,
    ) -> Result<(), E> {
        let damaged = |found: &str| E::from(ContentError::Damaged(found.into()));
        let Some(inflate) = &mut self.inflate else {
            self.crc = crc32(self.crc, piece);
            self.size += piece.len() as u64;
            return unpacked(piece);
        };
        loop {
            if self.ended {
                let more = !piece.is_empty();
                return if more {
                    Err(damaged("bytes follow the end of the deflated data; expected none"))
                } else {
                    Ok(())
                };
            }
            let (consumed, produced) = (inflate.total_in(), inflate.total_out());
            let status = inflate.decompress(piece, &mut self.out, FlushDecompress::None);
            let consumed = usize::try_from(inflate.total_in() - consumed).unwrap_or(0);
            let produced = usize::try_from(inflate.total_out() - produced).unwrap_or(0);
            let out = self.out.get(..produced).unwrap_or(&[]);
            self.crc = crc32(self.crc, out);
            self.size += produced as u64;
            if self.size > self.promised {
                return Err(damaged(&format!("it unpacks to more than the {} bytes of the directory", self.promised)));
            }
            unpacked(out)?;
            piece = piece.get(consumed..).unwrap_or(&[]);
            match status {
                Ok(Status::StreamEnd) => self.ended = true,
                // A full buffer can mean that more is waiting inside the decoder, even with no input left.
                Ok(_) if piece.is_empty() && produced < self.out.len() => return Ok(()),
                Ok(_) if consumed == 0 && produced == 0 => {
                    return Err(damaged("the deflated data make no progress; expected a valid stream"));
                }
                Ok(_) => {}
                Err(error) => return Err(damaged(&format!("the deflated data are broken ({error})"))),
            }
        }
    }

    /// Verifies that all came out that the directory promises; an error says what was found and expected.
    pub fn finish(&self) -> Result<(), String> {
        if self.inflate.is_some() && !self.ended {
            return Err("the deflated data end too early; expected their final block".into());
        }
        if self.size != self.promised {
            return Err(format!("it unpacks to {} bytes; expected {}", self.size, self.promised));
        }
        if self.crc != self.promised_crc {
            return Err(wrong_crc(self.crc, self.promised_crc));
        }
        Ok(())
    }
}

/// What is said of bytes that are not those that an archive promises.
pub fn wrong_crc(found: u32, promised: u32) -> String {
    format!("its CRC-32 is {found:08x}; expected {promised:08x}")
}
