//! The size map: each file a rectangle, as large as the room that it takes, folders around their files.
//!
//! Squarified as Bruls, Huizing and van Wijk describe (Squarified Treemaps, 2000): a row of rectangles takes another as
//! long as that brings the worst of them nearer to a square.

use super::Tree;
use crate::order;

/// A rectangle of the map, in the units that the map's size was given in.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tile {
    /// The node; `None` for what is too small to be drawn by itself.
    pub node: Option<usize>,
    /// The folder whose content it is.
    pub folder: Option<usize>,
    /// How many folders lie around it.
    pub depth: usize,
    /// Its bytes.
    pub weight: u64,
    /// Where it is.
    pub area: Area,
}

/// A place on the map.
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(missing_docs, reason = "the usual four")]
pub struct Area {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
}

/// The height of a folder's title.
const TITLE: f64 = 18.0;
/// The gap around a folder's content.
const GAP: f64 = 2.0;
/// A folder is opened when its inside is at least that wide and high.
const LEAST_FOLDER: (f64, f64) = (36.0, 16.0);
/// The area below which a file is not drawn by itself.
const LEAST_AREA: f64 = 24.0;
/// Rectangles on the map, at most; the largest folders are opened first.
const MOST: usize = 1_500;

impl Tree {
    /// The map of what `weights` weighs, by node: largest first, folders before their content.
    pub fn map(&self, weights: &[u64], width: f64, height: f64) -> Vec<Tile> {
        let whole = Area { x: 0.0, y: 0.0, width: width.max(0.0), height: height.max(0.0) };
        let mut map = Mapping { tree: self, weights, tiles: Vec::new() };
        map.fill(None, 0, self.nodes.len(), 0, whole);
        // In order of depth, so that the large folders are divided before the small ones.
        let mut next = 0;
        while let Some(tile) = map.tiles.get(next).copied() {
            next += 1;
            let Some((index, node)) = tile.node.and_then(|index| Some((index, self.nodes.get(index)?))) else {
                continue;
            };
            let inside = Area {
                x: tile.area.x + GAP,
                y: tile.area.y + TITLE,
                width: tile.area.width - 2.0 * GAP,
                height: tile.area.height - TITLE - GAP,
            };
            let opened = inside.width >= LEAST_FOLDER.0 && inside.height >= LEAST_FOLDER.1;
            if node.folder && opened && map.tiles.len() < MOST {
                map.fill(Some(index), index + 1, index + 1 + node.below, tile.depth + 1, inside);
            }
        }
        map.tiles
    }

    /// What each node weighs when each file weighs what `file` says; left-out ones weigh nothing.
    pub fn weights(&self, file: impl Fn(usize) -> u64) -> Vec<u64> {
        let mut sums = vec![0_u64];
        for node in &self.nodes {
            let own = node.placement.filter(|_| !node.excluded).map_or(0, &file);
            sums.push(sums.last().copied().unwrap_or(0) + own);
        }
        let sum = |index: usize| sums.get(index).copied().unwrap_or(0);
        self.nodes.iter().enumerate().map(|(index, node)| sum(index + 1 + node.below) - sum(index)).collect()
    }

    /// The heaviest files.
    pub fn heaviest(&self, weights: &[u64], most: usize) -> Vec<usize> {
        let weight = |index: &usize| weights.get(*index).copied().unwrap_or(0);
        let files = self.nodes.iter().enumerate().filter(|(_, node)| !node.folder && !node.excluded);
        let mut files: Vec<usize> = files.map(|(index, _)| index).collect();
        order::sort_by_key(&mut files, |index| (u64::MAX - weight(index), *index));
        files.truncate(most);
        files
    }
}

struct Mapping<'a> {
    tree: &'a Tree,
    weights: &'a [u64],
    tiles: Vec<Tile>,
}

impl Mapping<'_> {
    fn weight(&self, index: usize) -> u64 {
        self.weights.get(index).copied().unwrap_or(0)
    }

    /// Divides an area among the nodes side by side in a stretch of the tree.
    fn fill(&mut self, folder: Option<usize>, first: usize, end: usize, depth: usize, area: Area) {
        let mut children = Vec::new();
        let mut index = first;
        while let Some(node) = self.tree.nodes.get(index).filter(|_| index < end) {
            if self.weight(index) > 0 {
                children.push(index);
            }
            index += 1 + node.below;
        }
        order::sort_by_key(&mut children, |index| (u64::MAX - self.weight(*index), *index));
        let total: u64 = children.iter().map(|index| self.weight(*index)).sum();
        let scale = area.width * area.height / (total.max(1) as f64);
        let drawn = children.iter().take_while(|index| self.weight(**index) as f64 * scale >= LEAST_AREA).count();
        let drawn = drawn.min(MOST.saturating_sub(self.tiles.len()));
        let mut items: Vec<(Option<usize>, u64)> =
            children.iter().take(drawn).map(|index| (Some(*index), self.weight(*index))).collect();
        let rest: u64 = children.iter().skip(drawn).map(|index| self.weight(*index)).sum();
        if rest > 0 {
            items.push((None, rest));
        }
        let sizes: Vec<f64> = items.iter().map(|(_, weight)| *weight as f64 * scale).collect();
        for ((node, weight), area) in items.into_iter().zip(squarify(&sizes, area)) {
            self.tiles.push(Tile { node, folder, depth, weight, area });
        }
    }
}

/// Rectangles of those sizes, largest first, that fill the area.
fn squarify(sizes: &[f64], mut area: Area) -> Vec<Area> {
    let mut placed = Vec::with_capacity(sizes.len());
    let mut rest = sizes;
    while !rest.is_empty() {
        let side = area.width.min(area.height);
        let mut count = 1;
        while count < rest.len() && worst(rest, count + 1, side) <= worst(rest, count, side) {
            count += 1;
        }
        let (row, others) = rest.split_at(count);
        let sum: f64 = row.iter().sum();
        let thick = if side > 0.0 { sum / side } else { 0.0 };
        let wide = area.width >= area.height;
        let mut at = 0.0;
        for size in row {
            let long = if thick > 0.0 { size / thick } else { 0.0 };
            placed.push(if wide {
                Area { x: area.x, y: area.y + at, width: thick, height: long }
            } else {
                Area { x: area.x + at, y: area.y, width: long, height: thick }
            });
            at += long;
        }
        if wide {
            area.x += thick;
            area.width = (area.width - thick).max(0.0);
        } else {
            area.y += thick;
            area.height = (area.height - thick).max(0.0);
        }
        rest = others;
    }
    placed
}

/// The longer side over the shorter, of the worst in a row of the first few.
fn worst(sizes: &[f64], count: usize, side: f64) -> f64 {
    let row = sizes.iter().take(count);
    let sum: f64 = row.clone().sum();
    let thick = sum / side;
    row.map(|size| {
        let long = size / thick;
        (long / thick).max(thick / long)
    })
    .fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use super::{Area, squarify};

    #[test]
    fn rectangles_fill_the_area_and_are_near_to_squares() {
        // The example of the paper: 6 × 4, sizes 6 6 4 3 2 2 1.
        let sizes = [6.0, 6.0, 4.0, 3.0, 2.0, 2.0, 1.0];
        let placed = squarify(&sizes, Area { x: 0.0, y: 0.0, width: 6.0, height: 4.0 });
        for (size, area) in sizes.iter().zip(&placed) {
            assert!((area.width * area.height - size).abs() < 1e-9);
            assert!(area.x + area.width <= 6.0 + 1e-9 && area.y + area.height <= 4.0 + 1e-9);
        }
        let first = placed.first().copied();
        assert_eq!(first, Some(Area { x: 0.0, y: 0.0, width: 3.0, height: 2.0 }));
    }

    #[test]
    fn an_area_without_room_gives_rectangles_without_room() {
        let flat = squarify(&[1.0, 1.0], Area { x: 0.0, y: 0.0, width: 0.0, height: 4.0 });
        assert!(flat.iter().all(|area| area.width.is_finite() && area.height.is_finite()));
    }
}
