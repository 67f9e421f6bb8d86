//! Arguments as text for a shell: each back end passes exactly the list that it was given.

/// A family of shells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shell {
    /// sh, bash, dash, zsh.
    Posix,
    /// PowerShell.
    PowerShell,
    /// The Windows command prompt.
    Cmd,
}

impl Shell {
    /// Commands as text, the second run only if the first succeeded. Each option stands on a line of its own.
    pub fn render(self, commands: &[Vec<String>]) -> String {
        let lines: Vec<String> = commands.iter().map(|arguments| self.render_one(arguments)).collect();
        match self {
            Shell::Posix | Shell::Cmd => lines.join(&format!(" && {}\n", self.continuation())),
            // Windows PowerShell 5.1 has no `&&`.
            Shell::PowerShell => match lines.as_slice() {
                [first, second] => format!("{first}\nif ($LASTEXITCODE -eq 0) {{\n{second}\n}}"),
                _ => lines.join("\n"),
            },
        }
    }

    fn render_one(self, arguments: &[String]) -> String {
        let mut text = String::new();
        for argument in arguments {
            if argument.starts_with("--") {
                text.push_str(&format!(" {}\n  ", self.continuation()));
            } else if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(&self.quote(argument));
        }
        text
    }

    /// What says at a line's end that the command goes on.
    fn continuation(self) -> &'static str {
        match self {
            Shell::Posix => "\\",
            Shell::PowerShell => "`",
            Shell::Cmd => "^",
        }
    }

    /// One argument. Words of plain characters stay as they are.
    pub fn quote(self, argument: &str) -> String {
        let bare = |character: char| character.is_ascii_alphanumeric() || "._-/:".contains(character);
        if !argument.is_empty() && argument.chars().all(bare) {
            return argument.to_owned();
        }
        match self {
            Shell::Posix => format!("'{}'", argument.replace('\'', r"'\''")),
            // PowerShell takes the typographic quotes for quotes as well.
            Shell::PowerShell => {
                let mut quoted = String::from("'");
                for character in argument.chars() {
                    if matches!(character, '\'' | '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{201b}') {
                        quoted.push(character);
                    }
                    quoted.push(character);
                }
                quoted + "'"
            }
            Shell::Cmd => {
                let slashes = argument.len() - argument.trim_end_matches('\\').len();
                format!("\"{argument}{}\"", "\\".repeat(slashes))
            }
        }
    }
}
