//! Finds the nearest match of every length, in a sorted tree of the places where the same four bytes stood.

use super::ring::Ring;
use super::symbols::{MIN_MATCH, Token, WINDOW, at, put, zeros};

/// Places, sorted by the bytes that stand there. A position is kept as one more than it is; 0 is none.
pub struct Tree {
    /// By the hash of four bytes: the root, which is where they were last seen.
    roots: Box<[u32; 1 << 16]>,
    /// By the hash of three bytes: where they were last seen.
    heads_of_three: Box<[u32; 1 << 15]>,
    /// For each place those below and above it.
    children: Box<[[u32; 2]; WINDOW]>,
    shift: u32,
}

impl Tree {
    /// An empty tree.
    pub fn new() -> Tree {
        Tree { roots: zeros(), heads_of_three: zeros(), children: zeros(), shift: 16 }
    }

    /// Forgets all places. Few bytes use little of the tables, since clearing everything would take longer than parsing.
    pub fn clear(&mut self, length: usize) {
        let bits = (length.max(1).ilog2() + 1).clamp(9, 15);
        self.shift = 31 - bits;
        let clear = |table: &mut [u32], length: usize| table.iter_mut().take(length).for_each(|node| *node = 0);
        clear(&mut *self.roots, 2 << bits);
        clear(&mut *self.heads_of_three, 1 << bits);
    }

    /// Enters a position, and appends the matches there: each is longer than the one before, and lies further back.
    ///
    /// Positions must come in order, with the `limit` of the bytes left.
    #[inline(never)]
    pub fn find(&mut self, ring: &Ring, position: usize, limit: usize, depth: usize, found: &mut Vec<Token>) {
        let here = position as u16;
        let bytes = ring.four(here, 0);
        let node = position as u32 + 1;
        let mut best = MIN_MATCH;
        let head = (bytes << 8).wrapping_mul(0x9e37_79b1) as usize >> self.shift >> 1;
        let of_three = at(&*self.heads_of_three, head);
        put(&mut *self.heads_of_three, head, node);
        let distance = (node - of_three) as usize;
        if of_three > 0
            && distance < WINDOW
            && (ring.four((of_three - 1) as u16, 0) ^ bytes) << 8 == 0
            && limit >= MIN_MATCH
        {
            found.push(Token::matched(MIN_MATCH, distance));
        }
        let root = bytes.wrapping_mul(0x9e37_79b1) as usize >> self.shift;
        let mut candidate = at(&*self.roots, root);
        put(&mut *self.roots, root, node);
        // The tree is split into what lies below and above the new root: two branches that are open for what comes next, and
        // how many bytes everything there has in common with the new place.
        let mut below = Branch { place: here, side: 0, common: 0 };
        let mut above = Branch { place: here, side: 1, common: 0 };
        for _ in 0..depth {
            let distance = (node - candidate) as usize;
            if candidate == 0 || distance >= WINDOW {
                break;
            }
            let place = (candidate - 1) as u16;
            let length = ring.common(place, here, below.common.min(above.common), limit);
            if length > best {
                best = length;
                found.push(Token::matched(length, distance));
            }
            let [lower, higher] = at(&*self.children, usize::from(place) % WINDOW);
            if length >= limit {
                // As far as it matters the places are the same, and the nearer one takes over.
                self.hang(below, lower);
                self.hang(above, higher);
                return;
            }
            if ring.byte(place, length) < ring.byte(here, length) {
                self.hang(below, candidate);
                below = Branch { place, side: 1, common: length };
                candidate = higher;
            } else {
                self.hang(above, candidate);
                above = Branch { place, side: 0, common: length };
                candidate = lower;
            }
        }
        self.hang(below, 0);
        self.hang(above, 0);
    }

    #[inline(always)]
    fn hang(&mut self, branch: Branch, node: u32) {
        if let Some(children) = self.children.get_mut(usize::from(branch.place) % WINDOW) {
            put(children, branch.side, node);
        }
    }
}

#[derive(Clone, Copy)]
struct Branch {
    place: u16,
    side: usize,
    common: usize,
}
