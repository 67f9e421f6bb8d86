//! Scripts: the interpreter that their first line names.

/// A script's first line (`execve(2)`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Script {
    /// The program that it is given to, e.g. `"/usr/bin/env"`.
    pub interpreter: String,
    /// What that program is given before the script, e.g. `"python3"`; empty where there is nothing.
    pub argument: String,
}

impl Script {
    /// Reads a file's first line; `None` where it names nothing.
    pub fn read(head: &[u8]) -> Option<Script> {
        let end = head.iter().position(|byte| *byte == b'\n').unwrap_or(head.len());
        let line = String::from_utf8_lossy(head.get(2..end)?);
        // The carriage return of a script from Windows has a rule of its own.
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
