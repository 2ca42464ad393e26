//! Files, one after the other: what each is, and its rows into the columns of its survey.

use std::pin::Pin;
use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use web_sys::Blob;

use super::bytes::{self, Slice};
use super::stretches::Stretches;
use super::{Worker, tell};
use crate::exchange::import::{Chosen, Mapping, Refusal, Translation, choose, is_own, translate};
use crate::exchange::listed::{list_header, listed};
use crate::exchange::responses::{FileKind, Import, RowProblem, Stream, kind_of};
use crate::office::message::{SHOWN_PROBLEMS, State, Tell};
use crate::survey::problem::Severity;
use crate::web::browser;

/// How much of a file tells what it is.
const BEGINNING: u64 = (64 << 10) + 1;
/// Milliseconds between two reports of progress: drawing them takes time from whoever reads.
const BEAT: f64 = 500.0;
/// Milliseconds after which what is shown is worked out again while more files are read.
const SHOW_AGAIN: f64 = 2_000.0;

/// What is waited for in a function of its own. A browser compiles a function with all that is in it, those it waits for
/// too: first when it is called, and again, for speed, in the midst of a large file.
pub(super) type Apart<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// What became of the rows of a file.
pub(super) struct Read {
    pub import: Import,
    shared: u64,
}

impl Worker {
    /// Reads what waits, unless that is being done.
    pub(super) fn work(self: &Rc<Worker>) {
        if self.is_reading.replace(true) {
            return self.count_bytes();
        }
        {
            let mut run = self.run.borrow_mut();
            run.progress = Default::default();
            run.began = js_sys::Date::now();
        }
        self.count_bytes();
        let worker = self.clone();
        spawn_local(async move {
            let mut shown = js_sys::Date::now();
            loop {
                let Some(key) = worker.queue.borrow_mut().pop_front() else { break };
                worker.stopped.borrow_mut().remove(&key);
                worker.read(key).await;
                let now = js_sys::Date::now();
                if now - shown > SHOW_AGAIN {
                    worker.show();
                    shown = js_sys::Date::now();
                }
            }
            worker.is_reading.set(false);
            tell(&Tell::Idle);
            worker.show();
            // Their memory takes time to give back.
            worker.readers.take();
            worker.go_on();
        });
    }

    /// Bytes that are still to be read, added to those that were.
    fn count_bytes(&self) {
        let queue = self.queue.borrow();
        let left = |key: &u32| self.with(*key, |held| bytes::size(&held.file)).unwrap_or(0);
        let waiting: u64 = queue.iter().map(left).sum();
        let mut run = self.run.borrow_mut();
        run.progress.all = run.progress.all.max(run.progress.done + waiting);
    }

    /// So many bytes more were read of a file; or all of it was, however many those are.
    #[inline(never)]
    fn progress(&self, name: &str, more: u64, is_end: bool) {
        let mut run = self.run.borrow_mut();
        run.progress.done += more;
        name.clone_into(&mut run.progress.name);
        let now = js_sys::Date::now();
        run.progress.speed = run.progress.done as f64 / ((now - run.began) / 1000.0).max(0.001);
        if is_end || now - run.told > BEAT {
            run.told = now;
            tell(&Tell::Progress(run.progress.clone()));
        }
    }

    pub(super) fn is_stopped(&self, key: u32) -> bool {
        self.stopped.borrow().contains(&key)
    }

    async fn read(self: &Rc<Worker>, key: u32) {
        self.set_state(key, State::Reading);
        let Some(file) = self.with(key, |held| {
            let filed = &mut held.filed;
            (filed.rows, filed.used, filed.duplicates, filed.set_aside, filed.warnings, filed.found) =
                Default::default();
            filed.problems.clear();
            filed.account = None;
            held.list.clear();
            held.file.clone()
        }) else {
            return;
        };
        let size = bytes::size(&file);
        self.progress(&file.name(), 0, true);
        let before = self.run.borrow().progress.done;
        let state = self.read_file(key, &file).await;
        let read = self.run.borrow().progress.done - before;
        self.progress(&file.name(), size.saturating_sub(read), true);
        let state = if self.is_stopped(key) { State::Stopped } else { state };
        if state != State::Done {
            self.take_out(key);
        }
        self.set_state(key, state.clone());
        if state == State::Done && self.keeps.get() {
            self.keep(key).await;
        }
    }

    async fn read_file(self: &Rc<Worker>, key: u32, file: &Blob) -> State {
        let size = bytes::size(file);
        if size > u32::MAX.into() {
            let megabytes = usize::try_from(size >> 20).unwrap_or(usize::MAX);
            return State::Refused(Refusal::TooLarge { megabytes });
        }
        let beginning = match Slice::of(file, 0, BEGINNING.min(size)) {
            Some(slice) => slice.bytes().await,
            None => None,
        };
        let Some(beginning) = beginning else { return State::Unreadable };
        let kind = kind_of(&beginning);
        if kind == FileKind::Results {
            return State::Results;
        }
        if !is_own(&beginning) {
            let foreign: Apart<'_, State> = Box::pin(self.read_foreign(key, file));
            return foreign.await;
        }
        let FileKind::Responses(id) = kind else { return State::Refused(Refusal::Empty) };
        if self.library().find(&id).is_none() {
            return State::UnknownSurvey(id);
        }
        self.with(key, |held| {
            held.filed.survey.clone_from(&id);
            held.own = Some(file.clone());
            held.translation = None;
        });
        self.read_rows(key, &id, file, beginning, None).await
    }

    /// Reads a file of another program, by the mapping that is known or proposed for it.
    async fn read_foreign(self: &Rc<Worker>, key: u32, file: &Blob) -> State {
        let Some(bytes) = whole(file).await else { return State::Unreadable };
        let library = self.library();
        let given = self.with(key, |held| held.mapping.clone()).flatten();
        let kept: Vec<Mapping> = match given {
            Some(mapping) => vec![mapping],
            // The latest counts.
            None => self.mappings.borrow().iter().rev().cloned().collect(),
        };
        let surveys = library.definitions.iter().map(|definition| &definition.survey);
        let shown = self.with(key, |held| held.shown.clone()).flatten();
        let chosen = match choose(&bytes, surveys, &kept, shown.as_deref()) {
            Ok(chosen) => chosen,
            Err(refusal) => return State::Refused(refusal),
        };
        drop(bytes);
        let Chosen { table, mapping, is_kept, unknown, is_ambiguous } = chosen;
        if let Some(id) = unknown {
            return State::UnknownSurvey(id);
        }
        let Some(mapping) = mapping else { return State::Unclear(false) };
        let survey = mapping.survey.clone();
        self.with(key, |held| {
            held.filed.survey.clone_from(&survey);
            held.proposal = Some(mapping.clone());
        });
        let setting = library.reading(&survey, browser::now());
        let mut translation = match translate(&table, &mapping, &setting) {
            Ok(translation) => translation,
            Err(Refusal::Unrecognised { .. }) => return State::Unclear(false),
            Err(Refusal::NoDay) => return State::Unclear(true),
            Err(refusal) => return State::Refused(refusal),
        };
        if !is_kept && (is_ambiguous || !translation.account.unsure.is_empty()) {
            return State::Unclear(true);
        }
        drop(table);
        let csv = std::mem::take(&mut translation.csv);
        let Some(own) = bytes::blob(&csv) else { return State::TooMuch };
        drop(csv);
        let translation = Rc::new(translation);
        self.with(key, |held| {
            held.filed.account = Some(Box::new(translation.account.clone()));
            held.own = Some(own.clone());
            held.translation = Some(translation.clone());
        });
        self.read_rows(key, &survey, &own, Vec::new(), Some(&translation)).await
    }

    async fn read_rows(
        self: &Rc<Worker>,
        key: u32,
        survey: &str,
        blob: &Blob,
        beginning: Vec<u8>,
        translation: Option<&Translation>,
    ) -> State {
        if let Some(translation) = translation {
            self.note(key, translation.problems.clone());
        }
        let Some(read) = self.stream(key, survey, blob, beginning).await else { return State::Unreadable };
        self.with(key, |held| {
            let aside = translation.map_or(0, |translation| translation.account.set_aside);
            held.filed.rows = read.import.rows + aside;
            held.filed.used = read.import.used;
            held.filed.duplicates = read.import.duplicates;
            held.filed.set_aside = read.import.set_aside + aside;
            held.filed.problems.sort_by_key(|problem| problem.line);
            held.shared = read.shared;
        });
        State::Done
    }

    /// Reads rows into the columns of their survey; `None` where the file can be read no further. Its beginning may have
    /// been read already.
    pub(super) async fn stream(
        self: &Rc<Worker>,
        key: u32,
        survey: &str,
        blob: &Blob,
        beginning: Vec<u8>,
    ) -> Option<Read> {
        let (library, now) = (self.library(), browser::now());
        let setting = library.reading(survey, now);
        let is_own = self.with(key, |held| held.translation.is_none()).unwrap_or(false);
        let name = self.with(key, |held| held.filed.name.clone()).unwrap_or_default();
        let mut stream = Stream::new(key, bytes::size(blob));
        let readers = Stretches::are_many(blob).then(|| self.readers(&library));
        let mut stretches = Stretches::of(blob, beginning, readers);
        while !stream.is_over() && !self.is_stopped(key) {
            let before = stream.at();
            let Some(doubts) = self.take_in(key, &mut stretches, &mut stream, survey, &setting).await? else { break };
            if !doubts.is_empty() {
                let settled: Apart<'_, Option<()>> =
                    Box::pin(self.settle(doubts, &mut stream, key, survey, blob, &setting));
                settled.await?;
            }
            self.note(key, stream.problems());
            if is_own {
                self.progress(&name, stream.at() - before, false);
            }
        }
        if !stream.is_over() && !self.is_stopped(key) {
            return None;
        }
        stream.finish(&setting);
        self.note(key, stream.problems());
        Some(Read { import: stream.import().clone(), shared: stream.shared() })
    }

    /// Puts problems on the list of a file: the first ones to be shown, all of them to be handed out.
    #[inline(never)]
    fn note(&self, key: u32, problems: Vec<RowProblem>) {
        if problems.is_empty() {
            return;
        }
        self.with(key, |held| {
            let original = |problem| match &held.translation {
                Some(translation) => translation.original(problem),
                None => problem,
            };
            let problems: Vec<RowProblem> = problems.into_iter().map(original).collect();
            let filed = &mut held.filed;
            filed.found += problems.len() as u64;
            let is_warning = |problem: &&RowProblem| problem.fault.severity() == Severity::Warning;
            filed.warnings += problems.iter().filter(is_warning).count() as u64;
            let room = SHOWN_PROBLEMS.saturating_sub(filed.problems.len());
            filed.problems.extend(problems.iter().take(room).cloned());
            if held.list.is_empty() {
                held.list.extend(bytes::blob(list_header(&held.language).as_bytes()));
            }
            held.list.extend(bytes::blob(listed(&filed.name, &problems, &held.language).as_bytes()));
        });
    }

    /// Tells how the columns of a file may be understood, for this survey or the one that fits best.
    pub(super) async fn columns(self: &Rc<Worker>, key: u32, survey: Option<String>) {
        let Some((file, proposal)) =
            self.with(key, |held| (held.file.clone(), held.mapping.clone().or_else(|| held.proposal.clone())))
        else {
            return;
        };
        let known = proposal.filter(|mapping| survey.is_none() || survey.as_ref() == Some(&mapping.survey));
        // Of an earlier file, what stands in the columns is not known.
        let known = known.filter(|mapping| mapping.columns.iter().any(|column| !column.samples.is_empty()));
        let mapping = match known {
            Some(mapping) => Some(mapping),
            None => {
                let Some(bytes) = whole(&file).await else { return self.set_state(key, State::Unreadable) };
                let library = self.library();
                let wanted = survey.or_else(|| self.look.borrow().as_ref().map(|look| look.survey.clone()));
                let definition = library.shown(&wanted.unwrap_or_default());
                crate::exchange::import::read_best(&bytes, &definition.survey, &[]).ok().map(|(_, mapping, _)| mapping)
            }
        };
        if let Some(mapping) = mapping {
            tell(&Tell::Columns { key, mapping: Box::new(mapping) });
        }
    }
}

async fn whole(blob: &Blob) -> Option<Vec<u8>> {
    Slice::of(blob, 0, bytes::size(blob))?.bytes().await
}
