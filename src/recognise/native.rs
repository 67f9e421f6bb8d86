//! Programs, shared libraries and scripts of any origin, told from their first bytes.

use std::rc::Rc;

use super::{Kind, Recognised, scripts};
use crate::content::{Content, ContentError};
use crate::inspect::{Format, HEAD};
use crate::intake::Source;
use crate::path::{file_name, folder_of};
use crate::tables::layouts::BOOTSTRAP;
use crate::tables::limits::{MAX_METADATA, MAX_SEARCHED};

/// The address at which an extension registers itself with Lambda, which every extension holds.
const EXTENSION_MARK: &[u8] = b"2020-01-01/extension";

/// Zips with a first line that names an interpreter.
const ZIPAPPS: &[&str] = &[".pyz", ".pex"];

/// A file that is meant to be started or linked to.
pub fn file(source: &Rc<Source>, index: usize) -> Option<Recognised> {
    let entry = source.entries.get(index)?;
    let name = file_name(&entry.path);
    let format = Format::of(&entry.content.head(HEAD).ok()?);
    let (kind, reason) = match format {
        Some(Format::Compiled(_)) if is_library_name(name) => {
            (Kind::SharedLibrary, "it is a shared library by its first bytes and its name")
        }
        Some(Format::Compiled(_)) if name.ends_with(".node") => return None,
        Some(Format::Compiled(_)) => (started(name, &entry.content), "it is a program by its first bytes"),
        Some(Format::Script) if is_wrapper(&entry.content) => {
            (Kind::ExecWrapper, "it is a script that ends by starting what it was given")
        }
        Some(Format::Script) => {
            (started(name, &entry.content), "it is a script that names its interpreter in its first line")
        }
        None if name.ends_with(".sh") => (Kind::Executable, "it is a script by its name"),
        None if ZIPAPPS.iter().any(|ending| name.ends_with(ending)) => {
            (Kind::Executable, "it is a packed Python program by its name")
        }
        Some(Format::Object | Format::Assembly | Format::Wasm) | None => return None,
    };
    let mut part = Recognised::new(source, kind, name, reason);
    folder_of(&entry.path).clone_into(&mut part.base);
    part.entries = vec![index];
    part.mendable.extend(scripts::as_linux_reads(&entry.content).map(|mended| (index, mended)));
    Some(part)
}

/// What a program is for.
fn started(name: &str, content: &Content) -> Kind {
    match name {
        BOOTSTRAP => Kind::Bootstrap,
        _ if holds(content, EXTENSION_MARK) => Kind::Extension,
        _ => Kind::Executable,
    }
}

/// Whether the linker looks for a file of that name: `libz.so`, `libz.so.1.2`, or what other systems have for it.
pub fn is_library_name(name: &str) -> bool {
    let versioned = name.split_once(".so.").is_some_and(|(_, version)| {
        version.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') && !version.is_empty()
    });
    let lower = name.to_ascii_lowercase();
    versioned || [".so", ".dylib", ".dll"].iter().any(|ending| lower.ends_with(ending))
}

/// Whether the last line of a script starts its own arguments, and nothing else, in its place.
fn is_wrapper(content: &Content) -> bool {
    let Ok(Some(bytes)) = content.read(MAX_METADATA) else { return false };
    let text = String::from_utf8_lossy(&bytes);
    let last = text.lines().map(str::trim).rfind(|line| !line.is_empty() && !line.starts_with('#'));
    let Some(started) = last.and_then(|line| line.strip_prefix("exec ")).map(str::trim) else { return false };
    let is_list = |text: &str| {
        let name = text.strip_prefix("\"${").and_then(|rest| rest.strip_suffix("[@]}\""));
        name.is_some_and(|name| name.chars().all(|character| character.is_ascii_alphanumeric() || character == '_'))
    };
    started == "\"$@\"" || is_list(started)
}

/// Whether some bytes occur in a content that is not too large to be searched.
fn holds(content: &Content, mark: &[u8]) -> bool {
    if content.size() > MAX_SEARCHED {
        return false;
    }
    let mut end = Vec::new();
    let searched = content.for_each_piece(&mut |piece: &[u8]| {
        // What lies across two pieces counts as well.
        end.extend_from_slice(piece.get(..mark.len().min(piece.len())).unwrap_or(piece));
        if contains(&end, mark) || contains(piece, mark) {
            return Err(Search::Found);
        }
        let kept = piece.len().saturating_sub(mark.len());
        end = piece.get(kept..).unwrap_or(piece).to_vec();
        Ok(())
    });
    matches!(searched, Err(Search::Found))
}

fn contains(bytes: &[u8], mark: &[u8]) -> bool {
    bytes.windows(mark.len()).any(|window| window == mark)
}

enum Search {
    Found,
    Failed,
}

impl From<ContentError> for Search {
    fn from(_: ContentError) -> Search {
        Search::Failed
    }
}

/// Whether an entry is a program or script, whatever its mode says.
pub fn is_program(source: &Source, index: usize) -> bool {
    let Some(entry) = source.entries.get(index) else { return false };
    let format = entry.content.head(HEAD).ok().and_then(|head| Format::of(&head));
    matches!(format, Some(Format::Script | Format::Compiled(_))) && !is_library_name(file_name(&entry.path))
}

/// Whether an entry is a shared library.
pub fn is_library(source: &Source, index: usize) -> bool {
    let Some(entry) = source.entries.get(index).filter(|entry| is_library_name(file_name(&entry.path))) else {
        return false;
    };
    let format = entry.content.head(HEAD).ok().and_then(|head| Format::of(&head));
    matches!(format, Some(Format::Compiled(_)))
}
