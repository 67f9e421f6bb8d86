//! Prefix codes (RFC 1951, 3.2.2): lengths from counts, and codes from lengths.

use super::symbols::at;

/// A code word, its first bit lowest.
#[derive(Clone, Copy, Default)]
pub struct Word {
    /// The bits.
    pub bits: u16,
    /// How many there are; none for a symbol that doesn't occur.
    pub length: u8,
}

/// The longest word that deflate knows.
const LONGEST: usize = 15;

/// Lengths of the words of the best prefix code for such counts, none longer than `limit`; 0 where the count is 0.
///
/// A code of a single word still has length 1, and gets a second symbol: some readers refuse an incomplete code.
pub fn lengths<const N: usize>(counts: &[u32; N], limit: usize) -> [u8; N] {
    // Counts and symbols in one number each, so that ties fall alike everywhere.
    let mut leaves: Vec<u64> = (0u64..)
        .zip(counts)
        .filter(|(_, count)| **count > 0)
        .map(|(symbol, count)| u64::from(*count) << 16 | symbol)
        .collect();
    for symbol in 0u64.. {
        if leaves.len() >= 2 {
            break;
        }
        if leaves.iter().all(|leaf| leaf & 0xffff != symbol) {
            leaves.push(1 << 16 | symbol);
        }
    }
    leaves.sort_unstable();
    let mut per_length = lengths_of_tree(&leaves);
    shorten(&mut per_length, limit);
    // The rarest get the longest words.
    let mut all = [0; N];
    let mut leaves = leaves.iter();
    for length in (1..=limit).rev() {
        for leaf in leaves.by_ref().take(at(&per_length, length)) {
            if let Some(found) = all.get_mut((leaf & 0xffff) as usize) {
                *found = length as u8;
            }
        }
    }
    all
}

/// How many leaves lie at each depth of Huffman's tree over leaves of rising weight. Depths beyond the last are counted there.
fn lengths_of_tree(leaves: &[u64]) -> [usize; LONGEST + 2] {
    // Nodes are made in the order of their weights, so leaves and nodes are two queues. Each node knows its parent.
    let mut weights: Vec<u64> = Vec::with_capacity(leaves.len());
    let mut leaf_parents = vec![0usize; leaves.len()];
    let mut node_parents = vec![0usize; leaves.len()];
    let (mut leaf, mut node) = (0, 0);
    while weights.len() + 1 < leaves.len() {
        let parent = weights.len();
        let mut sum = 0;
        for _ in 0..2 {
            let lightest_leaf = leaves.get(leaf).map_or(u64::MAX, |leaf| leaf >> 16);
            let lightest_node = weights.get(node).copied().unwrap_or(u64::MAX);
            let (next, parents) = if lightest_leaf <= lightest_node {
                sum += lightest_leaf;
                (&mut leaf, &mut leaf_parents)
            } else {
                sum += lightest_node;
                (&mut node, &mut node_parents)
            };
            if let Some(found) = parents.get_mut(*next) {
                *found = parent;
            }
            *next += 1;
        }
        weights.push(sum);
    }
    // The last node is the root; going down from it, each node's depth is its parent's and one more.
    let mut depths = vec![0usize; weights.len()];
    for node in (0..weights.len().saturating_sub(1)).rev() {
        let depth = at(&depths, at(&node_parents, node)) + 1;
        if let Some(found) = depths.get_mut(node) {
            *found = depth;
        }
    }
    let mut per_length = [0; LONGEST + 2];
    for parent in leaf_parents {
        if let Some(count) = per_length.get_mut((at(&depths, parent) + 1).min(LONGEST + 1)) {
            *count += 1;
        }
    }
    per_length
}

/// Moves leaves up to the limit, and others down so that all have room again (the sum of Kraft is one).
fn shorten(per_length: &mut [usize; LONGEST + 2], limit: usize) {
    let too_long: usize = per_length.iter().skip(limit + 1).sum();
    if too_long == 0 {
        return;
    }
    per_length.iter_mut().skip(limit + 1).for_each(|count| *count = 0);
    if let Some(count) = per_length.get_mut(limit) {
        *count += too_long;
    }
    let room = 1usize << limit;
    let mut taken: usize =
        per_length.iter().enumerate().skip(1).take(limit).map(|(length, count)| count * (room >> length)).sum();
    while taken > room {
        // The longest word that can still grow gives up half of its room.
        let Some(length) = (1..limit).rev().find(|length| at(per_length, *length) > 0) else { return };
        if let Some([shorter, longer]) = per_length.get_mut(length..length + 2).and_then(<[usize]>::first_chunk_mut) {
            *shorter -= 1;
            *longer += 1;
        }
        taken -= room >> (length + 1);
    }
    // What was too much given up is taken back, by the shortest words that fit.
    while taken < room {
        let Some(length) = (2..=limit).find(|length| at(per_length, *length) > 0 && room >> length <= room - taken)
        else {
            return;
        };
        if let Some([shorter, longer]) = per_length.get_mut(length - 1..=length).and_then(<[usize]>::first_chunk_mut) {
            *shorter += 1;
            *longer -= 1;
        }
        taken += room >> length;
    }
}

/// The words of the code with such lengths.
pub fn words<const N: usize>(lengths: &[u8; N]) -> [Word; N] {
    let mut next = [0u16; LONGEST + 1];
    let mut code = 0u16;
    for (length, next) in next.iter_mut().enumerate().skip(1) {
        *next = code;
        code = (code + lengths.iter().filter(|found| usize::from(**found) == length).count() as u16) << 1;
    }
    lengths.map(|length| match next.get_mut(usize::from(length)) {
        Some(code) if length > 0 => {
            let bits = code.reverse_bits() >> (16 - u32::from(length));
            *code += 1;
            Word { bits, length }
        }
        _ => Word::default(),
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::indexing_slicing, reason = "a test that fails, panics")]

    use super::*;

    /// How much of all codes such words take, in parts of 2^15: the sum of Kraft.
    fn taken(lengths: &[u8]) -> u32 {
        lengths.iter().filter(|length| **length > 0).map(|length| 1 << (15 - length)).sum()
    }

    #[test]
    fn words_are_as_long_as_their_symbols_are_rare() {
        assert_eq!(lengths(&[5, 9, 12, 13, 16, 45], 15), [4, 4, 3, 3, 3, 1]);
    }

    #[test]
    fn codes_are_complete_within_any_limit() {
        // Fibonacci's numbers make the deepest trees.
        let mut counts = [1u32; 40];
        for index in 2..counts.len() {
            counts[index] = counts[index - 1] + counts[index - 2];
        }
        for (limit, used) in [(15, 40), (15, 16), (7, 19), (7, 8), (6, 40)] {
            let mut counts = counts;
            counts[used..].fill(0);
            let lengths = lengths(&counts, limit);
            assert!(lengths.iter().all(|length| usize::from(*length) <= limit));
            assert_eq!(taken(&lengths), 1 << 15, "limit {limit}, {used} symbols");
        }
    }

    /// Some readers refuse a code of one word, and none at all.
    #[test]
    fn codes_have_two_words_at_least() {
        assert_eq!(lengths(&[0, 0, 0, 7], 15), [1, 0, 0, 1]);
        assert_eq!(lengths(&[0, 0, 0, 0], 15), [1, 1, 0, 0]);
        assert_eq!(lengths(&[3, 0, 0, 0], 15), [1, 1, 0, 0]);
    }

    /// The example of RFC 1951, 3.2.2.
    #[test]
    fn words_follow_from_their_lengths() {
        let words = words(&[3, 3, 3, 3, 3, 2, 4, 4]);
        let shown: Vec<String> = words
            .iter()
            .map(|word| (0..word.length).map(|bit| if word.bits >> bit & 1 == 1 { '1' } else { '0' }).collect())
            .collect();
        assert_eq!(shown, ["010", "011", "100", "101", "110", "00", "1110", "1111"]);
    }
}
