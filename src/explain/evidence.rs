//! What a layer has to do with a message: whether what it names is there, where, and which finding tells of the same.

use super::template::Match;
use crate::check::{Severity, get, is_plain};
use crate::inspect::Inspection;
use crate::path::{file_name, folder_of, within};
use crate::plan::Plan;
use crate::tables::layouts::{BIN, LIB, flat_folder, versioned_folder};
use crate::tables::library_origins::package_of;
use crate::tables::limits::{DIRECT_UPLOAD_LIMIT, UNZIPPED_LIMIT};
use crate::tables::messages::{About, INSTALLED_AS, Message};
use crate::tables::runtimes::{Architecture, Language, OperatingSystem, RUNTIMES, Runtime, Support};
use crate::words::{grouped, listed, quoted};

/// What was seen in the layer.
#[derive(Default)]
pub struct Evidence {
    /// In words; empty where the layer tells nothing.
    pub here: String,
    /// The path that it is about.
    pub path: Option<String>,
    /// The finding that tells of the same, as an index.
    pub finding: Option<usize>,
    /// The package around it, whose findings count as well; empty where there is none.
    pub around: String,
    /// Where to get what is missing, in words; empty where that is not known.
    pub get: String,
    /// The command that gets it.
    pub command: Option<Vec<String>>,
}

pub fn evidence(plan: &Plan, message: &Message, matched: &Match) -> Evidence {
    let held = |name: &str| matched.held.iter().find(|(other, _)| *other == name).map(|(_, held)| *held);
    let name = held("name").unwrap_or("");
    let seen = match message.about {
        About::Nothing | About::Frame => return Evidence::default(),
        _ if plan.parts.is_empty() => {
            let named = matches!(message.about, About::Module(_) | About::Library | About::Class | About::File);
            let here = if named { "No layer is loaded: drop its files or its zip to have them looked at." } else { "" };
            return Evidence { here: here.into(), ..Evidence::default() };
        }
        About::File if name.starts_with("/var/") => {
            let here = format!("{} belongs to the function or its runtime, not to a layer.", quoted(name));
            return Evidence { here, ..Evidence::default() };
        }
        About::Module(Language::NodeJs) if name.starts_with(['/', '.']) => file(plan, name),
        About::Module(language) if !name.is_empty() => module(plan, language, name),
        About::Library if !name.is_empty() => library(plan, name),
        About::Class if !name.is_empty() => class(plan, name),
        About::File if !name.is_empty() => file(plan, name),
        About::Unzipped => unzipped(plan, held("limit").unwrap_or("")),
        About::Zipped => zipped(plan),
        _ => Evidence::default(),
    };
    let finding =
        finding(plan, message, Some(&seen.around).filter(|around| !around.is_empty()).or(seen.path.as_ref()), name);
    let at = finding.and_then(|index| plan.findings.get(index)).map(|finding| finding.path.clone());
    let path = seen.path.or(at.filter(|path| !path.is_empty()));
    Evidence { finding, path, ..seen }
}

/// The finding that tells of the same: one about the path, else one that names what the message names, else, where
/// nothing is named, one by a rule of the message.
fn finding(plan: &Plan, message: &Message, path: Option<&String>, name: &str) -> Option<usize> {
    let meant = |finding: &crate::check::Finding| message.rules.contains(&finding.rule);
    let near =
        |found: &str, path: &str| !found.is_empty() && (within(found, path).is_some() || within(path, found).is_some());
    let about_path = path.and_then(|path| {
        let is_about = |finding: &crate::check::Finding| {
            near(&finding.path, path) && (meant(finding) || finding.severity == Severity::Error)
        };
        plan.findings.iter().position(is_about)
    });
    let word = file_name(name);
    let by_name = || {
        let names = |text: &str| {
            let edge = |character: char| !character.is_alphanumeric() && !"_-.".contains(character);
            text.split(edge).any(|part| part.trim_end_matches('.') == word)
        };
        plan.findings.iter().position(|finding| !word.is_empty() && meant(finding) && names(&finding.message))
    };
    let by_rule = || {
        let under = if let About::Under(part) = message.about { part } else { "" };
        // What lies where another language looks is another matter.
        let top = |path: &str| path.split('/').next().map(str::to_owned);
        let is_heard = |path: &str| {
            let About::Module(language) = message.about else { return true };
            let mut others = RUNTIMES.iter().map(|runtime| runtime.language).filter(|other| *other != language);
            !others.any(|other| flat_folder(other).and_then(top) == top(path))
        };
        let is_there =
            |finding: &crate::check::Finding| meant(finding) && finding.path.contains(under) && is_heard(&finding.path);
        plan.findings.iter().position(is_there).filter(|_| name.is_empty())
    };
    about_path.or_else(by_name).or_else(by_rule)
}

/// Something that was found in the layer.
struct Thing<'a> {
    /// The folder that would have to be searched for it.
    folder: &'a str,
    /// Its own path, a file's or a folder's.
    path: &'a str,
}

fn module(plan: &Plan, language: Language, name: &str) -> Evidence {
    let wanted = match language {
        Language::NodeJs if name.starts_with('@') => {
            let end = name.match_indices('/').nth(1).map_or(name.len(), |(at, _)| at);
            name.get(..end).unwrap_or(name)
        }
        Language::Python => name.split('.').next().unwrap_or(name),
        // A gem can stand there with its version: "pg-1.5.4".
        Language::Ruby if name.contains("-") && name.ends_with(|last: char| last.is_ascii_digit()) => {
            name.split_once('-').map_or(name, |(gem, _)| gem)
        }
        _ => name.split('/').next().unwrap_or(name),
    };
    let chosen = plan.choices.settings.runtimes_of(language);
    let worth = |thing: &Thing| {
        let searchers = searchers(language, thing.folder);
        (searchers.iter().any(|runtime| chosen.contains(runtime) || chosen.is_empty()), !searchers.is_empty())
    };
    let things = plan.packed().filter_map(|placement| named(placement.path.as_str(), wanted, language));
    let Some(thing) = things.min_by_key(|thing| std::cmp::Reverse(worth(thing))) else {
        let absent = absent(plan, wanted, |path| named(path, wanted, language).map(|thing| thing.path));
        let command = if absent.path.is_none() { way_to_get(plan, language, wanted) } else { None };
        return Evidence { command, ..absent };
    };
    let (is_searched, by_some) = worth(&thing);
    let here = if is_searched && chosen.is_empty() {
        format!(
            "{} is where the runtime looks. Choose the function's runtime in the settings to have it checked.",
            thing.path
        )
    } else if is_searched {
        let ids: Vec<&str> = chosen.iter().map(|runtime| runtime.id).collect();
        format!(
            "{} is where {} looks: is this version of the layer attached to the function?",
            thing.path,
            listed(&ids)
        )
    } else if by_some {
        let ids: Vec<&str> = searchers(language, thing.folder).iter().map(|runtime| runtime.id).collect();
        format!("{} is there, but only {} looks into {}.", thing.path, listed(&ids), thing.folder)
    } else {
        format!("{} is there, but no runtime looks for it in {}.", thing.path, shown(thing.folder))
    };
    // The file itself, of a module in a package.
    let inner = format!("{}/{}.", folder_of(thing.path), name.replace('.', "/")).trim_start_matches('/').to_owned();
    let file = plan.packed().map(|placement| placement.path.as_str()).find(|path| path.starts_with(&inner));
    let (path, around) = (Some(file.unwrap_or(thing.path).to_owned()), thing.path.to_owned());
    Evidence { here, path, around, ..Evidence::default() }
}

/// Something of that name on the way to a path: a package's folder, a module's file, a gem.
fn named<'a>(path: &'a str, wanted: &str, language: Language) -> Option<Thing<'a>> {
    let starts = std::iter::once(0).chain(path.match_indices('/').map(|(at, _)| at + 1));
    starts.into_iter().find_map(|start| {
        let rest = path.get(start..)?.strip_prefix(wanted)?;
        let ends = |endings: &[&str]| rest.starts_with('.') && endings.iter().any(|ending| rest.ends_with(ending));
        let is_file = !rest.contains('/')
            && match language {
                Language::Python => ends(&[".py", ".so", ".pyc", ".pyd"]),
                Language::NodeJs => ends(&[".js", ".mjs", ".cjs", ".json", ".node"]),
                _ => ends(&[".rb", ".so"]),
            };
        let version = rest.split('/').next().unwrap_or(rest);
        let is_gem = language == Language::Ruby
            && version
                .strip_prefix('-')
                .is_some_and(|version| version.starts_with(|digit: char| digit.is_ascii_digit()));
        let length = match () {
            () if is_file => rest.len(),
            () if is_gem => version.len(),
            () if rest.starts_with('/') => 0,
            () => return None,
        };
        let end = start + wanted.len() + length;
        Some(Thing { folder: path.get(..start)?.trim_end_matches('/'), path: path.get(..end)? })
    })
}

/// The runtimes of a language that look for modules in a folder.
fn searchers(language: Language, folder: &str) -> Vec<&'static Runtime> {
    let is = |searched: &str| match language {
        Language::Ruby => within(folder, searched).is_some(),
        _ => folder == searched,
    };
    let flat = flat_folder(language).is_some_and(is);
    let own = |runtime: &&Runtime| flat || versioned_folder(runtime).is_some_and(|own| is(&own));
    RUNTIMES.iter().filter(|runtime| runtime.language == language).filter(own).collect()
}

/// What is said of something that is not in the layer: whether it was left out.
fn absent<'a>(plan: &'a Plan, wanted: &str, is: impl Fn(&'a str) -> Option<&'a str>) -> Evidence {
    let mut excluded = plan.placements.iter().map(|placement| placement.path.as_str());
    if let Some(path) = excluded.find_map(&is) {
        let here = format!("{path} was left out of the layer.");
        return Evidence { here, path: Some(path.to_owned()), ..Evidence::default() };
    }
    let omitted = plan.omitted.iter().find_map(|omitted| {
        let part = plan.parts.get(omitted.part)?;
        let path = part.entry(omitted.entry).and_then(|entry| is(&entry.path))?;
        Some(format!("{} of {} is not in the layer: {}.", quoted(path), part.source.name, omitted.reason))
    });
    let here = omitted.unwrap_or_else(|| format!("Nothing in this layer is called {}.", quoted(wanted)));
    Evidence { here, ..Evidence::default() }
}

/// The command that gets a package for the chosen runtime, or the newest one.
fn way_to_get(plan: &Plan, language: Language, wanted: &str) -> Option<Vec<String>> {
    let settings = &plan.choices.settings;
    let architecture = settings.architectures().first().copied().unwrap_or(Architecture::X86_64);
    let current =
        |runtime: &&Runtime| runtime.language == language && matches!(runtime.support, Support::Current { .. });
    let chosen = settings.runtimes_of(language).first().copied();
    let runtime = chosen.or_else(|| RUNTIMES.iter().filter(current).max_by_key(|runtime| runtime.numbers()))?;
    match language {
        _ if !is_plain(wanted) => None,
        Language::Python => {
            let distribution =
                INSTALLED_AS.iter().find(|(module, _)| *module == wanted).map_or(wanted, |(_, name)| name);
            Some(get::wheel(distribution, runtime, architecture))
        }
        Language::NodeJs => Some(get::npm(wanted, architecture)),
        Language::Ruby => Some(["gem", "fetch", wanted].map(str::to_owned).to_vec()),
        _ => None,
    }
}

fn library(plan: &Plan, name: &str) -> Evidence {
    let plain = file_name(name);
    let whole = if plain.contains(".so") { plain.to_owned() } else { format!("lib{plain}.so") };
    let name = whole.as_str();
    let is = |path: &&str| file_name(path) == name;
    let chosen = plan.choices.settings.runtimes();
    let system = chosen.first().map_or(OperatingSystem::Al2023, |runtime| runtime.os);
    let package = package_of(name, system);
    let get =
        package.map_or_else(String::new, |package| format!("{} has it in its package {package}.", system.label()));
    let Some(path) = plan.packed().map(|placement| placement.path.as_str()).find(is) else {
        return Evidence { get, ..absent(plan, name, |path| Some(path).filter(is)) };
    };
    let here = match folder_of(path) {
        LIB => format!(
            "{path} is where the linker looks: a library that it needs itself, or its processor, can be what is missing."
        ),
        _ => format!(
            "{path} is there, but the linker looks into {LIB} alone, unless the file that needs it says otherwise."
        ),
    };
    Evidence { here, path: Some(path.to_owned()), ..Evidence::default() }
}

fn class(plan: &Plan, name: &str) -> Evidence {
    let class = format!("{}.class", name.replace('.', "/"));
    let jar = plan.packed().find(|placement| {
        let part = plan.parts.get(placement.part);
        let found = part.and_then(|part| part.inspected.get(&placement.entry));
        matches!(found, Some(Inspection::Jar(jar)) if jar.classes.binary_search_by(|(own, _)| own.cmp(&class)).is_ok())
    });
    let Some(path) = jar.map(|placement| placement.path.as_str()) else {
        return absent(plan, name, |path| Some(path).filter(|path| path.ends_with(&class)));
    };
    let here = match flat_folder(Language::Java) == Some(folder_of(path)) {
        true => format!("{path} has it, where Java looks."),
        false => {
            format!("{path} has it, but Java looks for jars in {} alone.", flat_folder(Language::Java).unwrap_or(""))
        }
    };
    Evidence { here, path: Some(path.to_owned()), ..Evidence::default() }
}

fn file(plan: &Plan, name: &str) -> Evidence {
    let Some(name) = name.strip_prefix("/opt/").or_else(|| (!name.starts_with('/')).then_some(name)) else {
        return Evidence::default();
    };
    let is = |path: &&str| *path == name || !name.contains('/') && file_name(path) == name;
    let Some(placement) = plan.packed().find(|placement| is(&placement.path.as_str())) else {
        return absent(plan, name, |path| Some(path).filter(is));
    };
    let path = placement.path.as_str();
    let aside = !name.contains('/') && folder_of(path) != BIN;
    let note = if aside { format!("; programs are found by their names in {BIN} alone") } else { String::new() };
    Evidence {
        here: format!("{path} is in the layer, with the mode {:04o}{note}.", placement.mode),
        path: Some(path.to_owned()),
        ..Evidence::default()
    }
}

fn unzipped(plan: &Plan, limit: &str) -> Evidence {
    let own = format!("This layer has {} bytes unpacked", grouped(plan.sizes.unzipped));
    let here = match limit.replace(',', "").parse::<u64>() {
        Ok(limit) if limit < UNZIPPED_LIMIT => {
            let taken = grouped(UNZIPPED_LIMIT - limit);
            format!("{own}; the function and its other layers take {taken} of {} already.", grouped(UNZIPPED_LIMIT))
        }
        _ => format!("{own}, of less than {}.", grouped(UNZIPPED_LIMIT)),
    };
    Evidence { here, ..Evidence::default() }
}

fn zipped(plan: &Plan) -> Evidence {
    let about = if plan.sizes.zipped_is_exact { "has" } else { "will have about" };
    let size = grouped(plan.sizes.zipped);
    let here = format!("This layer's zip {about} {size} bytes; {} can be sent directly.", grouped(DIRECT_UPLOAD_LIMIT));
    Evidence { here, ..Evidence::default() }
}

/// A folder as it stands in a sentence.
fn shown(folder: &str) -> &str {
    if folder.is_empty() { "the top of the layer" } else { folder }
}
