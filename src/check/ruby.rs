//! Findings about gems against the chosen runtimes and architectures.

use super::{Finding, Severity, Subject, get};
use crate::choices::Settings;
use crate::inspect::Built;
use crate::recognise::ruby::gemspec::Specification;
use crate::recognise::ruby::version::Condition;
use crate::recognise::{Kind, Recognised};
use crate::tables::layouts::{GEMS, is_ruby_api};
use crate::tables::rules;
use crate::tables::runtimes::{Architecture, Language};

pub fn check(subject: &Subject) -> Vec<Finding> {
    let included = subject.included_parts();
    let mut findings = Vec::new();
    for (index, part) in subject.parts.iter().enumerate() {
        findings.extend(unbuilt(subject.settings, part));
        if !subject.is_included(&included, index) {
            continue;
        }
        if let Some(gem) = &part.gem {
            findings.extend(version(subject, part, gem));
        }
        findings.extend(part.gems().filter_map(|gem| platform(subject, &included, part, gem)));
        findings.extend(home(subject, part));
    }
    findings
}

/// How to get a gem whose native part is not compiled yet, for the chosen architectures.
fn unbuilt(settings: &Settings, part: &Recognised) -> Option<Finding> {
    let gem = part.gem.as_ref().filter(|_| part.kind == Kind::GemSource)?;
    let (name, version) = (&gem.name, &gem.version);
    let mut architectures = settings.architectures();
    if architectures.is_empty() {
        architectures.push(Architecture::X86_64);
    }
    let message = format!("{}: {name} {version} has to be compiled; get its compiled gem", part.source.name);
    let mut finding = Finding::new(rules::NOT_READY, Severity::Warning, message).of_source(&part.source.name);
    for architecture in architectures {
        let label = format!("Get {name} for {}", architecture.id());
        finding = finding.or_run(label, get::gem(name, version, architecture));
    }
    let runtimes: Vec<&str> = settings.runtimes_of(Language::Ruby).iter().map(|runtime| runtime.version).collect();
    let ruby =
        if runtimes.is_empty() { "the runtime's own Ruby".into() } else { format!("Ruby {}", runtimes.join(", ")) };
    let label = format!("If there is none, compile it on Amazon Linux with {ruby}, and drop the folder gems");
    Some(finding.or_run(label, get::compiled_gem(name, version)))
}

fn version(subject: &Subject, part: &Recognised, gem: &Specification) -> Option<Finding> {
    let runtimes = subject.settings.runtimes_of(Language::Ruby);
    let wrong: Vec<&str> = runtimes.iter().filter(|runtime| !gem.fits(runtime)).map(|runtime| runtime.id).collect();
    if wrong.is_empty() {
        return None;
    }
    let wrong = wrong.join(", ");
    let message = if runtimes.iter().all(|runtime| gem.allows(runtime)) {
        let compiled: Vec<&str> = gem.compiled.iter().map(String::as_str).collect();
        format!("{} {} is compiled for Ruby {}; it has no code for {wrong}", gem.name, gem.version, compiled.join(", "))
    } else {
        let asked: Vec<String> = gem.ruby.iter().map(Condition::to_string).collect();
        format!("{} {} asks for Ruby {}; it does not support {wrong}", gem.name, gem.version, asked.join(", "))
    };
    let finding = Finding::new(rules::WRONG_RUBY_VERSION, Severity::Error, message).of_source(&part.source.name);
    Some(finding.or_exclude(part))
}

fn platform(subject: &Subject, included: &[bool], part: &Recognised, gem: &Specification) -> Option<Finding> {
    let message = match gem.built()? {
        Built::OtherSystem(system) => {
            format!(
                "{} {} is built for {system}; Lambda runs Linux with glibc on x86_64 or arm64",
                gem.name, gem.version
            )
        }
        Built::OtherProcessor(processor) => {
            format!("{} {} is built for {processor}; Lambda has x86_64 and arm64", gem.name, gem.version)
        }
        Built::For(built) => {
            let chosen: Vec<Architecture> = subject.settings.architectures();
            // Builds of one gem for both processors lie side by side, and RubyGems takes the right one.
            let is_sibling = |other: &Specification, wanted: Architecture| {
                (&other.name, &other.version) == (&gem.name, &gem.version)
                    && other.built().is_none_or(|built| built == Built::For(wanted))
            };
            let served = |wanted: Architecture| {
                let parts = subject.parts.iter().zip(included).filter(|(_, included)| **included);
                parts.flat_map(|(part, _)| part.gems()).any(|other| is_sibling(other, wanted))
            };
            let wrong: Vec<&str> = chosen
                .into_iter()
                .filter(|wanted| *wanted != built && !served(*wanted))
                .map(Architecture::id)
                .collect();
            if wrong.is_empty() {
                return None;
            }
            format!(
                "{} {} is built for {}; it does not load on {}",
                gem.name,
                gem.version,
                built.id(),
                wrong.join(", ")
            )
        }
    };
    let finding = Finding::new(rules::WRONG_PLATFORM, Severity::Error, message).of_source(&part.source.name);
    Some(if part.kind == Kind::Gem { finding.or_exclude(part) } else { finding })
}

/// Gems that were installed for a Ruby that was not chosen.
fn home(subject: &Subject, part: &Recognised) -> Option<Finding> {
    let runtimes = subject.settings.runtimes_of(Language::Ruby);
    let is_home = part.kind == Kind::GemHome && is_ruby_api(&part.version);
    if !is_home
        || runtimes.is_empty()
        || runtimes.iter().any(|runtime| part.version.strip_suffix(".0") == Some(runtime.version))
    {
        return None;
    }
    let named: Vec<&str> = runtimes.iter().map(|runtime| runtime.id).collect();
    let folder = format!("{GEMS}/{}", part.version);
    let message = format!(
        "{} was installed for Ruby {}; {} does not search {folder}",
        part.source.name,
        part.version.strip_suffix(".0").unwrap_or_default(),
        named.join(", ")
    );
    let finding = Finding::new(rules::WRONG_VERSION_FOLDER, Severity::Error, message);
    Some(finding.of_source(&part.source.name).at(&folder).or_exclude(part))
}
