//! Folders of tests, examples and documents that nothing else in the layer uses.

use crate::order::{BTreeMap, BTreeSet};

use super::{above, ending};
use crate::path::{file_name, folder_of, within};
use crate::place::Placement;
use crate::tables::runtimes::Language;
use crate::tables::slimming::{CODE_ENDINGS, DOCUMENTS, FOLDERS, Group, TESTS};
use crate::target::{Audience, Layer, root, site_of};

/// The folders with what they hold.
pub fn folders<'a>(layer: &Layer, packed: &[&'a Placement]) -> BTreeMap<&'a str, &'static Group> {
    let mut found: BTreeMap<&str, Candidate> = BTreeMap::new();
    for placement in packed {
        let path = placement.path.as_str();
        let Some((folder, language, group)) = candidate(path) else { continue };
        let candidate = found.entry(folder).or_insert(Candidate { language, group, tests: false, code: false });
        candidate.tests |= ending(path) == "py" && file_name(path).contains("test");
        candidate.code |= CODE_ENDINGS.contains(&ending(path));
    }
    found.retain(|_, candidate| match candidate.group {
        group if group == DOCUMENTS => !candidate.code,
        group if group == TESTS => candidate.language != Language::Python || candidate.tests,
        _ => true,
    });
    without_used(layer, packed, &mut found);
    found.into_iter().map(|(folder, candidate)| (folder, candidate.group)).collect()
}

struct Candidate {
    language: Language,
    group: &'static Group,
    /// Whether a module in it is called after tests.
    tests: bool,
    /// Whether it holds anything but documents.
    code: bool,
}

/// The outermost folder around a path that is called like one of a group.
fn candidate(path: &str) -> Option<(&str, Language, &'static Group)> {
    let language = Audience::of(path).language()?;
    let base = match language {
        Language::Python => site_of(path)?,
        _ => Some(root(path)).filter(|root| *root != path)?,
    };
    // What lies at the top of Python's folder can be imported by the function, whatever it is called.
    let depth = if language == Language::Python { 1 } else { 0 };
    let is_inside = |folder: &&str| {
        let rest = within(folder, base).filter(|rest| !rest.is_empty());
        rest.is_some_and(|rest| rest.split('/').count() > depth)
    };
    above(path).filter(is_inside).find_map(|folder| {
        let name = file_name(folder);
        let row = FOLDERS.iter().find(|row| row.language == language && row.names.contains(&name))?;
        // Deep in a package of npm or a gem, such names are as good as any other.
        let counts = language == Language::Python || folder_of(folder) == base || name == "__tests__";
        counts.then_some((folder, language, row.group))
    })
}

/// Takes out the folders that other code uses; what these use in turn is used as well.
fn without_used(layer: &Layer, packed: &[&Placement], found: &mut BTreeMap<&str, Candidate>) {
    let languages: BTreeSet<Language> = found
        .values()
        .filter(|candidate| candidate.group != DOCUMENTS && candidate.language != Language::Ruby)
        .map(|candidate| candidate.language)
        .collect();
    let is_code = |path: &str| match ending(path) {
        // Only pytest reads it.
        "py" if file_name(path) == "conftest.py" => false,
        "py" => languages.contains(&Language::Python),
        "js" | "cjs" | "mjs" => languages.contains(&Language::NodeJs),
        "json" => languages.contains(&Language::NodeJs) && file_name(path) == "package.json",
        _ => false,
    };
    let code: Vec<&&Placement> = packed.iter().filter(|placement| is_code(placement.path.as_str())).collect();
    let mut read = BTreeSet::new();
    loop {
        let mut used: BTreeSet<String> = BTreeSet::new();
        let mut named: BTreeSet<(&str, String)> = BTreeSet::new();
        for (index, placement) in code.iter().enumerate() {
            let path = placement.path.as_str();
            if above(path).any(|folder| found.contains_key(folder)) || !read.insert(index) {
                continue;
            }
            let Some(part) = layer.parts.get(placement.part) else { continue };
            for name in part.mentions(placement.entry).iter() {
                match name.strip_prefix('/') {
                    Some(word) => drop(named.insert((root(path), word.to_owned()))),
                    None => used.extend(meant(path, name)),
                }
            }
        }
        let before = found.len();
        found.retain(|folder, _| {
            let by_module = used.iter().any(|path| within(path, folder).is_some());
            !by_module && !named.contains(&(root(folder), file_name(folder).to_owned()))
        });
        if found.len() == before {
            return;
        }
    }
}

/// The paths that a name in a file can mean.
fn meant(path: &str, name: &str) -> Vec<String> {
    let join = |folder: &str, rest: &str| normal(&format!("{folder}/{rest}"));
    if ending(path) == "py" {
        let rest = name.trim_start_matches('.');
        let below = rest.replace('.', "/");
        return match name.len() - rest.len() {
            0 => site_of(path).map(|site| join(site, &below)).into_iter().collect(),
            dots => vec![join(folder_of(path), &format!("{}{below}", "../".repeat(dots - 1)))],
        };
    }
    if name.starts_with('.') {
        return vec![join(folder_of(path), name)];
    }
    // A package of its own, or in package.json a path in the package.
    let mut modules: Vec<String> = path
        .match_indices("node_modules/")
        .filter_map(|(at, found)| Some(join(path.get(..at + found.len() - 1)?, name)))
        .collect();
    if ending(path) == "json" && !name.ends_with('/') {
        modules.push(join(folder_of(path), name));
    }
    modules
}

/// A path without `.` and `..`.
fn normal(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}
