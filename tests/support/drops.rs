//! The `drop:` lines of a case as files.

use std::rc::Rc;

use layerdrop::bytes::{ReadAt, ReadError};
use layerdrop::intake::DroppedFile;

use super::Section;
use super::zip::{ZipEntry, wheel, zip};

/// `drop: PATH [(KIND, CHANGE…)] [= TEXT]` with the entries of an archive below it.
pub fn file(section: &Section) -> DroppedFile {
    let line = line(section.rest);
    let path = String::from_utf8(line.name).expect("a dropped path is text");
    let entries = || section.lines.iter().map(|line| entry(line)).collect::<Vec<_>>();
    let kind = line.options.first().map(String::as_str);
    let mut bytes = match kind {
        Some("wheel") => wheel(path.rsplit('/').next().unwrap_or(&path), entries()),
        Some("zip") => zip(&entries()),
        _ => line.text.clone().unwrap_or_else(|| format!("the content of {path}\n").into_bytes()),
    };
    let mut mode = None;
    for option in &line.options {
        match option.split_once(' ') {
            Some(("cut", count)) => bytes.truncate(bytes.len() - count.parse::<usize>().unwrap()),
            Some(("size", size)) => {
                let bytes = Zeros(size.parse().unwrap());
                return DroppedFile { path, bytes: Rc::new(bytes), mode };
            }
            Some(("after", text)) => bytes.extend(unescape(text)),
            Some(("before", text)) => bytes = [unescape(text), bytes].concat(),
            _ => mode = u32::from_str_radix(option, 8).ok().or(mode),
        }
    }
    DroppedFile { path, bytes: Rc::new(bytes), mode }
}

/// `NAME [(OPTION, …)] [= TEXT]`, an entry of an archive.
fn entry(text: &str) -> ZipEntry {
    let line = line(text);
    let data = line.text.unwrap_or_else(|| {
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
    let (text, times) = match text.rsplit_once(" *") {
        Some((text, times)) => (text, times.parse().unwrap()),
        None => (text, 1),
    };
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
