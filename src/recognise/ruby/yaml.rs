//! YAML as data: texts, lists and maps. Tags that ask for objects are passed over, and aliases are copied within a bound.

use saphyr_parser::{Event, Parser};

use crate::order::BTreeMap;
use crate::tables::limits::{MAX_DEPTH, MAX_YAML_NODES};

/// A value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Yaml {
    /// A text, a number or nothing, as it is written.
    Text(String),
    /// A list.
    List(Vec<Yaml>),
    /// A map, of which the first of two equal keys counts.
    Map(Vec<(String, Yaml)>),
}

impl Yaml {
    /// The first document of a text; an error says what is wrong.
    pub fn parse(text: &str) -> Result<Yaml, String> {
        let mut reading = Reading { parser: Parser::new_from_str(text), anchors: BTreeMap::new(), nodes: 0 };
        loop {
            match reading.next()? {
                Event::StreamEnd => return Err("it holds no document".into()),
                Event::StreamStart | Event::DocumentStart(_) | Event::Nothing => {}
                event => return reading.value(event, 0),
            }
        }
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Yaml> {
        match self {
            Yaml::Map(pairs) => pairs.iter().find(|(name, _)| name == key).map(|(_, value)| value),
            _ => None,
        }
    }

    /// The text of it.
    pub fn text(&self) -> Option<&str> {
        match self {
            Yaml::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The values of a list; none of anything else.
    pub fn list(&self) -> &[Yaml] {
        match self {
            Yaml::List(values) => values,
            _ => &[],
        }
    }

    /// The keys of a map with their values; none of anything else.
    pub fn pairs(&self) -> &[(String, Yaml)] {
        match self {
            Yaml::Map(pairs) => pairs,
            _ => &[],
        }
    }

    fn nodes(&self) -> usize {
        1 + match self {
            Yaml::Text(_) => 0,
            Yaml::List(values) => values.iter().map(Yaml::nodes).sum(),
            Yaml::Map(pairs) => pairs.iter().map(|(_, value)| 1 + value.nodes()).sum(),
        }
    }
}

struct Reading<'a> {
    parser: Parser<'a, saphyr_parser::StrInput<'a>>,
    anchors: BTreeMap<usize, Yaml>,
    nodes: usize,
}

impl<'a> Reading<'a> {
    fn next(&mut self) -> Result<Event<'a>, String> {
        match self.parser.next_event() {
            Some(Ok((event, _))) => Ok(event),
            Some(Err(error)) => Err(format!("it is no YAML: {error}")),
            None => Ok(Event::StreamEnd),
        }
    }

    fn value(&mut self, event: Event<'a>, depth: usize) -> Result<Yaml, String> {
        if depth > MAX_DEPTH {
            return Err(format!("it nests more than {MAX_DEPTH} deep"));
        }
        self.count(1)?;
        let (anchor, value) = match event {
            Event::Scalar(text, _, anchor, _) => (anchor, Yaml::Text(text.into_owned())),
            Event::SequenceStart(anchor, _) => {
                let mut values = Vec::new();
                loop {
                    match self.next()? {
                        Event::SequenceEnd => break,
                        event => values.push(self.value(event, depth + 1)?),
                    }
                }
                (anchor, Yaml::List(values))
            }
            Event::MappingStart(anchor, _) => {
                let mut pairs = Vec::new();
                loop {
                    let key = match self.next()? {
                        Event::MappingEnd => break,
                        event => self.value(event, depth + 1)?,
                    };
                    let event = self.next()?;
                    let value = self.value(event, depth + 1)?;
                    if let Yaml::Text(key) = key {
                        pairs.push((key, value));
                    }
                }
                (anchor, Yaml::Map(pairs))
            }
            Event::Alias(anchor) => {
                let copied = self.anchors.get(&anchor).cloned().ok_or("an alias stands for nothing")?;
                self.count(copied.nodes())?;
                return Ok(copied);
            }
            _ => return Err("it ends too early".into()),
        };
        // Anchors are numbered from 1.
        if anchor > 0 {
            self.count(value.nodes())?;
            self.anchors.insert(anchor, value.clone());
        }
        Ok(value)
    }

    fn count(&mut self, more: usize) -> Result<(), String> {
        self.nodes += more;
        if self.nodes > MAX_YAML_NODES { Err(format!("it holds more than {MAX_YAML_NODES} values")) } else { Ok(()) }
    }
}
