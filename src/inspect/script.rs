//! Scripts: the interpreter that their first line names, and what keeps Linux from reading it.

use crate::tables::binaries::BYTE_ORDER_MARK;

/// A script's first line (`execve(2)`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Script {
    /// The program that it is given to, e.g. `"/usr/bin/env"`.
    pub interpreter: String,
    /// What that program is given before the script, e.g. `"python3"`; empty where there is nothing.
    pub argument: String,
}

/// What keeps Linux from starting a script by its first line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Obstacle {
    /// A byte order mark before `#!`, which have to be the first two bytes.
    Mark,
    /// A carriage return at the line's end, which becomes a part of the interpreter's name.
    CarriageReturn,
}

/// A text without a byte order mark.
pub fn without_mark(head: &[u8]) -> &[u8] {
    head.strip_prefix(BYTE_ORDER_MARK).unwrap_or(head)
}

/// What keeps Linux from starting a file that begins so; `None` for what is no script, or can be started.
pub fn obstacle(head: &[u8]) -> Option<Obstacle> {
    let text = without_mark(head);
    let line = text.starts_with(b"#!").then(|| text.split(|byte| *byte == b'\n').next()).flatten()?;
    match (text.len() < head.len(), line.ends_with(b"\r") && line.len() < text.len()) {
        (true, _) => Some(Obstacle::Mark),
        (_, true) => Some(Obstacle::CarriageReturn),
        _ => None,
    }
}

impl Script {
    /// Reads a file's first line; `None` where it names nothing.
    pub fn read(head: &[u8]) -> Option<Script> {
        let head = without_mark(head);
        let end = head.iter().position(|byte| *byte == b'\n').unwrap_or(head.len());
        let line = String::from_utf8_lossy(head.get(2..end)?);
        // A carriage return is an obstacle of its own.
        let line = line.trim();
        let (interpreter, argument) = line.split_once([' ', '\t']).unwrap_or((line, ""));
        (!interpreter.is_empty()).then(|| Script { interpreter: interpreter.into(), argument: argument.trim().into() })
    }

    /// The program that really runs it: `env` looks up its argument on the `PATH`.
    pub fn program(&self) -> &str {
        if !self.interpreter.ends_with("/env") {
            return &self.interpreter;
        }
        let mut words = self.argument.split_whitespace();
        words.find(|word| !word.starts_with('-') && !word.contains('=')).unwrap_or(&self.interpreter)
    }
}
