//! The person's own changes, applied after everything has its place.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::{Placement, mode_at};
use crate::choices::{Operation, Scope, file_mode};
use crate::path::{LayerPath, within};
use crate::recognise::Recognised;

/// Carries out the operations in order. Returns those that are about nothing any more, and changed nothing.
pub fn apply<'a>(
    placements: &mut Vec<Placement>,
    parts: &[Rc<Recognised>],
    operations: &'a [Operation],
) -> Vec<&'a Operation> {
    let mut unused = Vec::new();
    for operation in operations {
        let Ok(destination) = operation.destination() else { continue };
        if let (Operation::Place { source, path, .. }, Some((_, to))) = (operation, &destination) {
            let placed = without_place(placements, parts, source, path, to);
            if placed.is_empty() {
                unused.push(operation);
            }
            placements.extend(placed);
            continue;
        }
        let mut used = false;
        for placement in placements.iter_mut().filter(|placement| matches(placement, parts, operation)) {
            used = true;
            match (operation, &destination) {
                (Operation::Exclude(_), _) => placement.excluded = true,
                (Operation::Include(_), _) => placement.excluded = false,
                (Operation::Mend { .. }, _) => placement.mended = true,
                (Operation::Chmod { mode, .. }, _) => placement.mode = file_mode(*mode),
                (_, Some((from, to))) => {
                    if let Some(rest) = within(placement.path.as_str(), from) {
                        placement.path = LayerPath::join(to.as_str(), rest);
                    }
                }
                (_, None) => {}
            }
        }
        if !used {
            unused.push(operation);
        }
    }
    unused
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
            placed.push(Placement { path, part, entry: *index, mode, reason, excluded: false, mended: false });
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
        Operation::Exclude(Scope::Path(path))
        | Operation::Include(Scope::Path(path))
        | Operation::Move { path, .. }
        | Operation::Rename { path, .. }
        | Operation::Mend { path }
        | Operation::Chmod { path, .. } => placement.path.is_within(path),
        Operation::Place { .. } => false,
    }
}
