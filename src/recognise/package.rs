//! The packages of a part, whatever their registry: name, version, license, and which files tell that they are there.

use super::python::distribution::normalise;
use super::{Kind, Recognised};
use crate::inspect::Inspection;
use crate::inspect::jar_names::Artifact;
use crate::order::{BTreeMap, BTreeSet};
use crate::path::{file_name, within};

/// Where a package is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Registry {
    /// The Python Package Index.
    Pypi,
    /// npm.
    Npm,
    /// RubyGems.
    Gem,
    /// Maven Central, or another repository of its kind.
    Maven,
}

impl Registry {
    /// The name of its kind in addresses of packages, e.g. `"pypi"` (<https://github.com/package-url/purl-spec>).
    pub fn id(self) -> &'static str {
        match self {
            Registry::Pypi => "pypi",
            Registry::Npm => "npm",
            Registry::Gem => "gem",
            Registry::Maven => "maven",
        }
    }
}

/// A package, such as requests 2.32.3.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Package {
    /// Where it is published.
    pub registry: Registry,
    /// Its group, for Maven; empty where none is known.
    pub group: String,
    /// Its name as written, e.g. `"requests"` or `"@scope/name"`.
    pub name: String,
    /// Its version; empty where it has none.
    pub version: String,
    /// What it was built for, of a gem; empty where it runs everywhere.
    pub platform: String,
    /// Its licenses as it names them.
    pub licenses: Vec<String>,
    /// Whether its part, or the jar that it was found in, is nothing but this package.
    pub is_all: bool,
    /// The entries that tell that it is there.
    pub entries: Vec<usize>,
}

impl Package {
    /// Its registry and the name that this knows it by, e.g. `"pypi typing-extensions"` or `"maven org.slf4j:slf4j-api"`.
    pub fn known_as(&self) -> String {
        let Package { registry, group, name, .. } = self;
        match registry {
            Registry::Pypi => format!("{} {}", registry.id(), normalise(name)),
            Registry::Maven if !group.is_empty() => format!("{} {group}:{name}", registry.id()),
            _ => format!("{} {name}", registry.id()),
        }
    }
}

impl Recognised {
    /// The versions of its packages, by [`Package::known_as`], as far as an entry of theirs is there. Of npm there can be
    /// several side by side.
    pub fn versions(&self, is_there: &dyn Fn(usize) -> bool) -> BTreeMap<String, BTreeSet<String>> {
        let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for package in self.packages() {
            if package.entries.iter().any(|entry| is_there(*entry)) {
                let gap = if package.platform.is_empty() { "" } else { "-" };
                let version = format!("{}{gap}{}", package.version, package.platform);
                found.entry(package.known_as()).or_default().insert(version);
            }
        }
        found
    }

    /// Its packages, in no order that means anything.
    pub fn packages(&self) -> Vec<Package> {
        let mut found = Vec::new();
        let package = |registry, name: &str, version: &str, licenses: &[String]| Package {
            registry,
            group: String::new(),
            name: name.to_owned(),
            version: version.to_owned(),
            platform: String::new(),
            licenses: licenses.to_vec(),
            is_all: false,
            entries: Vec::new(),
        };
        let having = |is: &dyn Fn(&str) -> bool| -> Vec<usize> {
            let told = |index: &&usize| self.entry(**index).is_some_and(|entry| is(&entry.path));
            self.entries.iter().filter(told).copied().collect()
        };
        for one in &self.distributions {
            let entries = having(&|path| within(path, &one.dist_info).is_some());
            let package = package(Registry::Pypi, &one.name, &one.version, &one.licenses);
            found.push(Package { entries, ..package });
        }
        for (index, manifest) in &self.manifests {
            // A package.json without a name only says how its folder is read.
            let Some(name) = manifest.legal_name() else { continue };
            let package = package(Registry::Npm, name, &manifest.version, &manifest.licenses);
            found.push(Package { entries: vec![*index], ..package });
        }
        for gem in self.gems() {
            let names = [gem.full_name(), format!("{}-{}", gem.name, gem.version)];
            let entries = having(&|path| path.split('/').any(|folder| names.iter().any(|name| name == folder)));
            let platform = if gem.platform == "ruby" { String::new() } else { gem.platform.clone() };
            let package = package(Registry::Gem, &gem.name, &gem.version, gem.licenses());
            found.push(Package { entries, platform, ..package });
        }
        for (index, inspection) in &self.inspected {
            let (Inspection::Jar(jar), Some(entry)) = (inspection, self.entry(*index)) else { continue };
            let stem = file_name(&entry.path).trim_end_matches(".jar");
            for Artifact { group, name, version } in &jar.artifacts {
                // Others were put into it, and what the manifest says is not about them.
                let is_all = jar.artifacts.len() == 1 || stem == name || stem == format!("{name}-{version}");
                let licenses = if is_all { jar.licenses.as_slice() } else { &[] };
                let package = package(Registry::Maven, name, version, licenses);
                found.push(Package { group: group.clone(), is_all, entries: vec![*index], ..package });
            }
        }
        if let [only] = found.as_mut_slice()
            && matches!(self.kind, Kind::Wheel | Kind::Egg | Kind::NpmPackage | Kind::Gem)
        {
            only.is_all = true;
            only.entries.clone_from(&self.entries);
        }
        found
    }
}
