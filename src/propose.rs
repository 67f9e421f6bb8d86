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

/// The proposal that follows from what was judged. Of a language's runtimes those that some package's own words speak
/// against are proposed only where nothing else is left.
pub fn propose(judgements: &[Judgement]) -> Proposal {
    let candidates: Vec<&Judgement> = judgements
        .iter()
        .filter(|judgement| matches!(judgement.target.runtime.support, Support::Current { .. }) && judgement.has_own)
        .collect();
    let runs = |judgement: &Judgement| judgement.verdict() != Verdict::Red;
    let is_welcome = |judgement: &Judgement| runs(judgement) && judgement.said.is_empty();
    let languages = |of: &dyn Fn(&Judgement) -> bool| -> BTreeSet<Language> {
        let some = candidates.iter().filter(|judgement| of(judgement));
        some.map(|judgement| judgement.target.runtime.language).collect()
    };
    let (all, welcomed) = (languages(&|_| true), languages(&is_welcome));
    let preferred =
        among(&candidates, &all, &|judgement| match welcomed.contains(&judgement.target.runtime.language) {
            true => is_welcome(judgement),
            false => runs(judgement),
        });
    if preferred.runtimes.is_empty() { among(&candidates, &all, &runs) } else { preferred }
}

/// The runtimes and architectures on which all languages are served, where some judgements are good enough.
fn among(candidates: &[&Judgement], languages: &BTreeSet<Language>, is_good: &dyn Fn(&Judgement) -> bool) -> Proposal {
    let good: Vec<&Judgement> = candidates.iter().copied().filter(|judgement| is_good(judgement)).collect();
    let serves = |language: &Language, architecture: Architecture| {
        let target = |judgement: &&Judgement| judgement.target;
        good.iter().map(target).any(|it| it.runtime.language == *language && it.architecture == architecture)
    };
    let architectures: Vec<Architecture> = Architecture::ALL
        .iter()
        .copied()
        .filter(|architecture| languages.iter().all(|language| serves(language, *architecture)))
        .collect();
    let on_all = |runtime: &Runtime| {
        let on = |architecture: &Architecture| {
            good.iter()
                .any(|judgement| judgement.target.runtime == runtime && judgement.target.architecture == *architecture)
        };
        architectures.iter().all(on)
    };
    let mut runtimes: Vec<&'static Runtime> = candidates.iter().map(|judgement| judgement.target.runtime).collect();
    runtimes.dedup();
    runtimes.retain(|runtime| on_all(runtime));
    if runtimes.is_empty() || architectures.is_empty() {
        return Proposal::default();
    }
    Proposal { runtimes, architectures }
}
