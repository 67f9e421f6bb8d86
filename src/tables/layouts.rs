//! Where each language looks under `/opt`.
//!
//! Source: <https://docs.aws.amazon.com/lambda/latest/dg/packaging-layers.html>, and the search paths that the runtimes
//! really set; checked on 2026-11-23.

use super::runtimes::{Language, Runtime};

/// Whether a language's one folder for all versions is used, or the folder of one version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// One folder that every version of the language searches, e.g. `python`.
    Flat,
    /// The folder that only one version searches, e.g. `python/lib/python3.12/site-packages`.
    Versioned,
}

/// A folder under `/opt` that a runtime searches.
#[derive(Debug)]
pub struct Folder {
    /// Whose folder it is.
    pub language: Language,
    /// Which of the language's two layouts it belongs to.
    pub layout: Layout,
    /// The folder, with `{version}` for the language's version or `{major}` for its first number.
    pub path: &'static str,
}

/// Every folder that content of a language may go to.
#[rustfmt::skip]
pub const FOLDERS: &[Folder] = &[
    Folder { language: Language::Python, layout: Layout::Flat,      path: "python" },
    Folder { language: Language::Python, layout: Layout::Versioned, path: "python/lib/python{version}/site-packages" },
    Folder { language: Language::NodeJs, layout: Layout::Flat,      path: "nodejs/node_modules" },
    Folder { language: Language::NodeJs, layout: Layout::Versioned, path: "nodejs/node{major}/node_modules" },
    Folder { language: Language::Ruby,   layout: Layout::Flat,      path: "ruby/lib" },
    Folder { language: Language::Ruby,   layout: Layout::Versioned, path: "ruby/gems/{version}.0" },
    // The runtime's class loader looks for jars directly in this folder, whatever the version.
    Folder { language: Language::Java,   layout: Layout::Flat,      path: "java/lib" },
];

/// Folders at the top of a layer that Lambda or a runtime looks into, whatever the language.
/// A tree that has one of these at its top is laid out as a layer already.
pub const LAYER_TOPS: &[&str] = &["extensions", "java", "nodejs", "python", "ruby"];

/// Files are started from here: `/opt/bin` is the last entry of `PATH`.
pub const BIN: &str = "bin";

/// Shared libraries are searched here: `/opt/lib` is the last entry of `LD_LIBRARY_PATH`.
pub const LIB: &str = "lib";

/// Lambda starts every file in it as an external extension.
pub const EXTENSIONS: &str = "extensions";

/// Lambda starts this file, in the function or a layer, where the runtime is a custom one.
pub const BOOTSTRAP: &str = "bootstrap";

/// Folders whose files Lambda or a shell starts, and which therefore need the execute bit.
pub const EXECUTABLE_FOLDERS: &[&str] = &["bin", "extensions"];

/// C headers of a wheel: no runtime reads them, so they keep the place that the `headers` scheme has under a prefix.
pub const INCLUDE: &str = "include";

impl Layout {
    /// Every layout, the default first.
    pub const ALL: &[Layout] = &[Layout::Flat, Layout::Versioned];

    /// The setting's value, e.g. `"flat"`.
    pub fn id(self) -> &'static str {
        match self {
            Layout::Flat => "flat",
            Layout::Versioned => "versioned",
        }
    }

    /// What a person chooses.
    pub fn label(self) -> &'static str {
        match self {
            Layout::Flat => "One folder for all versions",
            Layout::Versioned => "A folder for each version",
        }
    }

    /// What the choice means.
    pub fn help(self) -> &'static str {
        match self {
            Layout::Flat => "Every version of the language finds the files.",
            Layout::Versioned => {
                "Only the chosen versions find the files; content for several versions can lie side by side."
            }
        }
    }

    /// The layout of that setting's value.
    pub fn find(id: &str) -> Option<Layout> {
        Layout::ALL.iter().copied().find(|layout| layout.id() == id)
    }
}

/// The folder that every version of a language searches, e.g. `"python"`.
pub fn flat_folder(language: Language) -> Option<&'static str> {
    FOLDERS.iter().find(|folder| folder.language == language && folder.layout == Layout::Flat).map(|folder| folder.path)
}

/// The folder that only this runtime searches, e.g. `"python/lib/python3.12/site-packages"`.
pub fn versioned_folder(runtime: &Runtime) -> Option<String> {
    FOLDERS.iter().find(|folder| folder.language == runtime.language && folder.layout == Layout::Versioned).map(
        |folder| {
            let major = runtime.numbers().0.to_string();
            folder.path.replace("{version}", runtime.version).replace("{major}", &major)
        },
    )
}

/// The folder of one version that a path lies in, of Python or Node.js, whether there is such a version or not:
/// `"nodejs/node18/node_modules"` for `"nodejs/node18/node_modules/axios/index.js"`.
pub fn versions_folder(path: &str) -> Option<(Language, &str)> {
    let versioned =
        FOLDERS.iter().filter(|folder| folder.layout == Layout::Versioned && folder.language != Language::Ruby);
    versioned.into_iter().find_map(|folder| {
        let (before, rest) = folder.path.split_once('{')?;
        let (_, after) = rest.split_once('}')?;
        let version = path.strip_prefix(before)?.split('/').next()?;
        let numbers = !version.is_empty() && version.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        let length = before.len() + version.len() + after.len();
        let inside =
            path.get(before.len() + version.len()..length) == Some(after) && path.get(length..)?.starts_with('/');
        (numbers && inside).then(|| path.get(..length)).flatten().map(|found| (folder.language, found))
    })
}

/// Whether a folder bears the name of one Python version, e.g. `"python3.12"`.
pub fn is_versioned_python(name: &str) -> bool {
    let minor = name.strip_prefix("python3.").unwrap_or("");
    !minor.is_empty() && minor.bytes().all(|byte| byte.is_ascii_digit())
}

/// Installed gems lie here, in a folder for each version of Ruby's binary interface.
pub const GEMS: &str = "ruby/gems";

/// The folder of loose Ruby code, which `RUBYLIB` names for every version.
pub fn ruby_lib() -> &'static str {
    flat_folder(Language::Ruby).unwrap_or_default()
}

/// Whether a folder bears the name of one version of Ruby's binary interface, e.g. `"3.4.0"`.
pub fn is_ruby_api(name: &str) -> bool {
    let parts: Vec<&str> = name.split('.').collect();
    let is_number = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    matches!(parts.as_slice(), [_, _, "0"]) && parts.iter().all(is_number)
}
