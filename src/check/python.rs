//! Findings about Python distributions against the chosen runtimes and architectures, from the wheels' tags.

use super::dependencies::is_plain;
use super::{Change, Finding, FixKind, Severity, Subject, get};
use crate::path::folder_of;
use crate::place::Placement;
use crate::recognise::python::distribution::{Distribution, Tag, normalise};
use crate::recognise::{Kind, Recognised};
use crate::tables::platforms::Platform;
use crate::tables::rules;
use crate::tables::runtimes::{Architecture, Language, Runtime};
use crate::target::{self, Audience, excludes_python, runs_by_bytes, works_without};
use crate::words::listed;

pub fn check(subject: &Subject) -> Vec<Finding> {
    let included = subject.included_parts();
    let runtimes = subject.settings.runtimes_of(Language::Python);
    let mut architectures = subject.settings.architectures();
    let any_architecture = architectures.is_empty();
    if any_architecture {
        architectures = Architecture::ALL.to_vec();
    }
    let target = Target { runtimes, architectures, any_architecture };
    let mut findings = Vec::new();
    for (index, part) in subject.parts.iter().enumerate().filter(|(_, part)| !part.distributions.is_empty()) {
        if subject.is_included(&included, index) {
            for distribution in &part.distributions {
                let path = metadata_path(subject, index, distribution);
                let mut found = Vec::new();
                if !distribution.tags.is_empty() {
                    found.extend(version(subject, &target, part, distribution));
                    let fetched = |finding| target.or_fetch(finding, distribution, &target.runtimes, (false, false));
                    found.extend(platform(subject, &target, part, distribution).map(fetched));
                }
                if found.is_empty() {
                    found.extend(asked(&target, part, distribution, &path));
                }
                findings.extend(found.into_iter().map(|finding| finding.at(&path)));
            }
        }
    }
    findings
}

/// Where the distribution's metadata lie in the layer, which is where its findings are shown.
fn metadata_path(subject: &Subject, part: usize, distribution: &Distribution) -> String {
    let own = |placement: &&Placement| {
        placement.part == part
            && placement.entry(subject.parts).is_some_and(|entry| distribution.owns_metadata(&entry.path))
    };
    let placement = subject.placements.iter().filter(|placement| !placement.excluded).find(own);
    placement.map_or_else(String::new, |placement| folder_of(placement.path.as_str()).to_owned())
}

/// What a distribution says of the Pythons that it is for, against those that look at it.
fn asked(target: &Target, part: &Recognised, distribution: &Distribution, path: &str) -> Option<Finding> {
    let audience = Audience::of(path);
    let is_excluded = |runtime: &&&Runtime| audience.includes(runtime) && excludes_python(distribution, runtime);
    let excluded: Vec<&Runtime> = target.runtimes.iter().filter(is_excluded).copied().collect();
    if excluded.is_empty() {
        return None;
    }
    let Distribution { name, version, python, .. } = distribution;
    let ids: Vec<&str> = excluded.iter().map(|runtime| runtime.id).collect();
    let message = format!("{name} {version} asks for Python {python}; {} will not do", listed(&ids));
    let finding = Finding::new(rules::REQUIRES_OTHER_PYTHON, Severity::Warning, message).of_source(&part.source.name);
    // Another version may do; pip finds the newest of them.
    Some(target.or_fetch(finding, distribution, &excluded, (true, false)))
}

struct Target {
    runtimes: Vec<&'static Runtime>,
    architectures: Vec<Architecture>,
    any_architecture: bool,
}

impl Target {
    /// With the command that gets the distribution for the first of some runtimes: in the same version, or in the newest
    /// that there is for it; by a pip that is told all, where the person has that of another build of Python.
    fn or_fetch(
        &self,
        finding: Finding,
        distribution: &Distribution,
        runtimes: &[&Runtime],
        (any_version, other_pip): (bool, bool),
    ) -> Finding {
        let Distribution { name, version, .. } = distribution;
        let (Some(runtime), Some(architecture)) = (runtimes.first(), self.architectures.first()) else {
            return finding;
        };
        if !is_plain(name) || !any_version && !is_plain(version) {
            return finding;
        }
        let wanted = if any_version { name.clone() } else { format!("{name}=={version}") };
        let label = format!("Get {name} for {} on {}", runtime.id, architecture.id());
        let get = if other_pip { get::cpython_wheel } else { get::wheel };
        finding.or_run(label, get(&wanted, runtime, *architecture))
    }
}

/// The runtimes whose Python loads none of the tags.
fn version(subject: &Subject, target: &Target, part: &Recognised, distribution: &Distribution) -> Option<Finding> {
    let fits = |runtime: &&Runtime| distribution.tags.iter().any(|tag| tag.fits_python(runtime.numbers()));
    let served_elsewhere = |runtime: &Runtime| is_served_by_sibling(subject, distribution, runtime);
    let wrong: Vec<&Runtime> =
        target.runtimes.iter().copied().filter(|runtime| !fits(runtime) && !served_elsewhere(runtime)).collect();
    if wrong.is_empty() {
        return None;
    }
    let severity = severity(subject, &wrong, part, distribution);
    let what = match severity {
        Severity::Error => "cannot load it",
        _ => "runs it without its compiled part, slower",
    };
    let lacking = wrong.clone();
    let wrong: Vec<&str> = wrong.iter().map(|runtime| runtime.id).collect();
    let build = distribution.tags.first().and_then(Tag::build);
    let message = format!(
        "{} {} is built for {}; {} {what}",
        distribution.name,
        distribution.version,
        describe_pythons(&distribution.tags),
        wrong.join(", "),
    );
    let mut finding = Finding::new(rules::WRONG_PYTHON_VERSION, severity, message).of_source(&part.source.name);
    finding.cause = build.map(|build| &build.cause);
    let mut settings = subject.settings.clone();
    let fitting: Vec<&str> = crate::tables::runtimes::RUNTIMES
        .iter()
        .filter(|runtime| runtime.language == Language::Python && fits(runtime))
        .map(|runtime| runtime.id)
        .collect();
    settings.runtimes.retain(|id| !wrong.contains(&id.as_str()));
    // What is for a chosen runtime would then be for none.
    let breaks = |id: &&str| {
        let mut others = subject.parts.iter().flat_map(|part| &part.distributions);
        Runtime::find(id).is_some_and(|other| {
            others.any(|one| {
                let loads = |runtime: &Runtime| one.tags.iter().any(|tag| tag.fits_python(runtime.numbers()));
                target.runtimes.iter().copied().any(loads) && !loads(other)
            })
        })
    };
    let finding = match (settings.runtimes.is_empty(), fitting.as_slice()) {
        (true, [only]) if !breaks(only) => {
            settings.runtimes = vec![(*only).to_owned()];
            finding.with_fix(
                format!("choose-runtime:{only}"),
                format!("Choose {only} instead"),
                FixKind::Suggested,
                Change::Set(settings),
            )
        }
        (true, _) => finding,
        (false, _) => finding.with_fix(
            format!("drop-runtimes:{}", wrong.join(",")),
            format!("Leave out {}", wrong.join(", ")),
            FixKind::Suggested,
            Change::Set(settings),
        ),
    };
    let how = build.map_or((false, false), |build| (build.any_version, build.other_pip));
    Some(target.or_fetch(finding.or_exclude(part), distribution, &lacking, how))
}

/// How bad it is that tags speak against runtimes: what is installed may do without what was compiled.
fn severity(subject: &Subject, runtimes: &[&Runtime], part: &Recognised, distribution: &Distribution) -> Severity {
    let works = |runtime: &&Runtime| works_without(subject.layer, part, distribution, runtime);
    if !runtimes.is_empty() && runtimes.iter().all(works) { Severity::Warning } else { Severity::Error }
}

/// Whether another part brings the same distribution for that runtime: each lies in its version's own folder then.
fn is_served_by_sibling(subject: &Subject, distribution: &Distribution, runtime: &Runtime) -> bool {
    let fits = |tag: &Tag| tag.only_version().is_some() && tag.fits_python(runtime.numbers());
    subject.parts.iter().flat_map(|part| &part.distributions).any(|other| {
        other != distribution && normalise(&other.name) == normalise(&distribution.name) && other.tags.iter().any(fits)
    })
}

/// Whether the chosen targets run what the distribution was compiled for. Runtimes whose Python does not load it are
/// the other check's matter.
fn platform(subject: &Subject, target: &Target, part: &Recognised, distribution: &Distribution) -> Option<Finding> {
    let platforms: Vec<Platform> = distribution.tags.iter().map(|tag| Platform::parse(&tag.platform)).collect();
    let on_lambda = |platform: &Platform| *platform == Platform::Any || platform.architecture().is_some();
    let wrong = wrong_targets(subject, target, part, distribution);
    let loads = |runtime: &&Runtime| distribution.tags.iter().any(|tag| tag.fits_python(runtime.numbers()));
    if wrong.is_empty() && (platforms.iter().any(on_lambda) || target.runtimes.iter().any(loads)) {
        return None;
    }
    let instead = if platforms.iter().any(on_lambda) {
        format!("it does not run on {}", wrong.join(", "))
    } else {
        "Lambda runs Linux with glibc on x86_64 or arm64".to_owned()
    };
    let built_for = describe_platforms(&platforms);
    let severity = severity(subject, &target.runtimes, part, distribution);
    let what = if severity == Severity::Error { "" } else { ", where Python does without its compiled part" };
    let message = format!("{} {} is built for {built_for}; {instead}{what}", distribution.name, distribution.version);
    let finding = Finding::new(rules::WRONG_PLATFORM, severity, message).of_source(&part.source.name);
    Some(if part.kind == Kind::Wheel { finding.or_exclude(part) } else { finding })
}

/// The chosen targets on which none of the tags runs. Where no architecture is chosen, one that runs it is enough.
fn wrong_targets(subject: &Subject, target: &Target, part: &Recognised, distribution: &Distribution) -> Vec<String> {
    let loads = |runtime: &&&Runtime| distribution.tags.iter().any(|tag| tag.fits_python(runtime.numbers()));
    let runs = |runtime: &'static Runtime, architecture: Architecture| {
        distribution.tags.iter().any(|tag| {
            tag.fits_python(runtime.numbers()) && Platform::parse(&tag.platform).runs_on(runtime, architecture)
        }) || runs_by_bytes(subject.layer, part, distribution, &target::Target { runtime, architecture })
    };
    let is_for = |architecture: Architecture| {
        distribution
            .tags
            .iter()
            .map(|tag| Platform::parse(&tag.platform))
            .any(|platform| platform == Platform::Any || platform.architecture() == Some(architecture))
    };
    if target.runtimes.is_empty() {
        let wrong =
            target.architectures.iter().filter(|architecture| !target.any_architecture && !is_for(**architecture));
        return wrong.map(|architecture| architecture.id().to_owned()).collect();
    }
    let mut wrong = Vec::new();
    for runtime in target.runtimes.iter().filter(loads) {
        let failing: Vec<Architecture> =
            target.architectures.iter().copied().filter(|architecture| !runs(runtime, *architecture)).collect();
        if target.any_architecture && failing.len() < target.architectures.len() {
            continue;
        }
        let (major, minor) = runtime.os.glibc();
        let named =
            |architecture: &Architecture| format!("{} on {} (glibc {major}.{minor})", runtime.id, architecture.id());
        wrong.extend(failing.iter().map(named));
    }
    wrong
}

fn describe_pythons(tags: &[Tag]) -> String {
    let mut names: Vec<String> = tags
        .iter()
        .map(|tag| match tag.abi.as_str() {
            "none" => tag.python.clone(),
            abi if abi == tag.python => tag.python.clone(),
            abi => format!("{}-{abi}", tag.python),
        })
        .collect();
    names.dedup();
    let title = tags.first().and_then(|tag| Some(tag.build()?.title.replace("{version}", &tag.version())));
    match title {
        Some(title) => format!("{title} (tag {})", names.join(", ")),
        None => format!("{} (tag)", names.join(", ")),
    }
}

fn describe_platforms(platforms: &[Platform]) -> String {
    let mut names: Vec<String> = platforms.iter().map(|platform| platform.describe()).collect();
    names.dedup();
    names.join(", ")
}
