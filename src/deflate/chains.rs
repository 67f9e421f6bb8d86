//! Finds matches through chains of places where the same four bytes stood: quick, and nearly as good as can be.

use super::ring::Ring;
use super::symbols::{MIN_MATCH, WINDOW, at, put, zeros};

/// Where bytes were seen before.
///
/// Places are the ring's indices. One that is long gone leads to a place where the bytes don't match, or do by chance, so
/// nothing has to be taken out.
pub struct Chains {
    /// By the hash of four bytes: where they were last seen.
    heads: Box<[u16; 1 << 16]>,
    /// The same for three bytes.
    heads_of_three: Box<[u16; 1 << 15]>,
    /// For each place, the one before with the same hash.
    links: Box<[u16; WINDOW]>,
    shift: u32,
    upcoming: Upcoming,
}

/// The next place to enter, read beforehand: the tables are larger than the processor's nearest memory.
#[derive(Clone, Copy, Default)]
struct Upcoming {
    bytes: u32,
    hash: u16,
    hash_of_three: u16,
    head: u16,
    head_of_three: u16,
}

/// How hard to look for matches.
#[derive(Clone, Copy)]
pub struct Search {
    /// Places to compare with.
    pub depth: usize,
    /// A match of that length is good enough.
    pub nice: usize,
}

/// A match; nothing where the length is 0.
#[derive(Clone, Copy, Default)]
pub struct Match {
    /// Bytes, 3 to 258.
    pub length: usize,
    /// How far back, 1 to 32,768.
    pub distance: usize,
}

impl Chains {
    /// Empty tables.
    pub fn new() -> Chains {
        Chains { heads: zeros(), heads_of_three: zeros(), links: zeros(), shift: 16, upcoming: Upcoming::default() }
    }

    /// Empties what so many bytes will use. Few bytes use little, since clearing everything would take longer than parsing.
    pub fn clear(&mut self, length: usize) {
        let bits = (length.max(1).ilog2() + 1).clamp(9, 15);
        self.shift = 31 - bits;
        let clear = |table: &mut [u16], length: usize| table.iter_mut().take(length).for_each(|place| *place = 0);
        clear(&mut *self.heads, 2 << bits);
        clear(&mut *self.heads_of_three, 1 << bits);
        clear(&mut *self.links, 1 << bits);
    }

    #[inline(always)]
    fn hash(&self, four: u32) -> u16 {
        (four.wrapping_mul(0x9e37_79b1) >> self.shift) as u16
    }

    /// Makes a place the next one to enter.
    #[inline(always)]
    pub fn start_at(&mut self, ring: &Ring, place: u16) {
        let bytes = ring.four(place, 0);
        let hash = self.hash(bytes);
        let hash_of_three = self.hash(bytes << 8) >> 1;
        self.upcoming = Upcoming {
            bytes,
            hash,
            hash_of_three,
            head: at(&*self.heads, usize::from(hash)),
            head_of_three: at(&*self.heads_of_three, usize::from(hash_of_three)),
        };
    }

    /// Enters the next place.
    #[inline(always)]
    pub fn enter(&mut self, ring: &Ring, place: u16) {
        let Upcoming { hash, hash_of_three, head, .. } = self.upcoming;
        put(&mut *self.heads, usize::from(hash), place);
        put(&mut *self.heads_of_three, usize::from(hash_of_three), place);
        put(&mut *self.links, usize::from(place) % WINDOW, head);
        self.start_at(ring, place.wrapping_add(1));
    }

    /// Enters the next place, `position`, and looks for a match there that is longer than `best` and at most `limit` long.
    #[inline(always)]
    pub fn find(&mut self, ring: &Ring, position: usize, limit: usize, best: usize, search: Search) -> Match {
        let Upcoming { bytes, hash, head, head_of_three, .. } = self.upcoming;
        let here = position as u16;
        self.enter(ring, here);
        let mut found = Match::default();
        let mut best = best.max(MIN_MATCH - 1);
        if best >= limit {
            return found;
        }
        if best < MIN_MATCH {
            /// Beyond that, three bytes take no fewer bits as a match.
            const NEAR: usize = 4096;
            let distance = usize::from(here.wrapping_sub(head_of_three));
            if distance > 0 && distance <= NEAR.min(position) && (ring.four(head_of_three, 0) ^ bytes) << 8 == 0 {
                best = MIN_MATCH;
                found = Match { length: best, distance };
            }
        }
        // The bytes may have been seen so long ago that their place is another's by now.
        let mut candidate = head;
        let first = ring.four(candidate, 0);
        if first != bytes && self.hash(first) != hash {
            return found;
        }
        let reach = WINDOW.min(position);
        let nice = search.nice.min(limit);
        let mut before = 0;
        let mut tail = best.saturating_sub(3);
        let mut wanted = ring.four(here, tail);
        for _ in 0..search.depth {
            let distance = usize::from(here.wrapping_sub(candidate));
            // Only ever further back: what was overwritten would lead in circles.
            if distance <= before || distance > reach {
                break;
            }
            before = distance;
            // The end is compared first, where a match that isn't longer differs most likely.
            if ring.four(candidate, tail) == wanted && ring.four(candidate, 0) == bytes {
                let length = ring.common(candidate, here, 4, limit);
                if length > best {
                    best = length;
                    found = Match { length, distance };
                    if length >= nice {
                        break;
                    }
                    tail = best - 3;
                    wanted = ring.four(here, tail);
                }
            }
            candidate = at(&*self.links, usize::from(candidate) % WINDOW);
        }
        found
    }
}
