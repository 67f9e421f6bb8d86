//! What a message means, as a script sees it.

use serde::Serialize;

use super::plan::{Finding, FindingCommand, Fix};
use crate::explain::Explanation as CoreExplanation;
use crate::plan::Plan;

#[derive(Serialize)]
pub struct Explanation<'a> {
    id: &'a str,
    what: &'a str,
    why: &'a str,
    how: &'a str,
    here: &'a str,
    link: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    finding: Option<Finding<'a>>,
    fixes: Vec<Fix<'a>>,
    commands: Vec<FindingCommand<'a>>,
}

pub fn explanations<'a>(plan: &'a Plan, told: &'a [CoreExplanation]) -> Vec<Explanation<'a>> {
    let view = |told: &'a CoreExplanation| {
        let finding = told.finding.and_then(|index| plan.findings.get(index));
        Explanation {
            id: told.message.id,
            what: &told.what,
            why: &told.why,
            how: &told.how,
            here: &told.here,
            link: told.message.source,
            path: told.path.as_deref(),
            finding: finding.map(Finding::of),
            fixes: finding.map_or_else(Vec::new, Fix::all),
            // The finding that tells of the same knows better which one serves.
            commands: finding
                .map(FindingCommand::all)
                .filter(|commands| !commands.is_empty())
                .unwrap_or_else(|| told.command.iter().map(|call| FindingCommand::typed("Get it", call)).collect()),
        }
    };
    told.iter().map(view).collect()
}
