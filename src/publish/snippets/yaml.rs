//! YAML: block style, and every text that came from a person in double quotes, so that none is a number, a date, a truth
//! value, a tag or an alias.

use super::literal::{Beyond, quoted};

/// A value. Words and keys are ours; what a person typed can only be a [`Yaml::Text`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Yaml {
    /// Written as it is, e.g. `AWS::Lambda::LayerVersion` or `true`.
    Word(&'static str),
    /// Written in quotes.
    Text(String),
    /// A script of several lines, to be read by people.
    Lines(String),
    /// A list.
    List(Vec<Yaml>),
    /// Keys with values, in order.
    Map(Vec<(String, Yaml)>),
}

impl Yaml {
    /// A map, e.g. `Yaml::map([("Type", Yaml::Word("String"))])`.
    pub fn map<const N: usize>(fields: [(&str, Yaml); N]) -> Yaml {
        Yaml::Map(fields.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
    }

    /// A list of texts.
    pub fn texts<'a>(texts: impl Iterator<Item = &'a str>) -> Yaml {
        Yaml::List(texts.map(|text| Yaml::Text(text.to_owned())).collect())
    }

    /// The same with another field, unless that is empty.
    pub fn with(mut self, key: &str, value: Yaml) -> Yaml {
        if let Yaml::Map(fields) = &mut self
            && !value.is_empty()
        {
            fields.push((key.to_owned(), value));
        }
        self
    }

    fn is_empty(&self) -> bool {
        match self {
            Yaml::Word(text) => text.is_empty(),
            Yaml::Text(text) | Yaml::Lines(text) => text.is_empty(),
            Yaml::List(list) => list.is_empty(),
            Yaml::Map(fields) => fields.is_empty(),
        }
    }

    /// The value as a document.
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        self.write(0, &mut text);
        text.trim_start().to_owned()
    }

    /// Writes what stands after a key or a hyphen, its line end included.
    fn write(&self, level: usize, text: &mut String) {
        let indent = "  ".repeat(level);
        match self {
            Yaml::Word(word) => text.push_str(&format!(" {word}\n")),
            Yaml::Lines(lines) if is_block(lines) => {
                text.push_str(" |\n");
                for line in lines.lines() {
                    let line = if line.is_empty() { "\n".to_owned() } else { format!("{indent}{line}\n") };
                    text.push_str(&line);
                }
            }
            Yaml::Text(other) | Yaml::Lines(other) => text.push_str(&format!(" {}\n", quoted(other, Beyond::Eight))),
            Yaml::List(list) if list.is_empty() => text.push_str(" []\n"),
            Yaml::Map(fields) if fields.is_empty() => text.push_str(" {}\n"),
            Yaml::List(list) => {
                text.push('\n');
                for item in list {
                    let mut inner = String::new();
                    item.write(level + 1, &mut inner);
                    // The first field of a map stands beside the hyphen.
                    let beside = if matches!(item, Yaml::Map(_) | Yaml::List(_)) {
                        inner.trim_start()
                    } else {
                        inner.trim_start_matches(' ')
                    };
                    text.push_str(&format!("{indent}- {beside}"));
                }
            }
            Yaml::Map(fields) => {
                text.push('\n');
                for (key, value) in fields {
                    text.push_str(&format!("{indent}{key}:"));
                    value.write(level + 1, text);
                }
            }
        }
    }
}

/// Whether a text can stand as lines: nothing in it would be lost.
fn is_block(text: &str) -> bool {
    text.ends_with('\n')
        && !text.ends_with("\n\n")
        && !text.starts_with([' ', '\n'])
        && text.chars().all(|character| character == '\n' || (' '..='~').contains(&character))
}

#[cfg(test)]
mod tests {
    use super::Yaml;

    #[test]
    fn nested_values() {
        let value = Yaml::map([("a", Yaml::Word("b"))])
            .with("list", Yaml::List(vec![Yaml::map([("x", Yaml::Text("no".into())), ("y", Yaml::Word("1"))])]))
            .with("run", Yaml::Lines("one\n  two\n".into()))
            .with("nothing", Yaml::Text(String::new()));
        assert_eq!(value.to_text(), "a: b\nlist:\n  - x: \"no\"\n    y: 1\nrun: |\n  one\n    two\n");
    }
}
