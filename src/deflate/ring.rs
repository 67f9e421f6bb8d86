//! The bytes that a parser can see, in a ring of 64 KiB: the window behind a position, and as much ahead of it.
//!
//! An index is a `u16`, so none is ever out of bounds, and the compiler knows.

use super::Block;
use super::symbols::{MAX_MATCH, WINDOW, at, zeros};

/// Bytes of the ring.
const RING: usize = 2 * WINDOW;

/// A word of this many bytes is read at once.
const WORD: usize = 8;

/// The ring's beginning is repeated after its end, so that a match never has to be cut there.
const OVERLAP: usize = 512;

/// The bytes around a position.
pub struct Ring {
    bytes: Box<[u8; RING + OVERLAP + WORD]>,
    filled: usize,
}

impl Ring {
    /// An empty ring.
    pub fn new() -> Ring {
        Ring { bytes: zeros(), filled: 0 }
    }

    /// Begins with a block.
    pub fn begin(&mut self, block: &Block) {
        self.filled = 0;
        self.fill(0, block);
    }

    /// Makes sure that a match at `position`, and another right after it, can be read.
    #[inline(always)]
    pub fn look_ahead(&mut self, position: usize, block: &Block) {
        if self.filled < position + 2 * MAX_MATCH + WORD {
            self.fill(position, block);
        }
    }

    #[cold]
    fn fill(&mut self, position: usize, block: &Block) {
        let end = block.end().min(position + WINDOW);
        while self.filled < end {
            let (at, more) = (self.filled % RING, block.from(self.filled));
            let length = more.len().min(RING - at).min(end - self.filled);
            if let (Some(room), Some(more)) = (self.bytes.get_mut(at..at + length), more.get(..length)) {
                room.copy_from_slice(more);
            }
            self.filled += length;
        }
        self.bytes.copy_within(..OVERLAP + WORD, RING);
    }

    /// The byte at an index.
    #[inline(always)]
    pub fn byte(&self, index: u16, offset: usize) -> u8 {
        at(&*self.bytes, usize::from(index) + offset % OVERLAP)
    }

    /// Four bytes from an index and an offset on.
    #[inline(always)]
    pub fn four(&self, index: u16, offset: usize) -> u32 {
        let at = usize::from(index) + offset % OVERLAP;
        self.bytes.get(at..at + 4).and_then(<[u8]>::first_chunk).map_or(0, |four| u32::from_le_bytes(*four))
    }

    /// How many bytes two places have in common, of which `from` are known, at most `limit`.
    #[inline(always)]
    pub fn common(&self, one: u16, other: u16, from: usize, limit: usize) -> usize {
        let word = |index: u16, offset: usize| {
            let at = usize::from(index) + offset % OVERLAP;
            self.bytes.get(at..at + WORD).and_then(<[u8]>::first_chunk).map_or(0, |word| u64::from_le_bytes(*word))
        };
        let mut length = from;
        while length < limit {
            let difference = word(one, length) ^ word(other, length);
            if difference != 0 {
                return (length + (difference.trailing_zeros() / 8) as usize).min(limit);
            }
            length += WORD;
        }
        limit
    }
}
