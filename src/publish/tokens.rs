//! What a text consists of, for its colours: commands of the three shells, and the languages of templates. A scan that
//! knows comments, quotes and words; no more is needed to tell apart what a person looks for.

/// What a piece of a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Token {
    /// A remark to the reader.
    Comment,
    /// A quoted text.
    Text,
    /// An option of a command, or the key of a value.
    Option,
    /// A number.
    Number,
    /// Any other word.
    Word,
    /// Brackets, operators and the like.
    Sign,
    /// White space.
    Space,
}

impl Token {
    /// The public name, e.g. `"option"`.
    pub fn id(self) -> &'static str {
        match self {
            Token::Comment => "comment",
            Token::Text => "text",
            Token::Option => "option",
            Token::Number => "number",
            Token::Word => "word",
            Token::Sign => "sign",
            Token::Space => "space",
        }
    }
}

/// How a language writes what the scan knows.
struct Language {
    /// Its names, e.g. `"sh"`.
    ids: &'static [&'static str],
    /// What begins a comment, up to the end of the line.
    comments: &'static [&'static str],
    /// The quotes.
    quotes: &'static str,
    /// Whether a backslash in quotes takes the next character's meaning.
    escapes: bool,
    /// What stands between a key and its value.
    key_ends: &'static str,
}

#[rustfmt::skip]
const LANGUAGES: &[Language] = &[
    Language { ids: &["sh"],                     comments: &["#"],            quotes: "'\"",   escapes: true,  key_ends: "" },
    Language { ids: &["powershell"],             comments: &["#"],            quotes: "'\"",   escapes: false, key_ends: "" },
    Language { ids: &["cmd"],                    comments: &["rem ", "@rem "],  quotes: "\"",    escapes: false, key_ends: "" },
    Language { ids: &["yaml"],                   comments: &["#"],            quotes: "'\"",   escapes: true,  key_ends: ":" },
    Language { ids: &["json"],                   comments: &[],               quotes: "\"",    escapes: true,  key_ends: ":" },
    Language { ids: &["python"],                 comments: &["#"],            quotes: "'\"",   escapes: true,  key_ends: "=" },
    Language { ids: &["typescript", "javascript"], comments: &["//"],         quotes: "'\"`",  escapes: true,  key_ends: ":" },
    Language { ids: &["hcl", "terraform", "toml"], comments: &["#", "//"],    quotes: "\"",    escapes: true,  key_ends: "=" },
];

/// The pieces of a text; together they are the text. Of a language that is not known, all of it is words.
pub fn tokens<'a>(language: &str, text: &'a str) -> Vec<(Token, &'a str)> {
    let Some(language) = LANGUAGES.iter().find(|row| row.ids.contains(&language)) else {
        return vec![(Token::Word, text)];
    };
    let mut found = Vec::new();
    let mut rest = text;
    let mut before = ' ';
    while let Some(first) = rest.chars().next() {
        let (token, length) = language.next(rest, first, before);
        let (piece, after) = rest.split_at(length.max(first.len_utf8()));
        let token = match token {
            Token::Word | Token::Text if language.is_key(after) => Token::Option,
            other => other,
        };
        found.push((token, piece));
        before = piece.chars().next_back().unwrap_or(' ');
        rest = after;
    }
    found
}

impl Language {
    fn next(&self, rest: &str, first: char, before: char) -> (Token, usize) {
        if first.is_whitespace() {
            return (Token::Space, length_while(rest, char::is_whitespace));
        }
        // A sign within a word begins no comment.
        if before.is_whitespace() && self.comments.iter().any(|mark| rest.starts_with(mark)) {
            return (Token::Comment, length_while(rest, |character| character != '\n'));
        }
        if self.quotes.contains(first) {
            return (Token::Text, self.quoted(rest, first));
        }
        if is_word(first) {
            let length = length_while(rest, is_word);
            let word = rest.get(..length).unwrap_or(rest);
            return match word {
                _ if word.starts_with("--") && word.len() > 2 => (Token::Option, length),
                _ if word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') => (Token::Number, length),
                _ => (Token::Word, length),
            };
        }
        (Token::Sign, first.len_utf8())
    }

    /// Whether what follows says that a key came before it.
    fn is_key(&self, after: &str) -> bool {
        let mut rest = after.trim_start_matches(' ').chars();
        let end = rest.next();
        end.is_some_and(|end| self.key_ends.contains(end)) && !matches!(rest.next(), Some('=' | ':' | '/'))
    }

    /// A text in quotes, in which a doubled quote stands for one.
    fn quoted(&self, text: &str, quote: char) -> usize {
        let mut escaped = false;
        // A backslash means nothing between single quotes of a shell, whose other quotes it escapes in.
        let escapes = self.escapes && !(quote == '\'' && self.key_ends.is_empty());
        for (at, character) in text.char_indices().skip(1) {
            if escaped {
                escaped = false;
            } else if escapes && character == '\\' {
                escaped = true;
            } else if character == quote {
                return at + quote.len_utf8();
            }
        }
        text.len()
    }
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || "-_./$@".contains(character)
}

fn length_while(text: &str, is: impl Fn(char) -> bool) -> usize {
    text.find(|character| !is(character)).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::{LANGUAGES, Token, tokens};

    fn of(language: &str, text: &'static str, token: Token) -> Vec<&'static str> {
        let found = tokens(language, text).into_iter();
        found.filter(|(other, _)| *other == token).map(|(_, piece)| piece).collect()
    }

    #[test]
    fn the_pieces_are_the_text() {
        let text = "aws x --layer-name 'it'\\''s' \\\n # \"half\nkey: \"a \\\" b\" = ü:: {1.5}";
        for language in LANGUAGES.iter().flat_map(|row| row.ids).chain(&["of no kind"]) {
            let found = tokens(language, text);
            assert_eq!(found.iter().map(|(_, piece)| *piece).collect::<String>(), text, "{language}");
        }
    }

    #[test]
    fn what_a_person_looks_for_stands_out() {
        let sh = "aws lambda publish-layer-version --layer-name 'a b' # why\n";
        assert_eq!(of("sh", sh, Token::Option), ["--layer-name"]);
        assert_eq!(of("sh", sh, Token::Text), ["'a b'"]);
        assert_eq!(of("sh", sh, Token::Comment), ["# why"]);
        assert_eq!(of("yaml", "Name: \"x: y\" # no\n", Token::Option), ["Name"]);
        assert_eq!(of("json", "{\"a\": \"b\"}", Token::Option), ["\"a\""]);
        assert_eq!(of("hcl", "name = \"x\"\nok = a == b", Token::Option), ["name", "ok"]);
        assert_eq!(of("powershell", "'a\\' 'b'", Token::Text), ["'a\\'", "'b'"]);
    }
}
