//! The inspected files of a layer, by the package that each belongs to.

use std::rc::Rc;

use crate::inspect::Inspection;
use crate::order::BTreeMap;
use crate::path::{file_name, folder_of, within};
use crate::place::{Placement, beginning, packed};
use crate::recognise::{Kind, Recognised};
use crate::tables::layouts::{GEMS, flat_folder, is_ruby_api, is_versioned_python};
use crate::tables::library_origins::{OPENED, Opened};
use crate::tables::platform_words::is_platform;
use crate::tables::runtimes::{Language, Runtime};

/// What is judged: the files that are in the layer.
pub struct Layer<'a> {
    /// The parts that they come from.
    pub parts: &'a [Rc<Recognised>],
    /// Every placement, sorted by path.
    pub placements: &'a [Placement],
    /// The files in which something was found, sorted by path.
    pub files: Vec<File<'a>>,
    /// The packages that they belong to.
    pub packages: Vec<Package>,
    /// Packages that load libraries when they run: the package, its file, and the libraries.
    pub opened: Vec<(usize, &'a str, &'static [&'static str])>,
}

/// A file in which something was found.
pub struct File<'a> {
    /// Where it is in the layer.
    pub path: &'a str,
    /// 0644 or 0755.
    pub mode: u32,
    /// What was found.
    pub found: &'a Inspection,
    /// Its package, as an index.
    pub package: usize,
    /// The part that it comes from, as an index.
    pub part: usize,
    /// Which runtimes look at it.
    pub audience: Audience,
}

/// Files that belong together: a Python package, an npm package, a gem, or a file alone.
pub struct Package {
    /// What a person knows it by, e.g. `"numpy"`.
    pub name: String,
    /// Its version, where the name of what was dropped says it, e.g. `"2.1.0"`; else empty.
    pub version: String,
    /// Which runtimes look at it.
    pub audience: Audience,
    /// Where it is, e.g. `"python/numpy"`.
    pub root: String,
    /// The same without the words for a platform: builds of one thing for several platforms have it in common.
    pub family: String,
}

/// Which runtimes look at a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Audience {
    /// All.
    Everyone,
    /// Those of a language.
    Speakers(Language),
    /// Those of one version of a language, e.g. `"3.12"` or `"22"`.
    Version(Language, String),
}

impl Audience {
    /// Who looks at a path under `/opt`.
    pub fn of(path: &str) -> Audience {
        let mut folders = path.split('/');
        let (top, second) = (folders.next().unwrap_or(""), folders.next().unwrap_or(""));
        let third = folders.next().unwrap_or("");
        match top {
            "python" if second == "lib" && is_versioned_python(third) => {
                Audience::Version(Language::Python, third.trim_start_matches("python").to_owned())
            }
            "python" => Audience::Speakers(Language::Python),
            "nodejs" => match second.strip_prefix("node").filter(|major| major.parse::<u32>().is_ok()) {
                Some(major) => Audience::Version(Language::NodeJs, major.to_owned()),
                None => Audience::Speakers(Language::NodeJs),
            },
            "ruby" if second == "gems" && is_ruby_api(third) => {
                Audience::Version(Language::Ruby, third.trim_end_matches(".0").to_owned())
            }
            "ruby" => Audience::Speakers(Language::Ruby),
            "java" => Audience::Speakers(Language::Java),
            "bootstrap" if second.is_empty() => Audience::Speakers(Language::Provided),
            _ => Audience::Everyone,
        }
    }

    /// Whether a runtime is among them.
    pub fn includes(&self, runtime: &Runtime) -> bool {
        match self {
            Audience::Everyone => true,
            Audience::Speakers(language) => runtime.language == *language,
            Audience::Version(language, version) => runtime.language == *language && runtime.version == version,
        }
    }

    /// Their language, where they have one in common.
    pub fn language(&self) -> Option<Language> {
        match self {
            Audience::Everyone => None,
            Audience::Speakers(language) | Audience::Version(language, _) => Some(*language),
        }
    }
}

impl<'a> Layer<'a> {
    /// The files that are packed, with their packages.
    pub fn of(parts: &'a [Rc<Recognised>], placements: &'a [Placement]) -> Layer<'a> {
        let mut layer = Layer { parts, placements, files: Vec::new(), packages: Vec::new(), opened: Vec::new() };
        let mut known: BTreeMap<String, usize> = BTreeMap::new();
        for placement in packed(placements) {
            let Some(part) = parts.get(placement.part) else { continue };
            let path = placement.path.as_str();
            let opened = opened(path);
            let found = part.inspected.get(&placement.entry);
            if opened.is_none() && found.is_none() {
                continue;
            }
            let root = root_in(part, path);
            let package = *known.entry(root.clone()).or_insert_with(|| {
                layer.packages.push(Package::of(&root, path, part));
                layer.packages.len() - 1
            });
            layer.opened.extend(opened.map(|opened| (package, path, opened.libraries)));
            let Some(found) = found else { continue };
            let audience = Audience::of(path);
            layer.files.push(File { path, mode: placement.mode, found, package, part: placement.part, audience });
        }
        layer
    }

    /// What goes into the zip, sorted by path, each path once.
    pub fn packed(&self) -> impl Iterator<Item = &'a Placement> {
        packed(self.placements)
    }

    /// Whether a file is in the layer, with whatever content.
    pub fn has(&self, path: &str) -> bool {
        beginning(self.placements, path).any(|placement| placement.path.as_str() == path && !placement.excluded)
    }

    /// The package of a file.
    pub fn package(&self, file: &File) -> Option<&Package> {
        self.packages.get(file.package)
    }
}

impl Package {
    fn of(root: &str, path: &str, part: &Recognised) -> Package {
        let mut name = match root.rsplit_once("node_modules/") {
            Some((_, name)) => name,
            None => file_name(root),
        };
        let mut version = "";
        if matches!(part.kind, Kind::Wheel | Kind::NpmPackage | Kind::Gem | Kind::Jar) && !part.name.is_empty() {
            (name, version) = (&part.name, &part.version);
        }
        Package {
            name: name.to_owned(),
            version: version.to_owned(),
            audience: Audience::of(path),
            root: root.to_owned(),
            family: without_platform(root),
        }
    }
}

/// The folder of the package that a path of a part belongs to. All of a wheel is one package, whatever its folders: what
/// auditwheel bundles lies in one of its own.
fn root_in(part: &Recognised, path: &str) -> String {
    let root = root(path);
    match part.kind {
        Kind::Wheel if is_python(path) && !part.name.is_empty() => format!("{}/{}", folder_of(root), part.name),
        _ => root.to_owned(),
    }
}

/// The folder of modules that a path of Python's lies in, e.g. `"python"`.
pub fn site_of(path: &str) -> Option<&str> {
    match Audience::of(path) {
        Audience::Version(Language::Python, _) => {
            path.find("/site-packages/").and_then(|at| path.get(..at + "/site-packages".len()))
        }
        Audience::Speakers(Language::Python) => flat_folder(Language::Python),
        _ => None,
    }
}

/// The folder of the package that a path belongs to; the path itself where it belongs to none.
pub fn root(path: &str) -> &str {
    let up_to = |start: usize, parts: usize| {
        let ends = path.get(start..).unwrap_or("").match_indices('/').map(|(at, _)| start + at);
        ends.take(parts).last().filter(|_| parts > 0).and_then(|end| path.get(..end)).unwrap_or(path)
    };
    if let Some((before, rest)) = path.rsplit_once("node_modules/") {
        let scoped = rest.starts_with('@');
        return up_to(before.len() + "node_modules/".len(), if scoped { 2 } else { 1 });
    }
    if let Some(rest) = within(path, GEMS)
        && let Some((_, gem)) = rest.split_once("/gems/")
    {
        return up_to(path.len() - gem.len(), 1);
    }
    let site = match Audience::of(path) {
        Audience::Version(Language::Python, _) => path.find("site-packages/").map(|at| at + "site-packages/".len()),
        Audience::Speakers(Language::Python) => Some("python/".len()),
        _ => None,
    };
    match site {
        Some(site) => {
            let root = up_to(site, 1);
            // What auditwheel bundles lies beside the package; a module alone is known by its stem.
            let stem = root.strip_suffix(".libs").unwrap_or(root);
            match stem.get(site..).and_then(|name| name.find('.')) {
                Some(dot) if stem.len() == path.len() => stem.get(..site + dot).unwrap_or(stem),
                _ => stem,
            }
        }
        None => path,
    }
}

/// What is known about the package that a path is the beginning of.
fn opened(path: &str) -> Option<&'static Opened> {
    let folder = path.strip_suffix("/__init__.py").filter(|_| is_python(path))?;
    OPENED.iter().find(|row| row.package == file_name(folder) && folder == root(path))
}

/// Words of a name, lower case: `x86_64` counts as one.
fn words(text: &str) -> impl Iterator<Item = String> {
    let text = text.to_ascii_lowercase().replace("x86_64", "x64").replace("x86-64", "x64");
    let words: Vec<String> =
        text.split(|character: char| !character.is_ascii_alphanumeric()).map(str::to_owned).collect();
    words.into_iter()
}

/// Whether a path names a platform below a package's folder, or the package itself does.
pub fn names_platform(path: &str, package: &Package) -> bool {
    let rest = within(path, folder_of(&package.root)).unwrap_or(path);
    words(rest).any(|word| is_platform(&word))
}

impl Package {
    /// Whether its own name says that it is a build for one platform, e.g. `"@esbuild/linux-x64"`.
    pub fn names_platform(&self) -> bool {
        words(&self.name).any(|word| is_platform(&word))
    }
}

fn without_platform(root: &str) -> String {
    let part = |part: &str| words(part).filter(|word| !is_platform(word)).collect::<Vec<_>>().join("-");
    root.split('/').map(part).collect::<Vec<_>>().join("/")
}

/// Whether Python looks for extension modules at a path.
pub fn is_python(path: &str) -> bool {
    flat_folder(Language::Python).is_some_and(|folder| within(path, folder).is_some())
}
