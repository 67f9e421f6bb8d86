//! What the page sees all the time: the plan without its entries, and the rows of the tree by window.

use serde::Serialize;

use super::plan::{Finding, Proposed, Recognised, Sizes, findings, proposed, recognised, sizes};
use super::target::{TargetRow, targets};
use crate::check::{FixKind, Severity};
use crate::pack;
use crate::session::{Comparison, Session};

/// How far a call has come.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Progress<'a> {
    phase: &'static str,
    done: f64,
    total: f64,
    detail: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    files: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    all_files: Option<usize>,
}

impl<'a> Progress<'a> {
    /// Files that were read, of so many, and the path that comes next.
    pub fn reading(done: f64, total: f64, detail: &'a str) -> Progress<'a> {
        Progress { phase: "reading", done, total, detail, files: None, all_files: None }
    }
}

impl<'a> From<pack::Progress<'a>> for Progress<'a> {
    fn from(progress: pack::Progress<'a>) -> Progress<'a> {
        Progress {
            phase: "packing",
            done: progress.done as f64,
            total: progress.total as f64,
            detail: progress.path,
            files: Some(progress.files),
            all_files: Some(progress.all_files),
        }
    }
}

/// The plan without its entries.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Overview<'a> {
    findings: Vec<Finding<'a>>,
    recognised: Vec<Recognised<'a>>,
    sizes: Sizes,
    proposed: Proposed,
    targets: Vec<TargetRow<'a>>,
    settings: serde_json::Value,
    entry_count: usize,
    row_count: usize,
    passed: Vec<Passed>,
    safe_fixes: usize,
    undo: Option<&'a str>,
    redo: Option<&'a str>,
}

/// A check that found nothing.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Passed {
    check: &'static str,
    looked_at: String,
}

/// How much of the tree is in sight.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Sight {
    row_count: usize,
    /// Files that the filter means; all where there is none.
    files: usize,
    /// The row that was asked for.
    index: Option<usize>,
}

/// A row of the tree.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TreeRow<'a> {
    index: usize,
    path: &'a str,
    name: &'a str,
    /// The name in pieces: every second one is what was looked for.
    pieces: Vec<&'a str>,
    parent: Option<usize>,
    level: usize,
    set_size: usize,
    pos_in_set: usize,
    folder: bool,
    open: bool,
    excluded: bool,
    files: usize,
    size: f64,
    mode: u32,
    source: &'a str,
    reason: &'a str,
    worst: Option<&'a str>,
    findings: usize,
}

/// The plan as the page sees it all the time.
pub fn overview(session: &Session) -> Overview<'_> {
    let plan = session.plan();
    Overview {
        findings: findings(plan),
        recognised: recognised(plan),
        sizes: sizes(plan),
        proposed: proposed(plan),
        targets: targets(plan),
        settings: session.settings().to_json(),
        entry_count: plan.sizes.entries,
        row_count: session.sight().rows().len(),
        passed: plan
            .passed()
            .into_iter()
            .map(|passed| Passed { check: passed.check.passed, looked_at: passed.looked_at })
            .collect(),
        safe_fixes: plan
            .findings
            .iter()
            .filter(|finding| finding.fixes.iter().any(|fix| fix.kind == FixKind::Safe))
            .count(),
        undo: session.undo_label(),
        redo: session.redo_label(),
    }
}

/// How much of the tree is in sight, and one row of it.
pub fn sight(session: &Session, index: Option<usize>) -> Sight {
    let (sight, plan) = (session.sight(), session.plan());
    let files = match sight.looked_for() {
        filter if filter.is_empty() => plan.sizes.entries,
        filter => plan.tree.count(filter),
    };
    Sight { row_count: sight.rows().len(), files, index }
}

/// Some of the tree's visible rows.
pub fn rows(session: &Session, first: usize, count: usize) -> Vec<TreeRow<'_>> {
    let (plan, sight) = (session.plan(), session.sight());
    let tree = &plan.tree;
    sight
        .rows()
        .iter()
        .enumerate()
        .skip(first)
        .take(count)
        .filter_map(|(index, row)| {
            let (node, top) = (tree.node(row.node)?, tree.node(row.first)?);
            let placement = node.placement.and_then(|placement| plan.placements.get(placement));
            let name = tree.name(row);
            Some(TreeRow {
                index,
                path: &node.path,
                name,
                pieces: sight.looked_for().pieces(name),
                parent: row.parent,
                level: row.level,
                set_size: top.set_size,
                pos_in_set: top.position,
                folder: node.folder,
                open: row.open,
                excluded: node.excluded,
                files: node.files,
                size: node.size as f64,
                mode: placement.map_or(0o755, |placement| placement.mode),
                source: placement
                    .and_then(|placement| plan.parts.get(placement.part))
                    .map_or("", |part| part.source.name.as_str()),
                reason: placement.map_or("", |placement| &*placement.reason),
                worst: top.worst.map(Severity::id),
                findings: top.findings,
            })
        })
        .collect()
}

/// The paths of some of the visible rows, for what is done to many of them at once.
pub fn paths(session: &Session, first: usize, count: usize) -> Vec<&str> {
    let rows = session.sight().rows().iter().skip(first).take(count);
    rows.filter_map(|row| Some(session.plan().tree.node(row.node)?.path.as_str())).collect()
}

/// How the files that are there compare with a recipe's.
#[derive(Serialize)]
pub struct Compared<'a> {
    missing: &'a [String],
    changed: &'a [String],
    extra: &'a [String],
}

/// The comparison as a script sees it.
pub fn comparison(found: &Comparison) -> Compared<'_> {
    Compared { missing: &found.missing, changed: &found.changed, extra: &found.extra }
}
