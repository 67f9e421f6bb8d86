//! The Windows command prompt, and the files that it runs.
//!
//! Nothing protects `"`, `%`, `!`, `^` or a line's end there in every place, so no argument here has any.

use super::super::script::{Action, Call, Piece, Script, Step};
use super::{Shell, lines, one_line};

/// Text to paste. Lines run one after the other whatever happens, so steps depend on what was found before.
pub fn prompt(script: &Script) -> String {
    let dialect = Dialect { percent: "%", program: "", or_end: "" };
    if let Some(calls) = script.calls_alone() {
        let calls: Vec<String> = calls.into_iter().map(|call| dialect.call(call, None)).collect();
        return calls.join(" && ^\n");
    }
    script.0.iter().map(|step| dialect.step(step)).collect::<Vec<_>>().join("\n")
}

/// A file. The AWS CLI of pip is a batch file itself, which would end this one if it were not called.
pub fn batch(script: &Script) -> String {
    let dialect = Dialect { percent: "%%", program: "call ", or_end: " || exit /b 1" };
    let steps: Vec<String> = script.0.iter().map(|step| dialect.step(step)).collect();
    format!("@echo off\nsetlocal\ncd /d \"%~dp0\"\n{}\n", steps.join("\n")).replace('\n', "\r\n")
}

struct Dialect {
    /// What marks the variable of a loop.
    percent: &'static str,
    /// What stands before a program.
    program: &'static str,
    /// What ends the script if the program failed.
    or_end: &'static str,
}

impl Dialect {
    fn step(&self, step: &Step) -> String {
        let condition = step.when.map_or_else(String::new, |(name, word)| format!("if \"%{name}%\"==\"{word}\" "));
        let loop_variable = format!("{}v", self.percent);
        let or_end = self.or_end;
        match &step.action {
            Action::Run(run) => format!("{condition}{}{or_end}", self.call(run, None)),
            Action::Find(name, find) => {
                let found = one_line(find, |pieces| argument(pieces, None));
                // What an earlier script kept must not count.
                let forget = format!("{condition}set \"{name}=\"");
                let end = match or_end {
                    "" => String::new(),
                    _ => format!("\n{condition}if not defined {name} exit /b 1"),
                };
                format!(
                    "{forget}\n{condition}for /f \"delims=\" {loop_variable} in ('{found}') do @set \"{name}={loop_variable}\"{end}"
                )
            }
            Action::Keep(name, word) => format!("{condition}set \"{name}={word}\""),
            // The numbers of a JSON list stand on lines of their own, or with brackets and commas around them.
            Action::Each(name, list, each) => {
                let list = one_line(list, |pieces| argument(pieces, None));
                let each = self.call(each, Some((name, &loop_variable)));
                format!("{condition}for /f \"delims=[], \" {loop_variable} in ('{list}') do {each}{or_end}")
            }
            Action::Write(file, written) => {
                format!("{condition}{} > {}{or_end}", self.call(written, None), Shell::Cmd.quote(file))
            }
            Action::Say(text) => format!("{condition}echo {text}"),
            Action::Fail(text) => match or_end {
                "" => format!("{condition}echo ERROR: {text}"),
                _ => format!("{condition}(echo ERROR: {text} 1>&2 & exit /b 1)"),
            },
        }
    }

    fn call(&self, call: &Call, in_loop: Option<(&str, &str)>) -> String {
        format!("{}{}", self.program, lines(call, 0, "^", |pieces| argument(pieces, in_loop)))
    }
}

/// One argument; `in_loop` is a name with what stands for it in a loop.
fn argument(pieces: &[Piece], in_loop: Option<(&str, &str)>) -> String {
    if let [Piece::Text(text)] = pieces {
        return Shell::Cmd.quote(text);
    }
    let piece = |piece: &Piece| match (piece, in_loop) {
        (Piece::Text(text), _) => text.clone(),
        (Piece::Found(name), Some((looped, variable))) if *name == looped => variable.to_owned(),
        (Piece::Found(name), _) => format!("%{name}%"),
    };
    quote(&pieces.iter().map(piece).collect::<String>())
}

/// Double quotes; a backslash before the last of them would take it for text.
pub fn quote(argument: &str) -> String {
    let slashes = argument.len() - argument.trim_end_matches('\\').len();
    format!("\"{argument}{}\"", "\\".repeat(slashes))
}
