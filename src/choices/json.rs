//! Settings and operations as JSON: what recipes keep, and what scripts give. Errors say what was found and expected.

use serde_json::{Map, Value, json};

use super::{Operation, Scope, Settings};

impl Settings {
    /// The settings that are texts, by their public names.
    fn texts(&mut self) -> [(&'static str, &mut String); 13] {
        [
            ("layerName", &mut self.layer_name),
            ("description", &mut self.description),
            ("licenseInfo", &mut self.license_info),
            ("s3Bucket", &mut self.s3_bucket),
            ("s3Key", &mut self.s3_key),
            ("region", &mut self.region),
            ("profile", &mut self.profile),
            ("layout", &mut self.layout),
            ("s3ObjectVersion", &mut self.s3_object_version),
            ("s3StorageMode", &mut self.s3_storage_mode),
            ("functionName", &mut self.function_name),
            ("namePrefix", &mut self.name_prefix),
            ("recompress", &mut self.recompress),
        ]
    }

    /// The settings that are lists of texts.
    fn lists(&mut self) -> [(&'static str, &mut Vec<String>); 5] {
        [
            ("runtimes", &mut self.runtimes),
            ("architectures", &mut self.architectures),
            ("regions", &mut self.regions),
            ("shareWith", &mut self.share_with),
            ("allowedLicenses", &mut self.allowed_licenses),
        ]
    }

    /// The settings that are numbers.
    fn numbers(&mut self) -> [(&'static str, &mut u32); 3] {
        [
            ("keepVersions", &mut self.keep_versions),
            ("functionSize", &mut self.function_size),
            ("otherLayersSize", &mut self.other_layers_size),
        ]
    }

    /// All of them, e.g. `{ "layerName": "deps", "runtimes": ["python3.12"], … }`.
    pub fn to_json(&self) -> Value {
        let mut settings = self.clone();
        let mut object = Map::new();
        object.extend(settings.numbers().map(|(name, number)| (name.to_owned(), json!(number))));
        object.extend(settings.lists().map(|(name, list)| (name.to_owned(), json!(list))));
        object.extend(settings.texts().map(|(name, text)| (name.to_owned(), json!(text))));
        Value::Object(object)
    }

    /// These with what an object says; what it doesn't name stays, and names that are not known are passed over.
    pub fn with_json(&self, value: &Value) -> Result<Settings, String> {
        if !value.is_object() {
            return Err(format!("{value}; expected an object of settings"));
        }
        let mut settings = self.clone();
        for (name, into) in settings.lists() {
            if let Some(list) = texts(value, name)? {
                *into = list;
            }
        }
        for (name, into) in settings.texts() {
            if let Some(found) = text(value, name)? {
                *into = found;
            }
        }
        for (name, into) in settings.numbers() {
            if let Some(found) = number(value, name)? {
                *into = found;
            }
        }
        Ok(settings)
    }
}

impl Operation {
    /// E.g. `{ "op": "exclude", "path": "python/tests" }`.
    pub fn to_json(&self) -> Value {
        match self {
            Operation::Move { path, to } => json!({ "op": "move", "path": path, "to": to }),
            Operation::Rename { path, name } => json!({ "op": "rename", "path": path, "name": name }),
            Operation::Exclude(Scope::Path(path)) => json!({ "op": "exclude", "path": path }),
            Operation::Exclude(Scope::Source(source)) => json!({ "op": "exclude", "source": source }),
            Operation::Exclude(Scope::Paths(paths)) => json!({ "op": "exclude", "paths": **paths }),
            Operation::Include(Scope::Paths(paths)) => json!({ "op": "include", "paths": **paths }),
            Operation::Include(Scope::Path(path)) => json!({ "op": "include", "path": path }),
            Operation::Include(Scope::Source(source)) => json!({ "op": "include", "source": source }),
            Operation::Mend { path } => json!({ "op": "mend", "path": path }),
            Operation::Link { paths, to } => json!({ "op": "link", "paths": **paths, "to": to }),
            Operation::Place { source, path, to } => json!({ "op": "move", "source": source, "path": path, "to": to }),
            Operation::Write { path, text } => json!({ "op": "write", "path": path, "text": text }),
            Operation::Folder { path } => json!({ "op": "folder", "path": path }),
            Operation::Chmod { path, mode } => json!({ "op": "chmod", "path": path, "mode": mode }),
        }
    }

    /// The operation of an object. Whether its paths are any is not looked at.
    pub fn from_json(value: &Value) -> Result<Operation, String> {
        let op = needed(text(value, "op")?, value, "op")?;
        let text = |name: &str| text(value, name);
        let must = |name: &str| needed(text(name)?, value, name);
        let scope = || {
            Scope::of(text("path")?, texts(value, "paths")?, text("source")?)
                .ok_or_else(|| format!("{value}; expected a path, paths or a source"))
        };
        Ok(match op.as_str() {
            "move" => match text("source")? {
                Some(source) => Operation::Place { source, path: text("path")?.unwrap_or_default(), to: must("to")? },
                None => Operation::Move { path: must("path")?, to: must("to")? },
            },
            "rename" => Operation::Rename { path: must("path")?, name: must("name")? },
            "exclude" => Operation::Exclude(scope()?),
            "include" => match text("to")? {
                Some(to) => Operation::Place { source: must("source")?, path: text("path")?.unwrap_or_default(), to },
                None => Operation::Include(scope()?),
            },
            "mend" => Operation::Mend { path: must("path")? },
            "link" => {
                let paths = texts(value, "paths")?.or(text("path")?.map(|path| vec![path]));
                Operation::Link { paths: Scope::sorted(needed(paths, value, "paths")?), to: must("to")? }
            }
            "write" => Operation::Write { path: must("path")?, text: must("text")? },
            "folder" => Operation::Folder { path: must("path")? },
            "chmod" => Operation::Chmod {
                path: must("path")?,
                mode: needed(number(value, "mode")?, value, "a mode such as 493")?,
            },
            other => return Err(format!("the operation {other:?}; expected one such as move, exclude or chmod")),
        })
    }
}

/// A field of an object; one that is null counts as none.
fn field<'a>(value: &'a Value, name: &str) -> Option<&'a Value> {
    value.get(name).filter(|found| !found.is_null())
}

fn needed<T>(found: Option<T>, value: &Value, name: &str) -> Result<T, String> {
    found.ok_or_else(|| format!("{value}; expected {name} in it"))
}

fn text(value: &Value, name: &str) -> Result<Option<String>, String> {
    let text = |found: &Value| found.as_str().map(str::to_owned).ok_or_else(|| expected(found, name, "a text"));
    field(value, name).map(text).transpose()
}

fn texts(value: &Value, name: &str) -> Result<Option<Vec<String>>, String> {
    let text = |found: &Value| found.as_str().map(str::to_owned);
    let texts = |found: &Value| {
        let all = found.as_array().and_then(|list| list.iter().map(text).collect());
        all.ok_or_else(|| expected(found, name, "a list of texts"))
    };
    field(value, name).map(texts).transpose()
}

fn number(value: &Value, name: &str) -> Result<Option<u32>, String> {
    let number = |found: &Value| {
        let number = found.as_u64().and_then(|number| u32::try_from(number).ok());
        number.ok_or_else(|| expected(found, name, &format!("a whole number up to {}", u32::MAX)))
    };
    field(value, name).map(number).transpose()
}

fn expected(found: &Value, name: &str, what: &str) -> String {
    format!("{found} as {name}; expected {what}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(text: &str) -> Value {
        serde_json::from_str(text).unwrap_or_default()
    }

    #[test]
    fn what_is_no_setting_is_said_by_name() {
        let cases = [
            (r#"{"runtimes":"python3.12"}"#, r#""python3.12" as runtimes; expected a list of texts"#),
            (r#"{"regions":["eu-central-1",1]}"#, r#"["eu-central-1",1] as regions; expected a list of texts"#),
            ("[]", "[]; expected an object of settings"),
            (r#"{"layerName":5}"#, "5 as layerName; expected a text"),
            (r#"{"keepVersions":-1}"#, "-1 as keepVersions; expected a whole number up to 4294967295"),
            (r#"{"keepVersions":1.5}"#, "1.5 as keepVersions; expected a whole number up to 4294967295"),
        ];
        for (given, found) in cases {
            assert_eq!(Settings::default().with_json(&json(given)), Err(found.to_owned()), "{given}");
        }
    }

    #[test]
    fn what_is_not_named_or_null_stays() {
        let now = Settings { layer_name: "deps".into(), keep_versions: 7, ..Settings::default() };
        assert_eq!(now.with_json(&json(r#"{"layerName":null,"colour":"red"}"#)), Ok(now.clone()));
        assert_eq!(Settings::default().with_json(&now.to_json()), Ok(now));
    }

    #[test]
    fn operations_are_written_as_they_are_read() {
        for text in [
            r#"{"op":"move","path":"a","to":"b"}"#,
            r#"{"op":"move","path":"","source":"data.zip","to":"data"}"#,
            r#"{"op":"rename","name":"b","path":"a"}"#,
            r#"{"op":"exclude","path":"a"}"#,
            r#"{"op":"exclude","paths":["a","b"]}"#,
            r#"{"op":"include","source":"a.whl"}"#,
            r#"{"op":"mend","path":"a"}"#,
            r#"{"op":"link","paths":["b","c"],"to":"a"}"#,
            r#"{"op":"write","path":"a","text":"b"}"#,
            r#"{"op":"folder","path":"a"}"#,
            r#"{"mode":493,"op":"chmod","path":"a"}"#,
        ] {
            let read = Operation::from_json(&json(text)).map(|operation| operation.to_json());
            assert_eq!(read, Ok(json(text)), "{text}");
        }
    }

    #[test]
    fn what_is_no_operation_is_said() {
        let cases = [
            ("null", "null; expected op in it"),
            (r#"{"op":"paint"}"#, r#"the operation "paint"; expected one such as move, exclude or chmod"#),
            (r#"{"op":"exclude"}"#, r#"{"op":"exclude"}; expected a path, paths or a source"#),
            (r#"{"op":"exclude","paths":[]}"#, r#"{"op":"exclude","paths":[]}; expected a path, paths or a source"#),
            (r#"{"op":"move","path":"a"}"#, r#"{"op":"move","path":"a"}; expected to in it"#),
            (
                r#"{"op":"include","path":"a","to":"b"}"#,
                r#"{"op":"include","path":"a","to":"b"}; expected source in it"#,
            ),
            (r#"{"op":"chmod","path":"a","mode":"755"}"#, r#""755" as mode; expected a whole number up to 4294967295"#),
        ];
        for (given, found) in cases {
            assert_eq!(Operation::from_json(&json(given)), Err(found.to_owned()), "{given}");
        }
    }
}
