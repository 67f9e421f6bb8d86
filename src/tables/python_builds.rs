//! Builds of Python that Lambda's runtimes are not: what a package that was made for one of them says, and what helps.
//!
//! Sources: PEP 425 (tags), PEP 703 (`t`), PEP 3149 (`d`), PEP 384 (`abi3`), PyPy's and GraalPy's pages on wheels;
//! `pip download --help` for the options, of which `--implementation` and `--abi` are those of the Python that pip itself
//! runs on unless they are given. Checked on 2026-11-29.

use super::rules::Cause;

/// A build of Python.
#[derive(Debug, PartialEq, Eq)]
pub struct PythonBuild {
    /// What it is called, with `{version}` for its version.
    pub title: &'static str,
    /// What it means.
    pub cause: Cause,
    /// Whether another version of the package may be the one that fits.
    pub any_version: bool,
    /// Whether pip has to be told interpreter and interface, since people with this build have its pip.
    pub other_pip: bool,
}

/// CPython without its global lock.
pub const FREE_THREADED: &PythonBuild = &PythonBuild {
    title: "the free-threaded build of CPython",
    cause: Cause {
        why: "The build of Python without its global lock has a binary interface of its own (the t in cp313t). Lambda's runtimes are the usual build, which finds no such module: the import fails.",
        how: "Get the wheel without the t in its tag; the same version of the package has it as a rule.",
    },
    any_version: false,
    other_pip: true,
};

/// CPython with aids for debugging.
pub const DEBUG: &PythonBuild = &PythonBuild {
    title: "a debug build of CPython",
    cause: Cause {
        why: "A debug build of Python (python3-dbg, the d in cp312d) lays out its objects otherwise. Lambda's runtimes are release builds, which find no such module: the import fails.",
        how: "Get the package from the index instead, or build it with a release build of the runtime's Python.",
    },
    any_version: false,
    other_pip: true,
};

/// PyPy.
pub const PYPY: &PythonBuild = &PythonBuild {
    title: "PyPy, another interpreter",
    cause: Cause {
        why: "Lambda's Python runtimes are CPython: what was compiled for PyPy (pp in its tag) is not found there, and the import fails.",
        how: "Get the wheel for CPython (cp in its tag); pip run by PyPy takes it only when it is told to.",
    },
    any_version: false,
    other_pip: true,
};

/// GraalPy.
pub const GRAALPY: &PythonBuild = &PythonBuild {
    title: "GraalPy, another interpreter",
    cause: Cause {
        why: "Lambda's Python runtimes are CPython: what was compiled for GraalPy is not found there, and the import fails.",
        how: "Get the wheel for CPython (cp in its tag); pip run by GraalPy takes it only when it is told to.",
    },
    any_version: false,
    other_pip: true,
};

/// The stable interface as a later version has it.
pub const LATER_STABLE: &PythonBuild = &PythonBuild {
    title: "the stable interface of CPython {version} and later",
    cause: Cause {
        why: "The stable interface (abi3) grows with each version: the runtime's older Python lacks functions that the module was compiled against, and the import fails with \"undefined symbol\".",
        how: "Choose a runtime of that version or a later one, or get an earlier version of the package, which still supports the runtime's.",
    },
    any_version: true,
    other_pip: false,
};
