//! The platform tags of wheels, and which of them a Lambda runtime accepts.
//!
//! Source: PEP 600, and the tags that pip computes inside AWS's images; checked on 2026-11-23.

use super::runtimes::{Architecture, OperatingSystem, Runtime};

/// The names of manylinux policies from before PEP 600, with the glibc that they stand for.
pub const LEGACY_MANYLINUX: &[(&str, (u32, u32))] =
    &[("manylinux1", (2, 5)), ("manylinux2010", (2, 12)), ("manylinux2014", (2, 17))];

/// What a platform tag asks for, e.g. of `"manylinux_2_28_x86_64"`: glibc 2.28 and x86_64.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Platform<'a> {
    /// `any`: no compiled code.
    Any,
    /// Linux with glibc of at least this version; plain `linux_…` tags promise nothing and get `(0, 0)`.
    Glibc {
        /// Least version of glibc.
        version: (u32, u32),
        /// Machine name, e.g. `"x86_64"`.
        machine: &'a str,
    },
    /// Linux with the musl C library, which Lambda's systems don't have.
    Musl,
    /// macOS.
    MacOs,
    /// Windows.
    Windows,
    /// Anything else.
    Other,
}

impl<'a> Platform<'a> {
    /// Reads one platform tag (no compressed set).
    pub fn parse(tag: &'a str) -> Platform<'a> {
        if tag == "any" {
            return Platform::Any;
        }
        for (name, version) in LEGACY_MANYLINUX {
            if let Some(machine) = tag.strip_prefix(name).and_then(|rest| rest.strip_prefix('_')) {
                return Platform::Glibc { version: *version, machine };
            }
        }
        if let Some(rest) = tag.strip_prefix("manylinux_") {
            let mut parts = rest.splitn(3, '_');
            let number = |part: Option<&str>| part.and_then(|digits| digits.parse().ok());
            return match (number(parts.next()), number(parts.next()), parts.next()) {
                (Some(major), Some(minor), Some(machine)) => Platform::Glibc { version: (major, minor), machine },
                _ => Platform::Other,
            };
        }
        if let Some(machine) = tag.strip_prefix("linux_") {
            return Platform::Glibc { version: (0, 0), machine };
        }
        if tag.starts_with("musllinux_") {
            return Platform::Musl;
        }
        if tag.starts_with("macosx_") {
            return Platform::MacOs;
        }
        if tag.starts_with("win") {
            return Platform::Windows;
        }
        Platform::Other
    }

    /// Whether code of this platform runs there.
    pub fn runs_on(self, runtime: &Runtime, architecture: Architecture) -> bool {
        match self {
            Platform::Any => true,
            Platform::Glibc { version, machine } => machine == architecture.machine() && version <= runtime.os.glibc(),
            _ => false,
        }
    }

    /// The architecture that it is for; `None` for `any` and for what no Lambda has.
    pub fn architecture(self) -> Option<Architecture> {
        match self {
            Platform::Glibc { machine, .. } => {
                Architecture::ALL.iter().copied().find(|architecture| architecture.machine() == machine)
            }
            _ => None,
        }
    }

    /// In words, e.g. `"Linux with glibc 2.28 or later on x86_64"`.
    pub fn describe(self) -> String {
        match self {
            Platform::Any => "any platform".into(),
            Platform::Glibc { version: (0, 0), machine } => format!("Linux on {machine}"),
            Platform::Glibc { version: (major, minor), machine } => {
                format!("Linux with glibc {major}.{minor} or later on {machine}")
            }
            Platform::Musl => "Linux with the musl C library (Alpine)".into(),
            Platform::MacOs => "macOS".into(),
            Platform::Windows => "Windows".into(),
            Platform::Other => "a platform that Lambda does not have".into(),
        }
    }
}

/// The policies for which wheels are published most, by what a system's C library takes: pip asks for exactly those that
/// it is given, with the older names that 2014 includes.
const DOWNLOADED: &[(&str, (u32, u32))] = &[("manylinux_2_28", (2, 28)), ("manylinux2014", (2, 17))];

/// The tags to ask pip for, e.g. `["manylinux2014_x86_64"]` for Amazon Linux 2.
pub fn downloaded(os: OperatingSystem, architecture: Architecture) -> Vec<String> {
    let taken = DOWNLOADED.iter().filter(|(_, glibc)| *glibc <= os.glibc());
    taken.map(|(policy, _)| format!("{policy}_{}", architecture.machine())).collect()
}
