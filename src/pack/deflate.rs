//! Deflates loose files in blocks of a fixed size.
//!
//! Each block starts from the 32 KiB before it and ends on a byte, so blocks can be made anywhere in any order and
//! joined; the bytes depend on the content alone.

use flate2::{Compress, Compression, FlushCompress, Status};

use crate::content::{Content, ContentError};

/// Bytes of a block: large enough that the flush between two costs nothing that matters (5 bytes and a new Huffman
/// table), small enough that one large library keeps several cores busy.
pub const BLOCK: usize = 1024 * 1024;

/// How far deflate looks back (RFC 1951).
const WINDOW: usize = 32 * 1024;

const LEVEL: u32 = 6;

/// A deflated file.
pub struct Deflated {
    /// The blocks, to be joined.
    pub blocks: Vec<Vec<u8>>,
    /// CRC-32 of what was deflated.
    pub crc: u32,
    /// Bytes that were deflated.
    pub size: u64,
}

impl Deflated {
    /// Bytes of all blocks.
    pub fn packed(&self) -> u64 {
        self.blocks.iter().map(|block| block.len() as u64).sum()
    }
}

/// Deflates a content. `progress` gets the bytes read so far.
pub fn deflate(content: &Content, progress: &mut dyn FnMut(u64)) -> Result<Deflated, ContentError> {
    let mut crc = crc32fast::Hasher::new();
    let mut size = 0;
    let mut blocks = Vec::new();
    let mut before: Vec<u8> = Vec::new();
    let mut block: Vec<u8> = Vec::with_capacity(BLOCK.min(usize::try_from(content.size()).unwrap_or(BLOCK)));
    content.for_each_piece(&mut |mut piece: &[u8]| {
        crc.update(piece);
        size += piece.len() as u64;
        while !piece.is_empty() {
            // A full block is deflated when more follows, since only then it is known not to be the last.
            if block.len() == BLOCK {
                blocks.push(deflate_block(&before, &block, false)?);
                before = block.split_off(BLOCK - WINDOW);
                block.clear();
                progress(size);
            }
            let (now, later) = piece.split_at(piece.len().min(BLOCK - block.len()));
            block.extend_from_slice(now);
            piece = later;
        }
        Ok::<(), ContentError>(())
    })?;
    blocks.push(deflate_block(&before, &block, true)?);
    Ok(Deflated { blocks, crc: crc.finalize(), size })
}

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
