//! Mends layers and scripts that are nearly right: each repair is a step of its own, with its reason, and can be undone.

use std::rc::Rc;

use crate::choices::{Operation, Repair};
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
    let scripts: Vec<Operation> = placements
        .iter()
        .filter(|placement| recognised.mendable.contains_key(&placement.entry))
        .map(|placement| Operation::Mend { path: placement.path.to_string() })
        .collect();
    if !scripts.is_empty() {
        repairs.push(Repair {
            operations: scripts,
            reason: "its lines end as on Windows, and Linux takes the carriage return for a part of the interpreter's name",
        });
    }
    repairs
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
