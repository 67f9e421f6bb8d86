//! What lies directly in one folder of a source.

use crate::intake::Source;
use crate::order::{self, BTreeMap, BTreeSet};
use crate::path::within;

/// The files and folders of one folder.
pub struct Level<'a> {
    /// Files by name, with their index in the source.
    pub files: BTreeMap<&'a str, usize>,
    /// Folders by name, with the indices of all files below them.
    pub folders: BTreeMap<&'a str, Vec<usize>>,
    at: &'a str,
    paths: Vec<&'a str>,
}

impl<'a> Level<'a> {
    /// The level at a folder, of which `entries` are all files.
    pub fn of(source: &'a Source, at: &'a str, entries: &[usize]) -> Level<'a> {
        let mut level = Level { files: BTreeMap::new(), folders: BTreeMap::new(), at, paths: Vec::new() };
        for index in entries {
            let Some(path) = source.entries.get(*index).map(|entry| entry.path.as_str()) else { continue };
            let rest = within(path, at).unwrap_or(path);
            level.paths.push(rest);
            match rest.split_once('/') {
                None => {
                    level.files.insert(rest, *index);
                }
                Some((folder, _)) => level.folders.entry(folder).or_default().push(*index),
            }
        }
        level
    }

    /// The site-packages folders of a virtual environment whose root this is, as paths in the source:
    /// `lib/python3.X/site-packages` (and `lib64`) on Linux and macOS, `Lib/site-packages` on Windows.
    pub fn site_packages(&self) -> Vec<String> {
        let mut sites: Vec<String> = self
            .paths
            .iter()
            .filter_map(|path| {
                let parts: Vec<&str> = path.splitn(4, '/').collect();
                match parts.as_slice() {
                    ["lib" | "lib64", python, "site-packages" | "dist-packages", _] if python.starts_with("python") => {
                        parts.get(..3).map(|parts| parts.join("/"))
                    }
                    ["Lib", "site-packages", ..] if parts.len() > 2 => parts.get(..2).map(|parts| parts.join("/")),
                    _ => None,
                }
            })
            .map(|site| if self.at.is_empty() { site } else { format!("{}/{site}", self.at) })
            .collect();
        order::sort(&mut sites);
        sites.dedup();
        sites
    }

    /// Whether several folders here hold Python files, at any depth: packages without `__init__.py` (PEP 420), whose
    /// names count. A single one is taken for a folder around the files, and what holds installed things for several
    /// drops in one.
    pub fn holds_namespaces(&self) -> bool {
        let is_installed = |part: &str| {
            matches!(part, "site-packages" | "dist-packages" | "node_modules")
                || part.ends_with(".dist-info")
                || part.ends_with(".whl")
        };
        let below = || self.paths.iter().filter_map(|path| path.split_once('/'));
        if below().any(|(_, rest)| rest.split('/').any(is_installed)) {
            return false;
        }
        let with_modules: BTreeSet<&str> =
            below().filter(|(_, rest)| is_module(rest)).map(|(folder, _)| folder).collect();
        with_modules.len() > 1
    }

    /// Whether Python files or packages lie directly here.
    pub fn holds_python(&self, source: &Source) -> bool {
        self.files.keys().any(|name| is_module(name))
            || self.folders.iter().any(|(name, below)| {
                below.iter().filter_map(|index| source.entries.get(*index)).any(|entry| {
                    within(&entry.path, self.at).and_then(|rest| rest.strip_prefix(name)) == Some("/__init__.py")
                })
            })
    }
}

/// Whether Python imports a file of that name: source, or an extension module with CPython's own suffix.
pub fn is_module(name: &str) -> bool {
    let extension = name.ends_with(".so") && (name.contains(".cpython-") || name.contains(".abi3."));
    name.ends_with(".py") || extension || name.ends_with(".pyd")
}
