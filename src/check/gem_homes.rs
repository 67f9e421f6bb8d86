//! Findings about the homes of installed gems: whether RubyGems finds each gem, and takes it.
//!
//! Source: `basic_specification.rb` and `stub_specification.rb` of <https://github.com/rubygems/rubygems>: a gem without a
//! specification is not known, and one whose specification names extensions is ignored while `gem.build_complete` is not
//! in the folder of its extensions; checked on 2026-11-29.

use super::{Change, Finding, FixKind, Severity, Subject, get};
use crate::choices::Operation;
use crate::order::{BTreeMap, BTreeSet};
use crate::path::within;
use crate::place::beginning;
use crate::recognise::Kind;
use crate::recognise::ruby::gemspec::Specification;
use crate::tables::layouts::{GEMS, is_ruby_api};
use crate::tables::rules;
use crate::tables::runtimes::{Architecture, Language};
use crate::words::{counted, few, listed};

/// What lies in a home, by the full names of the gems.
#[derive(Default)]
struct Home<'a> {
    files: BTreeSet<&'a str>,
    specifications: BTreeSet<&'a str>,
    /// Whose extensions are complete, for the version of Ruby that the home is for.
    compiled: BTreeSet<&'a str>,
    /// How many files lie in it, and whether they come from a folder of gems, about whose version the gems' checks speak.
    count: usize,
    is_told: bool,
}

pub fn check(subject: &Subject) -> Vec<Finding> {
    let mut homes: BTreeMap<&str, Home> = BTreeMap::new();
    for placement in beginning(subject.placements, GEMS).filter(|placement| !placement.excluded) {
        let Some(rest) = within(placement.path.as_str(), GEMS) else { continue };
        let parts: Vec<&str> = rest.split('/').collect();
        let [version, inner @ ..] = parts.as_slice() else { continue };
        let home = homes.entry(version).or_default();
        home.count += 1;
        let part = subject.parts.get(placement.part);
        home.is_told |= part.is_some_and(|part| part.kind == Kind::GemHome);
        match inner {
            ["gems", gem, _, ..] => drop(home.files.insert(gem)),
            ["specifications", file] => {
                let gem = file.strip_suffix(".gemspec");
                home.specifications.extend(gem);
                // A gem that only names others holds no file.
                let is_bare = part.is_some_and(|part| part.kind == Kind::Gem && part.entries.len() == 1);
                home.files.extend(gem.filter(|_| is_bare));
            }
            ["extensions", _, api, gem, "gem.build_complete"] if api.split('-').next() == Some(version) => {
                home.compiled.insert(gem);
            }
            _ => {}
        }
    }
    let mut findings = Vec::new();
    let all: BTreeMap<String, &Specification> =
        subject.parts.iter().flat_map(|part| part.gems()).map(|gem| (gem.installed_name(), gem)).collect();
    for (version, home) in homes {
        findings.extend(version_of(subject, version, &home));
        findings.extend(without_specification(version, &home));
        findings.extend(without_files(version, &home));
        let unbuilt =
            home.specifications.iter().filter(|gem| home.files.contains(*gem) && !home.compiled.contains(*gem));
        let built = unbuilt.filter_map(|gem| Some((gem, all.get(*gem)?)));
        findings.extend(
            built
                .filter(|(_, gem)| !gem.extensions.is_empty())
                .map(|(name, gem)| not_compiled(subject, version, name, gem)),
        );
    }
    findings
}

/// A home that no chosen Ruby searches.
fn version_of(subject: &Subject, version: &str, home: &Home) -> Option<Finding> {
    let runtimes = subject.settings.runtimes_of(Language::Ruby);
    let is_searched = runtimes.iter().any(|runtime| version.strip_suffix(".0") == Some(runtime.version));
    if home.is_told || is_searched || home.files.is_empty() || is_ruby_api(version) && runtimes.is_empty() {
        return None;
    }
    let folder = format!("{GEMS}/{version}");
    let numbers = version.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let abi = version.rsplit_once('.').map(|(minor, _)| format!("{minor}.0")).filter(|abi| numbers && is_ruby_api(abi));
    let searches = match is_ruby_api(version) {
        true => format!("only Ruby {} searches", version.strip_suffix(".0").unwrap_or(version)),
        false => "no Ruby searches: the folder bears the version of Ruby's interface, such as 3.4.0".to_owned(),
    };
    let message = format!("{} in {folder}, which {searches}", counted(home.count, "file"));
    let finding = Finding::new(rules::WRONG_VERSION_FOLDER, Severity::Error, message).at(&folder);
    Some(match abi.filter(|abi| abi != version).map(|abi| format!("{GEMS}/{abi}")) {
        Some(to) => finding.with_fix(
            format!("move:{folder}"),
            format!("Move them to {to}"),
            FixKind::Suggested,
            Change::Operate(Operation::Move { path: folder, to }),
        ),
        None => finding,
    })
}

fn without_specification(version: &str, home: &Home) -> Option<Finding> {
    let lost: Vec<&str> = home.files.iter().filter(|gem| !home.specifications.contains(*gem)).copied().collect();
    let first = *lost.first()?;
    let message = format!(
        "{} in {GEMS}/{version} {} no specification: RubyGems looks for specifications/{first}.gemspec",
        listed(&few(lost.iter().map(|gem| (*gem).to_owned()).collect())),
        if lost.len() == 1 { "has" } else { "have" },
    );
    let finding = Finding::new(rules::INCOMPLETE_GEM, Severity::Warning, message);
    Some(finding.at(&format!("{GEMS}/{version}/gems/{first}")))
}

fn without_files(version: &str, home: &Home) -> Option<Finding> {
    let lost: Vec<&str> = home.specifications.iter().filter(|gem| !home.files.contains(*gem)).copied().collect();
    let first = *lost.first()?;
    let message = format!(
        "{} in {GEMS}/{version} {} a specification and no files: RubyGems looks for gems/{first}",
        listed(&few(lost.iter().map(|gem| (*gem).to_owned()).collect())),
        if lost.len() == 1 { "has" } else { "have" },
    );
    let path = format!("{GEMS}/{version}/specifications/{first}.gemspec");
    let finding = Finding::new(rules::INCOMPLETE_GEM, Severity::Warning, message).at(&path);
    Some(if lost.len() == 1 { finding.or_exclude_path(&path) } else { finding })
}

fn not_compiled(subject: &Subject, version: &str, name: &str, gem: &Specification) -> Finding {
    let message = format!(
        "{name} has to be compiled ({}), and {GEMS}/{version}/extensions holds no gem.build_complete of it for Ruby {}",
        gem.extensions.join(", "),
        version.strip_suffix(".0").unwrap_or(version)
    );
    let finding = Finding::new(rules::GEM_NOT_COMPILED, Severity::Error, message);
    let finding = finding.at(&format!("{GEMS}/{version}/gems/{name}"));
    let architecture = subject.settings.architectures().first().copied().unwrap_or(Architecture::X86_64);
    let label = format!("Get {} compiled for {}, if its author offers that", gem.name, architecture.id());
    finding.or_run(label, get::gem(&gem.name, &gem.version, architecture))
}
