//! Whether every library is found that a file needs, as the dynamic linker searches: `DT_RPATH`, `LD_LIBRARY_PATH`
//! (the runtime's own folder, the system's, last the layer's `lib`), `DT_RUNPATH` (`ld.so(8)`).

use super::layer::{File, Layer};
use super::problem::{Complaint, Problem};
use super::search_path::expanded;
use crate::inspect::elf::{CLibrary, Elf};
use crate::inspect::{Built, Inspection};
use crate::order::{BTreeMap, BTreeSet};
use crate::path::{file_name, folder_of};
use crate::tables::layouts::LIB;
use crate::tables::library_origins::OPTIONAL;
use crate::tables::rules::{BROKEN_ORIGIN, MISSING_LIBRARY, Rule, SHADOWED_LIBRARY, Severity, UNPROVEN_LIBRARY};
use crate::tables::runtimes::{Architecture, Language, OperatingSystem};
use crate::tables::system_libraries::{FOLDERS, OF_RUNTIMES, Presence, presence};
use crate::words::listed;

/// Libraries of one package that are named in a message; the others are counted.
const NAMED: usize = 12;

/// Steps of the way to a library that are shown.
const LONGEST: usize = 8;

/// Where a library is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Found<'a> {
    /// In the layer, by the linker.
    InLayer(&'a str),
    /// On the system.
    OnSystem(Presence),
    /// In the package that needs it, whose other files find it: it is loaded by then.
    Loaded,
    /// In the package, where the linker does not look; the package may load it by its path.
    Aside(&'a str),
    /// Elsewhere in the layer, where nothing looks.
    Misplaced(&'a str),
    /// Nowhere.
    Nowhere,
}

/// The files of one system's format and architecture, with what is needed to search for libraries.
struct Search<'a> {
    layer: &'a Layer<'a>,
    system: OperatingSystem,
    files: Vec<(usize, &'a File<'a>, &'a Elf)>,
    /// Every library in the layer by its name.
    by_name: BTreeMap<&'a str, Vec<&'a str>>,
    /// What some file of a package finds by its own search paths: the package and the library.
    resolved: BTreeSet<(usize, &'a str)>,
    /// Who needs a library, by its name.
    parents: BTreeMap<&'a str, Vec<usize>>,
}

/// What speaks against a package because of one library.
struct Lack<'a> {
    file: usize,
    library: &'a str,
    rule: &'static Rule,
    severity: Severity,
    /// What the system has instead.
    instead: String,
}

/// The libraries that files need and a system does not give them.
pub fn judge(layer: &Layer, system: OperatingSystem, architecture: Architecture) -> Vec<Complaint> {
    let search = Search::new(layer, system, architecture);
    let mut groups: BTreeMap<(usize, &str, String), Vec<Lack>> = BTreeMap::new();
    for (index, file, elf) in &search.files {
        for library in &elf.needed {
            if let Some(lack) = search.lack(*index, file, elf, library) {
                let key = (file.package, lack.rule.id, lack.instead.clone());
                groups.entry(key).or_default().push(lack);
            }
        }
    }
    let mut complaints = search.shadowed();
    for lacks in groups.values() {
        let names: BTreeSet<&str> = lacks.iter().map(|lack| lack.library).collect();
        let found = search.describe(&names, lacks);
        let mut files: Vec<usize> = lacks.iter().map(|lack| lack.file).collect();
        files.dedup();
        for file in files {
            let own = lacks.iter().filter(|lack| lack.file == file);
            let Some(lack) = own.min_by_key(|lack| lack.severity) else { continue };
            let (rule, severity, instead) = (lack.rule, lack.severity, lack.instead.clone());
            complaints.push(Complaint { file, rule, severity, found: found.clone(), instead, weight: Vec::new() });
        }
    }
    complaints
}

/// Libraries that packages load when they run, where neither the system nor the layer has them.
pub fn opened(layer: &Layer, system: OperatingSystem) -> Vec<Problem> {
    let lacks =
        |library: &&&str| presence(system, library) >= Presence::Unsure && !layer.has(&format!("{LIB}/{library}"));
    layer
        .opened
        .iter()
        .filter_map(|(package, path, libraries)| {
            let missing: Vec<&str> = libraries.iter().filter(lacks).copied().collect();
            (!missing.is_empty()).then(|| Problem {
                rule: MISSING_LIBRARY,
                severity: Severity::Warning,
                package: *package,
                paths: vec![(*path).to_owned()],
                found: format!("loads {} when it runs", listed(&missing)),
                instead: format!("lib in the layer has none of them, and {} may have none", system.label()),
            })
        })
        .collect()
}

/// The files, by their index, that get a library of that name from the layer and not from the system.
pub fn from_layer(
    layer: &Layer,
    system: OperatingSystem,
    architecture: Architecture,
    library: &str,
) -> BTreeSet<usize> {
    if !layer.files.iter().any(|file| file_name(file.path) == library) {
        return BTreeSet::new();
    }
    let search = Search::new(layer, system, architecture);
    let is_brought = |file: &File, elf: &Elf| matches!(search.by_linker(file, elf, library), Some(Found::InLayer(_)));
    search.files.iter().filter(|(_, file, elf)| is_brought(file, elf)).map(|(index, ..)| *index).collect()
}

impl<'a> Search<'a> {
    fn new(layer: &'a Layer<'a>, system: OperatingSystem, architecture: Architecture) -> Search<'a> {
        let files: Vec<(usize, &File, &Elf)> = layer
            .files
            .iter()
            .enumerate()
            .filter_map(|(index, file)| match file.found {
                Inspection::Elf(elf) if elf.built == Built::For(architecture) => Some((index, file, elf)),
                _ => None,
            })
            .filter(|(_, _, elf)| !matches!(elf.c_library(), CLibrary::Musl | CLibrary::Bionic))
            .collect();
        let mut by_name: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        let mut parents: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (index, (_, file, elf)) in files.iter().enumerate() {
            by_name.entry(file_name(file.path)).or_default().push(file.path);
            for library in &elf.needed {
                parents.entry(library).or_default().push(index);
            }
        }
        let mut search = Search { layer, system, files, by_name, resolved: BTreeSet::new(), parents };
        let resolved = search.files.iter().flat_map(|(_, file, elf)| {
            let found = elf
                .needed
                .iter()
                .filter(|library| matches!(search.by_linker(file, elf, library), Some(Found::InLayer(_))));
            found.map(|library| (file.package, library.as_str()))
        });
        search.resolved = resolved.collect();
        search
    }

    /// What the linker finds for one file.
    fn by_linker(&self, file: &File, elf: &Elf, library: &str) -> Option<Found<'a>> {
        let below = |folders: &[String]| {
            let in_folder = |folder: &String| self.in_folder(&expanded(folder, file.path)?, library);
            folders.iter().find_map(in_folder).map(Found::InLayer)
        };
        let of_runtime = OF_RUNTIMES
            .iter()
            .any(|(language, name)| file.audience.language() == Some(*language) && library.starts_with(name));
        let on_system = if of_runtime { Presence::Sure } else { presence(self.system, library) };
        let has = |least: Presence| (on_system <= least).then_some(Found::OnSystem(on_system));
        below(&elf.rpath)
            .or_else(|| self.by_ancestors(file, elf, library).map(Found::InLayer))
            .or_else(|| has(Presence::Likely))
            .or_else(|| self.in_folder(LIB, library).map(Found::InLayer))
            .or_else(|| below(&elf.runpath))
            .or_else(|| has(Presence::Unsure))
    }

    /// What the linker finds by the search paths of those who loaded a file: they are its own as well, unless it has a
    /// run path.
    fn by_ancestors(&self, file: &File, elf: &Elf, library: &str) -> Option<&'a str> {
        if !elf.runpath.is_empty() || !self.by_name.contains_key(library) {
            return None;
        }
        let mut seen: BTreeSet<&str> = BTreeSet::from([file_name(file.path)]);
        let mut next = vec![file_name(file.path)];
        while let Some(name) = next.pop() {
            for parent in self.parents.get(name).into_iter().flatten() {
                let Some((_, file, elf)) = self.files.get(*parent) else { continue };
                let mut folders = elf.rpath.iter().filter_map(|folder| expanded(folder, file.path));
                if let Some(path) = folders.find_map(|folder| self.in_folder(&folder, library)) {
                    return Some(path);
                }
                if seen.insert(file_name(file.path)) {
                    next.push(file_name(file.path));
                }
            }
        }
        None
    }

    /// Where a library is found for one file, by whatever way.
    fn find(&self, file: &File, elf: &Elf, library: &str) -> Found<'a> {
        // What the system only may have is of less worth than what the package brings.
        let by_linker = self.by_linker(file, elf, library);
        if let Some(found) = by_linker.filter(|found| !matches!(found, Found::OnSystem(Presence::Unsure))) {
            return found;
        }
        if self.resolved.contains(&(file.package, library)) {
            return Found::Loaded;
        }
        let known = self.by_name.get(library).map(Vec::as_slice).unwrap_or(&[]);
        let of =
            |path: &&&str| self.layer.files.iter().any(|other| other.path == **path && other.package == file.package);
        match (known.iter().find(of), known.first()) {
            (Some(path), _) => Found::Aside(path),
            (None, Some(path)) => Found::Misplaced(path),
            (None, None) => by_linker.unwrap_or(Found::Nowhere),
        }
    }

    /// The file that is a library by the name in it (`DT_SONAME`), though not by its own.
    fn called(&self, library: &str) -> Option<&'a str> {
        self.files.iter().find(|(_, _, elf)| elf.soname == library).map(|(_, file, _)| file.path)
    }

    fn in_folder(&self, folder: &str, library: &str) -> Option<&'a str> {
        self.by_name.get(library)?.iter().copied().find(|path| folder_of(path) == folder)
    }

    /// Whether libraries lie in a folder of the layer.
    fn is_there(&self, folder: &str) -> bool {
        self.by_name.values().flatten().any(|path| folder_of(path) == folder)
    }

    /// What is wrong with one library of one file; `None` where it is found.
    fn lack(&self, index: usize, file: &File, elf: &Elf, library: &'a str) -> Option<Lack<'a>> {
        if library.contains('/') {
            return self.lack_of_path(index, file, library);
        }
        let system = self.system.label();
        let found = self.find(file, elf, library);
        let origin = self.broken_origin(file, elf, library);
        let (rule, severity, instead) = match (found, origin) {
            (Found::InLayer(_) | Found::Loaded | Found::OnSystem(Presence::Sure), _) => return None,
            (Found::OnSystem(Presence::Likely), _) => {
                let instead = format!("the image of {system} has it, but it was not seen on Lambda itself");
                (UNPROVEN_LIBRARY, Severity::Note, instead)
            }
            (Found::OnSystem(_), _) => {
                (MISSING_LIBRARY, Severity::Warning, format!("it is not sure that {system} has it"))
            }
            (Found::Aside(path) | Found::Misplaced(path), Some(folder)) => {
                let instead = format!("it is looked for in {folder} and lies in {}", folder_of(path));
                (BROKEN_ORIGIN, Severity::Error, instead)
            }
            // A folder that is there was not moved away: what it lacks, the package never brought.
            (Found::Nowhere, Some(folder)) if folder.ends_with(".libs") && !self.is_there(&folder) => {
                (BROKEN_ORIGIN, Severity::Error, format!("it is looked for in {folder}, which is not in the layer"))
            }
            (Found::Aside(path), None) => {
                let instead = format!("{path} is not where the linker looks, unless the package loads it itself");
                (MISSING_LIBRARY, Severity::Warning, instead)
            }
            (Found::Misplaced(path), None) => {
                (MISSING_LIBRARY, Severity::Error, format!("{path} is not where the linker looks, which is {LIB}"))
            }
            (Found::Nowhere, _) => {
                let instead = match self.called(library) {
                    Some(path) => format!("{path} is that library, and the linker goes by the file's name"),
                    None => format!("neither the layer nor {system} has that"),
                };
                (MISSING_LIBRARY, Severity::Error, instead)
            }
        };
        let severity = if severity == Severity::Error { self.weighed(file, elf) } else { severity };
        Some(Lack { file: index, library, rule, severity, instead })
    }

    /// What is wrong with a library that is needed by its path: nothing is searched for it then.
    fn lack_of_path(&self, file: usize, needed_by: &File, library: &'a str) -> Option<Lack<'a>> {
        let of_system = FOLDERS.contains(&folder_of(library));
        let (severity, instead) = match expanded(library, needed_by.path) {
            Some(path) if self.layer.has(&path) => return None,
            None if of_system && presence(self.system, file_name(library)) <= Presence::Likely => return None,
            None if !library.starts_with('/') => {
                (Severity::Warning, "the linker opens it from the folder that the function runs in".into())
            }
            _ => (
                Severity::Error,
                format!("the linker opens that very path, and nothing is there on {}", self.system.label()),
            ),
        };
        Some(Lack { file, library, rule: MISSING_LIBRARY, severity, instead })
    }

    /// How bad it is that a file does not load: what others load by their headers, what a language imports and what
    /// is started is needed; a plugin is needed only by those who ask for it.
    fn weighed(&self, file: &File, elf: &Elf) -> Severity {
        let name = file_name(file.path);
        let package = self.layer.package(file).map_or("", |package| file_name(&package.root));
        if OPTIONAL.iter().any(|(of, begins)| *of == package && name.starts_with(begins)) {
            return Severity::Note;
        }
        let is_asked_for = super::binaries::is_module(file)
            || name.ends_with(".node")
            || elf.is_program
            || file.audience.language().is_none_or(|language| language == Language::Python && self.is_alone(file))
            || self.parents.contains_key(name)
            || self.parents.contains_key(elf.soname.as_str());
        if is_asked_for { Severity::Error } else { Severity::Warning }
    }

    /// Whether it is all that its package has compiled: then the package is there for its sake, and opens it itself.
    fn is_alone(&self, file: &File) -> bool {
        self.files.iter().filter(|(_, other, _)| other.package == file.package).count() == 1
    }

    /// The first folder beside the file that it searches and that does not hold a library, where there is one.
    fn broken_origin(&self, file: &File, elf: &Elf, library: &str) -> Option<String> {
        let folders = elf.rpath.iter().chain(&elf.runpath).filter(|folder| folder.contains("ORIGIN"));
        let mut beside = folders.filter_map(|folder| expanded(folder, file.path));
        beside.find(|folder| *folder != folder_of(file.path) && self.in_folder(folder, library).is_none())
    }

    /// What is needed, with the longest way to one of it: who loads whom.
    fn describe(&self, names: &BTreeSet<&str>, lacks: &[Lack]) -> String {
        let mut named: Vec<String> = names.iter().take(NAMED).map(|name| (*name).to_owned()).collect();
        if names.len() > NAMED {
            named.push(format!("{} more", names.len() - NAMED));
        }
        let chains = names.iter().filter_map(|name| {
            let lack = lacks.iter().find(|lack| lack.library == *name)?;
            Some(self.chain(name, self.layer.files.get(lack.file)?.path))
        });
        match chains.max_by_key(Vec::len).filter(|chain| chain.len() > 2) {
            Some(chain) => format!("needs {} ({})", listed(&named), chain.join(" → ")),
            None => format!("needs {}", listed(&named)),
        }
    }

    /// The way from what is loaded first to a library.
    fn chain(&self, library: &str, needed_by: &'a str) -> Vec<String> {
        let mut chain = vec![library.to_owned()];
        let mut at = Some(file_name(needed_by));
        while let Some(name) = at.filter(|name| chain.len() < LONGEST && !chain.iter().any(|link| link == name)) {
            chain.push(name.to_owned());
            let parent = self.parents.get(name).and_then(|parents| self.files.get(*parents.first()?));
            at = parent.map(|(_, file, _)| file_name(file.path));
        }
        chain.reverse();
        chain
    }

    /// Files in `lib` that the linker never takes, since the system's come first.
    fn shadowed(&self) -> Vec<Complaint> {
        let shadowed = |(index, file, _): &(usize, &File, &Elf)| {
            let name = file_name(file.path);
            let severity = match presence(self.system, name) {
                Presence::Sure => Severity::Warning,
                Presence::Likely => Severity::Note,
                Presence::Unsure | Presence::Absent => return None,
            };
            let found = format!("is not used where {} has a library of that name", self.system.label());
            let instead = "the system's folders come before lib".to_owned();
            let rule = SHADOWED_LIBRARY;
            (folder_of(file.path) == LIB).then(|| Complaint {
                file: *index,
                rule,
                severity,
                found,
                instead,
                weight: Vec::new(),
            })
        };
        self.files.iter().filter_map(shadowed).collect()
    }
}
