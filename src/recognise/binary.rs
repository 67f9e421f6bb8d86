//! What a file is by its first bytes: compiled for which system and processor, or a script.

use crate::tables::binaries::{ELF, LEAST_CLASS_VERSION, MACH_O, MACH_O_SEVERAL, MACHINES, MZ, PE};
use crate::tables::runtimes::Architecture;

/// Bytes that are enough to tell it.
pub const HEAD: usize = 1024;

/// What a file is by its first bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A program or a shared library.
    Compiled(Built),
    /// Something that only a linker or a debugger reads.
    Object,
    /// An assembly of .NET, which runs on any system.
    Assembly,
    /// A text that names its interpreter in its first line.
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

impl Format {
    /// The format of a file that begins with these bytes; `None` for anything else.
    pub fn of(head: &[u8]) -> Option<Format> {
        if head.starts_with(b"#!") {
            return Some(Format::Script);
        }
        if head.starts_with(ELF) {
            return elf(head);
        }
        let several = head.strip_prefix(MACH_O_SEVERAL).and_then(|rest| rest.first_chunk());
        if MACH_O.iter().any(|mark| head.starts_with(mark))
            || several.is_some_and(|count| u32::from_be_bytes(*count) < LEAST_CLASS_VERSION)
        {
            return Some(Format::Compiled(Built::OtherSystem("macOS")));
        }
        head.starts_with(MZ).then(|| windows(head)).flatten()
    }
}

/// An ELF header: bytes 4 and 5 are class and byte order, 16 and 18 the kinds of file and processor.
fn elf(head: &[u8]) -> Option<Format> {
    let little = *head.get(5)? == 1;
    let number = |at: usize| {
        let bytes = *head.get(at..)?.first_chunk()?;
        Some(if little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    };
    const EXECUTABLE: u16 = 2;
    const DYNAMIC: u16 = 3;
    if ![EXECUTABLE, DYNAMIC].contains(&number(16)?) {
        return Some(Format::Object);
    }
    let processor = number(18)?;
    let machine = MACHINES.iter().find(|machine| machine.number == processor);
    let wide = *head.get(4)? == 2;
    Some(Format::Compiled(match machine.and_then(|machine| machine.architecture) {
        Some(architecture) if wide && little => Built::For(architecture),
        Some(_) => Built::OtherProcessor("a mode of its processor that Lambda does not use"),
        None => Built::OtherProcessor(machine.map_or("another processor", |machine| machine.label)),
    }))
}

/// A PE header: the fifteenth of its directories is there in assemblies of .NET alone.
fn windows(head: &[u8]) -> Option<Format> {
    let long = |at: usize| head.get(at..)?.first_chunk().map(|bytes| u32::from_le_bytes(*bytes));
    let at = usize::try_from(long(0x3c)?).ok()?;
    let header = head.get(at..).and_then(|header| header.strip_prefix(PE));
    let other = Format::Compiled(Built::OtherSystem("Windows"));
    let Some(optional) = header.and_then(|header| header.get(20..)) else { return Some(other) };
    let directories = match optional.first_chunk() {
        Some(b"\x0b\x01") => 96,
        Some(b"\x0b\x02") => 112,
        _ => return Some(other),
    };
    let entry = optional.get(directories + 14 * 8..).and_then(|entry| entry.first_chunk());
    Some(if entry.is_some_and(|start| u32::from_le_bytes(*start) != 0) { Format::Assembly } else { other })
}
