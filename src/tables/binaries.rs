//! Marks of compiled files, and the processors that they name.
//!
//! Source: the ELF generic ABI with the processors' supplements, Apple's `mach-o/loader.h` and `fat.h`, Microsoft's PE
//! format; checked on 2026-11-23.

use super::runtimes::Architecture;

/// The first bytes of a file for Linux.
pub const ELF: &[u8] = b"\x7fELF";

/// The first bytes of files for macOS: 32 and 64 bits, in both byte orders, and for several processors at 64-bit offsets.
#[rustfmt::skip]
pub const MACH_O: &[&[u8]] = &[
    b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf", b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbf",
];

/// The first bytes of a file for several of Apple's processors; Java's class files share them.
pub const MACH_O_SEVERAL: &[u8] = b"\xca\xfe\xba\xbe";

/// Class files say version 45 or more where such a file says how many processors it is for.
pub const LEAST_CLASS_VERSION: u32 = 45;

/// The first bytes of a file for Windows, and those of its header proper.
pub const MZ: &[u8] = b"MZ";
/// The mark of the header that the first one points to.
pub const PE: &[u8] = b"PE\0\0";

/// The header proper of a file for Windows begins before this; where a text has these bytes, they say more.
pub const MOST_TO_PE: usize = 0x1_0000;

/// The first bytes of WebAssembly.
pub const WASM: &[u8] = b"\0asm";

/// What some editors put before a text in UTF-8 (its byte order mark). Linux sees it as a part of the first line.
pub const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Systems other than Linux that use its format, by byte 7 of the header (`EI_OSABI`). Linux has 0 or 3.
pub const ELF_SYSTEMS: &[(u8, &str)] = &[(2, "NetBSD"), (6, "Solaris"), (9, "FreeBSD"), (12, "OpenBSD")];

/// Libraries that Android has and musl, whose C library has the same name, does not.
pub const ANDROID_LIBRARIES: &[&str] = &["libandroid.so", "libdl.so", "liblog.so", "libm.so"];

/// A processor by the number that an ELF header gives it (`e_machine`).
#[derive(Debug)]
pub struct Machine {
    /// The number.
    pub number: u16,
    /// The name that people know it by.
    pub label: &'static str,
    /// Lambda's architecture, where the file is one of 64 bits, lower byte first.
    pub architecture: Option<Architecture>,
}

/// The processors that are met.
#[rustfmt::skip]
pub const MACHINES: &[Machine] = &[
    Machine { number: 0x03, label: "32-bit x86",   architecture: None },
    Machine { number: 0x08, label: "MIPS",         architecture: None },
    Machine { number: 0x15, label: "64-bit POWER", architecture: None },
    Machine { number: 0x16, label: "IBM Z",        architecture: None },
    Machine { number: 0x28, label: "32-bit ARM",   architecture: None },
    Machine { number: 0x3e, label: "x86_64",       architecture: Some(Architecture::X86_64) },
    Machine { number: 0xb7, label: "arm64",        architecture: Some(Architecture::Arm64) },
    Machine { number: 0xf3, label: "RISC-V",       architecture: None },
];
