//! pnpm's linked store: each package lies once in `.pnpm/NAME@VERSION/node_modules/NAME`, and links lead to it from
//! wherever it is needed. A folder that is dropped and most archives lose such links, so the packages are taken out of
//! the store and put side by side, as other installers lay them out.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use super::folder::{Folder, Told};
use super::node::{INSTALLER_REASON, modules_part};
use super::npm::{self, Manifest};
use crate::error::Note;
use crate::path::within;
use crate::tables::codes;
use crate::words::quoted;

const LINK_REASON: &str = "pnpm's link to a package, which is taken from its store";
const OTHER_REASON: &str = "another version of the package is taken";

/// A package in the store.
struct Stored {
    version: String,
    at: String,
    entries: Vec<usize>,
}

/// The packages of a store and those beside it that are not in it. `notes` are the installer's own files, the store's
/// among them.
pub fn packages(beside: &Folder, store: &Folder, notes: &[usize]) -> Told {
    let mut told = Told::default();
    let mut notes_of_source = Vec::new();
    let stored = stored(store);
    for (name, versions) in &stored {
        let direct = Manifest::read(beside.source, &beside.below(name)).ok().flatten().map(|manifest| manifest.version);
        let best = versions.iter().find(|stored| Some(&stored.version) == direct.as_ref()).or_else(|| {
            versions.iter().reduce(|best, next| match order(&best.version, &next.version) {
                Ordering::Less => next,
                _ => best,
            })
        });
        let Some(best) = best else { continue };
        let folder = Folder::of(store.source, &best.at, best.entries.clone());
        let manifest = Manifest::read(store.source, &best.at).ok().flatten().unwrap_or_default();
        let mut part = npm::package(&folder, &manifest, name);
        "it lies in pnpm's store".clone_into(&mut part.reason);
        if part.version.is_empty() {
            part.version.clone_from(&best.version);
        }
        let others = versions.iter().filter(|stored| stored.at != best.at);
        told.omitted.extend(others.flat_map(|stored| stored.entries.iter().map(|index| (*index, OTHER_REASON))));
        let other: BTreeSet<&str> =
            versions.iter().map(|stored| stored.version.as_str()).filter(|version| *version != best.version).collect();
        if !other.is_empty() {
            let other = other.into_iter().collect::<Vec<_>>().join(", ");
            let message = format!(
                "pnpm's store holds several versions of {}: {} is taken, {other} left out",
                quoted(name),
                best.version
            );
            notes_of_source.push(Note::new(codes::NPM_STORE, best.at.clone(), message));
        }
        told.parts.push(part);
    }
    let own: Vec<usize> = beside
        .entries
        .iter()
        .copied()
        .filter(|index| {
            let path = beside.source.entries.get(*index).map_or("", |entry| entry.path.as_str());
            package_name(within(path, beside.at).unwrap_or(path)).is_some_and(|name| !stored.contains_key(&name))
        })
        .collect();
    if !own.is_empty() {
        let folder = Folder::of(beside.source, beside.at, own);
        told.parts.push(modules_part(&folder, "it lies beside pnpm's store"));
    }
    // Links that were read from an archive are told by what became of them here.
    for part in &mut told.parts {
        part.notes.retain(|note| ![codes::LINK_FOLDER, codes::LINK_DANGLING, codes::LINK].contains(&note.code));
    }
    if let Some(first) = told.parts.first_mut() {
        first.notes.extend(notes_of_source);
    }
    let seen: BTreeSet<usize> = told
        .parts
        .iter()
        .flat_map(|part| part.entries.iter().copied())
        .chain(told.omitted.iter().map(|(index, _)| *index))
        .collect();
    let rest = beside.entries.iter().chain(notes).filter(|index| !seen.contains(index)).map(|index| {
        let path = store.source.entries.get(*index).map_or("", |entry| entry.path.as_str());
        let linked = within(path, store.at).is_some_and(|rest| rest.contains('/')) || beside.entries.contains(index);
        (*index, if linked { LINK_REASON } else { INSTALLER_REASON })
    });
    let rest: Vec<(usize, &'static str)> = rest.collect();
    told.omitted.extend(rest);
    told
}

/// Every package of the store by name. One that is there for several peers is there several times.
fn stored(store: &Folder) -> BTreeMap<String, Vec<Stored>> {
    let mut packages: BTreeMap<String, Vec<Stored>> = BTreeMap::new();
    for (folder, entries) in &store.level.folders {
        let Some((name, version)) = parse_folder(folder) else { continue };
        let at = format!("{}/node_modules/{name}", store.below(folder));
        let own = |index: &usize| {
            let entry = store.source.entries.get(*index);
            entry.is_some_and(|entry| within(&entry.path, &at).is_some_and(|rest| !rest.is_empty()))
        };
        let entries: Vec<usize> = entries.iter().copied().filter(own).collect();
        if !entries.is_empty() {
            packages.entry(name).or_default().push(Stored { version, at, entries });
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

/// The order of two versions (<https://semver.org>, item 11), as far as numbers go: a release comes after its previews.
fn order(a: &str, b: &str) -> Ordering {
    let split = |version: &str| {
        let plain = version.split('+').next().unwrap_or("").to_owned();
        let (numbers, preview) = match plain.split_once('-') {
            Some((numbers, preview)) => (numbers.to_owned(), preview.to_owned()),
            None => (plain, String::new()),
        };
        let numbers: Vec<u64> = numbers.split('.').map(|number| number.parse().unwrap_or(0)).collect();
        (numbers, preview.is_empty(), preview)
    };
    split(a).cmp(&split(b))
}
