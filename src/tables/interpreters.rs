//! Programs that a script's first line can count on, by the system and by the runtime.
//!
//! Sources: `ls /bin /usr/bin /var/lang/bin` in the base images that AWS publishes of the runtimes, and the PATH that
//! <https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html> gives; written down on 2026-11-25. To
//! recheck: the same command in a current image. What is in no row is not known to be there.

use super::runtimes::Language;

/// Folders of the system, in which a program is found by its path and on the `PATH`.
pub const SYSTEM_FOLDERS: &[&str] = &["/bin", "/usr/bin"];

/// The folder of a runtime's own programs, which is the first of the `PATH`; the custom runtimes have none.
pub const RUNTIME_FOLDER: &str = "/var/lang/bin";

/// Programs of every Amazon Linux that Lambda uses.
pub const SYSTEM: &[&str] = &["awk", "bash", "cat", "env", "false", "sed", "sh", "test", "true"];

/// Programs of a runtime, with `{version}` for the language's version and `{major}` for its first number.
#[rustfmt::skip]
pub const RUNTIME: &[(Language, &[&str])] = &[
    (Language::Python, &["python", "python{major}", "python{version}"]),
    (Language::NodeJs, &["node"]),
    (Language::Ruby, &["ruby"]),
    (Language::Java, &["java"]),
    (Language::DotNet, &["dotnet"]),
];
