//! Files that are links to others with the same bytes.
//!
//! A link is decided last, when everything has its place: it leads to where its twin is then, and where the twin was left
//! out, to the first of the others that should lead there. So no link leads to nothing.

use std::rc::Rc;

use super::{Placement, packed};
use crate::order::BTreeMap;
use crate::path::folder_of;
use crate::recognise::Recognised;

/// The mode of a link: what it leads to says who may do what (`symlink(7)`).
const MODE: u32 = 0o120_777;

/// A link in the layer.
#[derive(Debug, Clone)]
pub struct Link {
    /// Where it leads, from its own folder, e.g. `"../numpy.libs/libgfortran.so.5"`.
    pub target: Rc<str>,
    /// The mode of what it leads to.
    pub mode: u32,
}

/// Marks files as twins of another one, as far as they hold the same bytes. Returns whether there are any, and all do.
pub fn mark(placements: &mut [Placement], parts: &[Rc<Recognised>], paths: &[String], to: &str) -> bool {
    let bytes = |placement: &Placement| {
        parts.get(placement.part).filter(|_| !placement.mended).and_then(|part| part.sha256(placement.entry))
    };
    let at = |path: &str| placements.iter().rposition(|one| one.path.as_str() == path && !one.excluded);
    let Some(twin) = at(to).and_then(|index| placements.get(index)) else { return false };
    // A link to what is a link itself leads to the same file.
    let (mine, twin) = (bytes(twin), twin.twin.unwrap_or((twin.part, twin.entry)));
    let same = |index: &usize| mine.is_some() && placements.get(*index).is_some_and(|other| bytes(other) == mine);
    let there: Vec<usize> = paths.iter().filter(|path| *path != to).filter_map(|path| at(path)).collect();
    let found: Vec<usize> = there.iter().copied().filter(same).collect();
    for index in &found {
        if let Some(placement) = placements.get_mut(*index) {
            placement.twin = Some(twin);
        }
    }
    !found.is_empty() && found.len() == there.len()
}

/// Marks what is a link to a file in the layer that was dropped: it stays one.
pub fn keep(placements: &mut [Placement], part: &Recognised, index: usize) {
    let entries = &part.source.entries;
    for placement in placements.iter_mut().filter(|placement| placement.part == index) {
        let copy_of = part.entry(placement.entry).and_then(|entry| entry.copy_of.as_deref());
        let original = copy_of.and_then(|path| entries.binary_search_by(|entry| entry.path.as_str().cmp(path)).ok());
        placement.twin = original.map(|entry| (placement.part, entry));
    }
}

/// Makes links of the twins among placements, which are sorted by path.
pub fn resolve(placements: &mut [Placement]) {
    if placements.iter().all(|placement| placement.twin.is_none()) {
        return;
    }
    // What goes into the zip, by the file that it is or should lead to: a link can't have another mode than that.
    let mut alike: BTreeMap<(usize, usize, u32), Vec<&Placement>> = BTreeMap::new();
    for placement in packed(placements) {
        let (part, entry) = placement.twin.unwrap_or((placement.part, placement.entry));
        alike.entry((part, entry, placement.mode)).or_default().push(placement);
    }
    let mut links: BTreeMap<(usize, usize), (Link, Rc<str>)> = BTreeMap::new();
    for together in alike.values() {
        let kept = together.iter().find(|placement| placement.twin.is_none()).or(together.first());
        let Some(kept) = kept else { continue };
        for placement in together.iter().filter(|placement| placement.path != kept.path) {
            let target = relative(placement.path.as_str(), kept.path.as_str());
            let reason = format!("{}; it is a link to {}, which holds the same bytes", placement.reason, kept.path);
            let link = Link { target: target.into(), mode: kept.mode };
            links.insert((placement.part, placement.entry), (link, reason.into()));
        }
    }
    for placement in placements.iter_mut().filter(|placement| placement.twin.is_some() && !placement.excluded) {
        if let Some((link, reason)) = links.get(&(placement.part, placement.entry)) {
            (placement.link, placement.reason, placement.mode) = (Some(link.clone()), reason.clone(), MODE);
        }
    }
}

/// The way from a file's folder to another file.
fn relative(from: &str, to: &str) -> String {
    let (mut from, mut to) = (folder_of(from).split('/').peekable(), to.split('/').peekable());
    while from.peek().is_some() && from.peek() == to.peek() {
        from.next();
        to.next();
    }
    let up = from.filter(|folder| !folder.is_empty()).map(|_| "..");
    up.chain(to).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_leads_from_its_own_folder() {
        for (from, to, expected) in [
            ("lib/a.so", "lib/a.so.1", "a.so.1"),
            ("python/b.libs/x.so", "python/a.libs/x.so", "../a.libs/x.so"),
            ("x.so", "lib/x.so", "lib/x.so"),
            ("lib/x.so", "x.so", "../x.so"),
            ("a/b/c/x", "a/x", "../../x"),
            ("lib/lib", "lib/x", "x"),
        ] {
            assert_eq!(relative(from, to), expected);
        }
    }
}
