//! The rows of the tree that are in sight: folders open and closed, folders with a single folder in them drawn together
//! with it, and only what a filter lets pass.

use super::filter::Filter;
use super::{Node, Tree};
use crate::order::BTreeSet;
use crate::path::{folder_of, within};

/// A row. A folder whose only content is a folder shares its row: then `first` is the upper one and `node` the lowest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// The node that the row is about.
    pub node: usize,
    /// The first of the folders that share the row; the node itself where there is one only.
    pub first: usize,
    /// Depth among the rows, 1 at the top.
    pub level: usize,
    /// The row of the folder that it lies in.
    pub parent: Option<usize>,
    /// Whether its content follows.
    pub open: bool,
}

impl Tree {
    /// The rows while these folders are open. With a filter, folders around what it means are open by themselves.
    pub fn rows(&self, open: &BTreeSet<String>, filter: &Filter) -> Vec<Row> {
        let meant = (!filter.is_empty()).then(|| Meant::of(self, filter));
        let passes = |index: usize, node: &Node| meant.as_ref().is_none_or(|meant| meant.passes(index, node));
        let mut rows: Vec<Row> = Vec::new();
        // Rows of the open folders around the present one, each with the index where its content ends.
        let mut around: Vec<(usize, usize)> = Vec::new();
        let mut index = 0;
        while let Some(node) = self.nodes.get(index) {
            while around.pop_if(|(_, end)| *end <= index).is_some() {}
            if !passes(index, node) {
                index += 1 + node.below;
                continue;
            }
            let first = index;
            let (mut lowest, mut node) = (index, node);
            while let Some(only) = self.only_folder(lowest, node) {
                lowest += 1;
                node = only;
            }
            let forced = meant.as_ref().is_some_and(|meant| meant.around(lowest, node));
            let is_open = node.folder && (forced || open.contains(&*node.path));
            let parent = around.last().map(|(row, _)| *row);
            rows.push(Row { node: lowest, first, level: around.len() + 1, parent, open: is_open });
            if is_open {
                around.push((rows.len() - 1, lowest + 1 + node.below));
                index = lowest + 1;
            } else {
                index = lowest + 1 + node.below;
            }
        }
        rows
    }

    /// The folder that is all that a folder holds.
    fn only_folder(&self, index: usize, node: &Node) -> Option<&Node> {
        if !node.folder {
            return None;
        }
        self.nodes.get(index + 1).filter(|inner| inner.folder && inner.set_size == 1 && inner.level == node.level + 1)
    }

    /// How many files a filter means.
    pub fn count(&self, filter: &Filter) -> usize {
        self.nodes.iter().filter(|node| !node.folder && filter.means(&node.path)).count()
    }

    /// What a row is called: its path below that of the row around it.
    pub fn name(&self, row: &Row) -> &str {
        let Some((node, first)) = self.nodes.get(row.node).zip(self.nodes.get(row.first)) else { return "" };
        within(&node.path, folder_of(&first.path)).unwrap_or(&node.path)
    }

    /// The next row, from one on and round the end, whose name begins with what was typed.
    pub fn seek(&self, rows: &[Row], from: usize, typed: &str) -> Option<usize> {
        let typed = typed.to_lowercase();
        let begins = |row: &Row| self.name(row).to_lowercase().starts_with(&typed);
        let count = rows.len();
        (0..count).map(|step| (from + step) % count).find(|index| rows.get(*index).is_some_and(begins))
    }
}

/// What a filter means, as running counts over the nodes, so that any folder's content is judged at once.
struct Meant {
    /// How many of the nodes before each are meant.
    before: Vec<usize>,
    /// Whether a node lies in a folder that is meant itself.
    inside: Vec<bool>,
}

impl Meant {
    fn of(tree: &Tree, filter: &Filter) -> Meant {
        let mut meant = Meant { before: vec![0], inside: Vec::new() };
        let (mut count, mut end) = (0, 0);
        for (index, node) in tree.nodes.iter().enumerate() {
            meant.inside.push(index < end);
            if filter.means(&node.path) {
                count += 1;
                if node.folder {
                    end = end.max(index + 1 + node.below);
                }
            }
            meant.before.push(count);
        }
        meant
    }

    fn among(&self, first: usize, end: usize) -> bool {
        self.before.get(first) != self.before.get(end)
    }

    fn passes(&self, index: usize, node: &Node) -> bool {
        self.inside.get(index) == Some(&true) || self.among(index, index + 1 + node.below)
    }

    fn around(&self, index: usize, node: &Node) -> bool {
        self.among(index + 1, index + 1 + node.below)
    }
}
