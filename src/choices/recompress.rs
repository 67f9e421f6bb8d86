//! How hard to pack.

/// What is done with bytes that arrive deflated, and how hard the others are deflated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recompress {
    /// They are copied.
    Keep,
    /// Everything is deflated as small as it goes, which takes fifteen times as long.
    Smallest,
}

impl Recompress {
    /// Both, the usual one first.
    pub const ALL: [Recompress; 2] = [Recompress::Keep, Recompress::Smallest];

    /// As the setting says it, e.g. `"keep"`.
    pub fn id(self) -> &'static str {
        match self {
            Recompress::Keep => "keep",
            Recompress::Smallest => "smallest",
        }
    }

    /// The one of that name.
    pub fn find(id: &str) -> Option<Recompress> {
        Recompress::ALL.into_iter().find(|one| one.id() == id)
    }

    /// What a person reads.
    pub fn label(self) -> &'static str {
        match self {
            Recompress::Keep => "Quick",
            Recompress::Smallest => "Smallest",
        }
    }

    /// What it means.
    pub fn help(self) -> &'static str {
        match self {
            Recompress::Keep => "What is compressed already is copied as it is.",
            Recompress::Smallest => {
                "Everything is compressed again as small as it goes: a few percent smaller, and much slower."
            }
        }
    }
}
