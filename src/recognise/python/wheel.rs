//! Wheels: what their file name promises and whether their content keeps it (PEP 427, and the binary distribution
//! format of <https://packaging.python.org/en/latest/specifications/binary-distribution-format/>).

use std::rc::Rc;

use super::distribution::{Distribution, Tag, headers, normalise, read_metadata, requirements, requires_python};
use super::pth;
use crate::content::{Content, ContentError};
use crate::error::{Note, Refusal};
use crate::intake::Source;
use crate::license;
use crate::order::{BTreeMap, BTreeSet};
use crate::recognise::{Kind, Recognised};
use crate::tables::codes;
use crate::words::{grouped, quoted};

/// What a wheel's file name says, e.g. of `numpy-2.1.0-cp311-cp311-manylinux_2_17_x86_64.whl`.
#[derive(Debug, PartialEq, Eq)]
pub struct WheelName {
    /// The distribution, e.g. `"numpy"`.
    pub name: String,
    /// Its version, e.g. `"2.1.0"`.
    pub version: String,
    /// What it was built for, every combination of a compressed set.
    pub tags: Vec<Tag>,
}

impl WheelName {
    /// Reads `NAME-VERSION(-BUILD)?-PYTHON-ABI-PLATFORM.whl`; an error says what is wrong.
    pub fn parse(file: &str) -> Result<WheelName, String> {
        let wrong = |what: &str| {
            format!("{} {what}; expected a name such as \"requests-2.32.3-py3-none-any.whl\"", quoted(file))
        };
        let stem = file.len().checked_sub(4).and_then(|end| file.split_at_checked(end)).map_or(file, |(stem, _)| stem);
        let parts: Vec<&str> = stem.split('-').collect();
        let (name, version, build, tags) = match parts.as_slice() {
            [name, version, python, abi, platform] => (name, version, None, [python, abi, platform]),
            [name, version, build, python, abi, platform] => (name, version, Some(build), [python, abi, platform]),
            _ => return Err(wrong("does not have the parts of a wheel's name")),
        };
        let plain = |text: &str, more: &str| {
            !text.is_empty()
                && text.chars().all(|character| character.is_ascii_alphanumeric() || more.contains(character))
        };
        if !plain(name, "._") {
            return Err(wrong("has a name with other characters than letters, digits, dots and underscores"));
        }
        if !plain(version, "._+!") {
            return Err(wrong("has a version that is not one"));
        }
        if build.is_some_and(|build| !build.starts_with(|character: char| character.is_ascii_digit())) {
            return Err(wrong("has a build tag that does not begin with a digit"));
        }
        if !tags.iter().all(|tag| plain(tag, "._")) {
            return Err(wrong("has tags with other characters than letters, digits, dots and underscores"));
        }
        let tags = Tag::parse_set(&tags.map(|tag| *tag).join("-"));
        Ok(WheelName { name: (*name).into(), version: (*version).into(), tags })
    }
}

/// What claims to be a wheel by its name: a wheel, or why it is none.
pub fn tell(source: &Rc<Source>) -> Option<Recognised> {
    source.name.to_ascii_lowercase().ends_with(".whl").then(|| match check(source) {
        Ok(checked) => wheel(source, checked),
        Err(refusal) => Recognised::refused(source, refusal),
    })
}

fn wheel(source: &Rc<Source>, (distribution, unrecorded, mended): Checked) -> Recognised {
    let mut wheel =
        Recognised::new(source, Kind::Wheel, &distribution.name, "it is a wheel by its name and its metadata");
    wheel.version.clone_from(&distribution.version);
    wheel.entries = (0..source.entries.len()).collect();
    wheel.mended = mended;
    wheel.distributions = vec![distribution];
    wheel.notes.extend(unrecorded);
    wheel.notes.extend(pth::notes(source, &wheel.entries, ""));
    wheel
}

type Checked = (Distribution, Vec<Note>, BTreeMap<usize, Content>);

fn check(source: &Source) -> Result<Checked, Refusal> {
    let named = WheelName::parse(source.file_name()).map_err(|what| Refusal::whole(codes::WHEEL_NAME, what))?;
    let dist_info = dist_info(source, &named)?;
    let text = |file: &str| -> Result<String, Refusal> {
        let path = format!("{dist_info}/{file}");
        match read_metadata(source, &path) {
            Ok(Some(text)) => Ok(text),
            Ok(None) => Err(Refusal::entry(
                codes::WHEEL_INCOMPLETE,
                &path,
                format!("it has no readable {path}; every wheel has one"),
            )),
            Err(ContentError::Damaged(found)) => {
                Err(Refusal::entry(codes::BAD_DATA, &path, format!("{} is damaged: {found}", quoted(&path))))
            }
            Err(ContentError::Read(_)) => {
                Err(Refusal::entry(codes::UNREADABLE, &path, format!("{} can't be read", quoted(&path))))
            }
        }
    };
    let wheel = text("WHEEL")?;
    let format = headers(&wheel).find(|(key, _)| *key == "Wheel-Version").map_or("", |(_, value)| value);
    if format.split('.').next() != Some("1") {
        return Err(Refusal::entry(
            codes::WHEEL_VERSION,
            format!("{dist_info}/WHEEL"),
            format!("its Wheel-Version is {}; expected 1.x", quoted(format)),
        ));
    }
    let metadata = text("METADATA")?;
    let (requires, licenses) = (requirements(&metadata), license::of_metadata(headers(&metadata)));
    let unrecorded = check_record(source, &dist_info, &text("RECORD")?)?;
    check_schemes(source, &dist_info)?;
    let mended = mend_scripts(source, &dist_info)?;
    let python = requires_python(&metadata);
    let (name, version, tags) = (named.name, named.version, named.tags);
    Ok((Distribution { name, version, tags, requires, python, licenses, dist_info }, unrecorded, mended))
}

/// The one metadata folder, which must bear the wheel's own name.
fn dist_info(source: &Source, named: &WheelName) -> Result<String, Refusal> {
    let folders: BTreeSet<&str> = source
        .entries
        .iter()
        .filter_map(|entry| entry.path.split_once('/'))
        .map(|(top, _)| top)
        .filter(|top| top.ends_with(".dist-info"))
        .collect();
    let wrong = |what: String| Err(Refusal::whole(codes::WHEEL_DIST_INFO, what));
    let folder = match folders.iter().collect::<Vec<_>>().as_slice() {
        [folder] => (**folder).to_owned(),
        [] => return wrong("it has no *.dist-info folder; every wheel has one".into()),
        several => return wrong(format!("it has {} *.dist-info folders; expected one", several.len())),
    };
    let stem = folder.strip_suffix(".dist-info").unwrap_or(&folder);
    let (name, version) = stem.rsplit_once('-').unwrap_or((stem, ""));
    if normalise(name) != normalise(&named.name) || !same_version(version, &named.version) {
        return wrong(format!(
            "its metadata are {folder}; expected {}-{}.dist-info by its file name",
            named.name, named.version
        ));
    }
    Ok(folder)
}

/// Versions that differ only in how they are written, as `1.0` and `1.0.0`, are the same (PEP 440).
fn same_version(a: &str, b: &str) -> bool {
    let normal = |version: &str| -> String {
        let version = version.to_ascii_lowercase().replace(['-', '_'], ".");
        let public = version.split('+').next().unwrap_or("").trim_start_matches('v').to_owned();
        let parts: Vec<&str> = public.split('.').collect();
        let kept = parts.iter().rposition(|part| *part != "0").map_or(0, |last| last + 1);
        let numbers: Vec<String> = parts
            .iter()
            .take(kept)
            .map(|part| part.parse::<u64>().map_or((*part).to_owned(), |number| number.to_string()))
            .collect();
        numbers.join(".")
    };
    normal(a) == normal(b)
}

/// RECORD lists each file with its size (PEP 376): what it lists must be there. Signatures and RECORD itself are free.
fn check_record(source: &Source, dist_info: &str, record: &str) -> Result<Vec<Note>, Refusal> {
    let mut listed = BTreeSet::new();
    for line in record.lines().filter(|line| !line.trim().is_empty()) {
        let fields = csv_fields(line);
        let path = fields.first().map(|path| path.replace('\\', "/")).unwrap_or_default();
        let size = fields.get(2).and_then(|size| size.trim().parse::<u64>().ok());
        let found = source.entries.binary_search_by(|entry| entry.path.as_str().cmp(&path)).ok();
        let Some(entry) = found.and_then(|index| source.entries.get(index)) else {
            if path.ends_with('/') || is_free(&path, dist_info) {
                continue;
            }
            return Err(Refusal::entry(
                codes::WHEEL_RECORD,
                &path,
                format!("its RECORD lists {}, which is not in it", quoted(&path)),
            ));
        };
        if let Some(size) = size
            && size != entry.content.size()
        {
            let found = entry.content.size();
            return Err(Refusal::entry(
                codes::WHEEL_RECORD,
                &path,
                format!("{} has {} bytes; its RECORD says {}", quoted(&path), grouped(found), grouped(size)),
            ));
        }
        // A file that is listed without a hash is as good as not listed: the format asks for one.
        if fields.get(1).is_some_and(|hash| !hash.trim().is_empty()) {
            listed.insert(path);
        }
    }
    Ok(source
        .entries
        .iter()
        .filter(|entry| !listed.contains(&entry.path) && !is_free(&entry.path, dist_info))
        .map(|entry| {
            Note::new(
                codes::WHEEL_UNRECORDED,
                &entry.path,
                format!("{} is not in the wheel's RECORD, or without a hash", quoted(&entry.path)),
            )
        })
        .collect())
}

fn is_free(path: &str, dist_info: &str) -> bool {
    ["RECORD", "RECORD.jws", "RECORD.p7s"].iter().any(|name| path == format!("{dist_info}/{name}"))
}

/// The fields of a line of comma-separated values, with `"` around those that hold a comma (RFC 4180).
fn csv_fields(line: &str) -> Vec<String> {
    let (mut fields, mut field, mut inside) = (Vec::new(), String::new(), false);
    let mut characters = line.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '"' if inside && characters.peek() == Some(&'"') => {
                field.push('"');
                characters.next();
            }
            '"' => inside = !inside,
            ',' if !inside => fields.push(std::mem::take(&mut field)),
            other => field.push(other),
        }
    }
    fields.push(field);
    fields
}

/// The schemes of a `.data` folder that an installer knows.
pub const SCHEMES: &[&str] = &["purelib", "platlib", "scripts", "data", "headers"];

/// The scheme and the rest of a path below the wheel's `.data` folder.
pub fn data_path<'a>(path: &'a str, dist_info: &str) -> Option<(&'a str, &'a str)> {
    let stem = dist_info.strip_suffix(".dist-info")?;
    let rest = path.strip_prefix(stem)?.strip_prefix(".data/")?;
    Some(rest.split_once('/').unwrap_or((rest, "")))
}

fn check_schemes(source: &Source, dist_info: &str) -> Result<(), Refusal> {
    for entry in &source.entries {
        if let Some((scheme, rest)) = data_path(&entry.path, dist_info)
            && (!SCHEMES.contains(&scheme) || rest.is_empty())
        {
            return Err(Refusal::entry(
                codes::WHEEL_DATA_SCHEME,
                &entry.path,
                format!("{} is for {scheme:?}; expected one of {}", quoted(&entry.path), SCHEMES.join(", ")),
            ));
        }
    }
    Ok(())
}

/// The scripts whose first line names no interpreter yet: a wheel leaves `#!python` for the installer to fill in.
fn mend_scripts(source: &Source, dist_info: &str) -> Result<BTreeMap<usize, Content>, Refusal> {
    let mut mended = BTreeMap::new();
    for (index, entry) in source.entries.iter().enumerate() {
        if data_path(&entry.path, dist_info).is_none_or(|(scheme, _)| scheme != "scripts") {
            continue;
        }
        let head = entry.content.head(LONGEST_SHEBANG).map_err(|_| {
            Refusal::entry(codes::BAD_DATA, &entry.path, format!("{} can't be read whole", quoted(&entry.path)))
        })?;
        if let Some((line, skip)) = mend_shebang(&head) {
            let content = Content::Mended { head: line.into(), skip, rest: Rc::new(entry.content.clone()) };
            mended.insert(index, content);
        }
    }
    Ok(mended)
}

const LONGEST_SHEBANG: usize = 256;

/// A first line that Lambda can start, and how many bytes it stands for; `None` where the line is no `#!python`.
///
/// `env` finds the runtime's own Python, which comes first on its PATH; it passes no options on older systems, so a
/// line with options names the interpreter itself.
fn mend_shebang(head: &[u8]) -> Option<(Vec<u8>, u64)> {
    let end = head.iter().position(|byte| *byte == b'\n').unwrap_or(head.len());
    let line = head.get(..end)?;
    let rest = line.strip_prefix(b"#!pythonw").or_else(|| line.strip_prefix(b"#!python"))?;
    let options = rest.trim_ascii();
    let mut mended = match options {
        b"" => b"#!/usr/bin/env python3".to_vec(),
        options => [b"#!/var/lang/bin/python3 ", options].concat(),
    };
    let skip = if end < head.len() { end + 1 } else { end };
    mended.push(b'\n');
    Some((mended, skip as u64))
}
