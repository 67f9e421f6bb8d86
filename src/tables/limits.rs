//! Numbers: AWS's quotas, and the bounds that Layerdrop sets on what it reads.
//!
//! Source of the quotas: <https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html> and the API model of
//! `PublishLayerVersion`; checked on 2026-11-23.

/// Bytes of a function and all its layers together, unpacked. AWS refuses what is not *smaller* than this.
pub const UNZIPPED_LIMIT: u64 = 262_144_000;

/// Bytes of a zip that can be uploaded with the publish call itself; a larger one goes through S3.
pub const DIRECT_UPLOAD_LIMIT: u64 = 52_428_800;

/// The most runtimes that a layer version may name.
pub const MAX_RUNTIMES: usize = 15;

/// The most layers that a function can have.
pub const MAX_LAYERS: usize = 5;

/// The most extensions that a function can register, of all its layers together.
/// Source: <https://docs.aws.amazon.com/lambda/latest/dg/extensions-configuration.html>, checked on 2026-11-29.
pub const MAX_EXTENSIONS: usize = 10;

/// Characters of a prefix for layer names.
pub const MAX_NAME_PREFIX: usize = 64;

/// Bytes of a file that only debuggers read: fewer are not worth a word.
pub const DEBUG_WORTH_TELLING: u64 = 1024 * 1024;

/// Bytes of a file that a link stands for: fewer are not worth one.
pub const LINK_WORTH_MAKING: u64 = 64 * 1024;

/// Bytes of a pasted answer that are read.
pub const MAX_ANSWER: usize = 1024 * 1024;

/// Bytes of a pasted error message that are read.
pub const MAX_MESSAGE: usize = 256 * 1024;

/// Bytes of one path component on Linux (`NAME_MAX`).
pub const MAX_NAME: usize = 255;

/// Bytes of a path under `/opt`: Linux's `PATH_MAX` of 4096 with its NUL, less `/opt/`.
pub const MAX_PATH: usize = 4_090;

/// Folders below one another: deeper is refused, since tools that walk a layer recurse.
pub const MAX_DEPTH: usize = 64;

/// Entries of one source: more is refused.
pub const MAX_ENTRIES: usize = 200_000;

/// Unpacked bytes of one source, archives in it included: more is refused. Lambda's own limit is a quarter of it.
pub const MAX_SOURCE_SIZE: u64 = 1_073_741_824;

/// Bytes of a metadata file (`METADATA`, `WHEEL`, a script to be mended) that are read.
pub const MAX_METADATA: u64 = 4 * 1024 * 1024;

/// Bytes of a source file that is searched for the modules that it names.
pub const MAX_SOURCE_FILE: u64 = 16 * 1024 * 1024;

/// Bytes of a link's target (`PATH_MAX` without its NUL).
pub const MAX_LINK: u64 = 4_095;

/// Bytes of a header that is about another one in a tar: long names, attributes.
pub const MAX_TAR_EXTENSION: u64 = 1024 * 1024;

/// Classes of one jar whose version is looked at: of more, as many are taken evenly.
pub const MAX_CLASSES: usize = 4_096;

/// Packages that are laid out from a store without links; what more there is need for stays out.
pub const MAX_PACKAGES: usize = 20_000;

/// Archives within archives: deeper ones stay closed.
pub const MAX_NESTING: usize = 3;

/// Values of a YAML document, its aliases' copies included.
pub const MAX_YAML_NODES: usize = 200_000;

/// Bytes of a `.pth` file that are read.
pub const MAX_PTH: u64 = 64 * 1024;

/// Bytes of a program that are searched for what tells its purpose.
pub const MAX_SEARCHED: u64 = 128 * 1024 * 1024;

/// Program headers of an ELF file that are read; the usual number is a dozen.
pub const MAX_SEGMENTS: usize = 1_024;

/// Entries of an ELF file's dynamic section, and versions of symbols, that are read.
pub const MAX_NEEDED: usize = 8_192;

/// Bytes of a library's name, of a search path or of an interpreter's name that are read.
pub const MAX_LIBRARY_NAME: usize = 4_096;

/// Bytes of a text file that is written by hand; what is larger can be dropped.
pub const MAX_WRITTEN: usize = 256 * 1024;

/// Steps that can be undone.
pub const MAX_UNDO: usize = 200;

/// A text field of the publish call: its bounds in UTF-16 code units, as AWS's services count.
#[derive(Debug)]
pub struct Field {
    /// The setting's name, e.g. `"layerName"`.
    pub id: &'static str,
    /// What a person reads beside it.
    pub label: &'static str,
    /// What it is for, in a sentence.
    pub help: &'static str,
    /// The most code units, 0 for no bound of its own.
    pub max_length: usize,
}

/// The text fields, in the order in which they are shown.
#[rustfmt::skip]
pub const FIELDS: &[Field] = &[
    Field { id: "layerName",   label: "Layer name",  help: "Letters, digits, hyphens and underscores, or the ARN of a layer.", max_length: 140 },
    Field { id: "description", label: "Description", help: "What this version holds.", max_length: 256 },
    Field { id: "licenseInfo", label: "License",     help: "An SPDX identifier such as MIT, a web address, or the text.", max_length: 512 },
    Field { id: "region",      label: "Region",      help: "Where to publish, such as eu-west-1; empty for the command line's own.", max_length: 32 },
    Field { id: "profile",     label: "AWS profile", help: "A profile of the AWS command line; empty for its own.", max_length: 128 },
    Field { id: "s3Bucket",    label: "S3 bucket",   help: "For a zip that is too large to be uploaded directly; in the same region. {region} in it stands for each region.", max_length: 63 },
    Field { id: "s3Key",       label: "S3 key",      help: "The zip's name in the bucket; empty for the file's own name.", max_length: 1024 },
    Field { id: "s3ObjectVersion", label: "S3 object version", help: "If the zip is in the bucket already: its version there.", max_length: 1024 },
    Field { id: "functionName", label: "Function",   help: "A function to attach the layer to: its name or ARN.", max_length: 140 },
];

/// The bound of a text field in UTF-16 code units, e.g. 140 for `"layerName"`.
pub fn max_length(id: &str) -> usize {
    FIELDS.iter().find(|field| field.id == id).map_or(0, |field| field.max_length)
}
