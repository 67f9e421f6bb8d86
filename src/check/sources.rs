//! Findings about what was dropped: refused, not recognised, or normalised.

use std::collections::BTreeMap;

use super::{Finding, Severity, Subject};
use crate::recognise::{Kind, Recognised};
use crate::tables::codes::{self, Code};
use crate::tables::rules;
use crate::words::counted;

/// Codes that a person should look at even though the source was accepted.
const WARNED: &[&Code] = &[
    codes::NAME_BACKSLASH,
    codes::NAME_ABSOLUTE_STRIPPED,
    codes::NAME_INVISIBLE,
    codes::NAME_CP437,
    codes::LINK_DANGLING,
    codes::LINK_FOLDER,
    codes::WHEEL_UNRECORDED,
    codes::NPM_STORE,
    codes::BUILTIN_NAME,
    codes::EMPTY_ARCHIVE,
];

pub fn check(subject: &Subject) -> Vec<Finding> {
    let mut findings = Vec::new();
    for part in subject.parts {
        findings.extend(refused(part));
        findings.extend(unrecognised(part));
        findings.extend(not_ready(part));
        findings.extend(notes(part));
    }
    findings
}

fn refused(part: &Recognised) -> Option<Finding> {
    let refusal = part.refused.as_ref()?;
    let message = format!("{}: {} ({})", part.source.name, refusal.message, refusal.code.id);
    // What is tolerated in other archives is not in one that tools make.
    let tolerated = [rules::NORMALISED_ARCHIVE, rules::NORMALISED_NAME].contains(&refusal.code.rule);
    let rule = if tolerated { rules::INVALID_WHEEL } else { refusal.code.rule };
    let mut finding = Finding::new(rule, Severity::Error, message).of_source(&part.source.name);
    finding.code = Some(refusal.code);
    Some(finding)
}

fn unrecognised(part: &Recognised) -> Option<Finding> {
    if part.kind != Kind::Unrecognised {
        return None;
    }
    let first = part.entries.first().and_then(|index| part.source.entries.get(*index));
    let message = match (part.entries.len(), first) {
        (0, _) => format!("{}: it holds no file that is known", part.source.name),
        (1, Some(entry)) if entry.content.size() == 0 => {
            format!("{}: {} is empty (0 bytes) and of no known kind", part.source.name, entry.path)
        }
        (1, Some(entry)) => format!("{}: {} is of no known kind", part.source.name, entry.path),
        (count, Some(entry)) => {
            format!("{}: {} are of no known kind, {} among them", part.source.name, counted(count, "file"), entry.path)
        }
        (_, None) => return None,
    };
    Some(Finding::new(rules::UNRECOGNISED_SOURCE, Severity::Warning, message).of_source(&part.source.name))
}

fn not_ready(part: &Recognised) -> Option<Finding> {
    let message = format!("{}: {}", part.source.name, part.advice);
    let finding = Finding::new(rules::NOT_READY, Severity::Warning, message).of_source(&part.source.name);
    (!part.advice.is_empty()).then_some(finding)
}

/// What was normalised, one finding for all occurrences of a code in a source.
fn notes(part: &Recognised) -> Vec<Finding> {
    let mut by_code: BTreeMap<&str, (&'static Code, usize, &str)> = BTreeMap::new();
    for note in &part.notes {
        by_code.entry(note.code.id).or_insert((note.code, 0, &note.message)).1 += 1;
    }
    by_code
        .into_values()
        .map(|(code, count, message)| {
            let more = if count > 1 { format!(", and {} more like it", count - 1) } else { String::new() };
            let severity = if WARNED.contains(&code) { Severity::Warning } else { Severity::Note };
            let message = format!("{}: {message}{more} ({})", part.source.name, code.id);
            let mut finding = Finding::new(code.rule, severity, message).of_source(&part.source.name);
            finding.code = Some(code);
            finding
        })
        .collect()
}
