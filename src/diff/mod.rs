//! What changes from an earlier layer to this one: files, packages, what it needs and where it runs.

mod markdown;
mod requirements;

use std::cmp::Ordering;

use zlib_rs::crc32::crc32;

pub use self::requirements::RequirementChange;
use crate::choices::Settings;
use crate::content::{Content, ContentError};
use crate::inspect::Inspection;
use crate::order::{BTreeMap, BTreeSet};
use crate::path::file_name;
use crate::place::Placement;
use crate::plan::{Plan, Sizes, TargetRow};
use crate::tables::rules::Severity;
use crate::target::{Layer, Target, Verdict};

/// A file's size and mode.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct File {
    /// Bytes.
    pub size: u64,
    /// Its permission bits, e.g. `0o644`: of the earlier layer those that stand in its zip.
    pub mode: u32,
}

/// A file that is not the same in both layers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileChange {
    /// Its path under `/opt`.
    pub path: String,
    /// As it was; `None` where it is new.
    pub before: Option<File>,
    /// As it is; `None` where it is gone.
    pub after: Option<File>,
    /// Whether its bytes differ; where not, its mode does.
    pub content: bool,
}

/// A package with the versions that there were and that there are; none where it was added or removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackageChange {
    /// Registry and name, e.g. `"pypi requests"`.
    pub package: String,
    /// The versions in the earlier layer.
    pub before: Vec<String>,
    /// The versions in this one.
    pub after: Vec<String>,
}

/// A target on which one layer does better than the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetChange {
    /// The target.
    pub target: Target,
    /// Whether the earlier layer works there.
    pub before: Verdict,
    /// Whether this one does.
    pub after: Verdict,
}

/// What a layer's compiled files ask of the system that they run on.
#[derive(Debug, Default)]
pub struct Needs {
    /// The newest glibc that one asks for, e.g. `"2.28"`; empty where none does.
    pub glibc: String,
    /// The newest symbols of the C++ library, e.g. `"3.4.29"`; empty where none asks for any.
    pub glibcxx: String,
    /// The libraries that the layer does not bring itself, e.g. `"libc.so.6"`.
    pub libraries: BTreeSet<String>,
}

/// What changes from an earlier layer to a later one.
pub struct Difference {
    /// What the earlier one is called.
    pub name: String,
    /// Files that differ, by path.
    pub files: Vec<FileChange>,
    /// Packages that differ, by registry and name.
    pub packages: Vec<PackageChange>,
    /// Sizes of the earlier one and the later one.
    pub sizes: (Sizes, Sizes),
    /// What packages ask for newly, no longer, or in other versions.
    pub requirements: Vec<RequirementChange>,
    /// What the earlier one and the later one need.
    pub needs: (Needs, Needs),
    /// Where they don't work alike: of the chosen targets, of all where none is chosen.
    pub targets: Vec<TargetChange>,
}

impl Difference {
    /// What changes from one plan to another. Bytes are compared by size and CRC-32, as zips state them.
    pub fn between(name: &str, earlier: &Plan, later: &Plan) -> Difference {
        Difference {
            name: name.to_owned(),
            files: file_changes(earlier, later),
            packages: package_changes(earlier, later),
            sizes: (earlier.sizes, later.sizes),
            requirements: requirements::changes(earlier, later),
            needs: (needs(earlier), needs(later)),
            targets: target_changes(earlier, later),
        }
    }

    /// Whether both have the same files.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Libraries that one side needs and the other does not: those that are new, and those that are gone.
    pub fn libraries(&self) -> (Vec<&String>, Vec<&String>) {
        let (before, after) = (&self.needs.0.libraries, &self.needs.1.libraries);
        let new = after.iter().filter(|library| !before.contains(library.as_str())).collect();
        (new, before.iter().filter(|library| !after.contains(library.as_str())).collect())
    }

    /// As a text to paste into a change request.
    pub fn markdown(&self) -> String {
        markdown::markdown(self)
    }
}

fn file_changes(earlier: &Plan, later: &Plan) -> Vec<FileChange> {
    let mut changes = Vec::new();
    let (mut before, mut after) = (earlier.packed().peekable(), later.packed().peekable());
    loop {
        let order = match (before.peek(), after.peek()) {
            (None, None) => return changes,
            (Some(a), Some(b)) => a.path.cmp(&b.path),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
        };
        let before = if order.is_le() { before.next() } else { None };
        let after = if order.is_ge() { after.next() } else { None };
        let Some(path) = before.or(after).map(|placement| placement.path.to_string()) else { return changes };
        let content = match (before, after) {
            (Some(before), Some(after)) => !is_same(before.content(&earlier.parts), after.content(&later.parts)),
            _ => true,
        };
        // Where programs lie, the plan makes them programs: what the zip itself says is what Lambda gets.
        let raw = |placement: &Placement| placement.entry(&earlier.parts).and_then(|entry| entry.mode);
        let before = before.map(|placement| {
            let seen = file(earlier, placement);
            File { mode: raw(placement).map_or(seen.mode, |mode| mode & 0o7777), ..seen }
        });
        let after = after.map(|placement| file(later, placement));
        if content || before != after {
            changes.push(FileChange { path, before, after, content });
        }
    }
}

/// A file as whoever opens it sees it: of a link what it leads to.
fn file(plan: &Plan, placement: &Placement) -> File {
    let mode = placement.link.as_ref().map_or(placement.mode, |link| link.mode);
    File { size: placement.content(&plan.parts).map_or(0, Content::size), mode }
}

/// Whether two contents have the same bytes, by size and CRC-32. What can't be read counts as another.
fn is_same(before: Option<&Content>, after: Option<&Content>) -> bool {
    let (Some(before), Some(after)) = (before, after) else { return false };
    before.size() == after.size()
        && (before.is_known_to_equal(after) || crc(before).is_some_and(|before| crc(after) == Some(before)))
}

fn crc(content: &Content) -> Option<u32> {
    if let Content::Member(member) = content {
        return Some(member.crc);
    }
    let mut crc = 0;
    let read = content.for_each_piece(&mut |piece: &[u8]| {
        crc = crc32(crc, piece);
        Ok::<(), ContentError>(())
    });
    read.ok().map(|()| crc)
}

fn package_changes(earlier: &Plan, later: &Plan) -> Vec<PackageChange> {
    let (before, after) = (earlier.packages(), later.packages());
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let of = |versions: &BTreeMap<String, BTreeSet<String>>, name: &String| -> Vec<String> {
        versions.get(name).into_iter().flatten().cloned().collect()
    };
    names
        .iter()
        .map(|name| PackageChange { package: (*name).clone(), before: of(&before, name), after: of(&after, name) })
        .filter(|change| change.before != change.after)
        .collect()
}

fn needs(plan: &Plan) -> Needs {
    let layer = Layer::of(&plan.parts, &plan.placements);
    let (mut needs, mut own) = (Needs::default(), BTreeSet::new());
    let (mut glibc, mut glibcxx) = (None, None);
    for file in &layer.files {
        let Inspection::Elf(elf) = file.found else { continue };
        own.insert(file_name(file.path));
        own.insert(elf.soname.as_str());
        glibc = elf.highest("GLIBC_").max(glibc);
        glibcxx = elf.highest("GLIBCXX_").max(glibcxx);
        needs.libraries.extend(elf.needed.iter().cloned());
    }
    let dotted = |numbers: Option<Vec<u32>>| {
        numbers.unwrap_or_default().iter().map(u32::to_string).collect::<Vec<_>>().join(".")
    };
    (needs.glibc, needs.glibcxx) = (dotted(glibc), dotted(glibcxx));
    needs.libraries = needs.libraries.into_iter().filter(|library| !own.contains(library.as_str())).collect();
    needs
}

/// Where nothing was chosen, most runtimes find nothing of theirs in either layer: that is no news.
fn target_changes(earlier: &Plan, later: &Plan) -> Vec<TargetChange> {
    let settings: &Settings = &later.choices.settings;
    let (runtimes, architectures) = (settings.runtimes(), settings.architectures());
    let verdict = |row: &TargetRow| {
        let is_idle = row.reasons.first().is_some_and(|worst| worst.severity == Severity::Note);
        if runtimes.is_empty() && is_idle { Verdict::Green } else { row.verdict }
    };
    let rows = earlier.targets.iter().zip(&later.targets);
    rows.filter(|(row, _)| runtimes.is_empty() || runtimes.contains(&row.target.runtime))
        .filter(|(row, _)| architectures.is_empty() || architectures.contains(&row.target.architecture))
        .map(|(row, after)| TargetChange { target: row.target, before: verdict(row), after: verdict(after) })
        .filter(|change| change.before != change.after)
        .collect()
}
