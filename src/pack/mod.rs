//! Packs the layer: the same files give the same bytes, wherever and whenever.
//!
//! Entries are sorted by path, dated 1980-01-01, made "on Unix", with mode 0644 or 0755 and nothing that depends on the
//! machine. What is deflated already is copied as it is, after it was unpacked once to verify it;
//! unless everything is to be as small as it goes.
//!
//! A [`Packing`] gives out jobs ([`cut`] makes them), [`work`] does one wherever there is a core, and the packing puts
//! what came of them in order. A native run and the browser's workers go the same way.

mod container;
mod cut;
mod job;
mod packing;
mod work;

use std::rc::Rc;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use zlib_rs::crc32::crc32;

use self::container::{Container, Data};
pub use self::job::{Action, Job, Outcome, Side, Step, Stretch};
pub use self::packing::{JobId, Packing, Progress};
pub use self::work::work;
use crate::bytes::{Bytes, NewSpool, Part, ReadError};
use crate::content::{Content, ContentError, Method};
use crate::deflate::{Deflater, Effort};
use crate::error::Error;
use crate::path::LayerPath;

/// One file that goes into the zip.
pub struct Item {
    /// Its path.
    pub path: LayerPath,
    /// 0644 or 0755; 0120777 of a link, whose bytes are then its target.
    pub mode: u32,
    /// Its bytes.
    pub content: Content,
    /// The source that it comes from, for messages.
    pub source: String,
    /// Its path there, for messages.
    pub entry: String,
}

/// How to pack.
#[derive(Debug, Clone, Copy)]
pub struct Manner {
    /// How hard to deflate. With the smallest, what is deflated already is deflated again where that makes it smaller.
    pub effort: Effort,
    /// Where large files are unpacked to on the way.
    pub new_spool: NewSpool,
}

/// Where the zip's bytes go, in order.
pub trait Sink {
    /// Takes the next bytes; an error says why it can't.
    fn write(&mut self, bytes: &[u8]) -> Result<(), String>;

    /// Whether it has the SHA-256 made elsewhere, beside the packing; then [`Packed::sha256`] is all zeros.
    fn digests(&self) -> bool {
        false
    }
}

impl<S: Sink + ?Sized> Sink for &mut S {
    fn write(&mut self, bytes: &[u8]) -> Result<(), String> {
        (**self).write(bytes)
    }

    fn digests(&self) -> bool {
        (**self).digests()
    }
}

impl Sink for Vec<u8> {
    fn write(&mut self, bytes: &[u8]) -> Result<(), String> {
        self.extend_from_slice(bytes);
        Ok(())
    }
}

/// What is known of a zip once it is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Packed {
    /// Its bytes.
    pub size: u64,
    /// Its SHA-256.
    pub sha256: [u8; 32],
    /// Bytes unpacked.
    pub unzipped: u64,
    /// Files in it.
    pub entries: usize,
    /// Bytes that it is smaller than if everything that arrived deflated had been copied.
    pub saved: u64,
}

impl Packed {
    /// The `CodeSha256` that AWS will report: the digest in base64 with padding, 44 characters.
    pub fn code_sha256(&self) -> String {
        BASE64_STANDARD.encode(self.sha256)
    }

    /// The digest as `sha256sum` prints it.
    pub fn sha256_hex(&self) -> String {
        self.sha256.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// Does the work of a packing here, one job after the other. `progress` hears how far it is.
pub fn drive<S: Sink>(packing: &mut Packing<S>, progress: &mut dyn FnMut(Progress)) -> Result<(), Error> {
    while let Some((id, job)) = packing.next_job()? {
        progress(packing.progress());
        let input: Bytes = Rc::new(packing.read(id)?);
        let mut made = Vec::new();
        let outcomes = work(&job.steps, &*input, &mut made);
        let outcomes = outcomes.map_err(|(step, error)| packing.failed(id, step, error))?;
        packing.take(id, &input, &(Rc::new(made) as Bytes), &outcomes)?;
    }
    progress(packing.progress());
    Ok(())
}

/// A zip of other files in the order given: bytes that lie somewhere are stored as they are, those held here deflated.
pub fn gather<S: Sink>(items: &[Item], sink: S) -> Result<S, Error> {
    let mut container = Container::new(sink);
    for item in items {
        let data = data(&item.content).map_err(|error| explain(error, item))?;
        container.add(item, &data)?;
    }
    let failed = |found| Error::Packing { path: "the zip's directory".into(), found };
    container.close().map_err(failed)?;
    let (_, _, sink) = container.finish();
    Ok(sink)
}

fn data(content: &Content) -> Result<Data, ContentError> {
    let Content::Held(held) = content else {
        let mut crc = 0;
        content.for_each_piece(&mut |piece: &[u8]| {
            crc = crc32(crc, piece);
            Ok::<(), ContentError>(())
        })?;
        let size = content.size();
        let part = content.random_access().map(|whole| Part { whole, start: 0, length: size });
        let parts = part.into_iter().collect();
        return Ok(Data { method: Method::Stored, crc, size, parts, again: true });
    };
    let deflated = Deflater::new(Effort::Normal).deflate(&[], held, true);
    let (crc, size, length) = (crc32(0, held), held.len() as u64, deflated.len() as u64);
    let parts = vec![Part { whole: Rc::new(deflated), start: 0, length }];
    Ok(Data { method: Method::Deflated, crc, size, parts, again: false })
}

/// A content's error with the names that a person knows.
pub(crate) fn explain(error: ContentError, item: &Item) -> Error {
    let source = item.source.clone();
    match error {
        ContentError::Damaged(found) => Error::DamagedSource { source, entry: item.entry.clone(), found },
        // A folder's files are read one by one, so the one that changed is the entry.
        ContentError::Read(ReadError::Changed(found)) => {
            let source = if matches!(item.content, Content::Loose(_)) { item.entry.clone() } else { source };
            Error::SourceChanged { source, found }
        }
        ContentError::Read(ReadError::Failed(found)) => Error::UnreadableSource { source, found },
    }
}

/// Bytes that the zip's own records take for files of these paths: local header, directory record, end record.
pub fn overhead<'a>(paths: impl Iterator<Item = &'a str>) -> u64 {
    paths.map(|path| 30 + 46 + 2 * path.len() as u64).sum::<u64>() + 22
}
