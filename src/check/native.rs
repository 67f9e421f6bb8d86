//! Findings about programs and libraries by their first bytes, and about scripts that Lambda starts.

use super::{Finding, Severity, Subject};
use crate::place::Placement;
use crate::recognise::{Kind, Recognised};
use crate::tables::layouts::BOOTSTRAP;
use crate::tables::rules;
use crate::tables::runtimes::{Language, Runtime};

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
    findings
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
    let head = placement.content(subject.parts)?.head(2).ok()?;
    (head != b"#!").then(|| {
        let message = format!("{path} does not begin with a line that names its interpreter");
        Finding::new(rules::NO_INTERPRETER_LINE, Severity::Warning, message).of_source(&part.source.name).at(path)
    })
}
