//! Python that is not ready to be imported: source distributions and lists of requirements; and eggs, which nearly are.

use std::rc::Rc;

use super::distribution::{Distribution, Tag, headers, read_metadata, requires_python};
use crate::intake::Source;
use crate::license;
use crate::path::file_name;
use crate::recognise::folder::{Folder, Told};
use crate::recognise::{Kind, Recognised};
use crate::tables::limits::MAX_METADATA;

/// A list of packages, which installs nothing by itself.
pub struct List {
    /// How its file's name begins and ends.
    pub name: (&'static str, &'static str),
    /// The command that makes `requirements.txt` of it, or prints what belongs there; empty where pip reads it as it is.
    pub export: &'static str,
}

/// The lists that Python's tools write. The first that fits a name counts.
#[rustfmt::skip]
pub const LISTS: &[List] = &[
    List { name: ("requirements", ".txt"),   export: "" },
    List { name: ("requirements", ".in"),    export: "" },
    List { name: ("Pipfile.lock", ""),       export: "pipenv requirements" },
    List { name: ("Pipfile", ""),            export: "pipenv requirements" },
    List { name: ("poetry.lock", ""),        export: "poetry export -f requirements.txt -o requirements.txt" },
    List { name: ("pdm.lock", ""),           export: "pdm export -o requirements.txt" },
    List { name: ("uv.lock", ""),            export: "uv export --no-emit-project -o requirements.txt" },
    List { name: ("pyproject.toml", ""),     export: "uv pip compile pyproject.toml -o requirements.txt" },
];

impl List {
    /// The list that a file of that name is.
    pub fn of(name: &str) -> Option<&'static List> {
        LISTS.iter().find(|list| {
            let (begin, end) = list.name;
            if end.is_empty() { name == begin } else { name.starts_with(begin) && name.ends_with(end) }
        })
    }
}

/// A list of packages.
pub fn list(source: &Rc<Source>, index: usize) -> Option<Recognised> {
    let name = file_name(&source.entries.get(index)?.path);
    if !is_list(source, index) {
        return None;
    }
    let mut part = Recognised::new(source, Kind::PythonList, name, "it is a list of Python packages by its name");
    part.entries = vec![index];
    Some(part)
}

/// Whether an entry lists packages. A project's description need not.
pub fn is_list(source: &Source, index: usize) -> bool {
    let Some(entry) = source.entries.get(index) else { return false };
    let name = file_name(&entry.path);
    let lists = || {
        let text = entry.content.read(MAX_METADATA).ok().flatten();
        text.is_some_and(|text| String::from_utf8_lossy(&text).contains("dependencies"))
    };
    List::of(name).is_some() && (name != "pyproject.toml" || lists())
}

/// Source code as an index delivers it: with metadata, and with what builds it.
pub fn source_distribution(folder: &Folder) -> Option<Told> {
    let files = &folder.level.files;
    let builds = ["pyproject.toml", "setup.py", "setup.cfg"].iter().any(|name| files.contains_key(name));
    if !builds || !files.contains_key("PKG-INFO") {
        return None;
    }
    let mut part = folder.part(Kind::SourceDistribution, "it holds PKG-INFO and what builds it");
    if let Some((name, version)) = name_and_version(folder.source, &folder.below("PKG-INFO")) {
        (part.name, part.version) = (name, version);
    }
    Some(part.into())
}

/// A project whose packages lie in `src`, as the Python packaging guide recommends: only those are imported.
pub fn project(folder: &Folder) -> Option<Told> {
    const REASON: &str = "part of the project, but not of its packages";
    let files = &folder.level.files;
    let sources = folder.level.folders.get("src")?;
    let at = folder.below("src");
    let described = ["pyproject.toml", "setup.py", "setup.cfg"].iter().any(|name| files.contains_key(name));
    let code = Folder::of(folder.source, &at, sources.clone());
    if !described || !code.level.holds_python(folder.source) {
        return None;
    }
    let (lists, others): (Vec<usize>, Vec<usize>) = folder
        .entries
        .iter()
        .filter(|index| !sources.contains(index))
        .partition(|index| files.values().any(|file| file == *index) && is_list(folder.source, **index));
    let omitted = others.into_iter().map(|index| (index, REASON)).collect();
    drop(code);
    Some(Told { files: lists, folders: vec![(at, sources.clone())], omitted, ..Told::default() })
}

/// An egg: setuptools' archives from before wheels, whose metadata have a name that only an egg's own folder explains.
pub fn egg(folder: &Folder) -> Option<Told> {
    if !folder.level.folders.contains_key(EGG_INFO) {
        return None;
    }
    let info = folder.below(EGG_INFO);
    let (name, version) = name_and_version(folder.source, &format!("{info}/PKG-INFO"))?;
    let mut part = folder.part(Kind::Egg, "it holds EGG-INFO");
    let file = if folder.at.is_empty() { folder.source.file_name() } else { file_name(folder.at) };
    let tags = egg_tag(folder, file).into_iter().collect();
    let metadata = read_metadata(folder.source, &format!("{info}/PKG-INFO")).ok().flatten().unwrap_or_default();
    let (requires, licenses) = (Vec::new(), license::of_metadata(headers(&metadata)));
    let python = requires_python(&metadata);
    (part.name, part.version) = (name.clone(), version.clone());
    part.distributions = vec![Distribution { name, version, tags, requires, python, licenses, dist_info: info }];
    Some(part.into())
}

/// The folder of an egg's metadata.
pub const EGG_INFO: &str = "EGG-INFO";

/// What an egg with compiled modules was built for, by its name: `NAME-VERSION-pyX.Y-PLATFORM.egg`.
fn egg_tag(folder: &Folder, file: &str) -> Option<Tag> {
    let compiled = |index: &usize| {
        let path = folder.source.entries.get(*index).map_or("", |entry| entry.path.as_str());
        [".so", ".pyd", ".dylib"].iter().any(|ending| path.ends_with(ending))
    };
    let parts: Vec<&str> = file.strip_suffix(".egg")?.splitn(4, '-').collect();
    let [_, _, python, platform] = parts.as_slice() else { return None };
    let python = format!("cp{}", python.strip_prefix("py")?.replace('.', ""));
    folder.entries.iter().any(compiled).then(|| Tag {
        abi: python.clone(),
        python,
        platform: platform.replace(['-', '.'], "_"),
    })
}

/// Name and version of a metadata file, where both are what the packaging specifications allow: they become paths and
/// stand in commands.
fn name_and_version(source: &Source, path: &str) -> Option<(String, String)> {
    let text = read_metadata(source, path).ok().flatten()?;
    let header = |wanted: &str| headers(&text).find(|(key, _)| *key == wanted).map(|(_, value)| value.to_owned());
    let (name, version) = (header("Name")?, header("Version")?);
    let plain = |text: &str, more: &str| {
        let edge = |character: Option<char>| character.is_some_and(|character| character.is_ascii_alphanumeric());
        edge(text.chars().next())
            && edge(text.chars().next_back())
            && text.chars().all(|character| character.is_ascii_alphanumeric() || more.contains(character))
    };
    (plain(&name, "._-") && plain(&version, "._-+")).then_some((name, version))
}
