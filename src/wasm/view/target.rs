//! What runs where, as a script sees it.

use serde::Serialize;

use crate::plan::Plan;
use crate::target::Reason;

/// Reasons that are shown of a target; the others are counted.
const SHOWN: usize = 8;

#[derive(Serialize)]
struct ReasonRow<'a> {
    rule: &'a str,
    severity: &'a str,
    package: &'a str,
    path: &'a str,
    message: &'a str,
}

impl<'a> From<&'a Reason> for ReasonRow<'a> {
    fn from(reason: &'a Reason) -> ReasonRow<'a> {
        ReasonRow {
            rule: reason.rule.id,
            severity: reason.severity.id(),
            package: &reason.package,
            path: &reason.path,
            message: &reason.message,
        }
    }
}

/// A target with its verdict.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TargetRow<'a> {
    runtime: &'a str,
    architecture: &'a str,
    verdict: &'a str,
    reason_count: usize,
    reasons: Vec<ReasonRow<'a>>,
}

pub fn targets(plan: &Plan) -> Vec<TargetRow<'_>> {
    plan.targets
        .iter()
        .map(|row| TargetRow {
            runtime: row.target.runtime.id,
            architecture: row.target.architecture.id(),
            verdict: row.verdict.id(),
            reason_count: row.reasons.len(),
            reasons: row.reasons.iter().take(SHOWN).map(ReasonRow::from).collect(),
        })
        .collect()
}
