//! Findings about npm packages that hold ES modules alone, against runtimes that can't load them.

use super::dependencies::{Present, found, present};
use super::{Finding, Severity, Subject};
use crate::inspect::requires::Sureness;
use crate::order::{BTreeMap, BTreeSet};
use crate::path::within;
use crate::place::beginning;
use crate::tables::npm::REQUIRES_ES_MODULES;
use crate::tables::rules;
use crate::tables::runtimes::{Language, Runtime};
use crate::tables::secrets::TEST_FOLDERS;
use crate::words::listed;

pub fn check(subject: &Subject) -> Vec<Finding> {
    let runtimes = subject.settings.runtimes_of(Language::NodeJs);
    let runtimes: Vec<&Runtime> =
        runtimes.into_iter().filter(|runtime| runtime.numbers().0 < REQUIRES_ES_MODULES).collect();
    if runtimes.is_empty() {
        return Vec::new();
    }
    let present = present(subject);
    let only: BTreeMap<&str, &Present> =
        present.iter().filter(|one| one.manifest.es_modules_only).map(|one| (one.path, one)).collect();
    if only.is_empty() {
        return Vec::new();
    }
    let mut findings = Vec::new();
    let mut needed = BTreeSet::new();
    for one in present.iter().filter(|one| !one.manifest.dependencies.is_empty()) {
        for name in one.manifest.dependencies.keys() {
            needed.insert(name.as_str());
            let fails = |runtime: &&Runtime| {
                found(subject, runtime, one.path, name).is_some_and(|path| only.contains_key(path.as_str()))
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
        let is_common = path.ends_with(".cjs") || path.ends_with(".js") && !package.manifest.is_module;
        let is_own = inner.split('/').all(|part| part != "node_modules" && !TEST_FOLDERS.contains(&part));
        if is_common
            && is_own
            && let Some(part) = subject.parts.get(placement.part)
            && let Some(sureness) = part.required(placement.entry).get(name)
            && found.is_none_or(|(_, known)| *sureness < known)
        {
            found = Some((path, *sureness));
        }
    }
    found
}
