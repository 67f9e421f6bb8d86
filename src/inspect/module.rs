//! Extension modules of Python, told from their name: which interpreter imports them.
//!
//! Source: PEP 3149, `importlib.machinery.EXTENSION_SUFFIXES` of each version, and `configure.ac` of CPython for the
//! platform's part; checked on 2026-11-25.

use crate::path::file_name;
use crate::tables::python_builds::{DEBUG, FREE_THREADED, PYPY, PythonBuild};

/// An extension module, e.g. `_speedups.cpython-312-x86_64-linux-gnu.so`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Module<'a> {
    /// The module's name, e.g. `"_speedups"`.
    pub stem: &'a str,
    /// Which interpreter loads it.
    pub interpreter: Interpreter,
    /// The platform that its name ends with, e.g. `"x86_64-linux-gnu"`; empty where it names none.
    pub platform: &'a str,
}

/// Which interpreter loads an extension module.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Interpreter {
    /// One minor version of CPython.
    CPython {
        /// Major and minor, e.g. `(3, 12)`.
        version: (u32, u32),
        /// Whether it is for the build without the global lock, which Lambda does not offer.
        free_threaded: bool,
        /// Whether it is for a build with debugging aids, which Lambda does not offer.
        debug: bool,
    },
    /// Every CPython 3 that has the stable binary interface.
    Stable,
    /// PyPy, which Lambda does not offer.
    PyPy,
    /// The name does not say it.
    Unsaid,
}

impl<'a> Module<'a> {
    /// The module of a file name; `None` for what Python does not import.
    pub fn of(path: &'a str) -> Option<Module<'a>> {
        let name = file_name(path);
        let (rest, windows) = match name.strip_suffix(".pyd") {
            Some(rest) => (rest, true),
            None => (name.strip_suffix(".so")?, false),
        };
        let (stem, suffix) = rest.split_once('.').unwrap_or((rest, ""));
        let (interpreter, platform) = if windows { of_windows(suffix) } else { of_unix(suffix) }?;
        (!stem.is_empty()).then_some(Module { stem, interpreter, platform })
    }

    /// Whether it is rather a library of C by its name, such as `libfoo.so`, or `client-arm64.so`, which no `import` can
    /// name.
    pub fn is_library(&self) -> bool {
        let is_named = self.stem.chars().all(|character| character.is_alphanumeric() || character == '_');
        self.interpreter == Interpreter::Unsaid && (self.stem.starts_with("lib") || !is_named)
    }

    /// The build of Python that it is for, where that is not simply a version of CPython's usual one.
    pub fn build(&self) -> Option<&'static PythonBuild> {
        match self.interpreter {
            Interpreter::CPython { free_threaded: true, .. } => Some(FREE_THREADED),
            Interpreter::CPython { debug: true, .. } => Some(DEBUG),
            Interpreter::PyPy => Some(PYPY),
            _ => None,
        }
    }

    /// Whether the interpreter of a Python version finds it by its name.
    pub fn fits(&self, version: (u32, u32)) -> bool {
        match self.interpreter {
            Interpreter::CPython { version: own, free_threaded, debug } => own == version && !free_threaded && !debug,
            Interpreter::Stable => version.0 == 3,
            Interpreter::PyPy => false,
            Interpreter::Unsaid => true,
        }
    }
}

/// `cpython-312-x86_64-linux-gnu`, `abi3`, `abi3.x86_64-linux-gnu`, `pypy310-pp73-x86_64-linux-gnu`, or nothing.
fn of_unix(suffix: &str) -> Option<(Interpreter, &str)> {
    if suffix.is_empty() {
        return Some((Interpreter::Unsaid, ""));
    }
    if let Some(rest) = suffix.strip_prefix("abi3") {
        return Some((Interpreter::Stable, rest.trim_start_matches(['.', '-'])));
    }
    if suffix.starts_with("pypy") {
        return Some((Interpreter::PyPy, suffix.splitn(3, '-').nth(2).unwrap_or("")));
    }
    let rest = suffix.strip_prefix("cpython-")?;
    let (tag, platform) = rest.split_once('-').unwrap_or((rest, ""));
    Some((cpython(tag)?, platform))
}

/// `cp312-win_amd64` or nothing.
fn of_windows(suffix: &str) -> Option<(Interpreter, &str)> {
    if suffix.is_empty() {
        return Some((Interpreter::Unsaid, "win"));
    }
    let (tag, platform) = suffix.split_once('-').unwrap_or((suffix, "win"));
    match tag.strip_prefix("cp") {
        Some(tag) => Some((cpython(tag)?, platform)),
        None => Some((if tag == "abi3" { Interpreter::Stable } else { Interpreter::PyPy }, platform)),
    }
}

/// `312`, `37m` or `313t`; the letter `d` is for a build with debugging aids.
fn cpython(tag: &str) -> Option<Interpreter> {
    let digits = tag.trim_end_matches(|character: char| character.is_ascii_lowercase());
    let flags = tag.get(digits.len()..)?;
    let version = (digits.get(..1)?.parse().ok()?, digits.get(1..)?.parse().ok()?);
    Some(Interpreter::CPython { version, free_threaded: flags.contains('t'), debug: flags.contains('d') })
}
