//! Packages that others name in `package.json`.

use super::{Missing, Need, findings, has_folder, runtimes, unclear, wanted};
use crate::check::{Finding, Severity, Subject, get};
use crate::order::{BTreeMap, BTreeSet};
use crate::path::{file_name, folder_of};
use crate::recognise::node::semver::{Version, is_in_range};
use crate::tables::bundled::is_bundled;
use crate::tables::layouts::{flat_folder, versioned_folder};
use crate::tables::npm::{BUILD_ONLY, BUILTIN_MODULES, MODULES};
use crate::tables::rules;
use crate::tables::runtimes::{Architecture, Language, Runtime};
use crate::target::{Audience, present};

pub fn check(subject: &Subject) -> Vec<Finding> {
    let runtimes = runtimes(subject, Language::NodeJs);
    let (mut missing, mut peers) = (Missing::new(), Missing::new());
    let (present, mut unread) = (present(subject.layer), BTreeSet::new());
    let versions: BTreeMap<&str, &str> = present.iter().map(|one| (one.path, one.manifest.version.as_str())).collect();
    for one in &present {
        let audience = Audience::of(one.path);
        for runtime in runtimes.iter().filter(|runtime| audience.includes(runtime)) {
            for (wanted, missing) in [(&one.manifest.dependencies, &mut missing), (&one.manifest.peers, &mut peers)] {
                for (name, range) in wanted {
                    let own = one.manifest.name.as_deref().unwrap_or(one.path);
                    let there = match found(subject, runtime, one.path, name) {
                        Some(path) => match versions.get(path.as_str()).map(|there| (*there, fits(there, range))) {
                            Some((there, Some(false))) => there,
                            Some((there, None)) => {
                                unread.insert(format!("{own} needs {name} {range}, and {there} is there"));
                                continue;
                            }
                            _ => continue,
                        },
                        None => "",
                    };
                    let fitting = if there.is_empty() { String::new() } else { range.clone() };
                    let need = missing.entry((name.clone(), fitting)).or_insert_with(|| Need {
                        path: one.path.to_owned(),
                        source: one.source.to_owned(),
                        there: there.to_owned(),
                        ..Need::default()
                    });
                    let by = format!("{own} {}", one.manifest.version).trim_end().to_owned();
                    need.add(by, range, runtime);
                }
            }
        }
    }
    let install = |name: &str, need: &Need| {
        let architectures = subject.settings.architectures();
        let wanted = wanted(name, "@", &need.versions);
        Some(get::npm(&wanted, architectures.first().copied().unwrap_or(Architecture::X86_64)))
    };
    peers.retain(|name, _| !missing.contains_key(name));
    let mut told = findings(subject, missing, &runtimes, install);
    told.extend(unclear(unread));
    // Who uses a package brings its peers: the function may.
    told.extend(findings(subject, peers, &runtimes, install).into_iter().map(|finding| Finding {
        severity: Severity::Note,
        rule: if finding.rule == rules::MISSING_DEPENDENCY { rules::MISSING_PEER } else { finding.rule },
        ..finding
    }));
    told
}

/// Whether a version is in a range, which an alias such as `npm:other@^1` has at its end; `None` where it is none but an
/// address or a tag. A preview is taken for one that was chosen by hand.
fn fits(version: &str, range: &str) -> Option<bool> {
    if version.contains('-') {
        return Some(true);
    }
    let range = range.strip_prefix("npm:").and_then(|alias| alias.rsplit_once('@')).map_or(range, |(_, range)| range);
    is_in_range(&Version::parse(version)?, range)
}

/// Where Node.js finds a package from a folder: in `node_modules` there or in any folder above, in those that
/// `NODE_PATH` names, or in the runtime, which is no folder here. Types and what builds a package are not looked for.
pub fn found(subject: &Subject, runtime: &Runtime, from: &str, name: &str) -> Option<String> {
    let is_unused = BUILD_ONLY.contains(&name) || name.starts_with("@types/");
    if BUILTIN_MODULES.contains(&name) || is_unused || is_bundled(runtime, name) {
        return Some(String::new());
    }
    let mut above = from;
    loop {
        let folder = join(above, MODULES, name);
        if file_name(above) != MODULES && has_folder(subject, &folder) {
            return Some(folder);
        }
        if above.is_empty() {
            break;
        }
        above = folder_of(above);
    }
    let searched = flat_folder(Language::NodeJs).map(str::to_owned).into_iter().chain(versioned_folder(runtime));
    searched.into_iter().map(|folder| format!("{folder}/{name}")).find(|folder| has_folder(subject, folder))
}

fn join(folder: &str, middle: &str, name: &str) -> String {
    if folder.is_empty() { format!("{middle}/{name}") } else { format!("{folder}/{middle}/{name}") }
}
