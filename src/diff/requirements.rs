//! What the packages of a layer ask for by their metadata: other packages, and a runtime in some version.

use crate::order::BTreeMap;
use crate::path::folder_of;
use crate::plan::Plan;
use crate::recognise::python::distribution::normalise;
use crate::recognise::python::requirement::Environment;
use crate::recognise::ruby::version::Condition;
use crate::tables::runtimes::{Architecture, Language};

/// What a package asks for, that it did not, no longer does, or in other versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequirementChange {
    /// Who asks: registry and name, e.g. `"pypi requests"`.
    pub package: String,
    /// For what: a package of the same registry, e.g. `"urllib3"`, or `Python`, `Node.js`, `Ruby`.
    pub needs: String,
    /// The versions that it asked for, e.g. `"<3,>=1.21.1"`, empty where all did; `None` where it did not ask.
    pub before: Option<String>,
    /// The versions that it asks for.
    pub after: Option<String>,
}

/// The versions asked for, by who asks and for what.
type Requirements = BTreeMap<(String, String), String>;

/// What the packages of a later layer ask for otherwise. What left with its package is no news.
pub fn changes(earlier: &Plan, later: &Plan) -> Vec<RequirementChange> {
    let (before, after, there) = (requirements(earlier), requirements(later), later.packages());
    let change = |key: &(String, String)| RequirementChange {
        package: key.0.clone(),
        needs: key.1.clone(),
        before: before.get(key).cloned(),
        after: after.get(key).cloned(),
    };
    let gone = before.keys().filter(|key| !after.contains_key(*key) && there.contains_key(&key.0));
    let mut changes: Vec<RequirementChange> = after.keys().chain(gone).map(change).collect();
    changes.retain(|change| change.before != change.after);
    changes.sort_by(|a, b| (&a.package, &a.needs).cmp(&(&b.package, &b.needs)));
    changes
}

fn requirements(plan: &Plan) -> Requirements {
    let mut found = Requirements::new();
    let mut add = |package: &str, needs: &str, versions: String| {
        let known = found.entry((package.to_owned(), needs.to_owned())).or_default();
        if known.is_empty() {
            *known = versions;
        } else if !versions.is_empty() && *known != versions {
            *known = format!("{known} or {versions}");
        }
    };
    let runtimes = plan.choices.settings.runtimes_or_current(Language::Python);
    for placement in plan.packed() {
        let Some(part) = plan.parts.get(placement.part) else { continue };
        match placement.path.name() {
            "METADATA" => {
                let folder = placement.entry(&plan.parts).map_or("", |entry| folder_of(&entry.path));
                let Some(one) = part.distributions.iter().find(|one| one.dist_info == folder) else { continue };
                let package = format!("pypi {}", normalise(&one.name));
                if !one.python.is_empty() {
                    add(&package, "Python", one.python.clone());
                }
                for requirement in &one.requires {
                    let is_for = |runtime| {
                        let of = |architecture| Environment { runtime, architecture, extra: "" };
                        Architecture::ALL.iter().any(|architecture| requirement.is_for(of(*architecture)))
                    };
                    if runtimes.iter().copied().any(is_for) {
                        add(&package, &normalise(&requirement.name), requirement.versions.clone());
                    }
                }
            }
            "package.json" => {
                let Some(manifest) = part.manifests.get(&placement.entry) else { continue };
                let Some(name) = manifest.name.as_deref() else { continue };
                let package = format!("npm {name}");
                if !manifest.node.is_empty() {
                    add(&package, "Node.js", manifest.node.clone());
                }
                for (name, range) in &manifest.dependencies {
                    add(&package, name, range.clone());
                }
            }
            _ => {}
        }
    }
    let there = plan.packages();
    for gem in plan.parts.iter().flat_map(|part| part.gems()) {
        let package = format!("gem {}", gem.name);
        if !there.contains_key(&package) {
            continue;
        }
        let asked = |conditions: &[Condition]| {
            let asked = conditions.iter().filter(|condition| !condition.is_always_met()).map(Condition::to_string);
            asked.collect::<Vec<_>>().join(", ")
        };
        let ruby = asked(&gem.ruby);
        if !ruby.is_empty() {
            add(&package, "Ruby", ruby);
        }
        for (name, conditions) in &gem.dependencies {
            add(&package, name, asked(conditions));
        }
    }
    found
}
