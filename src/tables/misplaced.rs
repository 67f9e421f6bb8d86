//! Folders of layers that people build by hand, at places where nothing looks, and where they should be.
//!
//! Source: the layer paths of <https://docs.aws.amazon.com/lambda/latest/dg/packaging-layers.html>, and what goes wrong
//! in public issue trackers; checked on 2026-11-23.

/// One mistake.
#[derive(Debug)]
pub struct Misplaced {
    /// Where the content lies. `*` stands for any one name, `python3.*` for one of that form,
    /// `#` for a number.
    pub from: &'static str,
    /// Where it belongs; each `*` takes the name of the one in `from`.
    pub to: &'static str,
    /// A file that must lie directly in it; empty for none.
    pub holding: &'static str,
    /// A folder whose presence says that it is no mistake; empty for none.
    pub unless: &'static str,
    /// Why nothing finds it.
    pub why: &'static str,
}

/// The mistakes; of several that fit a path the first counts.
#[rustfmt::skip]
pub const MISPLACED: &[Misplaced] = &[
    Misplaced { from: "python3.*/lib/python3.*/site-packages", to: "python", holding: "", unless: "", why: "Python runtimes search python, not a folder with the version in its name" },
    Misplaced { from: "python3.*/site-packages",    to: "python",                        holding: "", unless: "", why: "Python runtimes search python, not a folder with the version in its name" },
    Misplaced { from: "python3.*",                  to: "python",                        holding: "", unless: "", why: "Python runtimes search python, not a folder with the version in its name" },
    Misplaced { from: "python/python",              to: "python",                        holding: "", unless: "", why: "Python runtimes search python itself" },
    Misplaced { from: "python/site-packages",       to: "python",                        holding: "", unless: "", why: "Python runtimes search python itself, or python/lib/python3.X/site-packages" },
    Misplaced { from: "python/lib/site-packages",   to: "python",                        holding: "", unless: "", why: "Python runtimes search python itself, or python/lib/python3.X/site-packages" },
    Misplaced { from: "python/python3.*/site-packages", to: "python/lib/python3.*/site-packages", holding: "", unless: "", why: "Python runtimes search python/lib/python3.X/site-packages" },
    Misplaced { from: "site-packages",              to: "python",                        holding: "", unless: "", why: "Python runtimes search python" },
    Misplaced { from: "lib/python3.*/site-packages", to: "python/lib/python3.*/site-packages", holding: "", unless: "", why: "Python runtimes search python/lib/python3.X/site-packages" },
    Misplaced { from: "node_modules",               to: "nodejs/node_modules",           holding: "", unless: "", why: "Node.js runtimes search nodejs/node_modules" },
    Misplaced { from: "nodejs/*",                   to: "nodejs/node_modules/*",         holding: "package.json", unless: "nodejs/node_modules", why: "Node.js runtimes search nodejs/node_modules, not nodejs" },
    Misplaced { from: "nodejs/node#/*",             to: "nodejs/node#/node_modules/*",   holding: "package.json", unless: "", why: "Node.js runtimes search nodejs/nodeNN/node_modules, not nodejs/nodeNN" },
    Misplaced { from: "nodejs/nodejs/node_modules", to: "nodejs/node_modules",           holding: "", unless: "", why: "Node.js runtimes search nodejs/node_modules" },
    Misplaced { from: "ruby/lib/vendor/bundle/ruby/*.*.0", to: "ruby/gems/*.*.0",        holding: "", unless: "", why: "Ruby runtimes search ruby/gems/X.Y.0" },
    Misplaced { from: "ruby/vendor/bundle/ruby/*.*.0", to: "ruby/gems/*.*.0",            holding: "", unless: "", why: "Ruby runtimes search ruby/gems/X.Y.0" },
    Misplaced { from: "ruby/*.*.0",                 to: "ruby/gems/*.*.0",               holding: "", unless: "", why: "Ruby runtimes search ruby/gems/X.Y.0" },
    Misplaced { from: "java/*.jar",                 to: "java/lib/*.jar",                holding: "", unless: "", why: "Java runtimes load jars from java/lib only" },
    Misplaced { from: "java/lib/*/*.jar",           to: "java/lib/*.jar",                holding: "", unless: "", why: "Java runtimes load jars that lie directly in java/lib only" },
    Misplaced { from: "lib64",                      to: "lib",                           holding: "", unless: "", why: "libraries are searched in lib" },
];

/// The mistake's folder or file that begins a path, and where it belongs.
///
/// `java/lib/*.jar` takes the last of two stars, since a jar's own name counts and its folder does not.
pub fn place_of(row: &Misplaced, path: &str) -> Option<(String, String)> {
    // Asked of every path for every row: most differ before the first star.
    let fixed = row.from.split(STARS).next()?;
    let rest = path.strip_prefix(fixed).filter(|rest| fixed.len() < row.from.len() || rest.starts_with('/'))?;
    if rest.is_empty() {
        return None;
    }
    let mut starred = Vec::new();
    let mut parts = path.split('/');
    let mut length = 0;
    for pattern in row.from.split('/') {
        let part = parts.next()?;
        length += part.len() + usize::from(length > 0);
        if pattern.contains(STARS) {
            if !fits(pattern, part) {
                return None;
            }
            starred.push(part);
        } else if pattern != part {
            return None;
        }
    }
    let is_file = row.from.ends_with(".jar");
    if is_file == parts.next().is_some() {
        return None;
    }
    let from = path.get(..length)?.to_owned();
    // As many stars on both sides stand for each other in order; a single one takes the last, as a jar's own name.
    let stars = row.to.split('/').filter(|part| part.contains(STARS)).count();
    let mut names = starred.iter().skip(starred.len().saturating_sub(stars)).copied();
    let to: Vec<&str> =
        row.to.split('/').map(|part| if part.contains(STARS) { names.next().unwrap_or(part) } else { part }).collect();
    Some((from, to.join("/")))
}

/// What stands for names that differ.
const STARS: [char; 2] = ['*', '#'];

/// Whether a name fits a pattern: each `*` stands for one or more characters, a `#` at the end for digits.
fn fits(pattern: &str, name: &str) -> bool {
    if let Some(before) = pattern.strip_suffix('#') {
        let number = name.strip_prefix(before).unwrap_or_default();
        return !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    }
    let pieces: Vec<&str> = pattern.split('*').collect();
    let (Some((first, rest)), Some(last)) = (pieces.split_first(), pieces.last()) else { return false };
    let Some(mut left) = name.strip_prefix(first).and_then(|left| left.strip_suffix(last)) else { return false };
    if left.is_empty() {
        return false;
    }
    for piece in rest.iter().take(rest.len().saturating_sub(1)) {
        let Some(at) = left.find(piece).filter(|at| *at > 0) else { return false };
        left = left.get(at + piece.len()..).unwrap_or("");
    }
    !left.is_empty()
}
