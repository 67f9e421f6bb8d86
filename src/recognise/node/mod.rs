//! Packages of Node.js as they lie in folders: projects, `node_modules`, single packages.

pub mod code;
mod modules;
pub mod npm;
mod pnpm;
pub mod required;
pub mod semver;

use self::npm::{Manifest, Unread};
use crate::intake::Source;
use crate::order::BTreeMap;
use crate::path::{file_name, within};
use crate::recognise::folder::{Folder, Told};
use crate::recognise::{Kind, Recognised};
use crate::tables::npm::{INSTALLER_FILES, LISTS, MODULES, PLUG_AND_PLAY, PNPM_STORE};

const PROJECT_REASON: &str =
    "the project's own code, which belongs in the function; dropped without node_modules, it is taken into the layer";

/// A `node_modules` folder.
pub fn modules(folder: &Folder) -> Option<Told> {
    let keeps_notes = folder.level.files.keys().any(|name| INSTALLER_FILES.contains(name))
        || folder.level.folders.contains_key(PNPM_STORE);
    (file_name(folder.at) == MODULES || keeps_notes && !folder.level.folders.contains_key(MODULES))
        .then(|| installed(folder, "it is a folder of installed packages by its name", &BTreeMap::new()))
}

/// A project: its installed packages go into the layer, its own code belongs in the function.
pub fn project(folder: &Folder) -> Option<Told> {
    let files = &folder.level.files;
    let inside = folder.level.folders.get(MODULES);
    let Some(inside) = inside else {
        return PLUG_AND_PLAY.iter().any(|name| files.contains_key(name)).then(|| {
            let mut project = folder.part(Kind::NotReady, "it holds yarn's map of packages");
            "yarn keeps its packages in zips that plain Node.js can't read; set \"nodeLinker: node-modules\" in .yarnrc.yml, run yarn install, and drop node_modules"
                .clone_into(&mut project.advice);
            project.into()
        });
    };
    if !files.contains_key("package.json") {
        return None;
    }
    let manifest = Manifest::read(folder.source, folder.at).ok().flatten().unwrap_or_default();
    if manifest.bundles {
        return None;
    }
    let at = folder.below(MODULES);
    let modules = Folder::of(folder.source, &at, inside.clone());
    let mut told = installed(&modules, "it is the node_modules of a project", &manifest.dependencies);
    if let [part] = told.parts.as_mut_slice()
        && part.version.is_empty()
    {
        part.name = manifest.legal_name().map_or_else(|| folder.name(), str::to_owned);
    }
    let own = folder.entries.iter().filter(|index| {
        let entry = folder.source.entries.get(**index);
        entry.is_some_and(|entry| within(&entry.path, &at).is_none())
    });
    told.omitted.extend(own.map(|index| (*index, PROJECT_REASON)));
    Some(told)
}

/// What lies in a folder of installed packages, each under the name of its folder.
fn installed(folder: &Folder, reason: &str, wanted: &BTreeMap<String, String>) -> Told {
    let (notes, kept): (Vec<usize>, Vec<usize>) =
        folder.entries.iter().partition(|index| modules::is_installers(folder.source, folder.at, **index));
    let packages = Folder::of(folder.source, folder.at, kept);
    if let Some(store) = folder.level.folders.get(PNPM_STORE) {
        let at = folder.below(PNPM_STORE);
        let store = Folder::of(folder.source, &at, store.clone());
        return pnpm::packages(&packages, &store, &notes, wanted);
    }
    let omitted = notes.into_iter().map(|index| (index, modules::INSTALLER_REASON)).collect();
    Told { parts: vec![modules::part(&packages, reason)], omitted, ..Told::default() }
}

/// One package: a folder whose `package.json` names it. Without a legal name it is code of one's own.
pub fn package(folder: &Folder) -> Option<Told> {
    let files = &folder.level.files;
    let is_python = files.keys().any(|name| name.ends_with(".py") || *name == "pyproject.toml");
    if !files.contains_key("package.json") || is_python {
        return None;
    }
    let (manifest, unread) = match Manifest::read(folder.source, folder.at) {
        Ok(manifest) => (manifest.unwrap_or_default(), None),
        // Node.js reads it before it loads anything of the folder, and stops there.
        Err(Unread { path, what, .. }) => {
            (Manifest::default(), Some(format!("{path} {what}; mend it and drop the folder again")))
        }
    };
    if let Some(advice) = unread.or_else(|| code::unbuilt(folder, &manifest)) {
        let part = folder.part(Kind::NotReady, "its package.json can't be used as it is");
        return Some(Recognised { advice, ..part }.into());
    }
    let mut part = match manifest.legal_name() {
        Some(name) => npm::package(folder, &manifest, name),
        None => code::own(folder, "it holds a package.json without a name that npm allows, so the folder's counts"),
    };
    if let Some((list, command)) =
        list_of(folder).filter(|(list, _)| *list != "package.json" && !manifest.dependencies.is_empty())
    {
        part.advice = format!(
            "{} lists packages that are not in it; if the layer is to hold them, run {command} and drop node_modules",
            folder.below(list)
        );
    }
    Some(part.into())
}

/// The file in a folder that says what is to be installed, and the command that does.
fn list_of(folder: &Folder) -> Option<(&'static str, &'static str)> {
    LISTS.iter().find(|(name, _)| folder.level.files.contains_key(name)).copied()
}

/// A list of packages on its own: they have to be installed first.
pub fn list(source: &std::rc::Rc<Source>, index: usize) -> Option<Recognised> {
    let entry = source.entries.get(index)?;
    let (_, command) = LISTS.iter().find(|(name, _)| *name == file_name(&entry.path))?;
    let mut part =
        Recognised::new(source, Kind::NotReady, file_name(&entry.path), "it is a list of packages by its name");
    part.entries = vec![index];
    part.advice = format!(
        "{} only lists packages; run {command} beside it, on Linux or with npm's --os=linux --cpu=x64 (or arm64), and drop node_modules",
        entry.path
    );
    Some(part)
}
