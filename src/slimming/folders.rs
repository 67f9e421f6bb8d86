//! Folders of tests, examples and documents that nothing else in the layer uses.

use crate::order::{BTreeMap, BTreeSet};

use super::{above, ending};
use crate::path::{file_name, folder_of, within};
use crate::place::Placement;
use crate::tables::runtimes::Language;
use crate::tables::slimming::{CODE_ENDINGS, DOCUMENTS, FOLDERS, Group, TESTS, is_document};
use crate::target::{Audience, Layer, root, site_of};

/// What code makes of folders and documents.
pub struct Uses<'a> {
    /// The folders that nothing uses, with what they hold.
    pub folders: BTreeMap<&'a str, &'static Group>,
    /// The documents that code names.
    pub documents: Documents<'a>,
}

/// What code names that is no module, each with the folder of its package: files, folders, and `*.md` for any such.
#[derive(Default)]
pub struct Documents<'a>(BTreeSet<(&'a str, String)>);

impl Documents<'_> {
    /// Whether code of its package names a file.
    pub fn names(&self, path: &str) -> bool {
        let has = |name: String| self.0.contains(&(root(path), name));
        has(file_name(path).to_owned()) || has(format!("*.{}", ending(path)))
    }
}

/// What nothing else in the layer uses.
pub fn folders<'a>(layer: &Layer, packed: &[&'a Placement]) -> Uses<'a> {
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
    let documents = without_used(layer, packed, &mut found);
    Uses { folders: found.into_iter().map(|(folder, candidate)| (folder, candidate.group)).collect(), documents }
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

/// Takes out the folders that other code uses; what these use in turn is used as well. Returns what code names beside
/// modules.
fn without_used<'a>(
    layer: &Layer,
    packed: &[&'a Placement],
    found: &mut BTreeMap<&'a str, Candidate>,
) -> Documents<'a> {
    let alone = packed.iter().map(|placement| placement.path.as_str()).filter(|path| is_document(file_name(path)));
    let languages: BTreeSet<Language> = found
        .values()
        .map(|candidate| candidate.language)
        .chain(alone.filter_map(|path| Audience::of(path).language()))
        .collect();
    let is_code = |path: &str| match ending(path) {
        // Only pytest reads it.
        "py" if file_name(path) == "conftest.py" => false,
        "py" => languages.contains(&Language::Python),
        "js" | "cjs" | "mjs" => languages.contains(&Language::NodeJs),
        "rb" => languages.contains(&Language::Ruby),
        "json" => languages.contains(&Language::NodeJs) && file_name(path) == "package.json",
        _ => false,
    };
    let code: Vec<&&'a Placement> = packed.iter().filter(|placement| is_code(placement.path.as_str())).collect();
    let mut read = BTreeSet::new();
    let mut named = Documents::default();
    loop {
        let mut used: BTreeSet<String> = BTreeSet::new();
        for (index, placement) in code.iter().enumerate() {
            let path = placement.path.as_str();
            if above(path).any(|folder| found.contains_key(folder)) || !read.insert(index) {
                continue;
            }
            let Some(part) = layer.parts.get(placement.part) else { continue };
            for name in part.mentions(placement.entry).iter() {
                match name.strip_prefix('/') {
                    Some(word) => drop(named.0.insert((root(path), word.to_owned()))),
                    None => used.extend(meant(path, name)),
                }
            }
        }
        let holders: BTreeSet<&str> = packed
            .iter()
            .map(|placement| placement.path.as_str())
            .filter(|path| named.names(path))
            .filter_map(|path| above(path).find(|folder| found.contains_key(folder)))
            .collect();
        let before = found.len();
        found.retain(|folder, _| {
            let by_module = used.iter().any(|path| within(path, folder).is_some());
            !by_module && !holders.contains(folder) && !named.0.contains(&(root(folder), file_name(folder).to_owned()))
        });
        if found.len() == before {
            return named;
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
