//! Where Java finds classes: jars directly in one folder, each left closed.

use std::rc::Rc;

use super::{Placing, folders};
use crate::choices::Settings;
use crate::path::LayerPath;
use crate::tables::runtimes::Language;

/// A jar, under its own name with the ending in the letters that the runtime's class loader asks for.
///
/// The loader takes the files of that one folder whose names end in exactly `.jar`, and looks into no folder below it:
/// `CustomerClassLoader` of <https://github.com/aws/aws-lambda-java-libs>.
pub fn place(placing: &mut Placing, settings: &Settings) {
    let part = placing.part;
    for (folder, reason) in folders::of(Language::Java, settings, &folders::what(part)) {
        let reason: Rc<str> = reason.into();
        for index in &part.entries {
            placing.at(LayerPath::join(&folder, &format!("{}.jar", part.name)), *index, &reason);
        }
    }
}
