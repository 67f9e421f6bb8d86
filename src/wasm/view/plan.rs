//! The plan as a script sees it.

use serde::Serialize;

use super::target::{TargetRow, targets};
use crate::check::{self, Change, FixKind};
use crate::choices;
use crate::place::Placement;
use crate::plan::{self, Plan as CorePlan};
use crate::publish::Shell;
use crate::slimming::{self, Budget};

#[derive(Serialize)]
pub struct Fix<'a> {
    id: &'a str,
    label: &'a str,
    kind: &'a str,
}

/// What to run where nothing can be mended here, in the words of each shell.
#[derive(Serialize)]
pub struct FindingCommand<'a> {
    label: &'a str,
    sh: String,
    powershell: String,
    cmd: String,
}

impl<'a> FindingCommand<'a> {
    fn of(fix: &'a check::Fix) -> Option<FindingCommand<'a>> {
        let Change::Run(call) = &fix.change else { return None };
        Some(FindingCommand::typed(&fix.label, call))
    }

    /// A finding's commands.
    pub fn all(finding: &'a check::Finding) -> Vec<FindingCommand<'a>> {
        finding.fixes.iter().filter_map(FindingCommand::of).collect()
    }

    pub fn typed(label: &'a str, call: &[String]) -> FindingCommand<'a> {
        let typed = |shell: Shell| call.iter().map(|word| shell.quote(word)).collect::<Vec<_>>().join(" ");
        FindingCommand { label, sh: typed(Shell::Posix), powershell: typed(Shell::PowerShell), cmd: typed(Shell::Cmd) }
    }
}

#[derive(Serialize)]
pub struct Finding<'a> {
    rule: &'a str,
    severity: &'a str,
    path: &'a str,
    source: &'a str,
    message: &'a str,
    why: &'a str,
    how: &'a str,
    code: &'a str,
    fixes: Vec<Fix<'a>>,
    commands: Vec<FindingCommand<'a>>,
}

#[derive(Serialize)]
pub struct Entry<'a> {
    path: &'a str,
    size: f64,
    mode: u32,
    source: &'a str,
    reason: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    link: Option<&'a str>,
}

#[derive(Serialize)]
pub struct Recognised<'a> {
    source: &'a str,
    kind: &'a str,
    name: &'a str,
    version: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    refused: Option<&'a str>,
    entries: usize,
    size: f64,
    reason: &'a str,
}

#[derive(Serialize)]
pub struct Proposed {
    runtimes: Vec<&'static str>,
    architectures: Vec<&'static str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Sizes {
    unzipped: f64,
    unzipped_limit: f64,
    zipped: f64,
    zipped_is_exact: bool,
    zipped_limit: f64,
}

/// A group that the layer works without.
#[derive(Serialize)]
struct Saving {
    id: &'static str,
    title: &'static str,
    why: &'static str,
    kind: &'static str,
    files: usize,
    unzipped: f64,
    zipped: f64,
    paths: Vec<String>,
}

/// What it takes to stay within a budget.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Fit {
    limit: &'static str,
    most: f64,
    fits: bool,
    take: Vec<&'static str>,
    left: f64,
}

/// What the layer could do without.
#[derive(Serialize)]
pub struct Slimming {
    groups: Vec<Saving>,
    fits: Vec<Fit>,
}

/// What the layer could do without, and what of it would bring it within the limits.
pub fn slimming(plan: &CorePlan) -> Slimming {
    let savings = plan.savings();
    let fits = Budget::ALL.iter().map(|budget| {
        let fit = plan.fit(*budget, &savings);
        Fit {
            limit: budget.id(),
            most: fit.most as f64,
            fits: fit.left <= fit.most,
            take: savings.iter().take(fit.groups).map(|saving| saving.group.id).collect(),
            left: fit.left as f64,
        }
    });
    let fits = fits.collect();
    let group = |saving: slimming::Saving| Saving {
        id: saving.group.id,
        title: saving.group.title,
        why: saving.group.why,
        kind: if saving.group.safe { FixKind::Safe } else { FixKind::Suggested }.id(),
        files: saving.files,
        unzipped: saving.unzipped as f64,
        zipped: saving.zipped as f64,
        paths: saving.paths,
    };
    Slimming { groups: savings.into_iter().map(group).collect(), fits }
}

/// The whole plan.
#[derive(Serialize)]
pub struct Plan<'a> {
    entries: Vec<Entry<'a>>,
    excluded: Vec<Entry<'a>>,
    findings: Vec<Finding<'a>>,
    recognised: Vec<Recognised<'a>>,
    sizes: Sizes,
    proposed: Proposed,
    targets: Vec<TargetRow<'a>>,
    slimming: Slimming,
}

impl<'a> Fix<'a> {
    /// Those that can be applied.
    pub fn all(finding: &'a check::Finding) -> Vec<Fix<'a>> {
        let here = |fix: &&check::Fix| fix.kind != FixKind::Manual;
        let view = |fix: &'a check::Fix| Fix { id: &fix.id, label: &fix.label, kind: fix.kind.id() };
        finding.fixes.iter().filter(here).map(view).collect()
    }
}

impl<'a> Finding<'a> {
    pub fn of(finding: &'a check::Finding) -> Finding<'a> {
        Finding {
            rule: finding.rule.id,
            severity: finding.severity.id(),
            path: &finding.path,
            source: &finding.source,
            message: &finding.message,
            why: finding.why(),
            how: finding.how(),
            code: finding.code.map_or("", |code| code.id),
            fixes: Fix::all(finding),
            commands: FindingCommand::all(finding),
        }
    }
}

pub fn findings(plan: &CorePlan) -> Vec<Finding<'_>> {
    plan.findings.iter().map(Finding::of).collect()
}

pub fn recognised(plan: &CorePlan) -> Vec<Recognised<'_>> {
    plan.parts
        .iter()
        .map(|part| Recognised {
            source: &part.source.name,
            kind: part.kind.id(),
            name: &part.name,
            version: &part.version,
            refused: part.refused.as_ref().map(|refusal| refusal.code.id),
            entries: part.entries.len(),
            size: part.size() as f64,
            reason: &part.reason,
        })
        .collect()
}

pub fn proposed(plan: &CorePlan) -> Proposed {
    Proposed {
        runtimes: plan.proposal.runtimes.iter().map(|runtime| runtime.id).collect(),
        architectures: plan.proposal.architectures.iter().map(|architecture| architecture.id()).collect(),
    }
}

pub fn sizes(plan: &CorePlan) -> Sizes {
    let plan::Sizes { unzipped, unzipped_limit, zipped, zipped_is_exact, zipped_limit, .. } = plan.sizes;
    Sizes {
        unzipped: unzipped as f64,
        unzipped_limit: unzipped_limit as f64,
        zipped: zipped as f64,
        zipped_is_exact,
        zipped_limit: zipped_limit as f64,
    }
}

pub fn entry<'a>(plan: &'a CorePlan, placement: &'a Placement) -> Entry<'a> {
    Entry {
        path: placement.path.as_str(),
        size: plan.size_of(placement) as f64,
        mode: placement.mode,
        source: plan.parts.get(placement.part).map_or("", |part| part.source.name.as_str()),
        reason: &placement.reason,
        link: placement.link.as_ref().map(|link| &*link.target),
    }
}

/// The plan as a script sees it. What has no place in the layer stands among the excluded, with its path in the source.
pub fn plan(plan: &CorePlan) -> Plan<'_> {
    let packed = plan.packed();
    let mut excluded: Vec<Entry> =
        plan.placements.iter().filter(|placement| placement.excluded).map(|placement| entry(plan, placement)).collect();
    excluded.extend(plan.omitted.iter().filter_map(|omitted| {
        let part = plan.parts.get(omitted.part)?;
        let found = part.source.entries.get(omitted.entry)?;
        Some(Entry {
            path: &found.path,
            size: found.content.size() as f64,
            mode: choices::file_mode(found.mode.unwrap_or(0)),
            source: &part.source.name,
            reason: omitted.reason,
            link: None,
        })
    }));
    Plan {
        entries: packed.map(|placement| entry(plan, placement)).collect(),
        excluded,
        findings: findings(plan),
        recognised: recognised(plan),
        sizes: sizes(plan),
        proposed: proposed(plan),
        targets: targets(plan),
        slimming: slimming(plan),
    }
}
