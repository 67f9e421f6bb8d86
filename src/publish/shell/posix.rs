//! sh, bash, dash and zsh.

use super::super::script::{Action, Call, Piece, Script};
use super::{Shell, lines};

/// Several steps run in a shell of their own: what they keep and how they end does not touch the one that is pasted to.
pub fn render(script: &Script) -> String {
    if let Some(calls) = script.calls_alone() {
        let calls: Vec<String> = calls.into_iter().map(|called| call(called, 0)).collect();
        return calls.join(" && \\\n");
    }
    let steps: Vec<String> = script.groups().map(|(when, actions)| group(when, &actions)).collect();
    format!("(\n  set -e\n{}\n)", steps.join("\n"))
}

fn group(when: Option<(&str, &str)>, actions: &[&Action]) -> String {
    let lines = |level: usize| {
        let lines = actions.iter().map(|each| format!("{}{}", "  ".repeat(level), action(each, level)));
        lines.collect::<Vec<_>>().join("\n")
    };
    match when {
        None => lines(1),
        Some((name, word)) => format!("  if [ \"${name}\" = {} ]; then\n{}\n  fi", Shell::Posix.quote(word), lines(2)),
    }
}

fn action(action: &Action, level: usize) -> String {
    let indent = "  ".repeat(level);
    match action {
        Action::Run(run) => call(run, level),
        Action::Find(name, find) => format!("{name}=$({})", call(find, level)),
        Action::Keep(name, word) => format!("{name}={}", Shell::Posix.quote(word)),
        // The list is kept first, since a loop would not notice that the call failed.
        Action::Each(name, list, each) => format!(
            "all=$({})\n{indent}for {name} in $(printf '%s\\n' \"$all\" | tr -cd '0-9\\n'); do\n{indent}  {}\n{indent}done",
            call(list, level),
            call(each, level + 1)
        ),
        Action::Write(file, written) => format!("{} > {}", call(written, level), Shell::Posix.quote(file)),
        Action::Say(text) => format!("echo {}", Shell::Posix.quote(text)),
        Action::Fail(text) => format!("echo {} >&2\n{indent}exit 1", Shell::Posix.quote(text)),
    }
}

fn call(call: &Call, level: usize) -> String {
    lines(call, level, "\\", |pieces| {
        pieces
            .iter()
            .map(|piece| match piece {
                Piece::Text(text) => Shell::Posix.quote(text),
                Piece::Found(name) => format!("\"${name}\""),
            })
            .collect()
    })
}

/// Single quotes; one within them stands outside, after a backslash.
pub fn quote(argument: &str) -> String {
    format!("'{}'", argument.replace('\'', r"'\''"))
}
