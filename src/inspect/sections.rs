//! The sections of a compiled file that only debuggers read.
//!
//! No linker looks at them, and most libraries come without: they are looked for only where much of a file is never
//! loaded. Source: the ELF generic ABI, "Sections"; DWARF for their names; checked on 2026-11-28.

use super::ranges::Ranges;
use crate::bytes::{u16_at, u32_at, u64_at};
use crate::tables::limits::{DEBUG_WORTH_TELLING, MAX_SEGMENTS};

/// Bytes of a section header.
const ROW: usize = 64;

/// Their names lie before the headers as a rule, and take no more: both are read at once, since a packed file is
/// unpacked in order.
const NAMES: u64 = 16 * 1024;

/// A section without bytes in the file.
const NO_BITS: u32 = 8;

/// The bytes of a file's `.debug_*` sections, where what is loaded of it ends at `loaded`; 0 where they are few.
pub fn debug_bytes(file: &mut Ranges, head: &[u8], loaded: u64) -> u64 {
    if file.size().saturating_sub(loaded) < DEBUG_WORTH_TELLING {
        return 0;
    }
    read(file, head).unwrap_or(0)
}

fn read(file: &mut Ranges, head: &[u8]) -> Option<u64> {
    let (at, count) = (u64_at(head, 40)?, usize::from(u16_at(head, 60)?));
    if usize::from(u16_at(head, 58)?) != ROW || count > MAX_SEGMENTS {
        return None;
    }
    let start = at.saturating_sub(NAMES);
    let before = usize::try_from(at - start).ok()?;
    let bytes = file.get(start, before + count * ROW)?.to_vec();
    let rows = bytes.get(before..)?;
    let own = rows.get(usize::from(u16_at(head, 62)?) * ROW..)?;
    let (names_at, length) = (u64_at(own, 24)?, u64_at(own, 32)?.min(NAMES));
    let names = match names_at.checked_sub(start).filter(|from| from + length <= before as u64) {
        Some(from) => bytes.get(usize::try_from(from).ok()?..)?.to_vec(),
        None => file.get(names_at, usize::try_from(length).ok()?)?.to_vec(),
    };
    let mut sum = 0_u64;
    for row in rows.chunks_exact(ROW) {
        let name = names.get(usize::try_from(u32_at(row, 0)?).ok()?..).unwrap_or_default();
        if u32_at(row, 4)? != NO_BITS && (name.starts_with(b".debug_") || name.starts_with(b".zdebug_")) {
            sum = sum.saturating_add(u64_at(row, 32)?);
        }
    }
    Some(sum.min(file.size()))
}
