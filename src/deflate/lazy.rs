//! The parse for every day: the longest match, unless the one a byte later is better.

use super::Block;
use super::chains::{Chains, Match, Search};
use super::ring::Ring;
use super::symbols::Token;

/// Found by measuring: deeper takes more time than the bytes are worth.
const SEARCH: Search = Search { depth: 35, nice: 130 };
/// A match a byte later is looked for with a part of that: it is rarely better.
const LATER: usize = 4;

/// Bytes that are judged together, by the first of them.
pub const STRETCH: usize = 16 * 1024;

/// Bytes from one look to the next where there is probably nothing to find.
const STRIDE: usize = 16;

/// Parses a block.
pub fn parse(ring: &mut Ring, chains: &mut Chains, block: &Block) -> Vec<Token> {
    ring.begin(block);
    chains.clear(block.end());
    chains.start_at(ring, 0);
    for position in 0..block.start() {
        ring.look_ahead(position, block);
        chains.enter(ring, position as u16);
    }
    let mut tokens = Vec::with_capacity(block.bytes.len() / 2 + 16);
    let mut position = block.start();
    let (mut judged, mut dense) = (position, false);
    while position < block.end() {
        ring.look_ahead(position, block);
        if position >= judged {
            dense = is_dense(block.from(position));
            judged = position + STRETCH;
        }
        let found = chains.find(ring, position, block.limit(position), 0, SEARCH);
        if found.length > 0 {
            dense = false;
            position = take(&mut tokens, ring, chains, block, position, found);
            continue;
        }
        let stride = if dense { STRIDE.min(block.end() - position) } else { 1 };
        for passed in position..position + stride {
            tokens.push(Token::literal(ring.byte(passed as u16, 0)));
        }
        position += stride;
        if dense {
            chains.start_at(ring, position as u16);
        }
    }
    tokens
}

/// Takes a match, or a better one right after it; returns the position after it.
#[inline(always)]
fn take(
    tokens: &mut Vec<Token>,
    ring: &mut Ring,
    chains: &mut Chains,
    block: &Block,
    mut position: usize,
    mut found: Match,
) -> usize {
    let mut entered = position + 1;
    while found.length < SEARCH.nice && entered < block.end() {
        ring.look_ahead(entered, block);
        let search = Search { depth: SEARCH.depth / LATER, ..SEARCH };
        let next = chains.find(ring, entered, block.limit(entered), found.length - 1, search);
        entered += 1;
        if next.length == 0 || worth(next) <= worth(found) + 2 {
            break;
        }
        tokens.push(Token::literal(ring.byte(position as u16, 0)));
        position += 1;
        found = next;
    }
    tokens.push(Token::matched(found.length, found.distance));
    position += found.length;
    for passed in entered..position {
        chains.enter(ring, passed as u16);
    }
    position
}

/// What a match is worth: bytes count most, and near ones take fewer bits.
#[inline(always)]
fn worth(found: Match) -> usize {
    4 * found.length + 16 - found.distance.max(1).ilog2() as usize
}

/// Whether bytes look like those of an image or an archive: all values about equally often. Deflate can do next to
/// nothing for them, but searches them longest of all.
pub fn is_dense(bytes: &[u8]) -> bool {
    /// Of n random bytes, the squares of the counts sum up to n²/256 + n, here 69,632; machine code has three times that.
    const SAMPLE: usize = 4096;
    const MOST: u32 = 100_000;
    let mut counts = [0u32; 256];
    let Some(sample) = bytes.get(..SAMPLE) else { return false };
    for byte in sample {
        if let Some(count) = counts.get_mut(usize::from(*byte)) {
            *count += 1;
        }
    }
    counts.iter().map(|count| count * count).sum::<u32>() < MOST
}
