//! Words by which packages name the platform of a build in their own names, folders and files.
//!
//! Source: `process.platform` and `process.arch` of Node.js, the tags of wheels, the triples of Rust and LLVM, and the
//! names that prebuildify, napi-rs, node-pre-gyp and RubyGems make of them; checked on 2026-11-25.

/// Words for an operating system or a C library.
#[rustfmt::skip]
pub const SYSTEM_WORDS: &[&str] = &[
    "aix", "alpine", "android", "androideabi", "apple", "cygwin", "darwin", "dragonfly", "freebsd", "glibc", "gnu",
    "gnueabihf", "ios", "linux", "linuxglibc", "linuxmusl", "mac", "macos", "macosx", "manylinux", "mingw32", "mingw64",
    "msvc", "musl", "musleabihf", "musllinux", "netbsd", "openbsd", "openharmony", "osx", "solaris", "sunos", "win",
    "win32", "win64", "windows",
];

/// Words for a processor.
#[rustfmt::skip]
pub const PROCESSOR_WORDS: &[&str] = &[
    "386", "aarch64", "amd64", "arm", "arm32", "arm64", "arm64ec", "armhf", "armv6", "armv6l", "armv7", "armv7a",
    "armv7l", "armv8", "i386", "i586", "i686", "ia32", "loong64", "loongarch64", "mips64el", "mips64le", "ppc64",
    "ppc64le", "riscv64", "riscv64gc", "s390x", "universal", "universal2", "x32", "x64", "x86",
];

/// Packages that are there for another system only, and that others load on that system alone.
pub const OTHER_SYSTEMS_ONLY: &[&str] = &["fsevents", "macos-release", "windows-release"];

/// Whether a word of a name stands for a platform.
pub fn is_platform(word: &str) -> bool {
    SYSTEM_WORDS.binary_search(&word).is_ok() || PROCESSOR_WORDS.binary_search(&word).is_ok()
}
