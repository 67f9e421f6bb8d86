//! Which packages a JavaScript file loads with `require`, and how surely: read as far as that takes, by its words, texts,
//! comments and brackets.

use crate::order::BTreeMap;

/// A name is no longer than this.
const LONGEST: usize = 200;

/// How surely a file that is run loads a package.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sureness {
    /// It does.
    Sure,
    /// It does on a condition: after `if`, `&&`, `||`, `??`, `?`, in `switch` or `catch`.
    Maybe,
}

/// What a bracket is around.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Around {
    /// What is done in any case.
    Plain,
    /// What is done on a condition.
    Condition,
    /// What may fail: `try { … } catch`.
    Attempt,
}

/// The packages that a file loads, by their names: `a` of `require('a')`, but not of `require('./a')`, which is a file
/// of its own, nor of `try { require('a') }`, which does without.
pub fn required(text: &str) -> BTreeMap<String, Sureness> {
    let mut reader =
        Reader { text, at: 0, open: Vec::new(), closed: Around::Plain, statement: Around::Plain, last: "" };
    let mut found: BTreeMap<String, Sureness> = BTreeMap::new();
    while let Some((name, sureness)) = reader.next() {
        let known = found.entry(name.to_owned()).or_insert(sureness);
        *known = sureness.min(*known);
    }
    found
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    /// The brackets around, each with what it is around and the statement that it stands in.
    open: Vec<(u8, Around, Around)>,
    /// What the bracket was around that closed last: `if (…)` makes a condition of what follows.
    closed: Around,
    /// What the present statement has been so far.
    statement: Around,
    /// The last word or sign.
    last: &'a str,
}

impl<'a> Reader<'a> {
    /// The next call.
    fn next(&mut self) -> Option<(&'a str, Sureness)> {
        loop {
            self.skip_space();
            let rest = self.text.get(self.at..)?;
            let first = *rest.as_bytes().first()?;
            match first {
                b'"' | b'\'' | b'`' => self.quoted(first),
                b'/' if self.is_before_value() => self.pattern(),
                b'(' | b'[' | b'{' => {
                    self.open(first);
                    if self.last == "require("
                        && let Some(call) = self.call()
                    {
                        return Some(call);
                    }
                }
                b')' | b']' | b'}' => self.close(),
                _ if is_word(first) => self.word(rest),
                _ => self.sign(rest),
            }
        }
    }

    fn skip_space(&mut self) {
        loop {
            let rest = self.text.get(self.at..).unwrap_or("");
            let trimmed = rest.trim_start();
            self.at += rest.len() - trimmed.len();
            let end = if trimmed.starts_with("//") {
                trimmed.find('\n')
            } else if trimmed.starts_with("/*") {
                trimmed.get(2..).and_then(|after| after.find("*/")).map(|at| at + 4)
            } else {
                return;
            };
            self.at += end.unwrap_or(trimmed.len());
        }
    }

    /// Passes over a text; what stands in a template is not looked into.
    fn quoted(&mut self, quote: u8) {
        let bytes = self.text.as_bytes();
        self.at += 1;
        while let Some(byte) = bytes.get(self.at) {
            self.at += if *byte == b'\\' { 2 } else { 1 };
            if *byte == quote || *byte == b'\n' && quote != b'`' {
                break;
            }
        }
        self.end_on_character();
        self.last = "\"";
    }

    /// Passes over a regular expression.
    fn pattern(&mut self) {
        let bytes = self.text.as_bytes();
        let mut in_class = false;
        self.at += 1;
        while let Some(byte) = bytes.get(self.at) {
            self.at += if *byte == b'\\' { 2 } else { 1 };
            match byte {
                b'[' => in_class = true,
                b']' => in_class = false,
                b'/' if !in_class => break,
                b'\n' => break,
                _ => {}
            }
        }
        self.end_on_character();
        self.last = "\"";
    }

    /// A backslash may have led into the middle of a character.
    fn end_on_character(&mut self) {
        while self.at < self.text.len() && !self.text.is_char_boundary(self.at) {
            self.at += 1;
        }
    }

    /// Whether a slash begins a regular expression here, and is no division.
    fn is_before_value(&self) -> bool {
        matches!(self.last, "return" | "typeof" | "case" | "in" | "of" | "void" | "delete" | "")
            || !self.last.ends_with(|last: char| last.is_alphanumeric() || "_$)]}\"".contains(last))
    }

    fn open(&mut self, bracket: u8) {
        let is_condition = matches!(self.last, "if" | "while" | "for" | "switch" | "catch");
        let around = match (bracket, self.last) {
            (b'{', "try") => Around::Attempt,
            (b'{', "else" | "catch") => Around::Condition,
            (b'(', _) if is_condition => Around::Condition,
            (b'{', ")") => self.closed,
            _ => Around::Plain,
        };
        self.open.push((bracket, around, self.statement));
        let is_call = bracket == b'(' && self.last == "require";
        self.last = if is_call { "require(" } else { "(" };
        // The head of a condition is looked at in any case.
        self.statement = Around::Plain;
        self.at += 1;
    }

    fn close(&mut self) {
        let bracket = self.text.get(self.at..=self.at).unwrap_or("");
        self.at += 1;
        if let Some((opened, around, statement)) = self.open.pop() {
            self.closed = if opened == b'(' { around } else { Around::Plain };
            // What follows `if (…)` on its own is on a condition; a block ends its statement.
            self.statement = match (opened, around) {
                (b'(', Around::Condition) => Around::Condition,
                (b'{', _) => Around::Plain,
                _ => statement,
            };
        }
        self.last = bracket;
    }

    fn word(&mut self, rest: &'a str) {
        let end = rest.bytes().position(|byte| !is_word(byte)).unwrap_or(rest.len());
        let word = rest.get(..end).unwrap_or("");
        self.at += end;
        // `module.require` is another one.
        self.last = if self.last == "." { "." } else { word };
        match self.last {
            "else" | "case" | "default" => self.statement = Around::Condition,
            "var" | "let" | "const" | "function" | "class" | "return" if self.closed != Around::Condition => {
                self.statement = Around::Plain;
            }
            _ => {}
        }
        if self.last != "else" && self.last != "try" {
            self.closed = if self.last == "require" { self.closed } else { Around::Plain };
        }
    }

    fn sign(&mut self, rest: &'a str) {
        let length = if ["&&", "||", "??", "?.", "=>"].iter().any(|sign| rest.starts_with(sign)) { 2 } else { 1 };
        let length = if rest.is_char_boundary(length) { length } else { rest.chars().next().map_or(1, char::len_utf8) };
        self.last = rest.get(..length).unwrap_or("");
        self.at += length;
        match self.last {
            "&&" | "||" | "??" | "?" => self.statement = Around::Condition,
            ";" => self.statement = Around::Plain,
            _ => {}
        }
    }

    /// The name in the call that was just opened.
    fn call(&mut self) -> Option<(&'a str, Sureness)> {
        self.skip_space();
        let rest = self.text.get(self.at..)?;
        let quote = rest.chars().next().filter(|quote| "\"'`".contains(*quote))?;
        let name = rest.get(1..)?.split(quote).next()?;
        let is_own = name.is_empty() || name.len() > LONGEST || name.starts_with(['.', '/']) || name.contains('\n');
        let (mut tried, mut on_condition) = (false, false);
        for (bracket, around, statement) in &self.open {
            tried |= *around == Around::Attempt;
            on_condition |= *statement == Around::Condition || *bracket == b'{' && *around == Around::Condition;
        }
        let sureness = if on_condition { Sureness::Maybe } else { Sureness::Sure };
        (!is_own && !tried).then_some((name, sureness))
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"_$".contains(&byte) || byte >= 0x80
}

#[cfg(test)]
mod tests {
    use super::{Sureness, required};

    fn found(text: &str) -> String {
        let mark = |sureness: Sureness| if sureness == Sureness::Maybe { "?" } else { "" };
        required(text).iter().map(|(name, sureness)| format!("{name}{}", mark(*sureness))).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn only_calls_of_require_load_a_package() {
        let text = "const a = require('a'), b = require( \"@s/b\" )\n// require('c')\n/* require('d')\n */";
        let other = "__webpack_require__('e'); module.require('f'); require('./g'); import('h'); require(i); \"require('k')\"; require('";
        assert_eq!(found(&format!("{text}{other}")), "@s/b a");
    }

    #[test]
    fn what_is_tried_may_fail_and_what_is_asked_first_may_not_be_loaded() {
        for (text, expected) in [
            ("try { a = require('a') } catch (e) { a = null }", ""),
            ("try { a = require('a') } catch { a = require('b') }", "b?"),
            ("try{f()}finally{}var a=require('a')", "a"),
            ("if (x) { require('a') } else { require('b') }\nrequire('c')", "a? b? c"),
            ("if (x) require('a'); require('b')", "a? b"),
            ("if (require('a')) y()", "a"),
            ("const a = x ? require('a') : require('b'); const c = require('c')", "a? b? c"),
            ("const a = x && require('a')\nconst b = require('b')", "a? b"),
            ("var a = y || require('a'), c = 1; require('b')", "a? b"),
            ("switch (x) { case 1: require('a'); break; default: require('b') }", "a? b?"),
            ("function f() { return require('a') }", "a"),
            ("Promise.resolve().then(() => __importStar(require('a')))", "a"),
            ("var m = { 12: (e, t) => { var r = require('a') } }", "a"),
            ("x = a / b; y = /['\"]/.test(z); require('a')", "a"),
            ("if (/require('b')/.test(x)) {} require('a')", "a"),
            ("`${require('b')}`; require('a')", "a"),
            ("function g(x) { if (x) { return 1 } return require('a') }", "a"),
            ("for (const k of l) { f(k) }\nmodule.exports = require('a')", "a"),
            ("try { require('a') } catch (e) {}\nvar b = require('a')", "a"),
            ("é = require('a')", "a"),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }
}
