//! The end record, which says where the directory is (APPNOTE.TXT 4.3.14 to 4.3.16).

use super::{truncated, u16_at, u32_at, u64_at, unreadable};
use crate::bytes::Window;
use crate::error::{Note, Refusal};
use crate::tables::codes;

/// Where the directory lies and what it should hold.
#[derive(Debug)]
pub struct End {
    /// Where the directory begins in the file.
    pub directory: u64,
    /// How many bytes it takes.
    pub directory_size: u64,
    /// How many records it holds.
    pub count: u64,
    /// What must be added to stored offsets: the bytes that were put before the archive.
    pub shift: u64,
}

const SIGNATURE: &[u8] = b"PK\x05\x06";
const SIZE: usize = 22;
const LONGEST_COMMENT: u64 = 0xffff;
const LOCATOR_SIZE: u64 = 20;
const ZIP64_SIZE: u64 = 56;

/// Finds the one end record that every reader finds.
pub fn find(window: &mut Window, notes: &mut Vec<Note>) -> Result<End, Refusal> {
    let size = window.size();
    if size == 0 {
        return Err(Refusal::whole(codes::EMPTY_FILE, "it is empty (0 bytes); expected a zip archive"));
    }
    let head = window.get(0, usize::try_from(size.min(4)).unwrap_or(0)).map_err(unreadable)?.unwrap_or(&[]).to_vec();
    let length = size.min(LONGEST_COMMENT + SIZE as u64);
    let tail_start = size - length;
    let tail = window
        .get(tail_start, usize::try_from(length).unwrap_or(0))
        .map_err(unreadable)?
        .ok_or_else(|| truncated("its end is missing"))?
        .to_vec();

    let zeros = tail.iter().rev().take_while(|byte| **byte == 0).count();
    let candidates: Vec<(usize, usize)> = tail
        .windows(SIGNATURE.len())
        .enumerate()
        .filter(|(at, bytes)| *bytes == SIGNATURE && at + SIZE <= tail.len())
        .map(|(at, _)| (at, at + SIZE + usize::from(u16_at(&tail, at + 20))))
        .collect();
    let reaching: Vec<&(usize, usize)> =
        candidates.iter().filter(|(_, end)| *end <= tail.len() && *end + zeros >= tail.len()).collect();
    let Some((at, end)) = reaching.first().copied().copied() else {
        return Err(no_end(&candidates, tail.len(), head.starts_with(b"PK")));
    };
    if reaching.len() > 1 || candidates.iter().any(|(other, _)| *other > at) {
        return Err(Refusal::whole(
            codes::EOCD_AMBIGUOUS,
            "it has two end records, so programs disagree about what it holds; expected one",
        ));
    }
    if end < tail.len() {
        notes.push(Note::new(codes::TRAILING_ZEROS, "", format!("{} zero bytes follow its end", tail.len() - end)));
    }
    let record = tail.get(at..at + SIZE).unwrap_or(&[]);
    read_record(window, record, tail_start + at as u64, notes)
}

fn no_end(candidates: &[(usize, usize)], length: usize, begins_like_zip: bool) -> Refusal {
    match candidates.last() {
        Some((_, end)) if *end > length => truncated("its closing comment is not whole"),
        Some((_, end)) => Refusal::whole(
            codes::TRAILING_DATA,
            format!("{} bytes follow its end record; expected the end of the file", length - end),
        ),
        None if begins_like_zip => truncated("it has no end record"),
        None => Refusal::whole(codes::NOT_ARCHIVE, "it is not a zip archive: it has neither its beginning nor its end"),
    }
}

fn read_record(window: &mut Window, record: &[u8], at: u64, notes: &mut Vec<Note>) -> Result<End, Refusal> {
    let disks = (u16_at(record, 4), u16_at(record, 6));
    let counts = (u16_at(record, 8), u16_at(record, 10));
    let (directory_size, offset) = (u32_at(record, 12), u32_at(record, 16));
    let plain = End { directory: 0, directory_size: u64::from(directory_size), count: u64::from(counts.1), shift: 0 };
    let zip64 = read_zip64(window, at)?;
    if disks != (0, 0) && disks != (0xffff, 0xffff) || counts.0 != counts.1 {
        return Err(Refusal::whole(
            codes::MULTI_DISK,
            "it is one volume of several; expected the whole archive in one file",
        ));
    }
    let (mut end, offset, directory_end) = match zip64 {
        None if directory_size == u32::MAX || offset == u32::MAX => {
            return Err(ambiguous_zip64("its end record points to a zip64 record that is missing"));
        }
        // 65,535 records need no zip64, and look the same as the mark that says "see there".
        None => (plain, u64::from(offset), at),
        Some(zip64) => {
            let agrees = (counts.1 == 0xffff || u64::from(counts.1) == zip64.count)
                && (directory_size == u32::MAX || u64::from(directory_size) == zip64.directory_size)
                && (offset == u32::MAX || u64::from(offset) == zip64.offset);
            if !agrees {
                return Err(ambiguous_zip64("its zip64 end record and its end record disagree"));
            }
            let end = End { directory: 0, directory_size: zip64.directory_size, count: zip64.count, shift: 0 };
            (end, zip64.offset, zip64.at)
        }
    };
    let Some(directory) = directory_end.checked_sub(end.directory_size) else {
        return Err(mismatch("its directory would begin before the file"));
    };
    let Some(shift) = directory.checked_sub(offset) else {
        return Err(mismatch("its directory is not where the end record says"));
    };
    if end.count == 0 && directory > 0 {
        return Err(mismatch("its directory is empty, though data stand before it"));
    }
    if shift > 0 {
        notes.push(Note::new(codes::PREFIX_DATA, "", format!("{shift} bytes stand before the archive")));
    }
    end.directory = directory;
    end.shift = shift;
    Ok(end)
}

struct Zip64 {
    at: u64,
    count: u64,
    directory_size: u64,
    offset: u64,
}

/// The zip64 end record, if a locator stands right before the end record.
fn read_zip64(window: &mut Window, end_record: u64) -> Result<Option<Zip64>, Refusal> {
    let Some(locator_at) = end_record.checked_sub(LOCATOR_SIZE) else { return Ok(None) };
    let locator = window.get(locator_at, 20).map_err(unreadable)?.unwrap_or(&[]).to_vec();
    if !locator.starts_with(b"PK\x06\x07") {
        return Ok(None);
    }
    if u32_at(&locator, 4) != 0 || u32_at(&locator, 16) > 1 {
        return Err(Refusal::whole(
            codes::MULTI_DISK,
            "it is one volume of several; expected the whole archive in one file",
        ));
    }
    let Some(at) = locator_at.checked_sub(ZIP64_SIZE) else {
        return Err(ambiguous_zip64("its zip64 locator has no record before it"));
    };
    let record = window.get(at, 56).map_err(unreadable)?.unwrap_or(&[]).to_vec();
    if !record.starts_with(b"PK\x06\x06") || u64_at(&record, 4) != ZIP64_SIZE - 12 {
        return Err(ambiguous_zip64("its zip64 record is not right before its locator, or carries extra data"));
    }
    if u32_at(&record, 16) != 0 || u32_at(&record, 20) != 0 || u64_at(&record, 24) != u64_at(&record, 32) {
        return Err(Refusal::whole(
            codes::MULTI_DISK,
            "it is one volume of several; expected the whole archive in one file",
        ));
    }
    let found =
        Zip64 { at, count: u64_at(&record, 32), directory_size: u64_at(&record, 40), offset: u64_at(&record, 48) };
    // The locator's own offset must lead to the same record, counting the bytes put before the archive.
    let shift = at.checked_sub(found.directory_size).and_then(|directory| directory.checked_sub(found.offset));
    if shift.and_then(|shift| u64_at(&locator, 8).checked_add(shift)) != Some(at) {
        return Err(ambiguous_zip64("its zip64 locator points elsewhere"));
    }
    Ok(Some(found))
}

fn ambiguous_zip64(what: &str) -> Refusal {
    Refusal::whole(codes::ZIP64_AMBIGUOUS, format!("{what}; programs read different archives out of it"))
}

fn mismatch(what: &str) -> Refusal {
    Refusal::whole(codes::CD_MISMATCH, format!("{what}; expected a directory that its end record describes"))
}
