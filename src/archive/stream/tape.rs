//! Bytes read in order, as decoders want them.

use std::io::{self, BufRead, Read};

use crate::bytes::{Bytes, PIECE, ReadError, read_vec};

/// Reads bytes from the first to the last.
pub struct Tape {
    bytes: Bytes,
    /// Where the next piece begins.
    next: u64,
    piece: Vec<u8>,
    /// How much of the piece was taken.
    taken: usize,
    failure: Option<ReadError>,
}

impl Tape {
    /// All bytes, from the beginning.
    pub fn new(bytes: Bytes) -> Tape {
        Tape { bytes, next: 0, piece: Vec::new(), taken: 0, failure: None }
    }

    /// The bytes at hand: none at the end.
    pub fn at_hand(&mut self) -> Result<&[u8], ReadError> {
        if self.taken >= self.piece.len() {
            let length = (self.bytes.size() - self.next).min(PIECE);
            self.piece = read_vec(&*self.bytes, self.next, length)?;
            self.next += length;
            self.taken = 0;
        }
        Ok(self.piece.get(self.taken..).unwrap_or(&[]))
    }

    /// Passes over so many of the bytes at hand.
    pub fn advance(&mut self, count: usize) {
        self.taken = (self.taken + count).min(self.piece.len());
    }

    /// Whether the next bytes are these. Moves nothing.
    pub fn begins(&mut self, magic: &[u8]) -> bool {
        let place = self.next - (self.piece.len() - self.taken) as u64;
        let length = (magic.len() as u64).min(self.bytes.size() - place);
        match read_vec(&*self.bytes, place, length) {
            Ok(found) => found == magic,
            Err(error) => {
                self.failure = Some(error);
                false
            }
        }
    }

    /// How many bytes are left, and whether all are zero.
    pub fn rest(&mut self) -> Result<(u64, bool), ReadError> {
        let (mut count, mut zeros) = (0, true);
        loop {
            let piece = self.at_hand()?;
            let length = piece.len();
            if length == 0 {
                return Ok((count, zeros));
            }
            zeros &= piece.iter().all(|byte| *byte == 0);
            count += length as u64;
            self.advance(length);
        }
    }

    /// Why a read failed, if one did.
    pub fn failure(&mut self) -> Option<ReadError> {
        self.failure.take()
    }
}

impl Read for Tape {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let found = self.fill_buf()?;
        let count = found.len().min(into.len());
        if let (Some(into), Some(found)) = (into.get_mut(..count), found.get(..count)) {
            into.copy_from_slice(found);
        }
        self.advance(count);
        Ok(count)
    }
}

impl BufRead for Tape {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if let Err(error) = self.at_hand() {
            self.failure = Some(error);
            return Err(io::Error::other("the source can't be read"));
        }
        Ok(self.piece.get(self.taken..).unwrap_or(&[]))
    }

    fn consume(&mut self, count: usize) {
        self.advance(count);
    }
}
