//! npm packages: what `package.json` says, which names are legal, and tarballs as `npm pack` makes them.

use std::rc::Rc;

use serde_json::Value;

use super::required::Required;
use crate::content::ContentError;
use crate::error::{Note, Refusal};
use crate::intake::Source;
use crate::license::License;
use crate::order::{BTreeMap, BTreeSet};
use crate::path::{file_name, folder_of, within};
use crate::recognise::folder::Folder;
use crate::recognise::python::distribution::read_metadata;
use crate::recognise::{Kind, Recognised, startable};
use crate::tables::codes::{self, Code};
use crate::tables::npm::{LONGEST_NAME, NOT_NAMES};
use crate::tables::runtimes::Architecture;
use crate::words::quoted;

/// What is used of a `package.json`.
#[derive(Debug, Default)]
pub struct Manifest {
    /// `name` as written; `None` where it is missing or no text.
    pub name: Option<String>,
    /// `version`; empty where it is missing or no text.
    pub version: String,
    /// `main`; empty where it is missing or no text.
    pub main: String,
    /// Whether `exports` says what can be loaded.
    pub exports: bool,
    /// Whether it brings its dependencies in its own `node_modules`.
    pub bundles: bool,
    /// The files that `bin` names, as written.
    pub programs: Vec<String>,
    /// The folder whose files are programs (`directories.bin`); empty where it names none.
    pub program_folder: String,
    /// The packages that it cannot do without when it runs, with the range or address of each.
    pub dependencies: BTreeMap<String, String>,
    /// The packages that whoever uses it should bring, as far as it cannot do without (`peerDependencies`).
    pub peers: BTreeMap<String, String>,
    /// The packages that it takes where they can be installed (`optionalDependencies`).
    pub optional: Vec<String>,
    /// The versions of Node.js that it is for, e.g. `">=18"` (`engines`); empty where it names none.
    pub node: String,
    /// What `require` of its name loads.
    pub required: Required,
    /// Whether its files called `.js` are ES modules (`type`).
    pub is_module: bool,
    /// What npm runs once it is installed: its scripts `preinstall`, `install` and `postinstall`, and those that these
    /// name.
    pub install_scripts: Vec<String>,
    /// Whether it has one of the first two, or wants no `binding.gyp` compiled: else npm starts `node-gyp` for it.
    pub has_own_install: bool,
    /// The systems that it is for, where Lambda's is not among them (`os`, `libc`), e.g. `"darwin"`.
    pub only_for: Option<String>,
    /// The processors of Lambda that it is not for (`cpu`), each with those that it is for, e.g. `"arm64"`.
    pub not_on: Vec<(Architecture, String)>,
    /// Its licenses as it names them.
    pub licenses: Vec<String>,
}

impl Manifest {
    /// Reads the `package.json` of a folder; an error says what is wrong with it. `None` where there is none.
    pub fn read(source: &Source, folder: &str) -> Result<Option<Manifest>, Unread> {
        let path = if folder.is_empty() { "package.json".to_owned() } else { format!("{folder}/package.json") };
        if source.entries.binary_search_by(|entry| entry.path.as_str().cmp(&path)).is_err() {
            return Ok(None);
        }
        let unread = |what: String, damaged| Unread { path: path.clone(), what, damaged };
        let text = match read_metadata(source, &path) {
            Ok(Some(text)) => text,
            Ok(None) => return Err(unread("is too large or not UTF-8".into(), false)),
            Err(ContentError::Damaged(found)) => return Err(unread(format!("is damaged: {found}"), true)),
            Err(ContentError::Read(_)) => return Err(unread("can't be read".into(), true)),
        };
        // Editors on Windows put a byte order mark first; Node.js and npm skip it.
        match serde_json::from_str(text.trim_start_matches('\u{feff}')) {
            Ok(Value::Object(json)) => Ok(Some(Manifest::of(&json))),
            Ok(_) => Err(unread("is no JSON object".into(), false)),
            Err(error) => Err(unread(format!("is not valid JSON ({error})"), false)),
        }
    }

    fn of(json: &serde_json::Map<String, Value>) -> Manifest {
        let text = |key: &str| json.get(key).and_then(Value::as_str).map(str::to_owned);
        let bundled = |key: &str| match json.get(key) {
            Some(Value::Array(names)) => !names.is_empty(),
            Some(Value::Bool(all)) => *all,
            _ => false,
        };
        let packages = |key: &str| json.get(key).and_then(Value::as_object).into_iter().flatten();
        Manifest {
            name: text("name"),
            version: text("version").unwrap_or_default(),
            main: text("main").unwrap_or_default(),
            exports: json.get("exports").is_some_and(|exports| !exports.is_null()),
            programs: startable::programs(json.get("bin")),
            program_folder: (json.get("directories"))
                .and_then(|folders| folders.get("bin")?.as_str())
                .unwrap_or_default()
                .to_owned(),
            peers: packages("peerDependencies")
                .filter(|(name, _)| {
                    let optional = json.get("peerDependenciesMeta").and_then(|all| all.get(*name)?.get("optional"));
                    optional.and_then(Value::as_bool) != Some(true)
                })
                .map(|(name, range)| (name.clone(), range.as_str().unwrap_or("").to_owned()))
                .collect(),
            optional: packages("optionalDependencies").map(|(name, _)| name.clone()).collect(),
            node: (json.get("engines"))
                .and_then(|engines| engines.get("node")?.as_str())
                .unwrap_or_default()
                .to_owned(),
            required: Required::of(json),
            is_module: json.get("type").and_then(Value::as_str) == Some("module"),
            licenses: licenses(json),
            install_scripts: install_scripts(json),
            has_own_install: json.get("gypfile") == Some(&Value::Bool(false))
                || ["preinstall", "install"].iter().any(|name| script(json, name).is_some()),
            only_for: excluded(json, "os", "linux").or_else(|| excluded(json, "libc", "glibc")),
            not_on: [(Architecture::X86_64, "x64"), (Architecture::Arm64, "arm64")]
                .into_iter()
                .filter_map(|(architecture, name)| Some((architecture, excluded(json, "cpu", name)?)))
                .collect(),
            bundles: bundled("bundleDependencies") || bundled("bundledDependencies"),
            dependencies: packages("dependencies")
                .filter(|(name, _)| packages("optionalDependencies").all(|(optional, _)| optional != *name))
                .map(|(name, range)| (name.clone(), range.as_str().unwrap_or("").to_owned()))
                .collect(),
        }
    }

    /// The name, where npm allows it.
    pub fn legal_name(&self) -> Option<&str> {
        self.name.as_deref().filter(|name| check_name(name).is_ok())
    }
}

/// `license`, or what older packages have in its place: an object with a type, or a list of such as `licenses`.
fn licenses(json: &serde_json::Map<String, Value>) -> Vec<String> {
    let name = |value: &Value| value.as_str().or_else(|| value.get("type")?.as_str()).map(str::to_owned);
    match (json.get("license"), json.get("licenses")) {
        (Some(one), _) => name(one).into_iter().collect(),
        // Whoever uses it chooses one of them.
        (None, Some(Value::Array(some))) => {
            let some: Vec<String> = some.iter().filter_map(name).collect();
            let known = some.iter().all(|one| matches!(License::read(one), License::Id(_)));
            if known && some.len() > 1 { vec![some.join(" OR ")] } else { some }
        }
        (None, other) => other.and_then(name).into_iter().collect(),
    }
}

/// The scripts that npm runs when it installs a package.
const INSTALL_SCRIPTS: &[&str] = &["preinstall", "install", "postinstall"];

fn script<'a>(json: &'a serde_json::Map<String, Value>, name: &str) -> Option<&'a str> {
    json.get("scripts")?.get(name)?.as_str()
}

fn install_scripts(json: &serde_json::Map<String, Value>) -> Vec<String> {
    let first: Vec<&str> = INSTALL_SCRIPTS.iter().filter_map(|name| script(json, name)).collect();
    // `npm run rebuild` runs another one.
    let words: Vec<&str> = first.iter().flat_map(|text| text.split_whitespace()).collect();
    let named = words.windows(2).filter(|pair| matches!(pair, ["run" | "run-script", _]));
    let named = named.filter_map(|pair| script(json, pair.get(1)?));
    first.iter().copied().chain(named).map(str::to_owned).collect()
}

/// The names that a list of systems, C libraries or processors allows, where `own` is not among them.
fn excluded(json: &serde_json::Map<String, Value>, key: &str, own: &str) -> Option<String> {
    let list: Vec<&str> = match json.get(key)? {
        Value::String(one) => vec![one],
        Value::Array(some) => some.iter().filter_map(Value::as_str).collect(),
        _ => return None,
    };
    let is_named = |name: &str| list.contains(&name);
    // WebAssembly runs on any processor.
    if key == "cpu" && is_named("wasm32") {
        return None;
    }
    let wanted: Vec<&str> = list.iter().copied().filter(|name| !name.starts_with('!')).collect();
    let is_excluded = is_named(&format!("!{own}")) || !wanted.is_empty() && !is_named(own) && !is_named("any");
    is_excluded.then(|| if wanted.is_empty() { format!("anything but {own}") } else { wanted.join(", ") })
}

/// The packages of a part: its own, and those in folders called `node_modules`.
pub fn manifests(part: &Recognised) -> BTreeMap<usize, Manifest> {
    if !matches!(part.kind, Kind::NpmPackage | Kind::NodeModules | Kind::NodeCode | Kind::Layer) {
        return BTreeMap::new();
    }
    let mut manifests = BTreeMap::new();
    for index in &part.entries {
        let Some(entry) = part.source.entries.get(*index).filter(|entry| file_name(&entry.path) == "package.json")
        else {
            continue;
        };
        let folder = folder_of(&entry.path);
        if is_package(part, folder)
            && let Ok(Some(manifest)) = Manifest::read(&part.source, folder)
        {
            manifests.insert(*index, manifest);
        }
    }
    manifests
}

/// Whether a folder is that of a package: the part's own, or one in `node_modules`.
fn is_package(part: &Recognised, folder: &str) -> bool {
    let rest = within(folder, &part.base).unwrap_or(folder);
    let mut parts: Vec<&str> = rest.split('/').filter(|name| !name.is_empty()).collect();
    parts.pop();
    parts.pop_if(|scope| scope.starts_with('@'));
    match parts.last() {
        None => true,
        Some(above) => *above == "node_modules",
    }
}

/// A `package.json` that could not be used.
pub struct Unread {
    /// Its path in the source.
    pub path: String,
    /// What is wrong with it, after its name.
    pub what: String,
    /// Whether the archive itself is at fault.
    pub damaged: bool,
}

/// Whether npm allows the name of a package, which becomes a path; an error says what is wrong with it.
///
/// Capital letters were allowed once, and such packages still exist (`JSONStream`).
pub fn check_name(name: &str) -> Result<(), &'static str> {
    let (scope, own) = match name.strip_prefix('@') {
        Some(scoped) => match scoped.split_once('/') {
            Some((scope, own)) => (Some(scope), own),
            None => return Err("has a scope, but no name after it"),
        },
        None => (None, name),
    };
    let parts = || scope.into_iter().chain([own]);
    if parts().any(str::is_empty) {
        return Err("is empty");
    }
    if name.chars().count() > LONGEST_NAME {
        return Err("has more than 214 characters");
    }
    if parts()
        .any(|part| !part.chars().all(|character| character.is_ascii_alphanumeric() || "-._~".contains(character)))
    {
        return Err("holds other characters than letters, digits, hyphens, dots, underscores and tildes");
    }
    if parts().any(|part| part.starts_with('.')) || scope.is_none() && own.starts_with('_') {
        return Err("begins with a dot or an underscore");
    }
    if parts().any(|part| NOT_NAMES.contains(&part.to_ascii_lowercase().as_str())) {
        return Err("is the name of something else");
    }
    Ok(())
}

/// Endings of what `npm pack` makes and the registry serves.
const TARBALLS: &[&str] = &[".tgz", ".tar.gz"];

const LINK_REASON: &str = "a link, which npm leaves out of packages";

/// The folder in which `npm pack` puts everything.
const ROOT: &str = "package";

/// What claims to be an npm tarball, by its ending and a `package.json` in its top folder: a package, or why it is none.
pub fn tarball(source: &Rc<Source>) -> Option<Recognised> {
    let lower = source.name.to_ascii_lowercase();
    if !TARBALLS.iter().any(|ending| lower.ends_with(ending)) {
        return None;
    }
    let tops: BTreeSet<&str> =
        source.entries.iter().map(|entry| entry.path.split_once('/').map_or("", |(top, _)| top)).collect();
    let has = |folder: &str| matches!(Manifest::read(source, folder), Ok(Some(_)) | Err(_));
    let claims = has(ROOT) || tops.len() == 1 && tops.iter().all(|top| named(source, top)) || named(source, "");
    let told = match tops.iter().collect::<Vec<_>>().as_slice() {
        _ if !claims => return None,
        [only] if !only.is_empty() => package_in(source, only),
        _ => Err(Refusal::whole(
            codes::NPM_ROOT,
            format!(
                "{}; expected one top folder, as npm pack makes it: npm strips the first folder of every path",
                if tops.contains("") { "some of its files lie in no folder" } else { "it has several top folders" }
            ),
        )),
    };
    match told {
        Ok(None) => None,
        Ok(Some(part)) => Some(part),
        Err(refusal) => Some(Recognised::refused(source, refusal)),
    }
}

/// Whether a folder's `package.json` has a legal name and a version, as every published package's has, and no
/// installed packages beside it that are not its own.
fn named(source: &Source, folder: &str) -> bool {
    let installed = |manifest: &Manifest| {
        let modules = if folder.is_empty() { "node_modules/".to_owned() } else { format!("{folder}/node_modules/") };
        !manifest.bundles && source.entries.iter().any(|entry| entry.path.starts_with(&modules))
    };
    matches!(Manifest::read(source, folder), Ok(Some(manifest))
        if manifest.legal_name().is_some() && !manifest.version.is_empty() && !installed(&manifest))
}

/// The package in a tarball's one folder; `None` where the folder holds something else.
fn package_in(source: &Rc<Source>, root: &str) -> Result<Option<Recognised>, Refusal> {
    let manifest = match Manifest::read(source, root) {
        Ok(Some(manifest)) => manifest,
        Ok(None) => return Ok(None),
        Err(Unread { path, what, damaged }) => {
            let code = if damaged { codes::BAD_DATA } else { codes::NPM_MANIFEST };
            let message = format!("{} {what}; every npm package has a readable one", quoted(&path));
            return Err(Refusal::entry(code, path, message));
        }
    };
    let wrong = |what: String| {
        let path = format!("{root}/package.json");
        Err(Refusal::entry(
            codes::NPM_NAME,
            path,
            format!("{what}; expected a name such as \"axios\" or \"@scope/name\""),
        ))
    };
    let Some(name) = &manifest.name else {
        return wrong("its package.json gives it no name that is a text".into());
    };
    if let Err(what) = check_name(name) {
        return wrong(format!("its package.json names it {}, which {what}", quoted(name)));
    }
    let all = (0..source.entries.len()).collect();
    let mut part = package(&Folder::of(source, root, all), &manifest, name);
    "it is an npm tarball by its name and its package.json".clone_into(&mut part.reason);
    skip_links(&mut part);
    if root != ROOT {
        part.notes.push(Note::new(
            codes::NPM_ROOT_NAME,
            root,
            format!("its top folder is {}; npm pack calls it \"package\"", quoted(root)),
        ));
    }
    Ok(Some(part))
}

/// Links of a tarball stay out, as npm leaves them out: whoever installs the package never had what they stand for.
fn skip_links(part: &mut Recognised) {
    const LINKS: &[&Code] =
        &[codes::LINK, codes::LINK_FOLDER, codes::LINK_FOLDER_COPIED, codes::LINK_DANGLING, codes::HARDLINK_COPIED];
    let (links, mut notes): (Vec<Note>, Vec<Note>) = part.notes.drain(..).partition(|note| LINKS.contains(&note.code));
    let names: BTreeSet<&str> = links.iter().map(|link| link.entry.as_str()).collect();
    // A link to a folder was copied as a folder, so what lies below a link's name is the link's too.
    let is_link = |index: &usize| {
        let path = part.source.entries.get(*index).map_or("", |entry| entry.path.as_str());
        std::iter::successors(Some(path), |path| path.rsplit_once('/').map(|(folder, _)| folder))
            .any(|path| names.contains(path))
    };
    let (skipped, kept): (Vec<usize>, Vec<usize>) = part.entries.iter().partition(|index| is_link(index));
    notes.extend(links.iter().map(|link| {
        let message = format!("{} is a link, which npm leaves out of packages, and was left out", quoted(&link.entry));
        Note::new(codes::LINK_SKIPPED, &link.entry, message)
    }));
    part.entries = kept;
    part.omitted.extend(skipped.into_iter().map(|index| (index, LINK_REASON)));
    part.notes = notes;
}

/// A folder as a package of that name.
pub fn package(folder: &Folder, manifest: &Manifest, name: &str) -> Recognised {
    let mut part = folder.part(Kind::NpmPackage, "its package.json names it");
    name.clone_into(&mut part.name);
    part.version.clone_from(&manifest.version);
    name.clone_into(&mut part.wrap);
    part
}
