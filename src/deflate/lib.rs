//! Deflate (RFC 1951): bytes in, fewer bytes out. They depend on the bytes and the effort alone, on any machine.
//!
//! A block is parsed into literals and matches (`lazy` with `chains`, or `shortest` with `tree`), the parse is cut into
//! sections (`split`, judging by `cost`), and each is written with codes of its own (`section`, `huffman`, `bits`).

mod bits;
mod chains;
mod cost;
mod huffman;
mod lazy;
mod ring;
mod section;
mod shortest;
mod split;
mod symbols;
mod tree;

use self::bits::Bits;
use self::chains::Chains;
use self::ring::Ring;
use self::section::Section;
use self::symbols::MAX_MATCH;
pub use self::symbols::WINDOW;
use self::tree::Tree;

/// How hard to try.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Effort {
    /// Quick, and a little smaller than what most zip programs make.
    #[default]
    Normal,
    /// As small as possible, ten times slower.
    Smallest,
}

/// Bytes to be deflated, and those before them.
struct Block<'a> {
    before: &'a [u8],
    bytes: &'a [u8],
}

impl Block<'_> {
    /// The position of the first byte. Positions count from the first byte before the block.
    fn start(&self) -> usize {
        self.before.len()
    }

    /// The position after the last byte.
    fn end(&self) -> usize {
        self.before.len() + self.bytes.len()
    }

    /// The bytes from a position on, at least one if there are any.
    fn from(&self, position: usize) -> &[u8] {
        match position.checked_sub(self.start()) {
            Some(position) => self.bytes.get(position..).unwrap_or(&[]),
            None => self.before.get(position..).unwrap_or(&[]),
        }
    }

    /// How long a match can be at a position.
    fn limit(&self, position: usize) -> usize {
        self.end().saturating_sub(position).min(MAX_MATCH)
    }
}

/// Deflates blocks. What it keeps from one to the next is only memory, emptied for each.
pub struct Deflater {
    ring: Ring,
    finder: Finder,
}

/// What finds matches, and with it how the bytes are parsed.
enum Finder {
    Chains(Chains),
    Tree(Tree),
}

impl Deflater {
    /// Ready for any block.
    pub fn new(effort: Effort) -> Deflater {
        let finder = match effort {
            Effort::Normal => Finder::Chains(Chains::new()),
            Effort::Smallest => Finder::Tree(Tree::new()),
        };
        Deflater { ring: Ring::new(), finder }
    }

    /// How hard it tries.
    pub fn effort(&self) -> Effort {
        match self.finder {
            Finder::Chains(_) => Effort::Normal,
            Finder::Tree(_) => Effort::Smallest,
        }
    }

    /// Deflates a block. `before` is what stands before it, of which the last 32 KiB count.
    ///
    /// The result ends on a byte, so the blocks of a file can be made anywhere, in any order, and joined. Only the `last`
    /// one ends the stream.
    pub fn deflate(&mut self, before: &[u8], block: &[u8], last: bool) -> Vec<u8> {
        let before = before.get(before.len().saturating_sub(WINDOW)..).unwrap_or(&[]);
        let block = Block { before, bytes: block };
        let mut bits = Bits::with_room(block.bytes.len() / 2 + 64);
        let (mut position, end) = (block.start(), block.end());
        let mut write = |section: Section| {
            let bytes = block.from(position);
            let bytes = bytes.get(..section.length()).unwrap_or(bytes);
            position += bytes.len();
            section::write(&mut bits, section, bytes, last && position == end);
        };
        match &mut self.finder {
            Finder::Chains(chains) => {
                let tokens = lazy::parse(&mut self.ring, chains, &block);
                split::quickly(&tokens).into_iter().for_each(&mut write);
            }
            Finder::Tree(tree) => shortest::parse(&mut self.ring, tree, &block, &mut write),
        }
        if !last {
            section::write_end(&mut bits);
        }
        bits.finish()
    }
}
