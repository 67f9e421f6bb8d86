//! Versions of the C and the C++ library's symbols that a file needs, against those of a system.

use super::layer::Layer;
use super::libraries;
use super::problem::Complaint;
use crate::inspect::elf::{CLibrary, Elf};
use crate::inspect::{Built, Inspection};
use crate::tables::rules::{GLIBC_TOO_NEW, LIBSTDCXX_TOO_NEW, Severity};
use crate::tables::runtimes::{Architecture, OperatingSystem};
use crate::tables::system_libraries::NEWEST_SYMBOLS;

/// A mark that glibc 2.36 introduced for files with packed relocations: older ones refuse them.
const PACKED_RELOCATIONS: (&str, &[u32]) = ("GLIBC_ABI_DT_RELR", &[2, 36]);

/// The C++ library, of which packages bring their own.
const LIBSTDCXX: &str = "libstdc++.so.6";

/// The files that need newer libraries than a system has.
pub fn judge(layer: &Layer, system: OperatingSystem, architecture: Architecture) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    let brought = libraries::from_layer(layer, system, architecture, LIBSTDCXX);
    for (index, file) in layer.files.iter().enumerate() {
        let Inspection::Elf(elf) = file.found else { continue };
        if elf.built != Built::For(architecture) || matches!(elf.c_library(), CLibrary::Musl | CLibrary::Bionic) {
            continue;
        }
        // The C++ library has two families; one that is too new says enough.
        let mut told = None;
        for (family, library, _, newest) in NEWEST_SYMBOLS.iter().filter(|(_, _, of, _)| *of == system) {
            if told == Some(library) || *library != "glibc" && brought.contains(&index) {
                continue;
            }
            let Some(needed) = highest(elf, family).filter(|needed| needed.as_slice() > *newest) else { continue };
            let rule = if *library == "glibc" { GLIBC_TOO_NEW } else { LIBSTDCXX_TOO_NEW };
            told = Some(library);
            complaints.push(Complaint {
                file: index,
                rule,
                severity: Severity::Error,
                found: format!("needs {family}{}", dotted(&needed)),
                instead: format!("{} has up to {family}{}", system.label(), dotted(newest)),
                weight: needed,
            });
        }
    }
    complaints
}

/// Whether a system's C library has all that a file needs of it.
pub fn fits_glibc(elf: &Elf, system: OperatingSystem) -> bool {
    let mut rows = NEWEST_SYMBOLS.iter().filter(|(_, library, of, _)| *of == system && *library == "glibc");
    rows.all(|(family, _, _, newest)| highest(elf, family).is_none_or(|needed| needed.as_slice() <= *newest))
}

fn highest(elf: &Elf, family: &str) -> Option<Vec<u32>> {
    let (mark, since) = PACKED_RELOCATIONS;
    let marked = family == "GLIBC_" && elf.versions.iter().any(|version| version.name == mark);
    elf.highest(family).max(marked.then(|| since.to_vec()))
}

fn dotted(numbers: &[u32]) -> String {
    numbers.iter().map(u32::to_string).collect::<Vec<_>>().join(".")
}
