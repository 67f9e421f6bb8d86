//! Which files of a package are meant to be started, told from what they are.
//!
//! A folder that comes from a browser has no execute bits, and those of archives are often stray: every file of a tarball
//! that was packed on Windows can have one. So for packages the bits follow from the files alone, and the same files give
//! the same layer by whichever way they came. A file is started where
//!
//! - the `bin` or `directories.bin` of its package's `package.json` names it (npm sets the bit for these), or
//! - it begins as a script does, or is a compiled program, and its name speaks of nothing else: code that a language
//!   loads counts only in a folder called `bin`.
//!
//! Wheels keep their own bits, as their installers do, and so does what is no package: layers, programs, archives of them.

use serde_json::Value;

use super::{Kind, Recognised, native};
use crate::inspect::Inspection;
use crate::order::BTreeSet;
use crate::path::{file_name, folder_of, within};
use crate::tables::layouts::BIN;
use crate::tables::started::NEVER_STARTED;

/// Tells which entries of a part are started; `None` where the bits that they came with count.
pub fn of(part: &Recognised) -> Option<BTreeSet<usize>> {
    match part.kind {
        Kind::Jar => Some(BTreeSet::new()),
        Kind::NpmPackage | Kind::NodeModules | Kind::NodeCode => {
            let named = named_by_manifests(part);
            Some(entries(part, |index, path| named.contains(path) || begins_as_program(part, index, path)))
        }
        Kind::SitePackages
        | Kind::PythonPackage
        | Kind::PythonModule
        | Kind::PythonCode
        | Kind::Egg
        | Kind::Gem
        | Kind::GemHome
        | Kind::RubyCode => Some(entries(part, |index, path| begins_as_program(part, index, path))),
        _ => None,
    }
}

fn entries(part: &Recognised, is_started: impl Fn(usize, &str) -> bool) -> BTreeSet<usize> {
    let path = |index: usize| part.source.entries.get(index).map(|entry| entry.path.as_str());
    part.entries.iter().copied().filter(|index| path(*index).is_some_and(|path| is_started(*index, path))).collect()
}

fn begins_as_program(part: &Recognised, index: usize, path: &str) -> bool {
    let name = file_name(path);
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    let loaded = ending.is_some_and(|ending| NEVER_STARTED.binary_search(&ending.as_str()).is_ok());
    // LICENSE, README and their like are in every package.
    let document = !name.bytes().any(|byte| byte.is_ascii_lowercase());
    let in_bin = || folder_of(path).split('/').any(|folder| folder == BIN);
    let begins = || match part.inspected.get(&index) {
        Some(Inspection::Script(_) | Inspection::Elf(_) | Inspection::Foreign(_)) => !native::is_library_name(name),
        _ => false,
    };
    !document && (!loaded || in_bin()) && begins()
}

/// The files that the packages of a part name as their programs, as paths in the source.
fn named_by_manifests(part: &Recognised) -> BTreeSet<String> {
    let mut named = BTreeSet::new();
    for (index, manifest) in &part.manifests {
        let Some(path) = part.source.entries.get(*index).map(|entry| entry.path.as_str()) else { continue };
        let below = |target: &str| joined(folder_of(path), target);
        named.extend(manifest.programs.iter().filter_map(|target| below(target)));
        if let Some(folder) = below(&manifest.program_folder).filter(|_| !manifest.program_folder.is_empty()) {
            let inside = |path: &&str| within(path, &folder).is_some();
            named.extend(part.entries.iter().filter_map(|index| {
                part.source.entries.get(*index).map(|entry| entry.path.as_str()).filter(inside).map(str::to_owned)
            }));
        }
    }
    named
}

/// A path of `package.json` below its folder, e.g. `"package/cli.js"` for `"./cli.js"`; `None` where it leads outside.
fn joined(folder: &str, target: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let least = parts.len();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.len() > least => drop(parts.pop()),
            ".." => return None,
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The values of a `bin`: one path, or one for each name.
pub fn programs(bin: Option<&Value>) -> Vec<String> {
    match bin {
        Some(Value::String(path)) => vec![path.clone()],
        Some(Value::Object(paths)) => paths.values().filter_map(Value::as_str).map(str::to_owned).collect(),
        _ => Vec::new(),
    }
}
