//! Streams that were packed as a whole: unpacked in order into a spool, so that what is in them can be read at any place.
//!
//! Each may be a row of members (pigz, bgzip, pzstd and plain `cat` write such). What comes after the last one must be
//! nothing, or the zeros that tapes and some tools pad with.

mod bzip2;
mod gzip;
mod tape;
mod xz;
mod zstd;

use self::tape::Tape;
use super::format::Format;
use super::{truncated, unreadable};
use crate::bytes::{Bytes, SpoolError, Spools, Unpacked};
use crate::error::{Note, Refusal};
use crate::tables::codes;
use crate::tables::limits::{MAX_SOURCE_SIZE, UNZIPPED_LIMIT};
use crate::words::{counted, grouped};

/// Bytes that a decoder may keep of what it wrote last: xz -9 needs 64 MiB, zstd --ultra 128.
const MAX_DICTIONARY: u32 = 128 * 1024 * 1024;

/// What the stream unpacks to, and what was odd about it.
pub fn unpack(format: Format, bytes: &Bytes, spools: &Spools) -> Result<(Bytes, Vec<Note>), Refusal> {
    let mut tape = Tape::new(bytes.clone());
    let mut output = Output(spools.spool());
    let mut notes = Vec::new();
    let mut members = 0;
    loop {
        let unpacked = match format {
            Format::Gzip => gzip::member(&mut tape, &mut output),
            Format::Bzip2 => bzip2::member(&mut tape, &mut output),
            Format::Xz => xz::member(&mut tape, &mut output),
            Format::Zstd => zstd::member(&mut tape, &mut output),
            _ => Ok(false),
        };
        // Whatever a decoder says of it, bytes that could not be read are another trouble than bytes that are wrong.
        if let Some(error) = tape.failure() {
            return Err(unreadable(error));
        }
        match unpacked {
            Ok(true) => members += 1,
            Ok(false) if members == 0 => {
                return Err(Refusal::whole(
                    codes::NOT_ARCHIVE,
                    format!("it is not {}, as its name says", format.title()),
                ));
            }
            Ok(false) => break,
            Err(refusal) => return Err(refusal),
        }
    }
    let (rest, zeros) = tape.rest().map_err(unreadable)?;
    if rest > 0 && !zeros {
        let message = format!("{} bytes follow the end of {}; expected none", grouped(rest), format.title());
        return Err(Refusal::whole(codes::TRAILING_DATA, message));
    }
    if rest > 0 {
        notes.push(Note::new(codes::TRAILING_ZEROS, "", format!("{} zero bytes follow its end", grouped(rest))));
    }
    if members > 1 {
        let message = format!("it is {} of {}, one after the other", counted(members, "piece"), format.title());
        notes.push(Note::new(codes::STREAM_MEMBERS, "", message));
    }
    Ok((output.0.finish().map_err(unreadable)?, notes))
}

/// Where the unpacked bytes go.
struct Output(Unpacked);

impl Output {
    fn write(&mut self, bytes: &[u8]) -> Result<(), Refusal> {
        self.0.write(bytes).map_err(refuse)
    }
}

/// Why bytes could not be spooled.
pub fn refuse(error: SpoolError) -> Refusal {
    match error {
        SpoolError::Full => Refusal::whole(
            codes::LIMIT_SIZE,
            format!(
                "it unpacks to more than {} bytes; a layer may hold {}",
                grouped(MAX_SOURCE_SIZE),
                grouped(UNZIPPED_LIMIT)
            ),
        ),
        SpoolError::Failed(error) => unreadable(error),
    }
}

fn damaged(found: &str) -> Refusal {
    Refusal::whole(codes::BAD_DATA, format!("it is damaged: {found}; download or build it again"))
}

/// A decoder's own error.
fn broken(error: &std::io::Error) -> Refusal {
    match error.kind() {
        std::io::ErrorKind::UnexpectedEof => truncated("the packed data end too early"),
        std::io::ErrorKind::OutOfMemory => needs_memory(),
        _ => damaged(&format!("the packed data are broken ({error})")),
    }
}

fn needs_memory() -> Refusal {
    let limit = grouped(u64::from(MAX_DICTIONARY));
    Refusal::whole(codes::METHOD, format!("unpacking it takes more than {limit} bytes of memory; pack it with less"))
}
