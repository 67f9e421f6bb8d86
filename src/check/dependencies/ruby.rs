//! Gems that others need when they run.

use super::{Missing, Need, findings, runtimes, wanted};
use crate::check::{Finding, Subject};
use crate::order::BTreeSet;
use crate::tables::bundled::is_bundled;
use crate::tables::runtimes::Language;

pub fn check(subject: &Subject) -> Vec<Finding> {
    let runtimes = runtimes(subject, Language::Ruby);
    let included = subject.included_parts();
    let parts = || {
        let all = subject.parts.iter().enumerate();
        all.filter(|(index, _)| subject.is_included(&included, *index)).map(|(_, part)| part)
    };
    let names: BTreeSet<&str> = parts().flat_map(|part| part.gems()).map(|gem| gem.name.as_str()).collect();
    let mut missing = Missing::new();
    for runtime in &runtimes {
        for part in parts() {
            for gem in part.gems() {
                let lacks = |name: &str| !names.contains(name) && !is_bundled(runtime, name);
                for (name, conditions) in gem.dependencies.iter().filter(|(name, _)| lacks(name)) {
                    let need = missing
                        .entry((name.clone(), String::new()))
                        .or_insert_with(|| Need { source: part.source.name.clone(), ..Need::default() });
                    let versions = conditions.first().map(ToString::to_string).unwrap_or_default();
                    need.add(format!("{} {}", gem.name, gem.version), &versions, runtime);
                }
            }
        }
    }
    findings(subject, missing, &runtimes, |name, need| {
        let versions = need.versions.strip_prefix(">= 0").map_or(need.versions.as_str(), str::trim);
        let mut call = vec!["gem".to_owned(), "fetch".to_owned(), name.to_owned()];
        if !versions.is_empty() {
            call.extend(["--version".to_owned(), wanted("", "", versions)]);
        }
        Some(call)
    })
}
