//! What npm and its like put into a project, and which names a package may have.
//!
//! Sources: npm's rules for package names (its documentation of `package.json`, "name", and the
//! package `validate-npm-package-name`), the folders that npm 11, yarn 4 and pnpm 10 write, and `module.builtinModules`
//! of Node.js 24; checked on 2026-11-23.

/// The folder whose folders are packages.
pub const MODULES: &str = "node_modules";

/// Characters of a package's name, scope included.
pub const LONGEST_NAME: usize = 214;

/// Names that no package may have, since they mean something else in a folder of packages or on a web server.
pub const NOT_NAMES: &[&str] = &["node_modules", "favicon.ico"];

/// What installers keep for themselves in `node_modules`. Nothing reads it when a function runs.
///
/// `.bin` holds launchers, mostly links to scripts that stay in their packages. Lambda's PATH ends in `/opt/bin` and
/// knows no `.bin`, and a launcher that was copied no longer finds the files beside its script.
pub const INSTALLER_FILES: &[&str] = &[
    ".bin",
    ".cache",
    ".modules.yaml",
    ".package-lock.json",
    ".pnpm",
    ".pnpm-workspace-state.json",
    ".pnpm-workspace-state-v1.json",
    ".vite",
    ".yarn-integrity",
    ".yarn-state.yml",
];

/// The folder in which pnpm keeps the packages themselves: `node_modules` above it holds links only.
pub const PNPM_STORE: &str = ".pnpm";

/// Files in which yarn keeps its map of packages, where it uses no `node_modules` (Plug'n'Play).
pub const PLUG_AND_PLAY: &[&str] = &[".pnp.cjs", ".pnp.js"];

/// Files that list what is to be installed, each with the command that installs it.
#[rustfmt::skip]
pub const LISTS: &[(&str, &str)] = &[
    ("package-lock.json", "npm ci --omit=dev"),
    ("npm-shrinkwrap.json", "npm ci --omit=dev"),
    ("yarn.lock", "yarn install"),
    ("pnpm-lock.yaml", "pnpm install --prod --config.node-linker=hoisted"),
    ("package.json", "npm install --omit=dev"),
];

/// Packages that others name among their dependencies and use only while they are built or installed.
pub const BUILD_ONLY: &[&str] =
    &["cmake-js", "install-artifact-from-github", "nan", "node-addon-api", "node-gyp", "prebuild-install"];

/// The first Node.js of Lambda in which `require` loads ES modules. Node.js itself does so from 20.19 and 22.12 on
/// (<https://nodejs.org/api/modules.html>, "Loading ECMAScript modules using require()"), and Lambda switches it off in
/// 20 and 22: <https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html>, checked on 2026-11-28. For 24 that page
/// lists nothing as switched off.
pub const REQUIRES_ES_MODULES: u32 = 24;

/// Modules of Node.js itself: `require` and `import` of such a name never look into a layer.
#[rustfmt::skip]
pub const BUILTIN_MODULES: &[&str] = &[
    "assert", "async_hooks", "buffer", "child_process", "cluster", "console", "constants", "crypto", "dgram",
    "diagnostics_channel", "dns", "domain", "events", "fs", "http", "http2", "https", "inspector", "module", "net", "os",
    "path", "perf_hooks", "process", "punycode", "querystring", "readline", "repl", "stream", "string_decoder", "sys",
    "timers", "tls", "trace_events", "tty", "url", "util", "v8", "vm", "wasi", "worker_threads", "zlib",
];
