//! The office's second thread: it holds the responses and counts them, so that the page is free for people.
//! Asked and answered by messages ([`crate::office::message`]); it draws nothing.

mod bytes;
mod comments;
mod export;
mod keep;
mod reader;
mod readers;
mod reading;
mod stretch;
mod stretches;

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::rc::Rc;

use chrono::NaiveDate;
use js_sys::Array;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Blob, DedicatedWorkerGlobalScope, File, MessageEvent};

use self::readers::Readers;
use super::super::{browser, store};
use crate::dataset::Dataset;
use crate::exchange::Reader;
use crate::exchange::import::{Mapping, Translation};
use crate::exchange::responses::{Collection, write_responses};
use crate::office::message::{Ask, Device, Filed, Progress, State, Tell};
use crate::office::{Grouped, Library, Look, Shown};
use crate::response::Response;
use crate::survey::method::Definition;

/// The key of the responses on this device, among the files of each survey.
const DEVICE: u32 = 0;

/// Whether this program runs as a worker: there is no page.
pub fn is_here() -> bool {
    web_sys::window().is_none()
}

/// Begins to listen.
pub fn start() {
    let worker = Rc::new(Worker::default());
    // The page asks for what the worker does, the worker for what its readers do: a thread is what it is asked to be.
    let reader = Rc::new(reader::Reader::default());
    let heard = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        let parts: Array = event.data().unchecked_into();
        let Some(json) = parts.get(0).as_string() else { return };
        if let Ok(ask) = serde_json::from_str(&json) {
            worker.clone().hear(ask, &parts.get(1));
        } else if let Ok(errand) = serde_json::from_str(&json) {
            reader.hear(errand, parts.get(1));
        }
    });
    scope().set_onmessage(Some(heard.into_js_value().unchecked_ref()));
    tell(&Tell::Ready);
}

fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

fn tell(tell: &Tell) {
    tell_with(tell, &JsValue::UNDEFINED);
}

fn tell_with(tell: &Tell, beside: &JsValue) {
    if let Ok(json) = serde_json::to_string(tell) {
        let _ = scope().post_message(&Array::of2(&json.into(), beside));
    }
}

/// What the worker holds. Everything in cells: between two slices of a file it answers the page.
#[derive(Default)]
struct Worker {
    library: RefCell<Option<Rc<Library>>>,
    /// Mappings of earlier files, the latest last.
    mappings: RefCell<Vec<Mapping>>,
    collections: RefCell<BTreeMap<String, Collection>>,
    /// Every file, in the order they came.
    files: RefCell<Vec<Held>>,
    /// The responses on this device to each survey, as files.
    device: RefCell<BTreeMap<String, Blob>>,
    /// The responses on this device as they were seen last.
    seen: RefCell<Option<Vec<Response>>>,
    queue: RefCell<VecDeque<u32>>,
    look: RefCell<Option<Look>>,
    /// What was told last: how it was looked at but for the groups, of what, and on which day.
    told: RefCell<Option<(Look, u64, NaiveDate)>>,
    /// What was written, as it was read last; and how often it was asked for.
    written: RefCell<Option<comments::Known>>,
    turn: Cell<u32>,
    is_reading: Cell<bool>,
    /// Whether what is on this device is to be read after that.
    is_device_due: Cell<bool>,
    /// Files that are not to be read on.
    stopped: RefCell<BTreeSet<u32>>,
    run: RefCell<Run>,
    keeps: Cell<bool>,
    /// While large files are read.
    readers: RefCell<Option<Rc<Readers>>>,
    is_practised: Cell<bool>,
}

/// Reading since nothing was read last.
#[derive(Default)]
struct Run {
    progress: Progress,
    began: f64,
    told: f64,
}

/// A file.
struct Held {
    filed: Filed,
    file: File,
    /// Language of its list of problems.
    language: String,
    /// The survey that was shown when it came, where somebody chose it.
    shown: Option<String>,
    /// What is read: the file itself, or what was made of it.
    own: Option<Blob>,
    translation: Option<Rc<Translation>>,
    /// How a person said it is to be read.
    mapping: Option<Mapping>,
    /// How it may be read, where that is not clear.
    proposal: Option<Mapping>,
    /// How many of its rows gave way to others.
    shared: u64,
    /// The list of its problems, as it is written.
    list: Vec<Blob>,
}

impl Held {
    fn new(key: u32, file: File, language: String) -> Held {
        Held {
            filed: Filed::new(key, file.name()),
            file,
            language,
            shown: None,
            own: None,
            translation: None,
            mapping: None,
            proposal: None,
            shared: 0,
            list: Vec::new(),
        }
    }
}

impl Worker {
    fn hear(self: Rc<Worker>, ask: Ask, beside: &JsValue) {
        match ask {
            Ask::Begin { definitions, targets, units, mappings, keeps } => {
                let definitions = definitions.iter().filter_map(|json| Definition::from_json(json).ok()).collect();
                self.library.replace(Some(Rc::new(Library { definitions, targets, units })));
                self.mappings.replace(mappings);
                self.keeps.set(keeps);
                spawn_local(async move {
                    self.read_device().await;
                    if keeps {
                        self.take_kept().await;
                    }
                });
            }
            Ask::Put(json) => {
                if let Ok(definition) = Definition::from_json(&json) {
                    let id = definition.survey.id.clone();
                    self.change_library(|library| library.put(definition));
                    self.read_survey_again(&id);
                }
            }
            Ask::Forget(id) => {
                self.change_library(|library| library.remove(&id));
                self.read_survey_again(&id);
            }
            Ask::Device => spawn_local(async move { self.read_device().await }),
            Ask::Add { keys, shown, language } => {
                let files: Array = beside.clone().unchecked_into();
                for (key, file) in keys.iter().zip(files.iter()) {
                    let held = Held::new(*key, file.unchecked_into(), language.clone());
                    self.files.borrow_mut().push(Held { shown: shown.clone(), ..held });
                    self.queue.borrow_mut().push_back(*key);
                }
                self.work();
            }
            Ask::Prepare => spawn_local(async move { self.prepare().await }),
            Ask::Stop => {
                let waiting: Vec<u32> = self.queue.borrow_mut().drain(..).collect();
                for key in waiting {
                    self.set_state(key, State::Stopped);
                }
                let reading = |held: &Held| (held.filed.state == State::Reading).then_some(held.filed.key);
                self.stopped.borrow_mut().extend(self.files.borrow().iter().find_map(reading));
            }
            Ask::Remove(keys) => self.remove(&keys),
            Ask::Columns { key, survey } => spawn_local(async move { self.columns(key, survey).await }),
            Ask::Map { key, mapping } => {
                self.take_out(key);
                self.with(key, |held| held.mapping = Some(*mapping.clone()));
                let mapping = mapping.without_samples();
                self.mappings.borrow_mut().retain(|known| known.fingerprint != mapping.fingerprint);
                self.mappings.borrow_mut().push(mapping);
                self.queue.borrow_mut().push_back(key);
                self.work();
            }
            Ask::Look(look) => {
                self.look.replace(Some(look));
                self.show();
            }
            Ask::Values { look, key } => {
                let library = self.library();
                let survey = library.shown(&look.survey).survey.id.clone();
                let values =
                    self.with_collection(&survey, |collection| look.values(&library, collection.dataset(), &key));
                tell(&Tell::Values { survey: look.survey, key, values });
            }
            Ask::Comments { search, most } => spawn_local(async move { self.comments(search, most).await }),
            Ask::Compare(looks) => {
                let library = self.library();
                let results = looks.iter().map(|look| {
                    let survey = library.shown(&look.survey).survey.id.clone();
                    self.with_collection(&survey, |collection| {
                        look.results(&library, collection.dataset(), browser::now())
                    })
                });
                tell(&Tell::Compared(results.collect()));
            }
            Ask::Export { what, reader } => spawn_local(async move { self.export(what, reader).await }),
            Ask::Keep(keeps) => {
                self.keeps.set(keeps);
                spawn_local(async move { self.keep_all().await });
            }
        }
    }

    fn library(&self) -> Rc<Library> {
        self.library.borrow().clone().expect("definitions come before anything else")
    }

    fn change_library(&self, change: impl FnOnce(&mut Library)) {
        self.told.take();
        let mut library = Library::clone(&self.library());
        change(&mut library);
        self.library.replace(Some(Rc::new(library)));
    }

    /// Does something with a file, where it is still there.
    fn with<R>(&self, key: u32, work: impl FnOnce(&mut Held) -> R) -> Option<R> {
        self.files.borrow_mut().iter_mut().find(|held| held.filed.key == key).map(work)
    }

    fn set_state(&self, key: u32, state: State) {
        self.with(key, |held| held.filed.state = state);
        self.tell_file(key);
    }

    fn tell_file(&self, key: u32) {
        let filed = self.with(key, |held| held.filed.clone());
        filed.into_iter().for_each(|filed| tell(&Tell::File(Box::new(filed))));
    }

    /// What the responses with this key stand in.
    fn source(&self, survey: &str, key: u32) -> Option<Blob> {
        match key {
            DEVICE => self.device.borrow().get(survey).cloned(),
            _ => self.with(key, |held| held.own.clone()).flatten(),
        }
    }

    /// Takes the responses of a file out of its survey's.
    fn take_out(&self, key: u32) {
        if let Some(collection) =
            self.with(key, |held| held.filed.survey.clone()).and_then(|id| self.collections.borrow_mut().remove(&id))
        {
            let mut collection = collection;
            collection.remove(key);
            let survey = self.with(key, |held| held.filed.survey.clone()).unwrap_or_default();
            self.collections.borrow_mut().insert(survey, collection);
        }
    }

    /// Takes files away. Others get back what they gave way to: they are read again.
    fn remove(self: &Rc<Worker>, keys: &[u32]) {
        let mut surveys = BTreeSet::new();
        for key in keys {
            self.take_out(*key);
            self.stopped.borrow_mut().insert(*key);
            surveys.extend(self.with(*key, |held| held.filed.survey.clone()));
        }
        self.files.borrow_mut().retain(|held| !keys.contains(&held.filed.key));
        self.queue.borrow_mut().retain(|key| !keys.contains(key));
        let again =
            |held: &Held| surveys.contains(&held.filed.survey) && held.filed.state == State::Done && held.shared > 0;
        let again: Vec<u32> =
            self.files.borrow().iter().filter(|held| again(held)).map(|held| held.filed.key).collect();
        self.read_again(&again);
        if self.keeps.get() {
            let keys = keys.to_vec();
            spawn_local(async move { keep::forget(&keys).await });
        }
        self.show();
    }

    fn read_again(self: &Rc<Worker>, keys: &[u32]) {
        for key in keys {
            self.take_out(*key);
            self.set_state(*key, State::Waiting);
            self.queue.borrow_mut().push_back(*key);
        }
        if !keys.is_empty() {
            self.work();
        }
    }

    /// Reads all of a survey again, under its definition as it is now.
    fn read_survey_again(self: &Rc<Worker>, id: &str) {
        self.collections.borrow_mut().remove(id);
        let is_of = |held: &Held| held.filed.survey == id || held.filed.state == State::UnknownSurvey(id.to_owned());
        let again: Vec<u32> =
            self.files.borrow().iter().filter(|held| is_of(held)).map(|held| held.filed.key).collect();
        // What is being read under the definition as it was is not read on.
        let reading = |held: &&Held| held.filed.state == State::Reading && is_of(held);
        self.stopped.borrow_mut().extend(self.files.borrow().iter().filter(reading).map(|held| held.filed.key));
        self.seen.replace(None);
        let worker = self.clone();
        spawn_local(async move {
            worker.read_device().await;
            worker.read_again(&again);
            worker.show();
        });
    }

    /// Reads what is on this device, as soon as nothing else is being read: rows of two files at once would be mixed up.
    async fn read_device(self: &Rc<Worker>) {
        if self.is_reading.replace(true) {
            return self.is_device_due.set(true);
        }
        self.read_responses().await;
        self.is_reading.set(false);
        self.go_on();
    }

    /// Reads what had to wait.
    fn go_on(self: &Rc<Worker>) {
        if self.is_device_due.take() {
            let worker = self.clone();
            spawn_local(async move { worker.read_device().await });
        } else if !self.queue.borrow().is_empty() {
            self.work();
        }
    }

    async fn read_responses(self: &Rc<Worker>) {
        let Ok((responses, unreadable)) = store::all().await else { return tell(&Tell::Device(None)) };
        let is_new = self.seen.borrow().as_ref() != Some(&responses);
        let mut counts: BTreeMap<(&str, &str), u64> = BTreeMap::new();
        for response in &responses {
            *counts.entry((&response.survey, &response.edition)).or_default() += 1;
        }
        let counts =
            counts.into_iter().map(|((survey, edition), count)| (survey.to_owned(), edition.to_owned(), count));
        let last = responses.last().map(|response| response.survey.clone());
        let mut device = Device { counts: counts.collect(), unreadable: unreadable as u64, last };
        if is_new {
            for definition in &self.library().definitions {
                let survey = &definition.survey;
                let is_of = |response: &&Response| response.survey == survey.id && response.edition == survey.edition;
                let own: Vec<&Response> = responses.iter().filter(is_of).collect();
                self.with_collection(&survey.id, |collection| collection.remove(DEVICE));
                self.device.borrow_mut().remove(&survey.id);
                if own.is_empty() {
                    continue;
                }
                let text = write_responses(survey, own, Reader::Machine);
                if let Some(blob) = bytes::blob(text.as_bytes()) {
                    self.device.borrow_mut().insert(survey.id.clone(), blob.clone());
                    let read = self.stream(DEVICE, &survey.id, &blob, Vec::new()).await;
                    device.unreadable += read.map_or(0, |read| read.import.set_aside);
                }
            }
            self.seen.replace(Some(responses));
        }
        tell(&Tell::Device(Some(device)));
        if is_new {
            self.show();
        }
    }

    fn with_collection<R>(&self, survey: &str, work: impl FnOnce(&mut Collection) -> R) -> R {
        let library = self.library();
        let mut collections = self.collections.borrow_mut();
        let new = || Collection::new(&library.shown(survey).survey);
        work(collections.entry(survey.to_owned()).or_insert_with(new))
    }

    /// Tells what is shown.
    fn show(&self) {
        let Some(look) = self.look.borrow().clone() else { return };
        let library = self.library();
        let look = Look { survey: library.shown(&look.survey).survey.id.clone(), ..look };
        let now = browser::now();
        let mut collections = self.collections.borrow_mut();
        let Some(collection) = collections.get_mut(&look.survey) else {
            self.told.take();
            let nothing = Dataset::new(&library.shown(&look.survey).survey);
            return tell(&Tell::Shown(Box::new(Shown::of(&library, &look, &nothing, now))));
        };
        let whole = (look.without_groups(), collection.version(), now.date_naive());
        let known = self.told.replace(Some(whole.clone()));
        let dataset = collection.dataset();
        let tell_groups = || tell(&Tell::Grouped(Box::new(Grouped::of(&library, &look, dataset, now))));
        // Another breakdown changes nothing about the whole, and another length of time only the course of each verdict:
        // who chooses that looks at the groups. Else nobody is to wait for them to see the verdicts.
        let is_of_groups = known.as_ref().is_some_and(|(known, version, day)| {
            (Look { period: look.period, ..known.clone() }, *version, *day) == whole
        });
        if is_of_groups {
            tell_groups();
        }
        if known.as_ref() != Some(&whole) {
            tell(&Tell::Shown(Box::new(Shown::whole(&library, &look, dataset, now))));
        }
        if !is_of_groups {
            tell_groups();
        }
    }
}
