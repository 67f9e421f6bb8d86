//! What of the tree is in sight: which folders are open, what the filter lets pass, and the rows that follow from both.

use crate::order::BTreeSet;
use crate::path::folder_of;
use crate::tree::Tree;
use crate::tree::filter::Filter;
use crate::tree::rows::Row;

/// What of the tree is in sight.
#[derive(Default)]
pub struct Sight {
    open: BTreeSet<String>,
    filter: Filter,
    rows: Vec<Row>,
}

impl Sight {
    /// The rows, from the top.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// What a person looks for.
    pub fn looked_for(&self) -> &Filter {
        &self.filter
    }

    /// The tree is another one now.
    pub fn look(&mut self, tree: &Tree) {
        self.rows = tree.rows(&self.open, &self.filter);
    }

    /// Opens what is open in a tree that is seen for the first time.
    pub fn begin(&mut self, tree: &Tree) {
        self.open = tree.initially_open();
        self.look(tree);
    }

    /// Closes everything and shows all of it.
    pub fn reset(&mut self, tree: &Tree) {
        self.open.clear();
        self.filter(tree, "");
    }

    /// Opens or closes a folder.
    pub fn toggle(&mut self, tree: &Tree, path: &str, open: bool) {
        match open {
            true => self.open.insert(path.to_owned()),
            false => self.open.remove(path),
        };
        self.look(tree);
    }

    /// Opens the folders that lie in the same folder as that row.
    pub fn open_beside(&mut self, tree: &Tree, index: usize) {
        let Some(row) = self.rows.get(index) else { return };
        let beside = self.rows.iter().filter(|other| other.parent == row.parent);
        let folders = beside.filter_map(|other| tree.node(other.node)).filter(|node| node.folder);
        self.open.extend(folders.map(|node| node.path.to_string()));
        self.look(tree);
    }

    /// Looks for what was typed.
    pub fn filter(&mut self, tree: &Tree, text: &str) {
        self.filter = Filter::new(text);
        self.look(tree);
    }

    /// Brings a file or folder into sight: opens the folders around it, and drops a filter that hides it.
    /// Returns its row.
    pub fn reveal(&mut self, tree: &Tree, path: &str) -> Option<usize> {
        let node = tree.find(path)?;
        let mut folder = folder_of(path);
        while !folder.is_empty() {
            self.open.insert(folder.to_owned());
            folder = folder_of(folder);
        }
        self.look(tree);
        if self.row_of(node).is_none() {
            self.filter(tree, "");
        }
        self.row_of(node)
    }

    fn row_of(&self, node: usize) -> Option<usize> {
        self.rows.iter().position(|row| (row.first..=row.node).contains(&node))
    }
}
