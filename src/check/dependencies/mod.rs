//! Findings about packages that others need, by their metadata, and that neither the layer nor the runtime has.
//!
//! Versions are not compared: what is there under the name counts. An import can be lazy, and another layer or the
//! function can bring it, so what is missing is a warning.

mod node;
mod python;
mod ruby;

pub use self::python::download as pip_download;
use super::{Finding, Severity, Subject};
use crate::order::{BTreeMap, BTreeSet};
use crate::path::within;
use crate::tables::rules;
use crate::tables::runtimes::{Architecture, Language, RUNTIMES, Runtime, Support};
use crate::words::listed;

pub fn check(subject: &Subject) -> Vec<Finding> {
    let mut findings = python::check(subject);
    findings.extend(node::check(subject));
    findings.extend(ruby::check(subject));
    findings
}

/// What is missing, by its name.
type Missing = BTreeMap<String, Need>;

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
}

/// The runtimes of a language that a layer is for: the chosen ones; the current ones where none is.
fn runtimes(subject: &Subject, language: Language) -> Vec<&'static Runtime> {
    if !subject.settings.runtimes().is_empty() {
        return subject.settings.runtimes_of(language);
    }
    let current = |runtime: &&Runtime| matches!(runtime.support, Support::Current { .. });
    RUNTIMES.iter().filter(|runtime| runtime.language == language).filter(current).collect()
}

/// Findings, one for each package. `command` tells how to get one.
fn findings(
    subject: &Subject,
    missing: Missing,
    runtimes: &[&Runtime],
    command: impl Fn(&str, &Need) -> String,
) -> Vec<Finding> {
    const NAMED: usize = 3;
    let chosen = !subject.settings.runtimes().is_empty();
    let told = |(name, need): (String, Need)| {
        // Where nothing is chosen, only what is missing everywhere is worth telling.
        if !chosen && need.runtimes.len() < runtimes.len() {
            return None;
        }
        let mut by: Vec<String> = need.by.iter().take(NAMED).cloned().collect();
        if need.by.len() > NAMED {
            by.push(format!("{} more", need.by.len() - NAMED));
        }
        let verb = if need.by.len() == 1 { "needs" } else { "need" };
        let on = if chosen && need.runtimes.len() < runtimes.len() {
            let ids: Vec<&str> = need.runtimes.iter().copied().collect();
            format!(" on {}", ids.join(", "))
        } else {
            String::new()
        };
        let get = if is_plain(&name) { format!("; get it: {}", command(&name, &need)) } else { String::new() };
        let message = format!("{} {verb} {name}{on}, which is not in the layer{get}", listed(&by));
        let finding = Finding::new(rules::MISSING_DEPENDENCY, Severity::Warning, message);
        Some(finding.at(&need.path).of_source(&need.source))
    };
    missing.into_iter().filter_map(told).collect()
}

/// Whether a name or a version means nothing but itself to a shell of any kind. It comes from a file that was dropped.
pub fn is_plain(text: &str) -> bool {
    let plain = |character: char| character.is_ascii_alphanumeric() || "@/._~+-".contains(character);
    text.chars().all(plain) && !text.starts_with('-')
}

/// A name with the versions that fit, as a shell of any kind takes it.
fn wanted(name: &str, between: &str, versions: &str) -> String {
    let plain = |character: char| character.is_ascii_alphanumeric() || ".,<>=~*+-^ |".contains(character);
    let versions: String = versions.split(", ").collect::<Vec<_>>().join(",");
    if versions.is_empty() || versions.len() > 60 || !versions.chars().all(plain) {
        return name.to_owned();
    }
    format!("\"{name}{between}{versions}\"")
}

/// Whether anything lies in a folder of the layer.
fn has_folder(subject: &Subject, folder: &str) -> bool {
    let start = subject.placements.partition_point(|placement| placement.path.as_str() < folder);
    let after = subject.placements.iter().skip(start);
    // A name that goes on, such as `six.py` after `six`, sorts between a folder and what lies in it.
    let mut near = after.take_while(|placement| placement.path.as_str().starts_with(folder));
    near.any(|placement| !placement.excluded && within(placement.path.as_str(), folder).is_some())
}
