//! Compiled files that are there as one of several builds, of which another one is loaded on the targets.

use crate::order::{BTreeMap, BTreeSet};

use super::binaries::{self, is_module, misfit};
use super::layer::{Layer, root};
use crate::inspect::module::Module;
use crate::path::{file_name, folder_of};
use crate::tables::runtimes::{Architecture, Language, Runtime};

/// The files, and the folders of whole npm packages, that none of the targets loads although nothing is wrong with the
/// package.
pub fn idle<'a>(layer: &'a Layer, architectures: &[Architecture], runtimes: &[&Runtime]) -> BTreeSet<&'a str> {
    let mut harmful = BTreeSet::new();
    for architecture in architectures {
        harmful.extend(binaries::judge(layer, *architecture).into_iter().map(|complaint| complaint.file));
    }
    let fits = |index: usize| {
        let found = layer.files.get(index).map(|file| file.found);
        found.is_some_and(|found| architectures.iter().any(|one| misfit(found, *one).is_none()))
    };
    let mut idle: BTreeSet<&str> = BTreeSet::new();
    let mut modules: BTreeMap<(&str, &str), Vec<(usize, bool)>> = BTreeMap::new();
    for (index, file) in layer.files.iter().enumerate().filter(|(_, file)| file.found.built().is_some()) {
        if let Some(module) = Module::of(file.path).filter(|_| is_module(file)) {
            let speaks = |runtime: &&Runtime| runtime.language == Language::Python && file.audience.includes(runtime);
            let mut python = runtimes.iter().copied().filter(speaks).peekable();
            let finds = python.peek().is_none() || python.any(|runtime| module.fits(runtime.numbers()));
            let used = finds && fits(index);
            modules.entry((folder_of(file.path), module.stem)).or_default().push((index, used));
        } else if !fits(index) && !harmful.contains(&index) || is_of_other_ruby(layer, file.path, runtimes) {
            idle.insert(file.path);
        }
    }
    for builds in modules.into_values().filter(|builds| builds.iter().any(|(_, used)| *used)) {
        let unused = builds.into_iter().filter(|(_, used)| !used);
        idle.extend(unused.filter_map(|(index, _)| layer.files.get(index)).map(|file| file.path));
    }
    // An npm package that is a build for one platform is nothing without it.
    let is_build = |path: &str| {
        let (folder, name) = root(path).rsplit_once("node_modules/").unwrap_or_default();
        let package = layer.packages.iter().find(|package| package.root == root(path));
        !folder.is_empty() && !name.is_empty() && package.is_some_and(|package| package.names_platform())
    };
    idle.iter().map(|path| if is_build(path) { root(path) } else { path }).collect()
}

/// Whether a compiled part of a gem lies in the folder of a Ruby that is not meant, beside those of one that is:
/// `lib/nokogiri/3.1/nokogiri.so`.
fn is_of_other_ruby(layer: &Layer, path: &str, runtimes: &[&Runtime]) -> bool {
    let folder = folder_of(path);
    let is_version =
        |name: &str| name.split('.').count() == 2 && name.split('.').all(|part| part.parse::<u8>().is_ok());
    let mut rubies = runtimes.iter().filter(|runtime| runtime.language == Language::Ruby).peekable();
    let beside = |version: &str| layer.has(&format!("{}/{version}/{}", folder_of(folder), file_name(path)));
    is_version(file_name(folder))
        && rubies.peek().is_some()
        && rubies.all(|runtime| runtime.version != file_name(folder) && beside(runtime.version))
}
