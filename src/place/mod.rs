//! Where each file goes under `/opt`, and why.

mod folders;
mod java;
mod links;
mod native;
mod node;
mod operations;
mod python;
mod ruby;

use std::rc::Rc;

use crate::choices::{Choices, Operation, file_mode};
use crate::content::Content;
use crate::intake::Entry;
use crate::order::{self, BTreeSet};
use crate::path::{LayerPath, folder_of, within};
use crate::recognise::{Kind, Recognised};
use crate::tables::layouts::{BOOTSTRAP, EXECUTABLE_FOLDERS};

pub use self::links::Link;
pub use self::operations::matches;

/// An entry with its path under `/opt` and the reason.
#[derive(Clone)]
pub struct Placement {
    /// Where it goes.
    pub path: LayerPath,
    /// What it is a part of: an index into the recognised parts.
    pub part: usize,
    /// Which entry it is: an index into the part's source.
    pub entry: usize,
    /// 0644 or 0755.
    pub mode: u32,
    /// Why it goes there.
    pub reason: Rc<str>,
    /// Whether the person left it out.
    pub excluded: bool,
    /// Whether the mended content that was found for it is used.
    pub mended: bool,
    /// The part and entry of a file with the same bytes that it should be a link to.
    pub twin: Option<(usize, usize)>,
    /// Where it leads, if it is a link.
    pub link: Option<Link>,
}

impl Placement {
    /// The entry itself.
    pub fn entry<'a>(&self, parts: &'a [Rc<Recognised>]) -> Option<&'a Entry> {
        parts.get(self.part)?.entry(self.entry)
    }

    /// What whoever opens it reads: of a link what it leads to, where it was mended the mended bytes.
    pub fn content<'a>(&self, parts: &'a [Rc<Recognised>]) -> Option<&'a Content> {
        let part = parts.get(self.part)?;
        let mendable = part.mendable.get(&self.entry).filter(|_| self.mended);
        part.mended.get(&self.entry).or(mendable).or_else(|| part.entry(self.entry).map(|entry| &entry.content))
    }
}

/// Of placements, which are sorted by path, those whose paths begin with a text.
pub fn beginning<'a>(placements: &'a [Placement], start: &str) -> impl Iterator<Item = &'a Placement> {
    let first = placements.partition_point(|placement| placement.path.as_str() < start);
    placements.iter().skip(first).take_while(move |placement| placement.path.as_str().starts_with(start))
}

/// Placements, which are sorted by path, in runs that lie in one folder; a folder with others in it may have several.
pub fn by_folder(placements: &[Placement]) -> impl Iterator<Item = &[Placement]> {
    placements.chunk_by(|a, b| folder_of(a.path.as_str()) == folder_of(b.path.as_str()))
}

/// Of several placements at a path, the last that is not left out: what goes into the zip.
pub fn packed(placements: &[Placement]) -> impl Iterator<Item = &Placement> {
    placements
        .chunk_by(|a, b| a.path == b.path)
        .filter_map(|same| same.iter().rev().find(|placement| !placement.excluded))
}

/// What goes into the zip at a path, among placements that are sorted by path.
pub fn packed_at<'a>(placements: &'a [Placement], path: &str) -> Option<&'a Placement> {
    let same = beginning(placements, path).take_while(|placement| placement.path.as_str() == path);
    same.filter(|placement| !placement.excluded).last()
}

/// An entry that has no place in the layer.
pub struct Omitted {
    /// What it is a part of.
    pub part: usize,
    /// Which entry it is.
    pub entry: usize,
    /// Why it stays out.
    pub reason: &'static str,
}

/// Where everything is, and what is not.
pub struct Placed<'a> {
    /// Every placement, sorted by path; several may have the same path, then sorted by their parts.
    pub placements: Vec<Placement>,
    /// What has no place.
    pub omitted: Vec<Omitted>,
    /// Folders that were made by hand.
    pub folders: Vec<LayerPath>,
    /// Operations that are about nothing.
    pub unused: Vec<&'a Operation>,
}

/// Gives everything its place.
pub fn place<'a>(parts: &[Rc<Recognised>], choices: &'a Choices) -> Placed<'a> {
    let mut placements = Vec::new();
    let mut omitted = Vec::new();
    let sites = python::Sites::of(parts, &choices.settings);
    for (index, part) in parts.iter().enumerate() {
        let mut leave_out = |reason| {
            omitted.extend(part.entries.iter().map(|entry| Omitted { part: index, entry: *entry, reason }));
        };
        let mut placing = Placing { part, index, placements: &mut placements };
        match part.kind {
            Kind::Wheel => python::place_wheel(&mut placing, &sites),
            Kind::SitePackages | Kind::PythonPackage | Kind::PythonModule | Kind::PythonCode => {
                python::place_site(&mut placing, &sites);
            }
            Kind::NpmPackage | Kind::NodeModules | Kind::NodeCode => node::place(&mut placing, &choices.settings),
            Kind::Jar => java::place(&mut placing, &choices.settings),
            Kind::Gem | Kind::GemHome | Kind::RubyCode => ruby::place(&mut placing, &choices.settings),
            Kind::Executable | Kind::SharedLibrary | Kind::Extension | Kind::ExecWrapper | Kind::Bootstrap => {
                native::place(&mut placing);
            }
            Kind::Layer => {
                placing.below("", &part.entries, "it lies there in the layer that was dropped");
                links::keep(&mut placements, part, index);
            }
            Kind::Unrecognised => leave_out("it was not recognised"),
            Kind::DotNet | Kind::Go | Kind::Rust => leave_out("no runtime looks for it in a layer"),
            Kind::Egg => python::place_egg(&mut placing, &sites),
            Kind::NotReady | Kind::SourceDistribution | Kind::GemSource | Kind::PythonList => {
                leave_out("it has to be built or installed first")
            }
            // The operation that wrote it places it, in its turn.
            Kind::Refused | Kind::Written => {}
        }
        omitted.extend(part.omitted.iter().map(|(entry, reason)| Omitted { part: index, entry: *entry, reason }));
    }
    let mut folders = Vec::new();
    for repair in &choices.repairs {
        let why = format!("to repair it: {}", repair.reason);
        operations::apply(&mut placements, &mut folders, parts, &repair.operations, &why);
    }
    let unused = operations::apply(&mut placements, &mut folders, parts, &choices.operations, "by hand");
    if choices.operations.iter().any(|operation| matches!(operation, Operation::Place { .. })) {
        let placed: BTreeSet<(usize, usize)> =
            placements.iter().map(|placement| (placement.part, placement.entry)).collect();
        omitted.retain(|omitted| !placed.contains(&(omitted.part, omitted.entry)));
    }
    order::sort_by(&mut placements, |a, b| a.path.cmp(&b.path).then(a.part.cmp(&b.part)));
    links::resolve(&mut placements);
    Placed { placements, omitted, folders, unused }
}

/// Collects one part's placements.
struct Placing<'a> {
    part: &'a Recognised,
    index: usize,
    placements: &'a mut Vec<Placement>,
}

impl Placing<'_> {
    /// Places entries below a folder of `/opt`, with the paths that they have below the part's base.
    fn below(&mut self, folder: &str, entries: &[usize], reason: &str) {
        let reason: Rc<str> = reason.into();
        let folder = LayerPath::join(folder, &self.part.wrap).to_string();
        for index in entries {
            let Some(entry) = self.part.entry(*index) else { continue };
            let rest = within(&entry.path, &self.part.base).unwrap_or(&entry.path);
            self.at(LayerPath::join(&folder, rest), *index, &reason);
        }
    }

    /// Places one entry.
    fn at(&mut self, path: LayerPath, entry: usize, reason: &Rc<str>) {
        let mode = mode_at(&path, self.part, entry);
        self.placements.push(Placement {
            path,
            part: self.index,
            entry,
            mode,
            reason: reason.clone(),
            excluded: false,
            mended: false,
            twin: None,
            link: None,
        });
    }
}

/// The mode of an entry at a path: what is started from its folder has the execute bit, whatever it came with; elsewhere
/// the files of packages have it by what they are, and other files by what they came with.
fn mode_at(path: &LayerPath, part: &Recognised, entry: usize) -> u32 {
    let by_place = EXECUTABLE_FOLDERS.iter().any(|folder| path.is_within(folder)) || path.as_str() == BOOTSTRAP;
    let started = by_place || part.startable.as_ref().is_some_and(|startable| startable.contains(&entry));
    match (started, &part.startable) {
        (true, _) => 0o755,
        (false, Some(_)) => 0o644,
        (false, None) => file_mode(part.entry(entry).and_then(|entry| entry.mode).unwrap_or(0)),
    }
}
