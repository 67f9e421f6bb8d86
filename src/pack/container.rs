//! The zip around the packed files (APPNOTE.TXT 4.3), written in one go: every number is known before its record.
//!
//! Whatever was deflated elsewhere, in blocks or by others, passes unchanged.

use sha2::{Digest, Sha256};

use super::{Item, Sink, explain};
use crate::bytes::{PIECE, Part, ReadError, read_vec};
use crate::content::{ContentError, Method, Unpacking};
use crate::error::Error;

/// What goes into the zip for one file.
pub struct Data {
    /// How it is packed.
    pub method: Method,
    /// CRC-32 unpacked.
    pub crc: u32,
    /// Bytes unpacked.
    pub size: u64,
    /// The packed bytes, one part after the other.
    pub parts: Vec<Part>,
    /// Whether they are read from the source once more, and have to be verified once more.
    pub again: bool,
}

impl Data {
    /// Bytes packed.
    pub fn packed(&self) -> u64 {
        self.parts.iter().map(|part| part.length).sum()
    }
}

/// A zip that is being written.
pub struct Container<S: Sink> {
    outlet: Outlet<S>,
    directory: Vec<u8>,
    files: u64,
}

impl<S: Sink> Container<S> {
    /// An empty zip on its way to a sink.
    pub fn new(sink: S) -> Container<S> {
        let digest = (!sink.digests()).then(Sha256::new);
        let outlet = Outlet { sink, digest, position: 0 };
        Container { outlet, directory: Vec::new(), files: 0 }
    }

    /// Adds one file.
    pub fn add(&mut self, item: &Item, data: &Data) -> Result<(), Error> {
        let failed = |found: String| Error::Packing { path: item.path.to_string(), found };
        let record = record(item.path.as_str(), data).map_err(failed)?;
        let offset = short(self.outlet.position).map_err(failed)?;
        self.directory.extend_from_slice(b"PK\x01\x02");
        self.directory.extend_from_slice(&[version(data.method), UNIX]);
        self.directory.extend_from_slice(&record);
        // No comment, on the first disk, no attributes but the mode of a regular file or of a link, which has its bit.
        self.directory.extend_from_slice(&[0; 6]);
        self.directory.extend_from_slice(&((0o100_000 | item.mode) << 16).to_le_bytes());
        self.directory.extend_from_slice(&offset.to_le_bytes());
        self.directory.extend_from_slice(item.path.as_str().as_bytes());
        self.files += 1;

        self.outlet.write(b"PK\x03\x04").map_err(failed)?;
        self.outlet.write(&record).map_err(failed)?;
        self.outlet.write(item.path.as_str().as_bytes()).map_err(failed)?;
        let mut check = data.again.then(|| Unpacking::new(data.method, data.size, data.crc));
        for part in &data.parts {
            let mut at = 0;
            while at < part.length {
                let piece = read_vec(part, at, PIECE.min(part.length - at));
                let piece = piece.map_err(|error| explain(ContentError::Read(error), item))?;
                if let Some(check) = &mut check {
                    let checked = check.push(&piece, &mut |_| Ok::<(), ContentError>(()));
                    checked.map_err(|_| explain(changed(), item))?;
                }
                self.outlet.write(&piece).map_err(failed)?;
                at += piece.len() as u64;
            }
        }
        check.map_or(Ok(()), |check| check.finish()).map_err(|_| explain(changed(), item))
    }

    /// Writes the directory, after which nothing can be added.
    pub fn close(&mut self) -> Result<(), String> {
        let (start, directory) = (self.outlet.position, std::mem::take(&mut self.directory));
        self.outlet.write(&directory)?;
        self.outlet.write(&end(self.files, directory.len() as u64, start)?)
    }

    /// The zip's size and SHA-256, once it is closed.
    pub fn finish(self) -> (u64, [u8; 32], S) {
        let digest = self.outlet.digest.map_or([0; 32], |digest| digest.finalize().into());
        (self.outlet.position, digest, self.outlet.sink)
    }

    /// Where the bytes go.
    pub fn sink(&mut self) -> &mut S {
        &mut self.outlet.sink
    }
}

fn changed() -> ContentError {
    ContentError::Read(ReadError::Changed("its bytes changed while it was packed".into()))
}

/// Modes count only in what was made on Unix.
const UNIX: u8 = 3;

/// What a reader needs: 2.0 for deflate. More than that, as some writers state, was reported to be refused by Lambda.
fn version(method: Method) -> u8 {
    match method {
        Method::Stored => 10,
        Method::Deflated => 20,
    }
}

/// What a file's local header and its row in the directory have in common: from the version to the lengths.
fn record(name: &str, data: &Data) -> Result<Vec<u8>, String> {
    /// The name is UTF-8.
    const UTF8: u16 = 1 << 11;
    /// 1980-01-01, the first day that a zip can name.
    const DATE: u16 = 1 << 5 | 1;
    let length = u16::try_from(name.len()).map_err(|_| "its path is too long".to_owned())?;
    let flags = if name.is_ascii() { 0 } else { UTF8 };
    let method: u16 = match data.method {
        Method::Stored => 0,
        Method::Deflated => 8,
    };
    let mut record = Vec::with_capacity(26);
    for value in [version(data.method).into(), flags, method, 0, DATE] {
        record.extend_from_slice(&value.to_le_bytes());
    }
    for value in [data.crc, short(data.packed())?, short(data.size)?] {
        record.extend_from_slice(&value.to_le_bytes());
    }
    for value in [length, 0] {
        record.extend_from_slice(&value.to_le_bytes());
    }
    Ok(record)
}

/// A number of bytes as a record without zip64 holds it.
fn short(value: u64) -> Result<u32, String> {
    u32::try_from(value).map_err(|_| format!("{value} bytes are more than a layer can hold"))
}

/// The records after the directory: the end, and before it, for more files than it can count, zip64's.
fn end(files: u64, length: u64, start: u64) -> Result<Vec<u8>, String> {
    let mut end = Vec::new();
    let count = u16::try_from(files).unwrap_or(u16::MAX);
    if count == u16::MAX {
        end.extend_from_slice(b"PK\x06\x06");
        // Its length without the twelve bytes up to here; made by and needs 4.5; on the first disk.
        end.extend_from_slice(&44_u64.to_le_bytes());
        end.extend_from_slice(&[45, UNIX, 45, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        for value in [files, files, length, start] {
            end.extend_from_slice(&value.to_le_bytes());
        }
        end.extend_from_slice(b"PK\x06\x07\0\0\0\0");
        end.extend_from_slice(&(start + length).to_le_bytes());
        end.extend_from_slice(&1_u32.to_le_bytes());
    }
    end.extend_from_slice(b"PK\x05\x06\0\0\0\0");
    for value in [count, count] {
        end.extend_from_slice(&value.to_le_bytes());
    }
    for value in [short(length)?, short(start)?] {
        end.extend_from_slice(&value.to_le_bytes());
    }
    end.extend_from_slice(&[0; 2]);
    Ok(end)
}

/// Passes bytes on in order, counting and digesting them.
struct Outlet<S: Sink> {
    sink: S,
    digest: Option<Sha256>,
    position: u64,
}

impl<S: Sink> Outlet<S> {
    fn write(&mut self, bytes: &[u8]) -> Result<(), String> {
        self.sink.write(bytes)?;
        if let Some(digest) = &mut self.digest {
            digest.update(bytes);
        }
        self.position += bytes.len() as u64;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;
    use crate::content::Content;
    use crate::path::LayerPath;

    #[test]
    #[allow(clippy::unwrap_used, reason = "a test that fails, panics")]
    fn more_files_than_the_end_record_counts_are_all_found() {
        for files in [65_534, 65_535, 65_536] {
            let mut container = Container::new(Vec::new());
            for number in 0..files {
                let path = LayerPath::new(&format!("python/{number:05}.py")).unwrap();
                let content = Content::Held(Vec::new().into());
                let item = Item { path, mode: 0o755, content, source: String::new(), entry: String::new() };
                let data = Data { method: Method::Stored, crc: 0, size: 0, parts: Vec::new(), again: false };
                container.add(&item, &data).unwrap();
            }
            container.close().unwrap();
            let (size, _, zip) = container.finish();
            assert_eq!(size, zip.len() as u64);
            let mut archive = zip::ZipArchive::new(Cursor::new(zip)).unwrap();
            assert_eq!(archive.len(), files);
            let last = archive.by_index(files - 1).unwrap();
            assert_eq!(last.name().unwrap(), format!("python/{:05}.py", files - 1));
            assert_eq!(last.unix_mode(), Some(0o100_755));
        }
    }
}
