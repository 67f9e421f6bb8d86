//! Writes sections: stretches of a parse with their own codes (a "block" in RFC 1951, 3.2.3).

use super::bits::Bits;
use super::huffman::{Word, lengths, words};
use super::symbols::{Counts, DISTANCES, END, LENGTHS, LITERALS, MIN_MATCH, Token, at, distance_symbol};

/// In which order the lengths of the code for lengths are written (RFC 1951, 3.2.7).
const ORDER: [usize; 19] = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/// The most bytes of a stored section.
const MOST_STORED: usize = 65_535;

/// Two codes, by the lengths of their words.
struct Codes {
    literals: [u8; LITERALS],
    distances: [u8; DISTANCES],
}

impl Codes {
    /// Those of RFC 1951, 3.2.6.
    fn fixed() -> Codes {
        let mut literals = [8; LITERALS];
        literals.iter_mut().take(256).skip(144).for_each(|length| *length = 9);
        literals.iter_mut().take(280).skip(256).for_each(|length| *length = 7);
        Codes { literals, distances: [5; DISTANCES] }
    }

    fn best(counts: &Counts) -> Codes {
        Codes { literals: lengths(&counts.literals, 15), distances: lengths(&counts.distances, 15) }
    }

    /// Bits that the symbols take, without extra bits.
    fn cost(&self, counts: &Counts) -> u64 {
        let sum = |counts: &[u32], lengths: &[u8]| -> u64 {
            counts.iter().zip(lengths).map(|(count, length)| u64::from(*count) * u64::from(*length)).sum()
        };
        sum(&counts.literals, &self.literals) + sum(&counts.distances, &self.distances)
    }
}

/// A stretch of a parse that has its own codes.
pub struct Section<'a> {
    /// Its tokens.
    pub tokens: &'a [Token],
    /// How often each symbol occurs in them, without the end.
    pub counts: Counts,
}

impl Section<'_> {
    /// Bytes that it stands for.
    pub fn length(&self) -> usize {
        self.tokens.iter().map(|token| token.length()).sum()
    }
}

/// Writes a section, which is a parse of `bytes`, the shortest way there is.
pub fn write(bits: &mut Bits, section: Section, bytes: &[u8], last: bool) {
    let Section { tokens, mut counts } = section;
    if let Some(end) = counts.literals.get_mut(END) {
        *end += 1;
    }
    let best = Codes::best(&counts);
    let table = Table::of(&best);
    let (with_table, fixed) = (best.cost(&counts) + table.cost(), Codes::fixed().cost(&counts));
    let extra = extra_bits(&counts);
    let pieces = bytes.len().div_ceil(MOST_STORED).max(1) as u64;
    let stored = bytes.len() as u64 * 8 + pieces * 32 + u64::from((bits.to_byte() + 5) % 8) + (pieces - 1) * 8;
    let last_bit = u64::from(last);
    if stored < with_table.min(fixed) + extra {
        write_stored(bits, bytes, last);
    } else if fixed <= with_table {
        bits.put(last_bit | 1 << 1, 3);
        write_tokens(bits, tokens, &Codes::fixed());
    } else {
        bits.put(last_bit | 2 << 1, 3);
        table.write(bits);
        write_tokens(bits, tokens, &best);
    }
}

/// Ends a block that others follow, on a byte: an empty stored section, as every flush writes it.
pub fn write_end(bits: &mut Bits) {
    write_stored(bits, &[], false);
}

fn write_stored(bits: &mut Bits, bytes: &[u8], last: bool) {
    let mut left = bytes;
    loop {
        let (piece, rest) = left.split_at(left.len().min(MOST_STORED));
        bits.put(u64::from(last && rest.is_empty()), 3);
        bits.align();
        let length = piece.len() as u64;
        bits.put(length | (length ^ 0xffff) << 16, 32);
        bits.bytes(piece);
        left = rest;
        if left.is_empty() {
            return;
        }
    }
}

fn extra_bits(counts: &Counts) -> u64 {
    let lengths = LENGTHS.chunk_by(|a, b| a.symbol == b.symbol).filter_map(<[_]>::first);
    let of_lengths: u64 = lengths
        .map(|length| u64::from(length.extra) * u64::from(at(&counts.literals, END + 1 + usize::from(length.symbol))))
        .sum();
    let of_distances: u64 =
        (0u64..).zip(&counts.distances).map(|(symbol, count)| (symbol / 2).saturating_sub(1) * u64::from(*count)).sum();
    of_lengths + of_distances
}

/// The table of code lengths before a section, itself in a code.
struct Table {
    /// Symbol and extra bits.
    symbols: Vec<(u8, u8)>,
    words: [Word; ORDER.len()],
    literals: usize,
    distances: usize,
    orders: usize,
}

/// Extra bits after a symbol of the table: a repetition, and two kinds of zeros.
fn table_extra(symbol: u8) -> u32 {
    match symbol {
        16 => 2,
        17 => 3,
        18 => 7,
        _ => 0,
    }
}

impl Table {
    fn of(codes: &Codes) -> Table {
        let used = |lengths: &[u8], least: usize| {
            lengths.iter().rposition(|length| *length > 0).map_or(least, |at| (at + 1).max(least))
        };
        let (literals, distances) = (used(&codes.literals, END + 1), used(&codes.distances, 1));
        let all: Vec<u8> =
            codes.literals.iter().take(literals).chain(codes.distances.iter().take(distances)).copied().collect();
        let mut symbols = Vec::with_capacity(all.len());
        for run in all.chunk_by(|a, b| a == b) {
            let (length, mut left) = (at(run, 0), run.len());
            if length > 0 {
                symbols.push((length, 0));
                left -= 1;
            }
            let (most, least_long) = if length > 0 { (6, 7) } else { (138, 11) };
            while left >= 3 {
                let count = left.min(most);
                symbols.push(match length {
                    0 if count >= least_long => (18, (count - 11) as u8),
                    0 => (17, (count - 3) as u8),
                    _ => (16, (count - 3) as u8),
                });
                left -= count;
            }
            symbols.extend(std::iter::repeat_n((length, 0), left));
        }
        let mut counts = [0u32; ORDER.len()];
        for (symbol, _) in &symbols {
            if let Some(count) = counts.get_mut(usize::from(*symbol)) {
                *count += 1;
            }
        }
        let words = words(&lengths(&counts, 7));
        let orders = ORDER.iter().rposition(|symbol| at(&words, *symbol).length > 0).map_or(4, |at| (at + 1).max(4));
        Table { symbols, words, literals, distances, orders }
    }

    fn cost(&self) -> u64 {
        let symbols = self.symbols.iter().map(|(symbol, _)| {
            u64::from(at(&self.words, usize::from(*symbol)).length) + u64::from(table_extra(*symbol))
        });
        14 + 3 * self.orders as u64 + symbols.sum::<u64>()
    }

    fn write(&self, bits: &mut Bits) {
        bits.put((self.literals - 257) as u64 | (self.distances as u64 - 1) << 5 | (self.orders as u64 - 4) << 10, 14);
        for symbol in ORDER.iter().take(self.orders) {
            bits.put(u64::from(at(&self.words, *symbol).length), 3);
        }
        for (symbol, extra) in &self.symbols {
            let word = at(&self.words, usize::from(*symbol));
            bits.put(
                u64::from(word.bits) | u64::from(*extra) << word.length,
                u32::from(word.length) + table_extra(*symbol),
            );
        }
    }
}

fn write_tokens(bits: &mut Bits, tokens: &[Token], codes: &Codes) {
    let literals = words(&codes.literals);
    let distances = words(&codes.distances);
    // Lengths with their extra bits, once for all.
    let lengths = LENGTHS.map(|length| {
        let word = at(&literals, END + 1 + usize::from(length.symbol));
        (u32::from(word.bits) | u32::from(length.bits) << word.length, u32::from(word.length) + u32::from(length.extra))
    });
    let mut tokens = tokens.iter();
    let (mut held, mut count) = (0u64, 0u32);
    loop {
        let token = tokens.next().copied();
        match token {
            Some(token) if !token.is_match() => {
                let word = at(&literals, usize::from(token.byte()));
                held |= u64::from(word.bits) << count;
                count += u32::from(word.length);
                // Three literals fit into a word of the writer with room for a fourth.
                if count <= 41 {
                    continue;
                }
                bits.put(held, count);
            }
            Some(token) => {
                if count > 8 {
                    bits.put(held, count);
                    (held, count) = (0, 0);
                }
                let (length, taken) = at(&lengths, token.length().wrapping_sub(MIN_MATCH));
                held |= u64::from(length) << count;
                count += taken;
                let (symbol, extra) = distance_symbol(token.back());
                let word = at(&distances, symbol);
                held |= u64::from(word.bits) << count;
                count += u32::from(word.length);
                held |= u64::from(token.back() & ((1 << extra) - 1)) << count;
                count += extra;
                bits.put(held, count);
            }
            None => {
                let word = at(&literals, END);
                held |= u64::from(word.bits) << count;
                bits.put(held, count + u32::from(word.length));
                return;
            }
        }
        (held, count) = (0, 0);
    }
}
