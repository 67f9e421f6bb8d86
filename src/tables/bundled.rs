//! Packages that a runtime brings, so that a layer need not.
//!
//! Sources: the runtimes' pages of <https://docs.aws.amazon.com/lambda/latest/dg/>, which list the AWS SDK of each;
//! `pip list`, `/var/runtime` and `gem list` of the published images; <https://stdgems.org> for the gems of Ruby.
//! Written down on 2026-11-25. A name too many costs a missed finding, a name too few a false one: gems that only some
//! versions of Ruby bring are named for all.

use super::runtimes::{Language, Runtime};

/// Packages of the runtimes of some versions.
#[derive(Debug)]
pub struct Bundled {
    /// Their language.
    pub language: Language,
    /// The first version that has them.
    pub since: (u32, u32),
    /// The first version that has them no more.
    pub until: (u32, u32),
    /// Their names in small letters; one that ends in `*` stands for all that begin so.
    pub names: &'static [&'static str],
}

const LATEST: (u32, u32) = (u32::MAX, 0);

/// The rows.
#[rustfmt::skip]
pub const BUNDLED: &[Bundled] = &[
    Bundled { language: Language::Python, since: (0, 0), until: LATEST,
        names: &["awslambdaric", "boto3", "botocore", "jmespath", "pip", "python-dateutil", "s3transfer", "six", "snapshot-restore-py", "urllib3"] },
    Bundled { language: Language::Python, since: (0, 0), until: (3, 12), names: &["pkg-resources", "setuptools"] },
    Bundled { language: Language::NodeJs, since: (0, 0), until: (18, 0), names: &["aws-sdk"] },
    Bundled { language: Language::NodeJs, since: (18, 0), until: LATEST, names: &["@aws-sdk/*", "@smithy/*"] },
    Bundled { language: Language::Ruby, since: (0, 0), until: LATEST,
        names: &["abbrev", "aws-*", "base64", "benchmark", "bigdecimal", "bundler", "cgi", "csv", "date", "dbm", "debug", "delegate", "did_you_mean",
            "digest", "drb", "english", "erb", "error_highlight", "etc", "fcntl", "fiddle", "fileutils", "find", "forwardable", "gdbm", "getoptlong",
            "io-console", "io-nonblock", "io-wait", "ipaddr", "irb", "jmespath", "json", "logger", "matrix", "minitest", "mutex_m", "net-ftp",
            "net-http", "net-imap", "net-pop", "net-protocol", "net-smtp", "nkf", "observer", "open-uri", "open3", "openssl", "optparse", "ostruct",
            "pathname", "power_assert", "pp", "prettyprint", "prime", "prism", "pstore", "psych", "racc", "rake", "rbs", "rdoc", "readline",
            "readline-ext", "reline", "repl_type_completor", "resolv", "resolv-replace", "rexml", "rinda", "rss", "securerandom", "set", "shellwords",
            "singleton", "stringio", "strscan", "syntax_suggest", "syslog", "tempfile", "test-unit", "time", "timeout", "tmpdir", "tsort", "typeprof",
            "un", "uri", "weakref", "webrick", "yaml", "zlib"] },
];

/// Whether a runtime brings a package.
pub fn is_bundled(runtime: &Runtime, name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let fits = |own: &&str| own.strip_suffix('*').map_or(**own == name, |begin| name.starts_with(begin));
    let version = runtime.numbers();
    let rows = BUNDLED.iter().filter(|row| row.language == runtime.language);
    rows.filter(|row| row.since <= version && version < row.until).any(|row| row.names.iter().any(&fits))
}
