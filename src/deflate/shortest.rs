//! The parse for the smallest result: of all ways through the bytes, the one that takes the fewest bits.
//!
//! What a step takes depends on the codes, and the codes on the steps taken. So a first parse gives codes, these give a
//! better parse, and so on.

use super::cost::Costs;
use super::lazy::{STRETCH, is_dense};
use super::ring::Ring;
use super::split;
use super::symbols::{MAX_MATCH, MIN_MATCH, Token, at, put};
use super::tree::Tree;
use super::{Block, Section};

/// Bytes that are parsed together: more takes more memory, fewer more tables of codes.
const SEGMENT: usize = 256 * 1024;

/// Places to compare with. Trees are rarely that deep.
const DEPTH: usize = 100;

/// How often parse and codes are fitted to each other.
const ROUNDS: usize = 3;

/// The matches at each position of a segment.
#[derive(Default)]
struct Matches {
    all: Vec<Token>,
    /// Where those of each position end.
    ends: Vec<u32>,
}

/// Parses a block and hands over its sections, in order.
pub fn parse(ring: &mut Ring, tree: &mut Tree, block: &Block, mut each: impl FnMut(Section)) {
    ring.begin(block);
    tree.clear(block.end());
    let mut matches = Matches::default();
    for position in 0..block.start() {
        ring.look_ahead(position, block);
        tree.find(ring, position, block.limit(position), DEPTH, &mut matches.all);
        matches.all.clear();
    }
    let mut start = block.start();
    let mut judged = (start, false);
    loop {
        let end = block.end().min(start + SEGMENT);
        matches.collect(ring, tree, block, start..end, &mut judged);
        let bytes = block.from(start);
        let bytes = bytes.get(..end - start).unwrap_or(bytes);
        let mut tokens = matches.longest(bytes);
        for _ in 0..ROUNDS {
            let sections = split::thoroughly(&tokens);
            let costs: Vec<(usize, Costs)> =
                sections.iter().map(|section| (section.length(), Costs::of(&section.counts))).collect();
            tokens = matches.cheapest(bytes, &costs);
        }
        split::thoroughly(&tokens).into_iter().for_each(&mut each);
        start = end;
        if start == block.end() {
            return;
        }
    }
}

impl Matches {
    fn collect(
        &mut self,
        ring: &mut Ring,
        tree: &mut Tree,
        block: &Block,
        segment: std::ops::Range<usize>,
        judged: &mut (usize, bool),
    ) {
        self.all.clear();
        self.ends.clear();
        let mut passed = segment.start;
        for position in segment {
            ring.look_ahead(position, block);
            if position >= judged.0 {
                *judged = (position + STRETCH, is_dense(block.from(position)));
            }
            let before = self.all.len();
            if !judged.1 {
                tree.find(ring, position, block.limit(position), DEPTH, &mut self.all);
            }
            if position < passed {
                // Nothing better begins within a match of the greatest length.
                self.all.truncate(before);
            } else if self.all.len() > before && self.all.last().is_some_and(|last| last.length() == MAX_MATCH) {
                passed = position + MAX_MATCH;
            }
            self.ends.push(self.all.len() as u32);
        }
    }

    /// The matches at an index into the segment.
    #[inline(always)]
    fn at(&self, index: usize) -> &[Token] {
        let start = if index == 0 { 0 } else { at(&self.ends, index - 1) };
        self.all.get(start as usize..at(&self.ends, index) as usize).unwrap_or(&[])
    }

    /// A first parse: always the longest match.
    fn longest(&self, bytes: &[u8]) -> Vec<Token> {
        let mut tokens = Vec::with_capacity(bytes.len() / 2);
        let mut index = 0;
        while index < bytes.len() {
            let fits = |found: &&Token| index + found.length() <= bytes.len();
            let token = self.at(index).last().filter(fits).copied().unwrap_or(Token::literal(at(bytes, index)));
            tokens.push(token);
            index += token.length();
        }
        tokens
    }

    /// The cheapest parse at such costs; each holds for so many bytes.
    fn cheapest(&self, bytes: &[u8], costs: &[(usize, Costs)]) -> Vec<Token> {
        // For each index, the cost from there to the end, and the first step of the way there.
        let mut rest = vec![0u32; bytes.len() + 1];
        let mut steps = vec![Token::default(); bytes.len()];
        let mut end = bytes.len();
        for (length, costs) in costs.iter().rev() {
            let start = end.saturating_sub(*length);
            for index in (start..end).rev() {
                let byte = at(bytes, index);
                let mut step = Token::literal(byte);
                let mut best = at(&costs.literals, usize::from(byte)) + at(&rest, index + 1);
                let mut least = MIN_MATCH;
                for found in self.at(index) {
                    let back = found.back();
                    let distance = costs.distance(back);
                    let most = found.length().min(bytes.len() - index);
                    if most < least {
                        break;
                    }
                    let lengths = costs.lengths.get(least - MIN_MATCH..).unwrap_or(&[]);
                    let after = rest.get(index + least..index + most + 1).unwrap_or(&[]);
                    for (length, (cost, after)) in (least..).zip(lengths.iter().zip(after)) {
                        let cost = cost + distance + after;
                        if cost < best {
                            best = cost;
                            step = Token::matched(length, back as usize + 1);
                        }
                    }
                    least = most + 1;
                }
                put(&mut rest, index, best);
                put(&mut steps, index, step);
            }
            end = start;
        }
        let mut tokens = Vec::with_capacity(bytes.len() / 2);
        let mut index = 0;
        while index < bytes.len() {
            let step = at(&steps, index);
            tokens.push(step);
            index += step.length();
        }
        tokens
    }
}
