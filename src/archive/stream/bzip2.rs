//! bzip2, through libbz2-rs.

use std::io::BufRead as _;

use bzip2::{Decompress, Status};

use super::{Output, Tape, broken, damaged, truncated};
use crate::error::Refusal;

/// Unpacks one member; `false` where none begins here.
pub fn member(tape: &mut Tape, output: &mut Output) -> Result<bool, Refusal> {
    if !tape.begins(b"BZh") {
        return Ok(false);
    }
    let mut unpack = Decompress::new(false);
    let mut out = vec![0; 128 * 1024];
    loop {
        let (consumed, produced) = (unpack.total_in(), unpack.total_out());
        let piece = tape.fill_buf().map_err(|error| broken(&error))?;
        let at_end = piece.is_empty();
        let status = unpack.decompress(piece, &mut out);
        let consumed = usize::try_from(unpack.total_in() - consumed).unwrap_or(0);
        let produced = usize::try_from(unpack.total_out() - produced).unwrap_or(0);
        tape.advance(consumed);
        output.write(out.get(..produced).unwrap_or(&[]))?;
        match status {
            Ok(Status::StreamEnd) => return Ok(true),
            Ok(_) if at_end && produced == 0 => return Err(truncated("the packed data end too early")),
            Ok(_) if consumed == 0 && produced == 0 => return Err(damaged("the packed data make no progress")),
            Ok(_) => {}
            Err(error) => return Err(damaged(&format!("the packed data are broken ({error})"))),
        }
    }
}
