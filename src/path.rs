//! Names: what a source calls a file, and the only way to name one under `/opt`.

use std::fmt;
use std::ops::Deref;
use std::rc::Rc;

use crate::error::{Note, Refusal};
use crate::tables::codes::{self, Code};
use crate::tables::limits::{MAX_DEPTH, MAX_NAME, MAX_PATH};
use crate::words::quoted;

/// A path under `/opt`, e.g. `python/requests/__init__.py`: relative, `/` between its parts, no empty, `.` or `..` part,
/// no control character, no backslash. Cheap to clone.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LayerPath(Rc<str>);

impl LayerPath {
    /// The path of that name; an error says what is wrong with it.
    pub fn new(name: &str) -> Result<LayerPath, String> {
        let cleaned = clean(name, Origin::Strict).map_err(|refusal| refusal.message)?;
        match cleaned {
            Some(cleaned) if cleaned.oddities.is_empty() || cleaned.only_invisible() => {
                Ok(LayerPath(cleaned.name.into()))
            }
            Some(cleaned) => Err(format!("{name:?} is not a plain path; expected {:?}", cleaned.name)),
            None => Err(format!("{name:?} is not a path; expected one such as \"python/module.py\"")),
        }
    }

    /// A path made of a folder and a name that are known to be clean: the empty folder is `/opt` itself.
    pub(crate) fn join(folder: &str, name: &str) -> LayerPath {
        if folder.is_empty() || name.is_empty() {
            return LayerPath([folder, name].concat().into());
        }
        LayerPath([folder, "/", name].concat().into())
    }

    /// `/opt` itself.
    pub(crate) fn root() -> LayerPath {
        LayerPath("".into())
    }

    /// The text of it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last part, e.g. `"__init__.py"`.
    pub fn name(&self) -> &str {
        file_name(&self.0)
    }

    /// Whether it lies in that folder, at any depth, or is it.
    pub fn is_within(&self, folder: &str) -> bool {
        within(&self.0, folder).is_some()
    }
}

impl Deref for LayerPath {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for LayerPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

// These three are asked of every file for every change: bytes are looked at, which is several times as fast as patterns.

/// The part of `path` below `folder`: `Some("")` for the folder itself, everything for the empty folder.
pub fn within<'a>(path: &'a str, folder: &str) -> Option<&'a str> {
    if folder.is_empty() {
        return Some(path);
    }
    let below = match path.as_bytes().get(folder.len()) {
        None => path.get(folder.len()..)?,
        Some(b'/') => path.get(folder.len() + 1..)?,
        Some(_) => return None,
    };
    path.starts_with(folder).then_some(below)
}

/// The last part of a path.
pub fn file_name(path: &str) -> &str {
    last_slash(path).and_then(|slash| path.get(slash + 1..)).unwrap_or(path)
}

/// The folder that a path lies in; empty at the top.
pub fn folder_of(path: &str) -> &str {
    last_slash(path).and_then(|slash| path.get(..slash)).unwrap_or("")
}

fn last_slash(path: &str) -> Option<usize> {
    path.bytes().rposition(|byte| byte == b'/')
}

/// Who gave a name: it decides which oddities are mended and which are refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// A file or folder that was dropped.
    Dropped,
    /// A member of an ordinary archive.
    Archive,
    /// A member of an archive that claims to be a package (a wheel): tools make them, so oddities are suspicious.
    Strict,
}

/// A name in its plain form, and what had to be done to get it.
#[derive(Debug, PartialEq, Eq)]
pub struct Cleaned {
    /// The plain name, without a final slash.
    pub name: String,
    /// What was odd about the given one.
    pub oddities: Vec<&'static Code>,
}

impl Cleaned {
    /// A note for each oddity of the name that was given.
    pub fn notes(&self, given: &str) -> impl Iterator<Item = Note> {
        self.oddities.iter().map(move |code| {
            let message = match code {
                _ if **code == *codes::NAME_INVISIBLE => {
                    format!("{} holds characters that can't be seen", quoted(given))
                }
                _ => format!("{} was read as {}", quoted(given), quoted(&self.name)),
            };
            Note::new(code, given, message)
        })
    }

    fn only_invisible(&self) -> bool {
        self.oddities.iter().all(|code| *code == codes::NAME_INVISIBLE)
    }
}

/// The plain form of a name; `None` for the folder that everything lies in (`"./"`).
///
/// Refuses what could climb out of the layer or hide from a reader, mends what can mean only one thing.
pub fn clean(name: &str, origin: Origin) -> Result<Option<Cleaned>, Refusal> {
    let refuse = |code, what: &str| Err(Refusal::entry(code, name, format!("{} {what}", quoted(name))));
    if name.is_empty() {
        return Err(Refusal::entry(codes::NAME_EMPTY, name, "a file has no name; expected one"));
    }
    if name.contains('\0') {
        return refuse(codes::NAME_NUL, "holds a NUL character, which ends a name for some programs");
    }
    if name.chars().any(char::is_control) {
        return refuse(codes::NAME_CONTROL, "holds a control character; expected a printable name");
    }
    if origin == Origin::Dropped && name.contains(char::REPLACEMENT_CHARACTER) {
        return refuse(codes::NAME_ENCODING, "is not valid Unicode; expected a name in UTF-8");
    }

    let mut oddities = Vec::new();
    let mut plain = name.to_owned();
    if plain.contains('\\') {
        plain = plain.replace('\\', "/");
        oddities.push(codes::NAME_BACKSLASH);
    }
    let mut characters = plain.chars();
    if let (Some(letter), Some(':')) = (characters.next(), characters.next())
        && letter.is_ascii_alphabetic()
    {
        return refuse(codes::NAME_DRIVE, "begins with a drive letter; expected a relative path");
    }
    if plain.split('/').any(|part| part == "..") {
        return refuse(codes::NAME_TRAVERSAL, "climbs out of its folder with \"..\"; expected a path inside it");
    }
    if plain.starts_with('/') {
        if origin == Origin::Strict || plain.starts_with("//") {
            return refuse(codes::NAME_ABSOLUTE, "is an absolute path; expected a relative one");
        }
        oddities.push(codes::NAME_ABSOLUTE_STRIPPED);
        plain.remove(0);
    }

    let body = plain.strip_suffix('/').unwrap_or(&plain);
    let parts: Vec<&str> = body.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
    let joined = parts.join("/");
    if joined != body {
        oddities.push(codes::NAME_NORMALISED);
    }
    if joined.is_empty() {
        return Ok(None);
    }
    if parts.iter().any(|part| part.len() > MAX_NAME) || joined.len() > MAX_PATH {
        return refuse(codes::LIMIT_NAME, "is too long; Linux allows 255 bytes for a name and 4,096 for a path");
    }
    if parts.len() > MAX_DEPTH {
        return refuse(codes::LIMIT_DEPTH, "lies more than 64 folders deep; expected fewer");
    }
    if joined.chars().any(is_invisible) {
        oddities.push(codes::NAME_INVISIBLE);
    }
    Ok(Some(Cleaned { name: joined, oddities }))
}

/// Characters that change how a name looks without being seen: zero-width ones and those that turn the direction.
fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}
