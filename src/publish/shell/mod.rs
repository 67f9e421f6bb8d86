//! Scripts as text for a shell: each back end passes exactly the arguments that it was given.

mod cmd;
mod posix;
mod powershell;

use super::script::{Argument, Call, Piece, Script};

/// A family of shells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shell {
    /// sh, bash, dash, zsh.
    Posix,
    /// PowerShell, Windows PowerShell 5.1 included.
    PowerShell,
    /// The Windows command prompt.
    Cmd,
    /// A file that the Windows command prompt runs: it has other rules for `%`, and can end early.
    Batch,
}

impl Shell {
    /// A script as text that can be pasted, or saved as a file in case of [`Shell::Batch`]. Empty for no step.
    pub fn render(self, script: &Script) -> String {
        if script.0.is_empty() {
            return String::new();
        }
        match self {
            Shell::Posix => posix::render(script),
            Shell::PowerShell => powershell::render(script),
            Shell::Cmd => cmd::prompt(script),
            Shell::Batch => cmd::batch(script),
        }
    }

    /// One argument. Words of plain characters stay as they are.
    pub fn quote(self, argument: &str) -> String {
        if is_bare(argument) {
            return argument.to_owned();
        }
        match self {
            Shell::Posix => posix::quote(argument),
            Shell::PowerShell => powershell::quote(argument),
            Shell::Cmd | Shell::Batch => cmd::quote(argument),
        }
    }
}

/// Whether every shell takes a word as it is.
fn is_bare(text: &str) -> bool {
    let bare = |character: char| character.is_ascii_alphanumeric() || "._-/:".contains(character);
    !text.is_empty() && text.chars().all(bare)
}

/// A call with each option on a line of its own, indented by so many levels.
fn lines(call: &Call, level: usize, continuation: &str, argument: impl Fn(&[Piece]) -> String) -> String {
    let mut text = String::new();
    for Argument(pieces) in &call.0 {
        if matches!(pieces.first(), Some(Piece::Text(text)) if text.starts_with("--")) {
            text.push_str(&format!(" {continuation}\n{}", "  ".repeat(level + 1)));
        } else if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&argument(pieces));
    }
    text
}

/// A call on one line.
fn one_line(call: &Call, argument: impl Fn(&[Piece]) -> String) -> String {
    call.0.iter().map(|each| argument(&each.0)).collect::<Vec<_>>().join(" ")
}
