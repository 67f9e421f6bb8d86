//! Maps, sets and sorting, with the interface of std's as far as it is used here and a fraction of its code.
//!
//! Std makes its code anew for each type, as fast as it goes. The module is downloaded, the types are many, and nothing
//! here is where the time goes.

mod map;
mod set;

use std::cmp::Ordering;

pub use self::map::{BTreeMap, Entry};
pub use self::set::BTreeSet;

/// Sorts rows; those that are alike keep their order.
pub fn sort_by<T>(rows: &mut Vec<T>, compare: impl Fn(&T, &T) -> Ordering) {
    let order = sorted(rows.len(), &|one, other| match (rows.get(one), rows.get(other)) {
        (Some(one), Some(other)) => compare(one, other),
        _ => Ordering::Equal,
    });
    let mut taken: Vec<Option<T>> = std::mem::take(rows).into_iter().map(Some).collect();
    rows.extend(order.into_iter().filter_map(|index| taken.get_mut(index)?.take()));
}

/// Sorts rows by something of each; those that are alike keep their order.
pub fn sort_by_key<T, K: Ord>(rows: &mut Vec<T>, key: impl Fn(&T) -> K) {
    sort_by(rows, |one, other| key(one).cmp(&key(other)));
}

/// Sorts rows by themselves.
pub fn sort<T: Ord>(rows: &mut Vec<T>) {
    sort_by(rows, T::cmp);
}

/// Numbers from 0 on in the order of what they stand for: the one sort of all types.
fn sorted(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by(|one, other| compare(*one, *other));
    order
}

#[cfg(test)]
mod tests {
    use std::collections;

    use super::*;

    /// Numbers that look random, the same each time.
    fn noise(count: u64) -> impl Iterator<Item = u64> {
        let mut state = 0x2545_f491_4f6c_dd1d_u64;
        (0..count).map(move |_| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state
        })
    }

    #[test]
    fn a_map_does_what_std_s_does() {
        for range in [10, 300, 5000] {
            let (mut own, mut std) = (BTreeMap::new(), collections::BTreeMap::new());
            for number in noise(20_000) {
                let (key, value) = (number % range, number >> 32);
                match number >> 60 {
                    0..4 => assert_eq!(own.remove(&key), std.remove(&key)),
                    4..8 => {
                        *own.entry(key).or_insert(0) += value;
                        *std.entry(key).or_insert(0) += value;
                    }
                    8 => assert_eq!(own.get(&key), std.get(&key)),
                    9 => assert_eq!(
                        own.get_mut(&key).map(|value| *value += 1),
                        std.get_mut(&key).map(|value| *value += 1)
                    ),
                    _ => assert_eq!(own.insert(key, value), std.insert(key, value)),
                }
                assert_eq!(own.contains_key(&key), std.contains_key(&key));
            }
            assert_eq!(own.len(), std.len());
            assert!(own.iter().eq(std.iter()) && own.iter().rev().eq(std.iter().rev()));
            for key in 0..range {
                assert!(own.from(&key).eq(std.range(key..)), "from {key}");
            }
            own.retain(|key, _| key % 3 == 0);
            std.retain(|key, _| key % 3 == 0);
            assert!(own.keys().eq(std.keys()) && own.into_iter().eq(std));
        }
    }

    #[test]
    fn what_comes_in_any_order_is_in_order() {
        let all: Vec<u64> = (0..10_000).collect();
        assert!(all.iter().copied().collect::<BTreeSet<_>>().into_iter().eq(all.iter().copied()));
        assert!(all.iter().rev().copied().collect::<BTreeSet<_>>().into_iter().eq(all.iter().copied()));
        let mut mixed: Vec<u64> = noise(10_000).map(|number| number % 5000).collect();
        let set: BTreeSet<u64> = mixed.iter().copied().collect();
        sort(&mut mixed);
        assert!(mixed.is_sorted());
        mixed.dedup();
        assert!(set.iter().eq(&mixed) && set.first() == mixed.first());
    }

    #[test]
    fn what_is_alike_keeps_its_order() {
        let mut rows: Vec<(u64, usize)> = noise(2000).map(|number| number % 7).zip(0..).collect();
        let mut expected = rows.clone();
        expected.sort_by_key(|row| row.0);
        sort_by_key(&mut rows, |row| row.0);
        assert_eq!(rows, expected);
    }
}
