//! Layers on top of each other, as a function gets them: the merged `/opt`, who wins where, and whether all fits.
//!
//! Lambda unpacks the layers in their order into one `/opt`; of two files at a path, the one of the later layer stays.
//! The function's own code lies in `/var/task`, where Python and Node.js look before they look into layers.
//! Source: <https://docs.aws.amazon.com/lambda/latest/dg/chapter-layers.html>; checked on 2026-11-28.

use std::fmt::Write as _;
use std::rc::Rc;

use crate::check::Finding;
use crate::choices::{Choices, Settings};
use crate::markdown::{bytes, cell, code, section};
use crate::order::{BTreeMap, BTreeSet};
use crate::path::within;
use crate::place::Placement;
use crate::plan::{Plan, plan_under};
use crate::recognise::Recognised;
use crate::tables::limits::UNZIPPED_LIMIT;
use crate::tables::rules::{
    DUPLICATE_PATH, NO_RUNTIME_CHOSEN, OVER_DIRECT_UPLOAD_LIMIT, OVER_UNZIPPED_LIMIT, TWO_VERSIONS,
};
use crate::tables::runtimes::Language;
use crate::target::{Audience, root, site_of};
use crate::words::grouped;

/// A path that several layers have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shadow {
    /// The path under `/opt`.
    pub path: String,
    /// The layer whose file stays, as an index.
    pub winner: usize,
    /// The layers whose files are hidden by it.
    pub hidden: Vec<usize>,
    /// Whether all are the same file, by size and CRC-32.
    pub same: bool,
}

/// A module of layers that is never loaded: the function brings one of that name, and its own is found first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overridden {
    /// The module under `/opt`, e.g. `"python/requests"` or `"nodejs/node_modules/axios"`.
    pub path: String,
    /// The layers that have it.
    pub hidden: BTreeSet<usize>,
}

/// Layers on top of each other.
pub struct Stack {
    /// The layers in their order, and the function last where there is one.
    pub members: Vec<Rc<Recognised>>,
    /// Whether the last member is the function.
    pub has_function: bool,
    /// Bytes of all members unpacked, which Lambda's limit is about: what is hidden counts as well.
    pub unzipped: u64,
    /// Paths that several layers have.
    pub shadows: Vec<Shadow>,
    /// Modules that the function's own hide.
    pub overridden: Vec<Overridden>,
    /// Packages of which members have different versions: registry and name, and each version with who has it.
    pub packages: Vec<(String, Vec<(String, usize)>)>,
    /// The merged `/opt`.
    pub merged: Plan,
}

impl Stack {
    /// Layers in their order, and the function.
    pub fn of(layers: Vec<Rc<Recognised>>, function: Option<Rc<Recognised>>, settings: &Settings) -> Stack {
        let settings = Settings {
            runtimes: settings.runtimes.clone(),
            architectures: settings.architectures.clone(),
            ..Settings::default()
        };
        let choices = Choices { settings, ..Choices::default() };
        let merged = plan_under(function.as_deref(), layers.clone(), choices, None);
        let has_function = function.is_some();
        let overridden = function.iter().flat_map(|function| overridden(function, &merged)).collect();
        let members: Vec<Rc<Recognised>> = layers.into_iter().chain(function).collect();
        Stack {
            has_function,
            unzipped: members.iter().map(|member| member.size()).sum(),
            shadows: merged.placements.chunk_by(|a, b| a.path == b.path).filter_map(|at| shadow(&merged, at)).collect(),
            overridden,
            packages: disputed(&members),
            members,
            merged,
        }
    }

    /// Whether all of it is small enough: it must stay *under* the limit.
    pub fn fits(&self) -> bool {
        self.unzipped < UNZIPPED_LIMIT
    }

    /// What would go wrong in the merged `/opt`, apart from what is about a single layer and its publishing, and from what
    /// the stack itself tells.
    pub fn findings(&self) -> impl Iterator<Item = &Finding> {
        let aside = [DUPLICATE_PATH, NO_RUNTIME_CHOSEN, OVER_DIRECT_UPLOAD_LIMIT, OVER_UNZIPPED_LIMIT, TWO_VERSIONS];
        self.merged.findings.iter().filter(move |finding| !aside.contains(&finding.rule))
    }

    fn name(&self, index: usize) -> &str {
        self.members.get(index).map_or("", |member| &member.source.name)
    }

    /// In Markdown.
    pub fn markdown(&self) -> String {
        let mut text = "## Layers on top of each other\n\n| | files | bytes unpacked |\n|---|---:|---:|\n".to_owned();
        let mut row = |name: &str, entries: usize, bytes: u64| {
            let _ = writeln!(text, "| {name} | {} | {} |", grouped(entries as u64), grouped(bytes));
        };
        for (index, member) in self.members.iter().enumerate() {
            let is_function = self.has_function && index + 1 == self.members.len();
            let what = if is_function { "function" } else { "layer" };
            row(&format!("{what} {}", cell(&member.source.name)), member.entries.len(), member.size());
        }
        row("merged `/opt`", self.merged.sizes.entries, self.merged.sizes.unzipped);
        let (unzipped, limit) = (bytes(self.unzipped), grouped(UNZIPPED_LIMIT));
        let verdict = if self.fits() { "It fits" } else { "**It is too large**" };
        let _ = writeln!(text, "\n{verdict}: {unzipped} together; Lambda takes less than {limit}.");
        let packages = self.packages.iter().map(|(package, versions)| {
            let each = versions.iter().map(|(version, at)| format!("{} in {}", code(version), code(self.name(*at))));
            format!("{}: {}", code(package), each.collect::<Vec<_>>().join(", "))
        });
        section(&mut text, "Packages in several versions", &packages.collect::<Vec<_>>());
        let shadows = self.shadows.iter().map(|shadow| {
            let hidden: Vec<String> = shadow.hidden.iter().map(|at| code(self.name(*at))).collect();
            let same = if shadow.same { " (the same file)" } else { "" };
            format!("{}: {} hides {}{same}", code(&shadow.path), code(self.name(shadow.winner)), hidden.join(", "))
        });
        section(&mut text, "Files that several layers have", &shadows.collect::<Vec<_>>());
        let function = self.members.len().saturating_sub(1);
        let overridden = self.overridden.iter().map(|one| {
            let hidden: Vec<String> = one.hidden.iter().map(|at| code(self.name(*at))).collect();
            format!("{}: {} hides {}", code(&one.path), code(self.name(function)), hidden.join(", "))
        });
        section(&mut text, "Modules that the function brings itself", &overridden.collect::<Vec<_>>());
        let findings = self
            .findings()
            .map(|finding| format!("{} {}: {}", finding.severity.id(), finding.rule.id, code(&finding.message)));
        section(&mut text, "What would go wrong", &findings.collect::<Vec<_>>());
        text
    }
}

/// What several layers have at one path; the placements are sorted by layer.
fn shadow(merged: &Plan, at: &[Placement]) -> Option<Shadow> {
    let (winner, hidden) = at.split_last().filter(|(_, hidden)| !hidden.is_empty())?;
    let content = winner.content(&merged.parts)?;
    let same = |other: &Placement| other.content(&merged.parts).is_some_and(|other| other.is_known_to_equal(content));
    Some(Shadow {
        path: winner.path.to_string(),
        winner: winner.part,
        hidden: hidden.iter().map(|placement| placement.part).collect(),
        same: hidden.iter().all(same),
    })
}

/// The modules of layers that a function's own hide, as `sys.path` and the lookup in `node_modules` have them. A folder
/// without `__init__.py` hides none.
fn overridden(function: &Recognised, merged: &Plan) -> Vec<Overridden> {
    let mut own: BTreeSet<(Language, &str)> = BTreeSet::new();
    for entry in function.entries.iter().filter_map(|index| function.entry(*index)) {
        let path = entry.path.as_str();
        if let Some(name) = root(path).strip_prefix(MODULES).filter(|_| path.starts_with(MODULES)) {
            own.insert((Language::NodeJs, name));
        } else if let Some(name) = path.strip_suffix("/__init__.py").filter(|name| !name.contains('/')) {
            own.insert((Language::Python, name));
        } else if let Some((name, ending)) = path.split_once('.')
            && !name.contains('/')
            && ["py", "pyc", "so"].iter().any(|module| ending.rsplit('.').next() == Some(module))
        {
            own.insert((Language::Python, name));
        }
    }
    let mut found: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for placement in &merged.placements {
        let root = root(&placement.path);
        let language = Audience::of(&placement.path).language();
        let module = match language {
            Some(Language::Python) => site_of(&placement.path).and_then(|site| within(root, site)),
            Some(Language::NodeJs) => root.split_once(MODULES).map(|(_, name)| name),
            _ => None,
        };
        if language.zip(module).is_some_and(|key| own.contains(&key)) {
            found.entry(root).or_default().insert(placement.part);
        }
    }
    found.into_iter().map(|(path, hidden)| Overridden { path: path.to_owned(), hidden }).collect()
}

/// What stands before the name of a package of npm.
const MODULES: &str = "node_modules/";

/// The packages of which one member has another version than another member.
fn disputed(members: &[Rc<Recognised>]) -> Vec<(String, Vec<(String, usize)>)> {
    let mut found: BTreeMap<String, Vec<(String, usize)>> = BTreeMap::new();
    for (index, member) in members.iter().enumerate() {
        for (package, versions) in member.versions(&|_| true) {
            found.entry(package).or_default().extend(versions.into_iter().map(|version| (version, index)));
        }
    }
    // Where there are two versions and two members at all, two members differ.
    let differ = |all: &[(String, usize)]| {
        all.first()
            .is_some_and(|first| all.iter().any(|one| one.0 != first.0) && all.iter().any(|one| one.1 != first.1))
    };
    found.into_iter().filter(|(_, versions)| differ(versions)).collect()
}
