//! Gems that are installed already, in a folder as RubyGems keeps it.
//!
//! Layout: `lib/rubygems.rb` and `basic_specification.rb` of <https://github.com/rubygems/rubygems>.

use std::rc::Rc;

use super::Kind;
use super::gemspec::{LICENSES, Specification};
use super::version::{Condition, is_version};
use crate::intake::Source;
use crate::order::{BTreeMap, BTreeSet};
use crate::path::{file_name, within};
use crate::recognise::folder::{Folder, Told};
use crate::recognise::python::distribution::read_metadata;
use crate::tables::layouts::is_ruby_api;

const HOME_REASON: &str = "part of the gem home, but not read when a gem is used";
const BUNDLER_REASON: &str = "a gem from git, which only Bundler finds";

/// Where Bundler keeps gems that it took from git: no folder of GEM_PATH, so `require` finds them under Bundler alone.
const BUNDLER: &str = "bundler";

/// Folders of a gem home that only the `gem` command reads.
const UNREAD: &[&str] = &["build_info", "cache", "doc"];

/// A folder of installed gems: Bundler's `vendor/bundle/ruby/X.Y.0`, or what `gem install --install-dir` fills.
pub fn tell(folder: &Folder) -> Option<Told> {
    let specifications = folder.level.folders.get("specifications")?;
    let specified = specifications
        .iter()
        .any(|index| folder.source.entries.get(*index).is_some_and(|entry| entry.path.ends_with(".gemspec")));
    if !specified || !folder.level.folders.contains_key("gems") {
        return None;
    }
    let mut home = folder.part(Kind::GemHome, "it holds gems with their specifications");
    folder.source.file_name().clone_into(&mut home.name);
    home.version = api_version(folder).unwrap_or_default();
    let unread = UNREAD.iter().filter_map(|name| folder.level.folders.get(name)).flatten();
    let from_git = folder.level.folders.get(BUNDLER).map_or(&[][..], Vec::as_slice);
    home.advice = build_from_git(folder, from_git);
    home.omitted = unread.map(|index| (*index, HOME_REASON)).collect();
    home.omitted.extend(from_git.iter().map(|index| (*index, BUNDLER_REASON)));
    home.entries.retain(|index| home.omitted.iter().all(|(omitted, _)| omitted != index));
    home.installed = installed(folder.source, folder.at, &home.entries);
    Some(home.into())
}

/// The version of Ruby that the gems were installed for: the folder's own name, or what their compiled parts say.
fn api_version(folder: &Folder) -> Option<String> {
    let name = file_name(folder.at);
    if is_ruby_api(name) {
        return Some(name.to_owned());
    }
    let compiled = folder.level.folders.get("extensions")?;
    let at = folder.below("extensions");
    compiled.iter().find_map(|index| {
        let rest = within(&folder.source.entries.get(*index)?.path, &at)?;
        rest.split('/').nth(1).filter(|version| is_ruby_api(version)).map(str::to_owned)
    })
}

/// How to get the gems that Bundler took from git; empty where there are none.
fn build_from_git(folder: &Folder, from_git: &[usize]) -> String {
    let at = folder.below("bundler/gems");
    let name = |index: &usize| {
        let rest = within(&folder.source.entries.get(*index)?.path, &at)?;
        rest.split_once('/').map(|(name, _)| name)
    };
    let names: BTreeSet<&str> = from_git.iter().filter_map(name).collect();
    if names.is_empty() {
        return String::new();
    }
    let names = names.into_iter().collect::<Vec<_>>().join(", ");
    format!(
        "{names} came from git, and only Bundler, which does not work with layers, finds it in bundler/gems; run gem build in its folder, and drop the gem"
    )
}

/// The gems of a home by their names, versions and platforms, as far as the names of their files tell.
pub fn installed(source: &Rc<Source>, at: &str, entries: &[usize]) -> Vec<Specification> {
    let (mut found, mut compiled): (Vec<Specification>, Vec<Specification>) = (Vec::new(), Vec::new());
    for entry in entries.iter().filter_map(|index| source.entries.get(*index)) {
        let parts: Vec<&str> = within(&entry.path, at).unwrap_or("").split('/').collect();
        match parts.as_slice() {
            ["specifications", file] => {
                let gem = file.strip_suffix(".gemspec").and_then(of_full_name);
                found.extend(gem.map(|gem| specified(source, &entry.path, gem)));
            }
            // What was compiled where it was installed has no platform in its own name.
            ["extensions", platform, _, gem, "gem.build_complete"] => {
                let gem = of_full_name(gem);
                compiled.extend(gem.map(|gem| Specification { platform: (*platform).to_owned(), ..gem }));
            }
            _ => {}
        }
    }
    let same = |one: &Specification, other: &Specification| (&one.name, &one.version) == (&other.name, &other.version);
    // It runs where its compiled part runs, not everywhere.
    for built in &mut compiled {
        if let Some(gem) = found.iter().find(|gem| same(gem, built)) {
            *built = Specification { platform: std::mem::take(&mut built.platform), ..gem.clone() };
        }
    }
    found.retain(|gem| gem.platform != "ruby" || !compiled.iter().any(|built| same(built, gem)));
    found.extend(compiled);
    found
}

/// The gems of every home in a tree that is laid out as a layer.
pub fn in_layer(folder: &Folder) -> Vec<Specification> {
    // Homes that lie where nothing looks are moved, so any counts.
    let home = |index: &usize| {
        let path = within(&folder.source.entries.get(*index)?.path, &folder.below("ruby"))?;
        path.split_once("/specifications/").map(|(home, _)| folder.below(&format!("ruby/{home}")))
    };
    let homes: BTreeSet<String> = folder.entries.iter().filter_map(home).collect();
    homes.iter().flat_map(|home| installed(folder.source, home, &folder.entries)).collect()
}

/// A gem with what its installed specification says, line by line as RubyGems writes it.
fn specified(source: &Source, path: &str, gem: Specification) -> Specification {
    let text = read_metadata(source, path).ok().flatten().unwrap_or_default();
    let list = |attribute: &str| -> Vec<String> {
        let stated = text.lines().find_map(|line| line.trim().strip_prefix(attribute)?.strip_prefix(" = ["));
        stated.unwrap_or("").split('"').skip(1).step_by(2).map(str::to_owned).collect()
    };
    let (licenses, extensions) = (list("s.licenses"), list("s.extensions"));
    let ruby = text.lines().find_map(|line| line.trim().strip_prefix("s.required_ruby_version = "));
    let ruby = ruby.map(conditions).unwrap_or_default();
    Specification { dependencies: needed(&text), ruby, extensions, lists: vec![(LICENSES, licenses)], ..gem }
}

/// The gems that a specification names, each with conditions: `add_dependency(%q<NAME>.freeze, ["~> 1.2".freeze])`.
fn needed(text: &str) -> Vec<(String, Vec<Condition>)> {
    let calls = |line: &str| {
        let line = line.trim();
        let (_, call) = line.split_once(".add_runtime_dependency(").or_else(|| line.split_once(".add_dependency("))?;
        let percent = call.strip_prefix("%q<").and_then(|rest| rest.split_once('>'));
        let (name, rest) = percent.or_else(|| call.strip_prefix('"')?.split_once('"'))?;
        Some((name.to_owned(), conditions(rest)))
    };
    let named: BTreeMap<String, Vec<Condition>> = text.lines().filter_map(calls).collect();
    named.into_iter().collect()
}

/// The conditions among the texts between double quotes.
fn conditions(text: &str) -> Vec<Condition> {
    text.split('"').skip(1).step_by(2).filter_map(Condition::parse).collect()
}

/// `NAME-VERSION[-PLATFORM]`, e.g. `nokogiri-1.16.5-x86_64-linux`.
fn of_full_name(text: &str) -> Option<Specification> {
    let parts: Vec<&str> = text.split('-').collect();
    let after_name = |with: &str| parts.iter().skip(1).position(|part| is_version(part) && part.contains(with));
    let at = after_name(".").or_else(|| after_name(""))? + 1;
    let (name, rest) = (parts.get(..at)?.join("-"), parts.get(at..)?);
    let (version, platform) = rest.split_first()?;
    let platform = if platform.is_empty() { "ruby".to_owned() } else { platform.join("-") };
    Some(Specification { name, version: (*version).to_owned(), platform, ..Specification::default() })
}
