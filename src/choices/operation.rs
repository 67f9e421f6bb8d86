//! Changes to single files of the layer.

use std::rc::Rc;

use crate::error::Error;
use crate::path::{LayerPath, folder_of, within};
use crate::tables::limits::MAX_WRITTEN;
use crate::words::quoted;

/// A change to single files of the layer. Paths are those under `/opt` as they are shown at the time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Operation {
    /// Gives a file or folder another path.
    Move {
        /// What is moved.
        path: String,
        /// Its new path.
        to: String,
    },
    /// Gives a file or folder another name in its folder.
    Rename {
        /// What is renamed.
        path: String,
        /// Its new name.
        name: String,
    },
    /// Leaves something out of the layer.
    Exclude(Scope),
    /// Takes something back into the layer.
    Include(Scope),
    /// Gives a file the mended content that was found for it.
    Mend {
        /// The file.
        path: String,
    },
    /// Makes files links to one that holds the same bytes. A link that would lead to nothing stays a file.
    Link {
        /// The files, sorted.
        paths: Rc<[String]>,
        /// The file that stays.
        to: String,
    },
    /// Puts what has no place by itself, such as data, somewhere in the layer.
    Place {
        /// The source.
        source: String,
        /// A file or folder in the source, as its entries are called; empty for all that has no place.
        path: String,
        /// Where that file, or that folder's content, goes; empty for `/opt` itself.
        to: String,
    },
    /// Writes a small text file; it takes the place of what lies there.
    Write {
        /// Its path.
        path: String,
        /// What it holds.
        text: String,
    },
    /// Makes a folder for files to be moved into; a zip of files has no empty folders.
    Folder {
        /// Its path.
        path: String,
    },
    /// Sets or clears the execute bit.
    Chmod {
        /// The file or folder.
        path: String,
        /// The Unix mode: with any execute bit it becomes 0755, else 0644.
        mode: u32,
    },
}

/// What an operation is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// A file or folder under `/opt`.
    Path(String),
    /// Files and folders under `/opt`, sorted; never none.
    Paths(Rc<[String]>),
    /// All that came from a source.
    Source(String),
}

impl Scope {
    /// The scope of exactly one of these; `None` where several or none are given.
    pub fn of(path: Option<String>, paths: Option<Vec<String>>, source: Option<String>) -> Option<Scope> {
        match (path, paths, source) {
            (Some(path), None, None) => Some(Scope::Path(path)),
            (None, Some(paths), None) if !paths.is_empty() => Some(Scope::Paths(Scope::sorted(paths))),
            (None, None, Some(source)) => Some(Scope::Source(source)),
            _ => None,
        }
    }

    /// Paths in the order in which they are searched.
    pub fn sorted(mut paths: Vec<String>) -> Rc<[String]> {
        paths.sort_unstable();
        paths.into()
    }

    /// Whether it is about a path of the layer.
    pub fn has_path(&self, path: &LayerPath) -> bool {
        match self {
            Scope::Path(folder) => path.is_within(folder),
            Scope::Paths(paths) => {
                let path = path.as_str();
                let ends = path.match_indices('/').map(|(at, _)| at).chain([path.len()]);
                let names = |part: &str| paths.binary_search_by(|one| one.as_str().cmp(part)).is_ok();
                ends.filter_map(|end| path.get(..end)).any(names)
            }
            Scope::Source(_) => false,
        }
    }

    fn subject(&self) -> &str {
        match self {
            Scope::Path(what) | Scope::Source(what) => what,
            Scope::Paths(paths) => paths.first().map_or("", String::as_str),
        }
    }

    fn label(&self) -> String {
        match self {
            Scope::Paths(paths) if paths.len() > 1 => format!("{} items", paths.len()),
            other => other.subject().to_owned(),
        }
    }
}

impl Operation {
    /// The step's name, e.g. `"exclude python/tests"`.
    pub fn label(&self) -> String {
        match self {
            Operation::Move { path, to } => format!("move {path} to {to}"),
            Operation::Rename { path, name } => format!("rename {path} to {name}"),
            Operation::Exclude(scope) => format!("exclude {}", scope.label()),
            Operation::Include(scope) => format!("include {}", scope.label()),
            Operation::Mend { path } => format!("mend {path}"),
            Operation::Link { paths, to } => match &**paths {
                [only] => format!("link {only} to {to}"),
                several => format!("link {} items to {to}", several.len()),
            },
            Operation::Place { source, path, to } => {
                let what = if path.is_empty() { source } else { path };
                format!("put {what} at /opt/{to}").trim_end_matches('/').to_owned()
            }
            Operation::Write { path, .. } => format!("write {path}"),
            Operation::Folder { path } => format!("make the folder {path}"),
            Operation::Chmod { path, mode } => format!("set mode {:o} of {path}", file_mode(*mode)),
        }
    }

    /// The name of a step of several operations, e.g. `"exclude 3 items"`.
    pub fn common_label(operations: &[Operation]) -> String {
        let verb = |operation: &Operation| operation.label().split(' ').next().unwrap_or_default().to_owned();
        match operations {
            [] => String::new(),
            [only] => only.label(),
            [first, rest @ ..] if rest.iter().all(|other| verb(other) == verb(first)) => {
                format!("{} {} items", verb(first), operations.len())
            }
            several => format!("change {} items", several.len()),
        }
    }

    /// What it is about, e.g. `"python/tests"`.
    pub fn subject(&self) -> &str {
        match self {
            Operation::Move { path, .. }
            | Operation::Rename { path, .. }
            | Operation::Chmod { path, .. }
            | Operation::Mend { path }
            | Operation::Write { path, .. }
            | Operation::Folder { path } => path,
            Operation::Place { source, .. } => source,
            Operation::Link { paths, to } => paths.first().unwrap_or(to),
            Operation::Exclude(scope) | Operation::Include(scope) => scope.subject(),
        }
    }

    /// Whether what another operation is about lies in what this one is about.
    pub fn is_around(&self, other: &Operation) -> bool {
        let several = |operation: &Operation| {
            matches!(
                operation,
                Operation::Exclude(Scope::Paths(_)) | Operation::Include(Scope::Paths(_)) | Operation::Link { .. }
            )
        };
        let differ = self.subject() != other.subject() && !several(self) && !several(other);
        differ && within(other.subject(), self.subject()).is_some()
    }

    /// From where to where, of what gets another path or its first one. An error says what is wrong with the new path.
    pub fn destination(&self) -> Result<Option<(&str, LayerPath)>, Error> {
        let invalid = |found: String| Error::InvalidOperation { found };
        match self {
            Operation::Move { path, to } => {
                let to = LayerPath::new(to).map_err(invalid)?;
                if to.as_str() != path && to.is_within(path) {
                    return Err(invalid(format!("{} can't be moved into itself", quoted(path))));
                }
                Ok(Some((path, to)))
            }
            Operation::Rename { path, name } => {
                if name.contains(['/', '\\']) {
                    return Err(invalid(format!("{} is not a name; expected one without slashes", quoted(name))));
                }
                let name = LayerPath::new(name).map_err(invalid)?;
                Ok(Some((path, LayerPath::join(folder_of(path), name.as_str()))))
            }
            Operation::Place { path, to, .. } if to.is_empty() => Ok(Some((path, LayerPath::root()))),
            Operation::Place { path, to, .. } => Ok(Some((path, LayerPath::new(to).map_err(invalid)?))),
            Operation::Write { path, text } if text.len() > MAX_WRITTEN => Err(invalid(format!(
                "the text for {} has {} bytes; expected at most {MAX_WRITTEN}",
                quoted(path),
                text.len()
            ))),
            Operation::Write { path, .. } | Operation::Folder { path } => {
                Ok(Some((path, LayerPath::new(path).map_err(invalid)?)))
            }
            Operation::Exclude(_)
            | Operation::Include(_)
            | Operation::Mend { .. }
            | Operation::Link { .. }
            | Operation::Chmod { .. } => Ok(None),
        }
    }
}

/// The two modes that a layer's files have: Lambda runs as another user, and needs to read all and start some.
pub fn file_mode(mode: u32) -> u32 {
    if mode & 0o111 != 0 { 0o755 } else { 0o644 }
}
