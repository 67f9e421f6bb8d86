//! Programs and libraries by the system and processor that they were compiled for.
//!
//! Many packages bring builds for several platforms and load the one that fits: what lies there for others is weight,
//! and no mistake. It is told by its name: a build that is chosen at run time is chosen by a name.

use super::layer::{File, Layer, Package, is_python, names_platform};
use super::problem::Complaint;
use crate::inspect::elf::CLibrary;
use crate::inspect::module::Module;
use crate::inspect::{Built, Inspection};
use crate::order::BTreeSet;
use crate::path::file_name;
use crate::tables::layouts::{BIN, EXTENSIONS, LIB};
use crate::tables::optional_modules::OPTIONAL_PACKAGES;
use crate::tables::platform_words::OTHER_SYSTEMS_ONLY;
use crate::tables::rules::{FOREIGN_BINARY, Rule, Severity, WRONG_ARCHITECTURE};
use crate::tables::runtimes::{Architecture, Language};

/// Endings that only other systems look for.
const ENDINGS_OF_OTHERS: &[&str] = &[".bundle", ".dll", ".dylib", ".exe", ".pyd"];

/// What Lambda has instead of other systems.
pub const ON_LAMBDA: &str = "Lambda runs Linux with glibc";

/// What speaks against a file on an architecture, whatever its package does.
pub fn misfit(found: &Inspection, architecture: Architecture) -> Option<(&'static Rule, String, String)> {
    let on_linux = || ON_LAMBDA.to_owned();
    match found.built()? {
        Built::OtherSystem(system) => Some((FOREIGN_BINARY, format!("is built for {system}"), on_linux())),
        Built::OtherProcessor(processor) => {
            let instead = "Lambda has 64-bit x86_64 and arm64".to_owned();
            Some((WRONG_ARCHITECTURE, format!("is built for {processor}"), instead))
        }
        Built::For(built) if built != architecture => {
            let instead = format!("it does not run on {}", architecture.id());
            Some((WRONG_ARCHITECTURE, format!("is built for {}", built.id()), instead))
        }
        Built::For(_) => {
            let Inspection::Elf(elf) = found else { return None };
            let system = match elf.c_library() {
                CLibrary::Musl => "Alpine (it needs the musl C library)",
                CLibrary::Bionic => "Android",
                CLibrary::Glibc | CLibrary::None => return None,
            };
            Some((FOREIGN_BINARY, format!("is built for {system}"), on_linux()))
        }
    }
}

/// Whether a file is a module that Python imports by its name; [`modules`](super::modules) judges those.
pub fn is_module(file: &File) -> bool {
    is_module_at(file.path)
}

/// Whether a path is that of such a module.
pub fn is_module_at(path: &str) -> bool {
    is_python(path) && Module::of(path).is_some_and(|module| !module.is_library())
}

/// What was compiled for something else than an architecture, and is not there as one build of several.
pub fn judge(layer: &Layer, architecture: Architecture) -> Vec<Complaint> {
    let fitting: BTreeSet<&str> = layer
        .files
        .iter()
        .filter(|file| file.found.built().is_some() && misfit(file.found, architecture).is_none())
        .filter_map(|file| Some(layer.package(file)?.family.as_str()))
        .collect();
    let mut complaints = Vec::new();
    for (index, file) in layer.files.iter().enumerate().filter(|(_, file)| !is_module(file)) {
        let Some(package) = layer.package(file) else { continue };
        let Some((rule, found, instead)) = misfit(file.found, architecture) else { continue };
        let served = fitting.contains(package.family.as_str());
        let instead = match is_optional(package) {
            true => format!("{instead}; what uses it works without, slower"),
            false => instead,
        };
        if let Some(severity) = severity(file, package, rule, served) {
            complaints.push(Complaint { file: index, rule, severity, found, instead, weight: Vec::new() });
        }
    }
    complaints
}

/// Whether it is a package of npm's that others do without.
fn is_optional(package: &Package) -> bool {
    let is_it = |known: &&str| package.name == **known || known.ends_with('/') && package.name.starts_with(*known);
    package.audience.language() == Some(Language::NodeJs) && OPTIONAL_PACKAGES.iter().any(is_it)
}

/// How bad a build for something else is; `None` where it does no harm.
fn severity(file: &File, package: &Package, rule: &Rule, served: bool) -> Option<Severity> {
    let name = file_name(file.path);
    let is_alone = [BIN, LIB, EXTENSIONS].iter().any(|folder| file.path.starts_with(&format!("{folder}/")))
        || !file.path.contains('/');
    if is_alone {
        return Some(Severity::Error);
    }
    if served && names_platform(file.path, package) || OTHER_SYSTEMS_ONLY.contains(&package.name.as_str()) {
        return None;
    }
    if is_optional(package) {
        return Some(Severity::Warning);
    }
    let lower = name.to_ascii_lowercase();
    if rule == FOREIGN_BINARY && ENDINGS_OF_OTHERS.iter().any(|ending| lower.ends_with(ending)) {
        // Nothing looks for it on Linux; without a counterpart something will be missed.
        let is_launcher = package.audience.language() == Some(Language::Python) && lower.ends_with(".exe");
        let is_build = package.names_platform();
        let severity = if is_build { Severity::Error } else { Severity::Warning };
        return (!served && !is_launcher).then_some(severity);
    }
    let is_loaded =
        lower.ends_with(".node") || lower.ends_with(".so") || lower.contains(".so.") || file.mode & 0o111 != 0;
    Some(if is_loaded || names_platform(file.path, package) { Severity::Error } else { Severity::Warning })
}
