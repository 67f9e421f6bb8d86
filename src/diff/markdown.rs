//! A difference as Markdown, for a change request or a release note.

use std::fmt::Write as _;

use super::{Difference, File, FileChange};
use crate::markdown::{bytes, code, section};
use crate::order::BTreeMap;
use crate::target::Verdict;
use crate::words::grouped;

pub fn markdown(difference: &Difference) -> String {
    let mut text = format!("## Changes since {}\n\n", code(&difference.name));
    if difference.is_empty() {
        text.push_str("None: the files are the same.\n");
        return text;
    }
    let (before, after) = &difference.sizes;
    let (had, has) = &difference.needs;
    text.push_str("| | before | after |\n|---|---:|---:|\n");
    let mut row = |label: &str, before: &str, after: &str| {
        let _ = writeln!(text, "| {label} | {before} | {after} |");
    };
    row("Files", &grouped(before.entries as u64), &grouped(after.entries as u64));
    row("Bytes unpacked", &grouped(before.unzipped), &grouped(after.unzipped));
    for (label, had, has) in [("Needs glibc", &had.glibc, &has.glibc), ("Needs GLIBCXX", &had.glibcxx, &has.glibcxx)] {
        if had != has {
            row(label, had, has);
        }
    }
    let packages = difference.packages.iter().map(|change| {
        let versions = |versions: &[String]| versions.iter().map(|one| code(one)).collect::<Vec<_>>().join(", ");
        let (name, before, after) = (code(&change.package), versions(&change.before), versions(&change.after));
        match (before.as_str(), after.as_str()) {
            ("", _) => format!("{name} {after} added"),
            (_, "") => format!("{name} {before} removed"),
            _ => format!("{name} {before} → {after}"),
        }
    });
    section(&mut text, "Packages", &packages.collect::<Vec<_>>());
    let (new, gone) = difference.libraries();
    let new = new.iter().map(|library| format!("now needs {}", code(library)));
    let gone = gone.iter().map(|library| format!("no longer needs {}", code(library)));
    section(&mut text, "What it needs", &new.chain(gone).collect::<Vec<_>>());
    let requirements = difference.requirements.iter().map(|change| {
        let (package, needs) = (code(&change.package), code(&change.needs));
        let versions = |versions: &str| if versions.is_empty() { "any".to_owned() } else { code(versions) };
        match (&change.before, &change.after) {
            (Some(before), Some(after)) => format!("{package}: {needs} {} → {}", versions(before), versions(after)),
            (Some(_), None) => format!("{package}: no longer {needs}"),
            (None, after) => format!("{package}: now {needs} {}", versions(after.as_deref().unwrap_or(""))),
        }
    });
    section(&mut text, "What its packages ask for", &requirements.collect::<Vec<_>>());
    let mut targets: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for change in &difference.targets {
        let target = format!("{} {}", change.target.runtime.id, change.target.architecture.id());
        targets.entry(format!("{} → {}", told(change.before), told(change.after))).or_default().push(target);
    }
    let targets = targets.into_iter().map(|(change, targets)| format!("{change}: {}", targets.join(", ")));
    section(&mut text, "Where it runs", &targets.collect::<Vec<_>>());
    let size = |path: &str, file: &File| format!("{} ({})", code(path), bytes(file.size));
    let (mut added, mut removed, mut changed) = (Vec::new(), Vec::new(), Vec::new());
    for file in &difference.files {
        match (&file.before, &file.after) {
            (Some(before), Some(after)) => changed.push(change(file, before, after)),
            (Some(before), None) => removed.push(size(&file.path, before)),
            (None, Some(after)) => added.push(size(&file.path, after)),
            (None, None) => {}
        }
    }
    section(&mut text, "Added", &added);
    section(&mut text, "Removed", &removed);
    section(&mut text, "Changed", &changed);
    text
}

fn told(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Green => "works",
        Verdict::Amber => "may fail",
        Verdict::Red => "fails",
    }
}

fn change(file: &FileChange, before: &File, after: &File) -> String {
    let mut what = Vec::new();
    if before.size != after.size {
        what.push(format!("{} → {}", grouped(before.size), bytes(after.size)));
    } else if file.content {
        what.push(format!("other content, {}", bytes(after.size)));
    }
    if before.mode != after.mode {
        what.push(format!("mode {:04o} → {:04o}", before.mode, after.mode));
    }
    format!("{} ({})", code(&file.path), what.join(", "))
}
