//! PowerShell, also Windows PowerShell 5.1, which has no `&&` and does not stop when a program fails.
//!
//! That one passes no `"`, no empty text and no `\` at the end on as they are; no argument here has any.

use super::super::script::{Action, Call, Piece, Script};
use super::{Shell, lines};

const CHECK: &str = "if ($LASTEXITCODE -ne 0) { throw 'The command above failed.' }";

/// Several steps stand in a block: it is read whole before it runs, and what it keeps ends with it.
pub fn render(script: &Script) -> String {
    if let Some([only]) = script.calls_alone().as_deref() {
        return call(only, 0);
    }
    let steps: Vec<String> = script.groups().map(|(when, actions)| group(when, &actions)).collect();
    format!("& {{\n{}\n}}", steps.join("\n"))
}

fn group(when: Option<(&str, &str)>, actions: &[&Action]) -> String {
    let lines = |level: usize| {
        let lines = actions.iter().map(|each| format!("{}{}", "  ".repeat(level), action(each, level)));
        lines.collect::<Vec<_>>().join("\n")
    };
    match when {
        None => lines(1),
        Some((name, word)) => format!("  if (${name} -eq {}) {{\n{}\n  }}", quote(word), lines(2)),
    }
}

fn action(action: &Action, level: usize) -> String {
    let checked = |text: String| format!("{text}\n{}{CHECK}", "  ".repeat(level));
    let indent = "  ".repeat(level);
    match action {
        Action::Run(run) => checked(call(run, level)),
        Action::Find(name, find) => checked(format!("${name} = {}", call(find, level))),
        Action::Keep(name, word) => format!("${name} = {}", quote(word)),
        Action::Each(name, list, each) => format!(
            "{}\n{indent}foreach (${name} in $all) {{\n{indent}  {}\n{indent}  {CHECK}\n{indent}}}",
            checked(format!("$all = {} | ConvertFrom-Json", call(list, level))),
            call(each, level + 1)
        ),
        // A plain redirection would write UTF-16 in 5.1.
        Action::Write(file, written) => {
            checked(format!("{} | Out-File -Encoding ascii {}", call(written, level), Shell::PowerShell.quote(file)))
        }
        Action::Say(text) => format!("Write-Output {}", quote(text)),
        Action::Fail(text) => format!("throw {}", quote(text)),
    }
}

fn call(call: &Call, level: usize) -> String {
    lines(call, level, "`", argument)
}

fn argument(pieces: &[Piece]) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Text(text) => quote(text),
        Piece::Found(name) => format!("${name}"),
    };
    match pieces {
        [Piece::Text(text)] => Shell::PowerShell.quote(text),
        [only] => piece(only),
        // An expression in brackets is one argument.
        several => format!("({})", several.iter().map(piece).collect::<Vec<_>>().join(" + ")),
    }
}

/// Single quotes; PowerShell takes the typographic ones for the same, and each of them twice for one within.
pub fn quote(argument: &str) -> String {
    let mut quoted = String::from("'");
    for character in argument.chars() {
        if matches!(character, '\'' | '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{201b}') {
            quoted.push(character);
        }
        quoted.push(character);
    }
    quoted + "'"
}
