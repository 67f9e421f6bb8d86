//! Symbolic links of an archive. Several tools on the way to Lambda lose links, so they are resolved: a link to a file
//! becomes a copy of it, a link to a folder a folder with copies of its files. A zip that is a layer already came that far
//! with its links to files and keeps them, so a copy remembers what it was copied from. What points outside refuses the
//! archive; what points nowhere or goes round in circles is left out and noted.

use std::rc::Rc;

use super::gather::bounded;
use super::{ArchiveEntry, Listing};
use crate::content::ContentError;
use crate::error::{Note, Refusal};
use crate::order::{BTreeMap, BTreeSet};
use crate::path::{self, Origin, file_name, folder_of, within};
use crate::tables::codes;
use crate::tables::limits::MAX_LINK;
use crate::words::{counted, quoted};

/// What the top of an archive stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Root {
    /// Some folder: a link can lead out of it.
    Archive,
    /// The same of a zip, whose links to files Lambda takes as they are.
    Zip,
    /// The root of a system, as in its packages: `/` is the archive's own top.
    System,
}

/// Links followed one after the other before it is taken for a circle; Linux gives up after as many.
const MAX_HOPS: usize = 40;

/// Links followed in folders that links lead to, all together: they can multiply without a single file.
const MAX_STEPS: usize = 20_000;

/// The listing without links.
pub fn resolve(listing: Listing, root: Root) -> Result<Listing, Refusal> {
    let Listing { entries, mut notes } = listing;
    if !entries.iter().any(|entry| entry.link) {
        return Ok(Listing { entries, notes });
    }
    let mut links = BTreeMap::new();
    let mut files = BTreeMap::new();
    for entry in entries {
        if entry.link {
            links.insert(entry.name.clone(), target_of(&entry, root)?);
        } else {
            files.insert(entry.name.clone(), entry);
        }
    }
    let tree = Tree { files: &files, links: &links, root };
    let mut copying = Copying { tree: &tree, copies: Vec::new(), long: Vec::new(), steps: 0, bytes: 0 };
    for (name, target) in &links {
        notes.push(copying.link(name, target)?);
    }
    let copies = copying.copies;
    notes.extend(copying.long);
    files.extend(copies.into_iter().map(|entry| (entry.name.clone(), entry)));
    Ok(Listing { entries: files.into_values().collect(), notes })
}

/// Files and links by name.
struct Tree<'a> {
    files: &'a BTreeMap<String, ArchiveEntry>,
    links: &'a BTreeMap<String, String>,
    root: Root,
}

/// Where a link leads.
enum End<'a> {
    File(&'a ArchiveEntry),
    Folder(String),
    Nowhere,
    Circle,
    Outside,
}

impl<'a> Tree<'a> {
    /// Follows a link as Linux does: part by part, through other links.
    fn follow(&self, name: &str, target: &str) -> End<'a> {
        let mut at: Vec<String> = parts(folder_of(name)).map(str::to_owned).collect();
        let mut rest: Vec<String> = parts(target).rev().map(str::to_owned).collect();
        if target.starts_with('/') {
            at.clear();
        }
        let mut hops = 0;
        while let Some(part) = rest.pop() {
            if part == ".." {
                if at.pop().is_none() && self.root != Root::System {
                    return End::Outside;
                }
                continue;
            }
            at.push(part);
            let Some(next) = self.links.get(&at.join("/")) else { continue };
            hops += 1;
            if hops > MAX_HOPS {
                return End::Circle;
            }
            at.pop();
            if next.starts_with('/') {
                at.clear();
            }
            rest.extend(parts(next).rev().map(str::to_owned));
        }
        let found = at.join("/");
        match self.files.get(&found) {
            Some(file) => End::File(file),
            None if self.files_below(&found).next().is_some() || self.links_below(&found).next().is_some() => {
                End::Folder(found)
            }
            None => End::Nowhere,
        }
    }

    fn files_below(&self, folder: &str) -> impl Iterator<Item = (&'a str, &'a ArchiveEntry)> {
        below(self.files, folder)
    }

    fn links_below(&self, folder: &str) -> impl Iterator<Item = (&'a str, &'a String)> {
        below(self.links, folder)
    }

    /// Whether a link is only another name for what stands beside it, as `lib64` in a virtual environment (Python's
    /// `venv` makes it): copies would put everything in it into the layer twice.
    fn is_alias(&self, name: &str, folder: &str) -> bool {
        let home = folder_of(name);
        let beside = |file: &str| if home.is_empty() { file.to_owned() } else { format!("{home}/{file}") };
        file_name(name) == "lib64" && folder == beside("lib") && self.files.contains_key(&beside("pyvenv.cfg"))
    }
}

/// Rows below a folder, by their path in it.
fn below<'a, T>(rows: &'a BTreeMap<String, T>, folder: &str) -> impl Iterator<Item = (&'a str, &'a T)> {
    let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    rows.from(prefix.as_str())
        .map_while(move |(name, row)| Some((name.strip_prefix(&prefix)?, row)))
        .collect::<Vec<_>>()
        .into_iter()
}

struct Copying<'a> {
    tree: &'a Tree<'a>,
    copies: Vec<ArchiveEntry>,
    /// Copies that were left out, since folders in folders made their names too long.
    long: Vec<Note>,
    /// Links followed so far: links in linked folders multiply.
    steps: usize,
    bytes: u64,
}

impl Copying<'_> {
    /// Copies what a link of the archive leads to; returns what to say of it.
    fn link(&mut self, name: &str, target: &str) -> Result<Note, Refusal> {
        let (shown, aim) = (quoted(name), quoted(target));
        Ok(match self.tree.follow(name, target) {
            End::Outside => return Err(escape(name, target)),
            End::Nowhere => {
                let message = format!("{shown} links to {aim}, which is not in the archive, and was left out");
                Note::new(codes::LINK_DANGLING, name, message)
            }
            End::Circle => {
                let message = format!("{shown} links to {aim}, which leads round in a circle, and was left out");
                Note::new(codes::LINK_DANGLING, name, message)
            }
            End::File(file) => {
                let copy_of = (self.tree.root == Root::Zip).then(|| file.name.as_str().into());
                self.copy(name.to_owned(), file, copy_of)?;
                Note::new(codes::LINK, name, format!("{shown} links to {aim} and was copied from it"))
            }
            End::Folder(folder) if within(name, &folder).is_some() => {
                let message = format!("{shown} links to {aim}, a folder that it lies in, and was left out");
                Note::new(codes::LINK_FOLDER, name, message)
            }
            End::Folder(folder) if self.tree.is_alias(name, &folder) => {
                let message = format!("{shown} is another name of {aim} in a virtual environment and was left out");
                Note::new(codes::LINK_FOLDER, name, message)
            }
            End::Folder(folder) => {
                let before = self.copies.len();
                self.folder(name, &folder, &mut BTreeSet::from([folder_of(name).to_owned()]))?;
                let files = counted(self.copies.len() - before, "file");
                let message = format!("{shown} links to the folder {aim} and was copied from it, with {files}");
                Note::new(codes::LINK_FOLDER_COPIED, name, message)
            }
        })
    }

    /// Copies all files of a folder to another one, with those that its links lead to. `open` are the folders that are
    /// being copied or copied into: a link back to one of them would never end.
    fn folder(&mut self, to: &str, folder: &str, open: &mut BTreeSet<String>) -> Result<(), Refusal> {
        open.insert(folder.to_owned());
        for (rest, file) in self.tree.files_below(folder) {
            self.copy(format!("{to}/{rest}"), file, None)?;
        }
        for (rest, target) in self.tree.links_below(folder) {
            self.steps += 1;
            if self.steps > MAX_STEPS {
                let message = format!("its links to folders lead through one another more than {MAX_STEPS} times");
                return Err(Refusal::entry(codes::LIMIT_ENTRIES, to, message));
            }
            let name = if folder.is_empty() { rest.to_owned() } else { format!("{folder}/{rest}") };
            let copy = format!("{to}/{rest}");
            match self.tree.follow(&name, target) {
                End::File(file) => self.copy(copy, file, None)?,
                End::Folder(inner) if !within_any(&name, &inner, open) => self.folder(&copy, &inner, open)?,
                // What is wrong with the link itself is said where it stands.
                _ => {}
            }
        }
        open.remove(folder);
        Ok(())
    }

    fn copy(&mut self, name: String, file: &ArchiveEntry, copy_of: Option<Rc<str>>) -> Result<(), Refusal> {
        if let Err(refusal) = path::clean(&name, Origin::Archive) {
            let message = format!("{}; it was left out", refusal.message);
            self.long.push(Note::new(refusal.code, refusal.entry, message));
            return Ok(());
        }
        self.bytes = self.bytes.saturating_add(file.content.size());
        self.copies.push(ArchiveEntry { name, mode: file.mode, link: false, copy_of, content: file.content.clone() });
        bounded(self.tree.files.len() + self.copies.len(), self.bytes)
    }
}

/// Whether a link to that folder goes round: it lies in it, or one of the open folders does.
fn within_any(link: &str, folder: &str, open: &BTreeSet<String>) -> bool {
    within(link, folder).is_some() || open.iter().any(|open| within(open, folder).is_some())
}

fn parts(path: &str) -> impl DoubleEndedIterator<Item = &str> {
    path.split('/').filter(|part| !part.is_empty() && *part != ".")
}

/// The link's target as it stands in the archive.
fn target_of(entry: &ArchiveEntry, root: Root) -> Result<String, Refusal> {
    let shown = quoted(&entry.name);
    let text = match entry.content.read(MAX_LINK) {
        Ok(bytes) => bytes.and_then(|bytes| String::from_utf8(bytes).ok()),
        Err(ContentError::Damaged(found)) => {
            return Err(Refusal::entry(codes::BAD_DATA, &entry.name, format!("{shown} is damaged: {found}")));
        }
        Err(ContentError::Read(_)) => {
            return Err(Refusal::entry(codes::UNREADABLE, &entry.name, format!("{shown} can't be read")));
        }
    };
    let Some(text) = text else {
        let message = format!("{shown} is a link with a target that is too long or not UTF-8");
        return Err(Refusal::entry(codes::LINK_ESCAPE, &entry.name, message));
    };
    if text.contains(['\0', '\\']) || text.starts_with('/') && root != Root::System {
        return Err(escape(&entry.name, &text));
    }
    Ok(text)
}

fn escape(name: &str, target: &str) -> Refusal {
    let message = format!("{} is a link to {}; expected a target inside the archive", quoted(name), quoted(target));
    Refusal::entry(codes::LINK_ESCAPE, name, message)
}
