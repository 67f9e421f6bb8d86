//! HCL, the language of Terraform, laid out as `terraform fmt` does it.
//!
//! Source: <https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md>.

use super::literal::{Beyond, quoted};

/// A value on one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hcl {
    /// A reference or a call of ours, e.g. `aws_lambda_layer_version.layer.version`.
    Word(String),
    /// A text, in which nothing is replaced.
    Text(String),
    /// A list.
    List(Vec<Hcl>),
}

/// A block: its words, attributes, and blocks within.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Block {
    head: String,
    attributes: Vec<(&'static str, Hcl)>,
    blocks: Vec<Block>,
}

impl Block {
    /// A block with labels, e.g. `resource "aws_lambda_layer_version" "layer"`.
    pub fn new(kind: &str, labels: &[&str]) -> Block {
        let labels = labels.iter().map(|label| format!(" {}", Hcl::Text((*label).to_owned()).to_text()));
        Block { head: format!("{kind}{}", labels.collect::<String>()), ..Block::default() }
    }

    /// The same with an attribute, unless that is empty.
    pub fn with(mut self, name: &'static str, value: Hcl) -> Block {
        let empty = match &value {
            Hcl::Word(text) | Hcl::Text(text) => text.is_empty(),
            Hcl::List(list) => list.is_empty(),
        };
        if !empty {
            self.attributes.push((name, value));
        }
        self
    }

    /// The same with a block within.
    pub fn holding(mut self, block: Block) -> Block {
        self.blocks.push(block);
        self
    }

    /// The block as text, equals signs below one another.
    pub fn to_text(&self) -> String {
        let width = self.attributes.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
        let attributes = self.attributes.iter().map(|(name, value)| format!("  {name:width$} = {}\n", value.to_text()));
        let blocks = self
            .blocks
            .iter()
            .map(|block| block.to_text().lines().map(|line| format!("  {line}\n")).collect::<String>());
        let parts = [attributes.collect::<String>(), blocks.collect::<Vec<_>>().join("\n")];
        let parts: Vec<&str> = parts.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
        match parts.as_slice() {
            [] => format!("{} {{}}\n", self.head),
            parts => format!("{} {{\n{}}}\n", self.head, parts.join("\n")),
        }
    }
}

impl Hcl {
    /// A list of texts.
    pub fn texts<'a>(texts: impl Iterator<Item = &'a str>) -> Hcl {
        Hcl::List(texts.map(|text| Hcl::Text(text.to_owned())).collect())
    }

    fn to_text(&self) -> String {
        match self {
            Hcl::Word(word) => word.clone(),
            Hcl::List(list) => format!("[{}]", list.iter().map(Hcl::to_text).collect::<Vec<_>>().join(", ")),
            Hcl::Text(text) => template(&quoted(text, Beyond::Eight)),
        }
    }
}

/// `${` and `%{` begin a template unless their mark is doubled; one before them could be taken for that, and so stands
/// as its number.
fn template(quoted: &str) -> String {
    let mut text = String::new();
    let mut rest = quoted.chars().peekable();
    while let Some(character) = rest.next() {
        match (character, rest.peek()) {
            ('$' | '%', Some('{')) => text.extend([character, character]),
            ('$' | '%', Some('$' | '%')) => text.push_str(&format!("\\u{:04x}", u32::from(character))),
            _ => text.push(character),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::Hcl;

    #[test]
    fn templates_are_texts() {
        let text = |text: &str| Hcl::Text(text.into()).to_text();
        assert_eq!(text("${a} %{if} 5% $x"), r#""$${a} %%{if} 5% $x""#);
        assert_eq!(text("$${a}"), r#""\u0024$${a}""#);
    }
}
