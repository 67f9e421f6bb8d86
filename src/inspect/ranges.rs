//! Ranges of a content, wherever its bytes lie and however they are packed, in bounded memory.

use std::rc::Rc;

use crate::bytes::{Seen, Window, for_each_piece, kept};
use crate::content::{Content, ContentError, Member, Unpacking};

/// How many bytes of the beginning of a packed file are kept: tables of strings and versions lie there as a rule.
const KEPT: usize = 512 * 1024;

/// Packed bytes that are unpacked at a time: what comes out of them is held until the next ones.
const STEP: usize = 16 * 1024;

/// Reads ranges of one content. Rising ranges cost one pass over a packed file, whatever their number.
pub enum Ranges<'a> {
    /// Bytes that lie somewhere as they are.
    Random(Window),
    /// A deflated member, which can only be unpacked from its beginning.
    Packed(Box<Stream<'a>>),
    /// What is of no interest here.
    Nothing,
}

impl<'a> Ranges<'a> {
    /// The ranges of a deflated member of which is to be known later what was asked for.
    pub fn noted(member: &'a Member) -> Ranges<'a> {
        Ranges::Packed(Box::new(Stream { noted: Some(Vec::new()), seen: None, ..Stream::new(member) }))
    }

    /// Unpacks the rest of such a member, and gives what was asked for; `None` where it is damaged.
    pub fn into_noted(self) -> Option<Vec<(u64, Vec<u8>)>> {
        if let Ranges::Packed(stream) = self { stream.finish() } else { None }
    }

    /// The ranges of a content.
    pub fn new(content: &'a Content) -> Ranges<'a> {
        match (content.random_access(), content) {
            (Some(bytes), _) => Ranges::Random(Window::new(bytes)),
            (None, Content::Member(member)) => Ranges::Packed(Box::new(Stream::new(member))),
            _ => Ranges::Nothing,
        }
    }

    /// How many bytes there are in all.
    pub fn size(&self) -> u64 {
        match self {
            Ranges::Random(window) => window.size(),
            Ranges::Packed(stream) => stream.member.size,
            Ranges::Nothing => 0,
        }
    }

    /// `length` bytes at `offset`; `None` where they would lie beyond the end or can't be read.
    pub fn get(&mut self, offset: u64, length: usize) -> Option<&[u8]> {
        match self {
            Ranges::Random(window) => window.get(offset, length).ok().flatten(),
            Ranges::Packed(stream) => stream.get(offset, length),
            Ranges::Nothing => None,
        }
    }

    /// The bytes from `offset` up to the first NUL, as text; `None` where there is none within `most` bytes.
    pub fn text(&mut self, offset: u64, most: usize) -> Option<String> {
        let left = usize::try_from(self.size().checked_sub(offset)?).unwrap_or(usize::MAX);
        let bytes = self.get(offset, most.min(left))?;
        let end = bytes.iter().position(|byte| *byte == 0)?;
        Some(String::from_utf8_lossy(bytes.get(..end)?).into_owned())
    }
}

/// A deflated member on its way: unpacked as far as was asked for.
pub struct Stream<'a> {
    member: &'a Member,
    /// What is known of it already.
    seen: Option<Rc<Seen>>,
    /// What was asked for, where that is to be known later.
    noted: Option<Vec<(u64, Vec<u8>)>>,
    /// `None` before anything is unpacked.
    unpacking: Option<Unpacking>,
    /// Packed bytes that were taken.
    taken: u64,
    /// Packed bytes that were read and not taken.
    ahead: Vec<u8>,
    /// The first bytes.
    first: Vec<u8>,
    /// The latest bytes, and where they begin.
    held: Vec<u8>,
    start: u64,
}

impl<'a> Stream<'a> {
    fn new(member: &'a Member) -> Stream<'a> {
        Stream {
            member,
            seen: member.seen(),
            noted: None,
            unpacking: None,
            taken: 0,
            ahead: Vec::new(),
            first: Vec::new(),
            held: Vec::new(),
            start: 0,
        }
    }

    fn get(&mut self, offset: u64, length: usize) -> Option<&[u8]> {
        // Asked twice, since what is lent can't be given back.
        if self.seen.as_ref().is_some_and(|seen| seen.get(offset, length).is_some()) {
            return self.seen.as_ref()?.get(offset, length);
        }
        if self.noted.as_ref().is_some_and(|noted| kept(noted, offset, length).is_none()) {
            let found = self.unpacked(offset, length)?.to_vec();
            self.noted.as_mut()?.push((offset, found));
        }
        if self.noted.is_some() {
            return kept(self.noted.as_ref()?, offset, length);
        }
        self.unpacked(offset, length)
    }

    fn unpacked(&mut self, offset: u64, length: usize) -> Option<&[u8]> {
        let end = offset.checked_add(length as u64).filter(|end| *end <= self.member.size)?;
        if end <= self.first.len() as u64 {
            let from = usize::try_from(offset).ok()?;
            return self.first.get(from..from + length);
        }
        if offset < self.start {
            *self = Stream { noted: self.noted.take(), ..Stream::new(self.member) };
        }
        while self.start + (self.held.len() as u64) < end {
            self.step(offset)?;
        }
        let from = usize::try_from(offset.checked_sub(self.start)?).ok()?;
        self.held.get(from..from + length)
    }

    /// Unpacks a little more, and forgets what lies before `offset`.
    fn step(&mut self, offset: u64) -> Option<()> {
        if self.ahead.is_empty() {
            let length = (self.member.packed - self.taken).min(STEP as u64 * 16);
            let ahead = &mut self.ahead;
            for_each_piece(&*self.member.archive, self.member.start + self.taken, length, &mut |piece: &[u8]| {
                ahead.extend_from_slice(piece);
                Ok::<(), ContentError>(())
            })
            .ok()?;
            self.taken += length;
            if length == 0 {
                return None;
            }
        }
        let rest = self.ahead.split_off(STEP.min(self.ahead.len()));
        let piece = std::mem::replace(&mut self.ahead, rest);
        let (first, held, start) = (&mut self.first, &mut self.held, &mut self.start);
        let Member { method, size, crc, .. } = *self.member;
        self.unpacking
            .get_or_insert_with(|| Unpacking::new(method, size, crc))
            .push(&piece, &mut |bytes: &[u8]| {
                first.extend_from_slice(bytes.get(..bytes.len().min(KEPT.saturating_sub(first.len()))).unwrap_or(&[]));
                let end = *start + held.len() as u64 + bytes.len() as u64;
                if end <= offset {
                    held.clear();
                    *start = end;
                } else {
                    held.extend_from_slice(bytes);
                }
                Ok::<(), ContentError>(())
            })
            .ok()?;
        let before = usize::try_from(offset.saturating_sub(self.start)).ok()?.min(self.held.len());
        self.held.drain(..before);
        self.start += before as u64;
        Some(())
    }

    /// Unpacks what is left. What was asked for; `None` where the member is not what its archive promises.
    fn finish(mut self) -> Option<Vec<(u64, Vec<u8>)>> {
        while self.taken < self.member.packed || !self.ahead.is_empty() {
            self.step(self.member.size)?;
        }
        self.unpacking?.finish().ok()?;
        self.noted
    }
}
