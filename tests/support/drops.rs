//! The `drop:` lines of a case as files.

use std::rc::Rc;

use layerdrop::bytes::{ReadAt, ReadError};
use layerdrop::intake::DroppedFile;

use super::Section;
use super::elf;
use super::tar::{self, TarEntry, tar};
use super::zip::{ZipEntry, wheel, zip};

/// `drop: PATH [(KIND, CHANGE…)] [= TEXT]` with the entries of an archive below it.
pub fn file(section: &Section) -> DroppedFile {
    let mut line = line(section.rest);
    let elf = elf::take(&mut line.options);
    let path = String::from_utf8(line.name).expect("a dropped path is text");
    let innermost = line.options.iter().find_map(|option| inside(option)).map_or(path.as_str(), |(_, name)| name);
    let kind = line.options.first().map_or("", String::as_str);
    let mut bytes = match kind {
        "wheel" => wheel(innermost.rsplit('/').next().unwrap_or(innermost), entries(section)),
        "zip" => zip(&entries(section)),
        "deb" => tar::deb("data.tar.xz", &tar::pack("xz", tar(&tar_entries(section)))),
        "gem" => {
            let named = |wanted: &str| {
                let option = line.options.iter().find_map(|option| option.strip_prefix(wanted));
                option.map(|rest| rest.trim().to_owned())
            };
            let stem = innermost.rsplit('/').next().unwrap_or(innermost).trim_end_matches(".gem");
            tar::gem(stem, tar_entries(section), named("without"), named("doubled"))
        }
        "gz" | "bz2" | "xz" | "zst" => tar::pack(kind, line.text.clone().unwrap_or_default()),
        _ => match tar::packing(kind) {
            Some(packing) => tar::pack(packing, tar(&tar_entries(section))),
            None => elf.or(line.text.clone()).unwrap_or_else(|| format!("the content of {path}\n").into_bytes()),
        },
    };
    let mut mode = None;
    for option in &line.options {
        match option.split_once(' ') {
            Some(("cut", count)) => bytes.truncate(bytes.len() - count.parse::<usize>().unwrap()),
            Some(("size", size)) => {
                let bytes = Zeros(size.parse().unwrap());
                return DroppedFile { path, bytes: Rc::new(bytes), mode };
            }
            Some(("inside", _)) => bytes = wrapped(option, bytes),
            Some(("twice", kind)) => bytes = [bytes.clone(), tar::pack(kind, Vec::new())].concat(),
            Some(("after", text)) => bytes.extend(unescape(text)),
            Some(("before", text)) => bytes = [unescape(text), bytes].concat(),
            _ => mode = u32::from_str_radix(option, 8).ok().or(mode),
        }
    }
    DroppedFile { path, bytes: Rc::new(bytes), mode }
}

fn entries(section: &Section) -> Vec<ZipEntry> {
    section.lines.iter().map(|line| entry(line)).collect()
}

fn tar_entries(section: &Section) -> Vec<TarEntry> {
    section.lines.iter().map(|line| tar_entry(line)).collect()
}

/// `inside KIND as NAME`: the archive and the name in it.
fn inside(option: &str) -> Option<(&str, &str)> {
    option.strip_prefix("inside ")?.split_once(" as ")
}

/// The bytes as the only file of an archive.
fn wrapped(option: &str, data: Vec<u8>) -> Vec<u8> {
    let (kind, name) = inside(option).unwrap_or_else(|| panic!("({option})? inside KIND as NAME"));
    let name = name.as_bytes().to_vec();
    match tar::packing(kind) {
        Some(packing) => tar::pack(packing, tar(&[TarEntry { name, data, mode: 0o644, ..TarEntry::default() }])),
        None => {
            zip(&[ZipEntry { name, data, mode: 0o100_644, deflated: kind == "deflated zip", ..ZipEntry::default() }])
        }
    }
}

/// `NAME [(OPTION, …)] [= TEXT]`, an entry of a tar. Of a link, the text is the target.
fn tar_entry(text: &str) -> TarEntry {
    let mut line = line(text);
    let elf = elf::take(&mut line.options);
    let content = format!("the content of {}\n", String::from_utf8_lossy(&line.name)).into_bytes();
    let mut entry = TarEntry { name: line.name, mode: 0o644, letter: b'0', ..TarEntry::default() };
    if entry.name.ends_with(b"/") {
        (entry.letter, entry.mode) = (b'5', 0o755);
    }
    let is_link = |option: &String| ["link", "hard link"].contains(&option.as_str());
    let text = elf.or(line.text).unwrap_or(if entry.letter == b'5' { Vec::new() } else { content });
    if line.options.iter().any(is_link) {
        entry.link = text
    } else {
        entry.data = text
    }
    for option in &line.options {
        match option.split_once(' ') {
            Some(("pax", record)) => entry.pax.push(unescape(record)),
            Some(("global", record)) => entry.global = Some(unescape(record)),
            Some(("type", letter)) => entry.letter = letter.as_bytes()[0],
            Some(("says", number)) => entry.size = Some(number.parse().unwrap()),
            Some(("size", number)) => entry.data = vec![b'x'; number.parse().unwrap()],
            Some(("header", name)) => entry.header_name = Some(unescape(name)),
            _ => match option.as_str() {
                "link" => entry.letter = b'2',
                "hard link" => entry.letter = b'1',
                "gnu" => entry.gnu = true,
                "no checksum" => entry.bad_checksum = true,
                "zero block" => entry.zero_block = true,
                mode => entry.mode = u32::from_str_radix(mode, 8).unwrap_or_else(|_| panic!("what is ({mode})?")),
            },
        }
    }
    entry
}

/// `NAME [(OPTION, …)] [= TEXT]`, an entry of a zip.
fn entry(text: &str) -> ZipEntry {
    let mut line = line(text);
    let data = elf::take(&mut line.options).or(line.text).unwrap_or_else(|| {
        let folder = line.name.ends_with(b"/");
        if folder {
            Vec::new()
        } else {
            format!("the content of {}\n", String::from_utf8_lossy(&line.name)).into_bytes()
        }
    });
    let mut entry = ZipEntry { name: line.name, data, mode: 0o100_644, ..ZipEntry::default() };
    if entry.name.ends_with(b"/") {
        entry.mode = 0o040_755;
    }
    for option in &line.options {
        match option.split_once(' ') {
            Some(("flag", bit)) => entry.flags |= 1 << bit.parse::<u16>().unwrap(),
            Some(("method", number)) => entry.method = number.parse().unwrap(),
            Some(("crc", number)) => entry.crc = Some(number.parse().unwrap()),
            Some(("size", number)) => entry.data = vec![b'x'; number.parse().unwrap()],
            Some(("says", number)) => entry.size = Some(number.parse().unwrap()),
            Some(("local", name)) => entry.local_name = Some(unescape(name)),
            _ => match option.as_str() {
                "deflated" => entry.deflated = true,
                "descriptor" => entry.descriptor = true,
                "unlisted" => entry.unlisted = true,
                "link" => entry.mode = 0o120_777,
                "no mode" => entry.mode = 0,
                mode => {
                    entry.mode =
                        0o100_000 | u32::from_str_radix(mode, 8).unwrap_or_else(|_| panic!("what is ({mode})?"))
                }
            },
        }
    }
    entry
}

struct Line {
    name: Vec<u8>,
    options: Vec<String>,
    text: Option<Vec<u8>>,
}

fn line(line: &str) -> Line {
    let (head, text) = match line.split_once(" = ") {
        Some((head, text)) => (head, Some(unescape(text))),
        None => (line, None),
    };
    let (name, options) = match head.split_once(" (") {
        Some((name, options)) => (name, options.trim_end_matches(')').split(", ").map(str::to_owned).collect()),
        None => (head, Vec::new()),
    };
    Line { name: unescape(name), options, text }
}

/// `\n`, `\\` and `\xNN` in names and texts.
pub fn unescape(text: &str) -> Vec<u8> {
    let (mut out, bytes) = (Vec::new(), text.as_bytes());
    let mut at = 0;
    while at < bytes.len() {
        let (byte, length) = match (bytes[at], bytes.get(at + 1)) {
            (b'\\', Some(b'n')) => (b'\n', 2),
            (b'\\', Some(b'r')) => (b'\r', 2),
            (b'\\', Some(b'x')) => (u8::from_str_radix(&text[at + 2..at + 4], 16).unwrap(), 4),
            (b'\\', Some(b'\\')) => (b'\\', 2),
            (byte, _) => (byte, 1),
        };
        out.push(byte);
        at += length;
    }
    out
}

/// The same for what must be text. `*N` at the end repeats it N times.
pub fn unescape_text(text: &str) -> String {
    let repeated = text.rsplit_once(" *").and_then(|(text, times)| Some((text, times.parse().ok()?)));
    let (text, times) = repeated.unwrap_or((text, 1));
    String::from_utf8(unescape(text)).expect("a setting is text").repeat(times)
}

/// Bytes that take no memory, for what is too large to be there.
struct Zeros(u64);

impl ReadAt for Zeros {
    fn size(&self) -> u64 {
        self.0
    }

    fn read_at(&self, _offset: u64, into: &mut [u8]) -> Result<(), ReadError> {
        into.fill(0);
        Ok(())
    }
}
