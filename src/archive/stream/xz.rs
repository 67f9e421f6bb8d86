//! xz, through lzma-rust2, which verifies blocks, index and footer.

use std::io::Read as _;

use lzma_rust2::XzReader;

use super::{MAX_DICTIONARY, Output, Tape, broken};
use crate::error::Refusal;

/// Beside the dictionary a decoder needs a little for itself.
const MEMORY_KB: u32 = MAX_DICTIONARY / 1024 + 1024;

/// Unpacks one stream; `false` where none begins here.
pub fn member(tape: &mut Tape, output: &mut Output) -> Result<bool, Refusal> {
    if !tape.begins(b"\xfd7zXZ\0") {
        return Ok(false);
    }
    let mut reader = XzReader::new_mem_limit(tape, false, MEMORY_KB);
    let mut out = vec![0; 128 * 1024];
    loop {
        // After an error the reader is not to be used again.
        let count = reader.read(&mut out).map_err(|error| broken(&error))?;
        if count == 0 {
            return Ok(true);
        }
        output.write(out.get(..count).unwrap_or(&[]))?;
    }
}
