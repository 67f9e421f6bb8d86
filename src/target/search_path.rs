//! What the names in search paths stand for (`ld.so(8)`).

use crate::path::folder_of;
use crate::tables::system_libraries::SYSTEM_LIB;

/// A search path, or the path of a library, in the layer, with `$ORIGIN` for the file's own; `None` for what lies elsewhere.
pub fn expanded(folder: &str, path: &str) -> Option<String> {
    let folder = folder.replace("${LIB}", SYSTEM_LIB).replace("$LIB", SYSTEM_LIB);
    let whole = match folder.strip_prefix("$ORIGIN").or_else(|| folder.strip_prefix("${ORIGIN}")) {
        Some(rest) => format!("{}/{rest}", folder_of(path)),
        None => folder.strip_prefix("/opt/").or_else(|| (folder == "/opt").then_some(""))?.to_owned(),
    };
    let mut parts: Vec<&str> = Vec::new();
    for part in whole.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}
