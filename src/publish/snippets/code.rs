//! Programs that make resources: one list of statements, written in TypeScript or in Python.

use super::literal::{Beyond, quoted};

/// A programming language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// TypeScript.
    TypeScript,
    /// Python, with the same names in its own spelling.
    Python,
}

/// An expression. Words and names are ours; what a person typed can only be a [`Expression::Text`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expression {
    /// A name or a constant, e.g. `app` or `aws_lambda.Architecture.X86_64`.
    Word(String),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Expression>),
    /// Named values: an object, or in Python a call of the class by that name.
    Fields(&'static str, Vec<Field>),
    /// An object that is made of a class.
    Make(&'static str, Vec<Expression>, Vec<Field>),
    /// A call.
    Call(String, Vec<Expression>, Vec<Field>),
}

/// A name in camel case, and its value.
pub type Field = (&'static str, Expression);

/// A statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Statement {
    /// Gives a value a name.
    Let(String, Expression),
    /// The same for those who import the file.
    Export(String, Expression),
    /// Does something.
    Do(Expression),
    /// An empty line.
    Gap,
}

impl Expression {
    /// A word, e.g. `Expression::word("app")`.
    pub fn word(text: impl Into<String>) -> Expression {
        Expression::Word(text.into())
    }

    /// A text.
    pub fn text(text: impl Into<String>) -> Expression {
        Expression::Text(text.into())
    }
}

/// The fields that hold something.
pub fn fields(all: Vec<Field>) -> Vec<Field> {
    let holds = |value: &Expression| match value {
        Expression::Word(text) | Expression::Text(text) => !text.is_empty(),
        Expression::List(list) => !list.is_empty(),
        Expression::Fields(_, fields) => !fields.is_empty(),
        _ => true,
    };
    all.into_iter().filter(|(_, value)| holds(value)).collect()
}

impl Language {
    /// The statements, one below the other.
    pub fn write(self, statements: &[Statement]) -> String {
        let semicolon = if self == Language::TypeScript { ";" } else { "" };
        let write = |statement: &Statement| match (self, statement) {
            (_, Statement::Gap) => "\n".to_owned(),
            (_, Statement::Do(value)) => format!("{}{semicolon}\n", self.expression(value, 0)),
            (Language::Python, Statement::Let(name, value) | Statement::Export(name, value)) => {
                format!("{name} = {}\n", self.expression(value, 0))
            }
            (Language::TypeScript, Statement::Let(name, value)) => {
                format!("const {name} = {};\n", self.expression(value, 0))
            }
            (Language::TypeScript, Statement::Export(name, value)) => {
                format!("export const {name} = {};\n", self.expression(value, 0))
            }
        };
        statements.iter().map(write).collect()
    }

    fn expression(self, value: &Expression, level: usize) -> String {
        match value {
            Expression::Word(word) => self.member(word),
            Expression::Text(text) => match self {
                Language::TypeScript => quoted(text, Beyond::Braces),
                Language::Python => quoted(text, Beyond::Eight),
            },
            Expression::List(list) => {
                let items = list.iter().map(|item| self.expression(item, level)).collect::<Vec<_>>();
                format!("[{}]", items.join(", "))
            }
            Expression::Fields(class, fields) => match self {
                Language::TypeScript => self.object(fields, level),
                Language::Python => self.call(class, &[], fields, level),
            },
            Expression::Make(class, arguments, fields) => {
                let new = if self == Language::TypeScript { "new " } else { "" };
                format!("{new}{}", self.call(class, arguments, fields, level))
            }
            Expression::Call(name, arguments, fields) => self.call(&self.member(name), arguments, fields, level),
        }
    }

    fn call(self, name: &str, arguments: &[Expression], fields: &[Field], level: usize) -> String {
        let mut written: Vec<String> = arguments.iter().map(|argument| self.expression(argument, level)).collect();
        match (self, fields) {
            (_, []) => {}
            (Language::TypeScript, fields) => written.push(self.object(fields, level)),
            (Language::Python, [(field, value)]) => {
                written.push(format!("{}={}", snake(field), self.expression(value, level)));
            }
            (Language::Python, fields) => {
                let inner = "    ".repeat(level + 1);
                written.extend(
                    fields
                        .iter()
                        .map(|(field, value)| format!("{}={}", snake(field), self.expression(value, level + 1))),
                );
                let lines = written.iter().map(|argument| format!("{inner}{argument},\n")).collect::<String>();
                return format!("{name}(\n{lines}{})", "    ".repeat(level));
            }
        }
        format!("{name}({})", written.join(", "))
    }

    fn object(self, fields: &[Field], level: usize) -> String {
        match fields {
            [(field, value)] => format!("{{ {field}: {} }}", self.expression(value, level)),
            fields => {
                let inner = "  ".repeat(level + 1);
                let lines = fields
                    .iter()
                    .map(|(field, value)| format!("{inner}{field}: {},\n", self.expression(value, level + 1)));
                format!("{{\n{}{}}}", lines.collect::<String>(), "  ".repeat(level))
            }
        }
    }

    /// `layer.addPermission` is `layer.add_permission` in Python.
    fn member(self, name: &str) -> String {
        match self {
            Language::TypeScript => name.to_owned(),
            Language::Python => name.split('.').map(snake).collect::<Vec<_>>().join("."),
        }
    }
}

/// `layerVersionName` as `layer_version_name`; names of classes and constants stay.
fn snake(name: &str) -> String {
    if name.starts_with(|first: char| !first.is_ascii_lowercase()) {
        return name.to_owned();
    }
    let mut spelled = String::new();
    for character in name.chars() {
        if character.is_ascii_uppercase() {
            spelled.push('_');
        }
        spelled.push(character.to_ascii_lowercase());
    }
    spelled
}

#[cfg(test)]
mod tests {
    use super::{Expression, Language, Statement};

    #[test]
    fn the_same_in_two_languages() {
        let made =
            Expression::Make("a.Layer", vec![Expression::word("app")], vec![("layerName", Expression::text("x"))]);
        let statements = [Statement::Let("layer".into(), made)];
        assert_eq!(Language::TypeScript.write(&statements), "const layer = new a.Layer(app, { layerName: \"x\" });\n");
        assert_eq!(Language::Python.write(&statements), "layer = a.Layer(app, layer_name=\"x\")\n");
    }
}
