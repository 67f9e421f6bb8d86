//! Names and numbers as they stand in messages.

/// A name in quotes, control characters escaped, cut where it is long.
pub fn quoted(name: &str) -> String {
    const SHOWN: usize = 200;
    if name.chars().count() <= SHOWN {
        return format!("{name:?}");
    }
    let cut: String = name.chars().take(SHOWN).collect();
    format!("{cut:?}… ({} bytes)", grouped(name.len() as u64))
}

/// A number with its thousands apart, e.g. `"262,144,000"`.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Names one after the other, e.g. `"a, b and c"`.
pub fn listed(names: &[impl AsRef<str>]) -> String {
    let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
    match names.as_slice() {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// The first three of some names and how many more there are, for [`listed`].
pub fn few(mut names: Vec<String>) -> Vec<String> {
    const SHOWN: usize = 3;
    if names.len() > SHOWN {
        let more = format!("{} more", grouped((names.len() - SHOWN) as u64));
        names.truncate(SHOWN);
        names.push(more);
    }
    names
}

/// A number of things, e.g. `"1 file"`, `"1,061 files"`.
pub fn counted(number: usize, thing: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{} {thing}{plural}", grouped(number as u64))
}
