//! Packs the layer: the same files give the same bytes, wherever and whenever.
//!
//! Entries are sorted by path, dated 1980-01-01, made "on Unix", with mode 0644 or 0755 and nothing that depends on the
//! machine. What is deflated already is copied as it is, after it was unpacked once to verify it.

mod container;
mod deflate;
mod member;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

use self::container::Container;
use self::member::Data;
use crate::bytes::ReadError;
use crate::content::{Content, ContentError};
use crate::error::Error;
use crate::path::LayerPath;

/// One file that goes into the zip.
pub struct Item<'a> {
    /// Its path.
    pub path: &'a LayerPath,
    /// 0644 or 0755.
    pub mode: u32,
    /// Its bytes.
    pub content: &'a Content,
    /// The source that it comes from, for messages.
    pub source: &'a str,
    /// Its path there, for messages.
    pub entry: &'a str,
}

/// Where the zip's bytes go, in order.
pub trait Sink {
    /// Takes the next bytes; an error says why it can't.
    fn write(&mut self, bytes: &[u8]) -> Result<(), String>;
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

/// Packs the items, which must be sorted by path with no path twice. `progress` gets the bytes done so far and the path
/// that comes next.
pub fn pack(items: &[Item], sink: &mut dyn Sink, progress: &mut dyn FnMut(u64, &str)) -> Result<Packed, Error> {
    if items.is_empty() {
        return Err(Error::EmptyLayer);
    }
    let mut container = Container::new(sink);
    let mut done = 0;
    for item in items {
        progress(done, item.path.as_str());
        let data = Data::of(item.content, &mut |within| progress(done + within, item.path.as_str()))
            .map_err(|error| explain(error, item))?;
        container.add(item.path, item.mode, data).map_err(|failure| match failure {
            container::Failure::Content(error) => explain(error, item),
            container::Failure::Zip(found) => Error::Packing { path: item.path.to_string(), found },
        })?;
        done += item.content.size();
    }
    let (size, sha256) =
        container.finish().map_err(|found| Error::Packing { path: "the zip's directory".into(), found })?;
    progress(done, "");
    Ok(Packed { size, sha256, unzipped: done, entries: items.len() })
}

/// A content's error with the names that a person knows.
fn explain(error: ContentError, item: &Item) -> Error {
    let source = item.source.to_owned();
    match error {
        ContentError::Damaged(found) => Error::DamagedSource { source, entry: item.entry.to_owned(), found },
        // A folder's files are read one by one, so the one that changed is the entry.
        ContentError::Read(ReadError::Changed(found)) => {
            let source = if matches!(item.content, Content::Loose(_)) { item.entry.to_owned() } else { source };
            Error::SourceChanged { source, found }
        }
        ContentError::Read(ReadError::Failed(found)) => Error::UnreadableSource { source, found },
    }
}

/// Bytes that the zip's own records take for files of these paths: local header, directory record, end record.
pub fn overhead<'a>(paths: impl Iterator<Item = &'a str>) -> u64 {
    paths.map(|path| 30 + 46 + 2 * path.len() as u64).sum::<u64>() + 22
}
