//! The zip around the packed files, written by the `zip` crate.
//!
//! The crate compresses nothing here. It takes each file as a raw copy out of a one-file zip stream, which is made of a
//! plain local header and the packed bytes; so what was deflated elsewhere, in blocks or by others, passes unchanged.

use std::io::{self, Chain, Cursor, Read, Seek, SeekFrom, Write};

use sha2::{Digest, Sha256};
use zip::{DateTime, ZipWriter};

use super::{Item, Sink, explain};
use crate::bytes::{Part, ReadAt, ReadError};
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
    writer: ZipWriter<Outlet<S>>,
}

impl<S: Sink> Container<S> {
    /// An empty zip on its way to a sink.
    pub fn new(sink: S) -> Container<S> {
        Container { writer: ZipWriter::new(Outlet { sink, digest: Sha256::new(), position: 0 }) }
    }

    /// Adds one file.
    pub fn add(&mut self, item: &Item, data: &Data) -> Result<(), Error> {
        let failed = |found: String| Error::Packing { path: item.path.to_string(), found };
        let header = local_header(item.path.as_str(), data).map_err(failed)?;
        let check = data.again.then(|| Unpacking::new(data.method, data.size, data.crc));
        let mut reader = Reader { data, part: 0, at: 0, check, failure: None };
        let mut stream: Chain<Cursor<Vec<u8>>, &mut Reader> = Cursor::new(header).chain(&mut reader);
        let copied = self.copy(&mut stream, item.mode);
        if let Some(error) = reader.failure {
            return Err(explain(error, item));
        }
        copied.map_err(failed)?;
        reader.check.map_or(Ok(()), |check| check.finish()).map_err(|_| explain(changed(), item))
    }

    fn copy(&mut self, stream: &mut impl Read, mode: u32) -> Result<(), String> {
        let file = zip::read::read_zipfile_from_stream(stream).map_err(|error| error.to_string())?;
        let file = file.ok_or("the file's header was not taken")?;
        self.writer.raw_copy_file_touch(file, DateTime::default(), Some(mode)).map_err(|error| error.to_string())
    }

    /// Writes the directory; returns the zip's size and SHA-256.
    pub fn finish(self) -> Result<(u64, [u8; 32], S), String> {
        let outlet = self.writer.finish().map_err(|error| error.to_string())?;
        Ok((outlet.position, outlet.digest.finalize().into(), outlet.sink))
    }
}

/// The zip crate pulls the packed bytes through `Read`.
struct Reader<'a> {
    data: &'a Data,
    part: usize,
    /// How far it is in that part.
    at: u64,
    /// Verifies that what is read once more is what it was.
    check: Option<Unpacking>,
    /// Why a read failed.
    failure: Option<ContentError>,
}

fn changed() -> ContentError {
    ContentError::Read(ReadError::Changed("its bytes changed while it was packed".into()))
}

impl Read for Reader<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while let Some(part) = self.data.parts.get(self.part) {
            let count = usize::try_from(part.length - self.at).unwrap_or(usize::MAX).min(into.len());
            if let Some(into) = into.get_mut(..count).filter(|into| !into.is_empty()) {
                let read = part.read_at(self.at, into).map_err(ContentError::Read);
                let check = |()| match &mut self.check {
                    Some(check) => check.push(into, &mut |_| Ok::<(), ContentError>(())).map_err(|_| changed()),
                    None => Ok(()),
                };
                if let Err(error) = read.and_then(check) {
                    self.failure = Some(error);
                    return Err(io::Error::other("the source can't be read"));
                }
                self.at += count as u64;
                return Ok(count);
            }
            if into.is_empty() {
                return Ok(0);
            }
            (self.part, self.at) = (self.part + 1, 0);
        }
        Ok(0)
    }
}

/// A local header (APPNOTE.TXT 4.3.7) for the crate to read; it writes its own from it.
fn local_header(name: &str, data: &Data) -> Result<Vec<u8>, String> {
    const UTF8: u16 = 1 << 11;
    // The crate takes the host from here; without it no reader would believe the modes.
    const UNIX: u16 = 3 << 8;
    let size = |value: u64| u32::try_from(value).map_err(|_| format!("{value} bytes are more than a layer can hold"));
    let length = u16::try_from(name.len()).map_err(|_| "its path is too long".to_owned())?;
    let method: u16 = match data.method {
        Method::Stored => 0,
        Method::Deflated => 8,
    };
    let flags = if name.is_ascii() { 0 } else { UTF8 };
    let mut header = b"PK\x03\x04".to_vec();
    for value in [UNIX | 20, flags, method, 0, DOS_DATE] {
        header.extend_from_slice(&value.to_le_bytes());
    }
    for value in [data.crc, size(data.packed())?, size(data.size)?] {
        header.extend_from_slice(&value.to_le_bytes());
    }
    for value in [length, 0] {
        header.extend_from_slice(&value.to_le_bytes());
    }
    header.extend_from_slice(name.as_bytes());
    Ok(header)
}

/// 1980-01-01, the first day that a zip can name.
const DOS_DATE: u16 = 1 << 5 | 1;

/// Passes bytes on in order, counting and digesting them. It can tell its position but never go back: the crate
/// doesn't need to, as every number of a raw copy is known beforehand.
struct Outlet<S: Sink> {
    sink: S,
    digest: Sha256,
    position: u64,
}

impl<S: Sink> Write for Outlet<S> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.sink.write(bytes).map_err(io::Error::other)?;
        self.digest.update(bytes);
        self.position += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<S: Sink> Seek for Outlet<S> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        match to {
            SeekFrom::Current(0) | SeekFrom::End(0) => Ok(self.position),
            SeekFrom::Start(position) if position == self.position => Ok(position),
            _ => Err(io::Error::other("the zip is written in one go")),
        }
    }
}
