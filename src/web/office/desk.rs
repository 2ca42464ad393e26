//! What lies on the desk: the responses of this device and of imported files.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::super::{browser, store};
use super::view::View;
use crate::dataset::Dataset;
use crate::exchange::responses::{FileKind, Import, Setting, kind_of, read_responses};
use crate::quality::{Rules, mark};
use crate::report::{self, Results};
use crate::response::Response;
use crate::survey::Survey;
use crate::survey::method::Definition;
use crate::survey::target::Target;
use crate::survey::unit::Units;

/// The definitions.
#[derive(Clone, Debug)]
pub struct Library {
    /// At least one.
    pub definitions: Vec<Definition>,
    /// Of all periods.
    pub targets: Vec<Target>,
    /// Of the whole country; empty where the list could not be loaded.
    pub units: Units,
}

impl Library {
    /// The definition of the survey with this id.
    pub fn find(&self, id: &str) -> Option<&Definition> {
        self.definitions.iter().find(|definition| definition.survey.id == id)
    }

    /// The title of the survey with this id.
    pub fn title(&self, id: &str, language: &str) -> String {
        let survey = &self.shown(id).survey;
        survey.title.get(language, survey.fallback()).to_owned()
    }

    /// The definition to show for this id: the first one, where it is not there.
    pub fn shown(&self, id: &str) -> &Definition {
        self.find(id).unwrap_or(&self.definitions[0])
    }

    /// Puts a definition in the place of the one with its id, or beside the others.
    pub fn put(&mut self, definition: Definition) {
        match self.definitions.iter_mut().find(|known| known.survey.id == definition.survey.id) {
            Some(known) => *known = definition,
            None => self.definitions.push(definition),
        }
    }
}

/// An imported file. Its bytes stay, so that taking away one file can give
/// back to another the responses that both hold.
#[derive(Clone)]
pub struct ImportedFile {
    /// Rises with every file.
    pub key: u32,
    /// Its name.
    pub name: String,
    /// Id of its survey.
    pub survey: String,
    /// What became of it.
    pub import: Arc<Import>,
    bytes: Arc<Vec<u8>>,
}

/// Something to say about a file that was chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remark {
    /// It is of a survey that was not shown, and now is: file, id.
    OtherSurvey { file: String, survey: String },
    /// It is of a survey that is not here.
    UnknownSurvey { file: String, survey: String },
    /// It is no response file.
    NotResponses { file: String },
    /// It is a table of results.
    Results { file: String },
    /// It is in UTF-16.
    Utf16 { file: String },
    /// The browser could not read it.
    Unreadable { file: String },
}

/// What is on this device.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Device {
    /// Responses to all surveys, of all editions.
    pub responses: Vec<Response>,
    /// Records that could not be read.
    pub unreadable: usize,
}

impl Device {
    /// Responses to this survey: of this edition, and how many of others.
    pub fn count(&self, survey: &Survey) -> (usize, usize) {
        let of_survey = self.responses.iter().filter(|response| response.survey == survey.id);
        let (own, other): (Vec<&Response>, Vec<&Response>) = of_survey.partition(|response| is_of(response, survey));
        (own.len(), other.len())
    }
}

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
    pub files: RwSignal<Vec<ImportedFile>>,
    /// About the files chosen last.
    pub remarks: RwSignal<Vec<Remark>>,
    /// How to look at the figures.
    pub view: View,
    /// How many responses are of a sample, and how many of people who chose to answer.
    pub collected: Memo<(u64, u64)>,
    /// The responses of the survey that is shown as columns, in the order of [`Desk::responses`].
    pub dataset: Memo<Arc<Dataset>>,
    /// The figures of the survey that is shown.
    pub results: Memo<Results>,
    /// The figures of the groups that are asked for.
    pub groups: Memo<Option<Results>>,
    library: RwSignal<Arc<Library>>,
    /// What to do with a definition file that was dropped anywhere.
    definition_files: StoredValue<Option<Callback<web_sys::File>>, LocalStorage>,
}

impl Desk {
    /// An empty desk, which begins to read what is on this device.
    pub fn new(library: Library, language: RwSignal<String>) -> Desk {
        let survey = RwSignal::new(library.definitions[0].survey.id.clone());
        let library = RwSignal::new(Arc::new(library));
        let device = RwSignal::new(Some(Device::default()));
        let files = RwSignal::new(Vec::new());
        let view = View::new();
        // Counted again under every view of it, and built once for each set of files.
        let dataset = Memo::new_with_compare(
            move |_| {
                let library = library.get();
                let definition = library.shown(&survey.read());
                let responses = collect(device, files, &library, &survey.read());
                let mut dataset = Dataset::of(&definition.survey, &responses);
                mark(&mut dataset, &Rules::default());
                Arc::new(dataset)
            },
            |_, _| true,
        );
        let collected = Memo::new(move |_| {
            let library = library.get();
            report::collected(&setting(&library, &survey.read()), &dataset.read(), &[])
        });
        let results = Memo::new(move |_| {
            let library = library.get();
            let setting = setting(&library, &survey.read());
            Results::of(&setting, &dataset.read(), &view.request(setting.definition, collected.get()))
        });
        let groups = Memo::new(move |_| {
            let library = library.get();
            let setting = setting(&library, &survey.read());
            let request = view.group_request(setting.definition, collected.get())?;
            Some(Results::of(&setting, &dataset.read(), &request))
        });
        let remarks = RwSignal::new(Vec::new());
        let desk = Desk {
            language,
            survey,
            device,
            files,
            remarks,
            view,
            dataset,
            collected,
            results,
            groups,
            library,
            definition_files: StoredValue::new_local(None),
        };
        desk.read_device(true);
        // Someone may answer on this device, in another tab, while the desk is open.
        window_event_listener(ev::focus, move |_| desk.read_device(false));
        // Imported files are gone with the page: the browser asks first.
        window_event_listener(ev::beforeunload, move |event| {
            if files.with_untracked(|files: &Vec<ImportedFile>| !files.is_empty()) {
                event.prevent_default();
            }
        });
        // A file dropped beside the panel would otherwise open in place of the page.
        window_event_listener(ev::dragover, |event| event.prevent_default());
        window_event_listener(ev::drop, move |event| {
            event.prevent_default();
            if let Some(files) = event.data_transfer().and_then(|data| data.files()) {
                desk.import(files);
            }
        });
        desk
    }

    /// The definitions. Tracks.
    pub fn library(self) -> Arc<Library> {
        self.library.get()
    }

    /// Puts a definition among those that are used here; files of its survey are read anew.
    pub fn put(self, definition: Definition) {
        self.library.update(|library| Arc::make_mut(library).put(definition));
        self.read_again();
    }

    /// Takes a definition away that is used here no longer. The last one stays.
    pub fn remove_definition(self, id: &str) {
        self.library.update(|library| {
            if library.definitions.len() > 1 {
                Arc::make_mut(library).definitions.retain(|definition| definition.survey.id != id);
            }
        });
    }

    /// Says what to do with a definition file that is dropped anywhere on the page.
    pub fn take_definitions(self, take: impl Fn(web_sys::File) + Send + Sync + 'static) {
        self.definition_files.set_value(Some(Callback::new(take)));
    }

    /// The responses of the survey that is shown, each once. Tracks.
    pub fn responses(self) -> Vec<Response> {
        collect(self.device, self.files, &self.library(), &self.survey.read())
    }

    /// Codes of the responses that are on no list of units. Tracks.
    pub fn unknown_units(self) -> Vec<String> {
        let library = self.library();
        let is_unknown = |code: &String| !library.units.is_empty() && !library.units.contains_key(code);
        codes(&self.responses()).into_iter().filter(is_unknown).collect()
    }

    /// Reads what is on this device. `choose`: show the survey it has responses of.
    fn read_device(self, choose: bool) {
        spawn_local(async move {
            let found = store::all().await.ok();
            let found = found.map(|(responses, unreadable)| Device { responses, unreadable });
            // Where nothing is shown yet, what was just answered is what one wants to see.
            let choose = choose || self.results.with_untracked(|results| results.responses == 0);
            if choose && let Some(first) = found.as_ref().and_then(|device| device.responses.last()) {
                self.survey.set(first.survey.clone());
            }
            if self.device.with_untracked(|known| *known != found) {
                self.device.set(found);
                self.read_again();
            }
        });
    }

    /// Imports files the official chose or dropped.
    pub fn import(self, chosen: web_sys::FileList) {
        let chosen: Vec<web_sys::File> = (0..chosen.length()).filter_map(|at| chosen.get(at)).collect();
        let (definitions, chosen): (Vec<_>, Vec<_>) = chosen.into_iter().partition(|file| is_definition(&file.name()));
        if let (Some(file), Some(take)) = (definitions.into_iter().next(), self.definition_files.get_value()) {
            take.run(file);
        }
        if chosen.is_empty() {
            return;
        }
        self.remarks.set(Vec::new());
        spawn_local(async move {
            for file in chosen {
                if let Some(remark) = self.import_one(file).await {
                    self.remarks.update(|remarks| remarks.push(remark));
                }
            }
            self.read_again();
        });
    }

    async fn import_one(self, file: web_sys::File) -> Option<Remark> {
        let name = file.name();
        let Some(bytes) = bytes_of(&file).await else { return Some(Remark::Unreadable { file: name }) };
        let id = match kind_of(&bytes) {
            FileKind::Responses(id) => id,
            FileKind::Results => return Some(Remark::Results { file: name }),
            FileKind::Utf16 => return Some(Remark::Utf16 { file: name }),
            FileKind::Other => return Some(Remark::NotResponses { file: name }),
        };
        let library = self.library.get_untracked();
        let Some(survey) = library.find(&id).map(|definition| definition.survey.id.clone()) else {
            return Some(Remark::UnknownSurvey { file: name, survey: id });
        };
        self.files.update(|files| {
            let key = files.last().map_or(0, |last: &ImportedFile| last.key + 1);
            let import = Arc::new(Import::default());
            let (name, survey) = (name.clone(), survey.clone());
            files.push(ImportedFile { key, name, survey, import, bytes: Arc::new(bytes) });
        });
        let is_other = library.shown(&self.survey.read_untracked()).survey.id != survey;
        is_other.then(|| {
            self.survey.set(survey.clone());
            Remark::OtherSurvey { file: name, survey }
        })
    }

    /// Takes a file away.
    pub fn remove(self, key: u32) {
        self.files.update(|files| files.retain(|file| file.key != key));
        self.read_again();
    }

    /// Reads every file anew, in order: a response counts where it comes first.
    fn read_again(self) {
        let library = self.library.get_untracked();
        let now = browser::now();
        self.files.update(|files| {
            let device = self.device.with_untracked(Clone::clone).unwrap_or_default().responses;
            let of = |survey: &Survey| device.iter().filter(|response| is_of(response, survey)).cloned().collect();
            let mut known: BTreeMap<String, Vec<Response>> = BTreeMap::new();
            for file in files {
                let Some(definition) = library.find(&file.survey) else { continue };
                let known = known.entry(file.survey.clone()).or_insert_with(|| of(&definition.survey));
                let setting = Setting { definition, units: &library.units, now };
                let import = read_responses(&file.bytes, &setting, &*known);
                known.extend(import.responses.iter().cloned());
                file.import = Arc::new(import);
            }
        });
    }
}

/// Some editors add `.txt` to the name they are given.
fn is_definition(name: &str) -> bool {
    let name = name.to_lowercase();
    name.ends_with(".toml") || name.ends_with(".toml.txt")
}

fn is_of(response: &Response, survey: &Survey) -> bool {
    response.survey == survey.id && response.edition == survey.edition
}

/// What the figures of a survey are made with.
fn setting<'l>(library: &'l Library, shown: &str) -> report::Setting<'l> {
    let (targets, units) = (&library.targets, &library.units);
    report::Setting { definition: library.shown(shown), targets, units, today: browser::now().date_naive() }
}

fn collect(
    device: RwSignal<Option<Device>>,
    files: RwSignal<Vec<ImportedFile>>,
    library: &Library,
    shown: &str,
) -> Vec<Response> {
    let shown = &library.shown(shown).survey;
    let device = device.read();
    let own = device.iter().flat_map(|device| &device.responses).filter(|response| is_of(response, shown));
    let files = files.read();
    let imported = files.iter().filter(|file| file.survey == shown.id).flat_map(|file| &file.import.responses);
    own.chain(imported).cloned().collect()
}

fn codes(responses: &[Response]) -> BTreeSet<String> {
    responses.iter().filter_map(|response| response.attributes.unit.clone()).collect()
}

pub(super) async fn bytes_of(file: &web_sys::File) -> Option<Vec<u8>> {
    let buffer = JsFuture::from(file.array_buffer()).await.ok()?;
    Some(js_sys::Uint8Array::new(&buffer).to_vec())
}
