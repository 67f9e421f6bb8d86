//! Code of languages for which AWS advises against layers: it is compiled into the function, or published with it.
//!
//! Source: <https://docs.aws.amazon.com/lambda/latest/dg/packaging-layers.html> (Go, Rust) and
//! <https://docs.aws.amazon.com/lambda/latest/dg/dotnet-layers.html>; checked on 2026-11-23.

use std::rc::Rc;

use super::folder::{Folder, Told};
use super::{Kind, Recognised};
use crate::inspect::{Format, HEAD};
use crate::intake::{Form, Source};
use crate::path::file_name;

/// How a language's code is told, and what AWS advises to do with it.
struct Compiled {
    kind: Kind,
    what: &'static str,
    /// Files of these names stand at the top of its projects.
    names: &'static [&'static str],
    /// Files of its projects, and its own code, end in these.
    endings: &'static [&'static str],
    advice: &'static str,
}

const LANGUAGES: &[Compiled] = &[
    Compiled {
        kind: Kind::Go,
        what: "Go code",
        names: &["go.mod"],
        endings: &[".go"],
        advice: "compile it with the function itself: GOOS=linux GOARCH=amd64 CGO_ENABLED=0 go build -o bootstrap . (GOARCH=arm64 for arm64); a program of its own, such as an extension, can be dropped once it is built",
    },
    Compiled {
        kind: Kind::Rust,
        what: "Rust code",
        names: &["Cargo.toml"],
        endings: &[".rs"],
        advice: "compile it with the function itself: cargo lambda build --release (--arm64 for arm64); a program of its own, such as an extension, can be dropped once it is built",
    },
    Compiled {
        kind: Kind::DotNet,
        what: ".NET code",
        names: &[],
        endings: &[".deps.json", ".csproj", ".fsproj", ".vbproj", ".sln", ".cs", ".fs", ".nuspec"],
        advice: "publish it with the function itself: dotnet lambda deploy-function puts every package that the project references into the function's own zip",
    },
];

impl Compiled {
    fn knows(&self, name: &str) -> bool {
        self.names.contains(&name) || self.endings.iter().any(|ending| name.ends_with(ending))
    }

    fn tell(&self, part: Recognised) -> Recognised {
        let advice = format!("{} is {}, for which AWS advises against layers; {}", part.name, self.what, self.advice);
        Recognised { advice, ..part }
    }
}

/// A project, or assemblies as .NET's build leaves them.
pub fn folder(folder: &Folder) -> Option<Told> {
    if folder.source.form == Form::File {
        return None;
    }
    let files = &folder.level.files;
    let language = LANGUAGES.iter().find(|language| files.keys().any(|name| language.knows(name)))?;
    let part = folder.part(language.kind, format!("it holds {}", language.what));
    Some(language.tell(part).into())
}

/// A package of NuGet's.
pub fn package(source: &Rc<Source>) -> Option<Recognised> {
    let specified = source.entries.iter().any(|entry| !entry.path.contains('/') && entry.path.ends_with(".nuspec"));
    let language = LANGUAGES.iter().find(|language| specified && language.kind == Kind::DotNet)?;
    let name = source.file_name();
    let mut part = Recognised::new(source, language.kind, name, "it is a package of NuGet's by its description");
    part.entries = (0..source.entries.len()).collect();
    Some(language.tell(part))
}

/// One file of code, or one assembly.
pub fn file(source: &Rc<Source>, index: usize) -> Option<Recognised> {
    let entry = source.entries.get(index)?;
    let name = file_name(&entry.path);
    let is_assembly = || {
        let library = name.to_ascii_lowercase().ends_with(".dll") || name.to_ascii_lowercase().ends_with(".exe");
        library && entry.content.head(HEAD).is_ok_and(|head| Format::of(&head) == Some(Format::Assembly))
    };
    let language =
        LANGUAGES.iter().find(|language| language.knows(name) || language.kind == Kind::DotNet && is_assembly())?;
    let mut part = Recognised::new(source, language.kind, name, format!("it is {}", language.what));
    part.entries = vec![index];
    Some(language.tell(part))
}
