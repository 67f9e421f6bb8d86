//! Findings about programs and libraries by their first bytes, and about scripts that Lambda starts.

use super::dependencies::is_plain;
use super::{Finding, Severity, Subject};
use crate::inspect::{Format, HEAD, Inspection};
use crate::order::BTreeMap;
use crate::path::file_name;
use crate::place::Placement;
use crate::recognise::{Kind, Recognised};
use crate::tables::layouts::BOOTSTRAP;
use crate::tables::rules;
use crate::tables::runtimes::{Language, Runtime};
use crate::words::{counted, few, grouped, listed};

pub fn check(subject: &Subject) -> Vec<Finding> {
    let runtimes = subject.settings.runtimes();
    let mut findings = Vec::new();
    for placement in subject.placements.iter().filter(|placement| !placement.excluded) {
        let Some(part) = subject.parts.get(placement.part) else { continue };
        findings.extend(wrapper(&runtimes, part, placement));
        findings.extend(without_interpreter(subject, part, placement));
        if placement.path.as_str() == BOOTSTRAP {
            findings.extend(bootstrap(&runtimes, part));
        }
    }
    findings.extend(for_debuggers(subject));
    findings.extend(unread(subject));
    findings
}

/// What only debuggers read, for each package.
fn for_debuggers(subject: &Subject) -> Vec<Finding> {
    let mut packages: BTreeMap<usize, (u64, usize, &str, usize)> = BTreeMap::new();
    for file in &subject.layer.files {
        if let Inspection::Elf(elf) = file.found
            && elf.debug > 0
        {
            let row = packages.entry(file.package).or_insert((0, 0, file.path, file.part));
            row.0 += elf.debug;
            row.1 += 1;
        }
    }
    let mut findings = Vec::new();
    for (bytes, files, path, part) in packages.into_values() {
        let (more, verb) = match files {
            1 => (String::new(), "holds"),
            several => (format!(" and {} of its package", counted(several - 1, "more file")), "hold"),
        };
        let message = format!("{path}{more} {verb} {} bytes that only debuggers read", grouped(bytes));
        let mut finding = Finding::new(rules::DEBUG_SYMBOLS, Severity::Note, message).at(path);
        if let Some(part) = subject.parts.get(part) {
            finding = finding.of_source(&part.source.name);
        }
        let name = file_name(path);
        if files == 1 && is_plain(name) {
            let call = ["strip", "--strip-debug", name].map(str::to_owned).to_vec();
            finding =
                finding.or_run(format!("Strip {name} on Linux, try it, and drop it in the place of this one"), call);
        }
        findings.push(finding);
    }
    findings
}

/// Compiled files of which nothing is known but their first bytes.
fn unread(subject: &Subject) -> Option<Finding> {
    let is_unread = |found: &Inspection| matches!(found, Inspection::Elf(elf) if elf.unread && elf.flaw.is_none());
    let mut paths: Vec<String> = Vec::new();
    for file in subject.layer.files.iter().filter(|file| is_unread(file.found)) {
        paths.push(file.path.to_owned());
    }
    let first = paths.first()?.clone();
    let message = format!(
        "what {} needs can't be read: it begins like a compiled file and goes on like none",
        listed(&few(paths))
    );
    Some(Finding::new(rules::NOT_CHECKED, Severity::Note, message).at(&first))
}

fn is_custom(runtime: &&Runtime) -> bool {
    runtime.language == Language::Provided
}

fn bootstrap(runtimes: &[&Runtime], part: &Recognised) -> Option<Finding> {
    let named: Vec<&str> = runtimes.iter().map(|runtime| runtime.id).collect();
    if runtimes.is_empty() || runtimes.iter().any(is_custom) {
        return None;
    }
    let message = format!("{BOOTSTRAP} is never started by {}", named.join(", "));
    Some(Finding::new(rules::BOOTSTRAP_UNUSED, Severity::Warning, message).of_source(&part.source.name).at(BOOTSTRAP))
}

/// A wrapper works once the function's environment names it, and never with custom runtimes.
fn wrapper(runtimes: &[&Runtime], part: &Recognised, placement: &Placement) -> Option<Finding> {
    if part.kind != Kind::ExecWrapper {
        return None;
    }
    let path = placement.path.as_str();
    let custom: Vec<&str> = runtimes.iter().copied().filter(is_custom).map(|runtime| runtime.id).collect();
    let (severity, message) = match custom.is_empty() {
        true => (Severity::Note, format!("{path} is used where AWS_LAMBDA_EXEC_WRAPPER is /opt/{path}")),
        false => (Severity::Warning, format!("{path} is a wrapper, and {} starts none", custom.join(", "))),
    };
    Some(Finding::new(rules::EXEC_WRAPPER, severity, message).of_source(&part.source.name).at(path))
}

/// A script that is one by its name alone.
fn without_interpreter(subject: &Subject, part: &Recognised, placement: &Placement) -> Option<Finding> {
    let path = placement.path.as_str();
    if part.kind != Kind::Executable || !path.ends_with(".sh") {
        return None;
    }
    let head = placement.content(subject.parts)?.head(HEAD).ok()?;
    (Format::of(&head) != Some(Format::Script)).then(|| {
        let message = format!("{path} does not begin with a line that names its interpreter");
        Finding::new(rules::NO_INTERPRETER_LINE, Severity::Warning, message).of_source(&part.source.name).at(path)
    })
}
