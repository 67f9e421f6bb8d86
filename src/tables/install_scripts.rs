//! Programs by which npm packages get their compiled part when they are installed, and how they are told the target.
//!
//! Sources: the documentation of each program; checked on 2026-11-25.

/// A program that an install script starts.
#[derive(Debug)]
pub struct Helper {
    /// Its name, as a word of the script.
    pub name: &'static str,
    /// The options of `npm install` that make it fetch for Lambda, with `{cpu}` for the processor; empty where it
    /// compiles, which has to be done on such a system.
    pub options: &'static str,
}

/// The rows; the first that a script names counts.
#[rustfmt::skip]
pub const HELPERS: &[Helper] = &[
    Helper { name: "prebuild-install", options: "--platform=linux --arch={cpu} --libc=glibc" },
    Helper { name: "node-pre-gyp", options: "--target_platform=linux --target_arch={cpu} --target_libc=glibc" },
    Helper { name: "node-gyp-build", options: "" },
    Helper { name: "node-gyp-build-optional-packages", options: "" },
    Helper { name: "node-gyp", options: "" },
    Helper { name: "cmake-js", options: "" },
];

/// A package that fetches a program when it is installed, by a script of its own.
#[derive(Debug)]
pub struct Fetching {
    /// Its name.
    pub package: &'static str,
    /// What it fetches.
    pub what: &'static str,
    /// The options of `npm install` that make it fetch for Lambda, with `{cpu}` for the processor; empty where it fetches
    /// for the system on which it runs.
    pub options: &'static str,
}

/// The rows. Source: the install scripts of the packages as published (ffmpeg-static 5.2, node-sass 9, puppeteer 23,
/// @prisma/engines 5.20 …); checked on 2026-11-29.
#[rustfmt::skip]
pub const FETCHING: &[Fetching] = &[
    Fetching { package: "@prisma/engines", what: "Prisma's engine", options: "" },
    Fetching { package: "chromedriver", what: "chromedriver", options: "" },
    Fetching { package: "electron", what: "Electron", options: "--platform=linux --arch={cpu}" },
    Fetching { package: "ffmpeg-static", what: "ffmpeg", options: "--platform=linux --arch={cpu}" },
    Fetching { package: "geckodriver", what: "geckodriver", options: "" },
    Fetching { package: "node-sass", what: "its binding", options: "" },
    Fetching { package: "phantomjs-prebuilt", what: "PhantomJS", options: "" },
    Fetching { package: "puppeteer", what: "Chrome", options: "" },
];
