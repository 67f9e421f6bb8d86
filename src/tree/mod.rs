//! The `/opt` tree as nested folders with sizes, and the rows of it that are visible.

pub mod filter;
pub mod map;
pub mod rows;

use std::ops::Range;

use crate::check::{Finding, Severity};
use crate::order::{BTreeMap, BTreeSet};
use crate::path::{LayerPath, folder_of, within};
use crate::place::Placement;

/// A file or folder of the tree.
#[derive(Debug, Clone)]
pub struct Node {
    /// Its path under `/opt`.
    pub path: LayerPath,
    /// Depth, 1 at the top.
    pub level: usize,
    /// How many lie in the same folder.
    pub set_size: usize,
    /// Its place among them, from 1.
    pub position: usize,
    /// Whether it is a folder.
    pub folder: bool,
    /// Whether it, or everything in it, is left out.
    pub excluded: bool,
    /// Files below a folder, left-out ones not counted; 1 for a file.
    pub files: usize,
    /// Bytes unpacked, left-out ones not counted for a folder.
    pub size: u64,
    /// The index of a file's placement.
    pub placement: Option<usize>,
    /// The worst finding about it or anything below it.
    pub worst: Option<Severity>,
    /// How many findings are about it or anything below it.
    pub findings: usize,
    /// How many nodes follow that lie below it.
    pub below: usize,
}

impl Node {
    /// The last part of its path.
    pub fn name(&self) -> &str {
        self.path.name()
    }
}

/// All files and folders in the order of the rows: folders before files, each by name, every folder before its content.
pub struct Tree {
    nodes: Vec<Node>,
}

impl Tree {
    /// The tree of the placements, sorted by path, that will be packed or were left out, and of folders made by hand: of
    /// several placements at a path the last counts.
    pub fn of(
        placements: &[Placement],
        folders: &[LayerPath],
        sizes: impl Fn(&Placement) -> u64,
        findings: &[Finding],
    ) -> Tree {
        let mut told: BTreeMap<&str, (Severity, usize)> = BTreeMap::new();
        for finding in findings.iter().filter(|finding| !finding.path.is_empty()) {
            let (severity, count) = told.entry(&finding.path).or_insert((finding.severity, 0));
            *severity = finding.severity.min(*severity);
            *count += 1;
        }
        let mut building = Building { nodes: Vec::new(), placements, sizes: &sizes, told };
        let folder = Folder { files: 0..placements.len(), made: folders.iter().collect() };
        building.add_folder(&folder, &LayerPath::root(), 1);
        Tree { nodes: building.nodes }
    }

    /// One node.
    pub fn node(&self, index: usize) -> Option<&Node> {
        self.nodes.get(index)
    }

    /// The node at a path.
    pub fn find(&self, path: &str) -> Option<usize> {
        let mut index = 0;
        while let Some(node) = self.nodes.get(index) {
            match within(path, &node.path) {
                Some("") => return Some(index),
                Some(_) => index += 1,
                None => index += 1 + node.below,
            }
        }
        None
    }

    /// The paths of all folders, in the order of the rows.
    pub fn folders(&self) -> impl Iterator<Item = &str> {
        self.nodes.iter().filter(|node| node.folder).map(|node| node.path.as_str())
    }

    /// Folders that are opened to begin with: those with nothing beside them, down to the first choice.
    pub fn initially_open(&self) -> BTreeSet<String> {
        let mut open = BTreeSet::new();
        for node in self.nodes.iter().filter(|node| node.folder) {
            let above_is_open = node.level == 1 || open.contains(folder_of(&node.path));
            if above_is_open && (node.level == 1 || node.set_size == 1) {
                open.insert(node.path.to_string());
            }
        }
        open
    }
}

/// A folder while it is looked into.
struct Folder<'a> {
    /// The placements in it, at any depth: they follow each other.
    files: Range<usize>,
    /// The folders made by hand in it, itself among them.
    made: Vec<&'a LayerPath>,
}

struct Building<'a> {
    nodes: Vec<Node>,
    placements: &'a [Placement],
    sizes: &'a dyn Fn(&Placement) -> u64,
    told: BTreeMap<&'a str, (Severity, usize)>,
}

/// What a folder's content adds up to.
#[derive(Default)]
struct Sum {
    files: usize,
    size: u64,
    included: bool,
    worst: Option<Severity>,
    findings: usize,
}

impl Sum {
    fn add(&mut self, node: &Node) {
        if !node.excluded {
            self.files += node.files;
            self.size += node.size;
            self.included = true;
        }
        self.worst = worse(self.worst, node.worst);
        self.findings += node.findings;
    }
}

fn worse(a: Option<Severity>, b: Option<Severity>) -> Option<Severity> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

impl<'a> Building<'a> {
    /// What lies right in a folder: the folders there by name, and the files.
    fn look_into(&self, folder: &Folder<'a>, path: &str) -> (BTreeMap<&'a str, Folder<'a>>, Vec<usize>) {
        let mut folders: BTreeMap<&str, Folder> = BTreeMap::new();
        let mut files: Vec<usize> = Vec::new();
        let all = self.placements.get(..folder.files.end).unwrap_or_default();
        let mut index = folder.files.start;
        while let Some(placed) = all.get(index) {
            let rest = within(&placed.path, path).unwrap_or_default();
            if let Some((name, _)) = rest.split_once('/') {
                let start = placed.path.get(..=placed.path.len() - rest.len() + name.len()).unwrap_or_default();
                let count = all.get(index..).unwrap_or_default().partition_point(|other| other.path.starts_with(start));
                folders.insert(name, Folder { files: index..index + count, made: Vec::new() });
                index += count;
                continue;
            }
            match files.last_mut().and_then(|last| all.get(*last).zip(Some(last))) {
                // A left-out file never hides one that is packed.
                Some((other, _)) if other.path == placed.path && placed.excluded && !other.excluded => {}
                Some((other, last)) if other.path == placed.path => *last = index,
                _ => files.push(index),
            }
            index += 1;
        }
        for made in &folder.made {
            let name = within(made, path).and_then(|rest| rest.split('/').next()).filter(|name| !name.is_empty());
            if let Some(name) = name {
                let inner = folders.entry(name).or_insert_with_key(|_| Folder { files: 0..0, made: Vec::new() });
                inner.made.push(made);
            }
        }
        (folders, files)
    }

    fn add_folder(&mut self, folder: &Folder<'a>, path: &LayerPath, level: usize) -> Sum {
        let (folders, files) = self.look_into(folder, path);
        let set_size = folders.len() + files.len();
        let mut sum = Sum::default();
        for (position, (name, inner)) in folders.iter().enumerate() {
            let index = self.nodes.len();
            let path = LayerPath::join(path.as_str(), name);
            let own = self.told.get(path.as_str()).copied();
            self.nodes.push(Node {
                path: path.clone(),
                level,
                set_size,
                position: position + 1,
                folder: true,
                excluded: false,
                files: 0,
                size: 0,
                placement: None,
                worst: None,
                findings: 0,
                below: 0,
            });
            let inner = self.add_folder(inner, &path, level + 1);
            let count = self.nodes.len() - index - 1;
            if let Some(node) = self.nodes.get_mut(index) {
                (node.files, node.size, node.below) = (inner.files, inner.size, count);
                // A folder made by hand has nothing in it that could be left out.
                node.excluded = !inner.included && count > 0;
                node.worst = worse(inner.worst, own.map(|(severity, _)| severity));
                node.findings = inner.findings + own.map_or(0, |(_, count)| count);
                sum.add(node);
            }
        }
        for (position, placement) in files.into_iter().enumerate() {
            let Some(placed) = self.placements.get(placement) else { continue };
            let own = self.told.get(placed.path.as_str());
            let node = Node {
                path: placed.path.clone(),
                level,
                set_size,
                position: folders.len() + position + 1,
                folder: false,
                excluded: placed.excluded,
                files: 1,
                size: (self.sizes)(placed),
                placement: Some(placement),
                worst: own.map(|(severity, _)| *severity),
                findings: own.map_or(0, |(_, count)| *count),
                below: 0,
            };
            sum.add(&node);
            self.nodes.push(node);
        }
        sum
    }
}
