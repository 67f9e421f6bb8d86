//! Compiled modules of Python that their packages do without: each was taken away, and the package imported with
//! CPython 3.11, in its version of the day. Checked on 2026-11-28. So for packages of npm, with Node.js 20, on 2026-11-29.

/// A compiled module and whose it is.
#[derive(Debug)]
pub struct OptionalModule {
    /// Where it is among the packages, without what its name ends with, e.g. `"yaml/_yaml"`.
    pub module: &'static str,
    /// The distribution that brings it, with its name as PEP 503 compares it, e.g. `"pyyaml"`.
    pub distribution: &'static str,
}

/// Sorted by module.
#[rustfmt::skip]
pub const OPTIONAL_MODULES: &[OptionalModule] = &[
    OptionalModule { module: "aiohttp/_http_parser",         distribution: "aiohttp" },
    OptionalModule { module: "aiohttp/_http_writer",         distribution: "aiohttp" },
    OptionalModule { module: "aiohttp/_websocket/mask",      distribution: "aiohttp" },
    OptionalModule { module: "aiohttp/_websocket/reader_c",  distribution: "aiohttp" },
    OptionalModule { module: "coverage/tracer",              distribution: "coverage" },
    OptionalModule { module: "frozenlist/_frozenlist",       distribution: "frozenlist" },
    OptionalModule { module: "google/_upb/_message",         distribution: "protobuf" },
    OptionalModule { module: "markupsafe/_speedups",         distribution: "markupsafe" },
    OptionalModule { module: "msgpack/_cmsgpack",            distribution: "msgpack" },
    OptionalModule { module: "multidict/_multidict",         distribution: "multidict" },
    OptionalModule { module: "multidict/_testcapi",          distribution: "multidict" },
    OptionalModule { module: "propcache/_helpers_c",         distribution: "propcache" },
    OptionalModule { module: "simplejson/_speedups",         distribution: "simplejson" },
    OptionalModule { module: "tornado/speedups",             distribution: "tornado" },
    OptionalModule { module: "websockets/speedups",          distribution: "websockets" },
    OptionalModule { module: "wrapt/_wrappers",              distribution: "wrapt" },
    OptionalModule { module: "yaml/_yaml",                   distribution: "pyyaml" },
    OptionalModule { module: "yarl/_quoting_c",              distribution: "yarl" },
    OptionalModule { module: "zope/interface/_zope_interface_coptimizations", distribution: "zope-interface" },
];

/// Packages of npm that do without what they have compiled, or that those who load them do without; a scope stands for
/// all in it. `ssh2` uses `cpu-features`, `msgpackr` and `cbor-x` the scopes.
pub const OPTIONAL_PACKAGES: &[&str] =
    &["@cbor-extract/", "@msgpackr-extract/", "bufferutil", "cpu-features", "utf-8-validate"];
