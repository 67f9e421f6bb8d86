//! Java: jars, which stay closed, and what a build has to make jars of first.

use std::rc::Rc;

use super::folder::{Folder, Told};
use super::{Kind, Recognised};
use crate::content::Content;
use crate::inspect::Inspection;
use crate::inspect::jar::Jar;
use crate::intake::{Entry, Form, Source};
use crate::path::{file_name, folder_of};
use crate::words::counted;

const BUILD_REASON: &str = "part of the build, but no jar that it made";

/// Jars that hold nothing to run, by the end of their name: each with the reason.
const NOT_LIBRARIES: &[(&str, &str)] = &[
    ("-sources", "a jar of source code, from which nothing is loaded"),
    ("-javadoc", "a jar of documentation, from which nothing is loaded"),
];
const ORIGINAL: &str = "original-";
const ORIGINAL_REASON: &str = "what the build put into the jar of the same name beside it";

/// Folders in which builds put jars: Maven's own and those of `dependency:copy-dependencies`, Gradle's, and both tools'
/// distributions.
const JAR_FOLDERS: &[&str] = &["dependency", "dependencies", "lib", "libs"];

/// Files that say how to build, each with what to run and to drop.
#[rustfmt::skip]
const BUILDS: &[(&str, &str)] = &[
    ("pom.xml", "run mvn package dependency:copy-dependencies -DincludeScope=runtime, and drop target/dependency and the jar in target"),
    ("build.gradle", "run gradle build, and drop build/libs; a Copy task from configurations.runtimeClasspath gathers the dependencies' jars"),
    ("build.gradle.kts", "run gradle build, and drop build/libs; a Copy task from configurations.runtimeClasspath gathers the dependencies' jars"),
];

/// A file by its ending: a jar, an archive of a server, or a build's description.
pub fn file(source: &Rc<Source>, index: usize) -> Option<Recognised> {
    let entry = source.entries.get(index)?;
    let name = file_name(&entry.path);
    if let Some((_, what)) = BUILDS.iter().find(|(build, _)| *build == name) {
        return Some(not_ready(source, name, vec![index], format!("{name} says how to build the jars; {what}")));
    }
    let (stem, ending) = name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty())?;
    match ending.to_ascii_lowercase().as_str() {
        "jar" => Some(jar(source, index, stem)),
        "war" | "ear" => {
            let advice =
                format!("{name} is for an application server; drop the jars that its WEB-INF/lib or lib holds");
            Some(not_ready(source, name, vec![index], advice))
        }
        _ => None,
    }
}

fn not_ready(source: &Rc<Source>, name: &str, entries: Vec<usize>, advice: String) -> Recognised {
    let mut part = Recognised::new(source, Kind::NotReady, name, "it is known by its name");
    part.entries = entries;
    part.advice = advice;
    part
}

/// Whether a file of a layer is a jar where Java's class loader looks for jars.
pub fn is_searched(path: &str) -> bool {
    path.ends_with(".jar") && folder_of(path).ends_with("java/lib")
}

/// A jar: it is opened to see what it needs, and placed as it is.
fn jar(source: &Rc<Source>, index: usize, stem: &str) -> Recognised {
    let mut part = Recognised::new(source, Kind::Jar, stem, "it is a jar by its name");
    let opened = source.entries.get(index).map(|entry| source.opened(entry));
    let found = match opened.map(|opened| (Jar::read(&opened), opened)) {
        Some((Err(refusal), opened)) => return Recognised::refused(&Rc::new(opened), refusal),
        Some((Ok(found), _)) => found,
        None => Jar::default(),
    };
    let not_library = NOT_LIBRARIES.iter().find(|(ending, _)| found.releases.is_empty() && stem.ends_with(ending));
    if let Some((_, reason)) = not_library {
        part.omitted.push((index, *reason));
    } else if has_shaded_sibling(source, index) {
        part.omitted.push((index, ORIGINAL_REASON));
    } else {
        part.entries.push(index);
        tell(&mut part, index, found);
    }
    part
}

fn tell(part: &mut Recognised, index: usize, found: Jar) {
    if found.nested {
        part.advice = format!(
            "{}.jar keeps its classes and libraries in folders that only its own launcher reads; drop the plain jar and the jars of its libraries",
            part.name
        );
    }
    part.inspected.insert(index, Inspection::Jar(found));
}

/// Whether the shaded jar that was made of an `original-*.jar` lies beside it.
fn has_shaded_sibling(source: &Source, index: usize) -> bool {
    let path = source.entries.get(index).map_or("", |entry| entry.path.as_str());
    let Some(shaded) = file_name(path).strip_prefix(ORIGINAL) else { return false };
    let shaded = match folder_of(path) {
        "" => shaded.to_owned(),
        folder => format!("{folder}/{shaded}"),
    };
    source.entries.binary_search_by(|entry| entry.path.as_str().cmp(&shaded)).is_ok()
}

/// A zip that is a jar by what it holds, under another name: it becomes one by its ending.
pub fn disguised(source: &Rc<Source>) -> Option<Recognised> {
    let whole = source.whole.clone()?;
    let has = |wanted: fn(&str) -> bool| source.entries.iter().any(|entry| wanted(&entry.path));
    let whole = Content::Loose(whole);
    let is_zip = whole.head(2).is_ok_and(|head| head == b"PK");
    let is_jar = is_zip
        && has(|path| path == "META-INF/MANIFEST.MF")
        && has(|path| path.ends_with(".class"))
        && !has(|path| path.ends_with(".jar"));
    if !is_jar {
        return None;
    }
    let found = match Jar::read(source) {
        Ok(found) => found,
        Err(refusal) => return Some(Recognised::refused(source, refusal)),
    };
    let name = source.file_name();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let mut part = Recognised::new(source, Kind::Jar, stem, "it holds a jar's manifest and classes");
    part.entries = vec![source.entries.len()];
    part.generated = vec![Entry { path: name.to_owned(), mode: None, copy_of: None, content: whole }];
    tell(&mut part, source.entries.len(), found);
    Some(part)
}

/// A project of Maven or Gradle, or the folder that its build fills: the jars in it, or how to get them.
pub fn build(folder: &Folder) -> Option<Told> {
    let Folder { source, level, .. } = folder;
    let description = BUILDS.iter().find(|(name, _)| level.files.contains_key(name));
    let filled = ["classes", "maven-archiver", "maven-status"].iter().any(|name| level.folders.contains_key(name));
    if source.form == Form::File || description.is_none() && !filled {
        return None;
    }
    let is_product = |index: &usize| {
        let path = source.entries.get(*index).map_or("", |entry| entry.path.as_str());
        let within = file_name(folder_of(path));
        let placed = folder_of(path) == folder.at || within == "target" || JAR_FOLDERS.contains(&within);
        path.to_ascii_lowercase().ends_with(".jar") && placed
    };
    let (jars, rest): (Vec<usize>, Vec<usize>) = folder.entries.iter().partition(|index| is_product(index));
    if jars.is_empty() {
        let (name, what) = description?;
        let mut part = folder.part(Kind::NotReady, format!("it holds {name}"));
        part.advice = format!("{} is not built; {what}", folder.name());
        return Some(part.into());
    }
    let omitted = rest.into_iter().map(|index| (index, BUILD_REASON)).collect();
    Some(Told { files: jars, omitted, ..Told::default() })
}

/// Class files that lie in no jar, which the runtime's class loader never sees in a layer.
pub fn classes(folder: &Folder) -> Option<Told> {
    let ends = |ending: &str| {
        let path =
            |index: &&usize| folder.source.entries.get(**index).is_some_and(|entry| entry.path.ends_with(ending));
        folder.entries.iter().filter(path).count()
    };
    let found = ends(".class");
    (found > 0 && ends(".jar") == 0 && ends(".js") == 0).then(|| {
        let name = folder.name();
        let mut part = folder.part(Kind::NotReady, "it holds class files");
        part.advice = format!(
            "{name} holds {} outside a jar, and Java loads a layer's classes from jars alone; in the folder that holds their packages, run jar --create --file {name}.jar . and drop that jar",
            counted(found, "class file")
        );
        part.into()
    })
}
