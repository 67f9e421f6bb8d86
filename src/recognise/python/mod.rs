//! Python that is installed or unpacked already, and Python code of one's own.

pub mod distribution;
pub mod pep440;
mod pth;
pub mod requirement;
pub mod sources;
pub mod wheel;

use self::sources::is_list;
use crate::intake::promises_files;
use crate::path::{file_name, folder_of, within};
use crate::recognise::folder::{Folder, Told};
use crate::recognise::level::Level;
use crate::recognise::{Kind, Recognised};

const NODE_MODULES: &str = "node_modules";
const ENVIRONMENT_REASON: &str = "part of the virtual environment, but not of its packages";

/// Packages with their metadata beside them, as `pip install --target` leaves them.
pub fn installed(folder: &Folder) -> Option<Told> {
    let is_metadata = |name: &&str| name.ends_with(".dist-info") || name.ends_with(".egg-info");
    folder
        .level
        .folders
        .keys()
        .any(is_metadata)
        .then(|| site(folder, "it holds *.dist-info folders beside the packages").into())
}

/// A folder that bears the name which Python gives to installed packages.
pub fn site_packages(folder: &Folder) -> Option<Told> {
    let by_name = matches!(file_name(folder.at), "site-packages" | "dist-packages");
    by_name.then(|| site(folder, "it is a folder of installed packages by its name").into())
}

/// A virtual environment, or a prefix like it: its packages, and what of it stays behind.
pub fn environment(folder: &Folder) -> Option<Told> {
    let sites = folder.level.site_packages();
    if sites.is_empty() {
        return None;
    }
    let inside = |index: &usize, site: &str| {
        let entry = folder.source.entries.get(*index);
        entry.and_then(|entry| within(&entry.path, site)).is_some_and(|rest| !rest.is_empty())
    };
    let mut rest = folder.entries.clone();
    let mut told = Told::default();
    for at in &sites {
        let (packages, others): (Vec<usize>, Vec<usize>) = rest.iter().partition(|index| inside(index, at));
        rest = others;
        let reason = format!("it is the {} of an environment", within(at, folder.at).unwrap_or(at));
        told.parts.push(site(&Folder::of(folder.source, at, packages), &reason));
    }
    if let Some(first) = told.parts.first_mut() {
        first.omitted.extend(rest.iter().map(|index| (*index, ENVIRONMENT_REASON)));
    }
    Some(told)
}

fn site(folder: &Folder, reason: &str) -> Recognised {
    let mut site = folder.part(Kind::SitePackages, reason);
    site.notes.extend(pth::notes(folder.source, &folder.entries, folder.at));
    site.distributions = distribution::find(folder.source, folder.at, &folder.entries);
    if let [only] = site.distributions.as_slice() {
        (site.name, site.version) = (only.name.clone(), only.version.clone());
    }
    site
}

/// One package. In an archive its own folder can be missing; it is put back under the archive's name.
pub fn package(folder: &Folder) -> Option<Told> {
    folder.level.files.contains_key("__init__.py").then(|| {
        let mut package = folder.part(Kind::PythonPackage, "it holds __init__.py");
        folder_of(folder.at).clone_into(&mut package.base);
        package.wrap = if folder.at.is_empty() { folder.name() } else { String::new() };
        package.into()
    })
}

/// Python files side by side, with their data; archives among them are looked at on their own.
pub fn code(folder: &Folder) -> Option<Told> {
    let Level { files, folders, .. } = &folder.level;
    if !folder.level.holds_python(folder.source) && !folder.level.holds_namespaces() {
        return None;
    }
    // A list of packages beside the code says what is still missing.
    let apart = |index: &usize| {
        let name = folder.source.entries.get(*index).map_or("", |entry| file_name(&entry.path));
        promises_files(name) || is_list(folder.source, *index)
    };
    let (mut archives, mut entries): (Vec<usize>, Vec<usize>) = files.values().partition(|index| apart(index));
    // Another language's packages lie here only because the drop holds both.
    let (others, own): (Vec<_>, Vec<_>) = folders.iter().partition(|(name, _)| **name == NODE_MODULES);
    let (wheels, below): (Vec<usize>, Vec<usize>) =
        own.into_iter().flat_map(|(_, below)| below).partition(|index| is_wheel_apart(folder, **index));
    entries.extend(below);
    archives.extend(wheels);
    entries.sort_unstable();
    let mut code = folder.part(Kind::PythonCode, "it holds Python files");
    code.entries = entries;
    let loose = files.values().filter(|index| !archives.contains(index)).count();
    match (loose, folders.keys().collect::<Vec<_>>().as_slice()) {
        (0, [package]) => (code.kind, code.name) = (Kind::PythonPackage, (**package).to_owned()),
        (1, []) => {
            let file = files
                .iter()
                .find(|(_, index)| !archives.contains(index))
                .map(|(name, _)| name)
                .copied()
                .unwrap_or_default();
            (code.kind, code.name) = (Kind::PythonModule, module_name(file).to_owned());
        }
        _ => {}
    }
    let folders = others.into_iter().map(|(name, below)| (folder.below(name), below.clone())).collect();
    Some(Told { parts: vec![code], files: archives, folders, ..Told::default() })
}

/// Whether an entry in a sub-folder is a wheel to be installed. Within a package a wheel is data, as those that Python's
/// own `ensurepip` brings.
fn is_wheel_apart(folder: &Folder, index: usize) -> bool {
    let path = |index: usize| folder.source.entries.get(index).map_or("", |entry| entry.path.as_str());
    let wheel = path(index);
    let mut above = std::iter::successors(Some(folder_of(wheel)), |at| Some(folder_of(at)))
        .take_while(|at| at.len() > folder.at.len() && within(at, folder.at).is_some());
    let is_package = |at: &str| {
        let init = format!("{at}/__init__.py");
        folder.source.entries.binary_search_by(|entry| entry.path.as_str().cmp(&init)).is_ok()
    };
    wheel.ends_with(".whl") && !above.any(is_package)
}

/// The importable name of a module's file, e.g. `"fast"` for `fast.cpython-311-x86_64-linux-gnu.so`.
fn module_name(file: &str) -> &str {
    file.split('.').next().unwrap_or(file)
}
