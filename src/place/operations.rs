//! The person's own changes, applied after everything has its place.

use std::rc::Rc;

use super::Placement;
use crate::choices::{Operation, Scope, file_mode};
use crate::path::{LayerPath, within};
use crate::recognise::Recognised;

/// Carries out the operations in order. Returns those that are about nothing any more, and changed nothing.
pub fn apply<'a>(
    placements: &mut [Placement],
    parts: &[Rc<Recognised>],
    operations: &'a [Operation],
) -> Vec<&'a Operation> {
    let mut unused = Vec::new();
    for operation in operations {
        let Ok(destination) = operation.destination() else { continue };
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
    }
}
