//! What runs where: every runtime on every architecture against what the layer holds, from the files' bytes first and
//! from what packages say of themselves second.
//!
//! A judge looks at one thing (symbols, modules, jars …) and complains about files. Complaints become problems of
//! packages; from them follow the matrix of targets, the proposed runtimes and, for the chosen targets, the findings.

mod asks;
mod binaries;
mod idle;
mod jars;
mod layer;
mod libraries;
mod modules;
mod problem;
mod search_path;
mod symbols;
mod tags;
mod torn;

use std::rc::Rc;

use self::asks::Asks;
pub use self::asks::{Present, excludes_node, excludes_python, other_platform, present};
pub use self::binaries::is_module;
pub use self::idle::idle;
pub use self::layer::{Audience, File, Layer, Package, root, site_of};
pub use self::modules::works_without;
pub use self::problem::Problem;
use self::problem::{Complaint, gather};
pub use self::tags::runs_by_bytes;
pub use self::torn::ways_back;
use crate::inspect::elf::Flaw;
use crate::inspect::module::Module;
use crate::inspect::{Built, Inspection};
use crate::order::{self, BTreeSet};
use crate::path::{folder_of, within};
use crate::place::Placement;
use crate::recognise::{Kind, Recognised};
use crate::tables::layouts::{flat_folder, versioned_folder};
use crate::tables::rules::{DAMAGED_BINARY, NOTHING_FOR_RUNTIME, Rule, Severity};
use crate::tables::runtimes::{Architecture, Language, OperatingSystem, RUNTIMES, Runtime};
use crate::words::grouped;

/// A runtime on an architecture that it is offered on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Target {
    /// The runtime.
    pub runtime: &'static Runtime,
    /// The architecture.
    pub architecture: Architecture,
}

/// Whether the layer works on a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing speaks against it.
    Green,
    /// Something may fail, or nothing in the layer is for it.
    Amber,
    /// Something fails.
    Red,
}

impl Verdict {
    /// The public name, e.g. `"green"`.
    pub fn id(self) -> &'static str {
        match self {
            Verdict::Green => "green",
            Verdict::Amber => "amber",
            Verdict::Red => "red",
        }
    }
}

/// What speaks against a target, or should be known about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// The rule.
    pub rule: &'static Rule,
    /// How bad it is.
    pub severity: Severity,
    /// The package.
    pub package: String,
    /// The file; empty where the package as a whole is meant.
    pub path: String,
    /// In words.
    pub message: String,
}

/// A target with what speaks against it.
pub struct Judgement {
    /// The target.
    pub target: Target,
    /// Whether the layer holds something of the runtime's language, where it looks.
    pub has_own: bool,
    /// Whether the layer holds anything that the runtime can use: its own, or what is for no language in particular.
    pub is_served: bool,
    /// The problems of packages, from the bytes.
    pub problems: Vec<Rc<Problem>>,
    /// What packages say of themselves.
    pub said: Vec<Reason>,
}

impl Judgement {
    /// Whether the layer works there.
    pub fn verdict(&self) -> Verdict {
        let worst = self.problems.iter().map(|problem| problem.severity);
        match worst.chain(self.said.iter().map(|reason| reason.severity)).min() {
            Some(Severity::Error) => Verdict::Red,
            Some(Severity::Warning) => Verdict::Amber,
            _ if !self.is_served || !self.said.is_empty() => Verdict::Amber,
            _ => Verdict::Green,
        }
    }

    /// All that speaks against it, the worst first.
    pub fn reasons(&self, layer: &Layer) -> Vec<Reason> {
        let of_package = |problem: &Rc<Problem>| Reason {
            rule: problem.rule,
            severity: problem.severity,
            package: layer.packages.get(problem.package).map_or_else(String::new, |package| package.name.clone()),
            path: problem.paths.first().cloned().unwrap_or_default(),
            message: problem.message(layer),
        };
        let mut reasons: Vec<Reason> = self.problems.iter().map(of_package).chain(self.said.clone()).collect();
        reasons.extend((!self.is_served).then(|| Reason {
            rule: NOTHING_FOR_RUNTIME,
            severity: Severity::Note,
            package: String::new(),
            path: String::new(),
            message: format!("nothing in the layer lies where {} looks", self.target.runtime.id),
        }));
        order::sort_by_key(&mut reasons, |reason| reason.severity);
        reasons
    }
}

/// Every target, in the order of the runtimes' table.
pub fn judge(layer: &Layer) -> Vec<Judgement> {
    let included: BTreeSet<usize> =
        layer.placements.iter().filter(|placement| !placement.excluded).map(|placement| placement.part).collect();
    let parts: Vec<&Recognised> =
        included.iter().filter_map(|part| layer.parts.get(*part)).map(|part| &**part).collect();
    let systems: Vec<((OperatingSystem, Architecture), Vec<Complaint>)> = OperatingSystem::ALL
        .iter()
        .flat_map(|system| Architecture::ALL.iter().map(|architecture| (*system, *architecture)))
        .map(|(system, architecture)| ((system, architecture), on_system(layer, system, architecture)))
        .collect();
    let languages = languages(&parts, layer.placements);
    let asks = Asks::of(layer);
    let mut judgements = Vec::new();
    for runtime in RUNTIMES {
        for architecture in runtime.architectures {
            let target = Target { runtime, architecture: *architecture };
            let known = systems.iter().find(|(system, _)| *system == (runtime.os, *architecture));
            let mut complaints: Vec<Complaint> = known
                .map(|(_, complaints)| complaints.as_slice())
                .unwrap_or(&[])
                .iter()
                .filter(|complaint| layer.files.get(complaint.file).is_some_and(|file| is_used(file, runtime)))
                .cloned()
                .collect();
            match runtime.language {
                Language::Python => complaints.extend(modules::judge(layer, runtime, *architecture)),
                Language::Java => complaints.extend(jars::judge(layer, runtime)),
                _ => {}
            }
            judgements.push(Judgement {
                target,
                has_own: languages.own(runtime),
                is_served: languages.serve(runtime),
                problems: problems(layer, runtime, complaints),
                said: tags::judge(layer, &parts, &target).into_iter().chain(asks.against(&target)).collect(),
            });
        }
    }
    judgements
}

/// The problems of packages: from complaints about their files, and from what is known about the packages.
fn problems(layer: &Layer, runtime: &Runtime, complaints: Vec<Complaint>) -> Vec<Rc<Problem>> {
    let mut problems = gather(layer, complaints);
    if runtime.language == Language::Python {
        problems.extend(libraries::opened(layer, runtime.os).into_iter().map(Rc::new));
    }
    problems
}

/// Whether a runtime looks at a file: where it searches, and for modules of Python the ones for its version.
fn is_used(file: &File, runtime: &Runtime) -> bool {
    let fits = || Module::of(file.path).is_none_or(|module| module.fits(runtime.numbers()));
    file.audience.includes(runtime) && (!binaries::is_module(file) || fits())
}

/// What speaks against files on a system, whatever the runtime.
fn on_system(layer: &Layer, system: OperatingSystem, architecture: Architecture) -> Vec<Complaint> {
    let mut complaints = binaries::judge(layer, architecture);
    complaints.extend(symbols::judge(layer, system, architecture));
    complaints.extend(libraries::judge(layer, system, architecture));
    complaints.extend(damaged(layer, architecture));
    complaints
}

/// Files that the linker refuses to load.
fn damaged(layer: &Layer, architecture: Architecture) -> Vec<Complaint> {
    let flaw = |(index, file): (usize, &File)| {
        let Inspection::Elf(elf) = file.found else { return None };
        let flaw = elf.flaw.filter(|_| elf.built == Built::For(architecture))?;
        let (found, instead) = match flaw {
            Flaw::CutShort { found, expected } => {
                let found = format!("ends after {} bytes", grouped(found));
                (found, format!("its headers announce {}", grouped(expected)))
            }
            Flaw::Misaligned => {
                ("has segments that do not lie on pages".into(), "the linker maps only whole pages".into())
            }
        };
        let (rule, severity) = (DAMAGED_BINARY, Severity::Error);
        Some(Complaint { file: index, rule, severity, found, instead, weight: Vec::new() })
    };
    layer.files.iter().enumerate().filter_map(flaw).collect()
}

/// Which runtimes the layer holds something of their own for.
struct Languages {
    of_parts: BTreeSet<Language>,
    /// Those that find something in the folders of what is a layer already.
    finders: BTreeSet<&'static str>,
}

fn languages(parts: &[&Recognised], placements: &[Placement]) -> Languages {
    let is_layer = parts.iter().any(|part| part.kind == Kind::Layer);
    let included = placements.iter().filter(|placement| is_layer && !placement.excluded);
    Languages {
        of_parts: parts.iter().filter_map(|part| part.kind.language()).collect(),
        finders: finders(included.map(|placement| placement.path.as_str())),
    }
}

impl Languages {
    /// Whether a runtime can use anything: where there is no language's content, all of it is for everyone.
    fn serve(&self, runtime: &Runtime) -> bool {
        self.own(runtime) || !RUNTIMES.iter().any(|other| self.own(other))
    }

    /// Whether a runtime finds content of its own: by its language, or in a folder that it searches.
    fn own(&self, runtime: &Runtime) -> bool {
        self.of_parts.contains(&runtime.language) || self.finders.contains(runtime.id)
    }
}

/// The runtimes that find some of these paths: in their version's own folder, or in the one of all versions.
fn finders<'a>(paths: impl Iterator<Item = &'a str>) -> BTreeSet<&'static str> {
    let own: Vec<(&Runtime, String)> =
        RUNTIMES.iter().filter_map(|runtime| Some((runtime, versioned_folder(runtime)?))).collect();
    let mut found = BTreeSet::new();
    let deepest = own.iter().map(|(_, own)| own.matches('/').count()).max().unwrap_or(0);
    let mut last = "";
    for path in paths {
        // What lies deeper is found by the same runtimes, and neighbours lie in the same folder as a rule.
        let folder = folder_of(path);
        let folder = folder.match_indices('/').nth(deepest).and_then(|(end, _)| folder.get(..end)).unwrap_or(folder);
        if folder == std::mem::replace(&mut last, folder) {
            continue;
        }
        let owners: Vec<&Runtime> =
            own.iter().filter(|(_, own)| within(folder, own).is_some()).map(|(runtime, _)| *runtime).collect();
        found.extend(owners.iter().map(|runtime| runtime.id));
        let in_flat = RUNTIMES.iter().filter(|runtime| {
            flat_folder(runtime.language).is_some_and(|flat| within(folder, flat).is_some())
                && !owners.iter().any(|owner| owner.language == runtime.language)
        });
        found.extend(in_flat.map(|runtime| runtime.id));
    }
    found
}
