//! What each source is, told from what it holds first and from its name second.
//!
//! A source can turn out to be several things (a folder of wheels), one thing inside a superfluous folder, or nothing
//! that is known. Nothing here depends on the person's choices: where things go is [`place`](crate::place)'s matter.

pub mod distribution;
mod level;
pub mod wheel;

use std::collections::BTreeMap;
use std::rc::Rc;

use self::distribution::Distribution;
use self::level::Level;
use crate::content::Content;
use crate::error::{Note, Refusal};
use crate::intake::{Form, Source};
use crate::path::{file_name, folder_of, within};
use crate::tables::layouts::LAYER_TOPS;
use crate::tables::limits::MAX_NESTING;

/// What a source, or a part of it, is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A wheel (PEP 427).
    Wheel,
    /// Installed Python packages: a `site-packages` folder, `pip install --target`, or part of a virtual environment.
    SitePackages,
    /// One Python package: a folder with `__init__.py`.
    PythonPackage,
    /// One Python module: a `.py` file or an extension module.
    PythonModule,
    /// Python files that lie side by side.
    PythonCode,
    /// A tree that is laid out as a layer already.
    Layer,
    /// Not known.
    Unrecognised,
    /// Refused as a whole.
    Refused,
}

impl Kind {
    /// The public name, e.g. `"python-package"`.
    pub fn id(self) -> &'static str {
        match self {
            Kind::Wheel => "wheel",
            Kind::SitePackages => "site-packages",
            Kind::PythonPackage => "python-package",
            Kind::PythonModule => "python-module",
            Kind::PythonCode => "python-code",
            Kind::Layer => "layer",
            Kind::Unrecognised => "unrecognised",
            Kind::Refused => "refused",
        }
    }
}

/// A source, or a part of it, with what it was recognised as.
pub struct Recognised {
    /// Where its entries are.
    pub source: Rc<Source>,
    /// What it is.
    pub kind: Kind,
    /// Its name, e.g. `"requests"`.
    pub name: String,
    /// Its version, e.g. `"2.32.3"`; empty where it has none.
    pub version: String,
    /// How it was told, e.g. `"it holds __init__.py"`.
    pub reason: String,
    /// The folder in the source whose content it is; a placement begins below it.
    pub base: String,
    /// A folder to put around it, for a package whose own folder is missing.
    pub wrap: String,
    /// Its entries, as indices into the source's.
    pub entries: Vec<usize>,
    /// Entries of it that stay out of the layer, with the reason.
    pub omitted: Vec<(usize, &'static str)>,
    /// Entries whose content was mended, e.g. a script's first line.
    pub mended: BTreeMap<usize, Content>,
    /// The Python distributions in it, with their tags.
    pub distributions: Vec<Distribution>,
    /// What was found odd while recognising it.
    pub notes: Vec<Note>,
    /// Why nothing of it is used.
    pub refused: Option<Refusal>,
}

impl Recognised {
    fn new(source: &Rc<Source>, kind: Kind, name: impl Into<String>, reason: impl Into<String>) -> Recognised {
        Recognised {
            source: source.clone(),
            kind,
            name: name.into(),
            version: String::new(),
            reason: reason.into(),
            base: String::new(),
            wrap: String::new(),
            entries: Vec::new(),
            omitted: Vec::new(),
            mended: BTreeMap::new(),
            distributions: Vec::new(),
            notes: source.notes.clone(),
            refused: None,
        }
    }

    /// A source of which nothing is used.
    fn refused(source: &Rc<Source>, refusal: Refusal) -> Recognised {
        let refused = Recognised::new(source, Kind::Refused, source.file_name(), "it was refused");
        Recognised { refused: Some(refusal), ..refused }
    }

    /// What a person knows it by: name and version with what tells two wheels of one package apart, or the source.
    pub fn title(&self) -> String {
        let tag = self.distributions.first().and_then(|distribution| distribution.tags.first());
        match (self.kind, tag) {
            (Kind::Wheel, Some(tag)) if tag.platform == "any" => format!("{} {}", self.name, self.version),
            (Kind::Wheel, Some(tag)) => format!("{} {} ({tag})", self.name, self.version),
            _ => self.source.name.clone(),
        }
    }

    /// How many bytes its entries have unpacked.
    pub fn size(&self) -> u64 {
        self.entries.iter().filter_map(|index| self.source.entries.get(*index)).map(|entry| entry.content.size()).sum()
    }
}

/// What a source consists of.
pub fn recognise(source: &Rc<Source>) -> Vec<Recognised> {
    if let Some(refusal) = &source.refused {
        return vec![Recognised::refused(source, refusal.clone())];
    }
    if source.form == Form::Zip && source.name.to_ascii_lowercase().ends_with(".whl") {
        return vec![wheel::recognise(source)];
    }
    let mut looking = Looking { source, found: Vec::new(), unknown: Vec::new() };
    let all: Vec<usize> = (0..source.entries.len()).collect();
    looking.look("", &all);
    looking.finish()
}

const LITTER: &[&str] = &["__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini"];
const LITTER_REASON: &str = "left over from a Mac or Windows folder";
const VENV_REASON: &str = "part of the virtual environment, but not of its packages";

struct Looking<'a> {
    source: &'a Rc<Source>,
    found: Vec<Recognised>,
    unknown: Vec<usize>,
}

impl Looking<'_> {
    /// Tells what the folder `at` with these entries is; the rules stand in order of how much they tell.
    fn look(&mut self, at: &str, entries: &[usize]) {
        let (tidy, litter): (Vec<usize>, Vec<usize>) = entries.iter().partition(|index| !self.is_litter(at, **index));
        let level = Level::of(self.source, at, &tidy);
        let before = self.found.len();

        if level.folders.keys().any(|name| name.ends_with(".dist-info") || name.ends_with(".egg-info")) {
            self.add_site(at, tidy, "it holds *.dist-info folders beside the packages");
        } else if level.folders.keys().any(|name| LAYER_TOPS.contains(name)) {
            let mut layer =
                Recognised::new(self.source, Kind::Layer, self.name_of(at), "it has a folder that Lambda looks into");
            layer.base = at.to_owned();
            layer.distributions = distribution::find_below(self.source, &tidy);
            layer.entries = tidy;
            self.found.push(layer);
        } else if matches!(file_name(at), "site-packages" | "dist-packages") {
            self.add_site(at, tidy, "it is a folder of installed packages by its name");
        } else if let sites @ [_, ..] = level.site_packages().as_slice() {
            self.add_environment(at, &tidy, sites);
        } else if level.files.contains_key("__init__.py") {
            let mut package =
                Recognised::new(self.source, Kind::PythonPackage, self.name_of(at), "it holds __init__.py");
            package.base = folder_of(at).to_owned();
            package.wrap = if at.is_empty() { self.name_of(at) } else { String::new() };
            package.entries = tidy;
            self.found.push(package);
        } else if level.holds_python(self.source) || level.holds_namespaces() {
            self.add_code(at, &level);
        } else if level.files.is_empty()
            && let [(name, below)] = level.folders.iter().collect::<Vec<_>>().as_slice()
        {
            self.look(&join(at, name), below);
        } else {
            self.look_at_each(at, &level);
        }
        // Litter goes with whatever was found beside it, so that it is listed somewhere.
        match self.found.get_mut(before) {
            Some(first) => first.omitted.extend(litter.iter().map(|index| (*index, LITTER_REASON))),
            None => self.unknown.extend(litter),
        }
    }

    fn finish(mut self) -> Vec<Recognised> {
        if !self.unknown.is_empty() || self.found.is_empty() {
            let name = self.source.file_name().to_owned();
            let mut unknown = Recognised::new(self.source, Kind::Unrecognised, name, "no sign of a known kind");
            self.unknown.sort_unstable();
            unknown.entries = self.unknown;
            self.found.push(unknown);
        }
        // A source's notes are told once, whatever it consists of.
        for later in self.found.iter_mut().skip(1).filter(|found| Rc::ptr_eq(&found.source, self.source)) {
            later.notes.clear();
        }
        self.found
    }

    /// The name of what lies at a folder: the folder's, or the source's without its ending.
    fn name_of(&self, at: &str) -> String {
        if !at.is_empty() {
            return file_name(at).to_owned();
        }
        let name = self.source.file_name();
        name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned()
    }

    fn is_litter(&self, at: &str, index: usize) -> bool {
        let path = self.source.entries.get(index).map_or("", |entry| entry.path.as_str());
        let rest = within(path, at).unwrap_or(path);
        rest.split('/').next().is_some_and(|first| LITTER.contains(&first))
    }

    fn add_site(&mut self, at: &str, entries: Vec<usize>, reason: &str) {
        let mut site = Recognised::new(self.source, Kind::SitePackages, self.name_of(at), reason);
        site.base = at.to_owned();
        site.distributions = distribution::find(self.source, at, &entries);
        if let [only] = site.distributions.as_slice() {
            (site.name, site.version) = (only.name.clone(), only.version.clone());
        }
        site.entries = entries;
        self.found.push(site);
    }

    /// A virtual environment, or a prefix like it: its packages, and what of it stays behind.
    fn add_environment(&mut self, at: &str, entries: &[usize], sites: &[String]) {
        let first = self.found.len();
        let inside = |index: &usize, site: &str| {
            self.source
                .entries
                .get(*index)
                .and_then(|entry| within(&entry.path, site))
                .is_some_and(|rest| !rest.is_empty())
        };
        let mut rest = entries.to_vec();
        let mut parts = Vec::new();
        for site in sites {
            let (packages, others): (Vec<usize>, Vec<usize>) = rest.iter().partition(|index| inside(index, site));
            rest = others;
            parts.push((site, packages));
        }
        for (site, packages) in parts {
            self.add_site(site, packages, &format!("it is the {} of an environment", within(site, at).unwrap_or(site)));
        }
        if let Some(site) = self.found.get_mut(first) {
            site.omitted.extend(rest.iter().map(|index| (*index, VENV_REASON)));
        }
    }

    /// Python files side by side, with their data; archives among them are looked at on their own.
    fn add_code(&mut self, at: &str, level: &Level) {
        let mut entries = Vec::new();
        for (name, index) in &level.files {
            if is_archive_name(name) { self.open(*index) } else { entries.push(*index) }
        }
        entries.extend(level.folders.values().flatten());
        entries.sort_unstable();
        let (kind, name) = match (level.files.len(), level.folders.keys().collect::<Vec<_>>().as_slice()) {
            (0, [package]) => (Kind::PythonPackage, (**package).to_owned()),
            (1, []) => (Kind::PythonModule, module_name(level.files.keys().next().unwrap_or(&"")).to_owned()),
            _ => (Kind::PythonCode, self.name_of(at)),
        };
        let mut code = Recognised::new(self.source, kind, name, "it holds Python files");
        code.base = at.to_owned();
        code.entries = entries;
        self.found.push(code);
    }

    /// A folder of several things: each is looked at on its own.
    fn look_at_each(&mut self, at: &str, level: &Level) {
        for (name, index) in &level.files {
            if is_archive_name(name) { self.open(*index) } else { self.unknown.push(*index) }
        }
        for (name, below) in &level.folders {
            self.look(&join(at, name), below);
        }
    }

    /// An archive in the source.
    fn open(&mut self, index: usize) {
        let opened = self.source.entries.get(index).filter(|_| self.source.nesting < MAX_NESTING);
        match opened.and_then(|entry| self.source.nested(entry)) {
            Some(inner) => self.found.extend(recognise(&Rc::new(inner))),
            None => self.unknown.push(index),
        }
    }
}

fn is_archive_name(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    lower.ends_with(".whl") || lower.ends_with(".zip")
}

/// The importable name of a module's file, e.g. `"fast"` for `fast.cpython-311-x86_64-linux-gnu.so`.
fn module_name(file: &str) -> &str {
    file.split('.').next().unwrap_or(file)
}

fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}
