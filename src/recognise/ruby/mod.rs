//! Ruby code of one's own, and lists of gems.

pub mod gem;
pub mod gemspec;
pub mod home;
pub mod version;
mod yaml;

use std::rc::Rc;

use crate::intake::Source;
use crate::path::{file_name, folder_of, within};
use crate::recognise::folder::{Folder, Told};
use crate::recognise::{Kind, Recognised};

const PROJECT_REASON: &str = "part of the project, but nothing that Ruby loads from a layer";
const LISTS: &[&str] = &["Gemfile", "Gemfile.lock"];

/// Files of Ruby, or a project with a `lib` of them.
pub fn code(folder: &Folder) -> Option<Told> {
    let is_ruby = |path: &str| path.ends_with(".rb");
    let bundle = |index: &usize| {
        let path = folder.source.entries.get(*index).map_or("", |entry| entry.path.as_str());
        within(path, &folder.below("vendor")).is_some()
    };
    let here = folder.level.files.keys().any(|name| is_ruby(name));
    let library = folder.level.folders.get("lib").filter(|below| {
        below.iter().any(|index| folder.source.entries.get(*index).is_some_and(|entry| is_ruby(&entry.path)))
    });
    let vendored: Vec<usize> = folder.entries.iter().copied().filter(bundle).collect();
    let vendor = (!vendored.is_empty()).then(|| (folder.below("vendor"), vendored.clone()));
    let is_project =
        folder.level.files.keys().any(|name| name.ends_with(".gemspec") || LISTS.contains(name) || *name == "Rakefile");
    let rest = || folder.entries.iter().copied().filter(|index| !vendored.contains(index));
    if let Some(library) = library.filter(|_| is_project || !here) {
        let at = folder.below("lib");
        let mut part =
            Folder::of(folder.source, &at, library.clone()).part(Kind::RubyCode, "it is a lib folder of Ruby files");
        part.name = folder.name();
        part.omitted = rest().filter(|index| !library.contains(index)).map(|index| (index, PROJECT_REASON)).collect();
        return Some(Told { parts: vec![part], folders: vendor.into_iter().collect(), ..Told::default() });
    }
    if here {
        let mut part = folder.part(Kind::RubyCode, "it holds Ruby files");
        let lists: Vec<usize> = LISTS.iter().filter_map(|name| folder.level.files.get(name)).copied().collect();
        part.entries = rest().filter(|index| !lists.contains(index)).collect();
        let files = if vendor.is_some() { Vec::new() } else { lists.clone() };
        let omitted = lists.into_iter().filter(|_| vendor.is_some()).map(|index| (index, PROJECT_REASON)).collect();
        return Some(Told { parts: vec![part], files, folders: vendor.into_iter().collect(), omitted });
    }
    // Only lists, with what Bundler installed of them.
    let lists = folder.level.files.keys().any(|name| LISTS.contains(name));
    vendor.filter(|_| lists).map(|vendor| {
        let omitted = rest().map(|index| (index, PROJECT_REASON)).collect();
        Told { folders: vec![vendor], omitted, ..Told::default() }
    })
}

/// A file of Ruby, or a list of gems.
pub fn file(source: &Rc<Source>, index: usize) -> Option<Recognised> {
    let entry = source.entries.get(index)?;
    let name = file_name(&entry.path);
    if LISTS.contains(&name) {
        let mut part = Recognised::new(source, Kind::NotReady, name, "it is a list of gems by its name");
        part.entries = vec![index];
        part.advice = format!(
            "{name} only lists gems; run bundle config set --local path vendor/bundle and bundle install with the runtime's own Ruby, on Amazon Linux where gems are compiled, and drop vendor/bundle"
        );
        return Some(part);
    }
    let stem = name.strip_suffix(".rb").filter(|stem| !stem.is_empty())?;
    let mut part = Recognised::new(source, Kind::RubyCode, stem, "it is Ruby by its name");
    folder_of(&entry.path).clone_into(&mut part.base);
    part.entries = vec![index];
    Some(part)
}
