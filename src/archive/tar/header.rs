//! A tar's header block (POSIX.1-2017, pax, "ustar Interchange Format"; GNU tar's manual, "Basic Tar Format").

use crate::error::Refusal;
use crate::tables::codes;
use crate::words::quoted;

/// Bytes of a header, and what everything in a tar is a multiple of.
pub const BLOCK: u64 = 512;

/// What a header says. Times, owners and device numbers don't matter in a layer and are not read.
pub struct Header {
    /// The name's bytes, the prefix before it.
    pub name: Vec<u8>,
    /// Its permission bits.
    pub mode: u32,
    /// Bytes that follow the header.
    pub size: u64,
    /// The letter that says what it is.
    pub letter: u8,
    /// The target's bytes, of a link.
    pub link: Vec<u8>,
}

impl Header {
    /// Reads a block that is not zero.
    pub fn read(block: &[u8]) -> Result<Header, Refusal> {
        if !checksum_fits(block) {
            return Err(Refusal::whole(
                codes::TAR_HEADER,
                "it holds a header whose checksum is wrong; download or build it again",
            ));
        }
        let mut name = text(block, 0, 100);
        // GNU's own variant ("ustar  ") keeps times where POSIX has the prefix.
        if field(block, 257, 6) == b"ustar\0" {
            let prefix = text(block, 345, 155);
            if !prefix.is_empty() {
                name = [&prefix, &b"/"[..], &name].concat();
            }
        }
        let shown = quoted(&String::from_utf8_lossy(&name));
        let number = |at, length, what: &str| {
            number(field(block, at, length)).ok_or_else(|| {
                let message = format!("{shown} has a {what} that is no number; download or build the archive again");
                Refusal::entry(codes::TAR_HEADER, String::from_utf8_lossy(&name), message)
            })
        };
        let mode = u32::try_from(number(100, 8, "mode")? & 0o7777).unwrap_or(0);
        let size = number(124, 12, "size")?;
        let letter = field(block, 156, 1).first().copied().unwrap_or(0);
        Ok(Header { mode, size, letter, link: text(block, 157, 100), name })
    }
}

/// Whether the checksum is that of the block: the sum of its bytes with the checksum's own as spaces. Early writers
/// summed signed bytes.
pub fn checksum_fits(block: &[u8]) -> bool {
    let Some(expected) = number(field(block, 148, 8)) else { return false };
    let mut sums = (0_u64, 0_i64);
    for (at, byte) in block.iter().enumerate() {
        let byte = if (148..156).contains(&at) { b' ' } else { *byte };
        sums = (sums.0 + u64::from(byte), sums.1 + i64::from(byte.cast_signed()));
    }
    block.len() as u64 == BLOCK && (expected == sums.0 || i64::try_from(expected) == Ok(sums.1))
}

fn field(block: &[u8], at: usize, length: usize) -> &[u8] {
    block.get(at..at + length).unwrap_or(&[])
}

/// A field up to its first NUL.
fn text(block: &[u8], at: usize, length: usize) -> Vec<u8> {
    field(block, at, length).split(|byte| *byte == 0).next().unwrap_or(&[]).to_vec()
}

/// Octal digits between spaces and NULs, or where the first bit is set, binary (GNU and star); `None` for negative
/// numbers, junk, and what is too large. An empty field is 0.
fn number(field: &[u8]) -> Option<u64> {
    match field.split_first() {
        Some((0x80, rest)) => {
            rest.iter().try_fold(0_u64, |number, byte| number.checked_mul(256).map(|number| number | u64::from(*byte)))
        }
        Some((0x81.., _)) | None => None,
        Some(_) => {
            let digits = std::str::from_utf8(field).ok()?.trim_matches([' ', '\0']);
            match digits {
                "" => Some(0),
                digits if digits.bytes().all(|byte| byte.is_ascii_digit()) => u64::from_str_radix(digits, 8).ok(),
                _ => None,
            }
        }
    }
}
