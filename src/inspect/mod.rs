//! What a file is by its bytes, and what it needs to run: read once, kept with the part that the file belongs to.
//!
//! Only files whose first bytes tell a format are read further, and of those only the ranges that matter: headers, the
//! dynamic section and its strings. Nothing here judges; whether a file runs somewhere is [`target`](crate::target)'s
//! matter.

pub mod ahead;
pub mod elf;
mod foreign;
pub mod jar;
pub mod jar_names;
pub mod mentions;
pub mod module;
mod ranges;
pub mod requires;
pub mod script;
pub mod secret;
mod sections;

use crate::content::Content;
use crate::path::{file_name, folder_of};
use crate::tables::binaries::{ELF, WASM};
use crate::tables::layouts::EXECUTABLE_FOLDERS;
use crate::tables::runtimes::Architecture;
use crate::tables::started::{COMPILED, NEVER_STARTED};

use self::elf::Elf;
use self::jar::Jar;
use self::ranges::Ranges;
use self::script::Script;

/// Bytes that are enough to tell what a file is.
pub const HEAD: usize = 1024;

/// Endings of what only a linker loads.
const NATIVE: &[&str] = &[".node", ".so"];

/// What a file is by its first bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A program or a shared library.
    Compiled(Built),
    /// Something that only a linker or a debugger reads.
    Object,
    /// An assembly of .NET, which runs on any system.
    Assembly,
    /// WebAssembly, which runs wherever there is an engine for it.
    Wasm,
    /// A text that names its interpreter in its first line, whether or not Linux reads it.
    Script,
}

/// The system and processor that a file was compiled for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Built {
    /// Linux on a processor that Lambda offers.
    For(Architecture),
    /// Linux on another processor, by its name.
    OtherProcessor(&'static str),
    /// Another system, by its name.
    OtherSystem(&'static str),
}

/// What was found in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inspection {
    /// A program or a shared library for Linux or another system with its format.
    Elf(Elf),
    /// A program or a shared library for another system, by its name.
    Foreign(&'static str),
    /// WebAssembly.
    Wasm,
    /// A jar.
    Jar(Jar),
    /// A script with its interpreter.
    Script(Script),
}

impl Inspection {
    /// What it was compiled for; `None` for what is not compiled for a processor.
    pub fn built(&self) -> Option<Built> {
        match self {
            Inspection::Elf(elf) => Some(elf.built),
            Inspection::Foreign(system) => Some(Built::OtherSystem(system)),
            Inspection::Wasm | Inspection::Jar(_) | Inspection::Script(_) => None,
        }
    }
}

impl Format {
    /// The format of a file that begins with these bytes; `None` for anything else.
    pub fn of(head: &[u8]) -> Option<Format> {
        if script::without_mark(head).starts_with(b"#!") {
            return Some(Format::Script);
        }
        if head.starts_with(ELF) {
            let header = elf::Header::read(head)?;
            return Some(if header.is_loaded() { Format::Compiled(header.built()) } else { Format::Object });
        }
        if head.starts_with(WASM) {
            return Some(Format::Wasm);
        }
        if foreign::is_mach_o(head) {
            return Some(Format::Compiled(Built::OtherSystem("macOS")));
        }
        foreign::windows(head)
    }
}

/// Inspects a file, if its first bytes say that there is something to find.
///
/// What can't be read is not judged: the build reports it.
pub fn inspect(path: &str, mode: Option<u32>, content: &Content) -> Option<Inspection> {
    if is_plain(path, mode) {
        return None;
    }
    let head = content.head(HEAD).ok()?;
    Some(match Format::of(&head)? {
        Format::Compiled(Built::OtherSystem(system)) if !head.starts_with(ELF) => Inspection::Foreign(system),
        Format::Compiled(_) => Inspection::Elf(Elf::read(&mut Ranges::new(content), &head)?),
        // Pyodide's modules are called as those for Linux are.
        Format::Wasm if NATIVE.iter().any(|ending| path.ends_with(ending)) => Inspection::Foreign("WebAssembly"),
        Format::Wasm => Inspection::Wasm,
        Format::Script => Inspection::Script(Script::read(&head)?),
        Format::Object | Format::Assembly => return None,
    })
}

/// Whether a file's name says that it is text which nothing starts: thousands of such need not be looked into.
pub fn is_plain(path: &str, mode: Option<u32>) -> bool {
    let name = file_name(path);
    let started = mode.is_some_and(|mode| mode & 0o111 != 0)
        || folder_of(path).split('/').any(|folder| EXECUTABLE_FOLDERS.contains(&folder))
        || !name.contains('.');
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    let compiled = COMPILED.contains(&ending.as_str());
    !started && !compiled && NEVER_STARTED.binary_search(&ending.as_str()).is_ok()
}
