//! Findings about packages under licenses that whoever set the page up does not allow.

use super::{Finding, Severity, Subject};
use crate::license::{License, is_allowed};
use crate::order::BTreeSet;
use crate::tables::rules::LICENSE_NOT_ALLOWED;
use crate::words::quoted;

pub fn check(subject: &Subject) -> Vec<Finding> {
    let allowed = &subject.settings.allowed_licenses;
    if allowed.is_empty() {
        return Vec::new();
    }
    let placed = subject.placements.iter().filter(|placement| !placement.excluded);
    let present: BTreeSet<(usize, usize)> = placed.map(|placement| (placement.part, placement.entry)).collect();
    let mut findings = Vec::new();
    for (index, part) in subject.parts.iter().enumerate() {
        for package in part.packages() {
            if !package.entries.iter().any(|entry| present.contains(&(index, *entry))) {
                continue;
            }
            let licenses: Vec<License> = package.licenses.iter().map(|text| License::read(text)).collect();
            let what = format!("{} {}", package.name, package.version);
            let (severity, found) = match licenses.iter().find(|license| !is_allowed(license.text(), allowed)) {
                Some(license) => (Severity::Error, format!("is under {}", quoted(license.text()))),
                None if licenses.is_empty() => (Severity::Warning, "names no license".to_owned()),
                None => continue,
            };
            let message = format!("{} {found}; expected one of {}", what.trim_end(), allowed.join(", "));
            let finding = Finding::new(LICENSE_NOT_ALLOWED, severity, message).of_source(&part.source.name);
            findings.push(if package.is_all { finding.or_exclude(part) } else { finding });
        }
    }
    findings
}
