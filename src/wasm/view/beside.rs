//! A difference and a stack, as a script sees them.

use serde::Serialize;

use super::plan::{Entry, Finding, entry};
use super::target::{TargetRow, targets};
use crate::diff::{self, Needs};
use crate::plan::Sizes;
use crate::stack::Stack as CoreStack;
use crate::tables::limits::UNZIPPED_LIMIT;

#[derive(Serialize)]
struct File {
    size: f64,
    mode: u32,
}

#[derive(Serialize)]
struct FileChange<'a> {
    path: &'a str,
    before: Option<File>,
    after: Option<File>,
    content: bool,
}

#[derive(Serialize)]
struct PackageChange<'a> {
    package: &'a str,
    before: &'a [String],
    after: &'a [String],
}

#[derive(Serialize)]
struct RequirementChange<'a> {
    package: &'a str,
    needs: &'a str,
    before: Option<&'a str>,
    after: Option<&'a str>,
}

#[derive(Serialize)]
struct TargetChange {
    runtime: &'static str,
    architecture: &'static str,
    before: &'static str,
    after: &'static str,
}

#[derive(Serialize)]
struct Libraries<'a> {
    added: Vec<&'a String>,
    removed: Vec<&'a String>,
}

#[derive(Serialize)]
struct Side<'a> {
    unzipped: f64,
    entries: usize,
    glibc: &'a str,
    glibcxx: &'a str,
}

#[derive(Serialize)]
pub struct Difference<'a> {
    same: bool,
    files: Vec<FileChange<'a>>,
    packages: Vec<PackageChange<'a>>,
    requirements: Vec<RequirementChange<'a>>,
    targets: Vec<TargetChange>,
    libraries: Libraries<'a>,
    before: Side<'a>,
    after: Side<'a>,
    markdown: String,
}

fn file(file: &diff::File) -> File {
    File { size: file.size as f64, mode: file.mode }
}

fn side<'a>(sizes: &Sizes, needs: &'a Needs) -> Side<'a> {
    Side { unzipped: sizes.unzipped as f64, entries: sizes.entries, glibc: &needs.glibc, glibcxx: &needs.glibcxx }
}

pub fn difference(found: &diff::Difference) -> Difference<'_> {
    let (added, removed) = found.libraries();
    let files = found.files.iter().map(|one| FileChange {
        path: &one.path,
        before: one.before.as_ref().map(file),
        after: one.after.as_ref().map(file),
        content: one.content,
    });
    let packages = found.packages.iter().map(|one| PackageChange {
        package: &one.package,
        before: &one.before,
        after: &one.after,
    });
    let requirements = found.requirements.iter().map(|one| RequirementChange {
        package: &one.package,
        needs: &one.needs,
        before: one.before.as_deref(),
        after: one.after.as_deref(),
    });
    let targets = found.targets.iter().map(|one| TargetChange {
        runtime: one.target.runtime.id,
        architecture: one.target.architecture.id(),
        before: one.before.id(),
        after: one.after.id(),
    });
    Difference {
        same: found.is_empty(),
        files: files.collect(),
        packages: packages.collect(),
        requirements: requirements.collect(),
        targets: targets.collect(),
        libraries: Libraries { added, removed },
        before: side(&found.sizes.0, &found.needs.0),
        after: side(&found.sizes.1, &found.needs.1),
        markdown: found.markdown(),
    }
}

#[derive(Serialize)]
struct Member<'a> {
    path: &'a str,
    unzipped: f64,
    entries: usize,
    function: bool,
}

#[derive(Serialize)]
struct Shadow<'a> {
    path: &'a str,
    winner: usize,
    hidden: &'a [usize],
    same: bool,
}

#[derive(Serialize)]
struct Version<'a> {
    version: &'a str,
    member: usize,
}

#[derive(Serialize)]
struct Versions<'a> {
    package: &'a str,
    versions: Vec<Version<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct StackSizes {
    unzipped: f64,
    unzipped_limit: f64,
    merged: f64,
}

#[derive(Serialize)]
struct Overridden<'a> {
    path: &'a str,
    hidden: Vec<usize>,
}

#[derive(Serialize)]
pub struct Stack<'a> {
    members: Vec<Member<'a>>,
    fits: bool,
    sizes: StackSizes,
    entries: Vec<Entry<'a>>,
    shadows: Vec<Shadow<'a>>,
    overridden: Vec<Overridden<'a>>,
    packages: Vec<Versions<'a>>,
    findings: Vec<Finding<'a>>,
    targets: Vec<TargetRow<'a>>,
    markdown: String,
}

pub fn stack(stack: &CoreStack) -> Stack<'_> {
    let members = stack.members.iter().enumerate().map(|(index, member)| Member {
        path: &member.source.name,
        unzipped: member.size() as f64,
        entries: member.entries.len(),
        function: stack.has_function && index + 1 == stack.members.len(),
    });
    let shadows = stack.shadows.iter().map(|one| Shadow {
        path: &one.path,
        winner: one.winner,
        hidden: &one.hidden,
        same: one.same,
    });
    let overridden =
        stack.overridden.iter().map(|one| Overridden { path: &one.path, hidden: one.hidden.iter().copied().collect() });
    let packages = stack.packages.iter().map(|(package, versions)| Versions {
        package,
        versions: versions.iter().map(|(version, member)| Version { version, member: *member }).collect(),
    });
    let merged = &stack.merged;
    Stack {
        members: members.collect(),
        fits: stack.fits(),
        sizes: StackSizes {
            unzipped: stack.unzipped as f64,
            unzipped_limit: UNZIPPED_LIMIT as f64,
            merged: merged.sizes.unzipped as f64,
        },
        entries: merged.packed().map(|placement| entry(merged, placement)).collect(),
        shadows: shadows.collect(),
        overridden: overridden.collect(),
        packages: packages.collect(),
        findings: stack.findings().map(Finding::of).collect(),
        targets: targets(merged),
        markdown: stack.markdown(),
    }
}
