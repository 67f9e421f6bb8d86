//! Python distributions by their metadata: a `*.dist-info` folder, whose `WHEEL` file lists the tags it was built for.

use super::requirement::Requirement;
use crate::content::ContentError;
use crate::intake::Source;
use crate::license;
use crate::path::{folder_of, within};
use crate::tables::limits::MAX_METADATA;
use crate::tables::python_builds::{DEBUG, FREE_THREADED, GRAALPY, LATER_STABLE, PYPY, PythonBuild};

/// A distribution, such as requests 2.32.3.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Distribution {
    /// Its name as written, e.g. `"requests"`.
    pub name: String,
    /// Its version, e.g. `"2.32.3"`.
    pub version: String,
    /// What it was built for; empty where nothing says it.
    pub tags: Vec<Tag>,
    /// What it needs; empty where its metadata do not say it.
    pub requires: Vec<Requirement>,
    /// The versions of Python that it is for, e.g. `">=3.9"` (`Requires-Python`); empty where its metadata do not say it.
    pub python: String,
    /// Its licenses as its metadata name them.
    pub licenses: Vec<String>,
    /// Where its metadata are in the source, e.g. `"requests-2.32.3.dist-info"`.
    pub dist_info: String,
}

/// A compatibility tag (PEP 425), such as `cp311-cp311-manylinux_2_17_x86_64`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// The interpreter, e.g. `"cp311"` or `"py3"`.
    pub python: String,
    /// The binary interface, e.g. `"cp311"`, `"abi3"` or `"none"`.
    pub abi: String,
    /// The platform, e.g. `"any"` or `"manylinux_2_17_x86_64"`.
    pub platform: String,
}

impl Tag {
    /// The tags of a compressed set such as `py2.py3-none-any` (PEP 425).
    pub fn parse_set(text: &str) -> Vec<Tag> {
        let parts: Vec<&str> = text.split('-').collect();
        let [python, abi, platform] = parts.as_slice() else { return Vec::new() };
        let mut tags = Vec::new();
        for python in python.split('.') {
            for abi in abi.split('.') {
                for platform in platform.split('.') {
                    tags.push(Tag { python: python.into(), abi: abi.into(), platform: platform.into() });
                }
            }
        }
        tags
    }

    /// Whether the interpreter of Python `version` loads it: PEP 425's rules, as far as Lambda's CPython goes.
    pub fn fits_python(&self, version: (u32, u32)) -> bool {
        let (major, minor) = version;
        let number = |text: &str| -> Option<(u32, Option<u32>)> {
            let major = text.get(..1)?.parse().ok()?;
            let minor = text.get(1..).filter(|minor| !minor.is_empty());
            Some((major, minor.map(str::parse).transpose().ok()?))
        };
        if let Some((tag_major, tag_minor)) = self.python.strip_prefix("py").and_then(number) {
            // py3-none-… and py36-none-… promise that this and later versions of the major can run it.
            return self.abi == "none" && tag_major == major && tag_minor.is_none_or(|tag_minor| tag_minor <= minor);
        }
        let Some((tag_major, tag_minor)) = self.python.strip_prefix("cp").and_then(number) else { return false };
        if tag_major != major {
            return false;
        }
        match (self.abi.as_str(), tag_minor) {
            ("abi3", Some(tag_minor)) => major >= 3 && tag_minor <= minor,
            ("abi3" | "none", None) => true,
            ("none", Some(tag_minor)) => tag_minor == minor,
            (abi, Some(tag_minor)) => tag_minor == minor && abi == abi_of(version),
            (_, None) => false,
        }
    }

    /// The build of Python that it is for, where that is not simply a version of CPython's usual one.
    pub fn build(&self) -> Option<&'static PythonBuild> {
        let flags = self.abi.strip_prefix(self.python.as_str()).filter(|_| self.python.starts_with("cp"));
        match flags {
            _ if self.python.starts_with("pp") => Some(PYPY),
            _ if self.python.starts_with("graalpy") => Some(GRAALPY),
            _ if self.abi == "abi3" => Some(LATER_STABLE),
            Some(flags) if flags.contains('t') => Some(FREE_THREADED),
            Some(flags) if flags.contains('d') => Some(DEBUG),
            _ => None,
        }
    }

    /// The version of its interpreter, e.g. `"3.12"` of `cp312-abi3-…`; empty where it names none.
    pub fn version(&self) -> String {
        let digits = self.python.trim_start_matches(|character: char| !character.is_ascii_digit());
        let (major, minor) = digits.split_at_checked(1).unwrap_or_default();
        if minor.is_empty() { major.to_owned() } else { format!("{major}.{minor}") }
    }

    /// The one Python version that it is for, e.g. `(3, 11)` of `cp311-cp311-…`; `None` where it serves several.
    pub fn only_version(&self) -> Option<(u32, u32)> {
        let digits = self.python.strip_prefix("cp")?;
        let (major, minor) = (digits.get(..1)?.parse().ok()?, digits.get(1..)?.parse().ok()?);
        (self.abi != "abi3").then_some((major, minor))
    }
}

impl std::fmt::Display for Tag {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}-{}", self.python, self.abi, self.platform)
    }
}

/// The ABI tag of Lambda's own interpreters, e.g. `"cp311"`, or `"cp37m"` before Python 3.8.
pub fn abi_of((major, minor): (u32, u32)) -> String {
    let suffix = match (major, minor) {
        (2, _) => "mu",
        (3, ..=7) => "m",
        _ => "",
    };
    format!("cp{major}{minor}{suffix}")
}

/// A name as indexes compare it: lower case, runs of `-`, `_` and `.` as one `-` (PEP 503).
pub fn normalise(name: &str) -> String {
    let mut normal = String::new();
    for character in name.chars() {
        match character {
            '-' | '_' | '.' if normal.ends_with('-') => {}
            '-' | '_' | '.' => normal.push('-'),
            other => normal.extend(other.to_lowercase()),
        }
    }
    normal
}

/// The distributions whose metadata lie directly in a folder of the source.
pub fn find(source: &Source, at: &str, entries: &[usize]) -> Vec<Distribution> {
    find_where(source, entries, |folder| folder_of(folder) == at)
}

/// The distributions whose metadata lie anywhere below.
pub fn find_below(source: &Source, entries: &[usize]) -> Vec<Distribution> {
    find_where(source, entries, |_| true)
}

fn find_where(source: &Source, entries: &[usize], wanted: impl Fn(&str) -> bool) -> Vec<Distribution> {
    entries
        .iter()
        .filter_map(|index| source.entries.get(*index))
        .filter_map(|entry| {
            let folder = entry.path.strip_suffix("/METADATA")?;
            let stem = folder.strip_suffix(".dist-info").filter(|_| wanted(folder))?;
            let (name, version) = crate::path::file_name(stem).rsplit_once('-')?;
            let tags = read_wheel_file(source, folder).unwrap_or_default();
            let metadata = read_metadata(source, &entry.path).ok().flatten().unwrap_or_default();
            let (requires, licenses) = (requirements(&metadata), license::of_metadata(headers(&metadata)));
            let python = requires_python(&metadata);
            let (name, version, dist_info) = (name.into(), version.into(), folder.into());
            Some(Distribution { name, version, tags, requires, python, licenses, dist_info })
        })
        .collect()
}

/// The tags that a `WHEEL` file lists.
fn read_wheel_file(source: &Source, dist_info: &str) -> Option<Vec<Tag>> {
    let text = read_metadata(source, &format!("{dist_info}/WHEEL")).ok().flatten()?;
    Some(headers(&text).filter(|(key, _)| *key == "Tag").flat_map(|(_, value)| Tag::parse_set(value)).collect())
}

/// What a `METADATA` file says that the distribution needs.
pub fn requirements(metadata: &str) -> Vec<Requirement> {
    let needed = headers(metadata).filter(|(key, _)| key.eq_ignore_ascii_case("Requires-Dist"));
    needed.filter_map(|(_, value)| Requirement::parse(value)).collect()
}

/// The versions of Python that a `METADATA` file names.
pub fn requires_python(metadata: &str) -> String {
    let named = headers(metadata).find(|(key, _)| key.eq_ignore_ascii_case("Requires-Python"));
    named.map_or_else(String::new, |(_, value)| value.to_owned())
}

/// A small text file of the source; `None` where it isn't there, is too large, or is not UTF-8.
pub fn read_metadata(source: &Source, path: &str) -> Result<Option<String>, ContentError> {
    let Ok(index) = source.entries.binary_search_by(|entry| entry.path.as_str().cmp(path)) else { return Ok(None) };
    let Some(entry) = source.entries.get(index) else { return Ok(None) };
    Ok(entry.content.read(MAX_METADATA)?.and_then(|bytes| String::from_utf8(bytes).ok()))
}

/// The `Key: value` lines before the first empty line (the core metadata format). A line that begins with a space goes on
/// with the value before it, even where it holds nothing else, as in the text of a license.
pub fn headers(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.lines()
        .take_while(|line| !line.is_empty())
        .filter(|line| !line.starts_with([' ', '\t']))
        .filter_map(|line| line.split_once(':'))
        .map(|(key, value)| (key.trim(), value.trim()))
}

impl Distribution {
    /// Whether a path of the source belongs to its metadata.
    pub fn owns_metadata(&self, path: &str) -> bool {
        within(path, &self.dist_info).is_some()
    }
}
