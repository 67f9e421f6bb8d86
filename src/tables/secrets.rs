//! Files that hold passwords and keys, by their names and by what stands in them.
//!
//! Sources: npm's, yarn's, pip's and git's documentation of their files; RFC 7468 for keys; the form of access keys in
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html>. Written down on 2026-11-25.

/// Files of one kind.
#[derive(Debug)]
pub struct Secret {
    /// What it is, e.g. `"a private key"`.
    pub what: &'static str,
    /// Names of such files in small letters; one that begins with `*` stands for an ending, one that ends in `*` for a
    /// beginning.
    pub names: &'static [&'static str],
    /// What one line of it holds, all of them; empty where the name says enough.
    pub marks: &'static [&'static str],
}

/// The rows. Only files of these names are read.
#[rustfmt::skip]
pub const SECRETS: &[Secret] = &[
    Secret { what: "a private key", names: &["*.pem", "*.key", "*.p8", "*.pk8", "id_rsa", "id_dsa", "id_ecdsa", "id_ed25519"], marks: &["-----BEGIN ", "PRIVATE KEY-----"] },
    Secret { what: "a private key", names: &["*.ppk"], marks: &["PuTTY-User-Key-File-"] },
    Secret { what: "a token of a package registry", names: &[".npmrc", ".yarnrc"], marks: &["_authToken="] },
    Secret { what: "a password of a package registry", names: &[".npmrc", ".yarnrc"], marks: &["_password="] },
    Secret { what: "a password of a package registry", names: &[".npmrc", ".yarnrc"], marks: &["_auth="] },
    Secret { what: "a token of a package registry", names: &[".yarnrc.yml"], marks: &["npmAuthToken:"] },
    Secret { what: "a password of a package index", names: &[".pypirc"], marks: &["password"] },
    Secret { what: "a password", names: &[".netrc", "_netrc"], marks: &["password"] },
    Secret { what: "a password of git", names: &[".git-credentials"], marks: &["://", "@"] },
    Secret { what: "a secret key of AWS", names: &["credentials", "config", ".env", ".env.*", "*.env"], marks: &["aws_secret_access_key", "="] },
    Secret { what: "settings of an environment", names: &[".env", ".env.*"], marks: &["="] },
];

/// What files of one's own code hold whatever they are called; packages have too many files, and were published with them.
/// A mark `AKIA#` stands for the id of an access key, other than those of AWS's documentation, which end in `EXAMPLE`.
#[rustfmt::skip]
pub const OWN: &[Secret] = &[
    Secret { what: "a private key", names: &["*"], marks: &["-----BEGIN ", "PRIVATE KEY"] },
    Secret { what: "an access key of AWS", names: &["*"], marks: &["AKIA#"] },
    Secret { what: "a password of a package index", names: &["pip.conf", "pip.ini"], marks: &["index-url", "://", "@"] },
];

/// Endings of such names that stand for a pattern to be filled in.
pub const EXAMPLES: &[&str] = &[".example", ".sample", ".template", ".dist", ".defaults"];

/// Folders of packages whose keys are made for tests and examples.
pub const TEST_FOLDERS: &[&str] =
    &["test", "tests", "testing", "__tests__", "fixtures", "testdata", "examples", "example"];
