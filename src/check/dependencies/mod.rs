//! Findings about packages that others need, by their metadata, and that neither the layer nor the runtime has, or the
//! layer in another version.
//!
//! An import can be lazy, and another layer or the function can bring it, so what is missing is a warning.

mod node;
mod python;
mod ruby;

pub use self::node::found;
use super::get::Call;
use super::{Finding, Severity, Subject};
use crate::order::{BTreeMap, BTreeSet};
use crate::path::within;
use crate::place::beginning;
use crate::tables::rules;
use crate::tables::runtimes::{Architecture, Language, Runtime};
use crate::words::{few, listed};

pub fn check(subject: &Subject) -> Vec<Finding> {
    let mut findings = python::check(subject);
    findings.extend(node::check(subject));
    findings.extend(ruby::check(subject));
    findings
}

/// What is missing, by its name; of what is there in another version, with the versions that would fit.
type Missing = BTreeMap<(String, String), Need>;

/// Who needs a package, and where it is missing.
#[derive(Default)]
struct Need {
    /// Name and version of those that need it.
    by: BTreeSet<String>,
    /// Where the first of them is in the layer.
    path: String,
    /// The source of it.
    source: String,
    /// The versions that fit, as the first of them that says so writes it.
    versions: String,
    /// The version that is there instead; empty where none is.
    there: String,
    /// The runtimes on which it is missing.
    runtimes: BTreeSet<&'static str>,
    /// The first architecture on which it is missing, where that matters.
    architecture: Option<Architecture>,
}

impl Need {
    /// One more that needs it.
    fn add(&mut self, by: String, versions: &str, runtime: &'static Runtime) {
        self.by.insert(by);
        self.runtimes.insert(runtime.id);
        if self.versions.is_empty() {
            versions.clone_into(&mut self.versions);
        }
    }

    /// With one more list of specifiers that have to fit as well (PEP 440 takes them all together).
    fn narrow(&mut self, versions: &str) {
        for one in versions.split(',').map(str::trim).filter(|one| !one.is_empty()) {
            if self.versions.split(',').all(|other| other.trim() != one) {
                let comma = if self.versions.is_empty() { "" } else { "," };
                self.versions += &format!("{comma}{one}");
            }
        }
    }
}

/// The runtimes of a language that a layer is for: the chosen ones; the current ones where none is.
pub fn runtimes(subject: &Subject, language: Language) -> Vec<&'static Runtime> {
    subject.settings.runtimes_or_current(language)
}

/// Findings, one for each package. `command` tells how to get one, on a runtime and an architecture.
fn findings(
    subject: &Subject,
    missing: Missing,
    runtimes: &[&Runtime],
    command: impl Fn(&str, &Need) -> Option<Call>,
) -> Vec<Finding> {
    let chosen = !subject.settings.runtimes().is_empty();
    let told = |((name, versions), need): ((String, String), Need)| {
        // Where nothing is chosen, only what is missing everywhere is worth telling.
        if !chosen && need.runtimes.len() < runtimes.len() {
            return None;
        }
        let by = few(need.by.iter().cloned().collect());
        let verb = if need.by.len() == 1 { "needs" } else { "need" };
        let on = if chosen && need.runtimes.len() < runtimes.len() {
            let ids: Vec<&str> = need.runtimes.iter().copied().collect();
            format!(" on {}", ids.join(", "))
        } else {
            String::new()
        };
        let call = Some(&name).filter(|name| is_plain(name)).and_then(|name| command(name, &need));
        let by = listed(&by);
        let (rule, message) = match need.there.as_str() {
            "" => (rules::MISSING_DEPENDENCY, format!("{by} {verb} {name}{on}, which is not in the layer")),
            there => {
                let message = format!("{by} {verb} {name} {versions}{on}, and the layer has {there}");
                (rules::WRONG_DEPENDENCY_VERSION, message)
            }
        };
        let finding = Finding::new(rule, Severity::Warning, message).at(&need.path).of_source(&need.source);
        Some(match call {
            Some(call) => finding.or_run(format!("Get {name}"), call),
            None => finding,
        })
    };
    missing.into_iter().filter_map(told).collect()
}

/// What can't be compared, in one note: who needs what, in words.
fn unclear(found: BTreeSet<String>) -> Option<Finding> {
    let message =
        format!("{}: these can't be compared with what is in the layer", listed(&few(found.iter().cloned().collect())));
    (!found.is_empty()).then(|| Finding::new(rules::NOT_CHECKED, Severity::Note, message))
}

/// Whether a name or a version means nothing but itself to a shell of any kind. It comes from a file that was dropped.
pub fn is_plain(text: &str) -> bool {
    let plain = |character: char| character.is_ascii_alphanumeric() || "@/._~+-".contains(character);
    text.chars().all(plain) && !text.starts_with('-')
}

/// A name with the versions that fit, of characters that no shell takes for anything else between double quotes.
fn wanted(name: &str, between: &str, versions: &str) -> String {
    let plain = |character: char| character.is_ascii_alphanumeric() || ".,<>=~*+-^ |".contains(character);
    let versions: String = versions.split(", ").collect::<Vec<_>>().join(",");
    if versions.is_empty() || versions.len() > 100 || !versions.chars().all(plain) {
        return name.to_owned();
    }
    format!("{name}{between}{versions}")
}

/// Whether anything lies in a folder of the layer.
fn has_folder(subject: &Subject, folder: &str) -> bool {
    // A name that goes on, such as `six.py` after `six`, sorts between a folder and what lies in it.
    beginning(subject.placements, folder)
        .any(|placement| !placement.excluded && within(placement.path.as_str(), folder).is_some())
}
