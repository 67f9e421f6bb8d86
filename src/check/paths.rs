//! Findings about paths that two things want: several files at one, a file where a folder is needed, and several builds
//! of one package in one folder.

use super::{Finding, Severity, Subject};
use crate::content::Content;
use crate::order::BTreeMap;
use crate::path::folder_of;
use crate::place::Placement;
use crate::recognise::python::distribution::{Distribution, normalise};
use crate::tables::rules;
use crate::words::counted;

pub fn check(subject: &Subject) -> Vec<Finding> {
    let builds = builds(subject);
    let told: Vec<(usize, usize)> = builds.iter().map(|(pair, _)| *pair).collect();
    let mut findings: Vec<Finding> = builds.into_iter().map(|(_, finding)| finding).collect();
    findings.extend(same(subject, &told));
    findings
}

/// Two builds of one package that were placed in one folder: for two processors, or in two versions.
fn builds(subject: &Subject) -> Vec<((usize, usize), Finding)> {
    let mut homes: BTreeMap<(String, String), Vec<(usize, &Distribution)>> = BTreeMap::new();
    for placement in subject.placements.iter().filter(|placement| !placement.excluded) {
        let Some(part) = subject.parts.get(placement.part) else { continue };
        let Some(entry) = placement.entry(subject.parts) else { continue };
        for distribution in &part.distributions {
            if entry.path.strip_prefix(distribution.dist_info.as_str()) == Some("/METADATA") {
                let site = folder_of(folder_of(placement.path.as_str())).to_owned();
                homes.entry((site, normalise(&distribution.name))).or_default().push((placement.part, distribution));
            }
        }
    }
    let mut findings = Vec::new();
    for ((site, _), builds) in homes {
        for pair in builds.windows(2) {
            let [(first, a), (second, b)] = pair else { continue };
            let (Some(parts), true) = (subject.parts.get(*first).zip(subject.parts.get(*second)), first != second)
            else {
                continue;
            };
            let (rule, message) = if a.version == b.version {
                let of =
                    |distribution: &Distribution| distribution.tags.first().map_or("", |tag| &tag.platform).to_owned();
                let message = format!(
                    "{} {} was dropped for {} and for {}; both go to {site}, where Lambda can't tell them apart",
                    a.name,
                    a.version,
                    of(a),
                    of(b),
                );
                (rules::MIXED_BUILDS, message)
            } else {
                let message =
                    format!("{} was dropped as {} and as {}; both go to {site}", a.name, a.version, b.version);
                (rules::TWO_VERSIONS, message)
            };
            let finding = Finding::new(rule, Severity::Error, message).of_source(&parts.0.source.name).at(&site);
            findings.push(((*first, *second), finding.or_exclude(parts.0).or_exclude(parts.1)));
        }
    }
    findings
}

/// Several files for one path: the last in the order of the sources' names is packed. One finding a pair of sources.
fn same(subject: &Subject, told: &[(usize, usize)]) -> Vec<Finding> {
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
        .filter(|((loser, winner, _), _)| !told.contains(&(*loser, *winner)))
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

/// A path that one file has and another goes through. Folders are far fewer than files, so they are looked up.
fn file_and_folder(included: &[&Placement]) -> Vec<Finding> {
    let mut folders: BTreeMap<&str, &Placement> = BTreeMap::new();
    let mut last = "";
    for placement in included {
        let mut folder = folder_of(placement.path.as_str());
        if folder == last {
            continue;
        }
        last = folder;
        while !folder.is_empty() && folders.insert(folder, placement).is_none() {
            folder = folder_of(folder);
        }
    }
    let file_at = |folder: &str| included.binary_search_by(|placement| placement.path.as_str().cmp(folder)).is_ok();
    folders
        .into_iter()
        .filter(|(folder, _)| file_at(folder))
        .map(|(folder, below)| {
            let message = format!("{folder} is a file, but {} needs a folder of that name", below.path);
            Finding::new(rules::DUPLICATE_PATH, Severity::Error, message).at(folder)
        })
        .collect()
}

/// Whether two contents are known to be the same, by what their archives say of them.
fn equal_content(a: Option<&Content>, b: Option<&Content>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => a.is_known_to_equal(b),
        _ => false,
    }
}
