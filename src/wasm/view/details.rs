//! One file or folder of the layer, with all that is known about it.

use serde::Serialize;

use crate::content::Content;
use crate::inspect::{Built, Inspection};
use crate::order;
use crate::path::within;
use crate::place::Placement;
use crate::plan::Plan;
use crate::session::Session;
use crate::words::counted;

#[derive(Serialize)]
struct Fact {
    label: &'static str,
    value: String,
}

/// A file or folder.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Details<'a> {
    path: &'a str,
    folder: bool,
    excluded: bool,
    files: usize,
    size: f64,
    zipped: f64,
    mode: u32,
    source: &'a str,
    reason: String,
    facts: Vec<Fact>,
    /// The findings about it or what is in it, as indices into the overview's.
    findings: Vec<usize>,
}

/// Sources of a folder's files that are named one by one.
const NAMED: usize = 4;

/// What is known about a path; `None` where nothing is there.
pub fn details<'a>(session: &'a Session, path: &str) -> Option<Details<'a>> {
    let plan = session.plan();
    let index = plan.tree.find(path)?;
    let node = plan.tree.node(index)?;
    let placement = node.placement.and_then(|placement| plan.placements.get(placement));
    let part = placement.and_then(|placement| plan.parts.get(placement.part));
    let source = part.map_or("", |part| part.source.name.as_str());
    let about = |index: &usize| {
        plan.findings.get(*index).is_some_and(|finding| match finding.path.as_str() {
            "" => !source.is_empty() && finding.source == source,
            about => within(about, &node.path).is_some(),
        })
    };
    Some(Details {
        path: &node.path,
        folder: node.folder,
        excluded: node.excluded,
        files: node.files,
        size: node.size as f64,
        zipped: plan.weights(true).get(index).copied().unwrap_or(0) as f64,
        mode: placement.map_or(0o755, |placement| placement.mode),
        source,
        reason: placement.map_or_else(|| of_folder(plan, path), |placement| placement.reason.to_string()),
        facts: placement.map_or_else(Vec::new, |placement| facts(plan, placement)),
        findings: (0..plan.findings.len()).filter(about).collect(),
    })
}

/// Why a folder is there: because of the sources whose files lie in it.
fn of_folder(plan: &Plan, path: &str) -> String {
    let below = plan.placements.iter().filter(|placement| placement.path.is_within(path));
    let mut parts: Vec<usize> = below.map(|placement| placement.part).collect();
    order::sort(&mut parts);
    parts.dedup();
    let names: Vec<String> = parts.iter().take(NAMED).filter_map(|part| Some(plan.parts.get(*part)?.title())).collect();
    match parts.len() {
        0 => "it was made by hand; a zip has no empty folders, so it is packed once something lies in it".into(),
        count if count > NAMED => {
            format!("files of {} and {} lie in it", names.join(", "), counted(count - NAMED, "other source"))
        }
        _ => format!("files of {} lie in it", names.join(", ")),
    }
}

fn facts(plan: &Plan, placement: &Placement) -> Vec<Fact> {
    let mut facts = Vec::new();
    let mut add = |label, value: String| facts.push(Fact { label, value });
    let Some(part) = plan.parts.get(placement.part) else { return facts };
    if let Some(entry) = placement.entry(&plan.parts).filter(|entry| entry.path != placement.path.as_str()) {
        add("Was there", entry.path.clone());
    }
    let name = [part.name.as_str(), part.version.as_str()].join(" ");
    add("Recognised as", format!("{} {}: {}", part.kind.id(), name.trim(), part.reason));
    if let Some(found) = part.inspected.get(&placement.entry) {
        for (label, value) in inspected(found) {
            add(label, value);
        }
    }
    let packing = match placement.content(&plan.parts) {
        _ if placement.link.is_some() => "a link",
        Some(Content::Member(_)) => "copied as it is, after it was verified",
        Some(Content::Mended { .. }) => "mended, then deflated here",
        _ => "deflated here",
    };
    add("In the zip", packing.into());
    facts
}

/// What was read in a compiled file, a jar or a script.
fn inspected(found: &Inspection) -> Vec<(&'static str, String)> {
    let mut facts = Vec::new();
    match (found.built(), found) {
        (Some(Built::For(architecture)), _) => facts.push(("Compiled for", format!("Linux on {}", architecture.id()))),
        (Some(Built::OtherProcessor(processor)), _) => facts.push(("Compiled for", format!("Linux on {processor}"))),
        (Some(Built::OtherSystem(system)), _) => facts.push(("Compiled for", system.to_owned())),
        (None, Inspection::Script(script)) => {
            facts.push(("Started by", format!("{} {}", script.interpreter, script.argument).trim().to_owned()));
        }
        (None, _) => {}
    }
    if let Inspection::Elf(elf) = found {
        if !elf.needed.is_empty() {
            facts.push(("Needs", elf.needed.join(", ")));
        }
        let mut versions: Vec<&str> = elf.versions.iter().map(|version| version.name.as_str()).collect();
        versions.dedup();
        if !versions.is_empty() {
            facts.push(("Symbols of", versions.join(", ")));
        }
    }
    facts
}
