//! The local headers before each entry's data (APPNOTE.TXT 4.3.7): they must repeat what the directory says, and no
//! byte of the file may belong to two entries.

use super::directory::Record;
use super::end_record::End;
use super::{extra, u16_at, u32_at, u64_at, unreadable};
use crate::bytes::{ReadError, Window, for_each_piece};
use crate::content::Method;
use crate::error::{Note, Refusal};
use crate::order::sort_by_key;
use crate::tables::codes;

const SIZE: usize = 30;
const SIGNATURE: &[u8] = b"PK\x03\x04";

/// Checks every local header, and returns where each record's data begin, in the records' order.
pub fn check(window: &mut Window, end: &End, records: &[Record], notes: &mut Vec<Note>) -> Result<Vec<u64>, Refusal> {
    let mut order: Vec<(usize, &Record)> = records.iter().enumerate().collect();
    sort_by_key(&mut order, |(_, record)| record.offset);
    let mut starts = vec![0; records.len()];
    let mut previous_end = 0;
    for (index, record) in order {
        let Some(at) = record.offset.checked_add(end.shift).filter(|at| *at < end.directory) else {
            return Err(record.refuse(codes::LOCAL_MISSING, "lies beyond the archive's data"));
        };
        if at < previous_end {
            return Err(record.refuse(codes::OVERLAP, "shares bytes with another entry"));
        }
        gap(window, previous_end, at, end.shift, notes)?;
        let (start, stop) = check_one(window, record, at, end.directory)?;
        if let Some(slot) = starts.get_mut(index) {
            *slot = start;
        }
        previous_end = stop;
    }
    gap(window, previous_end, end.directory, end.shift, notes)?;
    Ok(starts)
}

/// Bytes that no entry owns: harmless, unless another reader finds an entry in them.
fn gap(window: &mut Window, from: u64, to: u64, shift: u64, notes: &mut Vec<Note>) -> Result<(), Refusal> {
    if from == to {
        return Ok(());
    }
    if holds_local_header(window, from, to).map_err(unreadable)? {
        return Err(Refusal::whole(
            codes::ORPHAN_LOCAL,
            format!("it holds an entry at byte {from} or later that its directory does not list"),
        ));
    }
    let prefix = from == 0;
    if prefix && shift == 0 {
        notes.push(Note::new(codes::PREFIX_DATA, "", format!("{to} bytes stand before the archive's first entry")));
    } else if !prefix {
        notes.push(Note::new(
            codes::UNREFERENCED_BYTES,
            "",
            format!("{} bytes at {from} belong to no entry", to - from),
        ));
    }
    Ok(())
}

fn holds_local_header(window: &mut Window, from: u64, to: u64) -> Result<bool, ReadError> {
    let mut carried: Vec<u8> = Vec::new();
    let mut found = false;
    for_each_piece(window.bytes(), from, to - from, &mut |piece: &[u8]| {
        carried.extend_from_slice(piece);
        found |= carried.windows(SIGNATURE.len()).any(|bytes| bytes == SIGNATURE);
        let keep = carried.len().saturating_sub(SIGNATURE.len() - 1);
        carried.drain(..keep);
        Ok::<(), ReadError>(())
    })?;
    Ok(found)
}

/// Where one entry's data begin, and where the entry ends.
fn check_one(window: &mut Window, record: &Record, at: u64, limit: u64) -> Result<(u64, u64), Refusal> {
    let missing = || record.refuse(codes::LOCAL_MISSING, "has no local header where the directory says");
    let fixed = window.get(at, SIZE).map_err(unreadable)?.filter(|header| header.starts_with(SIGNATURE));
    let fixed = fixed.ok_or_else(missing)?.to_vec();
    let (name, extra_length) = (usize::from(u16_at(&fixed, 26)), usize::from(u16_at(&fixed, 28)));
    let variable = window.get(at + SIZE as u64, name + extra_length).map_err(unreadable)?.ok_or_else(missing)?;
    let (raw_name, raw_extra) = variable.split_at_checked(name).ok_or_else(missing)?;
    compare(record, &fixed, raw_name, raw_extra)?;

    let start = at + (SIZE + name + extra_length) as u64;
    let Some(stop) = start.checked_add(record.packed).filter(|stop| *stop <= limit) else {
        return Err(record.refuse(codes::OVERLAP, "reaches into the directory"));
    };
    let stop = if record.descriptor { descriptor(window, record, stop, limit)? } else { stop };
    Ok((start, stop))
}

fn compare(record: &Record, fixed: &[u8], raw_name: &[u8], raw_extra: &[u8]) -> Result<(), Refusal> {
    let mismatch = |what: &str| {
        Err(record
            .refuse(codes::LOCAL_MISMATCH, &format!("has another {what} in its local header than in the directory")))
    };
    let extra = extra::parse(raw_extra);
    if let Some((code, what)) = extra.problem {
        return Err(record.refuse(code, what));
    }
    if raw_name != record.raw_name {
        return mismatch("name");
    }
    let flags = u16_at(fixed, 6);
    let differing = flags ^ record.flags;
    let flags_that_count = 1 | 1 << 3 | 1 << 6 | 1 << 13 | if raw_name.is_ascii() { 0 } else { 1 << 11 };
    if differing & 1 != 0 {
        return Err(record.refuse(codes::ENCRYPTED, "is encrypted by its local header; expected no encryption"));
    }
    if differing & flags_that_count != 0 {
        return mismatch("flag");
    }
    let method = if record.method == Method::Stored { 0 } else { 8 };
    if u16_at(fixed, 8) != method {
        return mismatch("method");
    }
    if extra.unicode_path != record.extra.unicode_path {
        return Err(record
            .refuse(codes::NAME_UNICODE_PATH, "has another Unicode name in its local header than in the directory"));
    }
    let crc = u32_at(fixed, 14);
    let (mut packed, mut size) = (u64::from(u32_at(fixed, 18)), u64::from(u32_at(fixed, 22)));
    if !extra::fill([&mut size, &mut packed], false, extra.zip64.as_deref()) {
        return Err(record.refuse(codes::ZIP64_AMBIGUOUS, "has a zip64 field that does not match its local header"));
    }
    // With a descriptor the header may leave the numbers empty; where it states them they must be right.
    let free = |value: u64| record.descriptor && value == 0;
    if crc != record.crc && !free(u64::from(crc)) {
        return mismatch("CRC-32");
    }
    if packed != record.packed && !free(packed) || size != record.size && !free(size) {
        return mismatch("size");
    }
    Ok(())
}

/// The descriptor after the data (APPNOTE.TXT 4.3.9), in any of its four forms; returns where it ends.
fn descriptor(window: &mut Window, record: &Record, at: u64, limit: u64) -> Result<u64, Refusal> {
    let longest = usize::try_from((limit - at).min(24)).unwrap_or(0);
    let found = window.get(at, longest).map_err(unreadable)?.unwrap_or(&[]);
    let forms: [(usize, bool); 4] = [(4, false), (4, true), (0, false), (0, true)];
    for (skip, wide) in forms {
        let length = skip + if wide { 20 } else { 12 };
        let Some(form) = found.get(..length) else { continue };
        if skip == 4 && !form.starts_with(b"PK\x07\x08") {
            continue;
        }
        let (packed, size) = if wide {
            (u64_at(form, skip + 4), u64_at(form, skip + 12))
        } else {
            (u64::from(u32_at(form, skip + 4)), u64::from(u32_at(form, skip + 8)))
        };
        if u32_at(form, skip) == record.crc && packed == record.packed && size == record.size {
            return Ok(at + length as u64);
        }
    }
    Err(record.refuse(codes::DESCRIPTOR, "is followed by other sizes or another CRC-32 than the directory states"))
}
