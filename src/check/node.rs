//! Findings about npm packages whose compiled parts were never installed.

use super::dependencies::{found, is_plain, runtimes};
use super::{Finding, Severity, Subject, get};
use crate::order::BTreeSet;
use crate::path::{folder_of, within};
use crate::place::Placement;
use crate::recognise::Recognised;
use crate::recognise::node::npm::Manifest;
use crate::tables::install_scripts::{FETCHING, HELPERS};
use crate::tables::platform_words::{PROCESSOR_WORDS, SYSTEM_WORDS};
use crate::tables::rules;
use crate::tables::runtimes::{Architecture, Language, Runtime};
use crate::target::{Audience, Present, excludes_node, other_platform, present};
use crate::words::{few, listed};

pub fn check(subject: &Subject) -> Vec<Finding> {
    let mut findings = Vec::new();
    for placement in subject.placements.iter().filter(|placement| !placement.excluded) {
        let Some(part) = subject.parts.get(placement.part) else { continue };
        let Some(manifest) = part.manifests.get(&placement.entry) else { continue };
        let Some(name) = manifest.name.as_deref() else { continue };
        findings.extend(not_built(subject, part, placement, name, manifest));
        findings.extend(without_platform(subject, part, placement, name, manifest));
    }
    let present = present(subject.layer);
    findings.extend(present.iter().filter_map(|one| for_other(subject, &present, one)));
    findings.extend(engines(subject, &present));
    findings
}

/// The packages that say of themselves that they are for other versions of Node.js, in one finding: npm installs them all
/// the same, and most work.
fn engines(subject: &Subject, present: &[Present]) -> Option<Finding> {
    let runtimes = subject.settings.runtimes_of(Language::NodeJs);
    let (mut others, mut on, mut path) = (Vec::new(), BTreeSet::new(), String::new());
    for one in present.iter().filter(|one| !one.manifest.node.is_empty()) {
        let audience = Audience::of(one.path);
        let is_excluded =
            |runtime: &&&'static Runtime| audience.includes(runtime) && excludes_node(&one.manifest.node, runtime);
        let excluded: Vec<&str> = runtimes.iter().filter(is_excluded).map(|runtime| runtime.id).collect();
        if excluded.is_empty() {
            continue;
        }
        if others.is_empty() {
            one.path.clone_into(&mut path);
        }
        on.extend(excluded);
        let name = one.manifest.name.as_deref().unwrap_or(one.path);
        others.push(format!("{name} {} ({})", one.manifest.version, one.manifest.node));
    }
    let verb = if others.len() == 1 { "is" } else { "are" };
    let on: Vec<&str> = on.into_iter().collect();
    let message = format!("{} {verb} for other versions of Node.js than {}", listed(&few(others)), listed(&on));
    (!on.is_empty()).then(|| Finding::new(rules::REQUIRES_OTHER_NODE, Severity::Note, message).at(&path))
}

impl Finding {
    fn of(self, part: &Recognised, placement: &Placement) -> Finding {
        self.at(folder_of(placement.path.as_str())).of_source(&part.source.name)
    }
}

/// A package whose install script gets or compiles a module, where no compiled file is there.
fn not_built(
    subject: &Subject,
    part: &Recognised,
    placement: &Placement,
    name: &str,
    manifest: &Manifest,
) -> Option<Finding> {
    let folder = folder_of(placement.path.as_str());
    let fetched = FETCHING.iter().find(|row| row.package == name).map(|row| (row.what, row.options));
    // npm compiles what brings a binding.gyp and no script of its own.
    let is_compiled = || manifest.has_own_install || !subject.layer.has(&format!("{folder}/binding.gyp"));
    let (by, options) = fetched
        .or_else(|| manifest.install_scripts.iter().find_map(|script| helper(script)))
        .or_else(|| (!is_compiled()).then_some(("node-gyp", "")))?;
    let compiled = |file: &crate::target::File| file.found.built().is_some() && within(file.path, folder).is_some();
    // Newer packages bring the module as packages of their own, one for each platform.
    if subject.layer.files.iter().any(compiled) || manifest.optional.iter().any(|name| is_build(name)) {
        return None;
    }
    let package = format!("{name}@{}", manifest.version);
    if !is_plain(&package) {
        return None;
    }
    let architectures = subject.settings.architectures();
    let architecture = architectures.first().copied().unwrap_or(Architecture::X86_64);
    let message =
        format!("{name} {} gets its compiled part when it is installed ({by}), and has none", manifest.version);
    // What compiles takes no words about a target: it is for the system on which it runs.
    let on = if options.is_empty() { ", on Linux with glibc" } else { "" };
    let label = format!("Install {name} for {}{on}", architecture.id());
    let finding = Finding::new(rules::INSTALL_SCRIPT_NOT_RUN, Severity::Warning, message).of(part, placement);
    Some(finding.or_run(label, get::npm_with(&package, options, architecture)))
}

/// A package that takes its compiled part from one of several packages, each for a platform, where Lambda's is not there.
fn without_platform(
    subject: &Subject,
    part: &Recognised,
    placement: &Placement,
    name: &str,
    manifest: &Manifest,
) -> Option<Finding> {
    let builds: Vec<&String> = manifest.optional.iter().filter(|name| is_build(name)).collect();
    let chosen = subject.settings.architectures();
    let runtimes = runtimes(subject, Language::NodeJs);
    let from = folder_of(placement.path.as_str());
    let lacks = |architecture: &&Architecture| {
        let mut fitting = builds.iter().filter(|name| is_for(name, **architecture)).peekable();
        let is_there = |name: &&&String| runtimes.iter().any(|runtime| found(subject, runtime, from, name).is_some());
        fitting.peek().is_some() && !fitting.any(|name| is_there(&name))
    };
    let wanted = if chosen.is_empty() { Architecture::ALL } else { &chosen };
    let lacking: Vec<&Architecture> = wanted.iter().filter(lacks).collect();
    let architecture = **lacking.first().filter(|_| !chosen.is_empty() || lacking.len() == wanted.len())?;
    let package = format!("{name}@{}", manifest.version);
    // The shortest: others are what that one needs in turn, or special builds.
    let fitting = builds.iter().filter(|name| is_for(name, architecture)).min_by_key(|name| name.len());
    let build = fitting.filter(|_| is_plain(&package))?;
    let call = get::npm(&package, architecture);
    let message = format!(
        "{name} {} takes its compiled part from {build} on {}, which is not in the layer",
        manifest.version,
        architecture.id()
    );
    let finding = Finding::new(rules::PLATFORM_PACKAGE_MISSING, Severity::Warning, message).of(part, placement);
    Some(finding.or_run(format!("Get {name} for {}", architecture.id()), call))
}

/// A package that says of itself that it is for another system, or for another processor than one that was chosen.
fn for_other(subject: &Subject, present: &[Present], one: &Present) -> Option<Finding> {
    let chosen = subject.settings.architectures();
    let on: Vec<(&str, &str)> = (if chosen.is_empty() { Architecture::ALL } else { &chosen })
        .iter()
        .filter_map(|on| Some((other_platform(subject.layer, present, one, *on)?, on.id())))
        .collect();
    let (platform, _) = *on.first().filter(|_| !chosen.is_empty() || on.len() == Architecture::ALL.len())?;
    let instead = match one.manifest.only_for {
        Some(_) => "Lambda runs Linux with glibc".to_owned(),
        None => format!("it is not for {}", on.iter().map(|(_, id)| *id).collect::<Vec<_>>().join(" or ")),
    };
    let message = format!("{} is for {platform} by its package.json; {instead}", one.title());
    let finding = Finding::new(rules::WRONG_PLATFORM, Severity::Warning, message).at(one.path).of_source(one.source);
    Some(finding.or_exclude_path(one.path))
}

fn words_of(name: &str) -> Vec<String> {
    name.to_ascii_lowercase().split(|character: char| !character.is_ascii_alphanumeric()).map(str::to_owned).collect()
}

/// Whether a package's name names a system and a processor.
pub fn is_build(name: &str) -> bool {
    let words = words_of(name);
    let any = |known: &[&str]| words.iter().any(|word| known.contains(&word.as_str()));
    any(SYSTEM_WORDS) && any(PROCESSOR_WORDS)
}

/// Whether a build is for Linux with glibc on a processor.
fn is_for(name: &str, architecture: Architecture) -> bool {
    let words = words_of(name);
    let has = |known: &[&str]| words.iter().any(|word| known.contains(&word.as_str()));
    let processor: &[&str] = match architecture {
        Architecture::X86_64 => &["x64", "amd64", "64"],
        Architecture::Arm64 => &["arm64", "aarch64"],
    };
    has(&["linux"]) && has(processor) && !has(&["musl", "musleabihf", "android"])
}

/// The program that an install script starts, and the options of `npm install` that it takes.
fn helper(script: &str) -> Option<(&'static str, &'static str)> {
    let is_word = |word: &str, name: &str| word == name || word.ends_with(&format!("/{name}"));
    let row = HELPERS.iter().find(|helper| script.split_whitespace().any(|word| is_word(word, helper.name)))?;
    Some((row.name, row.options))
}
