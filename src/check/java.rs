//! Findings about jars side by side: Java takes a class from the first jar that has it, by the order of their names.
//!
//! Source: the class loader of Lambda's Java runtime (github.com/aws/aws-lambda-java-libs, `CustomerClassLoader`), which
//! sorts the names of the jars in `/opt/java/lib`; checked on 2026-11-28.

use super::{Finding, Severity, Subject};
use crate::inspect::Inspection;
use crate::inspect::jar::Jar;
use crate::order::{self, BTreeMap};
use crate::path::{file_name, folder_of};
use crate::tables::layouts::flat_folder;
use crate::tables::rules;
use crate::tables::runtimes::Language;
use crate::target::File;

/// What two jars have in common.
#[derive(Default)]
struct Common<'a> {
    /// Classes with the same bytes.
    same: usize,
    /// Classes with other bytes.
    other: usize,
    /// One of these.
    example: &'a str,
}

pub fn check(subject: &Subject) -> Vec<Finding> {
    let mut jars: Vec<(&File, &Jar)> = Vec::new();
    for file in &subject.layer.files {
        if let Inspection::Jar(jar) = file.found
            && Some(folder_of(file.path)) == flat_folder(Language::Java)
        {
            jars.push((file, jar));
        }
    }
    let mut findings = Vec::new();
    for ((first, later), common) in in_common(&jars) {
        let (Some((first, one)), Some((later, other))) = (jars.get(first), jars.get(later)) else { continue };
        let names = (file_name(first.path), file_name(later.path));
        let (rule, severity, message, spare) = if common.other > 0 {
            let message = format!(
                "{} and {} both hold {}{}, with other bytes; Java takes {}'s",
                names.0,
                names.1,
                common.example,
                if common.other > 1 { format!(" and {} more", common.other - 1) } else { String::new() },
                names.0,
            );
            (rules::DUPLICATE_CLASSES, Severity::Warning, message, later)
        } else if common.same == one.classes.len().min(other.classes.len()) {
            let is_later = common.same == other.classes.len();
            let (spare, kept) = if is_later { (later, first) } else { (first, later) };
            // Classes for later releases of Java are others still.
            if (if is_later { other } else { one }).releases.keys().any(|release| *release > 0) {
                continue;
            }
            let (spare_name, kept_name) = (file_name(spare.path), file_name(kept.path));
            let message =
                format!("{spare_name} holds no class that {kept_name} does not hold as well, with the same bytes");
            (rules::CLASSES_TWICE, Severity::Note, message, spare)
        } else {
            continue;
        };
        let part = subject.parts.get(spare.part);
        let finding = Finding::new(rule, severity, message).at(spare.path).or_exclude_path(spare.path);
        findings.push(match part {
            Some(part) => finding.of_source(&part.source.name),
            None => finding,
        });
    }
    findings
}

/// What each two jars have in common, by their places in the list. A class of several jars counts for the one that Java
/// takes it from, with each of the others.
fn in_common<'a>(jars: &[(&File, &'a Jar)]) -> BTreeMap<(usize, usize), Common<'a>> {
    let mut all: Vec<(&str, u32, usize)> = Vec::new();
    for (index, (_, jar)) in jars.iter().enumerate() {
        all.extend(jar.classes.iter().map(|(path, crc)| (path.as_str(), *crc, index)));
    }
    let mut found: BTreeMap<(usize, usize), Common> = BTreeMap::new();
    if jars.len() < 2 {
        return found;
    }
    order::sort_by(&mut all, |one, other| one.0.cmp(other.0));
    let mut first: Option<(&str, u32, usize)> = None;
    for (path, crc, jar) in all {
        match first {
            Some((same, taken, from)) if same == path => {
                let common = found.entry((from, jar)).or_default();
                if crc == taken {
                    common.same += 1;
                } else if file_name(path) != "package-info.class" {
                    // Descriptions of packages are loaded by no program.
                    common.other += 1;
                    if common.example.is_empty() {
                        common.example = path;
                    }
                }
            }
            _ => first = Some((path, crc, jar)),
        }
    }
    found
}
