//! What each source is, told from what it holds first and from its name second.
//!
//! A source can turn out to be several things (a folder of wheels), one thing inside a superfluous folder, or nothing
//! that is known. Nothing here depends on the person's choices: where things go is [`place`](crate::place)'s matter.

mod compiled;
mod conda;
pub mod first_look;
mod folder;
mod java;
mod kind;
mod layer;
mod level;
pub mod native;
pub mod node;
pub mod package;
pub mod python;
pub mod ruby;
mod scripts;
mod startable;

use std::cell::RefCell;
use std::rc::Rc;

use sha2::{Digest, Sha256};

use self::folder::{Folder, Told};
pub use self::kind::Kind;
use self::python::distribution::Distribution;
use self::ruby::gemspec::Specification;
use crate::content::{Content, ContentError};
use crate::error::{Note, Refusal};
use crate::inspect::jar::Jar;
use crate::inspect::mentions;
use crate::inspect::requires::{Sureness, required};
use crate::inspect::secret::secret;
use crate::inspect::{Inspection, inspect};
use crate::intake::{Entry, Form, Source, promises_files};
use crate::order::{BTreeMap, BTreeSet};
use crate::path::within;
use crate::tables::codes;
use crate::tables::limits::{MAX_NESTING, MAX_SOURCE_FILE};
use crate::tables::secrets::Secret;
use crate::tables::slimming::folders_of_code;
use crate::words::quoted;

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
    /// Entries whose content can be mended if the person agrees.
    pub mendable: BTreeMap<usize, Content>,
    /// Files that it needs and that were made here, e.g. a `package.json`; their indices follow the source's.
    pub generated: Vec<Entry>,
    /// The entries that are meant to be started, where the files themselves tell; `None` where the bits that they came
    /// with count.
    pub startable: Option<BTreeSet<usize>>,
    /// The Python distributions in it, with their tags.
    pub distributions: Vec<Distribution>,
    /// What the npm packages in it say of themselves, by the entries that are their `package.json`.
    pub manifests: BTreeMap<usize, node::npm::Manifest>,
    /// What it says of itself, where it is a gem.
    pub gem: Option<Specification>,
    /// What was found in those of its entries whose first bytes tell a format.
    pub inspected: BTreeMap<usize, Inspection>,
    /// Those of its entries that hold passwords or keys.
    pub secrets: BTreeMap<usize, &'static Secret>,
    /// The gems that are installed in it, with what their names tell.
    pub installed: Vec<Specification>,
    /// What its source files mention, as far as it was asked for.
    mentioned: RefCell<BTreeMap<usize, Rc<BTreeSet<String>>>>,
    /// The packages that its files load with `require`, as far as it was asked for.
    requires: RefCell<BTreeMap<usize, Rc<BTreeMap<String, Sureness>>>>,
    /// The digests of its entries, as far as they were asked for.
    digests: RefCell<BTreeMap<usize, Option<[u8; 32]>>>,
    /// What is still to be done with it before it can run; empty where nothing is.
    pub advice: String,
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
            mendable: BTreeMap::new(),
            generated: Vec::new(),
            startable: None,
            distributions: Vec::new(),
            manifests: BTreeMap::new(),
            gem: None,
            inspected: BTreeMap::new(),
            secrets: BTreeMap::new(),
            installed: Vec::new(),
            mentioned: RefCell::default(),
            requires: RefCell::default(),
            digests: RefCell::default(),
            advice: String::new(),
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

    /// One of its entries: the source's, or one that was made here.
    pub fn entry(&self, index: usize) -> Option<&Entry> {
        let own = self.source.entries.len();
        self.source.entries.get(index).or_else(|| self.generated.get(index.checked_sub(own)?))
    }

    /// Looks into those of its entries that could be in the layer as they are.
    fn inspect(&mut self, progress: &mut dyn FnMut(&str)) {
        if matches!(
            self.kind,
            Kind::Refused | Kind::NotReady | Kind::SourceDistribution | Kind::GemSource | Kind::Go | Kind::Rust
        ) {
            return;
        }
        // In the order in which they lie: an archive is then read once from its beginning to its end.
        let mut lying: Vec<(u64, &usize)> = self
            .entries
            .iter()
            .filter(|index| !self.inspected.contains_key(index))
            .filter_map(|index| Some((self.source.entries.get(*index)?.content.position(), index)))
            .collect();
        lying.sort_unstable();
        let kind = self.kind;
        let is_own = |path: &str| match kind {
            Kind::NodeCode | Kind::PythonCode | Kind::PythonModule | Kind::RubyCode => true,
            // Directly in a folder that a runtime searches; deeper lie packages.
            Kind::Layer => path.matches('/').count() < 2,
            _ => false,
        };
        for (number, (_, index)) in lying.into_iter().enumerate() {
            let Some(entry) = self.source.entries.get(*index) else { continue };
            if number % TOLD_EVERY == 0 {
                progress(&entry.path);
            }
            let content = self.mended.get(index).unwrap_or(&entry.content);
            if let Some(secret) = secret(&entry.path, content, is_own(&entry.path)) {
                self.secrets.insert(*index, secret);
            }
            let found = if self.kind == Kind::Layer && java::is_searched(&entry.path) {
                Jar::read(&self.source.opened(entry)).ok().map(Inspection::Jar)
            } else {
                inspect(&entry.path, entry.mode, content)
            };
            if let Some(found) = found {
                progress(&entry.path);
                self.inspected.insert(*index, found);
            }
        }
    }

    /// The gems that it brings, as one or installed.
    pub fn gems(&self) -> impl Iterator<Item = &Specification> {
        self.gem.iter().chain(&self.installed)
    }

    /// The modules in folders of tests and examples that a source file names; it is read once. What can't be read or is
    /// no source file names none.
    pub fn mentions(&self, index: usize) -> Rc<BTreeSet<String>> {
        let known = self.mentioned.borrow().get(&index).cloned();
        known.unwrap_or_else(|| {
            let found = Rc::new(self.entry(index).and_then(mentions).unwrap_or_default());
            self.mentioned.borrow_mut().insert(index, found.clone());
            found
        })
    }

    /// The packages that a file of JavaScript loads with `require`; it is read once.
    pub fn required(&self, index: usize) -> Rc<BTreeMap<String, Sureness>> {
        let known = self.requires.borrow().get(&index).cloned();
        known.unwrap_or_else(|| {
            let bytes = self.entry(index).and_then(|entry| entry.content.read(MAX_SOURCE_FILE).ok().flatten());
            let found = Rc::new(required(&String::from_utf8_lossy(&bytes.unwrap_or_default())));
            self.requires.borrow_mut().insert(index, found.clone());
            found
        })
    }

    /// The SHA-256 of an entry, which is read once; `None` where it can't be read.
    pub fn sha256(&self, index: usize) -> Option<[u8; 32]> {
        let known = self.digests.borrow().get(&index).copied();
        known.unwrap_or_else(|| {
            let mut digest = Sha256::new();
            let read = self.entry(index)?.content.for_each_piece(&mut |piece: &[u8]| {
                digest.update(piece);
                Ok::<(), ContentError>(())
            });
            let found = read.is_ok().then(|| digest.finalize().into());
            self.digests.borrow_mut().insert(index, found);
            found
        })
    }

    /// How many bytes its entries have unpacked.
    pub fn size(&self) -> u64 {
        self.entries.iter().filter_map(|index| self.entry(*index)).map(|entry| entry.content.size()).sum()
    }
}

fn mentions(entry: &Entry) -> Option<BTreeSet<String>> {
    let (_, ending) = entry.path.rsplit_once('.')?;
    if !["py", "js", "cjs", "mjs", "json", "rb"].contains(&ending) {
        return None;
    }
    let bytes = entry.content.read(MAX_SOURCE_FILE).ok()??;
    let text = String::from_utf8_lossy(&bytes);
    let mut found = match ending {
        "py" => mentions::in_python(&text, &folders_of_code()),
        "rb" => BTreeSet::new(),
        _ => mentions::in_javascript(&text, &folders_of_code()),
    };
    // What describes a package names its documents as well, and reads none.
    if ending != "json" {
        found.extend(mentions::of_documents(&text));
    }
    Some(found)
}

/// Tells what a whole archive is, from its form, its name and what it holds.
type ArchiveRule = fn(&Rc<Source>) -> Option<Recognised>;

/// Tells what a folder is.
type FolderRule = fn(&Folder) -> Option<Told>;

/// Tells what a single file is.
type FileRule = fn(&Rc<Source>, usize) -> Option<Recognised>;

const ARCHIVE_RULES: &[ArchiveRule] =
    &[python::wheel::tell, ruby::gem::tell, node::npm::tarball, java::disguised, compiled::package];

/// In the order of how much they tell: the first that knows a folder decides.
const FOLDER_RULES: &[FolderRule] = &[
    ruby::home::tell,
    conda::archive,
    conda::package,
    python::sources::source_distribution,
    python::sources::egg,
    python::installed,
    node::modules,
    node::project,
    layer::tell,
    python::site_packages,
    python::environment,
    node::package,
    python::package,
    python::sources::project,
    compiled::folder,
    python::code,
    java::build,
    java::classes,
    ruby::code,
    node::code::folder,
    layer::prefix,
    folder::superfluous,
];

const FILE_RULES: &[FileRule] =
    &[java::file, node::code::file, node::list, python::sources::list, ruby::file, compiled::file, native::file];

/// Files after which progress is told though nothing was found in them: who says nothing for long counts as dead.
const TOLD_EVERY: usize = 256;

/// What a source consists of, with its files inspected. `progress` gets the path that is inspected next.
pub fn recognise(source: &Rc<Source>, progress: &mut dyn FnMut(&str)) -> Vec<Recognised> {
    let mut parts = told(source);
    for part in &mut parts {
        part.inspect(progress);
        part.manifests = node::npm::manifests(part);
        part.startable = startable::of(part);
    }
    parts
}

fn told(source: &Rc<Source>) -> Vec<Recognised> {
    if let Some(refusal) = &source.refused {
        return vec![Recognised::refused(source, refusal.clone())];
    }
    if source.form == Form::Archive
        && let Some(part) = ARCHIVE_RULES.iter().find_map(|rule| rule(source))
    {
        return vec![part];
    }
    let mut looking =
        Looking { source, found: Vec::new(), unknown: Vec::new(), omitted: Vec::new(), notes: Vec::new() };
    looking.look("", &(0..source.entries.len()).collect::<Vec<_>>());
    looking.finish()
}

/// A text file that was written by hand, under the path that it was written to.
pub fn written(path: &str, text: &str) -> Recognised {
    let source = Rc::new(Source::written(path, text));
    let part = Recognised::new(&source, Kind::Written, source.file_name(), "it was written by hand");
    Recognised { entries: vec![0], ..part }
}

/// An archive whose files lie where they lie, whatever they are: a layer that was published, a function's code.
pub fn as_it_is(source: &Rc<Source>) -> Recognised {
    let folder = Folder::of(source, "", (0..source.entries.len()).collect());
    let mut part = layer::all_of(&folder, "it is looked at as it is");
    part.inspect(&mut |_| {});
    part.manifests = node::npm::manifests(&part);
    part
}

/// What Mac and Windows folders leave in archives.
const LITTER: &[&str] = &["__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini"];
const LITTER_REASON: &str = "left over from a Mac or Windows folder";

struct Looking<'a> {
    source: &'a Rc<Source>,
    found: Vec<Recognised>,
    unknown: Vec<usize>,
    /// What stays out and lies beside nothing of its own source.
    omitted: Vec<(usize, &'static str)>,
    notes: Vec<Note>,
}

impl Looking<'_> {
    /// Tells what the folder `at` with these entries is.
    fn look(&mut self, at: &str, entries: &[usize]) {
        let (tidy, litter): (Vec<usize>, Vec<usize>) = entries.iter().partition(|index| !self.is_litter(at, **index));
        let folder = Folder::of(self.source, at, tidy);
        let before = self.found.len();
        let told = FOLDER_RULES.iter().find_map(|rule| rule(&folder)).unwrap_or_else(|| folder.each());
        self.found.extend(told.parts);
        for index in told.files {
            self.look_at_file(index);
        }
        for (at, entries) in told.folders {
            self.look(&at, &entries);
        }
        let litter: Vec<(usize, &'static str)> =
            litter.into_iter().map(|index| (index, LITTER_REASON)).chain(told.omitted).collect();
        // It goes with what was found beside it in the same source, so that it is listed somewhere.
        let beside = self.found.iter_mut().skip(before).find(|found| Rc::ptr_eq(&found.source, self.source));
        beside.map_or(&mut self.omitted, |beside| &mut beside.omitted).extend(litter);
    }

    /// A file on its own: an archive is opened, anything else is told by its bytes and its name.
    fn look_at_file(&mut self, index: usize) {
        let Some(entry) = self.source.entries.get(index) else { return };
        if promises_files(&entry.path) {
            if self.source.nesting < MAX_NESTING {
                self.found.extend(told(&Rc::new(self.source.nested(entry))));
            } else {
                let message = format!(
                    "{} lies in an archive within {MAX_NESTING} others and was not opened",
                    quoted(&entry.path)
                );
                self.notes.push(Note::new(codes::LIMIT_NESTING, &entry.path, message));
                self.unknown.push(index);
            }
            return;
        }
        match FILE_RULES.iter().find_map(|rule| rule(self.source, index)) {
            Some(part) => self.found.push(part),
            None => self.unknown.push(index),
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
        let is_own = |found: &Recognised| Rc::ptr_eq(&found.source, self.source);
        let untold = !self.omitted.is_empty() || !self.notes.is_empty() || !self.source.notes.is_empty();
        if untold && !self.found.iter().any(is_own) {
            let name = self.source.file_name().to_owned();
            self.found.push(Recognised::new(self.source, Kind::Unrecognised, name, "it holds other archives"));
        }
        // A source's notes are told once, whatever it consists of.
        for later in self.found.iter_mut().skip(1).filter(|found| Rc::ptr_eq(&found.source, self.source)) {
            later.notes.clear();
        }
        if let Some(first) = self.found.iter_mut().find(|found| Rc::ptr_eq(&found.source, self.source)) {
            first.notes.append(&mut self.notes);
            first.omitted.append(&mut self.omitted);
        }
        self.found
    }

    fn is_litter(&self, at: &str, index: usize) -> bool {
        let path = self.source.entries.get(index).map_or("", |entry| entry.path.as_str());
        let rest = within(path, at).unwrap_or(path);
        rest.split('/').any(|part| LITTER.contains(&part))
    }
}
