//! Mends layers and scripts that are nearly right: each repair is a step of its own, with its reason, and can be undone.

use std::rc::Rc;

use crate::choices::{Operation, Repair};
use crate::inspect::HEAD;
use crate::inspect::script::{Obstacle, obstacle};
use crate::order::{BTreeMap, BTreeSet};
use crate::path::within;
use crate::place::Placement;
use crate::recognise::{Kind, Recognised};
use crate::tables::misplaced::{MISPLACED, place_of};

/// What should be done to what was just added, one repair a kind of mistake.
pub fn repairs(part: usize, parts: &[Rc<Recognised>], placements: &[Placement]) -> Vec<Repair> {
    let Some(recognised) = parts.get(part) else { return Vec::new() };
    let placements: Vec<&Placement> = placements.iter().filter(|placement| placement.part == part).collect();
    let paths: BTreeSet<&str> = placements.iter().map(|placement| placement.path.as_str()).collect();
    let mut repairs = if recognised.kind == Kind::Layer { moves(&paths) } else { Vec::new() };
    let mut scripts: BTreeMap<Obstacle, Vec<Operation>> = BTreeMap::new();
    for placement in placements.iter().filter(|placement| recognised.mendable.contains_key(&placement.entry)) {
        let head = recognised.entry(placement.entry).and_then(|entry| entry.content.head(HEAD).ok());
        if let Some(obstacle) = head.and_then(|head| obstacle(&head)) {
            scripts.entry(obstacle).or_default().push(Operation::Mend { path: placement.path.to_string() });
        }
    }
    repairs.extend(scripts.into_iter().map(|(obstacle, operations)| Repair { operations, reason: reason(obstacle) }));
    repairs
}

fn reason(obstacle: Obstacle) -> &'static str {
    match obstacle {
        Obstacle::Mark => {
            "it begins with a byte order mark, and Linux reads a first line only where #! are its first bytes"
        }
        Obstacle::CarriageReturn => {
            "its lines end as on Windows, and Linux takes the carriage return for a part of the interpreter's name"
        }
    }
}

/// Moves of what lies where nothing looks. Moved paths that collide stay where they are.
fn moves(paths: &BTreeSet<&str>) -> Vec<Repair> {
    let mut by_row: BTreeMap<usize, BTreeMap<String, String>> = BTreeMap::new();
    for path in paths {
        let found = MISPLACED.iter().enumerate().find_map(|(index, row)| {
            let (from, to) = place_of(row, path)?;
            let held = row.holding.is_empty() || paths.contains(format!("{from}/{}", row.holding).as_str());
            let right = !row.unless.is_empty() && paths.iter().any(|path| within(path, row.unless).is_some());
            (held && !right).then_some((index, from, to))
        });
        if let Some((index, from, to)) = found {
            by_row.entry(index).or_default().insert(from, to);
        }
    }
    by_row
        .into_iter()
        .filter_map(|(index, moves)| {
            let operations: Vec<Operation> = moves
                .into_iter()
                .filter(|(from, to)| !collides(paths, from, to))
                .map(|(path, to)| Operation::Move { path, to })
                .collect();
            let reason = MISPLACED.get(index)?.why;
            (!operations.is_empty()).then_some(Repair { operations, reason })
        })
        .collect()
}

fn collides(paths: &BTreeSet<&str>, from: &str, to: &str) -> bool {
    paths.iter().filter_map(|path| within(path, from)).any(|rest| {
        let target = if rest.is_empty() { to.to_owned() } else { format!("{to}/{rest}") };
        paths.contains(target.as_str())
    })
}
