//! Finds what a pattern with gaps says in a text: `"No module named '{module}'"` in a log.
//!
//! Letters match whatever their case, a space matches any white space. A gap holds at least one character of one line; at
//! the beginning or the end of a pattern it holds a word, and one that stands there twice holds the same both times.

/// Characters that a gap holds at most.
const LONGEST: usize = 400;

/// Where a pattern was found, and what its gaps hold, by their names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match<'a> {
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
    /// Each gap with its text, in order.
    pub held: Vec<(&'static str, &'a str)>,
}

/// A piece of a pattern.
enum Piece {
    Text(&'static str),
    Gap(&'static str),
}

/// The next place from `from` on where a text says what a pattern does.
pub fn find<'a>(pattern: &'static str, text: &'a str, from: usize) -> Option<Match<'a>> {
    let pieces = pieces(pattern);
    let first = pieces.iter().position(|piece| matches!(piece, Piece::Text(_)))?;
    let Some(Piece::Text(literal)) = pieces.get(first) else { return None };
    let mut at = from;
    loop {
        at = next(text, literal, at)?;
        if let Some(found) = matched(&pieces, first, text, at, from) {
            return Some(found);
        }
        at += 1;
    }
}

fn pieces(pattern: &'static str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else { break };
        if !before.is_empty() {
            pieces.push(Piece::Text(before));
        }
        pieces.push(Piece::Gap(name));
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest));
    }
    pieces
}

/// The pattern with its first literal at a place.
fn matched<'a>(pieces: &[Piece], first: usize, text: &'a str, at: usize, from: usize) -> Option<Match<'a>> {
    let mut found = Match { start: at, end: at, held: Vec::new() };
    if first > 0 {
        let Some(Piece::Gap(name)) = pieces.first() else { return None };
        let before = text.get(from..at)?;
        let held = before.rsplit(ends_word).next().filter(|held| is_held(held))?;
        found.start = at - held.len();
        found.held.push((name, held));
    } else if !is_apart(text, at, pieces.first(), true) {
        return None;
    }
    let mut rest = pieces.iter().skip(first).peekable();
    while let Some(piece) = rest.next() {
        match piece {
            Piece::Text(literal) => {
                is_at(text, literal, found.end).then_some(())?;
                found.end += literal.len();
            }
            Piece::Gap(name) => {
                let after = text.get(found.end..)?;
                let known = found.held.iter().find(|(other, _)| other == name).map(|(_, held)| *held);
                let held = match (known, rest.peek()) {
                    (Some(known), _) => after.get(..known.len()).filter(|same| *same == known)?,
                    (None, Some(Piece::Text(literal))) => {
                        after.get(..next(beginning(after, 2 * LONGEST), literal, 0)?)?
                    }
                    _ => after.split(ends_word).next()?.trim_end_matches(['.', ':', '\\']),
                };
                if !is_held(held) {
                    return None;
                }
                found.end += held.len();
                found.held.push((name, held));
            }
        }
    }
    is_apart(text, found.end, pieces.last(), false).then_some(found)
}

fn is_held(held: &str) -> bool {
    !held.is_empty() && held.len() <= LONGEST && !held.contains('\n')
}

fn ends_word(character: char) -> bool {
    character.is_whitespace() || "\"'`,;()[]<>".contains(character)
}

/// Whether a pattern that begins or ends in a letter or digit does so at a word's edge: a `LoadError` is no
/// `DownloadError`.
fn is_apart(text: &str, at: usize, piece: Option<&Piece>, begins: bool) -> bool {
    let Some(Piece::Text(literal)) = piece else {
        let next = text.get(at..).and_then(|after| after.chars().next());
        return begins || !next.is_some_and(|next| next.is_alphanumeric() || next == '_');
    };
    let (own, other) = if begins {
        (literal.chars().next(), text.get(..at).and_then(|before| before.chars().next_back()))
    } else {
        (literal.chars().next_back(), text.get(at..).and_then(|after| after.chars().next()))
    };
    let is_word = |character: Option<char>| character.is_some_and(char::is_alphanumeric);
    !(is_word(own) && is_word(other))
}

/// The beginning of a text, at most so many bytes.
pub fn beginning(text: &str, most: usize) -> &str {
    let end = (0..=text.len().min(most)).rev().find(|end| text.is_char_boundary(*end));
    end.and_then(|end| text.get(..end)).unwrap_or("")
}

/// Where a literal stands next.
fn next(text: &str, literal: &str, from: usize) -> Option<usize> {
    (from..=text.len().checked_sub(literal.len())?).find(|at| is_at(text, literal, *at))
}

fn is_at(text: &str, literal: &str, at: usize) -> bool {
    let there = text.as_bytes().get(at..at + literal.len());
    let same = |(a, b): (&u8, &u8)| a.eq_ignore_ascii_case(b) || *b == b' ' && a.is_ascii_whitespace();
    there.is_some_and(|there| there.iter().zip(literal.as_bytes()).all(same))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(pattern: &'static str, text: &'static str) -> Option<Vec<&'static str>> {
        find(pattern, text, 0).map(|found| found.held.into_iter().map(|(_, held)| held).collect())
    }

    #[test]
    fn gaps_hold_what_stands_between() {
        assert_eq!(held("no module named '{m}'", "x: No module\nnamed 'a b.c'\n"), Some(vec!["a b.c"]));
        assert_eq!(
            held("{file}: invalid ELF header", "Error: /opt/a.node: invalid ELF header"),
            Some(vec!["/opt/a.node"])
        );
        assert_eq!(held("ends in {word}", "it ends in this."), Some(vec!["this"]));
        assert_eq!(held("'{m}': no '{m}'", "'a': no 'b', 'a': no 'a'"), Some(vec!["a", "a"]));
    }

    #[test]
    fn words_are_whole_and_gaps_are_filled() {
        assert_eq!(held("LoadError", "a DownloadError"), None);
        assert_eq!(held("LoadError", "a LoadErrors"), None);
        assert_eq!(held("module '{m}'", "module ''"), None);
        assert_eq!(held("module '{m}'", "module 'a\nb'"), None);
        assert_eq!(held("{file}: gone", ": gone"), None);
        assert_eq!(held("'{m}': no {m}", "'app': no apple"), None);
        assert_eq!(held("longer than the text", "é"), None);
        assert_eq!(held("é {x}", "ü é è"), Some(vec!["è"]));
    }
}
