//! Findings about npm packages that hold ES modules alone, against runtimes that can't load them.

use super::dependencies::found;
use super::{Finding, Severity, Subject};
use crate::inspect::requires::Sureness;
use crate::order::{BTreeMap, BTreeSet};
use crate::path::{folder_of, within};
use crate::place::beginning;
use crate::recognise::node::required::Required;
use crate::tables::limits::MAX_METADATA;
use crate::tables::npm::REQUIRES_ES_MODULES;
use crate::tables::rules;
use crate::tables::runtimes::{Language, Runtime};
use crate::tables::secrets::TEST_FOLDERS;
use crate::target::{Present, present};
use crate::words::listed;

pub fn check(subject: &Subject) -> Vec<Finding> {
    let runtimes = subject.settings.runtimes_of(Language::NodeJs);
    if runtimes.is_empty() {
        return Vec::new();
    }
    let present = present(subject.layer);
    let without = present.iter().filter(|one| holds_es_modules_alone(subject, one));
    let only: BTreeMap<&str, &Present> = without.map(|one| (one.path, one)).collect();
    if only.is_empty() {
        return Vec::new();
    }
    let mut findings = Vec::new();
    let mut needed = BTreeSet::new();
    for one in present.iter().filter(|one| !one.manifest.dependencies.is_empty()) {
        for name in one.manifest.dependencies.keys() {
            needed.insert(name.as_str());
            let fails = |runtime: &&Runtime| {
                let path = found(subject, runtime, one.path, name);
                // What `exports` offers to `import` alone is not there for `require`, whatever that can load.
                path.and_then(|path| only.get(path.as_str())).is_some_and(|one| {
                    runtime.numbers().0 < REQUIRES_ES_MODULES || one.manifest.required == Required::Nothing
                })
            };
            let on: Vec<&str> = runtimes.iter().copied().filter(fails).map(|runtime| runtime.id).collect();
            if on.is_empty() {
                continue;
            }
            let Some((file, sureness)) = requiring(subject, one, name) else { continue };
            let (verb, severity) = match sureness {
                Sureness::Sure => ("loads", Severity::Warning),
                Sureness::Maybe => ("loads, on a condition,", Severity::Note),
            };
            let message = format!(
                "{file} {verb} {name} with require, and that holds ES modules alone, which {} can't load so",
                listed(&on)
            );
            let finding = Finding::new(rules::REQUIRES_ES_MODULE, severity, message);
            findings.push(finding.at(file).of_source(one.source));
        }
    }
    findings.extend(only.values().filter_map(|one| alone(&runtimes, &needed, one)));
    findings
}

/// Whether a package offers nothing to `require` of a Node.js that loads no ES modules so.
fn holds_es_modules_alone(subject: &Subject, one: &Present) -> bool {
    match &one.manifest.required {
        Required::Unknown => false,
        Required::Nothing => true,
        Required::Path(path) => match path.rsplit_once('.').map(|(_, ending)| ending) {
            Some("mjs") => true,
            Some("cjs" | "json" | "node") => false,
            _ => is_module(subject, one, path),
        },
    }
}

/// Whether a file `.js` of a package is an ES module: the nearest `package.json` decides, a folder's own before its
/// parents'.
fn is_module(subject: &Subject, package: &Present, path: &str) -> bool {
    let mut folder = path;
    while !folder.is_empty() {
        let nearer = format!("{}/{folder}/package.json", package.path);
        let nearer = beginning(subject.placements, &nearer).find(|one| one.path.as_str() == nearer && !one.excluded);
        if let Some(text) = nearer.and_then(|one| one.content(subject.parts)?.read(MAX_METADATA).ok()?) {
            let json: Option<serde_json::Value> = serde_json::from_slice(&text).ok();
            return json.is_some_and(|json| json.get("type").and_then(|kind| kind.as_str()) == Some("module"));
        }
        folder = folder_of(folder);
    }
    package.manifest.is_module
}

/// A package that a function itself would load, where no import searches layers. What another package loads with
/// `import()` works, since that looks into `node_modules` around it.
fn alone(runtimes: &[&Runtime], needed: &BTreeSet<&str>, one: &Present) -> Option<Finding> {
    let old: Vec<&str> = runtimes.iter().filter(|runtime| runtime.numbers().0 < 18).map(|runtime| runtime.id).collect();
    let name = one.manifest.name.as_deref()?;
    if old.is_empty() || needed.contains(name) {
        return None;
    }
    let version = &one.manifest.version;
    let message = format!("{name} {version} holds ES modules alone, which {} can't load from a layer", listed(&old));
    Some(Finding::new(rules::ES_MODULES_ONLY, Severity::Error, message).at(one.path).of_source(one.source))
}

/// The file of a package that is no ES module and loads another one with `require` most surely: the first of them.
fn requiring<'a>(subject: &'a Subject, package: &Present, name: &str) -> Option<(&'a str, Sureness)> {
    let mut found = None;
    for placement in beginning(subject.placements, package.path) {
        let path = placement.path.as_str();
        let Some(inner) = within(path, package.path).filter(|_| !placement.excluded) else { continue };
        let is_own = inner.split('/').all(|part| part != "node_modules" && !TEST_FOLDERS.contains(&part));
        let is_code = path.ends_with(".cjs") || path.ends_with(".js");
        if is_code
            && is_own
            && let Some(part) = subject.parts.get(placement.part)
            && let Some(sureness) = part.required(placement.entry).get(name)
            && found.is_none_or(|(_, known)| *sureness < known)
            && (path.ends_with(".cjs") || !is_module(subject, package, inner))
        {
            found = Some((path, *sureness));
        }
    }
    found
}
