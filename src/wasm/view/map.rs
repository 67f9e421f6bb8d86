//! The size map, and the list that says the same.

use serde::Serialize;

use crate::check::Severity;
use crate::session::Session;

/// A rectangle.
#[derive(Serialize)]
pub struct Tile<'a> {
    /// Empty for the rest of a folder, which is too small to be drawn one by one.
    path: &'a str,
    name: &'a str,
    folder: bool,
    depth: usize,
    size: f64,
    x: f64,
    y: f64,
    width: f64,
    height: f64,
    worst: Option<&'static str>,
    /// Which of the folders of `/opt` it belongs to, for its colour.
    family: usize,
}

/// A large file.
#[derive(Serialize)]
pub struct Large<'a> {
    path: &'a str,
    source: &'a str,
    size: f64,
    zipped: f64,
}

/// Levels below which folders share a colour: `python/numpy` and `python/requests` have two.
const FAMILY_LEVEL: usize = 2;

/// The size map in that many units.
pub fn map(session: &Session, width: f64, height: f64, zipped: bool) -> Vec<Tile<'_>> {
    let plan = session.plan();
    let tiles = plan.tree.map(&plan.weights(zipped), width, height);
    let mut families: Vec<String> = Vec::new();
    let mut family = |path: &str| {
        let top = path.split('/').take(FAMILY_LEVEL).collect::<Vec<_>>().join("/");
        families.iter().position(|other| *other == top).unwrap_or_else(|| {
            families.push(top);
            families.len() - 1
        })
    };
    tiles
        .into_iter()
        .filter_map(|tile| {
            let node = match tile.node.or(tile.folder) {
                Some(index) => plan.tree.node(index)?,
                None => return None,
            };
            let own = tile.node.is_some();
            Some(Tile {
                path: if own { &node.path } else { "" },
                name: if own { node.name() } else { "" },
                folder: own && node.folder,
                depth: tile.depth,
                size: tile.weight as f64,
                x: tile.area.x,
                y: tile.area.y,
                width: tile.area.width,
                height: tile.area.height,
                worst: node.worst.filter(|_| own).map(Severity::id),
                family: family(&node.path),
            })
        })
        .collect()
}

/// The largest files.
pub fn largest(session: &Session, most: usize, zipped: bool) -> Vec<Large<'_>> {
    let plan = session.plan();
    let found = plan.tree.heaviest(&plan.weights(zipped), most);
    found
        .into_iter()
        .filter_map(|index| {
            let node = plan.tree.node(index)?;
            let placement = plan.placements.get(node.placement?)?;
            Some(Large {
                path: &node.path,
                source: plan.parts.get(placement.part).map_or("", |part| &part.source.name),
                size: node.size as f64,
                zipped: plan.zipped_size_of(placement) as f64,
            })
        })
        .collect()
}
