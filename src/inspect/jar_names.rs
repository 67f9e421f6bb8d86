//! What a jar says of itself: the coordinates that Maven left in it, and the main section of its manifest.
//!
//! Source: the JAR file specification (72 bytes a line, continued after a space), Maven Archiver's `pom.properties`.

use crate::intake::Source;
use crate::path::file_name;
use crate::tables::limits::MAX_METADATA;

const MANIFEST: &str = "META-INF/MANIFEST.MF";

/// What a jar was published as.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Artifact {
    /// Its group, e.g. `"com.google.code.gson"`; empty where nothing says it.
    pub group: String,
    /// Its name, e.g. `"gson"`.
    pub name: String,
    /// Its version; empty where nothing says it.
    pub version: String,
}

/// The main section of a jar's manifest.
pub fn main_section(jar: &Source) -> Vec<(String, String)> {
    let text = text_of(jar, MANIFEST).replace("\r\n", "\n").replace("\n ", "");
    let main = text.lines().take_while(|line| !line.trim().is_empty());
    main.filter_map(|line| line.split_once(':')).map(|(key, value)| (key.trim().into(), value.trim().into())).collect()
}

/// A value of a section, whatever the case of its name; empty where there is none.
pub fn value<'a>(section: &'a [(String, String)], name: &str) -> &'a str {
    section.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map_or("", |(_, value)| value)
}

/// The artifacts that a jar holds: itself, and those that were put into it.
pub fn artifacts(jar: &Source, section: &[(String, String)]) -> Vec<Artifact> {
    let is_properties = |path: &str| path.starts_with("META-INF/maven/") && path.ends_with("/pom.properties");
    let described = jar.entries.iter().filter(|entry| is_properties(&entry.path)).map(|entry| {
        let text = text_of(jar, &entry.path);
        let get = |wanted: &str| {
            let lines = text.lines().filter_map(|line| line.split_once('='));
            let found = lines.map(|(key, value)| (key.trim(), value.trim())).find(|(key, _)| *key == wanted);
            found.map_or_else(String::new, |(_, value)| value.to_owned())
        };
        Artifact { group: get("groupId"), name: get("artifactId"), version: get("version") }
    });
    let described: Vec<Artifact> = described.filter(|artifact| !artifact.name.is_empty()).collect();
    if !described.is_empty() {
        return described;
    }
    let name = file_name(&jar.name);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let stated = ["Implementation-Version", "Bundle-Version", "Specification-Version"];
    let version = stated.iter().map(|key| value(section, key)).find(|version| !version.is_empty()).unwrap_or("");
    let name = stem.strip_suffix(version).and_then(|name| name.strip_suffix('-')).unwrap_or(stem);
    let group = value(section, "Implementation-Vendor-Id");
    vec![Artifact { group: group.into(), name: name.into(), version: version.into() }]
}

/// The licenses that a manifest names: `Bundle-License: Apache-2.0;link="…", …` of OSGi.
pub fn licenses(section: &[(String, String)]) -> Vec<String> {
    let named = value(section, "Bundle-License").split(',').map(|one| one.split(';').next().unwrap_or(""));
    named.map(|name| name.trim().trim_matches('"').to_owned()).filter(|name| !name.is_empty()).collect()
}

fn text_of(jar: &Source, path: &str) -> String {
    let entry = jar.entries.iter().find(|entry| entry.path == path);
    let bytes = entry.and_then(|entry| entry.content.read(MAX_METADATA).ok().flatten()).unwrap_or_default();
    String::from_utf8_lossy(&bytes).into_owned()
}
