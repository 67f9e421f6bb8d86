//! Findings about the layer as a whole: its size against AWS's limits.

use std::collections::BTreeMap;

use super::{Change, Finding, FixKind, Severity, Subject};
use crate::choices::{Operation, Repair};
use crate::tables::layouts::is_versioned_python;
use crate::tables::limits::{DIRECT_UPLOAD_LIMIT, UNZIPPED_LIMIT};
use crate::tables::rules;
use crate::tables::runtimes::{Language, Runtime};
use crate::words::{counted, grouped};

pub fn check(subject: &Subject) -> Vec<Finding> {
    let mut findings: Vec<Finding> = subject.repairs.iter().map(repaired).collect();
    findings.extend(versions(subject));
    if !subject.parts.is_empty() && subject.placements.iter().all(|placement| placement.excluded) {
        findings.push(Finding::new(
            rules::EMPTY_LAYER,
            Severity::Error,
            "nothing of what was dropped goes into the layer",
        ));
    }
    // AWS's own words are "must be smaller than".
    if subject.unzipped >= UNZIPPED_LIMIT {
        let message = format!(
            "the layer has {} bytes unpacked; Lambda takes less than {} for a function with its layers",
            grouped(subject.unzipped),
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

/// Folders of a Python version that no chosen runtime has.
fn versions(subject: &Subject) -> Vec<Finding> {
    let chosen = subject.settings.runtimes_of(Language::Python);
    if chosen.is_empty() {
        return Vec::new();
    }
    let mut folders: BTreeMap<&str, usize> = BTreeMap::new();
    for placement in subject.placements.iter().filter(|placement| !placement.excluded) {
        let path = placement.path.as_str();
        let name = path.strip_prefix("python/lib/").and_then(|rest| rest.split_once("/site-packages/"));
        if let Some((name, _)) = name.filter(|(name, _)| is_versioned_python(name)) {
            *folders.entry(name).or_default() += 1;
        }
    }
    folders
        .into_iter()
        .filter(|(name, _)| chosen.iter().all(|runtime| runtime.id != *name))
        .map(|(name, count)| {
            let folder = format!("python/lib/{name}/site-packages");
            let message = format!("{} in {folder}, which only {name} searches", counted(count, "file"));
            let mut settings = subject.settings.clone();
            settings.runtimes.push(name.to_owned());
            let all = Operation::Move { path: folder.clone(), to: "python".into() };
            let finding = Finding::new(rules::WRONG_VERSION_FOLDER, Severity::Error, message).at(&folder);
            let finding = finding.with_fix(
                format!("flatten:{name}"),
                "Move them to python, which every version searches".into(),
                FixKind::Suggested,
                Change::Operate(all),
            );
            match Runtime::find(name) {
                Some(_) => finding.with_fix(
                    format!("add-runtime:{name}"),
                    format!("Choose {name} as well"),
                    FixKind::Suggested,
                    Change::Set(settings),
                ),
                None => finding,
            }
        })
        .collect()
}
