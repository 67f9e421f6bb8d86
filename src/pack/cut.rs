//! Cuts what is to be packed into jobs of like size, in the order of the zip.

use std::rc::Rc;

use super::job::{Action, Block, Job, Need, Stretch};
use super::{Item, Manner};
use crate::bytes::{Bytes, Part, in_memory};
use crate::content::{Content, ContentError, Member, Method};
use crate::deflate::{Effort, WINDOW};

/// Cuts the work of items into jobs.
pub struct Cutter {
    manner: Manner,
    /// What a job should weigh.
    weight: u64,
    next: Block,
    /// Where the bytes of the item at hand lie, found once for all of its blocks.
    found: Option<Found>,
}

/// Bytes of a block. Each is deflated with the 32 KiB before it as dictionary and ends on a byte, so blocks can be made
/// anywhere in any order and joined. Large enough that this costs next to nothing, small enough that one large library
/// keeps several cores busy.
const BLOCK: usize = 1024 * 1024;
/// What a job of ordinary size weighs, in bytes to deflate: about 12 ms of work.
const WEIGHT: u64 = BLOCK as u64;
/// A job that weighs less is not worth the message.
const LEAST_WEIGHT: u64 = 64 * 1024;
/// What opening a file costs, however small it is, in bytes to deflate.
const FILE_WEIGHT: u64 = 4 * 1024;
/// A packed byte is verified in so much less time than a byte is deflated.
const VERIFY_SPEED: u64 = 2;

/// Where the bytes of an item lie, and whether they are deflated there.
#[derive(Clone)]
struct Found {
    bytes: Bytes,
    start: u64,
    length: u64,
    verify: Option<Action>,
}

impl Cutter {
    /// Cuts for so many workers, each of which should get several jobs.
    pub fn new(items: &[Item], workers: usize, manner: Manner) -> Cutter {
        let all: u64 = items.iter().map(|item| item.content.size() + FILE_WEIGHT).sum();
        let weight = (all / (workers as u64 * 8).max(1)).clamp(LEAST_WEIGHT, WEIGHT);
        Cutter { manner, weight, next: Block { item: 0, number: 0 }, found: None }
    }

    /// The next job; `None` when everything is cut. An error comes with the number of its item.
    pub fn next(&mut self, items: &[Item]) -> Result<Option<Job>, (usize, ContentError)> {
        let (mut needs, mut weight) = (Vec::new(), 0);
        while let Some(item) = items.get(self.next.item) {
            let found = match self.found.take() {
                Some(found) => found,
                None => Found::of(&item.content, self.manner).map_err(|error| (self.next.item, error))?,
            };
            let need = found.need(self.next, self.manner.effort);
            weight += match need.action {
                Action::Verify { .. } | Action::Compare { .. } => need.stretch.length / VERIFY_SPEED,
                Action::Deflate { .. } if self.next.number > 0 => need.stretch.length,
                Action::Deflate { .. } => need.stretch.length + FILE_WEIGHT,
            };
            if weight > self.weight && !needs.is_empty() {
                self.found = Some(found);
                break;
            }
            needs.push(need);
            self.next.number += 1;
            if self.next.number < found.blocks() {
                self.found = Some(found);
            } else {
                self.next = Block { item: self.next.item + 1, number: 0 };
            }
        }
        Ok((!needs.is_empty()).then(|| Job::of(needs)))
    }
}

/// A job that makes one block.
pub fn alone(items: &[Item], block: Block, manner: Manner) -> Result<Job, ContentError> {
    let Some(item) = items.get(block.item) else { return Ok(Job::of(Vec::new())) };
    Ok(Job::of(vec![Found::of(&item.content, manner)?.need(block, manner.effort)]))
}

/// A content's bytes as its blocks are cut from them.
pub fn source(content: &Content, manner: Manner) -> Result<Part, ContentError> {
    let Found { bytes, start, length, .. } = Found::of(content, manner)?;
    Ok(Part { whole: bytes, start, length })
}

/// How many blocks a content is packed in.
pub fn blocks(content: &Content, effort: Effort) -> usize {
    match content {
        Content::Member(Member { method: Method::Deflated, .. }) if effort == Effort::Normal => 1,
        other => blocks_of(other.size()),
    }
}

fn blocks_of(size: u64) -> usize {
    usize::try_from(size.div_ceil(BLOCK as u64)).unwrap_or(usize::MAX).max(1)
}

impl Found {
    fn of(content: &Content, manner: Manner) -> Result<Found, ContentError> {
        match content {
            Content::Member(member) if member.method == Method::Deflated && manner.effort == Effort::Smallest => {
                Found::unpacked(content, manner)
            }
            other => Found::as_it_lies(other),
        }
    }

    /// Unpacked and verified, once for all of its blocks; what is large does not stay in memory.
    fn unpacked(content: &Content, manner: Manner) -> Result<Found, ContentError> {
        let mut spool = if content.size() > BLOCK as u64 { (manner.new_spool)() } else { in_memory() };
        content.for_each_piece(&mut |piece: &[u8]| spool.write(piece).map_err(ContentError::Read))?;
        let bytes = spool.finish()?;
        Ok(Found::stretch(&bytes, 0, bytes.size()))
    }

    fn as_it_lies(content: &Content) -> Result<Found, ContentError> {
        Ok(match content {
            Content::Member(member @ Member { archive, start, packed, size, crc, method: Method::Deflated }) => {
                let (size, crc) = (*size, *crc);
                let verify = match member.seen() {
                    Some(seen) => Action::Compare { size, crc, packed_crc: seen.packed_crc },
                    None => Action::Verify { size, crc },
                };
                Found { verify: Some(verify), ..Found::stretch(archive, *start, *packed) }
            }
            Content::Member(Member { archive, start, size, .. }) => Found::stretch(archive, *start, *size),
            Content::Loose(bytes) => Found::stretch(bytes, 0, bytes.size()),
            Content::Slice(part) => Found::stretch(&part.whole, part.start, part.length),
            Content::Held(_) | Content::Mended { .. } => {
                let all = content.read(u64::MAX)?.unwrap_or_default();
                let length = all.len() as u64;
                Found { bytes: Rc::new(all), start: 0, length, verify: None }
            }
        })
    }

    /// A stretch of bytes; of what is itself a part, the whole counts.
    fn stretch(bytes: &Bytes, start: u64, length: u64) -> Found {
        match Part::from(bytes) {
            Some(part) => Found::stretch(&part.whole, part.start + start, length),
            None => Found { bytes: bytes.clone(), start, length, verify: None },
        }
    }

    fn blocks(&self) -> usize {
        if self.verify.is_some() { 1 } else { blocks_of(self.length) }
    }

    fn need(&self, block: Block, effort: Effort) -> Need {
        let stretch =
            |from: u64, to: u64| Stretch { bytes: self.bytes.clone(), start: self.start + from, length: to - from };
        if let Some(action) = self.verify {
            return Need { block, stretch: stretch(0, self.length), action };
        }
        let from = (block.number as u64 * BLOCK as u64).min(self.length);
        let to = (from + BLOCK as u64).min(self.length);
        let before = from.min(WINDOW as u64);
        let last = to == self.length;
        let action = Action::Deflate { effort, before, last, whole: last && from == 0 };
        Need { block, stretch: stretch(from - before, to), action }
    }
}
