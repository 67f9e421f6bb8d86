//! The runtimes and architectures that the content can run on: proposed, never chosen by itself.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::path::{folder_of, within};
use crate::place::Placement;
use crate::recognise::binary::Built;
use crate::recognise::distribution::{Distribution, normalise};
use crate::recognise::{Kind, Recognised};
use crate::tables::layouts::{flat_folder, versioned_folder};
use crate::tables::platforms::Platform;
use crate::tables::runtimes::{Architecture, Language, RUNTIMES, Runtime, Support};

/// What the person may choose without any finding about a wrong target.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Proposal {
    /// Current runtimes of each language that was found, on which all of its content runs.
    pub runtimes: Vec<&'static Runtime>,
    /// Architectures on which everything runs.
    pub architectures: Vec<Architecture>,
}

/// The proposal for what is in the layer.
pub fn propose(parts: &[Rc<Recognised>], placements: &[Placement]) -> Proposal {
    let mut included = vec![false; parts.len()];
    for placement in placements.iter().filter(|placement| !placement.excluded) {
        if let Some(slot) = included.get_mut(placement.part) {
            *slot = true;
        }
    }
    let folders = layer_folders(parts, placements);
    let parts: Vec<&Recognised> =
        parts.iter().zip(included).filter(|(_, included)| *included).map(|(part, _)| &**part).collect();
    let languages: Vec<Language> = parts.iter().filter_map(|part| part.kind.language()).collect();
    let wanted = |runtime: &Runtime| {
        languages.contains(&runtime.language) || folders.iter().any(|folder| searches(runtime, folder))
    };
    let architectures: Vec<Architecture> =
        Architecture::ALL.iter().copied().filter(|architecture| runs_somewhere(&parts, *architecture)).collect();
    let runtimes: Vec<&Runtime> = RUNTIMES
        .iter()
        .filter(|runtime| matches!(runtime.support, Support::Current { .. }) && wanted(runtime))
        .filter(|runtime| architectures.iter().all(|architecture| runtime.architectures.contains(architecture)))
        .filter(|runtime| runs(&parts, runtime, &architectures))
        .collect();
    if runtimes.is_empty() || architectures.is_empty() {
        return Proposal::default();
    }
    Proposal { runtimes, architectures }
}

/// The folders at the top of what is a layer already, as deep as a runtime's own folder can lie.
fn layer_folders(parts: &[Rc<Recognised>], placements: &[Placement]) -> BTreeSet<String> {
    const DEPTH: usize = 4;
    placements
        .iter()
        .filter(|placement| !placement.excluded)
        .filter(|placement| parts.get(placement.part).is_some_and(|part| part.kind == Kind::Layer))
        .map(|placement| folder_of(placement.path.as_str()).split('/').take(DEPTH).collect::<Vec<_>>().join("/"))
        .collect()
}

/// Whether a runtime finds what lies in a folder: in its version's own, or in the one of all versions.
fn searches(runtime: &Runtime, folder: &str) -> bool {
    let own = |runtime: &Runtime| versioned_folder(runtime).is_some_and(|own| within(folder, &own).is_some());
    let flat = flat_folder(runtime.language).is_some_and(|flat| within(folder, flat).is_some());
    own(runtime) || flat && !RUNTIMES.iter().any(|other| other.language == runtime.language && own(other))
}

/// Whether all content of a runtime's language runs on it, on each of the architectures.
fn runs(parts: &[&Recognised], runtime: &Runtime, architectures: &[Architecture]) -> bool {
    match runtime.language {
        Language::Python => distributions(parts).values().all(|alternatives| {
            architectures
                .iter()
                .all(|architecture| alternatives.iter().any(|distribution| fits(distribution, runtime, *architecture)))
        }),
        Language::Java => parts.iter().all(|part| part.class_major <= Some(runtime.class_major())),
        Language::Ruby => parts.iter().all(|part| {
            let own = part.version.strip_suffix(".0");
            let home = part.kind != Kind::GemHome || part.version.is_empty() || own == Some(runtime.version);
            home && part.gem.as_ref().is_none_or(|gem| gem.fits(runtime))
        }),
        _ => true,
    }
}

/// Whether some build of each distribution and each gem is for an architecture at all, and every program.
fn runs_somewhere(parts: &[&Recognised], architecture: Architecture) -> bool {
    let mut gems: BTreeMap<(&str, &str), Vec<Option<Built>>> = BTreeMap::new();
    for gem in parts.iter().filter_map(|part| part.gem.as_ref()) {
        gems.entry((&gem.name, &gem.version)).or_default().push(gem.built());
    }
    let here = |built: &Built| *built == Built::For(architecture);
    let gems = gems.values().all(|builds| builds.iter().any(|built| built.as_ref().is_none_or(here)));
    let programs = parts.iter().flat_map(|part| &part.binaries).all(|(_, built)| here(built));
    gems && programs
        && distributions(parts).values().all(|alternatives| {
            alternatives.iter().any(|distribution| {
                distribution.tags.is_empty()
                    || distribution
                        .tags
                        .iter()
                        .map(|tag| Platform::parse(&tag.platform))
                        .any(|platform| platform == Platform::Any || platform.architecture() == Some(architecture))
            })
        })
}

/// The distributions by name: several of a name are builds for several targets.
fn distributions<'a>(parts: &[&'a Recognised]) -> BTreeMap<String, Vec<&'a Distribution>> {
    let mut by_name: BTreeMap<String, Vec<&Distribution>> = BTreeMap::new();
    for distribution in parts.iter().flat_map(|part| &part.distributions) {
        by_name.entry(normalise(&distribution.name)).or_default().push(distribution);
    }
    by_name
}

/// Whether one of its tags is for that Python and that system; without tags nothing speaks against it.
fn fits(distribution: &Distribution, runtime: &Runtime, architecture: Architecture) -> bool {
    distribution.tags.is_empty()
        || distribution.tags.iter().any(|tag| {
            tag.fits_python(runtime.numbers()) && Platform::parse(&tag.platform).runs_on(runtime, architecture)
        })
}
