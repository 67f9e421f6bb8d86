//! Extension modules of Python: whether an interpreter finds one for each name, and whether that one loads.

use super::binaries::{ON_LAMBDA, is_module, is_module_at, misfit};
use super::layer::{Audience, Layer, root};
use super::problem::Complaint;
use crate::inspect::module::{Interpreter, Module};
use crate::order::BTreeMap;
use crate::path::{file_name, folder_of};
use crate::recognise::python::distribution::{Distribution, normalise};
use crate::recognise::{Kind, Recognised};
use crate::tables::optional_modules::{OPTIONAL_MODULES, OptionalModule};
use crate::tables::rules::{FOREIGN_BINARY, Rule, Severity, WRONG_ARCHITECTURE, WRONG_PYTHON_ABI};
use crate::tables::runtimes::{Architecture, Runtime};

/// Words for other systems in the platform of a module's name.
const OTHER_SYSTEMS: &[&str] = &["android", "cygwin", "darwin", "musl", "win"];

/// The modules that a Python runtime does not find or load. A module that is there in Python's own language as well
/// only gets slower, and so does a package that is known to do without.
pub fn judge(layer: &Layer, runtime: &Runtime, architecture: Architecture) -> Vec<Complaint> {
    let mut groups: BTreeMap<(&str, &str), Vec<(usize, Module)>> = BTreeMap::new();
    for (index, file) in layer.files.iter().enumerate() {
        if file.audience.includes(runtime)
            && is_module(file)
            && let Some(module) = Module::of(file.path)
        {
            groups.entry((folder_of(file.path), module.stem)).or_default().push((index, module));
        }
    }
    let mut complaints = Vec::new();
    for ((folder, stem), candidates) in groups {
        let judged: Vec<Option<(&'static Rule, String, String)>> =
            candidates.iter().map(|(index, module)| against(layer, *index, module, runtime, architecture)).collect();
        if judged.iter().any(Option::is_none) || is_in_python(layer, folder, stem) {
            continue;
        }
        // What Python would find tells more than what it passes over.
        let worst = candidates.iter().zip(judged).max_by_key(|((_, module), _)| module.fits(runtime.numbers()));
        if let Some(((index, _), Some((rule, found, instead)))) = worst {
            let (severity, instead) = match optional(folder, stem) {
                None => (Severity::Error, instead),
                Some(known) => {
                    (Severity::Warning, format!("{instead}; {} works without it, slower", known.distribution))
                }
            };
            complaints.push(Complaint { file: *index, rule, severity, found, instead, weight: Vec::new() });
        }
    }
    complaints
}

/// Whether what was installed of a distribution works on a runtime that its tags are not for: each of its compiled
/// modules is there in Python as well, or is one that the package does without.
pub fn works_without(layer: &Layer, part: &Recognised, distribution: &Distribution, runtime: &Runtime) -> bool {
    if part.kind == Kind::Wheel {
        return false;
    }
    let name = normalise(&distribution.name);
    let mut some = false;
    // What was left out counts: the package then does without it on every runtime, or on none.
    for placement in
        layer.placements.iter().filter(|one| layer.parts.get(one.part).is_some_and(|of| std::ptr::eq(&**of, part)))
    {
        let path = placement.path.as_str();
        let is_used = part.inspected.contains_key(&placement.entry) && Audience::of(path).includes(runtime);
        let Some(module) = Module::of(path).filter(|_| is_used && is_module_at(path)) else { continue };
        let known = optional(folder_of(path), module.stem);
        let is_own = match known {
            Some(known) => known.distribution == name,
            None => part.distributions.len() == 1 || normalise(file_name(root(path))) == name,
        };
        if is_own {
            some = true;
            if known.is_none() && !is_in_python(layer, folder_of(path), module.stem) {
                return false;
            }
        }
    }
    some
}

fn is_in_python(layer: &Layer, folder: &str, stem: &str) -> bool {
    layer.has(&format!("{folder}/{stem}.py")) || layer.has(&format!("{folder}/{stem}/__init__.py"))
}

fn optional(folder: &str, stem: &str) -> Option<&'static OptionalModule> {
    OPTIONAL_MODULES.iter().find(|known| {
        let above = known.module.strip_suffix(stem).and_then(|above| above.strip_suffix('/'));
        above.and_then(|above| folder.strip_suffix(above)).is_some_and(|rest| rest.ends_with('/'))
    })
}

/// What keeps an interpreter from importing one file.
fn against(
    layer: &Layer,
    index: usize,
    module: &Module,
    runtime: &Runtime,
    architecture: Architecture,
) -> Option<(&'static Rule, String, String)> {
    let file = layer.files.get(index)?;
    if let Some(misfit) = misfit(file.found, architecture) {
        return Some(misfit);
    }
    let (major, minor) = runtime.numbers();
    if !module.fits((major, minor)) {
        let found = format!("is for {}", describe(module.interpreter));
        return Some((WRONG_PYTHON_ABI, found, format!("{} imports modules for CPython {major}.{minor}", runtime.id)));
    }
    let wanted = format!("{}-linux-gnu", architecture.machine());
    if !module.platform.is_empty() && module.platform != wanted {
        let found = format!("is for {} by its name", module.platform);
        let (rule, instead) = match module.platform {
            other if OTHER_SYSTEMS.iter().any(|word| other.contains(word)) => (FOREIGN_BINARY, ON_LAMBDA.to_owned()),
            _ => (WRONG_ARCHITECTURE, format!("{} looks for names with {wanted}", runtime.id)),
        };
        return Some((rule, found, instead));
    }
    None
}

fn describe(interpreter: Interpreter) -> String {
    match interpreter {
        Interpreter::CPython { version: (major, minor), free_threaded, debug } => {
            let build = match (free_threaded, debug) {
                (true, _) => ", the build without the global lock",
                (_, true) => ", a debug build",
                _ => "",
            };
            format!("CPython {major}.{minor}{build}")
        }
        Interpreter::Stable => "CPython 3".into(),
        Interpreter::PyPy => "PyPy".into(),
        Interpreter::Unsaid => "Python".into(),
    }
}
