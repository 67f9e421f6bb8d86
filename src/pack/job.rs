//! The work that packing consists of, in jobs that can be done anywhere in any order.
//!
//! A job names the bytes that it needs and the steps to take on them. What comes of a step depends on its bytes alone,
//! so how steps are grouped into jobs changes nothing about the zip.

use crate::bytes::{Bytes, ReadError, read_vec};
use crate::content::Method;
use crate::deflate::Effort;
use crate::order::{self, BTreeMap};

/// A part of the work.
pub struct Job {
    /// What it reads: these stretches, one after the other, are its input.
    pub reads: Vec<Stretch>,
    /// What is done with the input.
    pub steps: Vec<Step>,
    /// The block that each step makes.
    pub(super) blocks: Vec<Block>,
}

/// Bytes that are read at once.
pub struct Stretch {
    /// Where they are.
    pub bytes: Bytes,
    /// Where they begin.
    pub start: u64,
    /// How many they are.
    pub length: u64,
}

/// One step: a stretch of the input, and what is done with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// Where it begins in the input.
    pub at: u64,
    /// How many bytes it has there.
    pub length: u64,
    /// What is done with them.
    pub action: Action,
}

/// What is done with bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// They are deflated already: they are inflated once to verify them, and pass as they are.
    Verify {
        /// Bytes unpacked.
        size: u64,
        /// CRC-32 unpacked.
        crc: u32,
    },
    /// They were verified before, by whoever added them: they are compared with what they were then, and pass.
    Compare {
        /// Bytes unpacked.
        size: u64,
        /// CRC-32 unpacked.
        crc: u32,
        /// CRC-32 of the bytes as they are.
        packed_crc: u32,
    },
    /// They are deflated, as a block of a file.
    Deflate {
        /// How hard.
        effort: Effort,
        /// How many of them, at their beginning, are only the dictionary.
        before: u64,
        /// Whether they are the file's last block.
        last: bool,
        /// Whether they are the whole file; then they pass as they are where deflate doesn't help.
        whole: bool,
    },
}

/// What came of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    /// How the bytes are packed now.
    pub method: Method,
    /// CRC-32 of the unpacked bytes.
    pub crc: u32,
    /// How many they are unpacked.
    pub size: u64,
    /// Where they lie packed.
    pub side: Side,
    /// Where they begin there.
    pub at: u64,
    /// How many they are packed.
    pub packed: u64,
}

/// Where packed bytes lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// In the job's input.
    Input,
    /// In what was made of it.
    Made,
}

/// A block of an item: its number, from 0 on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Block {
    /// The item.
    pub item: usize,
    /// Which of its blocks.
    pub number: usize,
}

/// A step before it is known where its bytes will lie in the input.
pub struct Need {
    /// The block that it makes.
    pub block: Block,
    /// Its bytes.
    pub stretch: Stretch,
    /// What is done with them.
    pub action: Action,
}

/// Bytes between two members of an archive that are read along rather than leading to another read.
const GAP: u64 = 16 * 1024;

impl Job {
    /// A job of these steps. Bytes that lie close together are read together.
    pub fn of(needs: Vec<Need>) -> Job {
        let mut wholes: BTreeMap<*const (), usize> = BTreeMap::new();
        let mut order: Vec<(usize, u64, usize)> = Vec::with_capacity(needs.len());
        for (index, Need { stretch, .. }) in needs.iter().enumerate() {
            let count = wholes.len();
            let whole = *wholes.entry(std::rc::Rc::as_ptr(&stretch.bytes).cast()).or_insert(count);
            order.push((whole, stretch.start, index));
        }
        order::sort(&mut order);
        let mut reads: Vec<Stretch> = Vec::new();
        let mut places = vec![0; needs.len()];
        let (mut at, mut last) = (0, None);
        for (whole, start, index) in order {
            let Some(Need { stretch, .. }) = needs.get(index) else { continue };
            let end = start + stretch.length;
            match reads.last_mut().filter(|read| last == Some(whole) && start <= read.start + read.length + GAP) {
                Some(read) => read.length = read.length.max(end - read.start),
                None => {
                    at += reads.last().map_or(0, |read| read.length);
                    reads.push(Stretch { bytes: stretch.bytes.clone(), start, length: stretch.length });
                }
            }
            last = Some(whole);
            if let (Some(place), Some(read)) = (places.get_mut(index), reads.last()) {
                *place = at + (start - read.start);
            }
        }
        let steps = needs.iter().zip(places);
        Job {
            steps: steps.map(|(need, at)| Step { at, length: need.stretch.length, action: need.action }).collect(),
            blocks: needs.iter().map(|need| need.block).collect(),
            reads,
        }
    }

    /// How many bytes its input has.
    pub fn length(&self) -> u64 {
        self.reads.iter().map(|read| read.length).sum()
    }

    /// Reads its input here and now.
    pub fn read(&self) -> Result<Vec<u8>, ReadError> {
        let mut input = Vec::with_capacity(usize::try_from(self.length()).unwrap_or(0));
        for Stretch { bytes, start, length } in &self.reads {
            input.extend_from_slice(&read_vec(&**bytes, *start, *length)?);
        }
        Ok(input)
    }
}
