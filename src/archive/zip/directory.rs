//! The directory: one record an entry (APPNOTE.TXT 4.3.12).

use super::end_record::End;
use super::extra::{self, Extra};
use super::{u16_at, u32_at, unreadable};
use crate::bytes::Window;
use crate::content::Method;
use crate::error::Refusal;
use crate::tables::codes;
use crate::tables::limits::MAX_ENTRIES;
use crate::words::quoted;

/// What the directory says of an entry.
pub struct Record {
    /// The name's bytes as stored.
    pub raw_name: Vec<u8>,
    /// Flag bit 11: name and comment are UTF-8.
    pub utf8: bool,
    /// Flag bit 3: sizes and CRC follow the data.
    pub descriptor: bool,
    /// All flags.
    pub flags: u16,
    /// How the data are packed.
    pub method: Method,
    /// CRC-32 of the unpacked data.
    pub crc: u32,
    /// Bytes packed.
    pub packed: u64,
    /// Bytes unpacked.
    pub size: u64,
    /// Where the local header is, from the archive's own beginning.
    pub offset: u64,
    /// The extra fields that matter.
    pub extra: Extra,
    made_by: u16,
    attributes: u32,
}

const SIZE: usize = 46;
const FLAG_ENCRYPTED: u16 = 1 | 1 << 6 | 1 << 13;

impl Record {
    /// The Unix mode, where the archive was made on Unix or the bits are there all the same.
    pub fn unix_mode(&self) -> Option<u32> {
        let mode = self.attributes >> 16;
        (mode != 0 && self.made_by >> 8 != 0 || self.made_by >> 8 == 3).then_some(mode)
    }

    fn file_type(&self) -> u32 {
        self.unix_mode().map_or(0, |mode| mode & 0o170_000)
    }

    /// Whether it is a symbolic link.
    pub fn is_link(&self) -> bool {
        self.file_type() == 0o120_000
    }

    /// Whether it is marked as a pipe, as `zip` does for what it read from one.
    pub fn is_fifo(&self) -> bool {
        self.file_type() == 0o010_000
    }

    /// Whether its attributes are those of a folder.
    pub fn says_folder(&self) -> bool {
        self.file_type() == 0o040_000 || self.file_type() == 0 && self.attributes & 0x10 != 0
    }

    /// The name for messages.
    pub fn shown(&self) -> String {
        quoted(&String::from_utf8_lossy(&self.raw_name))
    }

    /// A refusal that names this entry.
    pub fn refuse(&self, code: &'static codes::Code, what: &str) -> Refusal {
        Refusal::entry(code, String::from_utf8_lossy(&self.raw_name), format!("{} {what}", self.shown()))
    }
}

/// Every record, in the directory's order.
pub fn read(window: &mut Window, end: &End) -> Result<Vec<Record>, Refusal> {
    if end.count > MAX_ENTRIES as u64 {
        return Err(Refusal::whole(
            codes::LIMIT_ENTRIES,
            format!("it holds {} entries; at most {MAX_ENTRIES} are read", end.count),
        ));
    }
    let stop = end.directory + end.directory_size;
    let mut records = Vec::new();
    let mut at = end.directory;
    while at < stop {
        let (record, length) = read_one(window, at, stop)?;
        records.push(record);
        at += length;
    }
    if records.len() as u64 != end.count {
        return Err(Refusal::whole(
            codes::CD_MISMATCH,
            format!("its directory holds {} records; the end record says {}", records.len(), end.count),
        ));
    }
    Ok(records)
}

fn read_one(window: &mut Window, at: u64, stop: u64) -> Result<(Record, u64), Refusal> {
    let broken =
        || Refusal::whole(codes::CD_MISMATCH, "its directory is not a row of whole records, as its end record says");
    let fixed = window.get(at, SIZE).map_err(unreadable)?.filter(|record| record.starts_with(b"PK\x01\x02"));
    let fixed = fixed.ok_or_else(broken)?.to_vec();
    let (name, extra, comment) =
        (usize::from(u16_at(&fixed, 28)), usize::from(u16_at(&fixed, 30)), usize::from(u16_at(&fixed, 32)));
    let length = (SIZE + name + extra + comment) as u64;
    if at + length > stop {
        return Err(broken());
    }
    let variable = window.get(at + SIZE as u64, name + extra).map_err(unreadable)?.ok_or_else(broken)?;
    let (raw_name, raw_extra) = variable.split_at_checked(name).ok_or_else(broken)?;
    let flags = u16_at(&fixed, 8);
    let mut record = Record {
        raw_name: raw_name.to_vec(),
        utf8: flags & 1 << 11 != 0,
        descriptor: flags & 1 << 3 != 0,
        flags,
        method: Method::Stored,
        crc: u32_at(&fixed, 16),
        packed: u64::from(u32_at(&fixed, 20)),
        size: u64::from(u32_at(&fixed, 24)),
        offset: u64::from(u32_at(&fixed, 42)),
        extra: extra::parse(raw_extra),
        made_by: u16_at(&fixed, 4),
        attributes: u32_at(&fixed, 38),
    };
    let disk = u16_at(&fixed, 34);
    check(&mut record, u16_at(&fixed, 10), disk)?;
    Ok((record, length))
}

fn check(record: &mut Record, method: u16, disk: u16) -> Result<(), Refusal> {
    if let Some(problem) = record.extra.problem {
        return Err(record.refuse(problem.0, problem.1));
    }
    if record.flags & FLAG_ENCRYPTED != 0 || method == 99 {
        return Err(record.refuse(codes::ENCRYPTED, "is encrypted; expected an archive without a password"));
    }
    record.method = match method {
        0 => Method::Stored,
        8 => Method::Deflated,
        other => {
            return Err(record.refuse(
                codes::METHOD,
                &format!("is packed with method {other}; expected stored (0) or deflated (8)"),
            ));
        }
    };
    let zip64 = record.extra.zip64.clone();
    let wanted = [&mut record.size, &mut record.packed, &mut record.offset];
    if !extra::fill(wanted, disk == 0xffff, zip64.as_deref()) {
        return Err(record.refuse(codes::ZIP64_AMBIGUOUS, "has a zip64 field that does not match its record"));
    }
    if disk != 0 && disk != 0xffff {
        return Err(record.refuse(codes::MULTI_DISK, "lies in another volume; expected the whole archive in one file"));
    }
    if record.method == Method::Stored && record.packed != record.size {
        return Err(record.refuse(codes::BAD_DATA, "is stored, but its two sizes differ"));
    }
    Ok(())
}
