//! What stops the work, and what keeps a source out of it.
//!
//! Trouble that a person can act on while the work goes on is a [`Finding`](crate::error); an [`Error`] ends a
//! single call and leaves the session as it was.

use std::fmt;

use crate::tables::codes::Code;

/// Why a call could not be done.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// A source no longer is what it was when it was added.
    SourceChanged {
        /// The source's path, as dropped.
        source: String,
        /// What was found.
        found: String,
    },
    /// A source's bytes can't be read.
    UnreadableSource {
        /// The source's path, as dropped.
        source: String,
        /// What the reader said.
        found: String,
    },
    /// An archive's member is not what its directory says.
    DamagedSource {
        /// The archive's path, as dropped.
        source: String,
        /// The member's name.
        entry: String,
        /// What was found.
        found: String,
    },
    /// There is nothing to pack.
    EmptyLayer,
    /// An operation names a path that the layer doesn't have.
    UnknownPath {
        /// The path.
        path: String,
    },
    /// An operation can't be carried out as it was given.
    InvalidOperation {
        /// What is wrong with it, and what was expected.
        found: String,
    },
    /// What was pasted is not AWS's answer about this layer.
    InvalidAnswer {
        /// What was found, and what was expected.
        found: String,
    },
    /// A recipe can't be read.
    InvalidRecipe {
        /// What was found, and what was expected.
        found: String,
    },
    /// The zip's writer refused.
    Packing {
        /// The path that was being written.
        path: String,
        /// What it said.
        found: String,
    },
    /// Two workers were lost over one file.
    PackerCrashed {
        /// The file's path in the layer.
        path: String,
    },
}

impl Error {
    /// The stable name, e.g. `"SourceChangedError"`.
    pub fn name(&self) -> &'static str {
        match self {
            Error::SourceChanged { .. } => "SourceChangedError",
            Error::UnreadableSource { .. } => "UnreadableSourceError",
            Error::DamagedSource { .. } => "DamagedSourceError",
            Error::EmptyLayer => "EmptyLayerError",
            Error::UnknownPath { .. } => "UnknownPathError",
            Error::InvalidOperation { .. } => "InvalidOperationError",
            Error::InvalidAnswer { .. } => "InvalidAnswerError",
            Error::InvalidRecipe { .. } => "InvalidRecipeError",
            Error::Packing { .. } => "PackingError",
            Error::PackerCrashed { .. } => "PackerCrashedError",
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::SourceChanged { source, found } => {
                write!(f, "{source} is no longer what was added: {found}; add it again")
            }
            Error::UnreadableSource { source, found } => write!(f, "{source} can't be read: {found}; add it again"),
            Error::DamagedSource { source, entry, found } => {
                write!(f, "{source} is damaged at {entry}: {found}; download or build it again")
            }
            Error::EmptyLayer => write!(f, "the layer holds no file, and AWS refuses an empty zip; add files"),
            Error::UnknownPath { path } => {
                write!(f, "the layer has no {path:?}; expected the path of a file or folder in it")
            }
            Error::InvalidOperation { found } | Error::InvalidAnswer { found } | Error::InvalidRecipe { found } => {
                f.write_str(found)
            }
            Error::PackerCrashed { path } => {
                write!(f, "two workers stopped while they packed {path}; close what else takes memory, or leave it out")
            }
            Error::Packing { path, found } => write!(f, "{path} can't be written into the zip: {found}"),
        }
    }
}

impl std::error::Error for Error {}

/// Why a source was refused as a whole: nothing of it enters the layer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The stable code.
    pub code: &'static Code,
    /// The entry's name as it was found; empty where the whole source is meant.
    pub entry: String,
    /// What was found and what was expected.
    pub message: String,
}

impl Refusal {
    /// A refusal of the source as such.
    pub fn whole(code: &'static Code, message: impl Into<String>) -> Refusal {
        Refusal { code, entry: String::new(), message: message.into() }
    }

    /// A refusal because of one entry.
    pub fn entry(code: &'static Code, entry: impl Into<String>, message: impl Into<String>) -> Refusal {
        Refusal { code, entry: entry.into(), message: message.into() }
    }
}

/// Something odd that could be read in one way only: it was normalised, and is listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The stable code.
    pub code: &'static Code,
    /// The entry's name as it was found; empty where the whole source is meant.
    pub entry: String,
    /// What was found and what was made of it.
    pub message: String,
}

impl Note {
    /// A note about one entry, or about the whole source where `entry` is empty.
    pub fn new(code: &'static Code, entry: impl Into<String>, message: impl Into<String>) -> Note {
        Note { code, entry: entry.into(), message: message.into() }
    }
}
