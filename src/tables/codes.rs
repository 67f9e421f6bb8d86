//! The codes for what Layerdrop finds odd in what was dropped, and the rule that each is reported under.
//!
//! A code is the fine print of a finding: outside readers compare it, so it is never renamed. The principle behind the
//! rows: refuse what two readers could read differently, normalise what can only mean one thing, drop nothing silently.

use super::rules::{self, Rule};

/// One oddity.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// Its public name, e.g. `"NAME_TRAVERSAL"`.
    pub id: &'static str,
    /// The rule under which it is reported.
    pub rule: &'static Rule,
}

macro_rules! codes {
    ($($name:ident: $rule:ident),* $(,)?) => {
        $(
            #[doc = concat!("`", stringify!($name), "`")]
            pub const $name: &Code = &Code { id: stringify!($name), rule: rules::$rule };
        )*
        /// Every code, in the order of the rows.
        pub const CODES: &[&Code] = &[$($name),*];
    };
}

codes! {
    // Names.
    NAME_TRAVERSAL: UNSAFE_PATH,
    NAME_DRIVE: UNSAFE_PATH,
    NAME_ABSOLUTE: UNSAFE_PATH,
    NAME_ABSOLUTE_STRIPPED: UNSAFE_PATH,
    NAME_NUL: UNSAFE_PATH,
    NAME_CONTROL: UNSAFE_PATH,
    NAME_EMPTY: UNSAFE_PATH,
    NAME_BACKSLASH: UNSAFE_PATH,
    NAME_NORMALISED: UNSAFE_PATH,
    NAME_INVISIBLE: UNSAFE_PATH,
    NAME_ENCODING: UNSAFE_PATH,
    NAME_CP437: NORMALISED_NAME,
    NAME_UTF8_UNFLAGGED: NORMALISED_NAME,
    NAME_UNICODE_PATH: UNSAFE_PATH,
    NAME_FROM_UNICODE_PATH: NORMALISED_NAME,
    NAME_TWIN: SIMILAR_PATHS,
    LIMIT_NAME: UNSAFE_PATH,
    LIMIT_DEPTH: UNSAFE_PATH,
    // One name, several entries.
    DUPLICATE: DUPLICATE_PATH,
    DUPLICATE_IDENTICAL: DUPLICATE_PATH,
    TYPE_CONFLICT: DUPLICATE_PATH,
    TYPE_AMBIGUOUS: AMBIGUOUS_ARCHIVE,
    // Structure.
    LOCAL_MISMATCH: AMBIGUOUS_ARCHIVE,
    LOCAL_MISSING: AMBIGUOUS_ARCHIVE,
    ORPHAN_LOCAL: AMBIGUOUS_ARCHIVE,
    OVERLAP: AMBIGUOUS_ARCHIVE,
    EOCD_AMBIGUOUS: AMBIGUOUS_ARCHIVE,
    CD_MISMATCH: AMBIGUOUS_ARCHIVE,
    ZIP64_AMBIGUOUS: AMBIGUOUS_ARCHIVE,
    EXTRA_DUPLICATE: AMBIGUOUS_ARCHIVE,
    EXTRA_MALFORMED: AMBIGUOUS_ARCHIVE,
    DESCRIPTOR: AMBIGUOUS_ARCHIVE,
    TRAILING_DATA: AMBIGUOUS_ARCHIVE,
    TRAILING_ZEROS: NORMALISED_ARCHIVE,
    PREFIX_DATA: NORMALISED_ARCHIVE,
    UNREFERENCED_BYTES: NORMALISED_ARCHIVE,
    EMPTY_ARCHIVE: NORMALISED_ARCHIVE,
    // Damage.
    NOT_ARCHIVE: DAMAGED_ARCHIVE,
    EMPTY_FILE: DAMAGED_ARCHIVE,
    TRUNCATED: DAMAGED_ARCHIVE,
    BAD_DATA: DAMAGED_ARCHIVE,
    UNREADABLE: DAMAGED_ARCHIVE,
    CHANGED: DAMAGED_ARCHIVE,
    // What is not read.
    ENCRYPTED: UNSUPPORTED_ARCHIVE,
    METHOD: UNSUPPORTED_ARCHIVE,
    MULTI_DISK: UNSUPPORTED_ARCHIVE,
    // Kinds of entries and their modes.
    LINK: LINK_COPIED,
    LINK_DANGLING: LINK_DROPPED,
    LINK_FOLDER: LINK_DROPPED,
    LINK_ESCAPE: UNSAFE_PATH,
    LINK_TRAVERSED: UNSAFE_PATH,
    SPECIAL_SKIPPED: LINK_DROPPED,
    FIFO_AS_FILE: NORMALISED_ARCHIVE,
    MODE_FIXED: MODE_MENDED,
    MODE_SPECIAL_CLEARED: MODE_MENDED,
    // Bounds.
    LIMIT_ENTRIES: SOURCE_TOO_LARGE,
    LIMIT_SIZE: SOURCE_TOO_LARGE,
    LIMIT_META: SOURCE_TOO_LARGE,
    LAMBDA_SIZE: SOURCE_TOO_LARGE,
    // Wheels.
    WHEEL_NAME: INVALID_WHEEL,
    WHEEL_DIST_INFO: INVALID_WHEEL,
    WHEEL_VERSION: INVALID_WHEEL,
    WHEEL_INCOMPLETE: INVALID_WHEEL,
    WHEEL_DATA_SCHEME: INVALID_WHEEL,
    WHEEL_RECORD: INVALID_WHEEL,
    WHEEL_UNRECORDED: UNRECORDED_FILE,
    // npm packages.
    NPM_NAME: INVALID_PACKAGE,
    NPM_ROOT: INVALID_PACKAGE,
    NPM_MANIFEST: INVALID_PACKAGE,
    NPM_ROOT_NAME: NORMALISED_ARCHIVE,
    NPM_STORE: MISSING_PACKAGE,
    LINK_SKIPPED: LINK_DROPPED,
    // Own code.
    BUILTIN_NAME: HIDDEN_BY_RUNTIME,
}
