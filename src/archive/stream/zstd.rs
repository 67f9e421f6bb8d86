//! Zstandard (RFC 8878), through ruzstd: frames one after the other, and skippable ones between them.

use std::io::Read;

use ruzstd::decoding::errors::FrameDecoderError;
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

use super::{MAX_DICTIONARY, Output, Tape, broken, damaged, needs_memory, truncated};
use crate::error::Refusal;

const MAGIC: &[u8] = b"\x28\xb5\x2f\xfd";

/// Unpacks one frame; `false` where none begins here.
pub fn member(tape: &mut Tape, output: &mut Output) -> Result<bool, Refusal> {
    skip(tape)?;
    if !tape.begins(MAGIC) {
        return Ok(false);
    }
    let mut decoder = FrameDecoder::new();
    decoder.set_max_window_size(u64::from(MAX_DICTIONARY));
    decoder.init(&mut *tape).map_err(|error| explain(&error))?;
    let mut out = vec![0; 128 * 1024];
    loop {
        while decoder.can_collect() == 0 && !decoder.is_finished() {
            decoder.decode_blocks(&mut *tape, BlockDecodingStrategy::UptoBlocks(1)).map_err(|error| explain(&error))?;
        }
        let count = decoder.read(&mut out).map_err(|error| broken(&error))?;
        if count == 0 {
            break;
        }
        output.write(out.get(..count).unwrap_or(&[]))?;
    }
    // The decoder counts, but does not compare.
    match decoder.get_checksum_from_data() {
        Some(expected) if decoder.get_calculated_checksum() != Some(expected) => {
            Err(damaged("its checksum does not fit what it unpacks to"))
        }
        _ => Ok(true),
    }
}

/// Passes over skippable frames (RFC 8878, 3.1.2): a magic number of 16 possible ones, a length, that many bytes.
fn skip(tape: &mut Tape) -> Result<(), Refusal> {
    while (0x50..=0x5f).any(|low| tape.begins(&[low, 0x2a, 0x4d, 0x18])) {
        let mut header = [0; 8];
        tape.read_exact(&mut header).map_err(|error| broken(&error))?;
        let [_, _, _, _, a, b, c, d] = header;
        let length = u64::from(u32::from_le_bytes([a, b, c, d]));
        let skipped =
            std::io::copy(&mut Read::take(&mut *tape, length), &mut std::io::sink()).map_err(|error| broken(&error))?;
        if skipped != length {
            return Err(truncated("a frame to be skipped ends too early"));
        }
    }
    Ok(())
}

fn explain(error: &FrameDecoderError) -> Refusal {
    match error {
        FrameDecoderError::WindowSizeTooBig { .. } => needs_memory(),
        FrameDecoderError::DictNotProvided { .. } => damaged("it was packed with a dictionary, which is not in it"),
        // What the decoder says of it would add more code than it tells.
        _ => damaged("the packed data are broken or cut off"),
    }
}
