//! Findings about libraries that lie there several times: under the names of their versions, as links do once an archive's
//! are copied, though the linker loads a library by one name alone (`DT_SONAME`, `ld.so(8)`); or in several packages.
//!
//! Only what the linker loads can be a link unseen: to it `$ORIGIN` is the folder of the path that was opened, the link's.
//! Of a program it is that of the file that the link leads to; Node.js looks up where modules that are links lead first;
//! and some modules of Python refuse to be loaded twice from one file.

use super::{Change, Finding, FixKind, Severity, Subject};
use crate::choices::{Operation, Scope};
use crate::inspect::Inspection;
use crate::inspect::elf::Elf;
use crate::order::{BTreeMap, BTreeSet};
use crate::path::{file_name, folder_of};
use crate::place::{Placement, packed_at};
use crate::tables::limits::LINK_WORTH_MAKING;
use crate::tables::rules;
use crate::target::{File, is_module};
use crate::words::{few, grouped, listed};

/// A library, and the CRC-32 that its archive promises.
type Library<'a> = (&'a File<'a>, &'a Placement, u32);

pub fn check(subject: &Subject) -> Vec<Finding> {
    // By name and size first: only what could be the same is read.
    let mut likely: BTreeMap<(&str, u64), Vec<Library>> = BTreeMap::new();
    let mut needed = BTreeSet::new();
    for file in &subject.layer.files {
        let Inspection::Elf(elf) = file.found else { continue };
        needed.extend(elf.needed.iter().map(String::as_str));
        if let Some(placement) = placement(subject, file.path).filter(|_| is_only_linked(file, elf))
            && let Some(content) = placement.content(subject.parts)
        {
            let library = (file, placement, content.promised_crc());
            likely.entry((elf.soname.as_str(), content.size())).or_default().push(library);
        }
    }
    let mut findings = Vec::new();
    for ((soname, size), libraries) in &likely {
        for same in same(subject, libraries).values() {
            findings.extend(finding(subject, soname, *size, same, &needed));
        }
    }
    findings
}

/// Whether a file is one that the linker loads, and nothing else.
fn is_only_linked(file: &File, elf: &Elf) -> bool {
    !elf.soname.is_empty() && !elf.is_program && !is_module(file) && !file.path.ends_with(".node")
}

/// Libraries by their digests, as far as there could be another one with the same.
fn same<'a>(subject: &Subject, libraries: &[Library<'a>]) -> BTreeMap<[u8; 32], Vec<&'a File<'a>>> {
    let mut same: BTreeMap<[u8; 32], Vec<&File>> = BTreeMap::new();
    for (index, (file, placement, crc)) in libraries.iter().enumerate() {
        let could_be = |other: u32| *crc == 0 || other == 0 || other == *crc;
        if libraries.iter().enumerate().any(|(at, (.., other))| at != index && could_be(*other))
            && let Some(part) = subject.parts.get(placement.part)
            && let Some(digest) = part.sha256(placement.entry)
        {
            same.entry(digest).or_default().push(file);
        }
    }
    same
}

fn finding(subject: &Subject, soname: &str, size: u64, same: &[&File], needed: &BTreeSet<&str>) -> Option<Finding> {
    let kept = *same.iter().find(|file| file_name(file.path) == soname).or(same.first())?;
    let (mut spare, mut linked, mut all) = (Vec::new(), Vec::new(), Vec::new());
    let is_worth_linking = size >= LINK_WORTH_MAKING;
    for file in same.iter().filter(|file| file.path != kept.path) {
        let name = file_name(file.path);
        let is_spare = folder_of(file.path) == folder_of(kept.path) && name != soname && !needed.contains(name);
        let is_spare = is_spare && file_name(kept.path) == soname;
        // A link has the mode of what it leads to.
        let is_linked = is_worth_linking && file.mode == kept.mode;
        for (list, is_in) in [(&mut spare, is_spare), (&mut linked, is_linked), (&mut all, is_spare || is_linked)] {
            list.extend(is_in.then(|| file.path.to_owned()));
        }
    }
    if all.is_empty() {
        return None;
    }
    let verb = if all.len() == 1 { "holds" } else { "hold" };
    let name = if spare.len() == all.len() { ", the name that others load it by" } else { "" };
    let message = format!(
        "{} {verb} the same bytes as {}{name}: {} bytes unpacked",
        listed(&few(all.clone())),
        kept.path,
        grouped(size.saturating_mul(all.len() as u64))
    );
    let mut finding = Finding::new(rules::LIBRARY_COPIES, Severity::Note, message).at(kept.path);
    if let Some(part) = subject.parts.get(kept.part) {
        finding = finding.of_source(&part.source.name);
    }
    if !spare.is_empty() {
        let label = format!("Leave out {}", listed(&few(spare.clone())));
        let operation = Operation::Exclude(Scope::Paths(spare.into()));
        let id = format!("exclude-copies:{}", kept.path);
        finding = finding.with_fix(id, label, FixKind::Suggested, Change::Operate(operation));
    }
    if !linked.is_empty() {
        let (what, kind) = (listed(&few(linked.clone())), if linked.len() == 1 { "a link" } else { "links" });
        let label = format!("Make {what} {kind} to {}", kept.path);
        let operation = Operation::Link { paths: Scope::sorted(linked), to: kept.path.to_owned() };
        let id = format!("link:{}", kept.path);
        finding = finding.with_fix(id, label, FixKind::Suggested, Change::Operate(operation));
    }
    Some(finding)
}

/// What is packed at a path, unless it is a link already or was mended.
fn placement<'a>(subject: &Subject<'a>, path: &str) -> Option<&'a Placement> {
    packed_at(subject.placements, path).filter(|placement| placement.link.is_none() && !placement.mended)
}
