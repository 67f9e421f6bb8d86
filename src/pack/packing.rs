//! A zip in the making: gives out jobs, takes what came of them in any order, and writes the zip in its own.

use std::rc::Rc;

use zlib_rs::crc32::crc32_combine;

use super::container::{Container, Data};
use super::cut::{self, Cutter, blocks};
use super::job::{Block, Job, Outcome, Side};
use super::{Item, Manner, Packed, Sink, explain};
use crate::bytes::{Bytes, Part};
use crate::content::{Content, ContentError, Member, Method, wrong_crc};
use crate::deflate::Effort;
use crate::error::Error;
use crate::order::BTreeMap;

/// A zip in the making.
pub struct Packing<S: Sink> {
    items: Vec<Item>,
    manner: Manner,
    cutter: Cutter,
    container: Container<S>,
    /// Jobs that may be out at once.
    ahead: usize,
    given: BTreeMap<JobId, Given>,
    /// Jobs to be given out before any new one.
    again: Vec<Given>,
    next: JobId,
    /// Items of which something has come in, and not yet everything or not yet their turn.
    gathered: BTreeMap<usize, Gathered>,
    /// Items that are in the zip.
    written: usize,
    closed: bool,
    done: u64,
    total: u64,
    saved: u64,
}

/// The number of a job that was given out.
pub type JobId = u32;

#[derive(Clone)]
struct Given {
    job: Rc<Job>,
    /// Whether a worker was lost over it before.
    retried: bool,
}

/// The blocks of an item that have come in.
struct Gathered {
    blocks: Vec<Option<Made>>,
    missing: usize,
}

struct Made {
    method: Method,
    crc: u32,
    size: u64,
    part: Part,
}

/// How far a packing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress<'a> {
    /// Bytes packed, as they were unpacked.
    pub done: u64,
    /// All bytes.
    pub total: u64,
    /// Files in the zip.
    pub files: usize,
    /// All files.
    pub all_files: usize,
    /// The path that comes next; empty at the end.
    pub path: &'a str,
}

/// Jobs that a worker should have waiting while it is at one.
const WAITING: usize = 2;
/// Reads that should be under way, however few the workers are: small files are slow to open and patient in numbers.
const READS: usize = 12;

impl<S: Sink> Packing<S> {
    /// Packs the items, which must be sorted by path with no path twice, for so many workers.
    pub fn new(items: Vec<Item>, sink: S, workers: usize, manner: Manner) -> Result<Packing<S>, Error> {
        if items.is_empty() {
            return Err(Error::EmptyLayer);
        }
        Ok(Packing {
            cutter: Cutter::new(&items, workers, manner),
            manner,
            container: Container::new(sink),
            ahead: workers.saturating_mul(WAITING).saturating_add(READS),
            given: BTreeMap::new(),
            again: Vec::new(),
            next: 0,
            gathered: BTreeMap::new(),
            written: 0,
            closed: false,
            done: 0,
            total: items.iter().map(|item| item.content.size()).sum(),
            saved: 0,
            items,
        })
    }

    /// The next job; `None` where none is left, or where others have to come back first so that no more than a few
    /// are held.
    pub fn next_job(&mut self) -> Result<Option<(JobId, Rc<Job>)>, Error> {
        let oldest = self.given.keys().next().copied().unwrap_or(self.next);
        let given = match self.again.pop() {
            Some(given) => given,
            None if (self.next - oldest) as usize >= self.ahead => return Ok(None),
            None => match self.cutter.next(&self.items).map_err(|(item, error)| self.explained(item, error))? {
                Some(job) => Given { job: Rc::new(job), retried: false },
                None => return Ok(None),
            },
        };
        let id = self.next;
        self.next += 1;
        let job = given.job.clone();
        self.given.insert(id, given);
        Ok(Some((id, job)))
    }

    /// Reads a job's input here and now, or tells which source stands in the way.
    pub fn read(&self, id: JobId) -> Result<Vec<u8>, Error> {
        let Some(Given { job, .. }) = self.given.get(&id) else { return Ok(Vec::new()) };
        job.read().map_err(|error| {
            let culprit = job.blocks.iter().find_map(|block| {
                let read = cut::alone(&self.items, *block, self.manner).and_then(|job| Ok(job.read()?));
                read.err().map(|error| (block.item, error))
            });
            let first = job.blocks.first().map_or(0, |block| block.item);
            let (item, error) = culprit.unwrap_or((first, ContentError::Read(error)));
            self.explained(item, error)
        })
    }

    /// Takes what came of a job: its input where an outcome lies in it, and what was made.
    pub fn take(&mut self, id: JobId, input: &Bytes, made: &Bytes, outcomes: &[Outcome]) -> Result<(), Error> {
        let Some(Given { job, .. }) = self.given.remove(&id) else { return Ok(()) };
        for (block, outcome) in job.blocks.iter().zip(outcomes) {
            let Some(item) = self.items.get(block.item) else { continue };
            let whole = if outcome.side == Side::Input { input } else { made }.clone();
            let part = Part { whole, start: outcome.at, length: outcome.packed };
            let gathered =
                self.gathered.entry(block.item).or_insert_with(|| Gathered::of(&item.content, self.manner.effort));
            gathered.add(*block, Made { method: outcome.method, crc: outcome.crc, size: outcome.size, part });
            self.done += outcome.size;
        }
        self.write()
    }

    /// A step that could not be taken: the error that ends the packing.
    pub fn failed(&self, id: JobId, step: usize, error: ContentError) -> Error {
        let block = self.given.get(&id).and_then(|given| given.job.blocks.get(step));
        self.explained(block.map_or(0, |block| block.item), error)
    }

    /// A worker was lost over a job. Its steps are given out once more, each by itself; if a worker is lost over one of
    /// those as well, its file is to blame.
    pub fn lost(&mut self, id: JobId) -> Result<(), Error> {
        let Some(Given { job, retried }) = self.given.remove(&id) else { return Ok(()) };
        let first = job.blocks.first().and_then(|block| self.items.get(block.item));
        if retried {
            return Err(Error::PackerCrashed { path: first.map_or_else(String::new, |item| item.path.to_string()) });
        }
        for block in job.blocks.iter().rev() {
            let job =
                cut::alone(&self.items, *block, self.manner).map_err(|error| self.explained(block.item, error))?;
            self.again.push(Given { job: Rc::new(job), retried: true });
        }
        Ok(())
    }

    /// How far it is.
    pub fn progress(&self) -> Progress<'_> {
        Progress {
            done: self.done,
            total: self.total,
            files: self.written,
            all_files: self.items.len(),
            path: self.items.get(self.written).map_or("", |item| item.path.as_str()),
        }
    }

    /// Whether everything is in the zip.
    pub fn is_complete(&self) -> bool {
        self.written == self.items.len()
    }

    /// Closes the zip, after which its last bytes have been written.
    pub fn close(&mut self) -> Result<(), Error> {
        let failed = |found| Error::Packing { path: "the zip's directory".into(), found };
        if !self.is_complete() {
            return Err(failed(format!("only {} of {} files are in it", self.written, self.items.len())));
        }
        if !self.closed {
            self.container.close().map_err(failed)?;
            self.closed = true;
        }
        Ok(())
    }

    /// Where the zip's bytes go.
    pub fn sink(&mut self) -> &mut S {
        self.container.sink()
    }

    /// Closes the zip, if that was not done.
    pub fn finish(mut self) -> Result<(Packed, S), Error> {
        self.close()?;
        let (size, sha256, sink) = self.container.finish();
        let (unzipped, entries, saved) = (self.total, self.items.len(), self.saved);
        Ok((Packed { size, sha256, unzipped, entries, saved }, sink))
    }

    /// Writes the items whose turn it is.
    fn write(&mut self) -> Result<(), Error> {
        while self.gathered.get(&self.written).is_some_and(|gathered| gathered.missing == 0)
            && let Some(gathered) = self.gathered.remove(&self.written)
            && let Some(item) = self.items.get(self.written)
        {
            let data = gathered.joined(item, self.manner).map_err(|error| explain(error, item))?;
            self.container.add(item, &data)?;
            if let Content::Member(Member { method: Method::Deflated, packed, .. }) = item.content {
                self.saved += packed.saturating_sub(data.packed());
            }
            self.written += 1;
        }
        Ok(())
    }

    fn explained(&self, item: usize, error: ContentError) -> Error {
        match self.items.get(item) {
            Some(item) => explain(error, item),
            None => Error::Packing { path: String::new(), found: "the work has no file of that number".into() },
        }
    }
}

impl Gathered {
    fn of(content: &Content, effort: Effort) -> Gathered {
        let missing = blocks(content, effort);
        Gathered { blocks: (0..missing).map(|_| None).collect(), missing }
    }

    fn add(&mut self, block: Block, made: Made) {
        if let Some(place @ None) = self.blocks.get_mut(block.number) {
            *place = Some(made);
            self.missing -= 1;
        }
    }

    /// All blocks as what goes into the zip: joined; or as the file is, or was packed before, where that is no larger.
    fn joined(self, item: &Item, manner: Manner) -> Result<Data, ContentError> {
        let (mut crc, mut size, mut parts, mut method) = (0, 0, Vec::with_capacity(self.blocks.len()), Method::Stored);
        for made in self.blocks.into_iter().flatten() {
            crc = crc32_combine(crc, made.crc, made.size);
            (size, method) = (size + made.size, made.method);
            parts.push(made.part);
        }
        if let Content::Member(Member { crc: promised, .. }) = &item.content
            && *promised != crc
        {
            return Err(ContentError::Damaged(wrong_crc(crc, *promised)));
        }
        let packed: u64 = parts.iter().map(|part| part.length).sum();
        if manner.effort == Effort::Smallest
            && let Content::Member(Member { archive, start, packed: before, method: Method::Deflated, .. }) =
                &item.content
            && *before <= packed.min(size)
        {
            let parts = vec![Part { whole: archive.clone(), start: *start, length: *before }];
            return Ok(Data { method: Method::Deflated, crc, size, parts, again: true });
        }
        // Readers differ about links whose target is deflated; no writer makes them.
        let is_link = item.mode & 0o170_000 == 0o120_000;
        if is_link || parts.len() > 1 && packed >= size {
            let parts = vec![cut::source(&item.content, manner)?];
            return Ok(Data { method: Method::Stored, crc, size, parts, again: true });
        }
        Ok(Data { method, crc, size, parts, again: false })
    }
}
