//! What the page sees: plain objects of their own, so that the core's types may change freely.

mod catalogue;
mod choices;
mod layer;
mod plan;
mod target;
mod types;
mod workbench;

pub use self::catalogue::catalogue;
pub use self::choices::{Operation, PartialSettings, Settings, Step};
pub use self::layer::Layer;
pub use self::plan::plan;
pub use self::workbench::{Progress, overview, rows};
