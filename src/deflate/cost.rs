//! How many bits symbols take, in whole numbers only: floating point could differ between machines.

use super::symbols::{Counts, DISTANCES, END, LENGTHS, LITERALS, MAX_MATCH, at, distance_symbol};

/// Costs are in this part of a bit.
pub const BIT: u32 = 64;

/// Steps of a mantissa that the table of logarithms has.
const STEPS: usize = 256;

/// log₂(1 + step / STEPS), in 1/BIT.
const MANTISSAS: [u8; STEPS] = mantissas();

#[allow(clippy::indexing_slicing, reason = "runs in the compiler, which would not build a program with a wrong index")]
const fn mantissas() -> [u8; STEPS] {
    let mut all = [0; STEPS];
    let mut step = 0;
    while step < STEPS {
        // Squaring a number doubles its logarithm, so each squaring that overflows gives a bit of it.
        let mut number = ((STEPS + step) << 8) as u64;
        let (mut logarithm, mut bit) = (0, BIT as u8 / 2);
        while bit > 0 {
            number = (number * number) >> 16;
            if number >= 2 << 16 {
                number >>= 1;
                logarithm |= bit;
            }
            bit /= 2;
        }
        all[step] = logarithm;
        step += 1;
    }
    all
}

/// log₂ of a number in 1/BIT, e.g. 192 for 8; 0 for 0.
#[inline(always)]
fn log2(number: u32) -> u32 {
    let number = number.max(1);
    let whole = 31 - number.leading_zeros();
    let step = ((u64::from(number) << 8 >> whole) & 0xff) as usize;
    whole * BIT + u32::from(at(&MANTISSAS, step))
}

/// What symbols take altogether, in 1/BIT, if each gets the bits that its share deserves.
fn entropy(counts: &[u32]) -> u64 {
    let (mut all, mut parts) = (0u32, 0u64);
    for count in counts {
        all += count;
        parts += u64::from(*count) * u64::from(log2(*count));
    }
    u64::from(all) * u64::from(log2(all)) - parts
}

/// What a section takes, in 1/BIT, without the extra bits, which are the same in any section.
pub fn section(counts: &Counts) -> u64 {
    /// A table of code lengths takes about so much for each symbol that occurs, and for itself.
    const SYMBOL: u64 = 3 * BIT as u64;
    const TABLE: u64 = 80 * BIT as u64;
    let used = counts.literals.iter().chain(&counts.distances).filter(|count| **count > 0).count() as u64;
    entropy(&counts.literals) + entropy(&counts.distances) + used * SYMBOL + TABLE
}

/// What each token takes, in 1/BIT.
#[derive(Clone)]
pub struct Costs {
    /// A literal, by its byte.
    pub literals: [u32; 256],
    /// A length with its extra bits, by length less 3.
    pub lengths: [u32; LENGTHS.len()],
    distances: [u32; 32],
}

impl Costs {
    /// The costs in a section with such counts.
    pub fn of(counts: &Counts) -> Costs {
        let literals = symbols(&counts.literals);
        let mut costs = Costs { literals: [0; 256], lengths: [0; LENGTHS.len()], distances: [0; 32] };
        costs.literals.iter_mut().zip(&literals).for_each(|(cost, symbol)| *cost = *symbol);
        for (cost, length) in costs.lengths.iter_mut().zip(LENGTHS) {
            *cost = at(&literals, END + 1 + usize::from(length.symbol)) + u32::from(length.extra) * BIT;
        }
        costs.distances.iter_mut().zip(symbols(&counts.distances)).enumerate().for_each(|(symbol, (cost, bits))| {
            *cost = bits + (symbol as u32 / 2).saturating_sub(1) * BIT;
        });
        costs
    }

    /// A distance less one, with its extra bits.
    #[inline(always)]
    pub fn distance(&self, back: u32) -> u32 {
        at(&self.distances, distance_symbol(back).0)
    }
}

/// What each symbol takes; one that hasn't occurred yet is taken to occur once in a while.
fn symbols<const N: usize>(counts: &[u32; N]) -> [u32; N] {
    let all = counts.iter().sum::<u32>();
    let most = log2(all) + BIT;
    counts.map(|count| if count == 0 { most } else { (log2(all) - log2(count)).max(BIT / 2) })
}

const _: () = assert!(LITERALS > END + 29 && DISTANCES <= 32 && LENGTHS.len() == MAX_MATCH - 2);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logarithms_are_right_to_a_part() {
        for number in [1u32, 2, 3, 5, 8, 100, 1000, 4097, 65_535, 1 << 20, u32::MAX / 2] {
            let exact = f64::from(number).log2() * f64::from(BIT);
            let found = f64::from(log2(number));
            assert!(found <= exact + 1e-6 && found > exact - 1.5, "{number}: {found}, expected {exact}");
        }
    }
}
