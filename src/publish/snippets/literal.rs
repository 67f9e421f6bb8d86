//! Texts in double quotes, as YAML, Python, TypeScript and HCL read them alike.

/// How a character beyond `\uFFFF` is written by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beyond {
    /// `\U0001F980`: YAML, Python, HCL.
    Eight,
    /// `\u{1F980}`: TypeScript.
    Braces,
}

/// A text in double quotes, e.g. `"a \"b\"\n"`. What an editor wouldn't show, or would show elsewhere, stands as its number.
pub fn quoted(text: &str, beyond: Beyond) -> String {
    let mut quoted = String::from('"');
    for character in text.chars() {
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            plain if !is_hidden(plain) => quoted.push(plain),
            hidden => quoted.push_str(&match (u32::from(hidden), beyond) {
                (number, _) if number <= 0xFFFF => format!("\\u{number:04x}"),
                (number, Beyond::Eight) => format!("\\U{number:08x}"),
                (number, Beyond::Braces) => format!("\\u{{{number:x}}}"),
            }),
        }
    }
    quoted.push('"');
    quoted
}

/// Control characters, other line ends, marks without a width or that turn the direction, and what is no character.
fn is_hidden(character: char) -> bool {
    let number = u32::from(character);
    character.is_control()
        || number & 0xFFFE == 0xFFFE
        || matches!(number, 0xAD | 0x61C | 0x180E | 0x200B..=0x200F | 0x2028..=0x202E | 0x2060..=0x206F | 0xFEFF | 0xFDD0..=0xFDEF | 0xFFF0..=0xFFFB | 0xE0000..=0xE0FFF)
}

#[cfg(test)]
mod tests {
    use super::{Beyond, quoted};

    #[test]
    fn what_is_hidden_stands_as_its_number() {
        assert_eq!(quoted("é \u{202e}🦀\\\"\n\0", Beyond::Eight), "\"é \\u202e🦀\\\\\\\"\\n\\u0000\"");
        assert_eq!(quoted("\u{e0001}", Beyond::Eight), "\"\\U000e0001\"");
        assert_eq!(quoted("\u{e0001}", Beyond::Braces), "\"\\u{e0001}\"");
    }
}
