//! Messages that a layer gone wrong makes others say: of runtimes when a function runs, of AWS when it is published.
//!
//! Sources: each row names where its message is documented or was seen; all looked up on 2026-11-28.

mod native;
mod publishing;
mod running;

use super::rules::Rule;
use super::runtimes::Language;

/// A message, what it means and what to do.
#[derive(Debug)]
pub struct Message {
    /// The public id, kebab-case, never renamed, e.g. `"python-module-missing"`.
    pub id: &'static str,
    /// What it says, with gaps: `"No module named '{name}'"`. Any of them is enough.
    pub patterns: &'static [&'static str],
    /// What it means; what the gaps hold can stand in it.
    pub what: &'static str,
    /// Where it comes from.
    pub why: &'static str,
    /// What to do.
    pub how: &'static str,
    /// What its gap `name` names, to be looked for in the layer.
    pub about: About,
    /// The rules whose findings tell of the same.
    pub rules: &'static [&'static Rule],
    /// Where the message is documented, or was seen.
    pub source: &'static str,
}

/// What a message is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// A module or package that a runtime imports, e.g. `"numpy.linalg"` or `"@aws-sdk/client-s3"`.
    Module(Language),
    /// A shared library, e.g. `"libGL.so.1"`.
    Library,
    /// A class of Java, e.g. `"com.example.App"`.
    Class,
    /// A file or a program, e.g. `"/opt/bin/tool"` or `"ffmpeg"`.
    File,
    /// The size unpacked; its gap `limit` is what was left for it.
    Unzipped,
    /// The size of the zip.
    Zipped,
    /// What lies at paths with that in them, e.g. `"extensions/"`.
    Under(&'static str),
    /// The layer as a whole.
    Layer,
    /// Nothing that could be in a layer.
    Nothing,
    /// What other messages are told around; counts only where none of them is there.
    Frame,
}

/// Every message; of two that overlap in a text, the one that stands first here is meant.
pub const MESSAGES: &[&[Message]] = &[native::MESSAGES, running::MESSAGES, publishing::MESSAGES];

/// What is said of a text in which none of them was found.
pub const NOT_KNOWN: &Message = &Message {
    id: "not-known",
    patterns: &[],
    what: "This message is not known here.",
    why: "It says nothing that is recognised as the work of a layer; it can be the function's own.",
    how: "Paste all of it, with the lines before: the first error is often above the last one. The findings tell what is known to fail.",
    about: About::Nothing,
    rules: &[],
    source: "",
};

/// Names of distributions whose modules are called otherwise: the module, then the name to install.
///
/// Source: the packages' pages on PyPI; checked on 2026-11-28.
pub const INSTALLED_AS: &[(&str, &str)] = &[
    ("Crypto", "pycryptodome"),
    ("MySQLdb", "mysqlclient"),
    ("OpenSSL", "pyOpenSSL"),
    ("PIL", "pillow"),
    ("attr", "attrs"),
    ("bs4", "beautifulsoup4"),
    ("cv2", "opencv-python-headless"),
    ("dateutil", "python-dateutil"),
    ("docx", "python-docx"),
    ("dotenv", "python-dotenv"),
    ("fitz", "pymupdf"),
    ("google", "protobuf"),
    ("jose", "python-jose"),
    ("jwt", "pyjwt"),
    ("magic", "python-magic"),
    ("psycopg2", "psycopg2-binary"),
    ("serial", "pyserial"),
    ("skimage", "scikit-image"),
    ("sklearn", "scikit-learn"),
    ("yaml", "pyyaml"),
];
