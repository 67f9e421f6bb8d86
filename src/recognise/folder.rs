//! A folder of a source as the rules see it, and what a rule can tell of it.

use std::rc::Rc;

use super::level::Level;
use super::{Kind, Recognised};
use crate::intake::Source;
use crate::path::file_name;

/// A folder with all that lies below it, without litter.
pub struct Folder<'a> {
    /// The source.
    pub source: &'a Rc<Source>,
    /// Its path in the source; empty for the source itself.
    pub at: &'a str,
    /// All files below it, as indices.
    pub entries: Vec<usize>,
    /// What lies directly in it.
    pub level: Level<'a>,
}

/// What a rule tells of a folder.
#[derive(Default)]
pub struct Told {
    /// Parts that are known.
    pub parts: Vec<Recognised>,
    /// Files to be looked at on their own.
    pub files: Vec<usize>,
    /// Folders to be looked at on their own, with all files below them.
    pub folders: Vec<(String, Vec<usize>)>,
    /// Files that stay out of the layer, with the reason.
    pub omitted: Vec<(usize, &'static str)>,
}

impl From<Recognised> for Told {
    fn from(part: Recognised) -> Told {
        Told { parts: vec![part], ..Told::default() }
    }
}

impl<'a> Folder<'a> {
    /// The folder `at` of a source, of which `entries` are all files.
    pub fn of(source: &'a Rc<Source>, at: &'a str, entries: Vec<usize>) -> Folder<'a> {
        let level = Level::of(source, at, &entries);
        Folder { source, at, entries, level }
    }

    /// The folder's own name, or the source's without its ending or both of them, as in `code.tar.gz`.
    pub fn name(&self) -> String {
        if !self.at.is_empty() {
            return file_name(self.at).to_owned();
        }
        let name = self.source.file_name();
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        stem.strip_suffix(".tar").unwrap_or(stem).to_owned()
    }

    /// The path of something that lies directly in it.
    pub fn below(&self, name: &str) -> String {
        if self.at.is_empty() { name.to_owned() } else { format!("{}/{name}", self.at) }
    }

    /// All of it as one part, placed with the paths that the files have below it.
    pub fn part(&self, kind: Kind, reason: impl Into<String>) -> Recognised {
        let mut part = Recognised::new(self.source, kind, self.name(), reason);
        self.at.clone_into(&mut part.base);
        part.entries.clone_from(&self.entries);
        part
    }

    /// A folder of several things: each is looked at on its own.
    pub fn each(&self) -> Told {
        Told {
            files: self.level.files.values().copied().collect(),
            folders: self.level.folders.iter().map(|(name, below)| (self.below(name), below.clone())).collect(),
            ..Told::default()
        }
    }
}

/// A folder with one folder and nothing else: what it is, is what lies in it.
pub fn superfluous(folder: &Folder) -> Option<Told> {
    (folder.level.files.is_empty() && folder.level.folders.len() == 1).then(|| folder.each())
}
