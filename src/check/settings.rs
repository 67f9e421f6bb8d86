//! Findings about the settings: what AWS would refuse, and what is missing for the checks.

use super::{Change, Finding, FixKind, Severity, Subject};
use crate::choices::{Audience, Operation};
use crate::place::packed_at;
use crate::tables::limits::MAX_RUNTIMES;
use crate::tables::rules;
use crate::tables::runtimes::{CHECKED_ON, Support, days_between};

/// Days before its deprecation from which on a runtime is told of.
const SOON: i64 = 180;

pub fn check(subject: &Subject) -> Vec<Finding> {
    let settings = subject.settings;
    let mut findings: Vec<Finding> = settings
        .problems()
        .into_iter()
        .map(|problem| {
            let finding = Finding::new(problem.rule, Severity::Error, problem.message);
            match problem.mended {
                Some(mended) => finding.with_fix(
                    format!("mend-setting:{}", problem.rule.id),
                    "Use the nearest value that is accepted".into(),
                    FixKind::Safe,
                    Change::Set(mended),
                ),
                None => finding,
            }
        })
        .collect();
    if settings.runtimes.is_empty() && subject.placements.iter().any(|placement| !placement.excluded) {
        findings.push(no_runtime(subject));
    }
    if settings.audiences().contains(&Audience::Everyone) {
        let message = "the layer is to be shared with everyone";
        findings.push(Finding::new(rules::SHARED_WITH_EVERYONE, Severity::Warning, message));
    }
    findings.extend(subject.unused.iter().map(|operation| unused(subject, operation)));
    for runtime in settings.runtimes() {
        for architecture in settings.architectures() {
            if !runtime.architectures.contains(&architecture) {
                let message = format!("{} is not offered on {}", runtime.id, architecture.id());
                findings.push(Finding::new(rules::UNAVAILABLE_ARCHITECTURE, Severity::Warning, message));
            }
        }
        if let Support::Deprecated { since } = runtime.support {
            let blocked = match runtime.update_blocked {
                day if day > CHECKED_ON => format!("functions on it can be updated until {day}"),
                _ => "functions on it can't be updated".to_owned(),
            };
            let message = format!("{} is deprecated since {since}, and {blocked} (as of {CHECKED_ON})", runtime.id);
            findings.push(Finding::new(rules::DEPRECATED_RUNTIME, Severity::Note, message));
        }
        if let Support::Current { until } = runtime.support
            && days_between(CHECKED_ON, until).is_some_and(|days| days <= SOON)
        {
            let blocked = match runtime.update_blocked {
                "" => String::new(),
                day => format!(", and functions on it can be updated until {day}"),
            };
            let message = format!("{} will be deprecated on {until}{blocked} (as of {CHECKED_ON})", runtime.id);
            findings.push(Finding::new(rules::SOON_DEPRECATED_RUNTIME, Severity::Note, message));
        }
        // Source: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-at-edge-function-restrictions.html
        if runtime.id.ends_with("-edge") {
            let message = format!("{} is a runtime of Lambda@Edge, which takes no layers", runtime.id);
            findings.push(Finding::new(rules::EDGE_TAKES_NO_LAYERS, Severity::Warning, message));
        }
    }
    findings
}

/// An operation that changed nothing, or not all that it is about.
fn unused(subject: &Subject, operation: &Operation) -> Finding {
    if let Operation::Link { paths, to } = operation {
        let at = |path: &str| packed_at(subject.placements, path);
        let unlike = |path: &&String| *path != to && at(path).is_some_and(|placement| placement.twin.is_none());
        if let Some(path) = at(to).and_then(|_| paths.iter().find(unlike)) {
            let message = format!("{path} stays a file: it holds other bytes than {to}, so it can't be a link to it");
            return Finding::new(rules::NOT_THE_SAME_BYTES, Severity::Warning, message).at(path);
        }
    }
    let message = format!("\"{}\" is about nothing that is in the layer now", operation.label());
    Finding::new(rules::UNKNOWN_PATH, Severity::Warning, message)
}

/// Nothing is chosen: what the content can run on is offered.
fn no_runtime(subject: &Subject) -> Finding {
    let finding = Finding::new(rules::NO_RUNTIME_CHOSEN, Severity::Warning, "no runtime is chosen");
    let runtimes: Vec<String> = subject.proposal.runtimes.iter().map(|runtime| runtime.id.to_owned()).collect();
    if runtimes.is_empty() || runtimes.len() > MAX_RUNTIMES {
        return finding;
    }
    let mut settings = subject.settings.clone();
    let mut label = format!("Choose {}", runtimes.join(", "));
    settings.runtimes = runtimes;
    if settings.architectures.is_empty() {
        settings.architectures =
            subject.proposal.architectures.iter().map(|architecture| architecture.id().to_owned()).collect();
        label = format!("{label} on {}", settings.architectures.join(" and "));
    }
    finding.with_fix("choose-proposed".into(), label, FixKind::Safe, Change::Set(settings))
}
