//! What the page sees: plain objects of their own, so that the core's types may change freely.

mod beside;
mod catalogue;
mod details;
mod explanation;
mod layer;
mod map;
mod plan;
mod target;
mod types;
mod workbench;

pub use self::beside::{difference, stack};
pub use self::catalogue::catalogue;
pub use self::details::details;
pub use self::explanation::explanations;
pub use self::layer::{Bundle, Layer};
pub use self::map::{largest, map};
pub use self::plan::{plan, slimming};
pub use self::workbench::{Progress, comparison, overview, paths, rows, sight};
