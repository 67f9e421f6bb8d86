//! What a command does, before any shell: calls as lists of arguments, and the few steps between them.
//!
//! The steps are flat on purpose. The Windows prompt reads a line whole before it runs any of it, so what one call found
//! out can be used from the next line on and no earlier; a step that depends on it carries a condition instead of being
//! nested. Conditions ask for equality only: at that prompt nothing ends a script early, but a value that was never
//! found equals nothing, and so what would follow a failure does not run.

/// One argument: fixed text, and what earlier calls found out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Argument(pub Vec<Piece>);

/// A piece of an argument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Text as it is, e.g. `"publish-layer-version"`.
    Text(String),
    /// What a [`Action::Find`] of this name found.
    Found(&'static str),
}

impl Argument {
    /// An argument that an earlier step found.
    pub fn found(name: &'static str) -> Argument {
        Argument(vec![Piece::Found(name)])
    }

    /// The same with text after it.
    pub fn then(mut self, text: &str) -> Argument {
        match self.0.last_mut() {
            Some(Piece::Text(before)) => before.push_str(text),
            _ => self.0.push(Piece::Text(text.to_owned())),
        }
        self
    }

    /// The same with another argument's pieces after it.
    pub fn and(self, other: &Argument) -> Argument {
        other.0.iter().fold(self, |mut joined, piece| match piece {
            Piece::Text(text) => joined.then(text),
            found => {
                joined.0.push(found.clone());
                joined
            }
        })
    }

    /// The text, where nothing of it has to be found out first.
    pub fn text(&self) -> Option<&str> {
        match self.0.as_slice() {
            [Piece::Text(text)] => Some(text),
            _ => None,
        }
    }
}

impl<T: Into<String>> From<T> for Argument {
    fn from(text: T) -> Argument {
        Argument(vec![Piece::Text(text.into())])
    }
}

/// A program with its arguments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call(pub Vec<Argument>);

impl Call {
    /// `Call::aws("lambda list-layer-versions")`.
    pub fn aws(words: &str) -> Call {
        Call(std::iter::once("aws").chain(words.split(' ')).map(Argument::from).collect())
    }

    /// With one more argument.
    pub fn word(mut self, argument: impl Into<Argument>) -> Call {
        self.0.push(argument.into());
        self
    }

    /// With an option and its value, unless that is empty. A value that looks like an option is joined to it.
    pub fn option(mut self, name: &str, value: impl Into<Argument>) -> Call {
        let value: Argument = value.into();
        match value.text() {
            Some("") => {}
            Some(text) if text.starts_with('-') => self.0.push(format!("{name}={text}").into()),
            _ => self.0.extend([name.into(), value]),
        }
        self
    }

    /// With an option and its values, unless there is none.
    pub fn list<'a>(mut self, name: &str, values: impl Iterator<Item = &'a str>) -> Call {
        let mut values = values.map(Argument::from).peekable();
        if values.peek().is_some() {
            self.0.push(name.into());
            self.0.extend(values);
        }
        self
    }
}

/// One step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The step is taken only if what was found under the name is this.
    pub when: Option<(&'static str, &'static str)>,
    /// What is done.
    pub action: Action,
}

/// What a step does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Runs a call. If it fails, so does the script.
    Run(Call),
    /// Keeps the line that a call prints under a name.
    Find(&'static str, Call),
    /// Keeps a word under a name.
    Keep(&'static str, &'static str),
    /// Runs the second call for each number of the JSON list that the first one prints.
    Each(&'static str, Call, Call),
    /// Writes what a call prints into a file of that name.
    Write(String, Call),
    /// Says something.
    Say(String),
    /// Says what is wrong, and fails.
    Fail(String),
}

/// Steps, one after the other.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Script(pub Vec<Step>);

impl Script {
    /// With one more step.
    pub fn then(&mut self, action: Action) {
        self.0.push(Step { when: None, action });
    }

    /// With one more step, taken only if what was found under `name` is `word`.
    pub fn when(&mut self, name: &'static str, word: &'static str, action: Action) {
        self.0.push(Step { when: Some((name, word)), action });
    }

    /// The steps, those with the same condition together. None of them but the last changes what it is about.
    pub fn groups(&self) -> impl Iterator<Item = (Option<(&'static str, &'static str)>, Vec<&Action>)> {
        let keeps = |step: &Step| match (&step.when, &step.action) {
            (Some((name, _)), Action::Find(found, _) | Action::Keep(found, _)) => name == found,
            _ => false,
        };
        self.0
            .chunk_by(move |a, b| a.when == b.when && !keeps(a))
            .filter_map(|steps| Some((steps.first()?.when, steps.iter().map(|step| &step.action).collect())))
    }

    /// The calls, where there is nothing else: such a script needs no words of a shell but "and then".
    pub fn calls_alone(&self) -> Option<Vec<&Call>> {
        self.0
            .iter()
            .map(|step| match (&step.when, &step.action) {
                (None, Action::Run(call)) => Some(call),
                _ => None,
            })
            .collect()
    }
}
