//! Endings of files that a language loads or a program reads, and that nobody starts by their name.
//!
//! Only speed hangs on this list: a file of another ending is told by its first bytes, and reading those of 50,000
//! files takes a browser half a minute. Checked on 2026-11-25.

/// Those among them whose files are compiled: the first bytes of the others say nothing of interest.
pub const COMPILED: &[&str] = &["dll", "dylib", "node", "pyd", "so", "wasm"];

/// Names and endings of files in which packages say what they are: they are read as soon as they are added.
pub const READ_WHOLE: &[&str] = &["METADATA", "PKG-INFO", "RECORD", "WHEEL", "gemspec", "package.json", "pth"];

/// The endings, in small letters and sorted, without the dot.
#[rustfmt::skip]
pub const NEVER_STARTED: &[&str] = &[
    "a", "avsc", "bmp", "br", "bz2", "c", "cc", "cer", "cfg", "cjs", "class", "coffee", "conf", "cpp", "crt", "css", "csv",
    "cts", "cxx", "dat", "db", "def", "dll", "dylib", "ejs", "eot", "es6", "flow", "gif", "gyp", "gypi", "gz", "h", "hbs",
    "hpp", "htm", "html", "ico", "in", "ini", "jar", "jpeg", "jpg", "js", "json", "json5", "jst", "jsx", "key", "less",
    "lock", "map", "markdown", "md", "mjs", "mts", "node", "npy", "npz", "o", "otf", "pak", "parquet", "patch", "pdf",
    "pem", "png", "po", "properties", "proto", "pxd", "pxi", "py", "pyc", "pyd", "pyi", "pyx", "rb", "rbi", "rbs", "rst",
    "sass", "scss", "snap", "so", "sqlite", "svg", "tar", "tgz", "tiff", "toml", "ts", "tsbuildinfo", "tsv", "tsx", "ttf",
    "txt", "typed", "vue", "wasm", "wav", "webp", "woff", "woff2", "xml", "xz", "yaml", "yml", "zip", "zst",
];
