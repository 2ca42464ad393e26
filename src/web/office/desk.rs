//! What lies on the desk: the responses of this device and of imported files.

use std::collections::BTreeSet;
use std::sync::Arc;

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::super::{browser, store};
use crate::exchange::responses::{FileKind, Import, Setting, kind_of, read_responses};
use crate::report::Results;
use crate::response::Response;
use crate::survey::Survey;
use crate::survey::method::Definition;
use crate::survey::target::Target;
use crate::survey::unit::Units;

/// The definitions.
pub struct Library {
    /// At least one.
    pub definitions: Vec<Definition>,
    /// Of all periods.
    pub targets: Vec<Target>,
    /// Of the whole country; empty where the list could not be loaded.
    pub units: Units,
}

impl Library {
    /// The survey with this index.
    pub fn survey(&self, at: usize) -> &Survey {
        &self.definitions[at].survey
    }

    /// The index of the survey with this id.
    pub fn position(&self, id: &str) -> Option<usize> {
        self.definitions.iter().position(|definition| definition.survey.id == id)
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
    /// Index of its survey.
    pub survey: usize,
    /// What became of it.
    pub import: Arc<Import>,
    bytes: Arc<Vec<u8>>,
}

/// Something to say about a file that was chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remark {
    /// It is of a survey that was not shown, and now is: file, survey's title comes later.
    OtherSurvey { file: String, survey: usize },
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
    /// Index of the survey that is shown.
    pub survey: RwSignal<usize>,
    /// What is on this device; `None`: storage is blocked.
    pub device: RwSignal<Option<Device>>,
    /// Imported files, of all surveys.
    pub files: RwSignal<Vec<ImportedFile>>,
    /// About the files chosen last.
    pub remarks: RwSignal<Vec<Remark>>,
    /// The figures of the survey that is shown.
    pub results: Memo<Results>,
    library: StoredValue<Arc<Library>>,
}

impl Desk {
    /// An empty desk, which begins to read what is on this device.
    pub fn new(library: Library, language: RwSignal<String>) -> Desk {
        let library = StoredValue::new(Arc::new(library));
        let survey = RwSignal::new(0);
        let device = RwSignal::new(Some(Device::default()));
        let files = RwSignal::new(Vec::new());
        let results = {
            let responses = move || collect(device, files, &library.get_value(), survey.get());
            Memo::new(move |_| {
                let library = library.get_value();
                let shown = &library.definitions[survey.get()];
                Results::of(shown, &library.targets, &responses(), browser::now().date_naive())
            })
        };
        let remarks = RwSignal::new(Vec::new());
        let desk = Desk { language, survey, device, files, remarks, results, library };
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

    /// The definitions.
    pub fn library(self) -> Arc<Library> {
        self.library.get_value()
    }

    /// The responses of the survey that is shown, each once. Tracks.
    pub fn responses(self) -> Vec<Response> {
        collect(self.device, self.files, &self.library(), self.survey.get())
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
            if choose && let Some(first) = found.as_ref().and_then(|device| device.responses.last()) {
                let at = self.library().position(&first.survey);
                self.survey.set(at.unwrap_or(0));
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
        let Some(survey) = self.library().position(&id) else {
            return Some(Remark::UnknownSurvey { file: name, survey: id });
        };
        self.files.update(|files| {
            let key = files.last().map_or(0, |last: &ImportedFile| last.key + 1);
            let import = Arc::new(Import::default());
            files.push(ImportedFile { key, name: name.clone(), survey, import, bytes: Arc::new(bytes) });
        });
        let is_other = self.survey.get_untracked() != survey;
        is_other.then(|| {
            self.survey.set(survey);
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
        let library = self.library();
        let now = browser::now();
        self.files.update(|files| {
            let device = self.device.with_untracked(Clone::clone).unwrap_or_default().responses;
            let of = |survey: &Survey| device.iter().filter(|response| is_of(response, survey)).cloned().collect();
            let mut known: Vec<Vec<Response>> =
                library.definitions.iter().map(|definition| of(&definition.survey)).collect();
            for file in files {
                let known = &mut known[file.survey];
                let setting = Setting { definition: &library.definitions[file.survey], units: &library.units, now };
                let import = read_responses(&file.bytes, &setting, &*known);
                known.extend(import.responses.iter().cloned());
                file.import = Arc::new(import);
            }
        });
    }
}

fn is_of(response: &Response, survey: &Survey) -> bool {
    response.survey == survey.id && response.edition == survey.edition
}

fn collect(
    device: RwSignal<Option<Device>>,
    files: RwSignal<Vec<ImportedFile>>,
    library: &Library,
    survey: usize,
) -> Vec<Response> {
    let device = device.read();
    let own =
        device.iter().flat_map(|device| &device.responses).filter(|response| is_of(response, library.survey(survey)));
    let files = files.read();
    let imported = files.iter().filter(|file| file.survey == survey).flat_map(|file| &file.import.responses);
    own.chain(imported).cloned().collect()
}

fn codes(responses: &[Response]) -> BTreeSet<String> {
    responses.iter().filter_map(|response| response.attributes.unit.clone()).collect()
}

async fn bytes_of(file: &web_sys::File) -> Option<Vec<u8>> {
    let buffer = JsFuture::from(file.array_buffer()).await.ok()?;
    Some(js_sys::Uint8Array::new(&buffer).to_vec())
}

/// Hands a text to the browser as a file to download.
pub fn download(name: &str, text: &str) {
    let parts = js_sys::Array::of1(&text.into());
    let options = web_sys::BlobPropertyBag::new();
    options.set_type("text/csv;charset=utf-8");
    let Ok(blob) = web_sys::Blob::new_with_str_sequence_and_options(&parts, &options) else { return };
    let Ok(url) = web_sys::Url::create_object_url_with_blob(&blob) else { return };
    let link: Option<web_sys::HtmlAnchorElement> =
        document().create_element("a").ok().and_then(|element| element.dyn_into().ok());
    if let Some(link) = link {
        link.set_href(&url);
        link.set_download(name);
        link.click();
    }
    // The download has its own hold on the data once the click was handled.
    set_timeout(move || drop(web_sys::Url::revoke_object_url(&url)), std::time::Duration::from_secs(60));
}
