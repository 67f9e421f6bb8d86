//! Files for other systems: Mach-O of macOS and PE of Windows, told from their headers.

use super::{Built, Format};
use crate::tables::binaries::{LEAST_CLASS_VERSION, MACH_O, MACH_O_SEVERAL, MOST_TO_PE, MZ, PE};

/// Whether a file is for one of Apple's processors or for several.
pub fn is_mach_o(head: &[u8]) -> bool {
    // Java's class files begin alike, and say their version where such a file says how many processors it is for.
    let several = head.strip_prefix(MACH_O_SEVERAL).and_then(|rest| rest.first_chunk());
    MACH_O.iter().any(|mark| head.starts_with(mark))
        || several.is_some_and(|count| u32::from_be_bytes(*count) < LEAST_CLASS_VERSION)
}

/// A file for Windows: the fifteenth of its directories is there in assemblies of .NET alone.
pub fn windows(head: &[u8]) -> Option<Format> {
    if !head.starts_with(MZ) {
        return None;
    }
    let long = |at: usize| head.get(at..)?.first_chunk().map(|bytes| u32::from_le_bytes(*bytes));
    let at = usize::try_from(long(0x3c)?).ok()?;
    let other = Format::Compiled(Built::OtherSystem("Windows"));
    let Some(header) = head.get(at..).filter(|header| header.len() >= PE.len()) else {
        return (at < MOST_TO_PE).then_some(other);
    };
    let Some(optional) = header.strip_prefix(PE)?.get(20..) else { return Some(other) };
    let directories = match optional.first_chunk() {
        Some(b"\x0b\x01") => 96,
        Some(b"\x0b\x02") => 112,
        _ => return Some(other),
    };
    let entry = optional.get(directories + 14 * 8..).and_then(|entry| entry.first_chunk());
    Some(if entry.is_some_and(|start| u32::from_le_bytes(*start) != 0) { Format::Assembly } else { other })
}
