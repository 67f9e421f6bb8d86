//! Passwords and keys: files whose names promise some, read as far as a first look goes.

use crate::content::Content;
use crate::path::file_name;
use crate::tables::secrets::{EXAMPLES, SECRETS, Secret};

/// Bytes that are looked at: what is longer is no such file.
pub const LOOKED_AT: usize = 16 * 1024;

/// What a file gives away; `None` where its name promises nothing, or it keeps no such promise.
pub fn secret(path: &str, content: &Content) -> Option<&'static Secret> {
    let mut rows = promised(path).peekable();
    rows.peek()?;
    let head = content.head(LOOKED_AT).ok()?;
    let text = String::from_utf8_lossy(&head);
    rows.find(|row| text.lines().any(|line| gives_away(row, line)))
}

/// What a file of that name could hold.
pub fn promised(path: &str) -> impl Iterator<Item = &'static Secret> {
    let name = file_name(path).to_ascii_lowercase();
    let example = EXAMPLES.iter().any(|ending| name.ends_with(ending));
    let fit = move |row: &&Secret| !example && row.names.iter().any(|pattern| fits(pattern, &name));
    SECRETS.iter().filter(fit)
}

/// Whether a line holds a row's marks, and after them something that is no place for a variable.
fn gives_away(row: &Secret, line: &str) -> bool {
    let line = line.trim();
    let lower = line.to_ascii_lowercase();
    let holds = |mark: &&str| line.contains(*mark) || lower.contains(*mark);
    let value = line.rsplit(['=', ':']).next().unwrap_or("").trim().trim_matches(['"', '\'']);
    let is_key = line.starts_with("-----");
    !line.starts_with(['#', ';'])
        && row.marks.iter().all(holds)
        && (is_key || !value.is_empty() && !value.starts_with(['$', '%', '<']))
}

fn fits(pattern: &str, name: &str) -> bool {
    match (pattern.strip_prefix('*'), pattern.strip_suffix('*')) {
        (Some(ending), _) => name.len() > ending.len() && name.ends_with(ending),
        (_, Some(beginning)) => name.starts_with(beginning),
        _ => pattern == name,
    }
}
