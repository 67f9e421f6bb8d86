//! Commands that get the right file where nothing that lies here can be mended: lists of arguments, which whoever shows
//! them quotes for a shell.

use crate::recognise::python::distribution::abi_of;
use crate::tables::platforms::downloaded;
use crate::tables::runtimes::{Architecture, OperatingSystem, Runtime};

/// A program with its arguments, e.g. `["npm", "install", "sharp"]`.
pub type Call = Vec<String>;

fn call(words: &[&str]) -> Call {
    words.iter().map(|word| (*word).to_owned()).collect()
}

/// Fetches a wheel, e.g. of `"urllib3<3,>=1.21"`, that a target runs.
pub fn wheel(wanted: &str, runtime: &Runtime, architecture: Architecture) -> Call {
    for_target(call(&["pip", "download", wanted, "--no-deps"]), runtime, architecture)
}

/// The same where pip is one of another build of Python: it is told which interpreter and which interface is meant.
pub fn cpython_wheel(wanted: &str, runtime: &Runtime, architecture: Architecture) -> Call {
    let abi = abi_of(runtime.numbers());
    [wheel(wanted, runtime, architecture), call(&["--implementation", "cp", "--abi", &abi])].concat()
}

/// Fetches wheels with all that they need, e.g. `["-r", "requirements.txt"]`, into a folder of their own.
pub fn wheels(wanted: &[&str], runtime: &Runtime, architecture: Architecture) -> Call {
    let words = [&["pip", "download"], wanted, &["--dest", "wheels"]].concat();
    for_target(call(&words), runtime, architecture)
}

/// What makes pip take wheels alone, those for a target.
fn for_target(mut found: Call, runtime: &Runtime, architecture: Architecture) -> Call {
    found.extend(call(&["--only-binary=:all:", "--python-version", runtime.version]));
    for platform in downloaded(runtime.os, architecture) {
        found.extend(["--platform".to_owned(), platform]);
    }
    found
}

/// Installs an npm package with the parts that are compiled for Lambda (npm 10.4 and later, `npm help config`).
pub fn npm(wanted: &str, architecture: Architecture) -> Call {
    npm_with(wanted, "--os=linux --cpu={cpu} --libc=glibc", architecture)
}

/// Installs an npm package with options that tell its install script the target, with `{cpu}` for the processor.
pub fn npm_with(wanted: &str, options: &str, architecture: Architecture) -> Call {
    let cpu = if architecture == Architecture::Arm64 { "arm64" } else { "x64" };
    let options = options.replace("{cpu}", cpu);
    let mut found = call(&["npm", "install"]);
    found.extend(options.split_whitespace().chain([wanted]).map(str::to_owned));
    found
}

/// Fetches a gem that is compiled for Lambda.
pub fn gem(name: &str, version: &str, architecture: Architecture) -> Call {
    let platform = format!("{}-linux", architecture.machine());
    let mut found = call(&["gem", "fetch", name, "--platform", &platform]);
    if !version.is_empty() {
        found.extend(["--version".to_owned(), version.to_owned()]);
    }
    found
}

/// Installs a gem into a folder `gems`, compiled for the system and the Ruby that it is run on.
pub fn compiled_gem(name: &str, version: &str) -> Call {
    call(&["gem", "install", name, "--version", version, "--install-dir", "gems"])
}

/// Installs packages on a system of Amazon Linux, whose `/usr/lib64` holds the libraries then.
pub fn libraries(packages: &[&str], os: OperatingSystem) -> Call {
    let mut found = call(&[if os == OperatingSystem::Al2023 { "dnf" } else { "yum" }, "install", "-y"]);
    found.extend(call(packages));
    found
}
