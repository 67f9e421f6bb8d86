//! Files for Linux: what they were built for, and what the linker needs to load them.
//!
//! Read as the linker does it, by the program headers: sections are for compilers, and some tools strip or break them.
//! Source: the ELF generic ABI, the GNU extensions for symbol versions, and `ld.so(8)`; checked on 2026-11-25.

use super::Built;
use super::ranges::Ranges;
use super::sections::debug_bytes;
use crate::bytes::{u16_at, u32_at, u64_at};
use crate::order;
use crate::tables::binaries::{ANDROID_LIBRARIES, ELF_SYSTEMS, MACHINES};
use crate::tables::limits::{MAX_LIBRARY_NAME, MAX_NEEDED, MAX_SEGMENTS};

/// Bytes of the header of a 64-bit file, of one of its program headers, and of an entry of its dynamic section.
const HEADER: usize = 64;
const SEGMENT: usize = 56;
const DYNAMIC: usize = 16;

/// The smallest pages of the systems that Lambda runs on: segments are mapped in such steps.
const PAGE: u64 = 4096;

/// What a file's first bytes say.
#[derive(Debug, Clone, Copy)]
pub struct Header {
    wide: bool,
    little: bool,
    system: u8,
    form: u16,
    machine: u16,
}

/// What was found in a file for Linux.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Elf {
    /// What it was built for.
    pub built: Built,
    /// Whether it is started, rather than loaded into a program.
    pub is_program: bool,
    /// The program that loads it, e.g. `"/lib64/ld-linux-x86-64.so.2"`; empty for libraries and static programs.
    pub interpreter: String,
    /// The name that others need it by, e.g. `"libz.so.1"`; empty where it has none.
    pub soname: String,
    /// The libraries that it needs, in the order in which they are loaded.
    pub needed: Vec<String>,
    /// Folders that are searched before all others, as written, e.g. `"$ORIGIN/../numpy.libs"`; not where it has a
    /// run path.
    pub rpath: Vec<String>,
    /// Folders that are searched after `LD_LIBRARY_PATH`.
    pub runpath: Vec<String>,
    /// The versions of other libraries' symbols that it cannot do without.
    pub versions: Vec<SymbolVersion>,
    /// Why the linker refuses to load it.
    pub flaw: Option<Flaw>,
    /// Bytes that only debuggers read; 0 where they are few.
    pub debug: u64,
    /// Whether what it needs could not be read, so that nothing is known of that.
    pub unread: bool,
}

/// A version of a library's symbols, e.g. `GLIBC_2.28` of `libc.so.6`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SymbolVersion {
    /// The library, e.g. `"libc.so.6"`.
    pub library: String,
    /// The version, e.g. `"GLIBC_2.28"`.
    pub name: String,
}

/// Damage that the linker sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flaw {
    /// It ends before what its headers announce.
    CutShort {
        /// Bytes that there are.
        found: u64,
        /// Bytes that its headers announce.
        expected: u64,
    },
    /// A segment does not lie where pages allow it, as after a careless `strip`.
    Misaligned,
}

/// The C library that a file was built with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CLibrary {
    /// GNU's, as on Lambda.
    Glibc,
    /// That of Alpine Linux.
    Musl,
    /// That of Android.
    Bionic,
    /// None, as in static programs.
    None,
}

impl Header {
    /// The header at the beginning of a file; `None` where it is cut short.
    pub fn read(head: &[u8]) -> Option<Header> {
        let little = *head.get(5)? == 1;
        let number = |at: usize| {
            let bytes = *head.get(at..)?.first_chunk()?;
            Some(if little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
        };
        Some(Header {
            wide: *head.get(4)? == 2,
            little,
            system: *head.get(7)?,
            form: number(16)?,
            machine: number(18)?,
        })
    }

    /// Whether it is a program or a library, and not an object file or a core dump.
    pub fn is_loaded(self) -> bool {
        [Self::EXECUTABLE, Self::SHARED].contains(&self.form)
    }

    const EXECUTABLE: u16 = 2;
    const SHARED: u16 = 3;

    /// What the file was built for.
    pub fn built(self) -> Built {
        if let Some((_, system)) = ELF_SYSTEMS.iter().find(|(number, _)| *number == self.system) {
            return Built::OtherSystem(system);
        }
        let machine = MACHINES.iter().find(|machine| machine.number == self.machine);
        match machine.and_then(|machine| machine.architecture) {
            Some(architecture) if self.wide && self.little => Built::For(architecture),
            Some(_) => Built::OtherProcessor("a mode of its processor that Lambda does not use"),
            None => Built::OtherProcessor(machine.map_or("another processor", |machine| machine.label)),
        }
    }
}

/// A program header: a stretch of the file and where it lies in memory.
struct Segment {
    kind: u32,
    offset: u64,
    address: u64,
    size: u64,
    alignment: u64,
}

impl Segment {
    const LOAD: u32 = 1;
    const DYNAMIC: u32 = 2;
    const INTERPRETER: u32 = 3;

    fn read(bytes: &[u8]) -> Option<Segment> {
        Some(Segment {
            kind: u32_at(bytes, 0)?,
            offset: u64_at(bytes, 8)?,
            address: u64_at(bytes, 16)?,
            size: u64_at(bytes, 32)?,
            alignment: u64_at(bytes, 48)?,
        })
    }

    /// Whether the linker would not map it, or for a program the kernel, which asks for pages alone. Later linkers ask
    /// for less than those of glibc 2.26 and 2.34 do.
    fn is_misaligned(&self, is_program: bool) -> bool {
        let apart = self.address.abs_diff(self.offset);
        let in_library = || self.alignment & (PAGE - 1) != 0 || apart & self.alignment.wrapping_sub(1) != 0;
        self.kind == Self::LOAD && if is_program { apart & (PAGE - 1) != 0 } else { in_library() }
    }
}

/// The entries of the dynamic section that matter here: offsets are into its table of strings.
#[derive(Default)]
struct Dynamic {
    needed: Vec<u64>,
    soname: Option<u64>,
    rpath: Option<u64>,
    runpath: Option<u64>,
    strings: u64,
    versions: u64,
    version_count: u64,
    is_program: bool,
}

impl Elf {
    /// Reads a file that begins with `head`; `None` where not even the header is there.
    pub fn read(file: &mut Ranges, head: &[u8]) -> Option<Elf> {
        let header = Header::read(head)?;
        let mut elf = Elf {
            built: header.built(),
            is_program: header.form == Header::EXECUTABLE,
            interpreter: String::new(),
            soname: String::new(),
            needed: Vec::new(),
            rpath: Vec::new(),
            runpath: Vec::new(),
            versions: Vec::new(),
            flaw: None,
            debug: 0,
            unread: false,
        };
        if matches!(elf.built, Built::For(_)) {
            elf.unread = head.len() < HEADER || elf.read_segments(file, head).is_none();
        }
        Some(elf)
    }

    fn read_segments(&mut self, file: &mut Ranges, head: &[u8]) -> Option<()> {
        let (at, size, count) = (u64_at(head, 32)?, usize::from(u16_at(head, 54)?), usize::from(u16_at(head, 56)?));
        if size != SEGMENT || count > MAX_SEGMENTS {
            return None;
        }
        let Some(bytes) = file.get(at, size * count) else {
            self.flaw = Some(Flaw::CutShort { found: file.size(), expected: at.saturating_add((size * count) as u64) });
            return None;
        };
        let segments: Vec<Segment> = bytes.chunks_exact(SEGMENT).filter_map(Segment::read).collect();
        let expected = segments
            .iter()
            .filter(|segment| segment.kind == Segment::LOAD)
            .map(|segment| segment.offset.saturating_add(segment.size))
            .max()
            .unwrap_or(0);
        if expected > file.size() {
            self.flaw = Some(Flaw::CutShort { found: file.size(), expected });
        }
        if let Some(segment) = segments.iter().find(|segment| segment.kind == Segment::INTERPRETER) {
            self.interpreter = file.text(segment.offset, MAX_LIBRARY_NAME).unwrap_or_default();
        }
        let linked = match segments.iter().find(|segment| segment.kind == Segment::DYNAMIC) {
            Some(dynamic) => self.read_linked(file, &segments, dynamic),
            None => Some(()),
        };
        if self.flaw.is_none() && segments.iter().any(|segment| segment.is_misaligned(self.is_program)) {
            self.flaw = Some(Flaw::Misaligned);
        }
        self.debug = debug_bytes(file, head, expected);
        linked
    }

    /// What the linker needs.
    fn read_linked(&mut self, file: &mut Ranges, segments: &[Segment], dynamic: &Segment) -> Option<()> {
        let dynamic = Dynamic::read(file, dynamic)?;
        let in_file = |address: u64| {
            let holds = |segment: &&Segment| {
                segment.kind == Segment::LOAD
                    && address.checked_sub(segment.address).is_some_and(|at| at < segment.size)
            };
            let segment = segments.iter().find(holds)?;
            Some(address - segment.address + segment.offset)
        };
        self.is_program |= dynamic.is_program || !self.interpreter.is_empty() && dynamic.soname.is_none();
        self.read_strings(file, &dynamic, in_file(dynamic.strings)?, in_file(dynamic.versions));
        Some(())
    }

    /// Looks up every string, in rising order, so that a packed file is unpacked once.
    fn read_strings(&mut self, file: &mut Ranges, dynamic: &Dynamic, strings: u64, versions: Option<u64>) {
        let versions = versions.map(|at| read_versions(file, at, dynamic.version_count)).unwrap_or_default();
        let mut offsets: Vec<u64> = versions.iter().flat_map(|(library, name)| [*library, *name]).collect();
        offsets.extend(&dynamic.needed);
        offsets.extend([dynamic.soname, dynamic.rpath, dynamic.runpath].into_iter().flatten());
        offsets.sort_unstable();
        offsets.dedup();
        let texts: Vec<(u64, String)> = offsets
            .into_iter()
            .filter_map(|offset| Some((offset, file.text(strings.checked_add(offset)?, MAX_LIBRARY_NAME)?)))
            .collect();
        let text = |offset: u64| {
            let found = texts.binary_search_by_key(&offset, |(offset, _)| *offset).ok();
            found.and_then(|index| texts.get(index)).map_or("", |(_, text)| text.as_str())
        };
        let folders = |offset: Option<u64>| -> Vec<String> {
            let list = offset.map_or("", text);
            list.split(':').filter(|folder| !folder.is_empty()).map(str::to_owned).collect()
        };
        self.needed = dynamic.needed.iter().map(|offset| text(*offset).to_owned()).collect();
        self.needed.retain(|name| !name.is_empty());
        self.soname = dynamic.soname.map_or("", text).to_owned();
        self.runpath = folders(dynamic.runpath);
        // The linker passes the older one over where there is the newer one.
        self.rpath = if dynamic.runpath.is_some() { Vec::new() } else { folders(dynamic.rpath) };
        self.versions = versions
            .iter()
            .map(|(library, name)| SymbolVersion { library: text(*library).into(), name: text(*name).into() })
            .collect();
        order::sort(&mut self.versions);
        self.versions.dedup();
    }

    /// The C library that it was built with.
    pub fn c_library(&self) -> CLibrary {
        let needs = |name: &str| self.needed.iter().any(|needed| needed == name);
        if self.interpreter.contains("ld-musl") || self.needed.iter().any(|name| name.starts_with("libc.musl-")) {
            CLibrary::Musl
        } else if needs("libc.so.6") {
            CLibrary::Glibc
        } else if needs("libc.so") {
            let android = ANDROID_LIBRARIES.iter().any(|name| needs(name));
            if android { CLibrary::Bionic } else { CLibrary::Musl }
        } else if self.versions.iter().any(|version| version.name.starts_with("GLIBC_")) {
            CLibrary::Glibc
        } else {
            CLibrary::None
        }
    }

    /// The highest version of a family of symbols that it needs, e.g. `[3, 4, 29]` of `"GLIBCXX_"`.
    pub fn highest(&self, family: &str) -> Option<Vec<u32>> {
        self.versions.iter().filter_map(|version| numbers(version.name.strip_prefix(family)?)).max()
    }
}

/// The numbers of a version such as `3.4.29`; `None` where it has others than numbers, as `GLIBC_PRIVATE`.
fn numbers(text: &str) -> Option<Vec<u32>> {
    text.split('.').map(|part| part.parse().ok()).collect()
}

impl Dynamic {
    fn read(file: &mut Ranges, segment: &Segment) -> Option<Dynamic> {
        const PROGRAM: u64 = 0x0800_0000;
        let length = usize::try_from(segment.size).ok()?.min(MAX_NEEDED * DYNAMIC);
        let mut found = Dynamic::default();
        for entry in file.get(segment.offset, length)?.chunks_exact(DYNAMIC) {
            let (tag, value) = (u64_at(entry, 0)?, u64_at(entry, 8)?);
            match tag {
                0 => break,
                1 => found.needed.push(value),
                5 => found.strings = value,
                14 => found.soname = Some(value),
                15 => found.rpath = Some(value),
                29 => found.runpath = Some(value),
                0x6fff_fffb => found.is_program = value & PROGRAM != 0,
                0x6fff_fffe => found.versions = value,
                0x6fff_ffff => found.version_count = value,
                _ => {}
            }
        }
        Some(found)
    }
}

/// The versions needed, as offsets of the library's name and of the version's: a list of libraries, each with a list of
/// versions. What is only weakly needed may be missing.
fn read_versions(file: &mut Ranges, at: u64, count: u64) -> Vec<(u64, u64)> {
    const WEAK: u16 = 2;
    let mut found = Vec::new();
    let mut walk = || -> Option<()> {
        let mut library_at = at;
        for _ in 0..count {
            let library = file.get(library_at, 16)?;
            let (versions, name) = (u16_at(library, 2)?, u32_at(library, 4)?);
            let (first, next) = (u32_at(library, 8)?, u32_at(library, 12)?);
            let mut version_at = library_at.checked_add(u64::from(first))?;
            for _ in 0..versions {
                let version = file.get(version_at, 16)?;
                if u16_at(version, 4)? & WEAK == 0 {
                    found.push((u64::from(name), u64::from(u32_at(version, 8)?)));
                }
                version_at = version_at.checked_add(u64::from(u32_at(version, 12)?))?;
                if found.len() > MAX_NEEDED {
                    return None;
                }
            }
            library_at = library_at.checked_add(u64::from(next))?;
            if next == 0 {
                return None;
            }
        }
        None
    };
    walk();
    found
}
