//! Cuts a parse into sections where the bytes change their nature, so that each gets codes that fit it.

use super::symbols::{Counts, Token};
use super::{Section, cost};

/// Tokens that are looked at together.
const GRAIN: usize = 1024;

/// In one pass: a stretch joins the section before it where that is cheaper than two tables.
pub fn quickly(tokens: &[Token]) -> Vec<Section<'_>> {
    let mut sections = Vec::new();
    let (mut start, mut end) = (0, 0);
    let mut counts = Counts::new();
    let mut cost = 0;
    for grain in tokens.chunks(GRAIN) {
        let more = Counts::of(grain);
        let mut joined = counts.clone();
        joined.join(&more);
        let (cost_joined, cost_more) = (cost::section(&joined), cost::section(&more));
        if start == end || cost_joined <= cost + cost_more {
            (counts, cost) = (joined, cost_joined);
        } else {
            sections.push(Section { tokens: tokens.get(start..end).unwrap_or(&[]), counts });
            start = end;
            (counts, cost) = (more, cost_more);
        }
        end += grain.len();
    }
    sections.push(Section { tokens: tokens.get(start..end).unwrap_or(&[]), counts });
    sections
}

/// The cheapest way to cut between the grains.
pub fn thoroughly(tokens: &[Token]) -> Vec<Section<'_>> {
    /// More would take more time than their finer cuts are worth.
    const MOST: usize = 128;
    let grain = (GRAIN / 2).max(tokens.len().div_ceil(MOST));
    let grains: Vec<Counts> = tokens.chunks(grain).map(Counts::of).collect();
    // For each grain, the cost of everything up to its end, and where the last section then begins.
    let mut best: Vec<(u64, usize)> = vec![(0, 0)];
    for end in 1..=grains.len() {
        let mut counts = Counts::new();
        let mut found = (u64::MAX, 0);
        for start in (0..end).rev() {
            if let Some(more) = grains.get(start) {
                counts.join(more);
            }
            let before = best.get(start).map_or(0, |(cost, _)| *cost);
            let cost = before + cost::section(&counts);
            if cost < found.0 {
                found = (cost, start);
            }
            // Far from the best, going back further no longer helps.
            if cost > found.0 + 1000 * u64::from(cost::BIT) {
                break;
            }
        }
        best.push(found);
    }
    let mut sections = Vec::new();
    let mut end = grains.len();
    while end > 0 {
        let start = best.get(end).map_or(0, |(_, start)| *start);
        let tokens = tokens.get(start * grain..(end * grain).min(tokens.len())).unwrap_or(&[]);
        sections.push(Section { tokens, counts: Counts::of(tokens) });
        end = start;
    }
    sections.reverse();
    if sections.is_empty() {
        sections.push(Section { tokens, counts: Counts::new() });
    }
    sections
}
