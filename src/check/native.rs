//! Findings about programs and libraries by their first bytes, and about scripts that Lambda starts.

use super::{Change, Finding, FixKind, Severity, Subject};
use crate::choices::{Operation, Scope};
use crate::place::Placement;
use crate::recognise::binary::Built;
use crate::recognise::{Kind, Recognised};
use crate::tables::layouts::BOOTSTRAP;
use crate::tables::rules;
use crate::tables::runtimes::{Architecture, Language, Runtime};

pub fn check(subject: &Subject) -> Vec<Finding> {
    let runtimes = subject.settings.runtimes();
    let mut findings = Vec::new();
    for placement in subject.placements.iter().filter(|placement| !placement.excluded) {
        let Some(part) = subject.parts.get(placement.part) else { continue };
        findings.extend(binary(subject, part, placement));
        findings.extend(wrapper(&runtimes, part, placement));
        findings.extend(without_interpreter(subject, part, placement));
        if placement.path.as_str() == BOOTSTRAP {
            findings.extend(bootstrap(&runtimes, part));
        }
    }
    findings
}

/// A file that was compiled for something else than the chosen targets.
fn binary(subject: &Subject, part: &Recognised, placement: &Placement) -> Option<Finding> {
    let (_, built) = part.binaries.iter().find(|(entry, _)| *entry == placement.entry)?;
    let path = placement.path.as_str();
    let (rule, message) = match built {
        Built::OtherSystem(system) => {
            (rules::WRONG_PLATFORM, format!("{path} is built for {system}; Lambda runs Linux"))
        }
        Built::OtherProcessor(processor) => {
            (rules::WRONG_ARCHITECTURE, format!("{path} is built for {processor}; Lambda has 64-bit x86_64 and arm64"))
        }
        Built::For(architecture) => {
            let wrong: Vec<Architecture> =
                subject.settings.architectures().into_iter().filter(|chosen| chosen != architecture).collect();
            let named: Vec<&str> = wrong.iter().map(|architecture| architecture.id()).collect();
            if named.is_empty() {
                return None;
            }
            let message = format!("{path} is built for {}; it does not run on {}", architecture.id(), named.join(", "));
            (rules::WRONG_ARCHITECTURE, message)
        }
    };
    let mut finding = Finding::new(rule, Severity::Error, message).of_source(&part.source.name).at(path);
    if let Built::For(architecture) = built {
        let mut settings = subject.settings.clone();
        settings.architectures = vec![architecture.id().to_owned()];
        finding = finding.with_fix(
            format!("choose-architecture:{}", architecture.id()),
            format!("Choose {} alone", architecture.id()),
            FixKind::Suggested,
            Change::Set(settings),
        );
    }
    Some(finding.with_fix(
        format!("exclude:{path}"),
        format!("Leave out {path}"),
        FixKind::Suggested,
        Change::Operate(Operation::Exclude(Scope::Path(path.to_owned()))),
    ))
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
    if part.kind != Kind::Executable || !part.binaries.is_empty() || !path.ends_with(".sh") {
        return None;
    }
    let head = placement.content(subject.parts)?.head(2).ok()?;
    (head != b"#!").then(|| {
        let message = format!("{path} does not begin with a line that names its interpreter");
        Finding::new(rules::NO_INTERPRETER_LINE, Severity::Warning, message).of_source(&part.source.name).at(path)
    })
}
