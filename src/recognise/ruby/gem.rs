//! Gems: a tar of metadata, files and checksums, opened and checked.
//!
//! Format: `Gem::Package` of <https://github.com/rubygems/rubygems>.

use std::rc::Rc;

use sha2::{Sha256, Sha512};

use super::gemspec::Specification;
use super::yaml::Yaml;
use crate::content::{Content, ContentError};
use crate::error::{Note, Refusal};
use crate::intake::{Entry, Source};
use crate::order::BTreeSet;
use crate::path::{file_name, folder_of, within};
use crate::recognise::{Kind, Recognised};
use crate::tables::codes;
use crate::tables::limits::MAX_METADATA;
use crate::words::quoted;

const METADATA: &str = "metadata.gz";
const DATA: &str = "data.tar.gz";
const CHECKSUMS: &str = "checksums.yaml.gz";

/// What claims to be a gem by its name: a gem, or why it is none.
pub fn tell(source: &Rc<Source>) -> Option<Recognised> {
    source.name.to_ascii_lowercase().ends_with(".gem").then(|| match check(source) {
        Ok((specification, files)) => gem(source, specification, files),
        Err(refusal) => Recognised::refused(source, refusal),
    })
}

fn gem(source: &Rc<Source>, mut specification: Specification, files: Source) -> Recognised {
    specification.compiled = compiled_for(&files, &specification.require_paths);
    let files = Rc::new(files.renamed(&source.name));
    let mut part = Recognised::new(&files, Kind::Gem, &specification.name, "it is a gem by its name and its metadata");
    part.version.clone_from(&specification.version);
    part.notes.extend(source.notes.iter().cloned());
    part.entries = (0..files.entries.len()).collect();
    if !specification.extensions.is_empty() {
        part.kind = Kind::GemSource;
        part.gem = Some(specification);
        return part;
    }
    if !specification.executables.is_empty() {
        let message = format!(
            "its programs ({}) stay inside the gem, where PATH does not find them",
            specification.executables.join(", ")
        );
        part.notes.push(Note::new(codes::GEM_EXECUTABLE, "", message));
    }
    part.entries.push(files.entries.len());
    part.generated = vec![Entry {
        path: format!("{}.gemspec", specification.full_name()),
        mode: None,
        copy_of: None,
        content: Content::Held(Rc::from(specification.to_ruby().into_bytes())),
    }];
    part.gem = Some(specification);
    part
}

/// The versions of Ruby for which compiled code lies below a folder that Ruby searches: gems that are built for several
/// keep each in a folder such as `lib/demo/3.4/`, and choose when they are loaded.
fn compiled_for(files: &Source, searched: &[String]) -> BTreeSet<String> {
    let version = |entry: &Entry| {
        let below = searched.iter().find_map(|folder| within(&entry.path, folder))?;
        let folder = file_name(folder_of(below));
        (below.ends_with(".so") && is_ruby_version(folder)).then(|| folder.to_owned())
    };
    files.entries.iter().filter_map(version).collect()
}

/// Whether a folder bears the number of a version of Ruby, e.g. `"3.4"`.
fn is_ruby_version(name: &str) -> bool {
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    name.split_once('.').is_some_and(|(major, minor)| is_number(major) && is_number(minor))
}

fn check(source: &Source) -> Result<(Specification, Source), Refusal> {
    let metadata = part(source, METADATA)?;
    let data = part(source, DATA)?;
    check_sums(source, &[metadata, data])?;
    let text = text_of(source, metadata)?;
    let wrong = |found: String| Refusal::entry(codes::GEM_METADATA, METADATA, format!("{}: {found}", quoted(METADATA)));
    let yaml = Yaml::parse(&text).map_err(wrong)?;
    let specification = Specification::of(&yaml).map_err(|found| Refusal::whole(codes::GEM_NAME, found))?;
    let files = source.nested(data);
    match files.refused {
        Some(refusal) => Err(refusal),
        None => Ok((specification, files)),
    }
}

/// One of the gem's own parts, which is there once.
fn part<'a>(source: &'a Source, name: &str) -> Result<&'a Entry, Refusal> {
    let wrong =
        |what: &str| Refusal::entry(codes::GEM_LAYOUT, name, format!("it holds {what} {name}; every gem has one"));
    let twice = |note: &Note| {
        note.entry == name && [codes::DUPLICATE_LAST_WINS, codes::DUPLICATE_IDENTICAL].contains(&note.code)
    };
    if source.notes.iter().any(twice) {
        return Err(wrong("more than one"));
    }
    source.entries.iter().find(|entry| entry.path == name).ok_or_else(|| wrong("no"))
}

/// The text of a part, which is one packed file.
fn text_of(source: &Source, entry: &Entry) -> Result<String, Refusal> {
    let opened = source.nested(entry);
    if let Some(refusal) = opened.refused {
        return Err(refusal);
    }
    let unreadable = || Refusal::entry(codes::GEM_METADATA, &entry.path, format!("{} is no text", quoted(&entry.path)));
    let bytes = opened.entries.first().and_then(|inner| inner.content.read(MAX_METADATA).ok().flatten());
    bytes.and_then(|bytes| String::from_utf8(bytes).ok()).ok_or_else(unreadable)
}

/// The checksums that a gem states; gems from before RubyGems 2 state none.
fn check_sums(source: &Source, parts: &[&Entry]) -> Result<(), Refusal> {
    let Some(entry) = source.entries.iter().find(|entry| entry.path == CHECKSUMS) else { return Ok(()) };
    let text = text_of(source, entry)?;
    let wrong = |entry: &str, found: String| Refusal::entry(codes::GEM_CHECKSUM, entry, found);
    let sums = Yaml::parse(&text).map_err(|found| wrong(CHECKSUMS, format!("{}: {found}", quoted(CHECKSUMS))))?;
    for part in parts {
        for (kind, digest) in
            [("SHA256", hex::<Sha256> as fn(&Content) -> Result<String, ContentError>), ("SHA512", hex::<Sha512>)]
        {
            let Some(stated) = sums.get(kind).and_then(|sums| sums.get(&part.path)).and_then(Yaml::text) else {
                continue;
            };
            let found = digest(&part.content)
                .map_err(|_| wrong(&part.path, format!("{} can't be read whole", quoted(&part.path))))?;
            if found != stated.to_ascii_lowercase() {
                return Err(wrong(
                    &part.path,
                    format!("{} has the {kind} {found}; its checksums say {}", quoted(&part.path), quoted(stated)),
                ));
            }
        }
    }
    Ok(())
}

fn hex<D: sha2::Digest>(content: &Content) -> Result<String, ContentError> {
    let mut digest = D::new();
    content.for_each_piece(&mut |piece: &[u8]| {
        digest.update(piece);
        Ok::<(), ContentError>(())
    })?;
    Ok(digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}
