//! What a file is by its first bytes, and what its name promises.

use super::tar;
use crate::path::file_name;

/// Bytes at the beginning of a file that tell what it is: a tar's first header is the longest.
pub const HEAD: u64 = 512;

/// A format of archives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A zip.
    Zip,
    /// A tar, not packed.
    Tar,
    /// A stream packed by gzip.
    Gzip,
    /// A stream packed by bzip2.
    Bzip2,
    /// A stream packed by xz.
    Xz,
    /// A stream packed by zstd.
    Zstd,
    /// A Debian package.
    Deb,
    /// Known, but not read.
    Unread(&'static Unread),
}

/// A format that is not read here, and what to do with it instead.
#[derive(Debug, PartialEq, Eq)]
pub struct Unread {
    magic: &'static [u8],
    /// What it is.
    pub title: &'static str,
    /// What to do.
    pub how: &'static str,
}

const REPACK: &str = "unpack it, and drop the folder or a zip of it";

/// The magic numbers of file(1), 5.44.
const UNREAD: &[Unread] = &[
    Unread {
        magic: b"\xed\xab\xee\xdb",
        title: "an RPM package",
        how: "turn it into a tarball with `rpm2archive`, or unpack it with `rpm2cpio FILE | cpio -idm`, and drop the result",
    },
    Unread { magic: b"7z\xbc\xaf\x27\x1c", title: "a 7-Zip archive", how: REPACK },
    Unread { magic: b"Rar!\x1a\x07", title: "a RAR archive", how: REPACK },
    Unread { magic: b"LZIP", title: "packed by lzip", how: REPACK },
    Unread { magic: b"\x04\x22\x4d\x18", title: "packed by lz4", how: REPACK },
    Unread { magic: b"\x1f\x9d", title: "packed by compress", how: REPACK },
    Unread { magic: b"xar!", title: "a XAR archive, as macOS installers are", how: REPACK },
];

impl Format {
    /// The format that these first bytes are of.
    pub fn of(head: &[u8]) -> Option<Format> {
        let begins = |magic: &[u8]| head.starts_with(magic);
        if begins(b"PK\x03\x04") || begins(b"PK\x05\x06") {
            return Some(Format::Zip);
        }
        if begins(b"\x1f\x8b") {
            return Some(Format::Gzip);
        }
        // The level, then a block's or the end's own mark.
        if begins(b"BZh") && [&b"\x31\x41\x59\x26\x53\x59"[..], b"\x17\x72\x45\x38\x50\x90"].contains(&head.get(4..10)?)
        {
            return Some(Format::Bzip2);
        }
        if begins(b"\xfd7zXZ\0") {
            return Some(Format::Xz);
        }
        if begins(b"\x28\xb5\x2f\xfd") {
            return Some(Format::Zstd);
        }
        // Libraries of object files begin with the same line, but with another first member.
        if begins(b"!<arch>\ndebian-binary") {
            return Some(Format::Deb);
        }
        if let Some(unread) = UNREAD.iter().find(|unread| begins(unread.magic)) {
            return Some(Format::Unread(unread));
        }
        tar::is_tar(head).then_some(Format::Tar)
    }

    /// Its name in a message.
    pub fn title(self) -> &'static str {
        match self {
            Format::Zip => "a zip archive",
            Format::Tar => "a tar archive",
            Format::Gzip => "a gzip stream",
            Format::Bzip2 => "a bzip2 stream",
            Format::Xz => "an xz stream",
            Format::Zstd => "a zstd stream",
            Format::Deb => "a Debian package",
            Format::Unread(unread) => unread.title,
        }
    }

    /// Whether it packs one stream of bytes, of whatever kind.
    pub fn is_stream(self) -> bool {
        matches!(self, Format::Gzip | Format::Bzip2 | Format::Xz | Format::Zstd)
    }
}

/// What an ending promises.
pub struct Promise {
    /// The ending, in lower case.
    pub ending: &'static str,
    /// The format.
    pub format: Format,
    /// Whether it holds several files: a tar is in the stream.
    pub files: bool,
    /// Whether tools make it, so that nothing unusual is accepted.
    pub strict: bool,
}

const fn row(ending: &'static str, format: Format, files: bool) -> Promise {
    Promise { ending, format, files, strict: false }
}

/// Longer endings stand before those that they end in.
const PROMISES: &[Promise] = &[
    Promise { strict: true, ..row(".whl", Format::Zip, true) },
    row(".zip", Format::Zip, true),
    row(".conda", Format::Zip, true),
    row(".egg", Format::Zip, true),
    row(".nupkg", Format::Zip, true),
    row(".gem", Format::Tar, true),
    row(".tar", Format::Tar, true),
    row(".tar.gz", Format::Gzip, true),
    row(".tgz", Format::Gzip, true),
    row(".tar.bz2", Format::Bzip2, true),
    row(".tbz2", Format::Bzip2, true),
    row(".tbz", Format::Bzip2, true),
    row(".tar.xz", Format::Xz, true),
    row(".txz", Format::Xz, true),
    row(".tar.zst", Format::Zstd, true),
    row(".tzst", Format::Zstd, true),
    row(".deb", Format::Deb, true),
    row(".gz", Format::Gzip, false),
    row(".bz2", Format::Bzip2, false),
    row(".xz", Format::Xz, false),
    row(".zst", Format::Zstd, false),
];

impl Promise {
    /// What the name promises.
    pub fn of(name: &str) -> Option<&'static Promise> {
        let name = file_name(name).to_ascii_lowercase();
        PROMISES.iter().find(|promise| name.ends_with(promise.ending))
    }
}
