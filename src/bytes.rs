//! Random access to the bytes of a source, wherever they are.
//!
//! A 200 MB wheel is never held in memory: its directory is read, then each member when it is needed. In the browser
//! the bytes are a `Blob`, in tests a vector or a file.

use std::any::Any;
use std::cell::Cell;
use std::rc::Rc;

/// Bytes that can be read at any offset.
pub trait ReadAt: Any {
    /// How many bytes there are.
    fn size(&self) -> u64;

    /// Fills `into` with the bytes from `offset` on. Fewer bytes than asked for are an error.
    fn read_at(&self, offset: u64, into: &mut [u8]) -> Result<(), ReadError>;

    /// What is known of the deflated member of an archive whose packed bytes begin at `start`, if it was looked into
    /// beforehand.
    fn seen(&self, _start: u64) -> Option<Rc<Seen>> {
        None
    }
}

/// A deflated member that was unpacked beforehand, and was whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Bytes packed.
    pub packed: u64,
    /// Their CRC-32: who finds it again has the same bytes before him, and need not unpack them once more.
    pub packed_crc: u32,
    /// Bytes unpacked.
    pub size: u64,
    /// Their CRC-32.
    pub crc: u32,
    /// Stretches of what it unpacks to, each with its offset: those that inspection asked for.
    pub stretches: Vec<(u64, Vec<u8>)>,
}

impl Seen {
    /// `length` unpacked bytes at `offset`, if they were kept.
    pub fn get(&self, offset: u64, length: usize) -> Option<&[u8]> {
        kept(&self.stretches, offset, length)
    }
}

/// `length` bytes at `offset` of those that some stretches hold.
pub fn kept(stretches: &[(u64, Vec<u8>)], offset: u64, length: usize) -> Option<&[u8]> {
    stretches.iter().find_map(|(start, bytes)| {
        let from = usize::try_from(offset.checked_sub(*start)?).ok()?;
        bytes.get(from..from.checked_add(length)?)
    })
}

/// Shared bytes.
pub type Bytes = Rc<dyn ReadAt>;

/// Why bytes could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadError {
    /// The bytes are not what they were when the source was added. Holds what was found.
    Changed(String),
    /// The reader failed. Holds what it said.
    Failed(String),
}

impl ReadAt for Vec<u8> {
    fn size(&self) -> u64 {
        self.len() as u64
    }

    fn read_at(&self, offset: u64, into: &mut [u8]) -> Result<(), ReadError> {
        let start = usize::try_from(offset).unwrap_or(usize::MAX);
        let found = start.checked_add(into.len()).and_then(|end| self.get(start..end));
        let Some(found) = found else {
            return Err(ReadError::Failed(format!("{} bytes at {offset} lie beyond the end", into.len())));
        };
        into.copy_from_slice(found);
        Ok(())
    }
}

/// `length` bytes from `offset` on, as a vector.
pub fn read_vec(bytes: &dyn ReadAt, offset: u64, length: u64) -> Result<Vec<u8>, ReadError> {
    let end = offset.checked_add(length).filter(|end| *end <= bytes.size());
    let (Some(_), Ok(length)) = (end, usize::try_from(length)) else {
        return Err(ReadError::Failed(format!("{length} bytes at {offset} lie beyond the end")));
    };
    let mut found = vec![0; length];
    bytes.read_at(offset, &mut found)?;
    Ok(found)
}

/// The little-endian number of 16 bits at an offset; `None` where the bytes end before it does.
pub fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|bytes| u16::from_le_bytes(*bytes))
}

/// The same of 32 bits.
pub fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|bytes| u32::from_le_bytes(*bytes))
}

/// The same of 64 bits.
pub fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    bytes.get(at..)?.first_chunk().map(|bytes| u64::from_le_bytes(*bytes))
}

/// Calls `each` with the bytes of a range, in order, in pieces of at most [`PIECE`] bytes.
pub fn for_each_piece<E: From<ReadError>>(
    bytes: &dyn ReadAt,
    offset: u64,
    length: u64,
    each: &mut dyn FnMut(&[u8]) -> Result<(), E>,
) -> Result<(), E> {
    let mut done = 0;
    while done < length {
        let piece = read_vec(bytes, offset + done, (length - done).min(PIECE))?;
        each(&piece)?;
        done += piece.len() as u64;
    }
    Ok(())
}

/// Bytes read at a time where a whole range is walked.
pub const PIECE: u64 = 1024 * 1024;

/// Part of other bytes, e.g. a stored member of an archive.
#[derive(Clone)]
pub struct Part {
    /// The whole.
    pub whole: Bytes,
    /// Where the part begins.
    pub start: u64,
    /// How long it is.
    pub length: u64,
}

impl Part {
    /// Bytes as the part of others that they are, if they are one.
    pub fn from(bytes: &Bytes) -> Option<&Part> {
        let bytes: &dyn Any = &**bytes;
        bytes.downcast_ref()
    }
}

impl ReadAt for Part {
    fn size(&self) -> u64 {
        self.length
    }

    fn read_at(&self, offset: u64, into: &mut [u8]) -> Result<(), ReadError> {
        let inside = offset.checked_add(into.len() as u64).is_some_and(|end| end <= self.length);
        match self.start.checked_add(offset) {
            Some(offset) if inside => self.whole.read_at(offset, into),
            _ => Err(ReadError::Failed(format!("{} bytes at {offset} lie beyond the end", into.len()))),
        }
    }

    fn seen(&self, start: u64) -> Option<Rc<Seen>> {
        self.whole.seen(self.start.checked_add(start)?)
    }
}

/// Takes bytes in order and gives them back for random access: what a packed stream unpacks to.
pub trait Spool {
    /// Takes the next bytes.
    fn write(&mut self, bytes: &[u8]) -> Result<(), ReadError>;

    /// All of them.
    fn finish(self: Box<Self>) -> Result<Bytes, ReadError>;
}

impl Spool for Vec<u8> {
    fn write(&mut self, bytes: &[u8]) -> Result<(), ReadError> {
        self.extend_from_slice(bytes);
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<Bytes, ReadError> {
        Ok(Rc::new(*self))
    }
}

/// Makes an empty spool.
pub type NewSpool = fn() -> Box<dyn Spool>;

/// A spool in memory.
pub fn in_memory() -> Box<dyn Spool> {
    Box::new(Vec::new())
}

/// Where unpacked streams are kept, and how much more may be unpacked for one source: archives within archives would
/// otherwise multiply.
#[derive(Clone)]
pub struct Spools {
    new: NewSpool,
    left: Rc<Cell<u64>>,
    entries: Rc<Cell<usize>>,
}

/// Why bytes could not be spooled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SpoolError {
    /// More was unpacked than is allowed.
    Full,
    /// The spool failed.
    Failed(ReadError),
}

impl Spools {
    /// Spools made by `new` that take so many bytes together, for archives that hold so many entries together.
    pub fn new(new: NewSpool, bytes: u64, entries: usize) -> Spools {
        Spools { new, left: Rc::new(Cell::new(bytes)), entries: Rc::new(Cell::new(entries)) }
    }

    /// The same kind of spools with a budget of their own.
    pub fn renewed(&self, bytes: u64, entries: usize) -> Spools {
        Spools::new(self.new, bytes, entries)
    }

    /// Counts the entries of an archive within the source; `false` where they are too many.
    pub fn count(&self, entries: usize) -> bool {
        let left = self.entries.get().checked_sub(entries);
        self.entries.set(left.unwrap_or(0));
        left.is_some()
    }

    /// An empty spool.
    pub fn spool(&self) -> Unpacked {
        Unpacked { spool: (self.new)(), left: self.left.clone() }
    }
}

/// A spool that counts what it takes.
pub struct Unpacked {
    spool: Box<dyn Spool>,
    left: Rc<Cell<u64>>,
}

impl Unpacked {
    /// Takes the next bytes, if that many may still be unpacked.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), SpoolError> {
        let left = self.left.get().checked_sub(bytes.len() as u64).ok_or(SpoolError::Full)?;
        self.left.set(left);
        self.spool.write(bytes).map_err(SpoolError::Failed)
    }

    /// All of them.
    pub fn finish(self) -> Result<Bytes, ReadError> {
        self.spool.finish()
    }
}

/// Reads ahead, for walking many small records in rising order.
pub struct Window {
    bytes: Bytes,
    start: u64,
    held: Vec<u8>,
}

impl Window {
    const AHEAD: u64 = 64 * 1024;

    /// A window that holds nothing yet.
    pub fn new(bytes: Bytes) -> Window {
        Window { bytes, start: 0, held: Vec::new() }
    }

    /// The bytes themselves.
    pub fn bytes(&self) -> &dyn ReadAt {
        &*self.bytes
    }

    /// How many bytes there are in all.
    pub fn size(&self) -> u64 {
        self.bytes.size()
    }

    /// `length` bytes at `offset`; `None` where they would lie beyond the end.
    pub fn get(&mut self, offset: u64, length: usize) -> Result<Option<&[u8]>, ReadError> {
        let Some(end) = offset.checked_add(length as u64).filter(|end| *end <= self.size()) else {
            return Ok(None);
        };
        if offset < self.start || end > self.start + self.held.len() as u64 {
            let ahead = (length as u64).max(Self::AHEAD).min(self.size() - offset);
            self.held = read_vec(&*self.bytes, offset, ahead)?;
            self.start = offset;
        }
        let from = usize::try_from(offset - self.start).unwrap_or(usize::MAX);
        Ok(from.checked_add(length).and_then(|to| self.held.get(from..to)))
    }
}
