//! pnpm's linked store: each package lies once in `.pnpm/NAME@VERSION/node_modules/NAME`, and links lead to it from
//! wherever it is needed. A folder that is dropped and most archives lose such links, so the packages are taken out of
//! the store and put side by side, as other installers lay them out.

use super::modules::{self, INSTALLER_REASON};
use super::npm::{self, Manifest};
use super::semver::{Version, is_in_range};
use crate::error::Note;
use crate::order::{BTreeMap, BTreeSet};
use crate::path::within;
use crate::recognise::folder::{Folder, Told};
use crate::tables::codes;
use crate::tables::limits::MAX_PACKAGES;

const LINK_REASON: &str = "pnpm's link to a package, which is taken from its store";
const OTHER_REASON: &str = "no package that was found needs this version";

/// Packages within packages: pnpm's own folders never lie deeper, and a circle of versions must end.
const DEEPEST: usize = 16;

/// A package in the store.
struct Stored {
    text: String,
    version: Option<Version>,
    manifest: Manifest,
    at: String,
    entries: Vec<usize>,
}

type Store = BTreeMap<String, Vec<Stored>>;

/// The packages of a store and those beside it that are not in it. `notes` are the installer's own files, the store's
/// among them; `wanted` is what the project itself asks for.
pub fn packages(beside: &Folder, store: &Folder, notes: &[usize], wanted: &BTreeMap<String, String>) -> Told {
    let stored = stored(store);
    let mut layout = Layout { store: &stored, placed: Vec::new(), missing: BTreeMap::new() };
    layout.put_all(beside, wanted);
    let Layout { placed, missing, .. } = layout;

    let mut told = Told::default();
    for (path, name, package) in &placed {
        let folder = Folder::of(store.source, &package.at, package.entries.clone());
        let mut part = npm::package(&folder, &package.manifest, name);
        "it lies in pnpm's store".clone_into(&mut part.reason);
        part.wrap.clone_from(path);
        if part.version.is_empty() {
            part.version.clone_from(&package.text);
        }
        told.parts.push(part);
    }
    let own: Vec<usize> = beside.entries.iter().copied().filter(|index| is_own(beside, &stored, *index)).collect();
    if !own.is_empty() {
        let folder = Folder::of(beside.source, beside.at, own);
        told.parts.push(modules::part(&folder, "it lies beside pnpm's store"));
    }
    // Links that were read from an archive are told by what became of them here.
    for part in &mut told.parts {
        part.notes.retain(|note| {
            ![codes::LINK_FOLDER, codes::LINK_FOLDER_COPIED, codes::LINK_DANGLING, codes::LINK].contains(&note.code)
        });
    }
    if let Some(first) = told.parts.first_mut() {
        first.notes.extend(missing.into_iter().map(|(package, needs)| {
            let message = format!("{package} needs {needs}, which pnpm's store does not hold");
            Note::new(codes::NPM_STORE, package, message)
        }));
    }
    told.omitted = left_out(beside, store, notes, &told);
    told
}

/// A package that lies beside the store without being in it, such as one of a workspace whose link was followed.
fn is_own(beside: &Folder, stored: &Store, index: usize) -> bool {
    let path = beside.source.entries.get(index).map_or("", |entry| entry.path.as_str());
    package_name(within(path, beside.at).unwrap_or(path)).is_some_and(|name| !stored.contains_key(&name))
}

fn left_out(beside: &Folder, store: &Folder, notes: &[usize], told: &Told) -> Vec<(usize, &'static str)> {
    let placed: BTreeSet<usize> = told.parts.iter().flat_map(|part| part.entries.iter().copied()).collect();
    let reason = |index: usize| {
        let path = store.source.entries.get(index).map_or("", |entry| entry.path.as_str());
        match within(path, store.at).map(|rest| rest.split_once("/node_modules/")) {
            Some(Some((folder, rest))) => match parse_folder(folder) {
                Some((name, _)) if package_name(rest).as_ref() == Some(&name) => OTHER_REASON,
                _ => LINK_REASON,
            },
            Some(None) if within(path, store.at).is_some_and(|rest| rest.starts_with("node_modules/")) => LINK_REASON,
            None if beside.entries.binary_search(&index).is_ok() => LINK_REASON,
            _ => INSTALLER_REASON,
        }
    };
    let rest = beside.entries.iter().chain(notes).filter(|index| !placed.contains(index));
    rest.map(|index| (*index, reason(*index))).collect()
}

/// Gives each package a place from which Node.js finds those that it needs: one version of each at the top, another one
/// within the packages that take only that.
struct Layout<'a> {
    store: &'a Store,
    /// Path in `node_modules`, name, package.
    placed: Vec<(String, String, &'a Stored)>,
    /// What is needed and not there, by the first package that needs it.
    missing: BTreeMap<String, String>,
}

/// Which version of a package is found at one level.
type Level<'a> = BTreeMap<&'a str, &'a Stored>;

impl<'a> Layout<'a> {
    fn put_all(&mut self, beside: &Folder, wanted: &BTreeMap<String, String>) {
        let mut top: Level = BTreeMap::new();
        for (name, versions) in self.store {
            // A link at the top that was followed shows the version that the project itself uses.
            let linked = Manifest::read(beside.source, &beside.below(name)).ok().flatten();
            let linked =
                linked.and_then(|linked| versions.iter().find(|stored| stored.manifest.version == linked.version));
            let asked = || wanted.get(name).and_then(|range| best(versions, Some(range)));
            if let Some(stored) = linked.or_else(asked).or_else(|| best(versions, None)) {
                top.insert(name, stored);
            }
        }
        let mut levels = vec![top.clone()];
        for (name, stored) in top {
            self.put(name, name.to_owned(), stored, &mut levels);
        }
    }

    /// Puts a package at a path, and below it those that it needs and would not find above.
    fn put(&mut self, name: &str, path: String, package: &'a Stored, levels: &mut Vec<Level<'a>>) {
        let mut within: Level = BTreeMap::new();
        for (needed, range) in &package.manifest.dependencies {
            let seen = levels.iter().rev().find_map(|level| level.get(needed.as_str()));
            let Some((key, versions)) = self.store.get_key_value(needed.as_str()) else {
                self.missing.entry(name.to_owned()).or_insert_with(|| format!("{needed} {range}"));
                continue;
            };
            let fits = seen.is_none_or(|seen| seen.fits(range));
            match best(versions, Some(range)) {
                Some(other) if !fits => drop(within.insert(key, other)),
                None if !fits => {
                    self.missing.entry(name.to_owned()).or_insert_with(|| format!("{needed} {range}"));
                }
                _ => {}
            }
        }
        self.placed.push((path.clone(), name.to_owned(), package));
        if levels.len() < DEEPEST && self.placed.len() < MAX_PACKAGES {
            levels.push(within.clone());
            for (needed, other) in within {
                self.put(needed, format!("{path}/node_modules/{needed}"), other, levels);
            }
            levels.pop();
        }
    }
}

impl Stored {
    /// Whether it lies in a range. What is no range, such as an address, is taken as met: there is nothing to compare.
    fn fits(&self, range: &str) -> bool {
        self.version.as_ref().and_then(|version| is_in_range(version, range)).unwrap_or(true)
    }
}

/// The highest version, of those in the range where one is given.
fn best<'a>(versions: &'a [Stored], range: Option<&String>) -> Option<&'a Stored> {
    let fitting = versions.iter().filter(|stored| range.is_none_or(|range| stored.fits(range)));
    fitting.reduce(|best, next| if next.version > best.version { next } else { best })
}

/// Every package of the store by name. One that is there for several peers is there several times.
fn stored(store: &Folder) -> Store {
    let mut packages = Store::new();
    for (folder, entries) in &store.level.folders {
        let Some((name, text)) = parse_folder(folder) else { continue };
        let at = format!("{}/node_modules/{name}", store.below(folder));
        let own = |index: &usize| {
            let entry = store.source.entries.get(*index);
            entry.is_some_and(|entry| within(&entry.path, &at).is_some_and(|rest| !rest.is_empty()))
        };
        let entries: Vec<usize> = entries.iter().copied().filter(own).collect();
        if !entries.is_empty() {
            let manifest = Manifest::read(store.source, &at).ok().flatten().unwrap_or_default();
            let version = Version::parse(&text);
            packages.entry(name).or_default().push(Stored { text, version, manifest, at, entries });
        }
    }
    packages
}

/// Name and version of a folder of the store, e.g. of `@scope+name@1.2.3_react@18.0.0`.
fn parse_folder(folder: &str) -> Option<(String, String)> {
    let at = folder.char_indices().skip(1).find(|(_, character)| *character == '@').map(|(at, _)| at)?;
    let (name, version) = folder.split_at_checked(at)?;
    let name = if name.starts_with('@') { name.replacen('+', "/", 1) } else { name.to_owned() };
    let version = version.trim_start_matches('@').split(['_', '(']).next().unwrap_or("").to_owned();
    npm::check_name(&name).is_ok().then_some((name, version))
}

/// The package that a path in `node_modules` belongs to, e.g. `"@scope/name"`; `None` for a file that lies directly in it.
fn package_name(path: &str) -> Option<String> {
    let mut parts = path.split('/');
    let first = parts.next()?;
    let second = parts.next()?;
    match first.starts_with('@') {
        true => parts.next().map(|_| format!("{first}/{second}")),
        false => Some(first.to_owned()),
    }
}
