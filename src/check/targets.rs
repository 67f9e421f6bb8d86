//! Findings about the chosen targets, from the files' bytes: what the judges of [`target`](crate::target) say of each,
//! told once for all targets alike.

use std::rc::Rc;

use super::dependencies::is_plain;
use super::get::{self, Call};
use super::node::is_build;
use super::{Change, Finding, FixKind, Severity, Subject};
use crate::choices::Operation;
use crate::inspect::Inspection;
use crate::inspect::elf::Elf;
use crate::inspect::module::Module;
use crate::order::{BTreeMap, BTreeSet};
use crate::path::file_name;
use crate::recognise::python::distribution::{Distribution, normalise};
use crate::tables::library_origins::package_of;
use crate::tables::python_builds::PythonBuild;
use crate::tables::rules::{
    BROKEN_ORIGIN, FOREIGN_BINARY, GLIBC_TOO_NEW, MISSING_LIBRARY, NOTHING_FOR_RUNTIME, WRONG_ARCHITECTURE,
    WRONG_PYTHON_ABI,
};
use crate::tables::runtimes::{Architecture, Language, Runtime, Support};
use crate::tables::system_libraries::{Presence, presence};
use crate::target::{File, Judgement, Problem, ways_back};
use crate::words::{few, listed};

pub fn check(subject: &Subject) -> Vec<Finding> {
    // Alike on several targets: one finding that names them.
    let mut told: Vec<Told> = Vec::new();
    for package in 0..subject.layer.packages.len() {
        let first = told.len();
        for (problem, runtime) in of_package(subject, package) {
            let own = told.get_mut(first..).unwrap_or_default();
            match own.iter_mut().find(|told| told.is_alike(&problem)) {
                Some(told) => told.add(&problem, runtime),
                None => {
                    let (instead, runtimes) = (vec![problem.instead.clone()], BTreeSet::from([runtime]));
                    told.push(Told { problem, instead, runtimes });
                }
            }
        }
    }
    let mut findings: Vec<Finding> = told.iter().map(|told| finding(subject, told)).collect();
    findings.extend(without_content(subject));
    findings
}

/// A problem with the targets that have it.
struct Told {
    problem: Rc<Problem>,
    instead: Vec<String>,
    runtimes: BTreeSet<&'static str>,
}

impl Told {
    fn is_alike(&self, other: &Problem) -> bool {
        let key = |problem: &Problem| (problem.rule, problem.severity, problem.found.clone());
        key(&self.problem) == key(other)
    }

    fn add(&mut self, problem: &Problem, runtime: &'static str) {
        if !self.instead.contains(&problem.instead) {
            self.instead.push(problem.instead.clone());
        }
        self.runtimes.insert(runtime);
    }

    /// What the targets have instead, and which they are where not all that were chosen are meant.
    fn instead(&self, subject: &Subject) -> String {
        let instead = self.instead.join(", ");
        let named = self.runtimes.iter().all(|runtime| instead.contains(runtime));
        if named || subject.settings.runtimes().len() <= self.runtimes.len() {
            return instead;
        }
        let runtimes: Vec<&str> = self.runtimes.iter().copied().collect();
        format!("{instead} ({})", runtimes.join(", "))
    }
}

/// The chosen runtimes for whose language there is nothing; folders of another version are another rule's matter.
fn without_content(subject: &Subject) -> Option<Finding> {
    let runtimes = subject.settings.runtimes();
    let speaks = |judgement: &Judgement| {
        let alike = |other: &&Judgement| other.target.runtime.language == judgement.target.runtime.language;
        subject.judgements.iter().filter(alike).any(|other| other.has_own)
    };
    let is_unserved = |judgement: &&Judgement| {
        runtimes.contains(&judgement.target.runtime) && !judgement.is_served && !speaks(judgement)
    };
    let mut unserved: Vec<&str> =
        subject.judgements.iter().filter(is_unserved).map(|judgement| judgement.target.runtime.id).collect();
    unserved.dedup();
    (!unserved.is_empty()).then(|| {
        let message = format!("nothing in the layer lies where {} looks", unserved.join(" or "));
        let finding = Finding::new(NOTHING_FOR_RUNTIME, Severity::Note, message);
        let mut settings = subject.settings.clone();
        settings.runtimes.retain(|id| !unserved.contains(&id.as_str()));
        if settings.runtimes.is_empty() {
            return finding;
        }
        finding.with_fix(
            format!("drop-runtimes:{}", unserved.join(",")),
            format!("Leave out {}", unserved.join(", ")),
            FixKind::Suggested,
            Change::Set(settings),
        )
    })
}

/// A problem and the runtime that has it.
type Of = (Rc<Problem>, &'static str);

/// The problems of a package on the chosen targets. Where nothing was chosen, the target that suits it best counts:
/// only what fails everywhere is worth telling.
fn of_package(subject: &Subject, package: usize) -> Vec<Of> {
    let runtimes = subject.settings.runtimes();
    let architectures = subject.settings.architectures();
    let Some(audience) = subject.layer.packages.get(package).map(|package| &package.audience) else {
        return Vec::new();
    };
    let mut by_runtime: BTreeMap<&str, Vec<Vec<Of>>> = BTreeMap::new();
    let is_candidate = |judgement: &&Judgement| {
        let runtime = judgement.target.runtime;
        let chosen = runtimes.contains(&runtime) || runtimes.is_empty() && is_current(runtime);
        let on = architectures.contains(&judgement.target.architecture) || architectures.is_empty();
        chosen && on && audience.includes(runtime)
    };
    for judgement in subject.judgements.iter().filter(is_candidate) {
        let id = judgement.target.runtime.id;
        let own = judgement.problems.iter().filter(|problem| problem.package == package);
        let own: Vec<Of> = own.map(|problem| (problem.clone(), id)).collect();
        by_runtime.entry(id).or_default().push(own);
    }
    let per_runtime: Vec<Vec<Of>> = by_runtime
        .into_values()
        .map(|sides| if architectures.is_empty() { best(sides) } else { sides.concat() })
        .collect();
    if runtimes.is_empty() { best(per_runtime) } else { per_runtime.concat() }
}

fn is_current(runtime: &Runtime) -> bool {
    matches!(runtime.support, Support::Current { .. })
}

/// Of several lists the one with the least bad and the fewest problems.
fn best(lists: Vec<Vec<Of>>) -> Vec<Of> {
    let badness = |list: &Vec<Of>| {
        let of = |severity| list.iter().filter(|(problem, _)| problem.severity == severity).count();
        // A build for the other processor says less than what is wrong on its own.
        let elsewhere = list.iter().filter(|(problem, _)| problem.rule == WRONG_ARCHITECTURE).count();
        (of(Severity::Error), elsewhere, of(Severity::Warning), of(Severity::Note))
    };
    lists.into_iter().min_by_key(badness).unwrap_or_default()
}

fn finding(subject: &Subject, told: &Told) -> Finding {
    let problem = &told.problem;
    let path = problem.paths.first().map_or("", String::as_str);
    let file = subject.layer.files.iter().find(|file| file.path == path);
    let part = file.and_then(|file| subject.parts.get(file.part));
    let message = problem.message_with(subject.layer, &told.instead(subject));
    let mut finding = Finding::new(problem.rule, problem.severity, message).at(path);
    if let Some(part) = part {
        finding = finding.of_source(&part.source.name);
    }
    if problem.rule == WRONG_ARCHITECTURE
        && let Some(architecture) = Architecture::ALL.iter().find(|other| suits(subject, problem.package, **other))
    {
        let mut settings = subject.settings.clone();
        settings.architectures = vec![architecture.id().to_owned()];
        finding = finding.with_fix(
            format!("choose-architecture:{}", architecture.id()),
            format!("Choose {} alone", architecture.id()),
            FixKind::Suggested,
            Change::Set(settings),
        );
    }
    let back = if problem.rule == BROKEN_ORIGIN { ways_back(subject.layer, &problem.paths) } else { Vec::new() };
    for (path, to) in back {
        let (id, label) = (format!("move-back:{path}"), format!("Move {path} back to {to}"));
        let operation = Operation::Move { path, to };
        finding = finding.with_fix(id, label, FixKind::Safe, Change::Operate(operation));
    }
    finding.cause = build(problem).map(|build| &build.cause);
    if let Some((id, label, operation)) = rename(subject, problem) {
        finding = finding.with_fix(id, label, FixKind::Safe, Change::Operate(operation));
    }
    if problem.paths.len() == 1 {
        // What others need is not mended by leaving it out: then they fail.
        if !is_needed(subject, path) {
            finding = finding.or_exclude_path(path);
        }
    } else if let Some(part) = part {
        finding = finding.or_exclude(part);
    }
    match fetch(subject, told) {
        Some((label, call)) => finding.or_run(label, call),
        None => finding,
    }
}

/// The build of Python that a module is for, where that is what is wrong with it.
fn build(problem: &Problem) -> Option<&'static PythonBuild> {
    let path = problem.paths.first().filter(|_| problem.rule == WRONG_PYTHON_ABI)?;
    Module::of(path)?.build()
}

/// How to get a package that was built for something else.
fn fetch(subject: &Subject, told: &Told) -> Option<(String, Call)> {
    let problem = &told.problem;
    if problem.rule == MISSING_LIBRARY {
        return from_system(subject, told);
    }
    if ![FOREIGN_BINARY, GLIBC_TOO_NEW, WRONG_ARCHITECTURE, WRONG_PYTHON_ABI].contains(&problem.rule) {
        return None;
    }
    let package = subject.layer.packages.get(problem.package)?;
    let runtime = told.runtimes.iter().find_map(|id| Runtime::find(id))?;
    let chosen = subject.settings.architectures();
    let fails = |architecture: &&Architecture| !runs_on(subject, problem.package, **architecture);
    let architecture = chosen.iter().find(fails).or(chosen.first()).copied().unwrap_or(Architecture::X86_64);
    let (name, call) = match package.audience.language()? {
        Language::Python => {
            let of_that_name = |one: &&Distribution| normalise(&one.name) == normalise(&package.name);
            let found = subject.parts.iter().flat_map(|part| &part.distributions).find(of_that_name)?;
            // A build for an older system may be of another version.
            let version = if problem.rule == GLIBC_TOO_NEW { "" } else { found.version.as_str() };
            let wanted = if version.is_empty() { found.name.clone() } else { format!("{}=={version}", found.name) };
            let get = if build(problem).is_some() { get::cpython_wheel } else { get::wheel };
            (found.name.clone(), get(&wanted, runtime, architecture))
        }
        Language::NodeJs => {
            let manifests = || subject.parts.iter().flat_map(|part| part.manifests.values());
            // A build for one platform comes with the package that asks for it.
            let asking = manifests().filter(|one| one.optional.contains(&package.name));
            // Builds ask for one another; the package that asks for all of them is what npm can install anywhere.
            let asks = asking.min_by_key(|one| one.name.as_deref().is_none_or(is_build));
            let found = asks.or_else(|| manifests().find(|one| one.name.as_ref() == Some(&package.name)))?;
            let name = found.name.clone()?;
            let wanted = format!("{name}@{}", found.version);
            (name, get::npm(wanted.trim_end_matches('@'), architecture))
        }
        Language::Ruby => (package.name.clone(), get::gem(&package.name, &package.version, architecture)),
        _ => return None,
    };
    let plain = call.iter().all(|word| is_plain(word.trim_start_matches("--").replace(['=', ':'], "").as_str()));
    plain.then(|| (format!("Get {name} for {} on {}", runtime.id, architecture.id()), call))
}

/// How to get the libraries that a package lacks, where the runtime's own system has them as packages.
fn from_system(subject: &Subject, told: &Told) -> Option<(String, Call)> {
    let problem = &told.problem;
    let os = told.runtimes.iter().find_map(|id| Runtime::find(id))?.os;
    let mut names: BTreeSet<&str> = BTreeSet::new();
    for file in subject.layer.files.iter().filter(|file| problem.paths.iter().any(|path| path == file.path)) {
        if let Inspection::Elf(elf) = file.found {
            names.extend(elf.needed.iter().map(String::as_str));
        }
    }
    for (package, _, opened) in &subject.layer.opened {
        if *package == problem.package && names.is_empty() {
            names.extend(opened.iter().copied());
        }
    }
    let is_there = |name: &str| subject.layer.files.iter().any(|file| file_name(file.path) == name);
    let (mut libraries, mut packages) = (Vec::new(), Vec::new());
    for name in names.iter().filter(|name| presence(os, name) >= Presence::Unsure && !is_there(name)) {
        if let Some(package) = package_of(name, os) {
            libraries.push((*name).to_owned());
            if !packages.contains(&package) {
                packages.push(package);
            }
        }
    }
    let label = format!("On {}, get {} from /usr/lib64 for lib", os.label(), listed(&few(libraries)));
    (!packages.is_empty()).then(|| (label, get::libraries(&packages, os)))
}

/// What gives a library that is needed by the name in it that name, where nothing needs it by the name of its file.
fn rename(subject: &Subject, problem: &Problem) -> Option<(String, String, Operation)> {
    let needed = |name: &str, only: &[String]| {
        let asks = |file: &&File| only.is_empty() || only.iter().any(|path| path == file.path);
        let mut asking = subject.layer.files.iter().filter(asks).filter_map(elf);
        asking.any(|elf| elf.needed.iter().any(|library| library == name))
    };
    let is_there = |name: &str| subject.layer.files.iter().any(|file| file_name(file.path) == name);
    let is_it = |file: &&File| {
        elf(file).is_some_and(|elf| {
            !elf.soname.is_empty()
                && !elf.soname.contains('/')
                && !is_there(&elf.soname)
                && needed(&elf.soname, &problem.paths)
        }) && !needed(file_name(file.path), &[])
    };
    let file = subject.layer.files.iter().find(is_it).filter(|_| problem.rule == MISSING_LIBRARY)?;
    let (path, name) = (file.path.to_owned(), elf(file)?.soname.clone());
    Some((format!("rename:{path}"), format!("Rename {path} to {name}"), Operation::Rename { path, name }))
}

/// Whether another file needs a library by the name of the file at a path.
fn is_needed(subject: &Subject, path: &str) -> bool {
    let mut others = subject.layer.files.iter().filter(|file| file.path != path).filter_map(elf);
    others.any(|elf| elf.needed.iter().any(|library| file_name(library) == file_name(path)))
}

fn elf<'a>(file: &File<'a>) -> Option<&'a Elf> {
    match file.found {
        Inspection::Elf(elf) => Some(elf),
        _ => None,
    }
}

/// Whether to choose an architecture alone mends a package that is for another one than those chosen, and breaks none.
fn suits(subject: &Subject, package: usize, other: Architecture) -> bool {
    let chosen = subject.settings.architectures();
    let breaks = |package| {
        let before: Vec<&str> = chosen.iter().flat_map(|now| problems(subject, package, *now)).collect();
        problems(subject, package, other).any(|rule| !before.contains(&rule))
    };
    !chosen.is_empty()
        && chosen != [other]
        && runs_on(subject, package, other)
        && problems(subject, package, other).all(|rule| rule != WRONG_ARCHITECTURE.id)
        && !(0..subject.layer.packages.len()).any(breaks)
}

/// The rules that a package breaks on an architecture, on the runtimes that were chosen or on any.
fn problems<'a>(subject: &'a Subject, package: usize, on: Architecture) -> impl Iterator<Item = &'a str> {
    let runtimes = subject.settings.runtimes();
    let meant = subject.judgements.iter().filter(move |judgement| {
        judgement.target.architecture == on && (runtimes.is_empty() || runtimes.contains(&judgement.target.runtime))
    });
    let problems = meant.flat_map(|judgement| &judgement.problems).filter(move |problem| problem.package == package);
    problems.filter(|problem| problem.severity != Severity::Note).map(|problem| problem.rule.id)
}

/// Whether a package has no error on an architecture, on some runtime that was chosen, or on some at all.
fn runs_on(subject: &Subject, package: usize, architecture: Architecture) -> bool {
    let runtimes = subject.settings.runtimes();
    subject.judgements.iter().any(|judgement| {
        let target = judgement.target;
        target.architecture == architecture
            && (runtimes.is_empty() || runtimes.contains(&target.runtime))
            && !judgement
                .problems
                .iter()
                .any(|problem| problem.package == package && problem.severity == Severity::Error)
    })
}
