//! The folders that a language's runtimes search, by the chosen layout.

use crate::choices::Settings;
use crate::recognise::Recognised;
use crate::tables::layouts::{Layout, flat_folder, versioned_folder};
use crate::tables::runtimes::Language;

/// A folder of `/opt` and why content goes there.
pub type Reasoned = (String, String);

/// The folders for content of a language, at least one: the one that every version searches, or in the versioned layout
/// that of each chosen runtime. A language without folders for single versions has the one.
pub fn of(language: Language, settings: &Settings, what: &str) -> Vec<Reasoned> {
    if settings.layout() == Layout::Versioned {
        let folders: Vec<Reasoned> = settings
            .runtimes_of(language)
            .into_iter()
            .filter_map(|runtime| {
                let why =
                    format!("{what}: only {} searches this folder, and the versioned layout was chosen", runtime.id);
                Some((versioned_folder(runtime)?, why))
            })
            .collect();
        if !folders.is_empty() {
            return folders;
        }
    }
    let flat = flat_folder(language).unwrap_or_default();
    vec![(flat.to_owned(), format!("{what}: every {} runtime searches this folder", language.label()))]
}

/// A part as reasons name it, e.g. `"npm-package axios 1.7.2"`.
pub fn what(part: &Recognised) -> String {
    let kind = part.kind.id();
    let name = if part.name == kind { "" } else { &part.name };
    [kind, name, &part.version].into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}
