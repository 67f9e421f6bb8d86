//! A recipe: all that was decided, as JSON that can be kept with the code. The same files and the same recipe give the
//! same zip, on a page as on a build machine.
//!
//! ```json
//! { "layerdrop": 1, "settings": { "runtimes": ["python3.12"], … },
//!   "sources": [{ "name": "requests-2.32.3-py3-none-any.whl", "size": 64928, "sha256": "70761cfe…" }],
//!   "repairs": [[{ "op": "move", "path": "python3.12", "to": "python" }]],
//!   "operations": [{ "op": "exclude", "path": "python/tests" }] }
//! ```
//!
//! Unknown keys are passed over, so that a later version can add some; another number under `layerdrop` is refused.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::choices::{Choices, Operation, Settings};
use crate::content::{Content, ContentError};
use crate::error::Error;
use crate::intake::{Form, Source};

/// The version that is written, and the only one that is read.
const VERSION: u64 = 1;

/// What was decided, and about which files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Recipe {
    /// The settings; those that the recipe doesn't name have their defaults.
    pub settings: Settings,
    /// The files that it is about.
    pub sources: Vec<Fingerprint>,
    /// What was repaired, by the operations of each repair.
    pub repairs: Vec<Vec<Operation>>,
    /// What was done to single files, in order.
    pub operations: Vec<Operation>,
}

/// What tells a source from another of the same name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fingerprint {
    /// Its name, as dropped.
    pub name: String,
    /// Bytes of the file; of a folder all of its files'.
    pub size: u64,
    /// Of a file its SHA-256, as `sha256sum` prints it. Of a folder the digest of the lines of its files: path, size and
    /// digest, with a NUL after the first two and a line feed after each.
    pub sha256: String,
}

/// The SHA-256 of some bytes in hexadecimal, given piece by piece.
#[derive(Default)]
pub struct Hasher(Sha256);

impl Hasher {
    /// Takes the next bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The digest of a content, for which all of it is read.
    pub fn of(content: &Content) -> Result<String, ContentError> {
        let mut hasher = Hasher::default();
        content.for_each_piece(&mut |piece: &[u8]| {
            hasher.update(piece);
            Ok::<(), ContentError>(())
        })?;
        Ok(hasher.hex())
    }

    /// The digest.
    pub fn hex(self) -> String {
        self.0.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

impl Fingerprint {
    /// The fingerprint of a source, for which all of it is read.
    pub fn of(source: &Source) -> Result<Fingerprint, Error> {
        let name = source.name.clone();
        let digest = |content: &Content| Hasher::of(content).map_err(|error| unreadable(&name, error));
        let (size, sha256) = match (&source.whole, source.form, source.entries.as_slice()) {
            (Some(whole), _, _) => (whole.size(), digest(&Content::Loose(whole.clone()))?),
            (None, Form::File, [only]) => (only.content.size(), digest(&only.content)?),
            (None, _, entries) => {
                let mut lines = Hasher::default();
                for entry in entries {
                    let size = entry.content.size();
                    lines.update(format!("{}\0{size}\0{}\n", entry.path, digest(&entry.content)?).as_bytes());
                }
                (source.size(), lines.hex())
            }
        };
        Ok(Fingerprint { name: name.clone(), size, sha256 })
    }
}

/// The error of a source that can't be read whole.
pub fn unreadable(source: &str, error: ContentError) -> Error {
    use crate::bytes::ReadError::{Changed, Failed};
    let source = source.to_owned();
    match error {
        ContentError::Read(Changed(found)) => Error::SourceChanged { source, found },
        ContentError::Read(Failed(found)) | ContentError::Damaged(found) => Error::UnreadableSource { source, found },
    }
}

impl Recipe {
    /// The recipe of these choices about these sources.
    pub fn of(choices: &Choices, sources: Vec<Fingerprint>) -> Recipe {
        Recipe {
            settings: choices.settings.clone(),
            sources,
            repairs: choices.repairs.iter().map(|repair| repair.operations.clone()).collect(),
            operations: choices.operations.clone(),
        }
    }

    /// The text of it, to be kept as `layer.json`.
    pub fn to_text(&self) -> String {
        let operations = |list: &[Operation]| Value::Array(list.iter().map(Operation::to_json).collect());
        let value = json!({
            "layerdrop": VERSION,
            "settings": self.settings.to_json(),
            "sources": self.sources.iter().map(|source| {
                json!({ "name": source.name, "size": source.size, "sha256": source.sha256 })
            }).collect::<Vec<_>>(),
            "repairs": self.repairs.iter().map(|repair| operations(repair)).collect::<Vec<_>>(),
            "operations": operations(&self.operations),
        });
        serde_json::to_string_pretty(&value).unwrap_or_default() + "\n"
    }

    /// The recipe of a text.
    pub fn parse(text: &str) -> Result<Recipe, Error> {
        let value: Value =
            serde_json::from_str(text).map_err(|error| wrong(format!("a text that is not JSON: {error}")))?;
        match value.get("layerdrop") {
            Some(version) if version.as_u64() == Some(VERSION) => {}
            Some(version) => return Err(wrong(format!("a recipe of version {version}; expected {VERSION}"))),
            None => return Err(wrong("a JSON text without \"layerdrop\"; expected a recipe that was exported".into())),
        }
        let list = |name: &str| match value.get(name) {
            None => Ok(&[] as &[Value]),
            Some(Value::Array(list)) => Ok(list.as_slice()),
            Some(_) => Err(wrong(format!("{name:?} that is no list"))),
        };
        let operations = |list: &[Value]| list.iter().map(operation).collect::<Result<Vec<_>, _>>();
        let settings = match value.get("settings") {
            None | Some(Value::Null) => Ok(Settings::default()),
            Some(settings) => Settings::default().with_json(settings),
        };
        Ok(Recipe {
            settings: settings.map_err(wrong)?,
            sources: list("sources")?.iter().map(fingerprint).collect::<Result<_, _>>()?,
            repairs: list("repairs")?
                .iter()
                .map(|repair| operations(repair.as_array().map_or(&[], Vec::as_slice)))
                .collect::<Result<_, _>>()?,
            operations: operations(list("operations")?)?,
        })
    }
}

fn wrong(found: String) -> Error {
    Error::InvalidRecipe { found: format!("found {found}") }
}

fn text(value: &Value, name: &str) -> Result<String, Error> {
    let found = value.get(name).and_then(Value::as_str);
    found.map(str::to_owned).ok_or_else(|| wrong(format!("{value} without a text {name:?}")))
}

fn fingerprint(value: &Value) -> Result<Fingerprint, Error> {
    let size = value.get("size").and_then(Value::as_u64).ok_or_else(|| wrong(format!("{value} without a size")))?;
    Ok(Fingerprint { name: text(value, "name")?, size, sha256: text(value, "sha256")? })
}

fn operation(value: &Value) -> Result<Operation, Error> {
    let operation = Operation::from_json(value).map_err(wrong)?;
    operation.destination()?;
    Ok(operation)
}
