//! Which modules a source file names: enough to tell whether anything uses a folder, not to resolve every import.
//!
//! Whatever looks like a module's name counts, in an import as in a text: one too many keeps a folder that could go.

use crate::order::BTreeSet;
use crate::tables::slimming::{DOCUMENT_ENDINGS, folders_of_documents};

/// A text is no longer than this if it names a module.
const LONGEST: usize = 200;

/// A list of names in parentheses is read for so many lines.
const MOST_LINES: usize = 200;

/// The names of modules in a Python file of which a part is one of `words`: dotted, with leading dots where relative.
///
/// `from .tests import a` → `.tests` and `.tests.a`; `"pkg.tests.a"` → the same text; `"tests/data.csv"` → `/tests`, which
/// can lie anywhere in the package.
pub fn in_python(text: &str, words: &[&str]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    if !words.iter().any(|word| text.contains(word)) {
        return found;
    }
    let names_one = |name: &str| name.split('.').any(|part| words.contains(&part));
    let mut add = |name: String| {
        if names_one(&name) {
            found.insert(name);
        }
    };
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let line = line.trim_start();
        let Some((keyword, rest)) = line.split_once(char::is_whitespace) else { continue };
        if keyword == "import" {
            for name in without_comment(rest).split(',') {
                add(first_word(name).to_owned());
            }
        } else if keyword == "from"
            && let Some((module, names)) = rest.split_once(" import")
        {
            let module = module.trim();
            let mut names = without_comment(names).to_owned();
            let is_open = |names: &str| names.contains('(') && !names.contains(')') || names.ends_with('\\');
            for _ in 0..MOST_LINES {
                let Some(next) = is_open(&names).then(|| lines.next()).flatten() else { break };
                names = format!("{} {}", names.trim_end_matches('\\'), without_comment(next));
            }
            add(module.to_owned());
            for name in names.split([',', '(', ')']).map(first_word).filter(|name| !name.is_empty()) {
                let joint = if module.ends_with('.') { "" } else { "." };
                add(format!("{module}{joint}{name}"));
            }
        }
    }
    for name in texts(text, &['"', '\'']) {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'.' || byte == b'_';
        if name.contains('.') && name.bytes().all(plain) {
            found.extend(names_one(name).then(|| name.to_owned()));
        } else if name.contains('/') {
            let parts = name.split('/').filter(|part| words.contains(part));
            found.extend(parts.map(|part| format!("/{part}")));
        }
    }
    found
}

/// The modules that a JavaScript file names, of which a part of the path is one of `words`: `./test/x`, `pkg/test/x`.
pub fn in_javascript(text: &str, words: &[&str]) -> BTreeSet<String> {
    if !words.iter().any(|word| text.contains(word)) {
        return BTreeSet::new();
    }
    let names = texts(text, &['"', '\'', '`'])
        .filter(|name| name.contains('/') && name.split('/').any(|part| words.contains(&part)));
    names.map(str::to_owned).collect()
}

/// The documents and their folders that a file of code names: `"docs/help.md"` → `/help.md` and `/docs`; `f"{name}.md"` and
/// `".md"` → `/*.md`, since any could be meant.
pub fn of_documents(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    if !may_name_documents(text) {
        return found;
    }
    let lines = text.lines().filter(|line| may_name_documents(line));
    for name in lines.flat_map(|line| texts(line, &['"', '\'', '`'])) {
        for part in name.split(['/', '\\', ' ']) {
            let (stem, ending) = part.rsplit_once('.').unwrap_or((part, ""));
            let is_open = stem.is_empty() || stem.contains(['*', '{', '}', '%', '$']);
            if DOCUMENT_ENDINGS.contains(&ending) && is_open {
                found.insert(format!("/*.{ending}"));
            } else if DOCUMENT_ENDINGS.contains(&ending) || folders_of_documents().any(|name| name == part) {
                found.insert(format!("/{part}"));
            }
        }
    }
    found
}

/// Whether to look closely, which few files and lines are worth: an ending of documents stands in it, or a text that begins like a
/// folder of them.
fn may_name_documents(text: &str) -> bool {
    let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
    let is_folder = |rest: &[u8]| {
        let ends = |rest: &[u8]| !rest.first().is_some_and(is_plain);
        folders_of_documents().any(|name| rest.strip_prefix(name.as_bytes()).is_some_and(ends))
    };
    let mut rest = text.as_bytes();
    while let Some((byte, after)) = rest.split_first() {
        rest = after;
        let names_one = match byte {
            b'.' => DOCUMENT_ENDINGS.iter().any(|ending| rest.starts_with(ending.as_bytes())),
            b'"' | b'\'' | b'`' | b'/' | b'\\' => is_folder(rest),
            _ => false,
        };
        if names_one {
            return true;
        }
    }
    false
}

/// What stands between two quotes of any kind, on one line and not too long.
fn texts<'a>(text: &'a str, quotes: &'a [char]) -> impl Iterator<Item = &'a str> {
    let pieces = text.lines().flat_map(move |line| line.split(quotes).skip(1));
    pieces.filter(|piece| !piece.is_empty() && piece.len() <= LONGEST)
}

fn without_comment(line: &str) -> &str {
    line.split('#').next().unwrap_or(line).trim()
}

fn first_word(text: &str) -> &str {
    text.split_whitespace().next().unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::{in_javascript, in_python, of_documents};

    const WORDS: &[&str] = &["test", "tests"];

    fn python(text: &str) -> Vec<String> {
        in_python(text, WORDS).into_iter().collect()
    }

    #[test]
    fn every_form_of_an_import_counts() {
        assert_eq!(python("import a.tests as t, b\n"), ["a.tests"]);
        assert_eq!(python("    from .tests.x import (y,  # why\n  z)\n"), [".tests.x", ".tests.x.y", ".tests.x.z"]);
        assert_eq!(python("from .. import \\\n  tests\n"), ["..tests"]);
        assert_eq!(python("from a import b\nimportlib.import_module('a.tests.c')"), ["a.tests.c"]);
        assert_eq!(python("open(HERE + '/tests/data.csv')"), ["/tests"]);
        assert_eq!(python("# the tests are elsewhere\nx = 'tests'\nfrom a import testing"), [] as [&str; 0]);
    }

    #[test]
    fn documents_are_named_in_texts() {
        let found = |text: &str| of_documents(text).into_iter().collect::<Vec<_>>();
        assert_eq!(found("open(HERE / 'docs' / \"help.md\")"), ["/docs", "/help.md"]);
        assert_eq!(found("f\"{folder}/doc/{name}.txt\" + `${x}.md` + '*.rst'"), ["/*.md", "/*.rst", "/*.txt", "/doc"]);
        assert_eq!(found("# README.md\nx = docs"), [] as [&str; 0]);
    }

    #[test]
    fn modules_of_javascript_are_paths() {
        let found = in_javascript("require('./test/x'); import y from \"pkg/test\"; 'no test'", WORDS);
        assert_eq!(found.into_iter().collect::<Vec<_>>(), ["./test/x", "pkg/test"]);
    }
}
