//! The zip around the packed files, written by the `zip` crate.
//!
//! The crate compresses nothing here. It takes each file as a raw copy out of a one-file zip stream, which is made of a
//! plain local header and the packed bytes; so what was deflated elsewhere, in blocks or by others, passes unchanged.

use std::io::{self, Chain, Cursor, Read, Seek, SeekFrom, Write};

use sha2::{Digest, Sha256};
use zip::{DateTime, ZipWriter};

use super::Sink;
use super::member::{AsRead, Data};
use crate::content::{ContentError, Method};
use crate::path::LayerPath;

/// A zip that is being written.
pub struct Container<'a> {
    writer: ZipWriter<Outlet<'a>>,
}

/// Why a file could not be added.
pub enum Failure {
    /// Its content failed.
    Content(ContentError),
    /// The writer refused. Holds what it said.
    Zip(String),
}

impl<'a> Container<'a> {
    /// An empty zip on its way to a sink.
    pub fn new(sink: &'a mut dyn Sink) -> Container<'a> {
        Container { writer: ZipWriter::new(Outlet { sink, digest: Sha256::new(), position: 0 }) }
    }

    /// Adds one file.
    pub fn add(&mut self, path: &LayerPath, mode: u32, data: Data) -> Result<(), Failure> {
        let header = local_header(path.as_str(), &data).map_err(Failure::Zip)?;
        let mut reader = data.into_reader();
        let copied = {
            let mut stream: Chain<Cursor<Vec<u8>>, AsRead> = Cursor::new(header).chain(AsRead::new(&mut reader));
            self.copy(&mut stream, mode)
        };
        // The copy stops at the last byte; asking once more verifies what passed.
        let verified = copied.and_then(|()| match reader.next_piece() {
            Ok(rest) if rest.is_empty() => Ok(()),
            Ok(_) => Err("the packed bytes are more than announced".to_owned()),
            Err(error) => {
                reader.failure = Some(error);
                Err(String::new())
            }
        });
        verified.map_err(|found| match reader.failure.take() {
            Some(error) => Failure::Content(error),
            None => Failure::Zip(found),
        })
    }

    fn copy(&mut self, stream: &mut impl Read, mode: u32) -> Result<(), String> {
        let file = zip::read::read_zipfile_from_stream(stream).map_err(|error| error.to_string())?;
        let file = file.ok_or("the file's header was not taken")?;
        self.writer.raw_copy_file_touch(file, DateTime::default(), Some(mode)).map_err(|error| error.to_string())
    }

    /// Writes the directory; returns the zip's size and SHA-256.
    pub fn finish(self) -> Result<(u64, [u8; 32]), String> {
        let outlet = self.writer.finish().map_err(|error| error.to_string())?;
        Ok((outlet.position, outlet.digest.finalize().into()))
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
    for value in [data.crc, size(data.packed)?, size(data.size)?] {
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
struct Outlet<'a> {
    sink: &'a mut dyn Sink,
    digest: Sha256,
    position: u64,
}

impl Write for Outlet<'_> {
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

impl Seek for Outlet<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        match to {
            SeekFrom::Current(0) | SeekFrom::End(0) => Ok(self.position),
            SeekFrom::Start(position) if position == self.position => Ok(position),
            _ => Err(io::Error::other("the zip is written in one go")),
        }
    }
}
