//! gzip (RFC 1952). The header and trailer are read here, since decoders pass over flags and tails that count.

use std::io::{BufRead as _, Read as _};

use flate2::{Decompress, FlushDecompress, Status};
use zlib_rs::crc32::crc32;

use super::{Output, Tape, broken, damaged};
use crate::error::Refusal;

/// Bits of the flags: a checksum of the header, extra fields, a name, a comment.
const HEADER_CRC: u8 = 1 << 1;
const EXTRA: u8 = 1 << 2;
const NAME: u8 = 1 << 3;
const COMMENT: u8 = 1 << 4;
const RESERVED: u8 = 0b1110_0000;

/// Unpacks one member; `false` where none begins here.
pub fn member(tape: &mut Tape, output: &mut Output) -> Result<bool, Refusal> {
    if !tape.begins(b"\x1f\x8b") {
        return Ok(false);
    }
    header(tape)?;
    let (crc, size) = inflate(tape, output)?;
    let trailer = take::<8>(tape)?;
    let [a, b, c, d, e, f, g, h] = trailer;
    let (expected_crc, expected_size) = (u32::from_le_bytes([a, b, c, d]), u32::from_le_bytes([e, f, g, h]));
    if crc != expected_crc {
        return Err(damaged(&format!("its CRC-32 is {crc:08x}; expected {expected_crc:08x}")));
    }
    // The trailer holds the size modulo 2^32.
    if size & u64::from(u32::MAX) != u64::from(expected_size) {
        return Err(damaged(&format!("it unpacks to {size} bytes; its end says {expected_size}")));
    }
    Ok(true)
}

fn header(tape: &mut Tape) -> Result<(), Refusal> {
    let mut crc = 0;
    let fixed = take::<10>(tape)?;
    crc = crc32(crc, &fixed);
    let [_, _, method, flags, ..] = fixed;
    if method != 8 {
        return Err(damaged(&format!("it is packed with method {method}; expected deflate (8)")));
    }
    if flags & RESERVED != 0 {
        return Err(damaged("its header has flags that no version of gzip defines"));
    }
    if flags & EXTRA != 0 {
        let length = take::<2>(tape)?;
        crc = crc32(crc, &length);
        for _ in 0..u16::from_le_bytes(length) {
            crc = crc32(crc, &take::<1>(tape)?);
        }
    }
    for _ in [NAME, COMMENT].iter().filter(|text| flags & **text != 0) {
        let mut byte = [1];
        while byte != [0] {
            byte = take::<1>(tape)?;
            crc = crc32(crc, &byte);
        }
    }
    if flags & HEADER_CRC != 0 {
        let [low, high, ..] = crc.to_le_bytes();
        if take::<2>(tape)? != [low, high] {
            return Err(damaged("its header's checksum is wrong"));
        }
    }
    Ok(())
}

/// The deflated data (RFC 1951); returns CRC-32 and size of what they unpack to.
fn inflate(tape: &mut Tape, output: &mut Output) -> Result<(u32, u64), Refusal> {
    let mut inflate = Decompress::new(false);
    let mut crc = 0;
    let mut out = vec![0; 128 * 1024];
    loop {
        let (consumed, produced) = (inflate.total_in(), inflate.total_out());
        let piece = tape.fill_buf().map_err(|error| broken(&error))?;
        let at_end = piece.is_empty();
        let status = inflate.decompress(piece, &mut out, FlushDecompress::None);
        let consumed = usize::try_from(inflate.total_in() - consumed).unwrap_or(0);
        let produced = usize::try_from(inflate.total_out() - produced).unwrap_or(0);
        tape.advance(consumed);
        let unpacked = out.get(..produced).unwrap_or(&[]);
        crc = crc32(crc, unpacked);
        output.write(unpacked)?;
        match status {
            Ok(Status::StreamEnd) => return Ok((crc, inflate.total_out())),
            Ok(_) if at_end && produced == 0 => return Err(super::truncated("the packed data end too early")),
            Ok(_) if consumed == 0 && produced == 0 => return Err(damaged("the packed data make no progress")),
            Ok(_) => {}
            Err(error) => return Err(damaged(&format!("the packed data are broken ({error})"))),
        }
    }
}

fn take<const N: usize>(tape: &mut Tape) -> Result<[u8; N], Refusal> {
    let mut bytes = [0; N];
    tape.read_exact(&mut bytes).map_err(|error| broken(&error))?;
    Ok(bytes)
}
