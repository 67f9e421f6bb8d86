//! What Layerdrop knows about Lambda and the formats around it, as rows.
//!
//! Each table names its source and the day on which it was checked. Code elsewhere interprets the rows; a new runtime,
//! limit or rule is a new row here and a case in `tests/cases/`.

pub mod binaries;
pub mod bundled;
pub mod checks;
pub mod codes;
pub mod composition;
pub mod install_scripts;
pub mod interpreters;
pub mod layouts;
pub mod library_origins;
pub mod licenses;
pub mod limits;
pub mod messages;
pub mod misplaced;
pub mod npm;
pub mod optional_modules;
pub mod platform_words;
pub mod platforms;
pub mod python_builds;
pub mod rules;
pub mod runtimes;
pub mod secrets;
pub mod shadowing;
pub mod slimming;
pub mod started;
pub mod system_libraries;
