//! Passwords and keys: files whose names promise some, read as far as a first look goes.

use crate::content::Content;
use crate::path::file_name;
use crate::tables::secrets::{EXAMPLES, OWN, SECRETS, Secret};

const ACCESS_KEY: &str = "AKIA#";

/// Bytes that are looked at: what is longer is no such file.
pub const LOOKED_AT: usize = 16 * 1024;

/// What a file gives away; `None` where its name promises nothing, or it keeps no such promise. Of one's own code any
/// file is looked at.
pub fn secret(path: &str, content: &Content, is_own: bool) -> Option<&'static Secret> {
    let own = OWN.iter().filter(|row| is_own && row.names.iter().any(|pattern| fits(pattern, file_name(path))));
    let mut rows = promised(path).chain(own).peekable();
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
    let holds = |mark: &&str| match *mark {
        ACCESS_KEY => line.split(|character: char| !character.is_ascii_alphanumeric()).any(is_access_key),
        // The line of a key ends there, or goes on in a text with `\n`; code that only speaks of keys has it in quotes.
        "PRIVATE KEY" => {
            let after = line.split_once("PRIVATE KEY").map(|(_, after)| after.trim_start_matches(" BLOCK"));
            after.is_some_and(|after| after == "-----" || after.starts_with("-----\\n"))
        }
        mark => line.contains(mark) || lower.contains(mark),
    };
    let value = line.rsplit(['=', ':']).next().unwrap_or("").trim().trim_matches(['"', '\'']);
    let is_key = line.contains("-----BEGIN ") || row.marks == [ACCESS_KEY];
    !line.starts_with(['#', ';'])
        && row.marks.iter().all(holds)
        && (is_key || !value.is_empty() && !value.starts_with(['$', '%', '<']))
}

/// The id of an access key: 20 capital letters and digits.
fn is_access_key(word: &str) -> bool {
    let is_own = |character: char| character.is_ascii_uppercase() || character.is_ascii_digit();
    word.len() == 20 && word.starts_with("AKIA") && word.chars().all(is_own) && !word.ends_with("EXAMPLE")
}

fn fits(pattern: &str, name: &str) -> bool {
    match (pattern.strip_prefix('*'), pattern.strip_suffix('*')) {
        (Some(ending), _) => name.len() > ending.len() && name.ends_with(ending),
        (_, Some(beginning)) => name.starts_with(beginning),
        _ => pattern == name,
    }
}
