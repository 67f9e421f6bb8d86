//! Headers before a header: pax records (POSIX.1-2017, pax, "pax Extended Header") and GNU's long names.

use crate::error::Refusal;
use crate::tables::codes;
use crate::words::quoted;

/// What stands before an entry's own header and overrules it.
#[derive(Default)]
pub struct Extension {
    /// Its name.
    pub name: Option<Vec<u8>>,
    /// Its target, where it is a link.
    pub link: Option<Vec<u8>>,
    /// Its size: of the entry itself, not of a long name that stands between the two.
    pub size: Option<u64>,
    /// Whether it is sparse: its data are not what the file holds.
    pub sparse: bool,
    /// Which kinds of headers were read, by letter.
    seen: Vec<u8>,
}

impl Extension {
    /// Whether nothing was read.
    pub fn is_empty(&self) -> bool {
        self.seen.is_empty()
    }

    /// Reads the records of a pax header: `LENGTH KEY=VALUE` and a line feed, where the length counts all of it.
    pub fn read_pax(&mut self, records: &[u8]) -> Result<(), Refusal> {
        self.once(b'x')?;
        for (key, value) in split(records)? {
            match key.as_slice() {
                b"path" => self.set_name(value)?,
                b"linkpath" => self.set_link(value)?,
                b"size" => self.size = Some(decimal(&value)?),
                key if key.starts_with(b"GNU.sparse.") => self.sparse = true,
                _ => {}
            }
        }
        Ok(())
    }

    /// Reads a long name or target of GNU tar: text that ends in a NUL.
    pub fn read_gnu(&mut self, letter: u8, data: &[u8]) -> Result<(), Refusal> {
        self.once(letter)?;
        let text = data.split(|byte| *byte == 0).next().unwrap_or(&[]).to_vec();
        if letter == b'L' { self.set_name(text) } else { self.set_link(text) }
    }

    fn set_name(&mut self, name: Vec<u8>) -> Result<(), Refusal> {
        set(&mut self.name, name, "name")
    }

    fn set_link(&mut self, link: Vec<u8>) -> Result<(), Refusal> {
        set(&mut self.link, link, "link target")
    }

    /// One header of a kind belongs to an entry; readers disagree about what two mean.
    fn once(&mut self, letter: u8) -> Result<(), Refusal> {
        if self.seen.contains(&letter) {
            return Err(malformed("two extended headers of one kind stand before one entry; expected one"));
        }
        self.seen.push(letter);
        Ok(())
    }
}

/// Reads a header that is about all entries after it. It may say nothing that is about one of them.
pub fn read_global(records: &[u8]) -> Result<(), Refusal> {
    for (key, _) in split(records)? {
        if is_about_the_entry(&key) {
            return Err(Refusal::whole(
                codes::PAX_GLOBAL,
                format!("it gives all its entries one {}, which some programs follow and others don't", shown(&key)),
            ));
        }
    }
    Ok(())
}

/// Whether a record says where an entry lies or what its data are.
fn is_about_the_entry(key: &[u8]) -> bool {
    [&b"path"[..], b"linkpath", b"size"].contains(&key) || key.starts_with(b"GNU.sparse.")
}

/// Keyword and value.
type Record = (Vec<u8>, Vec<u8>);

/// Splits a header's data into records.
fn split(mut records: &[u8]) -> Result<Vec<Record>, Refusal> {
    let mut found = Vec::new();
    while !records.is_empty() {
        let no_record = || malformed("it holds an extended header that is not a row of \"LENGTH KEY=VALUE\" lines");
        let space = records.iter().position(|byte| *byte == b' ').ok_or_else(no_record)?;
        let length = usize::try_from(decimal(records.get(..space).unwrap_or(&[]))?).unwrap_or(usize::MAX);
        let (record, rest) = records.split_at_checked(length).ok_or_else(no_record)?;
        let record = record.get(space + 1..).and_then(|record| record.strip_suffix(b"\n")).ok_or_else(no_record)?;
        let equals = record.iter().position(|byte| *byte == b'=').filter(|at| *at > 0).ok_or_else(no_record)?;
        let (key, value) = (record.get(..equals).unwrap_or(&[]), record.get(equals + 1..).unwrap_or(&[]));
        // A NUL ends the keyword for some programs.
        if key.contains(&0) && is_about_the_entry(key.split(|byte| *byte == 0).next().unwrap_or(&[])) {
            return Err(malformed("it holds an extended header with a NUL in a keyword"));
        }
        found.push((key.to_vec(), value.to_vec()));
        records = rest;
    }
    Ok(found)
}

fn set(slot: &mut Option<Vec<u8>>, value: Vec<u8>, what: &str) -> Result<(), Refusal> {
    if value.is_empty() {
        return Err(malformed(&format!("it holds an extended header with an empty {what}; expected one")));
    }
    match slot {
        Some(present) if *present != value => Err(malformed(&format!(
            "an entry has the two {what}s {} and {}; expected one",
            shown(present),
            shown(&value)
        ))),
        slot => {
            *slot = Some(value);
            Ok(())
        }
    }
}

fn decimal(digits: &[u8]) -> Result<u64, Refusal> {
    let digits = std::str::from_utf8(digits).ok().filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()));
    digits
        .and_then(|digits| digits.parse().ok())
        .ok_or_else(|| malformed("it holds an extended header with a length or size that is no number"))
}

fn shown(text: &[u8]) -> String {
    quoted(&String::from_utf8_lossy(text))
}

fn malformed(what: &str) -> Refusal {
    Refusal::whole(codes::PAX_MALFORMED, format!("{what}; download or build it again"))
}
