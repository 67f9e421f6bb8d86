//! Layerdrop turns whatever a person drops into a correct AWS Lambda layer.
//!
//! ```text
//! drop → recognise → place under /opt → check → pack → publish command
//! ```
//!
//! Each step is a module; [`plan`] runs them and [`session`] keeps what the person did. The core is pure: it touches no
//! clock, randomness, file system or environment, and reads bytes only through [`bytes::ReadAt`]. The browser is known
//! to `wasm` alone, whose crates a native build does not even have.

pub mod archive;
pub mod bundle;
pub mod bytes;
pub mod check;
pub mod choices;
pub mod content;
pub mod diff;
pub mod error;
pub mod explain;
pub mod inspect;
pub mod intake;
pub mod license;
pub mod markdown;
pub mod order;
pub mod pack;
pub mod path;
pub mod place;
pub mod plan;
pub mod propose;
pub mod publish;
pub mod recipe;
pub mod recognise;
pub mod repair;
pub mod session;
pub mod slimming;
pub mod stack;
pub mod tables;
pub mod target;
pub mod tree;
#[cfg(target_arch = "wasm32")]
mod wasm;
pub mod words;

pub use layerdrop_deflate as deflate;
#[cfg(target_arch = "wasm32")]
pub use wasm::{Digest, Session, members, see, work};
