//! The runtimes and architectures that the content can run on: proposed, never chosen by itself.

use crate::order::BTreeSet;
use crate::tables::runtimes::{Architecture, Language, Runtime, Support};
use crate::target::{Judgement, Verdict};

/// What the person may choose without any finding about a wrong target.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Proposal {
    /// Current runtimes of each language that was found, on which all of its content runs.
    pub runtimes: Vec<&'static Runtime>,
    /// Architectures on which everything runs.
    pub architectures: Vec<Architecture>,
}

/// The proposal that follows from what was judged.
pub fn propose(judgements: &[Judgement]) -> Proposal {
    let candidates: Vec<&Judgement> = judgements
        .iter()
        .filter(|judgement| matches!(judgement.target.runtime.support, Support::Current { .. }) && judgement.has_own)
        .collect();
    let languages: BTreeSet<Language> = candidates.iter().map(|judgement| judgement.target.runtime.language).collect();
    let runs = |judgement: &Judgement, architecture: Architecture| {
        judgement.target.architecture == architecture && judgement.verdict() != Verdict::Red
    };
    let serves = |language: &Language, architecture: Architecture| {
        let mut own = candidates.iter().filter(|judgement| judgement.target.runtime.language == *language);
        own.any(|judgement| runs(judgement, architecture))
    };
    let architectures: Vec<Architecture> = Architecture::ALL
        .iter()
        .copied()
        .filter(|architecture| languages.iter().all(|language| serves(language, *architecture)))
        .collect();
    let on_all = |runtime: &Runtime| {
        architectures.iter().all(|architecture| {
            candidates.iter().any(|judgement| judgement.target.runtime == runtime && runs(judgement, *architecture))
        })
    };
    let mut runtimes: Vec<&'static Runtime> = candidates.iter().map(|judgement| judgement.target.runtime).collect();
    runtimes.dedup();
    runtimes.retain(|runtime| on_all(runtime));
    if runtimes.is_empty() || architectures.is_empty() {
        return Proposal::default();
    }
    Proposal { runtimes, architectures }
}
