//! What a person has done so far: the sources, the choices, and the way back.

mod beside;
mod recipes;
mod released;
pub mod sight;
mod slimming;
mod step;

use std::rc::Rc;

pub use self::recipes::Comparison;
use self::sight::Sight;
pub use self::step::Step;
use crate::bytes::{NewSpool, in_memory};
use crate::check::{Change, FixKind};
use crate::choices::{Choices, Operation, Recompress, Repair, Scope, Settings};
use crate::deflate::Effort;
use crate::error::Error;
use crate::intake::{self, DroppedFile, Source};
use crate::pack::{self, Manner, Packed, Packing, Progress, Sink};
use crate::path::within;
use crate::plan::{Plan, plan};
use crate::publish::{Kit, Version};
use crate::recognise::{Recognised, recognise};
use crate::repair::repairs;
use crate::tables::codes;
use crate::tables::limits::MAX_UNDO;

/// A session. Every change can be undone, adding and clearing included.
pub struct Session {
    now: State,
    /// Earlier states with the name of the step that left each.
    undo: Vec<(String, State)>,
    /// Later states with the name of the step that led to each.
    redo: Vec<(String, State)>,
    plan: Plan,
    sight: Sight,
    new_spool: NewSpool,
}

/// The ground state: everything else is derived from it.
#[derive(Clone, Default)]
struct State {
    sources: Vec<Rc<Source>>,
    parts: Vec<Rc<Recognised>>,
    choices: Choices,
    /// The zip that was built from this state.
    built: Option<Packed>,
    /// What AWS answered when that was published.
    published: Vec<Version>,
}

/// A finished layer, apart from its bytes.
pub struct Layer {
    /// The zip's name, e.g. `"my-layer.zip"`.
    pub file_name: String,
    /// Size and digest.
    pub packed: Packed,
    /// All that can be done with it.
    pub kit: Kit,
    /// What AWS answered, where it was published.
    pub published: Vec<Version>,
}

impl Default for Session {
    fn default() -> Session {
        Session::new()
    }
}

impl Session {
    /// An empty session with the default settings, which unpacks into memory.
    pub fn new() -> Session {
        Session::with_spools(in_memory)
    }

    /// An empty session that keeps what it has to unpack in spools made by `new_spool`.
    pub fn with_spools(new_spool: NewSpool) -> Session {
        let now = State::default();
        let plan = plan(Vec::new(), Choices::default(), None);
        Session { now, undo: Vec::new(), redo: Vec::new(), plan, sight: Sight::default(), new_spool }
    }

    /// Adds what was dropped. `progress` gets the number of files done and the path that comes next.
    pub fn add(&mut self, files: Vec<DroppedFile>, mut progress: impl FnMut(usize, &str)) {
        if files.is_empty() {
            return;
        }
        let count = files.len();
        let more = intake::sources(files, self.new_spool, &mut progress);
        let label = match more.as_slice() {
            [only] => format!("add {}", only.name),
            several => format!("add {} sources", several.len()),
        };
        let sources = intake::add(&self.now.sources, more);
        // What was there before and is still the same needs no second look.
        let parts = sources
            .iter()
            .flat_map(|source| match self.now.sources.iter().any(|present| Rc::ptr_eq(present, source)) {
                true => self.now.parts.iter().filter(|part| came_from(part, source)).cloned().collect(),
                false => {
                    recognise(source, &mut |path| progress(count, path)).into_iter().map(Rc::new).collect::<Vec<_>>()
                }
            })
            .collect();
        let first = self.now.sources.is_empty();
        let known = self.now.parts.clone();
        self.step(label, |state| {
            state.sources = sources;
            state.parts = parts;
        });
        self.repair(&known);
        if first {
            self.sight.begin(&self.plan.tree);
        }
    }

    /// Repairs the layers among the parts that were not there before, each kind of mistake in a step of its own.
    fn repair(&mut self, known: &[Rc<Recognised>]) {
        let is_known = |part: &Rc<Recognised>| known.iter().any(|known| Rc::ptr_eq(known, part));
        let repairs: Vec<Repair> = (0..self.plan.parts.len())
            .filter(|index| self.plan.parts.get(*index).is_some_and(|part| !is_known(part)))
            .flat_map(|index| repairs(index, &self.plan.parts, &self.plan.placements))
            .collect();
        for repair in repairs {
            self.step(repair.label(), |state| state.choices.repairs.push(repair));
        }
    }

    /// The settings as they are.
    pub fn settings(&self) -> &Settings {
        &self.now.choices.settings
    }

    /// Replaces the settings. Before anything was dropped that is no step: they are where the work starts.
    pub fn set_settings(&mut self, settings: Settings) {
        let label = match settings.changed_from(&self.now.choices.settings).as_slice() {
            [] => return,
            [field] => format!("change the {field}"),
            _ => "change the settings".into(),
        };
        if self.now.sources.is_empty() {
            self.now.choices.settings = settings;
            self.derive();
        } else {
            self.step(label, |state| state.choices.settings = settings);
        }
    }

    /// Everything that follows from the sources and the choices.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Carries out an operation on the layer's files.
    pub fn apply(&mut self, operation: Operation) -> Result<(), Error> {
        operation.destination()?;
        let operation = self.plan.included(operation);
        if let Operation::Exclude(Scope::Source(source)) = &operation
            && !self.plan.concerns(&operation)
            && self.now.parts.iter().any(|part| within(&part.source.name, source).is_some())
        {
            self.remove(&source.clone());
            return Ok(());
        }
        if !self.plan.concerns(&operation) {
            return Err(Error::UnknownPath { path: operation.subject().to_owned() });
        }
        self.step(operation.label(), |state| state.choices.operations.push(operation));
        Ok(())
    }

    /// Carries out several operations as one step; with an error none of them.
    pub fn apply_all(&mut self, operations: Vec<Operation>) -> Result<(), Error> {
        // What lies in something that is meant as well is meant with it.
        let operations: Vec<Operation> =
            operations.iter().filter(|one| !operations.iter().any(|other| other.is_around(one))).cloned().collect();
        let label = Operation::common_label(&operations);
        self.as_one(label, |session| operations.into_iter().try_for_each(|operation| session.apply(operation)))
    }

    /// Several steps under one name; with an error none of them.
    fn as_one(&mut self, label: String, steps: impl FnOnce(&mut Session) -> Result<(), Error>) -> Result<(), Error> {
        let before = self.now.clone();
        let (undo, redo) = (self.undo.clone(), self.redo.clone());
        let done = steps(self);
        let changed =
            self.undo.len() != undo.len() || self.undo.last().map(|last| &last.0) != undo.last().map(|last| &last.0);
        self.undo = undo;
        self.redo = redo;
        let after = std::mem::replace(&mut self.now, before);
        match done {
            Ok(()) if changed => self.step(label, |state| *state = after),
            _ => self.derive(),
        }
        done
    }

    /// Applies every safe fix, as one step. Returns how many there were.
    pub fn fix_all(&mut self) -> Result<usize, Error> {
        let mut fixed: Vec<String> = Vec::new();
        let mut seen = |session: &mut Session| {
            let safe = session.plan.findings.iter().filter_map(|finding| {
                finding.fixes.iter().find(|fix| fix.kind == FixKind::Safe && !fixed.contains(&fix.id))
            });
            let next = safe.map(|fix| fix.id.clone()).next();
            fixed.extend(next.clone());
            next
        };
        let mut count = 0;
        self.as_one("fix all that is safe to fix".into(), |session| {
            // A fix can take others with it or bring new ones, so they are looked for again after each.
            while let Some(id) = seen(session) {
                session.fix(&id)?;
                count += 1;
            }
            Ok(())
        })?;
        Ok(count)
    }

    /// Takes out a source of which nothing is in the layer, such as a refused one.
    fn remove(&mut self, source: &str) {
        self.step(format!("remove {source}"), |state| {
            state.sources.retain(|present| within(&present.name, source).is_none());
            state.parts.retain(|part| within(&part.source.name, source).is_none());
        });
    }

    /// Applies a fix that one of the present findings offers.
    pub fn fix(&mut self, id: &str) -> Result<(), Error> {
        let fix = self.plan.findings.iter().flat_map(|finding| &finding.fixes).find(|fix| fix.id == id);
        let Some(fix) = fix else {
            return Err(Error::InvalidOperation {
                found: format!("no finding offers the fix {id:?}; expected the id of one"),
            });
        };
        let label = fix.label.clone();
        match fix.change.clone() {
            Change::Operate(operation) => self.apply(operation)?,
            Change::Set(settings) => self.step(label, |state| state.choices.settings = settings),
            Change::Run(call) => {
                let found = format!("{id:?} is done by hand: run {call:?}, and drop what it gets");
                return Err(Error::InvalidOperation { found });
            }
        }
        Ok(())
    }

    /// Starts over. The settings stay.
    pub fn clear(&mut self) {
        if self.now.sources.is_empty() {
            return;
        }
        self.step("start over".into(), |state| {
            state.sources.clear();
            state.parts.clear();
            state.choices.operations.clear();
            state.choices.repairs.clear();
        });
        self.sight.reset(&self.plan.tree);
    }

    /// The name of the step that would be undone.
    pub fn undo_label(&self) -> Option<&str> {
        self.undo.last().map(|(label, _)| label.as_str())
    }

    /// The name of the step that would be done again.
    pub fn redo_label(&self) -> Option<&str> {
        self.redo.last().map(|(label, _)| label.as_str())
    }

    /// Goes one step back; does nothing at the beginning.
    pub fn undo(&mut self) {
        if let Some((label, state)) = self.undo.pop() {
            self.redo.push((label, std::mem::replace(&mut self.now, state)));
            self.derive();
        }
    }

    /// Goes one step forth again; does nothing at the end.
    pub fn redo(&mut self) {
        if let Some((label, state)) = self.redo.pop() {
            self.undo.push((label, std::mem::replace(&mut self.now, state)));
            self.derive();
        }
    }

    /// What of the tree is in sight.
    pub fn sight(&self) -> &Sight {
        &self.sight
    }

    /// Opens or closes a folder of the tree.
    pub fn toggle(&mut self, path: &str, open: bool) {
        self.sight.toggle(&self.plan.tree, path, open);
    }

    /// Opens all folders beside a row.
    pub fn open_beside(&mut self, row: usize) {
        self.sight.open_beside(&self.plan.tree, row);
    }

    /// Shows only what was looked for, with the folders around it; no text shows all.
    pub fn filter(&mut self, text: &str) {
        self.sight.filter(&self.plan.tree, text);
    }

    /// Brings a file or folder into sight and returns its row.
    pub fn reveal(&mut self, path: &str) -> Option<usize> {
        self.sight.reveal(&self.plan.tree, path)
    }

    /// Builds the zip, all of it here. `progress` hears how far it is.
    pub fn build(&mut self, sink: &mut dyn Sink, progress: &mut dyn FnMut(Progress)) -> Result<Layer, Error> {
        let mut packing = self.packing(sink, 1)?;
        pack::drive(&mut packing, progress)?;
        let (packed, _) = packing.finish()?;
        Ok(self.built(packed))
    }

    /// The work of building the zip, for so many workers. It is of the plan as it is now.
    pub fn packing<S: Sink>(&self, sink: S, workers: usize) -> Result<Packing<S>, Error> {
        self.unchanged()?;
        let effort = match self.settings().recompress() {
            Recompress::Keep => Effort::Normal,
            Recompress::Smallest => Effort::Smallest,
        };
        Packing::new(self.plan.items(), sink, workers, Manner { effort, new_spool: self.new_spool })
    }

    /// The layer, once the zip of the present plan was built.
    pub fn built(&mut self, packed: Packed) -> Layer {
        // From now on the exact size is known, and with it what the findings say of it.
        self.now.built = Some(packed);
        self.now.published.clear();
        self.derive();
        self.layer(packed)
    }

    /// Forgets a zip that nobody received, because its build was cancelled just as it ended.
    pub fn forget_build(&mut self) {
        self.now.built = None;
        self.derive();
    }

    /// An archive that had changed by the time it was opened is in no plan, as when a session is repeated after a crash;
    /// a layer without it would not be the one that was asked for.
    fn unchanged(&self) -> Result<(), Error> {
        for part in &self.now.parts {
            if let Some(refusal) = part.refused.as_ref().filter(|refusal| refusal.code == codes::CHANGED) {
                return Err(Error::SourceChanged { source: part.source.name.clone(), found: refusal.message.clone() });
            }
        }
        Ok(())
    }

    fn step(&mut self, label: String, change: impl FnOnce(&mut State)) {
        let before = self.now.clone();
        change(&mut self.now);
        self.now.built = None;
        self.now.published.clear();
        self.undo.push((label, before));
        if self.undo.len() > MAX_UNDO {
            self.undo.remove(0);
        }
        self.redo.clear();
        self.derive();
    }

    fn derive(&mut self) {
        let built = self.now.built.map(|packed| packed.size);
        self.plan = plan(self.now.parts.clone(), self.now.choices.clone(), built);
        self.sight.look(&self.plan.tree);
    }
}

/// Whether a part was recognised in a source, or in an archive inside it.
fn came_from(part: &Recognised, source: &Rc<Source>) -> bool {
    Rc::ptr_eq(&part.source, source) || part.source.nesting > 0 && within(&part.source.name, &source.name).is_some()
}
