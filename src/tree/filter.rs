//! Which files a person looks for, and where the words stand in their names.

/// Words that a path must hold, all of them; the last part of the path at least one, at least in part. Upper and lower
/// case of ASCII letters count as the same.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    words: Vec<String>,
}

impl Filter {
    /// A filter from what was typed, e.g. `"core .so"`. No words let everything pass.
    pub fn new(text: &str) -> Filter {
        Filter { words: text.split_whitespace().map(str::to_ascii_lowercase).collect() }
    }

    /// Whether it lets everything pass.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Whether it means the file or folder at that path.
    pub fn means(&self, path: &str) -> bool {
        let path = path.to_ascii_lowercase();
        let name = path.rfind('/').map_or(0, |slash| slash + 1);
        let ends = |word: &String| path.rfind(word).map(|at| at + word.len());
        self.words.iter().all(|word| path.contains(word.as_str()))
            && self.words.iter().any(|word| ends(word).is_some_and(|end| end > name))
    }

    /// A name in pieces, of which every second one, from the second on, is what was looked for:
    /// `"core"` makes `["_multiarray_", "core", ".so"]`.
    pub fn pieces<'a>(&self, name: &'a str) -> Vec<&'a str> {
        let lower = name.to_ascii_lowercase();
        let mut pieces = Vec::new();
        let mut rest = 0;
        while let Some((start, end)) = self.next(&lower, rest) {
            pieces.extend([name.get(rest..start).unwrap_or(""), name.get(start..end).unwrap_or("")]);
            rest = end;
        }
        pieces.push(name.get(rest..).unwrap_or(""));
        pieces
    }

    /// The first of the words in a name from there on; of two at one place the longer.
    fn next(&self, name: &str, from: usize) -> Option<(usize, usize)> {
        let found = self.words.iter().filter_map(|word| {
            let start = from + name.get(from..)?.find(word.as_str())?;
            Some((start, start + word.len()))
        });
        found.min_by_key(|(start, end)| (*start, usize::MAX - end))
    }
}

#[cfg(test)]
mod tests {
    use super::Filter;

    #[test]
    fn all_words_are_in_the_path_and_one_in_the_name() {
        let filter = Filter::new(" CORE  so ");
        assert!(filter.means("python/numpy/_core/_multiarray.so"));
        assert!(filter.means("lib/libcore.so"));
        assert!(!filter.means("lib/libcore.so/readme.txt"));
        assert!(!filter.means("lib/libother.so"));
        assert!(Filter::new("core/_multi").means("python/numpy/_core/_multiarray.so"));
        assert!(!Filter::new("numpy/").means("numpy/x"));
    }

    #[test]
    fn names_are_cut_where_words_stand() {
        assert_eq!(Filter::new("core co").pieces("_Core-co"), ["_", "Core", "-", "co", ""]);
        assert_eq!(Filter::new("ö").pieces("größe"), ["gr", "ö", "ße"]);
        assert_eq!(Filter::default().pieces("name"), ["name"]);
    }
}
