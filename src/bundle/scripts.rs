//! The commands as scripts for three shells, which run wherever they are started from.

use super::File;
use crate::publish::{Command, Kit};

/// A script for each command and shell, and the files that they read.
pub fn scripts(kit: &Kit) -> Vec<File> {
    kit.commands.iter().filter(|command| !command.sh.is_empty()).flat_map(of_command).collect()
}

fn of_command(command: &Command) -> Vec<File> {
    let name = file_name(command.id);
    let posix = format!("#!/bin/sh\nset -e\ncd -- \"$(dirname -- \"$0\")\"\n{}\n", command.sh);
    let powershell = format!(
        "Push-Location -LiteralPath $PSScriptRoot\ntry {{\n{}\n}} finally {{ Pop-Location }}\nexit $LASTEXITCODE\n",
        command.powershell
    );
    let mut files = vec![
        File { starts: true, ..File::new(format!("{name}.sh"), posix) },
        File::new(format!("{name}.ps1"), powershell),
        File::new(format!("{name}.cmd"), command.batch.as_str()),
    ];
    files.extend(command.files.iter().map(|file| File::new(file.name.as_str(), file.text.as_str())));
    files
}

/// A command's name as files are called, e.g. `"publish-if-changed"`.
fn file_name(id: &str) -> String {
    let part = |letter: char| match letter.is_ascii_uppercase() {
        true => format!("-{}", letter.to_ascii_lowercase()),
        false => letter.to_string(),
    };
    id.chars().map(part).collect()
}
