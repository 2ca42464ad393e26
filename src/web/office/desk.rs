//! What lies on the desk: files, how they are looked at, and the figures the worker makes of them.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use js_sys::Array;
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, FileList};

use super::super::{browser, settings};
use super::client::Client;
use super::explain::Explained;
use super::view::View;
use crate::dataset::Dataset;
use crate::exchange::Reader;
use crate::exchange::import::Mapping;
pub use crate::office::Library;
use crate::office::message::{Ask, Device, Export, Filed, Progress, State};
use crate::office::{Comments, Grouped, Look, Shown};
use crate::report::Results;
use crate::survey::method::Definition;

/// What was done last and can be undone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Undo {
    /// These files were imported.
    Imported(Vec<u32>),
    /// This file was taken away.
    Removed(u32, String),
}

/// The values of keys, by survey and key, and how many responses have each.
pub type Values = BTreeMap<(String, String), Vec<(String, u64)>>;

/// After which what was drawn is mostly seen.
const FRAME: Duration = Duration::from_millis(16);

/// The desk.
#[derive(Clone, Copy)]
pub struct Desk {
    /// Language on the screen.
    pub language: RwSignal<String>,
    /// Id of the survey that is shown.
    pub survey: RwSignal<String>,
    /// What is on this device; `None`: storage is blocked.
    pub device: RwSignal<Option<Device>>,
    /// Imported files, of all surveys.
    pub files: RwSignal<Vec<Filed>>,
    /// The file with which the survey that is shown has changed.
    pub switched: RwSignal<Option<u32>>,
    /// How far reading is, while files are read.
    pub progress: RwSignal<Option<Progress>>,
    /// The file whose columns are being named, and how they are understood.
    pub columns: RwSignal<Option<(u32, Mapping)>>,
    /// What can be undone.
    pub undo: RwSignal<Option<Undo>>,
    /// Whether files stay on this device when the page closes; `None`: they could not be kept.
    pub keeps: RwSignal<Option<bool>>,
    /// How to look at the figures.
    pub view: View,
    /// How many responses are of a sample, and how many of people who chose to answer.
    pub collected: RwSignal<(u64, u64)>,
    /// The figures of the survey that is shown.
    pub results: RwSignal<Results>,
    /// The figures of the groups that are asked for, of one measure.
    pub groups: RwSignal<Option<Results>>,
    /// How many groups there are beyond these.
    pub more_groups: RwSignal<u64>,
    /// The values of keys of surveys that were asked for, and how many responses have each.
    pub values: RwSignal<Values>,
    /// What people wrote, once that was asked for.
    pub comments: RwSignal<Option<Comments>>,
    /// Figures beside each other, in the order of the columns.
    pub compared: RwSignal<Vec<Results>>,
    /// The figure whose making is shown.
    pub explained: RwSignal<Option<Explained>>,
    /// Codes of units that are on no list.
    pub unknown_units: RwSignal<Vec<String>>,
    pub(super) library: RwSignal<Arc<Library>>,
    /// Id of the survey that is asked for.
    pub(super) wanted: RwSignal<String>,
    pub(super) client: StoredValue<Option<Client>, LocalStorage>,
    /// The look that the worker is at, and whether another is wanted meanwhile.
    pub(super) asked: StoredValue<(bool, bool)>,
    /// Files of this import.
    pub(super) imported: StoredValue<Vec<u32>>,
    pub(super) is_begun: StoredValue<bool>,
    /// Somebody chose the survey that is shown.
    is_chosen: StoredValue<bool>,
    /// What to do with a definition file that was dropped anywhere.
    definition_files: StoredValue<Option<Callback<File>>, LocalStorage>,
}

impl Desk {
    /// An empty desk, which begins to read what is on this device.
    pub fn new(library: Library, language: RwSignal<String>) -> Desk {
        let first = &library.definitions[0].survey;
        let (id, none) = (first.id.clone(), Dataset::new(first));
        let nothing = Shown::of(&library, &Look { survey: id.clone(), ..Look::default() }, &none, browser::now());
        let desk = Desk::showing(Arc::new(library), language, nothing);
        let keeps = desk.keeps.get_untracked() == Some(true);
        desk.begin(keeps);
        Effect::new(move || {
            desk.wanted.track();
            desk.view.track();
            desk.look();
        });
        // Someone may answer on this device, in another tab, while the desk is open.
        window_event_listener(ev::focus, move |_| desk.ask(Ask::Device));
        // Imported files are gone with the page, unless they are kept: the browser asks first.
        window_event_listener(ev::beforeunload, move |event| {
            if desk.keeps.get_untracked() != Some(true) && !desk.files.read_untracked().is_empty() {
                event.prevent_default();
            }
        });
        // A file dropped beside the panel would otherwise open in place of the page.
        window_event_listener(ev::dragover, |event| event.prevent_default());
        // Something is dragged into the window, rather than from one part of it to another.
        let is_new = |event: &web_sys::DragEvent| event.related_target().is_none();
        window_event_listener(ev::dragenter, move |event| {
            if is_new(&event) {
                desk.prepare()
            }
        });
        window_event_listener(ev::drop, move |event| {
            event.prevent_default();
            if let Some(files) = event.data_transfer().and_then(|data| data.files()) {
                desk.import(files);
            }
        });
        desk
    }

    /// A desk on which these figures lie, without a worker.
    fn showing(library: Arc<Library>, language: RwSignal<String>, shown: Shown) -> Desk {
        let Grouped { groups, more } = shown.grouped.unwrap_or_default();
        let keeps = settings::text(settings::KEEPS_FILES).is_some();
        Desk {
            language,
            survey: RwSignal::new(shown.survey.clone()),
            device: RwSignal::new(Some(Device::default())),
            files: RwSignal::new(Vec::new()),
            switched: RwSignal::new(None),
            progress: RwSignal::new(None),
            columns: RwSignal::new(None),
            undo: RwSignal::new(None),
            keeps: RwSignal::new(Some(keeps)),
            view: View::new(),
            collected: RwSignal::new(shown.collected),
            results: RwSignal::new(shown.results),
            groups: RwSignal::new(groups),
            more_groups: RwSignal::new(more),
            values: RwSignal::new(Values::new()),
            comments: RwSignal::new(None),
            compared: RwSignal::new(Vec::new()),
            explained: RwSignal::new(None),
            unknown_units: RwSignal::new(shown.unknown_units),
            library: RwSignal::new(library),
            wanted: RwSignal::new(shown.survey),
            client: StoredValue::new_local(None),
            asked: StoredValue::new((false, false)),
            imported: StoredValue::new(Vec::new()),
            is_begun: StoredValue::new(false),
            is_chosen: StoredValue::new(false),
            definition_files: StoredValue::new_local(None),
        }
    }

    /// Another desk on which these figures lie; whatever is asked there, nobody hears it.
    pub(super) fn aside(self, shown: Shown) -> Desk {
        Desk::showing(self.library.get_untracked(), self.language, shown)
    }

    /// The same desk, on which figures come to lie once those here were seen: what is drawn of them holds up neither what
    /// comes first nor people.
    pub(super) fn behind(self) -> Desk {
        let (survey, results) =
            (RwSignal::new(self.survey.get_untracked()), RwSignal::new(self.results.get_untracked()));
        Effect::watch(
            move || self.results.track(),
            move |(), _, _| {
                let follow = move || {
                    // Figures are drawn with the words of their own survey.
                    if let (Some(id), Some(new)) = (self.survey.try_get_untracked(), self.results.try_get_untracked()) {
                        let _ = (survey.try_set(id), results.try_set(new));
                    }
                };
                set_timeout(follow, FRAME);
            },
            false,
        );
        Desk { survey, results, ..self }
    }

    /// Starts the worker and tells it what it has to know.
    fn begin(self, keeps: bool) {
        self.client.set_value(Some(Client::start(move |tell, beside| match tell {
            Some(tell) => self.hear(tell, &beside),
            None => self.begin_again(),
        })));
        let library = self.library.get_untracked();
        let definitions = library.definitions.iter().filter_map(|definition| definition.to_json().ok()).collect();
        let (targets, units) = (library.targets.clone(), library.units.clone());
        self.ask(Ask::Begin { definitions, targets, units, mappings: settings::mappings(), keeps });
    }

    /// The worker has died, of a file that was too much for it: the other files are read again.
    pub(super) fn begin_again(self) {
        let mut files = Default::default();
        self.client.update_value(|client| {
            if let Some(client) = client {
                client.stop();
                files = std::mem::take(&mut client.files);
            }
        });
        self.asked.set_value((false, false));
        self.begin(false);
        let mut keys = Vec::new();
        let beside = Array::new();
        self.files.update(|filed| {
            for filed in filed.iter_mut() {
                if filed.state == State::Reading {
                    filed.state = State::TooMuch;
                } else if let Some(file) = files.get(&filed.key) {
                    *filed = Filed::new(filed.key, filed.name.clone());
                    keys.push(filed.key);
                    beside.push(file);
                }
            }
        });
        self.client.update_value(|client| client.iter_mut().for_each(|client| client.files = files.clone()));
        self.progress.set(None);
        if self.keeps.get_untracked() == Some(true) {
            self.ask(Ask::Keep(true));
        }
        self.add(keys, &beside);
        self.look();
    }

    /// Asks the worker for something.
    pub fn ask(self, ask: Ask) {
        self.ask_with(ask, JsValue::UNDEFINED);
    }

    fn ask_with(self, ask: Ask, beside: JsValue) {
        self.client.update_value(|client| client.iter_mut().for_each(|client| client.ask(ask.clone(), beside.clone())));
    }

    /// Whether there is nothing of a survey, on this device and in files.
    pub(super) fn is_empty(self, survey: &str) -> bool {
        let is_of = |filed: &Filed| filed.survey == survey && filed.state == State::Done;
        let has_files = self.files.with_untracked(|files| files.iter().any(is_of));
        let on_device =
            self.device.with_untracked(|device| device.as_ref().map_or((0, 0), |device| device.count(survey, "")));
        !has_files && on_device == (0, 0)
    }

    /// Asks for the figures as they are to be seen now; at most one answer is awaited at a time.
    pub(super) fn look(self) {
        let is_asked = self.asked.try_update_value(|(is_asked, is_wanted)| {
            *is_wanted = *is_asked;
            std::mem::replace(is_asked, true)
        });
        if is_asked == Some(false) {
            let survey = self.wanted.get_untracked();
            self.ask(Ask::Look(untrack(|| self.view.look(survey))));
        }
    }

    /// Shows another survey.
    pub fn choose(self, survey: String) {
        self.switched.set(None);
        self.is_chosen.set_value(true);
        self.wanted.set(survey);
    }

    /// The definitions. Tracks.
    pub fn library(self) -> Arc<Library> {
        self.library.get()
    }

    /// Puts a definition among those that are used here; files of its survey are read anew.
    pub fn put(self, definition: Definition) {
        if let Ok(json) = definition.to_json() {
            self.ask(Ask::Put(json));
        }
        self.library.update(|library| Arc::make_mut(library).put(definition));
    }

    /// Takes a definition away that is used here no longer. The last one stays.
    pub fn remove_definition(self, id: &str) {
        self.library.update(|library| Arc::make_mut(library).remove(id));
        self.ask(Ask::Forget(id.to_owned()));
    }

    /// Says what to do with a definition file that is dropped anywhere on the page.
    pub fn take_definitions(self, take: impl Fn(File) + Send + Sync + 'static) {
        self.definition_files.set_value(Some(Callback::new(take)));
    }

    /// Imports files the official chose or dropped.
    pub fn import(self, chosen: FileList) {
        let chosen: Vec<File> = (0..chosen.length()).filter_map(|at| chosen.get(at)).collect();
        let (definitions, chosen): (Vec<_>, Vec<_>) = chosen.into_iter().partition(|file| is_definition(&file.name()));
        if let (Some(file), Some(take)) = (definitions.into_iter().next(), self.definition_files.get_value()) {
            take.run(file);
        }
        if !chosen.is_empty() {
            self.switched.set(None);
            // What could not be read was said, and is said no more.
            let is_failed = |filed: &Filed| {
                !matches!(filed.state, State::Done | State::Reading | State::Waiting | State::Unclear(_))
            };
            let failed = self
                .files
                .with_untracked(|files| files.iter().filter(|filed| is_failed(filed)).map(|filed| filed.key).collect());
            self.take_away(failed);
            self.import_files(chosen);
        }
    }

    /// Somebody is about to choose files.
    pub fn prepare(self) {
        self.ask(Ask::Prepare);
    }

    fn import_files(self, chosen: Vec<File>) {
        self.undo.set(None);
        let beside = Array::new();
        let mut keys = Vec::new();
        for file in chosen {
            let key = self.client.with_value(|client| client.as_ref().map_or(1, Client::next_key));
            self.files.update(|files| files.push(Filed::new(key, file.name())));
            beside.push(&file);
            self.hold(key, file);
            keys.push(key);
        }
        self.imported.update_value(|imported| imported.extend(&keys));
        self.add(keys, &beside);
    }

    fn add(self, keys: Vec<u32>, files: &Array) {
        if !keys.is_empty() {
            let is_chosen = self.is_chosen.get_value() || self.results.with_untracked(|results| results.responses > 0);
            let shown = is_chosen.then(|| self.wanted.get_untracked());
            self.ask_with(Ask::Add { keys, shown, language: self.language.get_untracked() }, files.into());
        }
    }

    pub(super) fn hold(self, key: u32, file: File) {
        self.client.update_value(|client| {
            client.iter_mut().for_each(|client| drop(client.files.insert(key, file.clone())));
        });
    }

    /// Takes a file away.
    pub fn remove(self, key: u32) {
        let name = self
            .files
            .with_untracked(|files| files.iter().find(|filed| filed.key == key).map(|filed| filed.name.clone()));
        self.take_away(vec![key]);
        self.undo.set(name.map(|name| Undo::Removed(key, name)));
        request_animation_frame(|| browser::focus("#undo"));
    }

    fn take_away(self, keys: Vec<u32>) {
        if !keys.is_empty() {
            self.files.update(|files| files.retain(|filed| !keys.contains(&filed.key)));
            self.ask(Ask::Remove(keys));
        }
    }

    /// Undoes what was done last.
    pub fn undo(self) {
        match self.undo.get_untracked() {
            Some(Undo::Imported(keys)) => self.take_away(keys),
            Some(Undo::Removed(key, _)) => {
                let file =
                    self.client.with_value(|client| client.as_ref().and_then(|client| client.files.get(&key).cloned()));
                self.import_files(file.into_iter().collect());
            }
            None => {}
        }
        self.undo.set(None);
        browser::focus(".drop input");
    }

    /// Takes all files away, from this device too.
    pub fn wipe(self) {
        let keys = self.files.with_untracked(|files| files.iter().map(|filed| filed.key).collect());
        self.undo.set(None);
        self.take_away(keys);
        browser::focus(".drop input");
    }

    /// Keeps files on this device from now on, or no longer.
    pub fn keep(self, keeps: bool) {
        let is_kept = if keeps { settings::keep(settings::KEEPS_FILES, "true") } else { true };
        if !keeps {
            settings::forget(settings::KEEPS_FILES);
        }
        self.keeps.set(is_kept.then_some(keeps));
        self.ask(Ask::Keep(keeps && is_kept));
    }

    /// Reads a file as a person says, and files of the same shape from now on.
    pub fn read_as(self, key: u32, mapping: Mapping) {
        settings::remember_mapping(&mapping.clone().without_samples());
        self.imported.update_value(|imported| imported.push(key));
        self.ask(Ask::Map { key, mapping: Box::new(mapping) });
        self.close_columns();
    }

    /// Leaves the columns as they are.
    pub fn close_columns(self) {
        self.columns.set(None);
        request_animation_frame(browser::show_heading);
    }

    /// Hands out a file that the worker writes.
    pub fn export(self, what: Export, reader: Reader) {
        self.ask(Ask::Export { what, reader });
    }
}

/// Some editors add `.txt` to the name they are given.
fn is_definition(name: &str) -> bool {
    let name = name.to_lowercase();
    name.ends_with(".toml") || name.ends_with(".toml.txt")
}

pub(super) async fn bytes_of(file: &File) -> Option<Vec<u8>> {
    let buffer = JsFuture::from(file.array_buffer()).await.ok()?;
    Some(js_sys::Uint8Array::new(&buffer).to_vec())
}
