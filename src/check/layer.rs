//! Findings about the layer as a whole: its size against AWS's limits.

use super::{Change, Finding, FixKind, Severity, Subject};
use crate::choices::{Operation, Repair};
use crate::order::BTreeMap;
use crate::place::{self, Placement};
use crate::tables::layouts::{flat_folder, versioned_folder, versions_folder};
use crate::tables::limits::{DIRECT_UPLOAD_LIMIT, UNZIPPED_LIMIT};
use crate::tables::rules;
use crate::tables::runtimes::{Language, RUNTIMES};
use crate::words::{counted, grouped};

pub fn check(subject: &Subject) -> Vec<Finding> {
    let mut findings: Vec<Finding> = subject.repairs.iter().map(repaired).collect();
    findings.extend(versions(subject));
    findings.extend(copied(subject));
    if !subject.parts.is_empty() && subject.placements.iter().all(|placement| placement.excluded) {
        findings.push(Finding::new(
            rules::EMPTY_LAYER,
            Severity::Error,
            "nothing of what was dropped goes into the layer",
        ));
    }
    // AWS's own words are "must be smaller than".
    let limit = subject.settings.unzipped_limit();
    if subject.unzipped >= limit {
        let others = match UNZIPPED_LIMIT - limit {
            0 => String::new(),
            others => format!(", of which the function and its other layers have {}", grouped(others)),
        };
        let message = format!(
            "the layer has {} unpacked; Lambda takes less than {} for a function with its layers{others}",
            counted(usize::try_from(subject.unzipped).unwrap_or(usize::MAX), "byte"),
            grouped(UNZIPPED_LIMIT)
        );
        findings.push(Finding::new(rules::OVER_UNZIPPED_LIMIT, Severity::Error, message));
    }
    if subject.zipped > DIRECT_UPLOAD_LIMIT && subject.settings.s3_bucket.is_empty() {
        let about = if subject.zipped_is_exact { "has" } else { "will have about" };
        let message = format!(
            "the zip {about} {} bytes; a direct upload may have {}",
            grouped(subject.zipped),
            grouped(DIRECT_UPLOAD_LIMIT)
        );
        findings.push(Finding::new(rules::OVER_DIRECT_UPLOAD_LIMIT, Severity::Warning, message));
    }
    findings
}

fn repaired(repair: &Repair) -> Finding {
    Finding::new(rules::REPAIRED_LAYER, Severity::Note, format!("{}: {}", repair.label(), repair.reason))
}

/// Links of a dropped layer that could not stay what they were: a link has the rights of its file, and a place may ask
/// for others. One finding a source.
fn copied(subject: &Subject) -> Vec<Finding> {
    let mut found: BTreeMap<usize, (&Placement, &str, usize)> = BTreeMap::new();
    for placement in place::packed(subject.placements).filter(|one| one.twin.is_some() && one.link.is_none()) {
        let was = placement.entry(subject.parts).and_then(|entry| entry.copy_of.as_deref());
        if let Some(was) = was {
            found.entry(placement.part).or_insert((placement, was, 0)).2 += 1;
        }
    }
    let finding = |(part, (first, was, count)): (usize, (&Placement, &str, usize))| {
        let others = if count > 1 { format!(", and {} more like it", count - 1) } else { String::new() };
        let message = format!("{} was a link to {was}, and is a copy of it here{others}", first.path);
        let finding = Finding::new(rules::LINK_COPIED, Severity::Note, message).at(&first.path);
        finding.of_source(subject.parts.get(part).map_or("", |part| &part.source.name))
    };
    found.into_iter().map(finding).collect()
}

/// Folders of a version that no chosen runtime has. A gem home is the business of the gems' own checks: no other folder
/// holds gems for every version.
fn versions(subject: &Subject) -> Vec<Finding> {
    let mut found: BTreeMap<(Language, &str), usize> = BTreeMap::new();
    for together in place::by_folder(subject.placements) {
        let count = together.iter().filter(|placement| !placement.excluded).count();
        if let Some(folder) = together.first().and_then(|first| versions_folder(first.path.as_str()))
            && count > 0
        {
            *found.entry(folder).or_default() += count;
        }
    }
    found
        .into_iter()
        .filter_map(|((language, folder), count)| {
            let chosen = subject.settings.runtimes_of(language);
            let searched = chosen.iter().any(|runtime| versioned_folder(runtime).as_deref() == Some(folder));
            (!chosen.is_empty() && !searched).then(|| wrong_version(subject, language, folder, count))
        })
        .collect()
}

fn wrong_version(subject: &Subject, language: Language, folder: &str, count: usize) -> Finding {
    let flat = flat_folder(language).unwrap_or_default();
    let own = RUNTIMES.iter().find(|runtime| versioned_folder(runtime).as_deref() == Some(folder));
    let (searches, id) = match own {
        Some(runtime) => (format!("only {} searches", runtime.id), runtime.id),
        None => ("no runtime searches".to_owned(), folder),
    };
    let message = format!("{} in {folder}, which {searches}", counted(count, "file"));
    let finding = Finding::new(rules::WRONG_VERSION_FOLDER, Severity::Error, message).at(folder).with_fix(
        format!("flatten:{id}"),
        format!("Move them to {flat}, which every version searches"),
        FixKind::Suggested,
        Change::Operate(Operation::Move { path: folder.to_owned(), to: flat.to_owned() }),
    );
    let Some(runtime) = own else { return finding };
    let mut settings = subject.settings.clone();
    settings.runtimes.push(runtime.id.to_owned());
    finding.with_fix(
        format!("add-runtime:{id}"),
        format!("Choose {id} as well"),
        FixKind::Suggested,
        Change::Set(settings),
    )
}
