//! What packages say of themselves, in wheels' tags and gems' specifications, against a target.

use super::binaries::misfit;
use super::symbols::fits_glibc;
use super::{File, Layer, Reason, Target, root, works_without};
use crate::inspect::{Built, Inspection};
use crate::order::BTreeMap;
use crate::path::file_name;
use crate::recognise::python::distribution::{Distribution, Tag, normalise};
use crate::recognise::ruby::gemspec::Specification;
use crate::recognise::{Kind, Recognised};
use crate::tables::platforms::Platform;
use crate::tables::rules::{Rule, Severity, WRONG_PLATFORM, WRONG_PYTHON_VERSION, WRONG_RUBY_VERSION};
use crate::tables::runtimes::Language;

/// What speaks against a target. Of several builds of one package, one that fits is enough.
pub fn judge(layer: &Layer, parts: &[&Recognised], target: &Target) -> Vec<Reason> {
    match target.runtime.language {
        Language::Python => python(layer, parts, target),
        Language::Ruby => ruby(parts, target),
        _ => Vec::new(),
    }
}

fn reason(rule: &'static Rule, package: &str, message: String) -> Reason {
    Reason { rule, severity: Severity::Error, package: package.to_owned(), path: String::new(), message }
}

fn python(layer: &Layer, parts: &[&Recognised], target: &Target) -> Vec<Reason> {
    let mut by_name: BTreeMap<String, Vec<(&Recognised, &Distribution)>> = BTreeMap::new();
    for part in parts {
        for distribution in &part.distributions {
            by_name.entry(normalise(&distribution.name)).or_default().push((part, distribution));
        }
    }
    let numbers = target.runtime.numbers();
    let mut reasons = Vec::new();
    for builds in by_name.values() {
        let tags = || builds.iter().flat_map(|(_, build)| &build.tags);
        let loads = |tag: &&_| Tag::fits_python(tag, numbers);
        let runs = |tag: &Tag| Platform::parse(&tag.platform).runs_on(target.runtime, target.architecture);
        let proven = |(part, build): &(&Recognised, &Distribution)| {
            build.tags.iter().any(|tag| loads(&tag)) && runs_by_bytes(layer, part, build, target)
        };
        if builds.iter().any(|(_, build)| build.tags.is_empty())
            || tags().filter(loads).any(runs)
            || builds.iter().any(proven)
        {
            continue;
        }
        let Some((part, build)) = builds.first() else { continue };
        let (rule, what) = match tags().find(loads) {
            None => (WRONG_PYTHON_VERSION, "says that it is for another Python"),
            Some(_) => (WRONG_PLATFORM, "says that it is for another platform"),
        };
        let tag = build.tags.first().map(ToString::to_string).unwrap_or_default();
        let mut reason = reason(rule, &build.name, format!("{} {} {what}: {tag}", build.name, build.version));
        if works_without(layer, part, build, target.runtime) {
            reason.severity = Severity::Warning;
        }
        reasons.push(reason);
    }
    reasons
}

/// Whether what a distribution holds runs on a target, whatever its tags say: it has compiled files, and each is for this
/// processor and needs no newer C library. Builders often state a newer system than their files need.
pub fn runs_by_bytes(layer: &Layer, part: &Recognised, distribution: &Distribution, target: &Target) -> bool {
    let name = normalise(&distribution.name);
    let is_own = |file: &&File| {
        layer.parts.get(file.part).is_some_and(|of| std::ptr::eq(&**of, part))
            && (part.distributions.len() == 1 || normalise(file_name(root(file.path))) == name)
    };
    let mut some = false;
    for file in layer.files.iter().filter(is_own) {
        if misfit(file.found, target.architecture).is_some() {
            return false;
        }
        if let Inspection::Elf(elf) = file.found {
            some = true;
            if !fits_glibc(elf, target.runtime.os) {
                return false;
            }
        }
    }
    some
}

fn ruby(parts: &[&Recognised], target: &Target) -> Vec<Reason> {
    let mut reasons = Vec::new();
    let mut by_name: BTreeMap<(&str, &str), Vec<&Specification>> = BTreeMap::new();
    for part in parts {
        if part.kind == Kind::GemHome
            && !part.version.is_empty()
            && part.version.strip_suffix(".0") != Some(target.runtime.version)
        {
            let message = format!("{} was installed for Ruby {}", part.source.name, part.version);
            reasons.push(reason(WRONG_RUBY_VERSION, &part.name, message));
        }
        for gem in part.gems() {
            by_name.entry((&gem.name, &gem.version)).or_default().push(gem);
        }
    }
    for ((name, version), builds) in by_name {
        let here = |gem: &&&Specification| gem.built().is_none_or(|built| built == Built::For(target.architecture));
        if !builds.iter().any(|gem| gem.fits(target.runtime)) {
            reasons.push(reason(WRONG_RUBY_VERSION, name, format!("{name} {version} asks for another Ruby")));
        } else if !builds.iter().any(|gem| here(&gem)) {
            reasons.push(reason(WRONG_PLATFORM, name, format!("{name} {version} is built for another platform")));
        }
    }
    reasons
}
