//! What speaks against a target: first file by file, then package by package.

use std::rc::Rc;

use super::layer::Layer;
use crate::order::{self, BTreeMap};
use crate::tables::rules::{Rule, Severity};
use crate::words::counted;

/// What speaks against one file.
#[derive(Debug, Clone)]
pub struct Complaint {
    /// The file, as an index into the layer's.
    pub file: usize,
    /// The rule that it breaks.
    pub rule: &'static Rule,
    /// How bad it is.
    pub severity: Severity,
    /// What was found, e.g. `"is built for arm64"`; follows the file's name.
    pub found: String,
    /// What the target has instead, e.g. `"it does not run on x86_64"`.
    pub instead: String,
    /// Of several in a package the one with the greatest weight is told, e.g. `[2, 38]` of a version.
    pub weight: Vec<u32>,
}

/// What speaks against a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The rule that it breaks.
    pub rule: &'static Rule,
    /// How bad it is.
    pub severity: Severity,
    /// The package, as an index into the layer's.
    pub package: usize,
    /// The files, the one that `found` is about first.
    pub paths: Vec<String>,
    /// What was found; follows the file's name.
    pub found: String,
    /// What the target has instead.
    pub instead: String,
}

impl Problem {
    /// In words, e.g. `"python/numpy/_core.so and 18 more files are built for arm64; it does not run on x86_64"`.
    pub fn message(&self, layer: &Layer) -> String {
        self.message_with(layer, &self.instead)
    }

    /// The same, with what several targets have instead.
    pub fn message_with(&self, layer: &Layer, instead: &str) -> String {
        let path = self.paths.first().map_or("", String::as_str);
        let package = layer.packages.get(self.package);
        let title = package.filter(|package| package.root != path).map_or_else(String::new, |package| {
            format!("{}: ", format!("{} {}", package.name, package.version).trim_end())
        });
        let more = match self.paths.len() {
            0 | 1 => String::new(),
            several => format!(" (and {} more)", counted(several - 1, "file")),
        };
        format!("{title}{path}{more} {}; {instead}", self.found)
    }
}

/// The complaints about files as problems of their packages.
pub fn gather(layer: &Layer, complaints: Vec<Complaint>) -> Vec<Rc<Problem>> {
    let mut groups: BTreeMap<(usize, &'static str, String), Vec<Complaint>> = BTreeMap::new();
    for complaint in complaints {
        let package = layer.files.get(complaint.file).map_or(0, |file| file.package);
        groups.entry((package, complaint.rule.id, complaint.instead.clone())).or_default().push(complaint);
    }
    groups
        .into_iter()
        .filter_map(|((package, ..), mut group)| {
            // The worst first, of these the heaviest, then by path.
            order::sort_by(&mut group, |a, b| {
                a.severity.cmp(&b.severity).then(b.weight.cmp(&a.weight)).then(a.file.cmp(&b.file))
            });
            let Complaint { rule, severity, found, instead, .. } = group.first()?.clone();
            let mut paths: Vec<String> =
                group.iter().filter_map(|complaint| Some(layer.files.get(complaint.file)?.path.to_owned())).collect();
            paths.dedup();
            Some(Rc::new(Problem { rule, severity, package, paths, found, instead }))
        })
        .collect()
}
