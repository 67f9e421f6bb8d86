//! Text for a change request or a release note: names from files stay names, whatever they hold.

use std::fmt::Write as _;

use crate::words::grouped;

/// Lines of one list that are written out.
const SHOWN: usize = 100;

/// Characters of one name that are written out.
const LONGEST: usize = 500;

/// A name from a file as code, e.g. `` "`python/six.py`" ``: it can end neither the code nor the line.
pub fn code(name: &str) -> String {
    let mut shown = String::new();
    let (mut fence, mut run) = (1, 0);
    for (count, character) in name.chars().enumerate() {
        if count == LONGEST {
            shown.push('…');
            break;
        }
        run = if character == '`' { run + 1 } else { 0 };
        fence = fence.max(run + 1);
        match character {
            // As Rust writes it, apart from quotes: what can't be seen is named.
            '"' | '\'' | '\\' => shown.push(character),
            other => shown.extend(other.escape_debug()),
        }
    }
    let fence = "`".repeat(fence);
    let pad = if shown.starts_with('`') || shown.ends_with('`') { " " } else { "" };
    format!("{fence}{pad}{shown}{pad}{fence}")
}

/// The same for a cell of a table, where a bar would begin the next one.
pub fn cell(name: &str) -> String {
    code(name).replace('|', "\\|")
}

/// E.g. `"1 byte"`, `"1,061 bytes"`.
pub fn bytes(number: u64) -> String {
    format!("{} byte{}", grouped(number), if number == 1 { "" } else { "s" })
}

/// A list under a title; nothing where it is empty.
pub fn section(text: &mut String, title: &str, lines: &[String]) {
    if lines.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n### {title}\n");
    for line in lines.iter().take(SHOWN) {
        let _ = writeln!(text, "- {line}");
    }
    if lines.len() > SHOWN {
        let _ = writeln!(text, "- … {} more", grouped((lines.len() - SHOWN) as u64));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stays_a_name() {
        assert_eq!(code("a b"), "`a b`");
        assert_eq!(code("a`b"), "``a`b``");
        assert_eq!(code("``a"), "``` ``a ```");
        assert_eq!(code("a\n# b\u{202e}"), "`a\\n# b\\u{202e}`");
        assert_eq!(code(&"ü".repeat(501)).chars().count(), LONGEST + 3);
        assert_eq!(cell("a|b"), "`a\\|b`");
    }
}
