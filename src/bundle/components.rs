//! What the layer is made of: packages by what they say of themselves, and the files that no package brought.

use super::contents::Packed;
use crate::content::Content;
use crate::error::Error;
use crate::intake::{Form, Source};
use crate::order::{BTreeMap, BTreeSet};
use crate::plan::Plan;
use crate::recipe::{Hasher, Recipe, unreadable};
use crate::recognise::Kind;
use crate::recognise::package::{Package, Registry};

/// A component of the layer.
pub struct Component {
    /// The package; `None` for a file that none brought.
    pub package: Option<Package>,
    /// The file's path, or where the package came from.
    pub place: String,
    /// The SHA-256 of what was published: a wheel, a tarball, a gem, a jar; or of the file. Empty where it is not here.
    pub sha256: String,
}

/// All components by their reference, which is the address of a package and the path of a file.
pub fn components(plan: &Plan, contents: &[Packed], recipe: &Recipe) -> Result<BTreeMap<String, Component>, Error> {
    let mut found = BTreeMap::new();
    let mut brought: BTreeSet<usize> = BTreeSet::new();
    let mut entries: BTreeMap<usize, BTreeMap<usize, &Packed>> = BTreeMap::new();
    for file in contents {
        entries.entry(file.part).or_default().insert(file.entry, file);
    }
    for (index, present) in &entries {
        let Some(part) = plan.parts.get(*index) else { continue };
        for package in part.packages() {
            let Some(file) = package.entries.iter().find_map(|entry| present.get(entry)) else { continue };
            brought.insert(*index);
            let sha256 = match package.registry {
                _ if !package.is_all => String::new(),
                Registry::Maven => file.sha256.clone(),
                _ => of_archive(&part.source, part.kind, recipe)?,
            };
            let component = Component { place: part.source.name.clone(), sha256, package: Some(package.clone()) };
            let reference = address(&package).unwrap_or_else(|| format!("{}@{}", file.path, package.name));
            let before: Option<&Component> = found.get(&reference);
            if before.is_none_or(|before| before.sha256.is_empty()) {
                found.insert(reference, component);
            }
        }
    }
    for file in contents.iter().filter(|file| !belongs(file, plan, &brought)) {
        let component = Component { package: None, place: file.path.clone(), sha256: file.sha256.clone() };
        found.insert(file.path.clone(), component);
    }
    Ok(found)
}

/// Whether a package brought a file, as far as its part tells: in a whole layer, packages lie in their language's folder.
fn belongs(file: &Packed, plan: &Plan, brought: &BTreeSet<usize>) -> bool {
    let in_language = || ["python", "nodejs", "ruby", "java"].iter().any(|top| file.path.starts_with(top));
    let part = plan.parts.get(file.part);
    brought.contains(&file.part) && part.is_none_or(|part| part.kind != Kind::Layer || in_language())
}

/// The digest of the archive that a package came in; empty where it came in none.
fn of_archive(source: &Source, kind: Kind, recipe: &Recipe) -> Result<String, Error> {
    if source.form != Form::Archive {
        return Ok(String::new());
    }
    if let Some(known) = recipe.sources.iter().find(|known| known.name == source.name) {
        return Ok(known.sha256.clone());
    }
    // Of a gem only the archive inside it is at hand.
    match (&source.whole, kind) {
        (None, _) | (_, Kind::Gem) => Ok(String::new()),
        (Some(whole), _) => Hasher::of(&Content::Loose(whole.clone())).map_err(|error| unreadable(&source.name, error)),
    }
}

/// The package's address, e.g. `"pkg:pypi/requests@2.32.3"`; `None` where too little is known.
///
/// Source: <https://github.com/package-url/purl-spec>, with the rules of its types.
pub fn address(package: &Package) -> Option<String> {
    let Package { registry, group, name, version, platform, .. } = package;
    let kind = registry.id();
    let name = match registry {
        Registry::Pypi => encoded(&name.to_ascii_lowercase().replace('_', "-")),
        Registry::Npm => name.split('/').map(encoded).collect::<Vec<_>>().join("/"),
        Registry::Gem => encoded(name),
        Registry::Maven if group.is_empty() => return None,
        Registry::Maven => format!("{}/{}", encoded(group), encoded(name)),
    };
    let version = if version.is_empty() { String::new() } else { format!("@{}", encoded(version)) };
    let platform = if platform.is_empty() { String::new() } else { format!("?platform={}", encoded(platform)) };
    Some(format!("pkg:{kind}/{name}{version}{platform}"))
}

fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~:".contains(&byte);
    text.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}
