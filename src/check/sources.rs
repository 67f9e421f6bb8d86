//! Findings about what was dropped: refused, not recognised, or normalised.

use std::rc::Rc;

use super::{Change, Finding, FixKind, Severity, Subject};
use crate::choices::Operation;
use crate::order::{BTreeMap, BTreeSet};
use crate::path::{file_name, within};
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
    codes::LIMIT_NESTING,
    codes::TRAILING_DATA_IGNORED,
    codes::TYPE_UNKNOWN,
    codes::DUPLICATE_LAST_WINS,
    codes::SPECIAL_SKIPPED,
    codes::ENDING_MISLEADS,
    codes::WHEEL_UNRECORDED,
    codes::NPM_STORE,
    codes::BUILTIN_NAME,
    codes::PTH_ABSOLUTE,
    codes::EMPTY_ARCHIVE,
    codes::LIMIT_NAME,
    codes::LIMIT_DEPTH,
];

pub fn check(subject: &Subject) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, part) in subject.parts.iter().enumerate() {
        findings.extend(refused(part));
        findings.extend(unrecognised(subject, index, part));
        findings.extend(not_ready(part));
        findings.extend(notes(part));
    }
    findings
}

fn refused(part: &Recognised) -> Option<Finding> {
    let refusal = part.refused.as_ref()?;
    let source = if part.source.name.is_empty() { String::new() } else { format!("{}: ", part.source.name) };
    let message = format!("{source}{}", refusal.message);
    // What is tolerated in other archives is not in one that tools make.
    let tolerated = [rules::NORMALISED_ARCHIVE, rules::NORMALISED_NAME].contains(&refusal.code.rule);
    let rule = if tolerated { rules::INVALID_WHEEL } else { refusal.code.rule };
    let mut finding = Finding::new(rule, Severity::Error, message).of_source(&part.source.name);
    finding.code = Some(refusal.code);
    Some(finding.or_exclude(part))
}

/// What is of no known kind, as far as the person has not put it somewhere.
fn unrecognised(subject: &Subject, index: usize, part: &Recognised) -> Option<Finding> {
    let holds =
        |other: &Rc<Recognised>| within(&other.source.name, &part.source.name).is_some_and(|rest| !rest.is_empty());
    if part.kind != Kind::Unrecognised || part.entries.is_empty() && subject.parts.iter().any(holds) {
        return None;
    }
    let own = subject.placements.iter().filter(|placement| placement.part == index);
    let placed: BTreeSet<usize> = own.map(|placement| placement.entry).collect();
    let left = || part.entries.iter().filter(|entry| !placed.contains(entry));
    let first = left().next().and_then(|entry| part.entry(*entry));
    let message = match (left().count(), first) {
        (0, _) if !placed.is_empty() => return None,
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
    let finding = Finding::new(rules::UNRECOGNISED_SOURCE, Severity::Warning, message).of_source(&part.source.name);
    let (path, to, what) = match (left().count(), first) {
        (_, None) => return Some(finding),
        (1, Some(entry)) => (entry.path.as_str(), file_name(&entry.path), "it"),
        _ => (part.source.root(), part.source.root(), "them"),
    };
    let label = format!("Put {what} at /opt/{to}").trim_end_matches('/').to_owned();
    let operation = Operation::Place { source: part.source.name.clone(), path: path.to_owned(), to: to.to_owned() };
    let id = format!("place:{}", part.source.name);
    Some(finding.with_fix(id, label, FixKind::Suggested, Change::Operate(operation)))
}

fn not_ready(part: &Recognised) -> Option<Finding> {
    let message = format!("{}: {}", part.source.name, part.advice);
    let rule = match part.kind {
        Kind::DotNet | Kind::Go | Kind::Rust => rules::LAYER_DISCOURAGED,
        _ => rules::NOT_READY,
    };
    let finding = Finding::new(rule, Severity::Warning, message).of_source(&part.source.name);
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
            let message = format!("{}: {message}{more}", part.source.name);
            let mut finding = Finding::new(code.rule, severity, message).of_source(&part.source.name);
            finding.code = Some(code);
            finding
        })
        .collect()
}
