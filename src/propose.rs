//! The runtimes and architectures that the content can run on: proposed, never chosen by itself.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::place::Placement;
use crate::recognise::Recognised;
use crate::recognise::distribution::{Distribution, normalise};
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
    let parts: Vec<&Recognised> =
        parts.iter().zip(included).filter(|(_, included)| *included).map(|(part, _)| &**part).collect();
    let languages: Vec<Language> = parts.iter().filter_map(|part| part.kind.language()).collect();
    let architectures: Vec<Architecture> =
        Architecture::ALL.iter().copied().filter(|architecture| runs_somewhere(&parts, *architecture)).collect();
    if languages.is_empty() || architectures.is_empty() {
        return Proposal::default();
    }
    let runtimes = RUNTIMES
        .iter()
        .filter(|runtime| matches!(runtime.support, Support::Current { .. }) && languages.contains(&runtime.language))
        .filter(|runtime| architectures.iter().all(|architecture| runtime.architectures.contains(architecture)))
        .filter(|runtime| runs(&parts, runtime, &architectures))
        .collect();
    Proposal { runtimes, architectures }
}

/// Whether all content of a runtime's language runs on it, on each of the architectures.
fn runs(parts: &[&Recognised], runtime: &Runtime, architectures: &[Architecture]) -> bool {
    runtime.language != Language::Python
        || distributions(parts).values().all(|alternatives| {
            architectures
                .iter()
                .all(|architecture| alternatives.iter().any(|distribution| fits(distribution, runtime, *architecture)))
        })
}

/// Whether some build of each distribution is for an architecture at all.
fn runs_somewhere(parts: &[&Recognised], architecture: Architecture) -> bool {
    distributions(parts).values().all(|alternatives| {
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
