//! Gems that others need when they run.

use super::{Missing, Need, findings, runtimes, wanted};
use crate::check::{Finding, Subject};
use crate::order::{BTreeMap, BTreeSet};
use crate::recognise::Recognised;
use crate::recognise::ruby::gemspec::Specification;
use crate::recognise::ruby::home::installed;
use crate::tables::bundled::is_bundled;
use crate::tables::runtimes::Language;

pub fn check(subject: &Subject) -> Vec<Finding> {
    let runtimes = runtimes(subject, Language::Ruby);
    let included = subject.included_parts();
    let parts = || {
        let all = subject.parts.iter().enumerate();
        all.filter(|(index, _)| subject.is_included(&included, *index)).map(|(_, part)| part)
    };
    // GEM_PATH begins with the function's own bundle.
    let bundled = subject.function.map(bundled).unwrap_or_default();
    let mut versions: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for gem in parts().flat_map(|part| part.gems()).chain(&bundled) {
        versions.entry(gem.name.as_str()).or_default().push(&gem.version);
    }
    let mut missing = Missing::new();
    for runtime in &runtimes {
        for (part, gem) in parts().flat_map(|part| part.gems().map(move |gem| (part, gem))) {
            for (name, conditions) in gem.dependencies.iter().filter(|(name, _)| !is_bundled(runtime, name)) {
                let there = versions.get(name.as_str()).map_or(&[][..], Vec::as_slice);
                let fits = |there: &&str| conditions.iter().all(|condition| condition.is_met_by(there));
                if there.iter().any(fits) {
                    continue;
                }
                let asked: Vec<String> =
                    conditions.iter().filter(|one| !one.is_always_met()).map(ToString::to_string).collect();
                let asked = asked.join(", ");
                let there = there.first().copied().unwrap_or_default();
                let fitting = if there.is_empty() { String::new() } else { asked.clone() };
                let need = missing.entry((name.clone(), fitting)).or_insert_with(|| Need {
                    source: part.source.name.clone(),
                    there: there.to_owned(),
                    ..Need::default()
                });
                need.add(format!("{} {}", gem.name, gem.version), &asked, runtime);
            }
        }
    }
    findings(subject, missing, &runtimes, |name, need| {
        let versions = need.versions.as_str();
        let mut call = vec!["gem".to_owned(), "fetch".to_owned(), name.to_owned()];
        if !versions.is_empty() {
            call.extend(["--version".to_owned(), wanted("", "", versions)]);
        }
        Some(call)
    })
}

/// The gems that a function brings in `vendor/bundle`.
fn bundled(function: &Recognised) -> Vec<Specification> {
    let entries = function.entries.iter().filter_map(|index| function.entry(*index));
    let homes: BTreeSet<&str> = entries
        .filter_map(|entry| entry.path.split_once("/specifications/"))
        .map(|(home, _)| home)
        .filter(|home| home.starts_with("vendor/bundle/ruby/"))
        .collect();
    homes.iter().flat_map(|home| installed(&function.source, home, &function.entries)).collect()
}
