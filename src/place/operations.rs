//! The person's own changes, applied after everything has its place.

use std::rc::Rc;

use super::{Placement, links, mode_at};
use crate::choices::{Operation, Scope, file_mode};
use crate::intake::Entry;
use crate::order::{BTreeMap, BTreeSet};
use crate::path::{LayerPath, within};
use crate::recognise::{Kind, Recognised};

/// Carries out the operations in order, for a reason such as `"by hand"`. Returns those that are about nothing any
/// more, and changed nothing.
pub fn apply<'a>(
    placements: &mut Vec<Placement>,
    folders: &mut Vec<LayerPath>,
    parts: &[Rc<Recognised>],
    operations: &'a [Operation],
    why: &str,
) -> Vec<&'a Operation> {
    let mut unused = Vec::new();
    for operation in operations {
        let Ok(destination) = operation.destination() else { continue };
        let used = match (operation, &destination) {
            (Operation::Place { source, path, .. }, Some((_, to))) => {
                let placed = without_place(placements, parts, source, path, to);
                let used = !placed.is_empty();
                placements.extend(placed);
                used
            }
            (Operation::Write { text, .. }, Some((_, to))) => {
                placements.retain(|placement| placement.path != *to || !is_written(placement, parts));
                for replaced in placements.iter_mut().filter(|placement| placement.path == *to) {
                    replaced.excluded = true;
                }
                placements.extend(written(parts, to, text));
                true
            }
            (Operation::Folder { .. }, Some((_, to))) => {
                folders.push(to.clone());
                true
            }
            (Operation::Link { paths, to }, _) => links::mark(placements, parts, paths, to),
            (_, destination) => change(placements, folders, parts, operation, destination.as_ref(), why),
        };
        if !used {
            unused.push(operation);
        }
    }
    unused
}

/// Changes what is there already. Returns whether there was any.
fn change(
    placements: &mut [Placement],
    folders: &mut Vec<LayerPath>,
    parts: &[Rc<Recognised>],
    operation: &Operation,
    destination: Option<&(&str, LayerPath)>,
    why: &str,
) -> bool {
    let mut used = false;
    let mut reasons: BTreeMap<(Rc<str>, bool), Rc<str>> = BTreeMap::new();
    for placement in placements.iter_mut().filter(|placement| matches(placement, parts, operation)) {
        used = true;
        match (operation, destination) {
            (Operation::Exclude(_), _) => placement.excluded = true,
            (Operation::Include(_), _) => placement.excluded = false,
            (Operation::Mend { .. }, _) => placement.mended = true,
            (Operation::Chmod { mode, .. }, _) => placement.mode = file_mode(*mode),
            (_, Some((from, to))) => {
                if let Some(rest) = within(placement.path.as_str(), from) {
                    let key = (placement.reason.clone(), placement.reason.contains(MOVED));
                    let reason = reasons.entry(key).or_insert_with_key(|(reason, moved)| match moved {
                        true => reason.clone(),
                        false => format!("{reason}{MOVED}{from} {why}").into(),
                    });
                    placement.reason = reason.clone();
                    placement.path = LayerPath::join(to.as_str(), rest);
                }
            }
            (_, None) => {}
        }
    }
    match (operation, destination) {
        (Operation::Exclude(scope), _) => {
            let before = folders.len();
            folders.retain(|folder| !scope.has_path(folder));
            used |= folders.len() < before;
        }
        (_, Some((from, to))) => {
            for folder in folders.iter_mut() {
                if let Some(rest) = within(folder.as_str(), from) {
                    *folder = LayerPath::join(to.as_str(), rest);
                    used = true;
                }
            }
        }
        _ => {}
    }
    used
}

/// Between the reason for a file's first place and the place itself.
const MOVED: &str = "; it was moved here from ";

fn is_written(placement: &Placement, parts: &[Rc<Recognised>]) -> bool {
    parts.get(placement.part).is_some_and(|part| part.kind == Kind::Written)
}

/// The placement of a text that was written by hand.
fn written(parts: &[Rc<Recognised>], path: &LayerPath, text: &str) -> Option<Placement> {
    let size = text.len() as u64;
    let holds = |entry: &Entry| entry.path == path.as_str() && entry.content.size() == size;
    // The last of them: the same path may have been written several times.
    let part = parts.iter().rposition(|part| part.kind == Kind::Written && part.entry(0).is_some_and(holds))?;
    let mode = mode_at(path, parts.get(part)?, 0);
    let reason = "it was written by hand".into();
    let path = path.clone();
    Some(Placement { path, part, entry: 0, mode, reason, excluded: false, mended: false, twin: None, link: None })
}

/// A place for each entry of a source that has none, as far as it is meant.
fn without_place(
    placements: &[Placement],
    parts: &[Rc<Recognised>],
    source: &str,
    from: &str,
    to: &LayerPath,
) -> Vec<Placement> {
    let taken: BTreeSet<(usize, usize)> =
        placements.iter().map(|placement| (placement.part, placement.entry)).collect();
    let reason: Rc<str> = "it was put there by hand".into();
    let mut placed = Vec::new();
    for (part, recognised) in parts.iter().enumerate().filter(|(_, part)| part.source.name == source) {
        let omitted = recognised.omitted.iter().map(|(entry, _)| entry);
        let without = recognised.entries.iter().chain(omitted).filter(|entry| !taken.contains(&(part, **entry)));
        for index in without {
            let Some(entry) = recognised.entry(*index) else { continue };
            let Some(rest) = within(&entry.path, from) else { continue };
            let path = LayerPath::join(to.as_str(), rest);
            let mode = mode_at(&path, recognised, *index);
            let reason = reason.clone();
            let (excluded, mended, twin, link) = (false, false, None, None);
            placed.push(Placement { path, part, entry: *index, mode, reason, excluded, mended, twin, link });
        }
    }
    placed
}

/// Whether an operation is about a placement.
pub fn matches(placement: &Placement, parts: &[Rc<Recognised>], operation: &Operation) -> bool {
    match operation {
        Operation::Exclude(Scope::Source(source)) | Operation::Include(Scope::Source(source)) => {
            parts.get(placement.part).is_some_and(|part| within(&part.source.name, source).is_some())
        }
        Operation::Exclude(scope) | Operation::Include(scope) => scope.has_path(&placement.path),
        Operation::Move { path, .. }
        | Operation::Rename { path, .. }
        | Operation::Mend { path }
        | Operation::Chmod { path, .. } => placement.path.is_within(path),
        Operation::Link { paths, .. } => paths.iter().any(|path| path == placement.path.as_str()),
        Operation::Place { .. } | Operation::Write { .. } | Operation::Folder { .. } => false,
    }
}
