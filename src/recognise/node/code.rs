//! JavaScript of one's own that is no package: it gets a folder in which `require` and `import` find it by its name.

use std::rc::Rc;

use super::npm::Manifest;
use crate::content::Content;
use crate::error::Note;
use crate::intake::{Entry, Form, Source, promises_files};
use crate::path::{file_name, folder_of};
use crate::recognise::folder::{Folder, Told};
use crate::recognise::{Kind, Recognised};
use crate::tables::codes;
use crate::tables::limits::MAX_METADATA;
use crate::tables::npm::BUILTIN_MODULES;

/// Files that Node.js runs.
const SCRIPTS: &[&str] = &[".js", ".mjs", ".cjs"];

/// Files that a compiler turns into those.
const TYPED: &[&str] = &[".ts", ".tsx", ".mts", ".cts", ".jsx"];

/// Files whose first lines are looked at to tell which module system they are written for.
const LOOKED_AT: usize = 50;

fn ends(name: &str, endings: &[&str]) -> bool {
    endings.iter().any(|ending| name.len() > ending.len() && name.ends_with(ending))
}

/// Whether it is TypeScript with code in it: declarations alone (`.d.ts`) are for tools.
fn is_typed(name: &str) -> bool {
    ends(name, TYPED) && !ends(name, &[".d.ts", ".d.mts", ".d.cts"])
}

/// A file of JavaScript. It keeps its name in a folder of its own, with a `package.json` that points to it: `import`
/// finds nothing that has no folder, and no file that is called `index.mjs`.
pub fn file(source: &Rc<Source>, index: usize) -> Option<Recognised> {
    let entry = source.entries.get(index)?;
    let name = file_name(&entry.path);
    if is_typed(name) {
        let mut part = Recognised::new(source, Kind::NotReady, name, "it is TypeScript by its name");
        part.entries = vec![index];
        part.advice = format!("{name} is TypeScript; compile it, such as with npx tsc, and drop the JavaScript");
        return Some(part);
    }
    if !ends(name, SCRIPTS) {
        return None;
    }
    let mut part = Recognised::new(source, Kind::NodeCode, "", "it is JavaScript by its name");
    part.name = own_name(name.rsplit_once('.').map_or(name, |(stem, _)| stem));
    part.wrap.clone_from(&part.name);
    folder_of(&entry.path).clone_into(&mut part.base);
    let module = name.ends_with(".js") && syntax(entry) == Some(Syntax::Module);
    let text =
        format!("{{{}\"main\": {}}}\n", if module { "\"type\": \"module\", " } else { "" }, json(&format!("./{name}")));
    part.entries = vec![index];
    generate_manifest(&mut part, text);
    warn_of_builtin(&mut part);
    Some(part)
}

/// Files of JavaScript side by side, with their data; archives among them are looked at on their own.
pub fn folder(folder: &Folder) -> Option<Told> {
    let files = &folder.level.files;
    if folder.source.form == Form::File {
        return None;
    }
    // A file alone in an archive is still a file; what is called index is known by its folder's name.
    if let (true, true, [(name, index)]) =
        (folder.at.is_empty(), folder.level.folders.is_empty(), files.iter().collect::<Vec<_>>().as_slice())
        && ends(name, SCRIPTS)
        && !name.starts_with("index.")
    {
        return Some(Told { files: vec![**index], ..Told::default() });
    }
    let has = |wanted: &dyn Fn(&str) -> bool| files.keys().any(|name| wanted(name));
    if has(&|name| ends(name, &[".html", ".htm"])) && has(&|name| ends(name, SCRIPTS)) {
        return Some(folder.part(Kind::Unrecognised, "it is a web page").into());
    }
    if !has(&|name| ends(name, SCRIPTS)) {
        let advice = unbuilt(folder, &Manifest::default()).filter(|_| has(&is_typed))?;
        let part = folder.part(Kind::NotReady, "it holds TypeScript");
        return Some(Recognised { advice, ..part }.into());
    }
    let is_archive = |index: &usize| folder.source.entries.get(*index).is_some_and(|entry| promises_files(&entry.path));
    let archives: Vec<usize> = files.values().copied().filter(is_archive).collect();
    let kept = folder.entries.iter().copied().filter(|index| !archives.contains(index)).collect();
    let part = own(&Folder::of(folder.source, folder.at, kept), "it holds JavaScript files");
    Some(Told { parts: vec![part], files: archives, ..Told::default() })
}

/// A folder of code as a part: it keeps its name, and is found by it.
pub fn own(folder: &Folder, reason: &str) -> Recognised {
    let mut part = folder.part(Kind::NodeCode, reason);
    part.name = own_name(&part.name);
    part.wrap.clone_from(&part.name);
    if !folder.level.files.contains_key("package.json") {
        let entries = folder.entries.iter().filter_map(|index| folder.source.entries.get(*index));
        let scripts = entries.filter(|entry| entry.path.ends_with(".js")).take(LOOKED_AT);
        let found: Vec<Syntax> = scripts.filter_map(syntax).collect();
        if !found.is_empty() && found.iter().all(|syntax| *syntax == Syntax::Module) {
            generate_manifest(&mut part, "{\"type\": \"module\"}\n".into());
        }
    }
    warn_of_builtin(&mut part);
    part
}

/// What has to be done with a folder of sources before it can run; `None` where it can.
pub fn unbuilt(folder: &Folder, manifest: &Manifest) -> Option<String> {
    let name = folder.name();
    let has = |endings: &[&str]| {
        let entries = folder.entries.iter().filter_map(|index| folder.source.entries.get(*index));
        entries.map(|entry| entry.path.as_str()).any(|path| ends(path, endings))
    };
    let typed = || {
        let entries = folder.entries.iter().filter_map(|index| folder.source.entries.get(*index));
        entries.map(|entry| entry.path.as_str()).any(is_typed)
    };
    let runs = has(SCRIPTS) || has(&[".node", ".wasm"]);
    if !runs && typed() {
        return Some(format!(
            "{name} holds TypeScript and no JavaScript; compile it, such as with npx tsc, and drop the result with its package.json"
        ));
    }
    if !manifest.main.is_empty() && !manifest.exports && !main_is_there(folder, &manifest.main) && typed() {
        return Some(format!(
            "{name} is not built: its package.json names {:?} as its main file, which is not there; run npm run build and drop the folder again",
            manifest.main
        ));
    }
    (!runs && !manifest.dependencies.is_empty() && manifest.version.is_empty())
        .then(|| format!("{name} only lists packages; run npm install --omit=dev in it, and drop node_modules"))
}

/// Whether `require` finds the main file, with the endings that it tries.
fn main_is_there(folder: &Folder, main: &str) -> bool {
    let path = folder.below(main.trim_start_matches("./").trim_end_matches('/'));
    ["", ".js", ".json", ".node", "/index.js", "/index.json", "/index.node"].iter().any(|ending| {
        let wanted = format!("{path}{ending}");
        folder.source.entries.binary_search_by(|entry| entry.path.as_str().cmp(&wanted)).is_ok()
    })
}

/// A name under which `require` and `import` look for a folder: those that begin with a dot or `@` mean other things.
fn own_name(name: &str) -> String {
    let plain = name.trim_start_matches(['.', '@']);
    if plain.is_empty() || plain == "node_modules" { "code".into() } else { plain.to_owned() }
}

fn generate_manifest(part: &mut Recognised, text: String) {
    let path = if part.base.is_empty() { "package.json".to_owned() } else { format!("{}/package.json", part.base) };
    part.entries.push(part.source.entries.len());
    part.generated.push(Entry { path, mode: None, copy_of: None, content: Content::Held(Rc::from(text.into_bytes())) });
}

fn warn_of_builtin(part: &mut Recognised) {
    if BUILTIN_MODULES.contains(&part.name.as_str()) {
        let message = format!(
            "{:?} is a module of Node.js itself, so require({:?}) finds that one and never this",
            part.name, part.name
        );
        part.notes.push(Note::new(codes::BUILTIN_NAME, part.name.clone(), message));
    }
}

/// The module system that a script is written for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Syntax {
    /// `import` and `export`.
    Module,
    /// `require` and `module.exports`.
    Common,
}

/// Which of the two a script shows; `None` for neither. Statements of modules stand at the beginning of a line, since
/// they are allowed at the top level only, and are an error everywhere else.
fn syntax(entry: &Entry) -> Option<Syntax> {
    let bytes = entry.content.read(MAX_METADATA).ok()??;
    let text = String::from_utf8_lossy(&bytes);
    let is_module = |line: &str| {
        let rest = |word| line.strip_prefix(word).filter(|rest: &&str| rest.starts_with([' ', '{', '*', '"', '\'']));
        rest("export").is_some()
            || rest("import")
                .is_some_and(|rest| rest.contains(" from ") || rest.trim_start().starts_with(['"', '\'', '{']))
    };
    if text.lines().any(is_module) {
        return Some(Syntax::Module);
    }
    ["require(", "module.exports", "exports."].iter().any(|mark| text.contains(mark)).then_some(Syntax::Common)
}

fn json(text: &str) -> serde_json::Value {
    serde_json::Value::from(text)
}
