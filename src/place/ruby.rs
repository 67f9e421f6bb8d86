//! Where Ruby finds things: gems in the folder of its own version, loose code in one for all versions.

use std::rc::Rc;

use super::{Placing, folders};
use crate::choices::Settings;
use crate::path::{LayerPath, within};
use crate::recognise::Kind;
use crate::recognise::ruby::gemspec::Specification;
use crate::tables::layouts::{GEMS, is_ruby_api, ruby_lib, versioned_folder};
use crate::tables::runtimes::{Language, Runtime};

/// Gems, gem homes and code.
pub fn place(placing: &mut Placing, settings: &Settings) {
    let part = placing.part;
    let what = folders::what(part);
    match (part.kind, &part.gem) {
        (Kind::Gem, Some(gem)) => {
            for (folder, reason) in homes(settings, gem, &what) {
                place_gem(placing, gem, &folder, &reason.into());
            }
        }
        (Kind::GemHome, _) if is_ruby_api(&part.version) => {
            let reason = format!(
                "{what}: only Ruby {} searches this folder",
                part.version.strip_suffix(".0").unwrap_or_default()
            );
            placing.below(&format!("{GEMS}/{}", part.version), &part.entries, &reason);
        }
        (Kind::GemHome, _) => {
            for (folder, reason) in homes(settings, &Specification::default(), &what) {
                placing.below(&folder, &part.entries, &reason);
            }
        }
        _ => placing.below(ruby_lib(), &part.entries, &format!("{what}: every Ruby runtime searches this folder")),
    }
}

/// The gem homes of the chosen Ruby runtimes, or of the newest that the gem allows.
fn homes(settings: &Settings, gem: &Specification, what: &str) -> Vec<(String, String)> {
    let mut runtimes: Vec<&'static Runtime> = settings.runtimes_of(Language::Ruby);
    if runtimes.is_empty() {
        runtimes.extend(gem.newest_runtime());
    }
    runtimes
        .into_iter()
        .filter_map(|runtime| {
            Some((versioned_folder(runtime)?, format!("{what}: only {} searches this folder", runtime.id)))
        })
        .collect()
}

/// A gem as installed: its files, and the specification by which RubyGems finds them.
fn place_gem(placing: &mut Placing, gem: &Specification, home: &str, reason: &Rc<str>) {
    let part = placing.part;
    let own = part.source.entries.len();
    for index in &part.entries {
        let Some(entry) = part.entry(*index) else { continue };
        let rest = within(&entry.path, &part.base).unwrap_or(&entry.path);
        let folder = match *index < own {
            true => format!("{home}/gems/{}", gem.full_name()),
            false => format!("{home}/specifications"),
        };
        placing.at(LayerPath::join(&folder, rest), *index, reason);
    }
}
