//! What packages ask of a runtime in their own words: a version of its language, a system, a processor. Installers refuse
//! or warn by these; what lies there may work all the same, so none of it is an error.

use super::layer::{Audience, File, Layer};
use super::{Reason, Target};
use crate::order::{BTreeMap, BTreeSet};
use crate::path::{file_name, folder_of, within};
use crate::recognise::node::npm::Manifest;
use crate::recognise::node::semver;
use crate::recognise::python::distribution::Distribution;
use crate::recognise::python::pep440;
use crate::tables::npm::MODULES;
use crate::tables::rules::{REQUIRES_OTHER_NODE, REQUIRES_OTHER_PYTHON, Rule, Severity, WRONG_PLATFORM};
use crate::tables::runtimes::{Architecture, Language, Runtime};
use crate::words::{few, listed};

/// The files in which distributions speak of themselves: that of wheels, and that of eggs.
const METADATA: &[&str] = &["METADATA", "PKG-INFO"];

/// A package of npm that is in the layer.
pub struct Present<'a> {
    /// What it says of itself.
    pub manifest: &'a Manifest,
    /// Its folder.
    pub path: &'a str,
    /// Where it comes from.
    pub source: &'a str,
}

impl Present<'_> {
    /// Name and version, e.g. `"axios 1.7.7"`.
    pub fn title(&self) -> String {
        let name = self.manifest.name.as_deref().unwrap_or(self.path);
        format!("{name} {}", self.manifest.version).trim_end().to_owned()
    }
}

/// The packages that lie in folders called `node_modules`.
pub fn present<'a>(layer: &Layer<'a>) -> Vec<Present<'a>> {
    let placed = layer.placements.iter().filter(|placement| !placement.excluded);
    placed
        .filter(|placement| placement.path.as_str().ends_with("/package.json"))
        .filter_map(|placement| {
            let part = layer.parts.get(placement.part)?;
            let path = folder_of(placement.path.as_str());
            let above = folder_of(path);
            let above = if file_name(above).starts_with('@') { folder_of(above) } else { above };
            let manifest = part.manifests.get(&placement.entry).filter(|_| file_name(above) == MODULES)?;
            Some(Present { manifest, path, source: &part.source.name })
        })
        .collect()
}

/// Whether a distribution asks for another Python (`Requires-Python`). A runtime's patch is taken for the newest.
pub fn excludes_python(distribution: &Distribution, runtime: &Runtime) -> bool {
    let version = pep440::Version::parse(&format!("{}.99", runtime.version));
    version.and_then(|version| pep440::fits(&version, &distribution.python)) == Some(false)
}

/// Whether a range of `engines` leaves a runtime out, whose minor and patch are taken for the newest.
pub fn excludes_node(range: &str, runtime: &Runtime) -> bool {
    let rest = if runtime.version.contains('.') { ".999" } else { ".999.999" };
    let version = semver::Version::parse(&format!("{}{rest}", runtime.version));
    version.and_then(|version| semver::is_in_range(&version, range)) == Some(false)
}

/// What a package of npm is for by its word, e.g. `"darwin"`, where Lambda is something else on that architecture, and
/// its word is all there is: compiled files speak for themselves, and what another package names as optional is loaded
/// where it fits alone.
pub fn other_platform<'a>(
    layer: &Layer,
    all: &[Present],
    one: &Present<'a>,
    architecture: Architecture,
) -> Option<&'a str> {
    let manifest = one.manifest;
    let processor = || manifest.not_on.iter().find(|(not, _)| *not == architecture).map(|(_, named)| named.as_str());
    let platform = manifest.only_for.as_deref().or_else(processor)?;
    let compiled = |file: &File| file.found.built().is_some() && within(file.path, one.path).is_some();
    let optional =
        || all.iter().any(|other| manifest.name.as_ref().is_some_and(|n| other.manifest.optional.contains(n)));
    (!layer.files.iter().any(compiled) && !optional()).then_some(platform)
}

/// What is asked for in a layer.
pub struct Asks<'a> {
    python: Vec<(Audience, &'a str, &'a Distribution)>,
    /// By the range, since most packages have one in common with many.
    node: BTreeMap<&'a str, Vec<usize>>,
    packages: Vec<Present<'a>>,
    /// The packages of npm that are for another platform: where, and the platform.
    elsewhere: Vec<(usize, Architecture, &'a str)>,
}

impl<'a> Asks<'a> {
    /// What the packages of a layer ask for.
    pub fn of(layer: &Layer<'a>) -> Asks<'a> {
        let mut python = Vec::new();
        for placement in layer.packed().filter(|placement| METADATA.contains(&placement.path.name())) {
            let path = folder_of(placement.path.as_str());
            let Some(part) = layer.parts.get(placement.part) else { continue };
            let entry = placement.entry(layer.parts).map_or("", |entry| folder_of(&entry.path));
            let asks = part.distributions.iter().find(|one| one.dist_info == entry && !one.python.is_empty());
            python.extend(asks.map(|one| (Audience::of(path), path, one)));
        }
        let packages = present(layer);
        let mut node: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        let mut elsewhere = Vec::new();
        for (index, one) in packages.iter().enumerate() {
            if !one.manifest.node.is_empty() {
                node.entry(one.manifest.node.as_str()).or_default().push(index);
            }
            for architecture in Architecture::ALL {
                let platform = other_platform(layer, &packages, one, *architecture);
                elsewhere.extend(platform.map(|platform| (index, *architecture, platform)));
            }
        }
        Asks { python, node, packages, elsewhere }
    }

    /// What of it speaks against a target.
    pub fn against(&self, target: &Target) -> Vec<Reason> {
        match target.runtime.language {
            Language::Python => self.python(target.runtime),
            Language::NodeJs => self.engines(target.runtime).into_iter().chain(self.platforms(target)).collect(),
            _ => Vec::new(),
        }
    }

    fn python(&self, runtime: &Runtime) -> Vec<Reason> {
        let asking = |(audience, _, one): &&(Audience, &str, &Distribution)| {
            audience.includes(runtime) && excludes_python(one, runtime)
        };
        let reason = |(_, path, one): &(Audience, &str, &Distribution)| {
            let message = format!("{} {} asks for Python {}", one.name, one.version, one.python);
            reason(REQUIRES_OTHER_PYTHON, Severity::Warning, &one.name, path, message)
        };
        self.python.iter().filter(asking).map(reason).collect()
    }

    /// All in one: a tree of npm's has hundreds of packages, and old runtimes are too old for most.
    fn engines(&self, runtime: &Runtime) -> Option<Reason> {
        let excluded = self.node.iter().filter(|(range, _)| excludes_node(range, runtime));
        let indices: BTreeSet<usize> = excluded.flat_map(|(_, indices)| indices.iter().copied()).collect();
        let own = |one: &&Present| Audience::of(one.path).includes(runtime);
        let asking: Vec<&Present> =
            indices.into_iter().filter_map(|index| self.packages.get(index)).filter(own).collect();
        let first = asking.first()?;
        let verb = if asking.len() == 1 { "asks" } else { "ask" };
        let named = asking.iter().map(|one| format!("{} ({})", one.title(), one.manifest.node)).collect();
        let message = format!("{} {verb} for other versions of Node.js", listed(&few(named)));
        let name = first.manifest.name.as_deref().unwrap_or(first.path);
        Some(reason(REQUIRES_OTHER_NODE, Severity::Note, name, first.path, message))
    }

    fn platforms(&self, target: &Target) -> Vec<Reason> {
        let here = |(index, architecture, platform): &(usize, Architecture, &str)| {
            let one = self.packages.get(*index).filter(|_| *architecture == target.architecture)?;
            let message = format!("{} is for {platform} by its package.json", one.title());
            let name = one.manifest.name.as_deref().unwrap_or(one.path);
            let own = Audience::of(one.path).includes(target.runtime);
            own.then(|| reason(WRONG_PLATFORM, Severity::Warning, name, one.path, message))
        };
        self.elsewhere.iter().filter_map(here).collect()
    }
}

fn reason(rule: &'static Rule, severity: Severity, package: &str, path: &str, message: String) -> Reason {
    Reason { rule, severity, package: package.to_owned(), path: path.to_owned(), message }
}
