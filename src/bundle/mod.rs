//! Everything about a release in one zip: the layer itself, the recipe that makes it again, what is in it, what it is
//! made of, and the whole kit as files that stand beside it.
//!
//! The same files and choices give the same bytes: nothing in it knows a clock, and its names are sorted.

mod bill;
mod components;
mod contents;
mod scripts;

use std::rc::Rc;

use crate::bytes::Bytes;
use crate::content::Content;
use crate::error::Error;
use crate::pack::{self, Item, Packed, Sink};
use crate::path::LayerPath;
use crate::plan::Plan;
use crate::publish::Version;
use crate::publish::snippets::FORMATS;
use crate::recipe::{Hasher, Recipe};

/// What goes into a bundle.
pub struct Bundle<'a> {
    /// The plan that the layer was built from.
    pub plan: &'a Plan,
    /// The layer's size and digest.
    pub packed: &'a Packed,
    /// What AWS answered, where it was published.
    pub published: &'a [Version],
    /// What was decided.
    pub recipe: &'a Recipe,
}

/// A file that was made for the bundle.
pub struct File {
    /// Its name, e.g. `"manifest.json"`.
    pub name: String,
    /// Its text.
    pub text: String,
    /// Whether it is a program.
    pub starts: bool,
}

impl File {
    fn new(name: impl Into<String>, text: impl Into<String>) -> File {
        File { name: name.into(), text: text.into(), starts: false }
    }
}

impl Bundle<'_> {
    /// The bundle's name, e.g. `"my-layer.bundle.zip"`.
    pub fn file_name(&self) -> String {
        self.plan.file_name().replace(".zip", ".bundle.zip")
    }

    /// The files around the layer's zip. All that is in the layer is read for its digests.
    pub fn files(&self) -> Result<Vec<File>, Error> {
        let kit = self.plan.kit(self.packed, self.published);
        let contents = contents::contents(self.plan)?;
        let components = components::components(self.plan, &contents, self.recipe)?;
        let mut files = vec![
            File::new("layer.json", self.recipe.to_text()),
            File::new("manifest.json", contents::manifest(self, &contents)),
            File::new("sbom.cdx.json", bill::bill(self, &components)),
        ];
        files.extend(scripts::scripts(&kit));
        files.extend(FORMATS.iter().filter_map(|format| {
            let text = kit.snippet(format.id).filter(|text| !text.is_empty())?;
            Some(File::new(format.file, text))
        }));
        Ok(files)
    }

    /// Writes it. `layer` are the bytes of the layer's zip.
    pub fn write<S: Sink>(&self, layer: Bytes, sink: S) -> Result<S, Error> {
        self.is_of(&layer)?;
        let item = |name: &str, content, starts: bool| Item {
            path: LayerPath::join("", name),
            mode: if starts { 0o755 } else { 0o644 },
            content,
            source: name.to_owned(),
            entry: name.to_owned(),
        };
        let mut items: Vec<Item> = self
            .files()?
            .into_iter()
            .map(|File { name, text, starts }| item(&name, Content::Held(Rc::from(text.into_bytes())), starts))
            .collect();
        items.push(item(&self.plan.file_name(), Content::Loose(layer), false));
        items.sort_by(|a, b| a.path.cmp(&b.path));
        // A command's side file stands once, whoever else reads it.
        items.dedup_by(|a, b| a.path == b.path);
        pack::gather(&items, sink)
    }

    /// A bundle with other bytes than those that everything in it is about would be worse than none.
    fn is_of(&self, layer: &Bytes) -> Result<(), Error> {
        let found = Hasher::of(&Content::Loose(layer.clone())).map_err(|_| Error::UnreadableSource {
            source: self.plan.file_name(),
            found: "its bytes are gone".into(),
        })?;
        let expected = self.packed.sha256_hex();
        if found == expected {
            return Ok(());
        }
        let found = format!("the zip has the SHA-256 {found}; expected that of the last build, {expected}");
        Err(Error::InvalidOperation { found })
    }
}

/// JSON as a file.
fn json_text(value: &serde_json::Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default() + "\n"
}
