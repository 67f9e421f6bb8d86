//! Names that a layer should not give to modules of its own, since it takes them from somebody else.
//!
//! A runtime searches a layer's folders before its own: `/opt/python` stands before the standard library in `sys.path`
//! (<https://docs.aws.amazon.com/lambda/latest/dg/python-package.html>, "search path"). Modules of the standard library
//! are `sys.stdlib_module_names` of each version, without those that are compiled into the interpreter or loaded before
//! the path is set, and without those that nobody imports in a function. Compared on
//! 2026-11-28 with the modules of CPython 3.6 to 3.13 themselves.

/// Modules of Python's standard library, from one version on and before another.
#[derive(Debug)]
pub struct StandardModule {
    /// Its name.
    pub name: &'static str,
    /// The first version of Python 3 that has it, as its second number.
    pub since: u32,
    /// The first version that has it no more.
    pub until: u32,
    /// Whether a back-port of that name, made for older versions, is known to break the newer ones that have it.
    pub breaks: bool,
}

const ALWAYS: u32 = 0;
const STILL: u32 = u32::MAX;

macro_rules! modules {
    ($($since:ident..$until:tt $breaks:literal: $($name:literal)*;)*) => {
        &[$($(StandardModule { name: $name, since: $since, until: modules!(@ $until), breaks: $breaks },)*)*]
    };
    (@ STILL) => { STILL };
    (@ $until:literal) => { $until };
}

const SINCE_4: u32 = 4;
const SINCE_7: u32 = 7;
const SINCE_9: u32 = 9;
const SINCE_11: u32 = 11;
const SINCE_14: u32 = 14;

/// The rows.
#[rustfmt::skip]
pub const STANDARD: &[StandardModule] = modules! {
    ALWAYS..STILL false:
        "argparse" "array" "ast" "base64" "bdb" "binascii" "bisect" "bz2" "cProfile" "calendar" "cmath" "cmd" "code" "codeop" "collections"
        "colorsys" "compileall" "configparser" "contextlib" "copy" "copyreg" "csv" "ctypes" "curses" "datetime" "dbm" "decimal" "difflib" "dis"
        "doctest" "email" "fcntl" "filecmp" "fileinput" "fnmatch" "fractions" "ftplib" "functools" "getopt" "getpass" "gettext" "glob" "grp" "gzip"
        "hashlib" "heapq" "hmac" "html" "http" "imaplib" "importlib" "inspect" "json" "keyword" "linecache" "locale" "logging" "lzma" "mailbox"
        "math" "mimetypes" "mmap" "modulefinder" "multiprocessing" "netrc" "numbers" "opcode" "operator" "optparse" "pdb" "pickle" "pickletools"
        "pkgutil" "platform" "plistlib" "poplib" "pprint" "profile" "pstats" "pty" "py_compile" "pyclbr" "pydoc" "queue" "quopri" "random" "re"
        "readline" "reprlib" "resource" "sched" "secrets" "select" "shelve" "shlex" "shutil" "signal" "smtplib" "socket" "socketserver" "sqlite3" "ssl"
        "string" "stringprep" "struct" "subprocess" "symtable" "sysconfig" "syslog" "tabnanny" "tarfile" "tempfile" "termios" "textwrap"
        "threading" "timeit" "token" "tokenize" "trace" "traceback" "tracemalloc" "tty" "types" "unicodedata" "unittest" "urllib" "uuid" "warnings"
        "wave" "weakref" "webbrowser" "wsgiref" "xml" "xmlrpc" "zipfile" "zlib";
    ALWAYS..STILL false: "ipaddress";
    ALWAYS..STILL true: "concurrent" "typing";
    SINCE_4..STILL false: "selectors" "statistics";
    SINCE_4..STILL true: "asyncio" "enum" "pathlib";
    SINCE_7..STILL false: "contextvars";
    SINCE_7..STILL true: "dataclasses";
    SINCE_9..STILL false: "graphlib" "zoneinfo";
    SINCE_11..STILL false: "tomllib";
    SINCE_14..STILL false: "annotationlib" "compression";
    ALWAYS..12 false: "asynchat" "asyncore" "distutils" "imp" "smtpd";
    ALWAYS..13 false: "aifc" "audioop" "cgi" "cgitb" "chunk" "crypt" "imghdr" "mailcap" "nntplib" "pipes" "sndhdr" "spwd" "sunau" "telnetlib" "uu" "xdrlib";
};

/// The AWS SDK for Python: each of these replaces the runtime's own, and they are made to fit each other.
pub const PYTHON_SDK: &[&str] = &["boto3", "botocore"];

/// The standard module of a name, where a version of Python 3 has it; `minor` is the version's second number.
pub fn standard(name: &str, minor: u32) -> Option<&'static StandardModule> {
    STANDARD.iter().find(|module| module.name == name && module.since <= minor && minor < module.until)
}
