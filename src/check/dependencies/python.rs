//! Distributions that others name in `Requires-Dist`.

use super::{Missing, Need, findings, runtimes, unclear, wanted};
use crate::check::{Finding, Subject, get};
use crate::order::{BTreeMap, BTreeSet};
use crate::path::{folder_of, within};
use crate::recognise::Recognised;
use crate::recognise::python::distribution::{Distribution, normalise};
use crate::recognise::python::pep440::{Version, fits};
use crate::recognise::python::requirement::{Environment, Requirement};
use crate::tables::bundled::is_bundled;
use crate::tables::layouts::{flat_folder, versioned_folder};
use crate::tables::runtimes::{Architecture, Language, Runtime};

/// A distribution that is in the layer.
struct Present<'a> {
    distribution: &'a Distribution,
    /// The folder that it was put into.
    site: &'a str,
    /// Where its metadata are.
    path: &'a str,
    source: &'a str,
}

pub fn check(subject: &Subject) -> Vec<Finding> {
    let runtimes = runtimes(subject, Language::Python);
    let present = present(subject);
    if runtimes.is_empty() || present.iter().all(|one| one.distribution.requires.is_empty()) {
        return Vec::new();
    }
    let mut architectures = subject.settings.architectures();
    if architectures.is_empty() {
        architectures = Architecture::ALL.to_vec();
    }
    let (mut missing, mut unread) = (Missing::new(), BTreeSet::new());
    let in_function = subject.function.map(names_of_function).unwrap_or_default();
    for runtime in &runtimes {
        let sites = sites(runtime);
        let names = names(subject, &sites);
        let own: Vec<&Present> = present.iter().filter(|one| sites.iter().any(|site| site == one.site)).collect();
        for architecture in &architectures {
            let needs = needs(&own, runtime, *architecture);
            for (one, requirement) in needs {
                let name = normalise(&requirement.name);
                let (there, fits) = version(&own, &name, &requirement.versions);
                // Python searches the function before all layers.
                if in_function.contains(&name) {
                    continue;
                }
                if fits.is_none() && !there.is_empty() {
                    let by = &one.distribution.name;
                    unread.insert(format!("{by} needs {name} {}, and {there} is there", requirement.versions));
                }
                // A version of which nothing is told, as of a folder without metadata, may fit.
                if fits != Some(false) && (names.contains(&name) || is_bundled(runtime, &name)) {
                    continue;
                }
                let there = if fits == Some(false) { there } else { "" };
                let versions = if there.is_empty() { "" } else { &requirement.versions };
                let need = missing.entry((name, versions.to_owned())).or_insert_with(|| Need {
                    path: one.path.to_owned(),
                    source: one.source.to_owned(),
                    architecture: Some(*architecture),
                    there: there.to_owned(),
                    ..Need::default()
                });
                let by = format!("{} {}", one.distribution.name, one.distribution.version);
                need.add(by, "", runtime);
                need.narrow(&requirement.versions);
            }
        }
    }
    let mut told = findings(subject, missing, &runtimes, |name, need| {
        let runtime = need.runtimes.first().and_then(|id| Runtime::find(id));
        let (runtime, architecture) = runtime.zip(need.architecture)?;
        Some(get::wheel(&wanted(name, "", &need.versions), runtime, architecture))
    });
    told.extend(unclear(unread));
    told
}

/// The version that is there of a distribution, and whether it fits: of several, one that fits is enough. Empty where none
/// is there; `None` where the one or the other can't be read.
fn version<'a>(present: &[&'a Present], name: &str, versions: &str) -> (&'a str, Option<bool>) {
    let mut found = ("", None);
    for one in present.iter().filter(|one| normalise(&one.distribution.name) == name) {
        let there = one.distribution.version.as_str();
        found = (there, Version::parse(there).and_then(|there| fits(&there, versions)));
        if found.1 == Some(true) {
            break;
        }
    }
    found
}

/// The folders that a runtime searches.
fn sites(runtime: &Runtime) -> Vec<String> {
    flat_folder(Language::Python).map(str::to_owned).into_iter().chain(versioned_folder(runtime)).collect()
}

/// The distributions whose metadata lie where a runtime looks.
fn present<'a>(subject: &'a Subject) -> Vec<Present<'a>> {
    let metadata = |path: &str| path.ends_with(".dist-info/METADATA");
    let placed = subject.placements.iter().filter(|placement| !placement.excluded);
    placed
        .filter(|placement| metadata(placement.path.as_str()))
        .filter_map(|placement| {
            let part = subject.parts.get(placement.part)?;
            let folder = folder_of(&placement.entry(subject.parts)?.path);
            let distribution = part.distributions.iter().find(|one| one.dist_info == folder)?;
            let path = folder_of(placement.path.as_str());
            Some(Present { distribution, site: folder_of(path), path, source: &part.source.name })
        })
        .collect()
}

/// What is in some folders by name: distributions by their metadata, and packages and modules, since metadata are often
/// left out.
fn names(subject: &Subject, sites: &[String]) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut last = "";
    for placement in subject.placements.iter().filter(|placement| !placement.excluded) {
        for site in sites {
            let Some(rest) = within(placement.path.as_str(), site) else { continue };
            let top = rest.split('/').next().unwrap_or(rest);
            if top == last || top == "lib" && site == "python" {
                continue;
            }
            last = top;
            names.insert(normalise(name_of(top)));
        }
    }
    names
}

/// What lies at the top of a function's code, by name.
fn names_of_function(function: &Recognised) -> BTreeSet<String> {
    let entries = function.entries.iter().filter_map(|index| function.entry(*index));
    let mut names: BTreeSet<String> = entries.map(|entry| normalise(name_of(&entry.path))).collect();
    names.extend(function.distributions.iter().map(|one| normalise(&one.name)));
    names
}

/// The name of the distribution, package or module at the top of a path.
fn name_of(path: &str) -> &str {
    let top = path.split('/').next().unwrap_or(path);
    match top.strip_suffix(".dist-info").or_else(|| top.strip_suffix(".egg-info")) {
        Some(stem) => stem.split('-').next().unwrap_or(stem),
        None => top.split('.').next().unwrap_or(top),
    }
}

/// All that is needed on a target, with who needs it. An extra counts once somebody asks for it.
fn needs<'a>(
    present: &[&'a Present<'a>],
    runtime: &Runtime,
    architecture: Architecture,
) -> Vec<(&'a Present<'a>, &'a Requirement)> {
    let mut asked: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    loop {
        let mut needs = Vec::new();
        for one in present {
            let extras = asked.get(&normalise(&one.distribution.name)).cloned().unwrap_or_default();
            for requirement in &one.distribution.requires {
                let mut wanted = std::iter::once("").chain(extras.iter().copied());
                if wanted.any(|extra| requirement.is_for(Environment { runtime, architecture, extra })) {
                    needs.push((*one, requirement));
                }
            }
        }
        let before: usize = asked.values().map(BTreeSet::len).sum();
        for (_, requirement) in &needs {
            let extras = asked.entry(normalise(&requirement.name)).or_default();
            extras.extend(requirement.extras.iter().map(String::as_str));
        }
        // Each round asks for more than the one before, so it ends.
        if asked.values().map(BTreeSet::len).sum::<usize>() == before {
            return needs;
        }
    }
}
