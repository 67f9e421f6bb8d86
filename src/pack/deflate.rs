//! Deflates loose files in blocks of a fixed size.
//!
//! Each block starts from the 32 KiB before it and ends on a byte, so blocks can be made anywhere in any order and
//! joined; the bytes depend on the content alone.

use flate2::{Compress, Compression, FlushCompress, Status};

use crate::content::ContentError;

/// Bytes of a block: large enough that the flush between two costs nothing that matters (5 bytes and a new Huffman
/// table), small enough that one large library keeps several cores busy.
pub const BLOCK: usize = 1024 * 1024;

/// How far deflate looks back (RFC 1951).
pub const WINDOW: usize = 32 * 1024;

const LEVEL: u32 = 6;

/// One block, with what stood before it as the dictionary.
pub fn deflate_block(before: &[u8], block: &[u8], last: bool) -> Result<Vec<u8>, ContentError> {
    let failed = |what: String| ContentError::Damaged(format!("it can't be deflated: {what}"));
    let mut compress = Compress::new(Compression::new(LEVEL), false);
    if !before.is_empty() {
        compress.set_dictionary(before).map_err(|error| failed(error.to_string()))?;
    }
    let flush = if last { FlushCompress::Finish } else { FlushCompress::Sync };
    let mut out = Vec::with_capacity(block.len() / 2 + 64);
    loop {
        let consumed = usize::try_from(compress.total_in()).unwrap_or(usize::MAX);
        let status = compress
            .compress_vec(block.get(consumed..).unwrap_or(&[]), &mut out, flush)
            .map_err(|error| failed(error.to_string()))?;
        let all_in = compress.total_in() == block.len() as u64;
        match status {
            Status::StreamEnd => return Ok(out),
            // A flush is complete when it leaves room in the output.
            Status::Ok | Status::BufError if !last && all_in && out.len() < out.capacity() => return Ok(out),
            _ => out.reserve(out.capacity().max(64)),
        }
    }
}
