//! Debian packages: an `ar` archive of `debian-binary`, a tar with what installers run, and a tar with the files
//! themselves (deb(5)). Only the files count.

use super::format::Format;
use super::{Listing, stream, tar, truncated, unreadable};
use crate::bytes::{Bytes, Part, Spools, Window};
use crate::error::Refusal;
use crate::tables::codes;
use crate::words::quoted;
use std::rc::Rc;

const MAGIC: &[u8] = b"!<arch>\n";
const HEADER: u64 = 60;

/// The files of a package, with their paths below the root of a system.
pub fn read(bytes: &Bytes, spools: &Spools) -> Result<Listing, Refusal> {
    let members = members(bytes)?;
    let names: Vec<&str> = members.iter().map(|(name, _)| name.as_str()).collect();
    let [(version, _), (control, _), (data_name, data)] = members.as_slice() else {
        return Err(other(&names));
    };
    if version != "debian-binary" || !control.starts_with("control.tar") {
        return Err(other(&names));
    }
    let data: Bytes = Rc::new(data.clone());
    let format = match data_name.strip_prefix("data.tar") {
        Some("") => return tar::read(&data),
        Some(".gz") => Format::Gzip,
        Some(".bz2") => Format::Bzip2,
        Some(".xz") => Format::Xz,
        Some(".zst") => Format::Zstd,
        Some(_) => {
            let message =
                format!("its files are in {}; expected data.tar packed by gzip, bzip2, xz or zstd", quoted(data_name));
            return Err(Refusal::whole(codes::METHOD, message));
        }
        None => return Err(other(&names)),
    };
    let (unpacked, mut notes) = stream::unpack(format, &data, spools)?;
    let mut listing = tar::read(&unpacked)?;
    notes.append(&mut listing.notes);
    Ok(Listing { notes, ..listing })
}

fn other(names: &[&str]) -> Refusal {
    let message =
        format!("it holds {}; a Debian package holds debian-binary, control.tar and data.tar", names.join(", "));
    Refusal::whole(codes::NOT_ARCHIVE, message)
}

/// The members of the outer archive (ar(5)), with their names: a header of 60 bytes of text, the data, and a line feed
/// where these are of odd length. More than a package has are not read.
fn members(bytes: &Bytes) -> Result<Vec<(String, Part)>, Refusal> {
    let mut window = Window::new(bytes.clone());
    let no_member = || Refusal::whole(codes::NOT_ARCHIVE, "it is not a Debian package: it is not a row of members");
    window.get(0, MAGIC.len()).map_err(unreadable)?.filter(|magic| *magic == MAGIC).ok_or_else(no_member)?;
    let mut at = MAGIC.len() as u64;
    let mut members = Vec::new();
    while at < window.size() && members.len() < 4 {
        let cut = || truncated("it ends within a member");
        let header = window.get(at, 60).map_err(unreadable)?.ok_or_else(cut)?;
        let text = std::str::from_utf8(header).ok().filter(|text| text.ends_with("`\n")).ok_or_else(no_member)?;
        let name = text.get(..16).unwrap_or("").trim_end().trim_end_matches('/').to_owned();
        let length: u64 = text.get(48..58).and_then(|size| size.trim_end().parse().ok()).ok_or_else(no_member)?;
        let start = at + HEADER;
        let end = start.checked_add(length).filter(|end| *end <= window.size()).ok_or_else(cut)?;
        members.push((name, Part { whole: bytes.clone(), start, length }));
        at = end.next_multiple_of(2);
    }
    Ok(members)
}
