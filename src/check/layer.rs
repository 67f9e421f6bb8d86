//! Findings about the layer as a whole: its size against AWS's limits.

use super::{Finding, Severity, Subject};
use crate::tables::limits::{DIRECT_UPLOAD_LIMIT, UNZIPPED_LIMIT};
use crate::tables::rules;
use crate::words::grouped;

pub fn check(subject: &Subject) -> Vec<Finding> {
    let mut findings = Vec::new();
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
