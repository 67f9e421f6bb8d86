//! What was dropped: single files, folders and archives, each opened far enough to list its entries.
//!
//! Nothing here decides what a source *is* (that is [`recognise`](crate::recognise)) or reads its bytes beyond an
//! archive's directory. A source that can't be used is kept with its [`Refusal`], so that it can be shown by name and
//! the rest of the drop goes on.

use std::rc::Rc;

use crate::archive::{self, ArchiveEntry, twins};
pub use crate::archive::{Listing, open_zip, promises_files};
use crate::bytes::{Bytes, NewSpool, ReadAt, SpoolError, Spools, in_memory};
use crate::content::{Content, ContentError};
use crate::error::{Note, Refusal};
use crate::order::BTreeMap;
use crate::path::{self, Origin};
use crate::tables::codes;
use crate::tables::limits::{MAX_ENTRIES, MAX_SOURCE_SIZE};
use crate::words::quoted;

/// One file as it was dropped.
pub struct DroppedFile {
    /// Its path, `/` between the parts, e.g. `"node_modules/axios/index.js"`.
    pub path: String,
    /// Its bytes.
    pub bytes: Bytes,
    /// Its Unix mode, where the one who dropped it knows.
    pub mode: Option<u32>,
}

/// A file inside a source.
#[derive(Clone)]
pub struct Entry {
    /// Its path in the source. For a folder that was dropped it begins with the folder's own name.
    pub path: String,
    /// Its permission bits, where known.
    pub mode: Option<u32>,
    /// The path of the entry that it was copied from, where a zip has a link to that file.
    pub copy_of: Option<Rc<str>>,
    /// Its bytes.
    pub content: Content,
}

/// How a source arrived.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A single file, not opened.
    File,
    /// A folder.
    Folder,
    /// An archive, opened.
    Archive,
}

/// Something that was dropped, or an archive found in it.
pub struct Source {
    /// Its path, as dropped, e.g. `"requests-2.32.3-py3-none-any.whl"` or `"node_modules"`.
    pub name: String,
    /// How it arrived.
    pub form: Form,
    /// Its files, sorted by path.
    pub entries: Vec<Entry>,
    /// What was normalised.
    pub notes: Vec<Note>,
    /// Why nothing of it is used.
    pub refused: Option<Refusal>,
    /// The bytes of the archive itself, where it was opened.
    pub whole: Option<Bytes>,
    /// Archives around it, 0 for what was dropped itself.
    pub nesting: usize,
    /// Where archives in it are unpacked to.
    spools: Spools,
}

/// Endings of archives that are placed whole, and therefore stay closed; [`Source::opened`] looks into them.
const KEPT_WHOLE: &[&str] = &[".jar", ".war", ".ear"];

/// The sources that a drop consists of: files of one top folder belong together, archives are opened.
/// A file whose name can't be used becomes a refused source of its own.
pub fn sources(files: Vec<DroppedFile>, new_spool: NewSpool, mut progress: impl FnMut(usize, &str)) -> Vec<Source> {
    let spools = || Spools::new(new_spool, MAX_SOURCE_SIZE, MAX_ENTRIES);
    let mut folders: BTreeMap<String, Source> = BTreeMap::new();
    let mut sources = Vec::new();
    for (done, file) in files.into_iter().enumerate() {
        progress(done, &file.path);
        match path::clean(&file.path, Origin::Dropped) {
            Err(refusal) => sources.push(Source::refused(Source::empty(file.path, Form::File, spools()), refusal)),
            Ok(None) => {}
            Ok(Some(cleaned)) => {
                let notes: Vec<Note> = cleaned.notes(&file.path).collect();
                match cleaned.name.split_once('/') {
                    None => {
                        let mut source = Source::of_file(cleaned.name, file.bytes, file.mode, 0, spools());
                        source.notes.splice(0..0, notes);
                        sources.push(source);
                    }
                    Some((top, _)) => {
                        let folder = folders
                            .entry(top.to_owned())
                            .or_insert_with(|| Source::empty(top.to_owned(), Form::Folder, spools()));
                        let content = Content::Loose(file.bytes);
                        folder.entries.push(Entry { path: cleaned.name, mode: file.mode, copy_of: None, content });
                        folder.notes.extend(notes);
                    }
                }
            }
        }
    }
    sources.extend(folders.into_values().map(Source::settled));
    sources
}

impl Source {
    /// How many bytes its entries have unpacked.
    pub fn size(&self) -> u64 {
        self.entries.iter().map(|entry| entry.content.size()).sum()
    }

    /// A text that was written by hand.
    pub fn written(path: &str, text: &str) -> Source {
        let content = Content::Loose(Rc::new(text.as_bytes().to_vec()));
        let entry = Entry { path: path.to_owned(), mode: None, copy_of: None, content };
        let spools = Spools::new(in_memory, 0, 0);
        Source { entries: vec![entry], ..Source::empty(path.to_owned(), Form::File, spools) }
    }

    /// A file: opened if it is an archive by its bytes or claims to be one by its name.
    fn of_file(name: String, bytes: Bytes, mode: Option<u32>, nesting: usize, spools: Spools) -> Source {
        let lower = name.to_ascii_lowercase();
        let kept = KEPT_WHOLE.iter().any(|ending| lower.ends_with(ending));
        let opened = if kept { None } else { archive::open(&bytes, &name, &spools) };
        if let Some(opened) = opened {
            return Source { nesting, ..Source::empty(name, Form::Archive, spools) }.filled(bytes, opened);
        }
        let path = path::file_name(&name).to_owned();
        let entry = Entry { path, mode, copy_of: None, content: Content::Loose(bytes) };
        Source { entries: vec![entry], nesting, ..Source::empty(name, Form::File, spools) }
    }

    /// An archive with what was read of it.
    fn filled(self, whole: Bytes, read: Result<Listing, Refusal>) -> Source {
        match read {
            Err(refusal) => self.refused(refusal),
            Ok(Listing { entries, notes }) => {
                let entries = entries
                    .into_iter()
                    .map(|ArchiveEntry { name, mode, copy_of, content, .. }| Entry {
                        path: name,
                        mode,
                        copy_of,
                        content,
                    })
                    .collect();
                Source { entries, notes, whole: Some(whole), ..self }
            }
        }
    }

    /// An archive that lies in this source, opened.
    pub fn nested(&self, entry: &Entry) -> Source {
        let (name, nesting) = (self.name_of(entry), self.nesting + 1);
        let source = match self.unpacked(&entry.content) {
            Ok(bytes) => Source::of_file(name, bytes, entry.mode, nesting, self.spools.clone()),
            Err(refusal) => return self.within(name).refused(refusal),
        };
        if self.spools.count(source.entries.len()) {
            return source;
        }
        let found = format!("the archives in {} hold more than {MAX_ENTRIES} files together", quoted(&self.name));
        source.refused(Refusal::whole(codes::LIMIT_ENTRIES, found))
    }

    /// The same for a zip that stays closed otherwise, such as a jar.
    pub fn opened(&self, entry: &Entry) -> Source {
        let source = self.within(self.name_of(entry));
        match self.unpacked(&entry.content) {
            Ok(bytes) => {
                let read = archive::open_zip(&bytes);
                source.filled(bytes, read)
            }
            Err(refusal) => source.refused(refusal),
        }
    }

    /// An archive in this source, not read yet.
    fn within(&self, name: String) -> Source {
        Source { nesting: self.nesting + 1, ..Source::empty(name, Form::Archive, self.spools.clone()) }
    }

    /// What an entry is called beside the sources themselves.
    fn name_of(&self, entry: &Entry) -> String {
        match self.form {
            Form::File => self.name.clone(),
            Form::Folder => entry.path.clone(),
            Form::Archive => format!("{}/{}", self.name, entry.path),
        }
    }

    /// What its entries' paths begin with: the file's or the folder's own name, or nothing for an archive.
    pub fn root(&self) -> &str {
        match self.form {
            Form::File | Form::Folder => self.file_name(),
            Form::Archive => "",
        }
    }

    /// A content's bytes for random access.
    fn unpacked(&self, content: &Content) -> Result<Bytes, Refusal> {
        if let Some(bytes) = content.random_access() {
            return Ok(bytes);
        }
        let mut spool = self.spools.spool();
        content.for_each_piece(&mut |piece: &[u8]| spool.write(piece).map_err(Trouble::Spool)).map_err(|trouble| {
            match trouble {
                Trouble::Spool(error) => archive::refuse(error),
                Trouble::Content(ContentError::Read(error)) => archive::unreadable(error),
                Trouble::Content(ContentError::Damaged(found)) => {
                    Refusal::whole(codes::BAD_DATA, format!("it is damaged: {found}"))
                }
            }
        })?;
        spool.finish().map_err(archive::unreadable)
    }

    /// The same under another name: what the archive in a package holds is the package's own.
    pub fn renamed(self, name: &str) -> Source {
        Source { name: name.to_owned(), ..self }
    }

    /// Its file's own name, e.g. `"requests-2.32.3-py3-none-any.whl"`.
    pub fn file_name(&self) -> &str {
        path::file_name(&self.name)
    }

    fn empty(name: String, form: Form, spools: Spools) -> Source {
        Source { name, form, entries: Vec::new(), notes: Vec::new(), refused: None, whole: None, nesting: 0, spools }
    }

    fn refused(self, refusal: Refusal) -> Source {
        Source { refused: Some(refusal), entries: Vec::new(), notes: Vec::new(), ..self }
    }

    /// A folder with its entries sorted and each path once: of a path given twice the later file counts.
    fn settled(mut self) -> Source {
        let mut by_path = BTreeMap::new();
        for entry in std::mem::take(&mut self.entries) {
            by_path.insert(entry.path.clone(), entry);
        }
        if by_path.len() > MAX_ENTRIES {
            let found = format!("it holds {} files; at most {MAX_ENTRIES} are read", by_path.len());
            return self.refused(Refusal::whole(codes::LIMIT_ENTRIES, found));
        }
        self.notes.retain(|note| note.code != codes::NAME_TWIN);
        self.notes.extend(twins::notes(by_path.keys().map(String::as_str)));
        self.entries = by_path.into_values().collect();
        self
    }

    /// This folder with the files of a later drop of the same folder, which replace those of the same path.
    pub fn merged(&self, later: Source) -> Source {
        let mut entries = self.entries.clone();
        entries.extend(later.entries);
        let mut notes = self.notes.clone();
        notes.extend(later.notes);
        let spools = self.spools.renewed(MAX_SOURCE_SIZE, MAX_ENTRIES);
        Source { entries, notes, ..Source::empty(self.name.clone(), Form::Folder, spools) }.settled()
    }
}

/// Why a member of an archive could not be unpacked.
enum Trouble {
    Content(ContentError),
    Spool(SpoolError),
}

impl From<ContentError> for Trouble {
    fn from(error: ContentError) -> Trouble {
        Trouble::Content(error)
    }
}

/// The sources of a session after more were added: sorted by name, so that the order of dropping changes nothing.
/// A file replaces one of the same name; a folder is merged.
pub fn add(present: &[Rc<Source>], more: Vec<Source>) -> Vec<Rc<Source>> {
    let mut by_name: BTreeMap<String, Rc<Source>> =
        present.iter().map(|source| (source.name.clone(), source.clone())).collect();
    for source in more {
        let merged = match by_name.get(&source.name) {
            Some(earlier) if earlier.form == Form::Folder && source.form == Form::Folder => earlier.merged(source),
            _ => source,
        };
        by_name.insert(merged.name.clone(), Rc::new(merged));
    }
    by_name.into_values().collect()
}

/// Bytes that count as a file of that path, e.g. in tests and samples.
pub fn dropped(path: &str, bytes: impl ReadAt + 'static) -> DroppedFile {
    DroppedFile { path: path.to_owned(), bytes: Rc::new(bytes), mode: None }
}
