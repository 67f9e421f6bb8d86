//! Findings about libraries that lie there several times under the names of their versions, as links do once an archive's
//! are copied: the linker loads a library by one name alone (`DT_SONAME`, `ld.so(8)`).

use super::{Change, Finding, FixKind, Severity, Subject};
use crate::choices::{Operation, Scope};
use crate::content::Content;
use crate::inspect::Inspection;
use crate::path::{file_name, folder_of};
use crate::place::beginning;
use crate::tables::rules;
use crate::words::{few, grouped, listed};

pub fn check(subject: &Subject) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in &subject.layer.files {
        let Inspection::Elf(elf) = file.found else { continue };
        if elf.soname != file_name(file.path) {
            continue;
        }
        let Some(content) = content(subject, file.path) else { continue };
        let (mut copies, mut bytes) = (Vec::new(), 0);
        for other in &subject.layer.files {
            let Inspection::Elf(found) = other.found else { continue };
            let beside = found.soname == elf.soname && other.path != file.path && same_folder(other.path, file.path);
            if beside
                && !is_needed(subject, file_name(other.path))
                && self::content(subject, other.path).is_some_and(|other| other.is_known_to_equal(content))
            {
                copies.push(other.path.to_owned());
                bytes += content.size();
            }
        }
        if copies.is_empty() {
            continue;
        }
        let verb = if copies.len() == 1 { "holds" } else { "hold" };
        let message = format!(
            "{} {verb} the same bytes as {}, the name that others load it by: {} bytes unpacked",
            listed(&few(copies.clone())),
            file.path,
            grouped(bytes)
        );
        let mut finding = Finding::new(rules::LIBRARY_COPIES, Severity::Note, message).at(file.path);
        if let Some(part) = subject.parts.get(file.part) {
            finding = finding.of_source(&part.source.name);
        }
        let label = format!("Leave out {}", listed(&few(copies.clone())));
        let operation = Operation::Exclude(Scope::Paths(copies.into()));
        let id = format!("exclude-copies:{}", file.path);
        findings.push(finding.with_fix(id, label, FixKind::Suggested, Change::Operate(operation)));
    }
    findings
}

fn same_folder(one: &str, other: &str) -> bool {
    folder_of(one) == folder_of(other)
}

/// Whether any file of the layer asks for a library by that name.
fn is_needed(subject: &Subject, name: &str) -> bool {
    let needs =
        |found: &Inspection| matches!(found, Inspection::Elf(elf) if elf.needed.iter().any(|needed| needed == name));
    subject.layer.files.iter().any(|file| needs(file.found))
}

fn content<'a>(subject: &'a Subject, path: &str) -> Option<&'a Content> {
    let same = beginning(subject.placements, path).take_while(|placement| placement.path.as_str() == path);
    same.filter(|placement| !placement.excluded).last()?.content(subject.parts)
}
