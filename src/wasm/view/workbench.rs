//! What the page sees all the time: the plan without its entries, and the rows of the tree by window.

use serde::Serialize;

use super::choices::Settings;
use super::plan::{Finding, Proposed, Recognised, Sizes, findings, proposed, recognised, sizes};
use super::target::{TargetRow, targets};
use crate::check::Severity;
use crate::session::Session;

/// How far a call has come.
#[derive(Serialize)]
pub struct Progress<'a> {
    pub phase: &'a str,
    pub done: f64,
    pub total: f64,
    pub detail: &'a str,
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
    settings: Settings<'a>,
    entry_count: usize,
    row_count: usize,
    undo: Option<&'a str>,
    redo: Option<&'a str>,
}

/// A row of the tree.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TreeRow<'a> {
    index: usize,
    path: &'a str,
    name: &'a str,
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
        settings: Settings::from(session.settings()),
        entry_count: plan.sizes.entries,
        row_count: session.visible_rows().len(),
        undo: session.undo_label(),
        redo: session.redo_label(),
    }
}

/// Some of the tree's visible rows.
pub fn rows(session: &Session, first: usize, count: usize) -> Vec<TreeRow<'_>> {
    let plan = session.plan();
    session
        .visible_rows()
        .into_iter()
        .enumerate()
        .skip(first)
        .take(count)
        .filter_map(|(index, node)| {
            let node = plan.tree.node(node)?;
            let placement = node.placement.and_then(|placement| plan.placements.get(placement));
            Some(TreeRow {
                index,
                path: &node.path,
                name: node.name(),
                level: node.level,
                set_size: node.set_size,
                pos_in_set: node.position,
                folder: node.folder,
                open: node.folder && session.is_open(&node.path),
                excluded: node.excluded,
                files: node.files,
                size: node.size as f64,
                mode: placement.map_or(0o755, |placement| placement.mode),
                source: placement
                    .and_then(|placement| plan.parts.get(placement.part))
                    .map_or("", |part| part.source.name.as_str()),
                reason: placement.map_or("", |placement| &*placement.reason),
                worst: node.worst.map(Severity::id),
            })
        })
        .collect()
}
