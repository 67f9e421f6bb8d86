//! Findings about what was dropped: refused, not recognised, normalised, or at the same path twice.

use std::collections::BTreeMap;

use super::{Finding, Severity, Subject};
use crate::content::Content;
use crate::place::Placement;
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
    codes::EMPTY_ARCHIVE,
];

pub fn check(subject: &Subject) -> Vec<Finding> {
    let mut findings = Vec::new();
    for part in subject.parts {
        findings.extend(refused(part));
        findings.extend(unrecognised(part));
        findings.extend(notes(part));
    }
    findings.extend(same_paths(subject));
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

/// Several files for one path: the last in the order of the sources' names is packed. One finding a pair of sources.
fn same_paths(subject: &Subject) -> Vec<Finding> {
    let mut pairs: BTreeMap<(usize, usize, bool), (usize, &Placement, &Placement)> = BTreeMap::new();
    let included: Vec<&Placement> = subject.placements.iter().filter(|placement| !placement.excluded).collect();
    for same in included.chunk_by(|a, b| a.path == b.path) {
        let Some((winner, losers)) = same.split_last() else { continue };
        for loser in losers {
            let equal = equal_content(loser.content(subject.parts), winner.content(subject.parts));
            pairs.entry((loser.part, winner.part, equal)).or_insert((0, loser, winner)).0 += 1;
        }
    }
    let mut findings: Vec<Finding> = pairs
        .into_iter()
        .filter_map(|((loser_part, winner_part, equal), (count, loser, winner))| {
            let parts = (subject.parts.get(loser_part)?, subject.parts.get(winner_part)?);
            let path = winner.path.as_str();
            let (loser, winner) = match parts.0.source.name == parts.1.source.name {
                true => (&loser.entry(subject.parts)?.path, &winner.entry(subject.parts)?.path),
                false => (&parts.0.source.name, &parts.1.source.name),
            };
            let files = counted(count, "file");
            let (severity, which) = match equal {
                true => (Severity::Note, "with the same contents".to_owned()),
                false => (Severity::Warning, format!("with other contents; {winner}'s will be packed")),
            };
            let message = format!("{loser} and {winner} both bring {files}, such as {path}, {which}");
            let finding =
                Finding::new(rules::DUPLICATE_PATH, severity, message).of_source(&parts.0.source.name).at(path);
            let same = parts.0.source.name == parts.1.source.name;
            Some(if same || equal { finding } else { finding.or_exclude(parts.0).or_exclude(parts.1) })
        })
        .collect();
    findings.extend(file_and_folder(&included));
    findings
}

/// A path that one file has and another goes through.
fn file_and_folder(included: &[&Placement]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, placement) in included.iter().enumerate() {
        let path = placement.path.as_str();
        let below = format!("{path}/");
        // Names such as "a.b" sort between "a" and "a/b", so what lies below need not be the next row.
        let start = included.partition_point(|other| other.path.as_str() < below.as_str());
        if let Some(other) = included.get(start.max(index)).filter(|other| other.path.as_str().starts_with(&below)) {
            let message = format!("{path} is a file, but {} needs a folder of that name", other.path);
            findings.push(Finding::new(rules::DUPLICATE_PATH, Severity::Error, message).at(path));
        }
    }
    findings
}

/// Whether two contents are known to be the same, by what their archives say of them.
fn equal_content(a: Option<&Content>, b: Option<&Content>) -> bool {
    match (a, b) {
        (Some(Content::Member(a)), Some(Content::Member(b))) => a.crc == b.crc && a.size == b.size,
        _ => false,
    }
}
