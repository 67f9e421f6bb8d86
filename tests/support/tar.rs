//! Writes tars for tests, and packs them: plain ones, and ones that are wrong in a chosen way.
//!
//! Independent of the code under test on purpose: it knows the format by itself (POSIX.1, pax), and lies when told to.

use std::io::Write as _;

use sha2::{Digest as _, Sha256};

/// One entry of a tar.
#[derive(Clone, Default)]
pub struct TarEntry {
    pub name: Vec<u8>,
    pub data: Vec<u8>,
    pub mode: u32,
    /// The type; 0 for a file.
    pub letter: u8,
    /// The target of a link.
    pub link: Vec<u8>,
    /// Records of a pax header before it, `KEY=VALUE` each.
    pub pax: Vec<Vec<u8>>,
    /// A record of a global pax header before it.
    pub global: Option<Vec<u8>>,
    /// Whether a GNU long name stands before it, with the name.
    pub gnu: bool,
    /// What the header says instead.
    pub header_name: Option<Vec<u8>>,
    pub size: Option<u64>,
    pub bad_checksum: bool,
    /// Whether a block of zeros stands before it.
    pub zero_block: bool,
}

/// The tar's bytes.
pub fn tar(entries: &[TarEntry]) -> Vec<u8> {
    let mut out = Vec::new();
    for entry in entries {
        if entry.zero_block {
            out.extend([0; 512]);
        }
        if let Some(record) = &entry.global {
            add(&mut out, &meta(b'g', pax_record(record)));
        }
        if !entry.pax.is_empty() {
            add(&mut out, &meta(b'x', entry.pax.iter().flat_map(|record| pax_record(record)).collect()));
        }
        if entry.gnu {
            add(&mut out, &meta(b'L', [&entry.name, &b"\0"[..]].concat()));
        }
        add(&mut out, entry);
    }
    out.extend([0; 1024]);
    out
}

fn meta(letter: u8, data: Vec<u8>) -> TarEntry {
    TarEntry { name: b"meta".to_vec(), letter, data, mode: 0o644, ..TarEntry::default() }
}

/// `LENGTH KEY=VALUE` and a line feed; a record that begins with `!` is written as it stands.
fn pax_record(record: &[u8]) -> Vec<u8> {
    if let Some(raw) = record.strip_prefix(b"!") {
        return raw.to_vec();
    }
    let mut length = record.len() + 3;
    while length.to_string().len() + record.len() + 2 > length {
        length += 1;
    }
    [length.to_string().as_bytes(), b" ", record, b"\n"].concat()
}

fn add(out: &mut Vec<u8>, entry: &TarEntry) {
    let name = entry.header_name.as_ref().unwrap_or(&entry.name);
    let size = entry.size.unwrap_or(entry.data.len() as u64);
    let mut block = [0; 512];
    let mut put = |at: usize, text: &[u8], most: usize| {
        let length = text.len().min(most);
        block[at..at + length].copy_from_slice(&text[..length]);
    };
    put(0, name, 100);
    put(100, format!("{:07o}", entry.mode).as_bytes(), 7);
    put(108, b"0000000", 7);
    put(116, b"0000000", 7);
    put(124, format!("{size:011o}").as_bytes(), 11);
    put(136, b"00000000000", 11);
    put(148, b"        ", 8);
    put(156, &[if entry.letter == 0 { b'0' } else { entry.letter }], 1);
    put(157, &entry.link, 100);
    put(257, b"ustar\x0000", 8);
    let sum: u32 = block.iter().map(|byte| u32::from(*byte)).sum::<u32>() + u32::from(entry.bad_checksum);
    block[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    out.extend(block);
    out.extend(&entry.data);
    out.resize(out.len().next_multiple_of(512), 0);
}

/// How a tar of that kind is packed; `None` for what is no tar.
pub fn packing(kind: &str) -> Option<&str> {
    match kind {
        "tar" => Some(""),
        "tgz" => Some("gz"),
        kind => kind.strip_prefix("tar."),
    }
}

/// The bytes as a packed stream.
pub fn pack(packing: &str, bytes: Vec<u8>) -> Vec<u8> {
    match packing {
        "" => bytes,
        "gz" => {
            let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(6));
            encoder.write_all(&bytes).and_then(|()| encoder.finish()).expect("a vector takes everything")
        }
        "bz2" => {
            let mut encoder = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::new(1));
            encoder.write_all(&bytes).and_then(|()| encoder.finish()).expect("a vector takes everything")
        }
        "xz" => {
            let options = lzma_rust2::XzOptions::with_preset(0);
            let mut encoder = lzma_rust2::XzWriter::new(Vec::new(), options).expect("the preset is right");
            encoder.write_all(&bytes).and_then(|()| encoder.finish()).expect("a vector takes everything")
        }
        "zst" => ruzstd::encoding::compress_to_vec(bytes.as_slice(), ruzstd::encoding::CompressionLevel::Fastest),
        other => panic!("what is packed as {other}?"),
    }
}

/// A Debian package whose files are in a member of that name.
pub fn deb(name: &str, data: &[u8]) -> Vec<u8> {
    let mut out = b"!<arch>\n".to_vec();
    let control = pack("gz", tar(&[]));
    for (name, data) in [("debian-binary", &b"2.0\n"[..]), ("control.tar.gz", &control), (name, data)] {
        out.extend(format!("{name:<16}{:<12}{:<6}{:<6}{:<8}{:<10}`\n", 0, 0, 0, 100_644, data.len()).bytes());
        out.extend(data);
        out.resize(out.len().next_multiple_of(2), b'\n');
    }
    out
}

/// A gem: entries called `metadata` and `checksums` are its own parts, all others its files.
pub fn gem(stem: &str, entries: Vec<TarEntry>, without: Option<String>, doubled: Option<String>) -> Vec<u8> {
    let (own, files): (Vec<TarEntry>, Vec<TarEntry>) =
        entries.into_iter().partition(|entry| [&b"metadata"[..], b"checksums"].contains(&&entry.name[..]));
    let given = |name: &[u8]| own.iter().find(|entry| entry.name == name).map(|entry| entry.data.clone());
    let (name, version) = stem.rsplit_once('-').unwrap_or((stem, "1.0"));
    let plain = format!(
        "--- !ruby/object:Gem::Specification\nname: {name}\nversion: !ruby/object:Gem::Version\n  version: {version}\nplatform: ruby\n"
    );
    let metadata = pack("gz", given(b"metadata").unwrap_or_else(|| plain.into_bytes()));
    let data = pack("gz", tar(&files));
    let sum = |bytes: &[u8]| Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let sums = format!("---\nSHA256:\n  metadata.gz: {}\n  data.tar.gz: {}\n", sum(&metadata), sum(&data));
    let sums = pack("gz", given(b"checksums").unwrap_or_else(|| sums.into_bytes()));
    let mut parts = Vec::new();
    for (name, data) in [("metadata.gz", metadata), ("data.tar.gz", data), ("checksums.yaml.gz", sums)] {
        let part = TarEntry { name: name.into(), data, mode: 0o444, ..TarEntry::default() };
        let count =
            if without.as_deref() == Some(name) { 0 } else { 1 + usize::from(doubled.as_deref() == Some(name)) };
        parts.extend(std::iter::repeat_n(part, count));
    }
    tar(&parts)
}
