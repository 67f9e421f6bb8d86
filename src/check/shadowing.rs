//! Findings about modules that take the place of others: of Python's standard library, or of the SDK in the runtime.

use super::{Change, Finding, FixKind, Severity, Subject};
use crate::choices::{Operation, Scope};
use crate::order::BTreeMap;
use crate::path::within;
use crate::place::Placement;
use crate::tables::rules;
use crate::tables::runtimes::{Language, RUNTIMES, Runtime, Support};
use crate::tables::shadowing::{PYTHON_SDK, standard};
use crate::target::{Audience, site_of};
use crate::words::{grouped, listed};

pub fn check(subject: &Subject) -> Vec<Finding> {
    let modules = modules(subject);
    let mut findings: Vec<Finding> =
        modules.iter().filter_map(|(path, module)| of_standard(subject, path, module)).collect();
    findings.extend(sdk(subject, &modules));
    findings
}

/// A module that can be imported by its bare name.
struct Module<'a> {
    name: &'a str,
    source: &'a str,
}

/// The modules directly in the folders that Python searches, by their paths. A folder without `__init__` takes no other's
/// place: a module that comes later in the path wins over it.
fn modules<'a>(subject: &'a Subject) -> BTreeMap<&'a str, Module<'a>> {
    let module = |placement: &'a Placement| {
        let path = placement.path.as_str();
        let site = site_of(path)?;
        let rest = within(path, site)?;
        let (top, below) = rest.split_once('/').map_or((rest, None), |(top, below)| (top, Some(below)));
        let name = match below {
            Some("__init__.py" | "__init__.pyc") => top,
            Some(_) => return None,
            None => top.strip_suffix(".py").or_else(|| top.strip_suffix(".pyc")).or_else(|| top.strip_suffix(".so"))?,
        };
        let name = name.split('.').next().unwrap_or(name);
        let end = if below.is_some() { path.len() - rest.len() + top.len() } else { path.len() };
        let source = subject.parts.get(placement.part)?.source.name.as_str();
        Some((path.get(..end)?, Module { name, source }))
    };
    subject.placements.iter().filter(|placement| !placement.excluded).filter_map(module).collect()
}

fn of_standard(subject: &Subject, path: &str, module: &Module) -> Option<Finding> {
    let chosen = subject.settings.runtimes();
    let is_current = |runtime: &Runtime| matches!(runtime.support, Support::Current { .. });
    let audience = Audience::of(path);
    let meant = RUNTIMES.iter().filter(|runtime| {
        let wanted = if chosen.is_empty() { is_current(runtime) } else { chosen.contains(runtime) };
        wanted && runtime.language == Language::Python && runtime.numbers().0 == 3 && audience.includes(runtime)
    });
    let (mut on, mut breaks) = (Vec::new(), false);
    for runtime in meant {
        if let Some(module) = standard(module.name, runtime.numbers().1) {
            on.push(runtime.id);
            breaks |= module.breaks;
        }
    }
    if on.is_empty() {
        return None;
    }
    let severity = if breaks { Severity::Error } else { Severity::Warning };
    let message = format!("{path} takes the place of Python's own module {} on {}", module.name, listed(&on));
    let finding = Finding::new(rules::SHADOWS_STANDARD_LIBRARY, severity, message).at(path).of_source(module.source);
    Some(finding.or_exclude_path(path))
}

/// A copy of the SDK, whole or in part.
fn sdk(subject: &Subject, modules: &BTreeMap<&str, Module>) -> Vec<Finding> {
    let mut by_site: BTreeMap<&str, Vec<(&str, &Module)>> = BTreeMap::new();
    for (path, module) in modules.iter().filter(|(_, module)| PYTHON_SDK.contains(&module.name)) {
        by_site.entry(site_of(path).unwrap_or("")).or_default().push((path, module));
    }
    let mut findings = Vec::new();
    for own in by_site.into_values() {
        let Some((path, module)) = own.first() else { continue };
        let names: Vec<&str> = own.iter().map(|(_, module)| module.name).collect();
        let lies = |placement: &&Placement| own.iter().any(|(path, _)| placement.path.is_within(path));
        let placed = subject.placements.iter().filter(|placement| !placement.excluded).filter(lies);
        let bytes: u64 =
            placed.filter_map(|placement| placement.content(subject.parts)).map(|content| content.size()).sum();
        let (severity, more) = match own.len() == PYTHON_SDK.len() {
            true => (Severity::Note, format!("they have {} bytes here", grouped(bytes))),
            false => (Severity::Warning, "alone, it runs with parts of another version".to_owned()),
        };
        let message = format!("{} {} what the runtime brings; {more}", listed(&names), replace(own.len()));
        let mut finding = Finding::new(rules::BRINGS_SDK, severity, message).at(path).of_source(module.source);
        // One without the other would run with parts of another version.
        finding = match own.as_slice() {
            [(path, _)] => finding.or_exclude_path(path),
            several => {
                let paths = several.iter().map(|(path, _)| (*path).to_owned()).collect();
                let operation = Operation::Exclude(Scope::Paths(Scope::sorted(paths)));
                let (id, label) = (format!("exclude-sdk:{path}"), format!("Leave out {}", listed(&names)));
                finding.with_fix(id, label, FixKind::Suggested, Change::Operate(operation))
            }
        };
        findings.push(finding);
    }
    findings
}

fn replace(count: usize) -> &'static str {
    if count == 1 { "replaces a part of" } else { "replace" }
}
