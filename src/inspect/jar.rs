//! Jars: the versions of Java that their classes need, and which classes they bring.
//!
//! Source: the JAR file specification (multi-release jars), the JVM specification 4.1; checked on 2026-11-25.

use super::jar_names::{self, Artifact};
use crate::content::ContentError;
use crate::error::Refusal;
use crate::intake::{Entry, Source};
use crate::order::BTreeMap;
use crate::path::file_name;
use crate::tables::codes;
use crate::tables::limits::MAX_CLASSES;
use crate::words::quoted;

const VERSIONS: &str = "META-INF/versions/";

/// The minor version of class files that use previews (JVM specification 4.1).
const PREVIEW: u16 = 65535;

/// A class file begins with its mark, its minor and its major version.
const CLASS_HEAD: usize = 8;

/// What was found in a jar.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Jar {
    /// The class-file versions by the release of Java from which on they are used; 0 for those that every Java loads.
    pub releases: BTreeMap<u32, Classes>,
    /// Of classes that use previews of a Java, the first of each release and version: that Java loads them, and no other.
    pub previews: BTreeMap<(u32, u16), String>,
    /// Whether its manifest says that there are classes for later releases; without that no Java looks at them.
    pub multi_release: bool,
    /// The classes that every Java sees, sorted, e.g. `"com/example/App.class"`, each with the CRC-32 of its bytes.
    pub classes: Vec<(String, u32)>,
    /// Whether its own classes and libraries lie in folders that only its own launcher reads.
    pub nested: bool,
    /// What it was published as, with what was put into it.
    pub artifacts: Vec<Artifact>,
    /// Its licenses as it names them.
    pub licenses: Vec<String>,
}

/// The class-file versions among classes, e.g. 61 for Java 17.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Classes {
    /// The lowest.
    pub lowest: u16,
    /// The highest.
    pub highest: u16,
    /// A class of the highest version.
    pub example: String,
}

impl Jar {
    /// Reads an opened jar. Of each class only the first bytes are read, and of very many classes only some.
    pub fn read(jar: &Source) -> Result<Jar, Refusal> {
        if let Some(refusal) = &jar.refused {
            return Err(refusal.clone());
        }
        let mut found = Jar::default();
        let mut classes: Vec<(u32, &Entry)> = Vec::new();
        for entry in &jar.entries {
            found.nested |= ["BOOT-INF/", "WEB-INF/"].iter().any(|top| entry.path.starts_with(top));
            // Module descriptors are not read from the class path.
            if !entry.path.ends_with(".class") || file_name(&entry.path) == "module-info.class" {
                continue;
            }
            let release = match entry.path.strip_prefix(VERSIONS).map(|rest| rest.split('/').next().unwrap_or("")) {
                None => 0,
                Some(release) => match release.parse() {
                    Ok(release) if release > 8 => release,
                    _ => continue,
                },
            };
            if release == 0 {
                found.classes.push((entry.path.clone(), entry.content.promised_crc()));
            }
            classes.push((release, entry));
        }
        for (release, entry) in classes.iter().step_by(classes.len() / MAX_CLASSES + 1) {
            let head = entry.content.head(CLASS_HEAD).map_err(|error| refusal(entry, error))?;
            if let Some((major, minor)) = class_version(&head) {
                found.add(*release, major, &entry.path);
                if minor == PREVIEW {
                    found.previews.entry((*release, major)).or_insert_with_key(|_| entry.path.clone());
                }
            }
        }
        let section = jar_names::main_section(jar);
        let says_multi_release = jar_names::value(&section, "Multi-Release").eq_ignore_ascii_case("true");
        found.multi_release = found.releases.keys().any(|release| *release > 0) && says_multi_release;
        found.artifacts = jar_names::artifacts(jar, &section);
        found.licenses = jar_names::licenses(&section);
        Ok(found)
    }

    fn add(&mut self, release: u32, major: u16, path: &str) {
        let classes = self.releases.entry(release).or_insert_with(|| Classes {
            lowest: major,
            highest: major,
            example: path.to_owned(),
        });
        classes.lowest = classes.lowest.min(major);
        if major > classes.highest {
            classes.highest = major;
            path.clone_into(&mut classes.example);
        }
    }

    /// The classes that a version of Java looks at, by release.
    pub fn seen_by(&self, java: u32) -> impl Iterator<Item = (u32, &Classes)> {
        let newest = self.newest_release(java);
        let all = self.releases.iter().map(|(release, classes)| (*release, classes));
        all.take_while(move |(release, _)| *release <= newest)
    }

    /// The previews that a version of Java looks at: a class-file version, and a class of it.
    pub fn previews_seen_by(&self, java: u32) -> impl Iterator<Item = (u16, &str)> {
        let newest = self.newest_release(java);
        let all = self.previews.iter().filter(move |((release, _), _)| *release <= newest);
        all.map(|((_, major), example)| (*major, example.as_str()))
    }

    fn newest_release(&self, java: u32) -> u32 {
        if self.multi_release && java > 8 { java } else { 0 }
    }
}

fn refusal(entry: &Entry, error: ContentError) -> Refusal {
    let (code, found) = match error {
        ContentError::Damaged(found) => (codes::BAD_DATA, format!("is damaged: {found}")),
        ContentError::Read(_) => (codes::UNREADABLE, "can't be read".into()),
    };
    Refusal::entry(code, &entry.path, format!("{} {found}", quoted(&entry.path)))
}

/// The major and the minor version of a class file.
fn class_version(head: &[u8]) -> Option<(u16, u16)> {
    let rest = head.strip_prefix(&[0xca, 0xfe, 0xba, 0xbe])?;
    let minor = u16::from_be_bytes(*rest.first_chunk()?);
    rest.get(2..)?.first_chunk().map(|major| (u16::from_be_bytes(*major), minor))
}
