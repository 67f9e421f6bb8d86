//! What deflate writes: literals and matches, and the symbols that stand for them (RFC 1951, 3.2.5).

/// The shortest match.
pub const MIN_MATCH: usize = 3;
/// The longest match.
pub const MAX_MATCH: usize = 258;
/// How far back a match can lie.
pub const WINDOW: usize = 32 * 1024;

/// The symbol that ends a section.
pub const END: usize = 256;
/// Symbols of literals and lengths; the last two never occur, but the fixed code has words for them.
pub const LITERALS: usize = 288;
/// Symbols of distances.
pub const DISTANCES: usize = 30;

/// One step of a parse: a literal byte, or a match.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Token(u32);

impl Token {
    /// A byte as it is.
    #[inline(always)]
    pub fn literal(byte: u8) -> Token {
        Token(u32::from(byte))
    }

    /// `length` bytes (3 to 258) that stand `distance` bytes (1 to 32,768) before.
    #[inline(always)]
    pub fn matched(length: usize, distance: usize) -> Token {
        Token((length as u32) << 16 | (distance as u32).wrapping_sub(1) & 0xffff)
    }

    /// Whether it is a match.
    #[inline(always)]
    pub fn is_match(self) -> bool {
        self.0 > 0xffff
    }

    /// The literal byte; of no meaning for a match.
    #[inline(always)]
    pub fn byte(self) -> u8 {
        self.0 as u8
    }

    /// Bytes that it stands for.
    #[inline(always)]
    pub fn length(self) -> usize {
        ((self.0 >> 16) as usize).max(1)
    }

    /// How far back it lies, less one; of no meaning for a literal.
    #[inline(always)]
    pub fn back(self) -> u32 {
        self.0 & 0xffff
    }
}

/// Extra bits of each length symbol from 257 on.
const LENGTH_EXTRA: [u8; 29] = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];

/// How a length is written.
#[derive(Clone, Copy, Default)]
pub struct Length {
    /// The symbol less 257.
    pub symbol: u8,
    /// How many extra bits follow.
    pub extra: u8,
    /// The extra bits.
    pub bits: u8,
}

/// How each length from 3 on is written.
pub const LENGTHS: [Length; MAX_MATCH - MIN_MATCH + 1] = lengths();

#[allow(clippy::indexing_slicing, reason = "runs in the compiler, which would not build a program with a wrong index")]
const fn lengths() -> [Length; MAX_MATCH - MIN_MATCH + 1] {
    let mut all = [Length { symbol: 0, extra: 0, bits: 0 }; MAX_MATCH - MIN_MATCH + 1];
    let (mut symbol, mut at) = (0, 0);
    while symbol < LENGTH_EXTRA.len() {
        let extra = LENGTH_EXTRA[symbol];
        // The longest has a symbol of its own, which takes its place from the one before.
        if symbol == LENGTH_EXTRA.len() - 1 {
            at = all.len() - 1;
        }
        let mut bits = 0;
        while bits < 1 << extra {
            all[at] = Length { symbol: symbol as u8, extra, bits };
            at += 1;
            bits += 1;
        }
        symbol += 1;
    }
    all
}

/// The symbol of a distance less one, and how many extra bits follow it: the lowest of the distance less one.
#[inline(always)]
pub fn distance_symbol(back: u32) -> (usize, u32) {
    if back < 4 {
        return (back as usize, 0);
    }
    let extra = 30 - back.leading_zeros();
    ((2 * extra + (back >> extra)) as usize, extra)
}

/// How often each symbol occurs.
#[derive(Clone)]
pub struct Counts {
    /// Literals, the end, lengths.
    pub literals: [u32; LITERALS],
    /// Distances.
    pub distances: [u32; DISTANCES],
}

impl Counts {
    /// Nothing counted.
    pub fn new() -> Counts {
        Counts { literals: [0; LITERALS], distances: [0; DISTANCES] }
    }

    /// Counts a parse, without its end.
    pub fn of(tokens: &[Token]) -> Counts {
        let mut counts = Counts::new();
        for token in tokens {
            counts.add(*token);
        }
        counts
    }

    #[inline(always)]
    fn add(&mut self, token: Token) {
        let symbol = if token.is_match() {
            if let Some(count) = self.distances.get_mut(distance_symbol(token.back()).0) {
                *count += 1;
            }
            END + 1 + usize::from(at(&LENGTHS, token.length().wrapping_sub(MIN_MATCH)).symbol)
        } else {
            usize::from(token.byte())
        };
        if let Some(count) = self.literals.get_mut(symbol) {
            *count += 1;
        }
    }

    /// Adds what was counted elsewhere.
    pub fn join(&mut self, other: &Counts) {
        self.literals.iter_mut().zip(&other.literals).for_each(|(sum, more)| *sum += more);
        self.distances.iter_mut().zip(&other.distances).for_each(|(sum, more)| *sum += more);
    }
}

/// What stands at an index; nothing, such as zero, where there is no such index. The codec is made of bounded loops over
/// tables of fixed size, so that never happens; but this way it also can't bring anything down.
#[inline(always)]
pub fn at<T: Copy + Default>(all: &[T], index: usize) -> T {
    all.get(index).copied().unwrap_or_default()
}

/// Puts something at an index, if there is such an index.
#[inline(always)]
pub fn put<T>(all: &mut [T], index: usize, value: T) {
    if let Some(place) = all.get_mut(index) {
        *place = value;
    }
}

/// A table of nothing, such as zeros.
///
/// As an array it would pass over the stack, which is small in a browser.
pub fn zeros<T: Copy + Default, const N: usize>() -> Box<[T; N]> {
    #[cold]
    #[inline(never)]
    fn over_the_stack<T: Copy + Default, const N: usize>() -> Box<[T; N]> {
        Box::new([T::default(); N])
    }
    vec![T::default(); N].into_boxed_slice().try_into().unwrap_or_else(|_| over_the_stack())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rows of RFC 1951, 3.2.5, at their ends.
    #[test]
    fn symbols_are_those_of_the_standard() {
        let length = |length: usize| {
            let found = at(&LENGTHS, length - MIN_MATCH);
            (257 + u32::from(found.symbol), found.extra, found.bits)
        };
        assert_eq!(length(3), (257, 0, 0));
        assert_eq!(length(10), (264, 0, 0));
        assert_eq!(length(12), (265, 1, 1));
        assert_eq!(length(114), (279, 4, 15));
        assert_eq!(length(227), (284, 5, 0));
        assert_eq!(length(257), (284, 5, 30));
        assert_eq!(length(258), (285, 0, 0));
        let distance = |distance: u32| distance_symbol(distance - 1);
        assert_eq!(distance(1), (0, 0));
        assert_eq!(distance(4), (3, 0));
        assert_eq!(distance(5), (4, 1));
        assert_eq!(distance(8), (5, 1));
        assert_eq!(distance(24_577), (29, 13));
        assert_eq!(distance(32_768), (29, 13));
    }
}
