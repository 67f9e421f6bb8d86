//! Where Python finds things: the site folders of a layer, and a wheel's install schemes.

use std::rc::Rc;

use super::Placing;
use super::folders::{self, Reasoned};
use crate::choices::Settings;
use crate::order::{BTreeMap, BTreeSet};
use crate::path::{LayerPath, within};
use crate::recognise::Recognised;
use crate::recognise::python::distribution::{Distribution, normalise};
use crate::recognise::python::sources::EGG_INFO;
use crate::recognise::python::wheel::data_path;
use crate::tables::layouts::{BIN, INCLUDE, Layout, versioned_folder};
use crate::tables::runtimes::{Language, RUNTIMES};

/// The site folders that the choices and the whole drop lead to.
pub struct Sites<'a> {
    settings: &'a Settings,
    /// Distributions that were dropped for several Python versions.
    several: BTreeSet<String>,
}

impl<'a> Sites<'a> {
    /// Looks at all parts: two wheels of one package for different versions can only lie in the versions' own folders.
    pub fn of(parts: &[Rc<Recognised>], settings: &'a Settings) -> Sites<'a> {
        let mut versions: BTreeMap<String, BTreeSet<(u32, u32)>> = BTreeMap::new();
        for distribution in parts.iter().flat_map(|part| &part.distributions) {
            if let Some(version) = only_version(distribution) {
                versions.entry(normalise(&distribution.name)).or_default().insert(version);
            }
        }
        let several = versions.into_iter().filter(|(_, versions)| versions.len() > 1).map(|(name, _)| name).collect();
        Sites { settings, several }
    }

    /// The folders for a part, at least one.
    fn of_part(&self, part: &Recognised) -> Vec<Reasoned> {
        let what = folders::what(part);
        let own = match part.distributions.as_slice() {
            [distribution] => only_version(distribution).map(|version| (distribution, version)),
            _ => None,
        };
        if let Some((distribution, version)) = own {
            let several = self.several.contains(&normalise(&distribution.name));
            if (several || self.settings.layout() == Layout::Versioned)
                && let Some((folder, id)) = folder_of_version(version)
            {
                let why = if several {
                    "it was dropped for several Python versions"
                } else {
                    "the versioned layout was chosen"
                };
                return vec![(folder, format!("{what}: only {id} searches this folder, and {why}"))];
            }
        }
        folders::of(Language::Python, self.settings, &what)
    }
}

/// The Python version that all of a distribution's tags are for, e.g. `(3, 11)`; `None` where it serves several.
fn only_version(distribution: &Distribution) -> Option<(u32, u32)> {
    let mut versions: Vec<Option<(u32, u32)>> = distribution.tags.iter().map(|tag| tag.only_version()).collect();
    versions.dedup();
    match versions.as_slice() {
        [Some(version)] => Some(*version),
        _ => None,
    }
}

fn folder_of_version(version: (u32, u32)) -> Option<(String, &'static str)> {
    let runtime =
        RUNTIMES.iter().find(|runtime| runtime.language == Language::Python && runtime.numbers() == version)?;
    Some((versioned_folder(runtime)?, runtime.id))
}

/// Installed packages and loose code.
pub fn place_site(placing: &mut Placing, sites: &Sites) {
    for (folder, reason) in sites.of_part(placing.part) {
        placing.below(&folder, &placing.part.entries, &reason);
    }
}

/// An egg, with its metadata under the name by which Python finds them beside the packages.
pub fn place_egg(placing: &mut Placing, sites: &Sites) {
    let part = placing.part;
    let metadata = format!("{}-{}.egg-info", part.name.replace('-', "_"), part.version);
    for (folder, reason) in sites.of_part(part) {
        let reason: Rc<str> = reason.into();
        for index in &part.entries {
            let Some(entry) = part.entry(*index) else { continue };
            let rest = within(&entry.path, &part.base).unwrap_or(&entry.path);
            let path = match within(rest, EGG_INFO) {
                Some(below) => LayerPath::join(&metadata, below).to_string(),
                None => rest.to_owned(),
            };
            placing.at(LayerPath::join(&folder, &path), *index, &reason);
        }
    }
}

/// A wheel, as an installer with the prefix `/opt` spreads it.
pub fn place_wheel(placing: &mut Placing, sites: &Sites) {
    let part = placing.part;
    let Some(distribution) = part.distributions.first() else { return };
    let folders: Vec<(String, Rc<str>)> =
        sites.of_part(part).into_iter().map(|(folder, reason)| (folder, reason.into())).collect();
    let what = format!("wheel {} {}", part.name, part.version);
    let scripts: Rc<str> = format!("{what}: its scripts go to bin, which is on the PATH").into();
    let data: Rc<str> = format!("{what}: its data files lie below the prefix, which is /opt").into();
    let headers: Rc<str> = format!("{what}: its C headers, which no runtime reads").into();
    for index in &part.entries {
        let Some(entry) = part.source.entries.get(*index) else { continue };
        let rest = match data_path(&entry.path, &distribution.dist_info) {
            Some(("scripts", rest)) => {
                placing.at(LayerPath::join(BIN, rest), *index, &scripts);
                continue;
            }
            Some(("data", rest)) => {
                placing.at(LayerPath::join("", rest), *index, &data);
                continue;
            }
            Some(("headers", rest)) => {
                placing.at(LayerPath::join(&format!("{INCLUDE}/{}", part.name), rest), *index, &headers);
                continue;
            }
            Some((_, rest)) => rest,
            None => entry.path.as_str(),
        };
        for (folder, reason) in &folders {
            placing.at(LayerPath::join(folder, rest), *index, reason);
        }
    }
}
