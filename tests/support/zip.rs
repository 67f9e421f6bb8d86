//! Writes zips for tests: plain ones, and ones that are wrong in a chosen way.
//!
//! Independent of the code under test on purpose: it knows the format by itself (APPNOTE.TXT), and lies when told to.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};

/// One entry of a zip.
#[derive(Clone, Default)]
pub struct ZipEntry {
    pub name: Vec<u8>,
    pub data: Vec<u8>,
    /// Unix mode with its file type; 0 for none.
    pub mode: u32,
    pub flags: u16,
    /// What the headers say; the data are always stored as they are.
    pub method: u16,
    pub deflated: bool,
    /// The data as another program deflated them.
    pub packed: Option<Vec<u8>>,
    pub descriptor: bool,
    /// What the local header says instead.
    pub local_name: Option<Vec<u8>>,
    pub crc: Option<u32>,
    pub size: Option<u32>,
    /// Not in the directory, though its data are there.
    pub unlisted: bool,
}

/// The zip's bytes.
pub fn zip(entries: &[ZipEntry]) -> Vec<u8> {
    let (mut out, mut directory, mut count) = (Vec::new(), Vec::new(), 0_u16);
    for entry in entries {
        let offset = out.len() as u32;
        let deflated = entry.deflated || entry.packed.is_some();
        let packed = match &entry.packed {
            Some(packed) => packed.clone(),
            None if deflated => deflate(&entry.data),
            None => entry.data.clone(),
        };
        let method = if deflated { 8 } else { entry.method };
        let crc = entry.crc.unwrap_or_else(|| crc32fast::hash(&entry.data));
        let size = entry.size.unwrap_or(entry.data.len() as u32);
        let packed_size = if deflated { packed.len() as u32 } else { size };
        let flags = entry.flags | if entry.descriptor { 1 << 3 } else { 0 };
        let numbers = if entry.descriptor { [0; 3] } else { [crc, packed_size, size] };
        let local_name = entry.local_name.as_ref().unwrap_or(&entry.name);

        out.extend(b"PK\x03\x04");
        put16(&mut out, &[20, flags, method, 0, 33]);
        put32(&mut out, &numbers);
        put16(&mut out, &[local_name.len() as u16, 0]);
        out.extend(local_name);
        out.extend(&packed);
        if entry.descriptor {
            out.extend(b"PK\x07\x08");
            put32(&mut out, &[crc, packed_size, size]);
        }
        if entry.unlisted {
            continue;
        }
        count += 1;
        directory.extend(b"PK\x01\x02");
        put16(&mut directory, &[3 << 8 | 20, 20, flags, method, 0, 33]);
        put32(&mut directory, &[crc, packed_size, size]);
        put16(&mut directory, &[entry.name.len() as u16, 0, 0, 0, 0]);
        put32(&mut directory, &[entry.mode << 16, offset]);
        directory.extend(&entry.name);
    }
    let start = out.len() as u32;
    out.extend(&directory);
    out.extend(b"PK\x05\x06");
    put16(&mut out, &[0, 0, count, count]);
    put32(&mut out, &[directory.len() as u32, start]);
    put16(&mut out, &[0]);
    out
}

/// A wheel: the given files with `WHEEL`, `METADATA` and `RECORD` where they are not given.
pub fn wheel(file_name: &str, mut entries: Vec<ZipEntry>) -> Vec<u8> {
    let parts: Vec<&str> = file_name.trim_end_matches(".whl").split('-').collect();
    let (name, version) = (parts.first().copied().unwrap_or(""), parts.get(1).copied().unwrap_or(""));
    let tags = parts.iter().rev().take(3).rev().copied().collect::<Vec<_>>().join("-");
    let folder = format!("{name}-{version}.dist-info");
    let given = |entries: &[ZipEntry], file: &str| entries.iter().any(|entry| entry.name.ends_with(file.as_bytes()));
    let add = |entries: &mut Vec<ZipEntry>, file: &str, text: String| {
        if !given(entries, &format!(".dist-info/{file}")) {
            let name = format!("{folder}/{file}").into_bytes();
            entries.push(ZipEntry { name, data: text.into_bytes(), mode: 0o100_644, ..ZipEntry::default() });
        }
    };
    add(&mut entries, "WHEEL", format!("Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: {tags}\n"));
    add(&mut entries, "METADATA", format!("Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"));
    let record: String = entries
        .iter()
        .filter(|entry| !entry.name.ends_with(b"/"))
        .map(|entry| {
            let hash = BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(&entry.data));
            format!("{},sha256={hash},{}\n", String::from_utf8_lossy(&entry.name), entry.data.len())
        })
        .collect();
    add(&mut entries, "RECORD", format!("{record}{folder}/RECORD,,\n"));
    zip(&entries)
}

fn deflate(data: &[u8]) -> Vec<u8> {
    use std::io::Write as _;
    let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::new(6));
    encoder.write_all(data).expect("a vector takes everything");
    encoder.finish().expect("a vector takes everything")
}

fn put16(out: &mut Vec<u8>, values: &[u16]) {
    for value in values {
        out.extend(value.to_le_bytes());
    }
}

fn put32(out: &mut Vec<u8>, values: &[u32]) {
    for value in values {
        out.extend(value.to_le_bytes());
    }
}
