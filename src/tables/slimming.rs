//! What a layer works without, in groups that are left out together.
//!
//! Sources: PEP 3147 (`__pycache__`), PEP 561 (`.pyi`), the source map format (ECMA-426), and what each ecosystem calls
//! its tests, examples and documents; checked on 2026-11-28. Names alone never decide about code: what looks like tests
//! or examples stays if anything else in the layer imports it.

use super::runtimes::Language;

/// Things of a kind that a layer works without.
#[derive(Debug, PartialEq, Eq)]
pub struct Group {
    /// The public name, kebab-case, e.g. `"type-stubs"`.
    pub id: &'static str,
    /// What a person reads, e.g. `"Type stubs"`.
    pub title: &'static str,
    /// Why the layer works without it, and what is lost.
    pub why: &'static str,
    /// Whether it can be left out unseen; else it is the person's decision.
    pub safe: bool,
}

macro_rules! groups {
    ($($name:ident { id: $id:literal, title: $title:literal, safe: $safe:literal, why: $why:literal })*) => {
        $(
            #[doc = $title]
            pub const $name: &Group = &Group { id: $id, title: $title, why: $why, safe: $safe };
        )*
        /// Every group.
        pub const GROUPS: &[&Group] = &[$($name),*];
    };
}

groups! {
    CACHES { id: "caches", title: "Caches", safe: true,
        why: "Python compares a compiled file with the time of its source, and all files of a layer have one time: it would compile again anyway. Gems that are installed do not need the archives they came in." }
    OTHER_PLATFORMS { id: "other-platforms", title: "Builds for other platforms", safe: true,
        why: "The package picks the build that fits when it is loaded, and brings it; these are for other systems, processors or versions." }
    TESTS { id: "tests", title: "Tests", safe: true,
        why: "Nothing else in the layer imports them." }
    EXAMPLES { id: "examples", title: "Examples and benchmarks", safe: true,
        why: "Nothing else in the layer imports them." }
    DOCUMENTS { id: "documents", title: "Documents", safe: true,
        why: "They are for people. Licenses and metadata stay." }
    TYPE_STUBS { id: "type-stubs", title: "Type stubs", safe: true,
        why: "Only editors and type checkers read them." }
    SOURCE_MAPS { id: "source-maps", title: "Source maps", safe: true,
        why: "Only debuggers read them, and Node.js if it is started with --enable-source-maps." }
    SOURCES { id: "sources", title: "Sources of compiled code", safe: true,
        why: "Only a compiler reads them, and Lambda has none." }
    STATIC_LIBRARIES { id: "static-libraries", title: "Static libraries", safe: true,
        why: "Only a linker that builds something reads them." }
    SDK { id: "sdk", title: "The AWS SDK", safe: false,
        why: "The runtime brings one. It is of another version, and AWS changes it from time to time: leave it out only if the function works with any." }
}

/// A folder whose content belongs together.
#[derive(Debug)]
pub struct Folder {
    /// The language in whose packages it counts: directly in an npm package or a gem, in Python at any depth.
    pub language: Language,
    /// Its names.
    pub names: &'static [&'static str],
    /// What it holds.
    pub group: &'static Group,
}

/// Folders by their names.
#[rustfmt::skip]
pub const FOLDERS: &[Folder] = &[
    Folder { language: Language::Python, names: &["SelfTest", "test", "tests"], group: TESTS },
    Folder { language: Language::Python, names: &["_examples", "benchmarks", "demo", "demos", "example", "examples"], group: EXAMPLES },
    Folder { language: Language::Python, names: &["doc", "docs"], group: DOCUMENTS },
    Folder { language: Language::NodeJs, names: &["__tests__", "test", "tests"], group: TESTS },
    Folder { language: Language::NodeJs, names: &["bench", "benchmark", "benchmarks", "demo", "demos", "example", "examples"], group: EXAMPLES },
    Folder { language: Language::NodeJs, names: &["doc", "docs", "man"], group: DOCUMENTS },
    Folder { language: Language::Ruby,   names: &["features", "spec", "test", "tests"], group: TESTS },
    Folder { language: Language::Ruby,   names: &["benchmark", "benchmarks", "demo", "example", "examples"], group: EXAMPLES },
    Folder { language: Language::Ruby,   names: &["doc", "docs", "man"], group: DOCUMENTS },
];

/// The names of folders that can hold documents alone.
pub fn folders_of_documents() -> impl Iterator<Item = &'static str> {
    FOLDERS.iter().filter(|row| row.group == DOCUMENTS).flat_map(|row| row.names).copied()
}

/// Whether a file is a document by its name, in whatever folder.
pub fn is_document(name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let upper = name.to_ascii_uppercase();
    DOCUMENT_NAMES.iter().any(|begin| upper.starts_with(begin))
        && (!name.contains('.') || DOCUMENT_ENDINGS.contains(&ending))
}

/// The names of all folders that can hold code, which other code could use.
pub fn folders_of_code() -> Vec<&'static str> {
    let rows = FOLDERS.iter().filter(|row| row.group != DOCUMENTS);
    rows.flat_map(|row| row.names).copied().collect()
}

/// Files by the endings of their names.
#[derive(Debug)]
pub struct Ending {
    /// The language in whose folders it counts; `None` for all.
    pub language: Option<Language>,
    /// The endings.
    pub endings: &'static [&'static str],
    /// What such files are.
    pub group: &'static Group,
}

/// Files by their endings, the first that fits.
#[rustfmt::skip]
pub const ENDINGS: &[Ending] = &[
    Ending { language: Some(Language::Python), endings: &[".pyi"], group: TYPE_STUBS },
    Ending { language: Some(Language::NodeJs), endings: &[".d.ts", ".d.mts", ".d.cts", ".js.flow", ".tsbuildinfo"], group: TYPE_STUBS },
    Ending { language: None, endings: &[".js.map", ".mjs.map", ".cjs.map", ".css.map", ".ts.map", ".mts.map", ".cts.map"], group: SOURCE_MAPS },
    Ending { language: Some(Language::Java), endings: &["-sources.jar", "-javadoc.jar"], group: DOCUMENTS },
    Ending { language: Some(Language::Python), endings: &[".c", ".cc", ".cpp", ".cxx", ".h", ".hh", ".hpp", ".hxx", ".pxd", ".pxi", ".pyx", ".f", ".f90"], group: SOURCES },
    Ending { language: Some(Language::NodeJs), endings: &[".c", ".cc", ".cpp", ".cxx", ".h", ".hh", ".hpp", ".hxx", ".gyp", ".gypi"], group: SOURCES },
    Ending { language: Some(Language::Ruby), endings: &[".c", ".cc", ".cpp", ".cxx", ".h", ".hh", ".hpp", ".java", ".rl", "/mkmf.log", "/gem_make.out"], group: SOURCES },
    Ending { language: None, endings: &[".a", ".la", ".o"], group: STATIC_LIBRARIES },
];

/// npm packages that read their own types when they run: the compiler has those of the language in them.
pub const STUBS_READ: &[&str] = &["typescript"];

/// Documents that lie directly in a package, by the beginnings of their names in capitals.
pub const DOCUMENT_NAMES: &[&str] = &[
    "CHANGELOG",
    "CHANGES",
    "CODE_OF_CONDUCT",
    "CONTRIBUTING",
    "HISTORY",
    "MIGRATION",
    "README",
    "RELEASE",
    "SECURITY",
    "UPGRADING",
];

/// Endings of documents.
pub const DOCUMENT_ENDINGS: &[&str] = &["markdown", "md", "rdoc", "rst", "txt"];

/// Endings of what is run or read by code: a folder that holds such files holds more than documents.
pub const CODE_ENDINGS: &[&str] =
    &["cjs", "jar", "js", "json", "mjs", "node", "py", "pyc", "rb", "sh", "so", "toml", "ts", "wasm", "yaml", "yml"];

/// What is never left out, by the beginnings of the names in capitals: licenses, and what stands in for them.
pub const KEPT_NAMES: &[&str] =
    &["AUTHORS", "COPYING", "COPYRIGHT", "EULA", "LICENCE", "LICENSE", "NOTICE", "PATENTS", "UNLICENSE"];

/// Endings of folders of metadata, by which installers, scanners and the packages themselves find a package.
pub const METADATA_FOLDERS: &[&str] = &[".dist-info", ".egg-info"];

/// The AWS SDK of a language as packages of a layer, each with what belongs to it alone.
pub const SDK_PACKAGES: &[(Language, &[&str])] =
    &[(Language::Python, &["boto3", "botocore", "s3transfer"]), (Language::NodeJs, &["@aws-sdk", "aws-sdk"])];
