//! What a device remembers besides responses: the language, the draft of an interview under way,
//! and definitions that were put on this device. One key a thing, in localStorage.

use gloo_storage::{LocalStorage, Storage};
use leptos::prelude::window;

use super::browser;
use crate::exchange::import::Mapping;
use crate::interview::Draft;
use crate::json::{FromJson, Json, ToJson};
use crate::response::Attributes;
use crate::survey::{Survey, SurveyEntry};

const LANGUAGE: &str = "sipas.language";

/// Begins the key of every draft.
const DRAFT: &str = "sipas.draft.";

/// The surveys that were put on this device, as the site's index lists its own.
pub const OWN: &str = "sipas.own";

/// The definition that is being tried out.
pub const TRIAL: &str = "sipas.trial";

/// The definition that is being written: file name and text.
pub const BENCH: &str = "sipas.bench";

/// What a device at a counter is, and how many responses are at stake.
pub const KIOSK: &str = "sipas.kiosk";

/// Whether the office's files stay on this device.
pub const KEEPS_FILES: &str = "sipas.office.keeps";

/// How files of other programs were read, by the columns they have.
const MAPPINGS: &str = "sipas.office.mappings";

/// Mappings that are remembered; of more the oldest are forgotten.
const MOST_MAPPINGS: usize = 50;

/// The mappings of earlier files, the latest last.
pub fn mappings() -> Vec<Mapping> {
    text(MAPPINGS).and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
}

/// Remembers a mapping in the place of the one for the same columns.
pub fn remember_mapping(mapping: &Mapping) {
    let mut known = mappings();
    known.retain(|known| known.fingerprint != mapping.fingerprint);
    known.push(mapping.clone());
    known.drain(..known.len().saturating_sub(MOST_MAPPINGS));
    if let Ok(text) = serde_json::to_string(&known) {
        keep(MAPPINGS, &text);
    }
}

/// The key of a definition that was put on this device.
pub fn own_key(survey: &str) -> String {
    format!("{OWN}.{survey}")
}

/// The key of its text, as it was written.
pub fn own_text_key(survey: &str) -> String {
    format!("{OWN}-text.{survey}")
}

/// The surveys that were put on this device.
pub fn own_surveys() -> Vec<SurveyEntry> {
    read(OWN).unwrap_or_default()
}

/// The definition that stands in the place of the site's on this device.
pub fn own_survey(id: &str) -> Option<Survey> {
    let is_own = own_surveys().iter().any(|entry| entry.id == id);
    is_own.then(|| survey(&own_key(id))).flatten()
}

/// The surveys of the site, and those of this device in their place or beside them.
pub fn with_own(site: Vec<SurveyEntry>) -> Vec<SurveyEntry> {
    let mut surveys = own_surveys();
    for entry in site {
        if surveys.iter().all(|own| own.id != entry.id) {
            surveys.push(entry);
        }
    }
    surveys
}

/// A survey kept under this key.
pub fn survey(key: &str) -> Option<Survey> {
    read(key)
}

/// What a key holds.
fn read<T: FromJson>(key: &str) -> Option<T> {
    T::from_json(&Json::parse(&text(key)?)?)
}

/// Whether the browser lets the page keep anything. Asked before every use,
/// because the storage library panics where it is refused.
pub(super) fn is_allowed() -> bool {
    matches!(window().local_storage(), Ok(Some(_)))
}

/// The language chosen last.
pub fn language() -> Option<String> {
    read(LANGUAGE)
}

/// Remembers the language. Nothing depends on it, so a full storage is no error.
pub fn set_language(language: &str) {
    keep(LANGUAGE, &Json::text(language).print());
}

/// The definition that was being written when the page was left.
pub fn bench() -> Option<(String, String)> {
    is_allowed().then(|| LocalStorage::get(BENCH).ok()).flatten()
}

/// Keeps the definition that is being written. Where there is no room, saving the file is what is left.
pub fn set_bench(file: &str, text: &str) {
    if is_allowed() {
        let _ = LocalStorage::set(BENCH, (file, text));
    }
}

/// Keeps a text under a key. False where there is no room, or no storage.
pub fn keep(key: &str, text: &str) -> bool {
    is_allowed() && LocalStorage::raw().set_item(key, text).is_ok()
}

/// Forgets what a key holds.
pub fn forget(key: &str) {
    if is_allowed() {
        LocalStorage::delete(key);
    }
}

/// The text under a key.
pub fn text(key: &str) -> Option<String> {
    is_allowed().then(|| LocalStorage::raw().get_item(key).ok().flatten()).flatten()
}

/// One draft a link: what was begun at one counter is not lost by a look at another.
fn draft_key(survey: &str, from: &Attributes) -> String {
    let parts = [&from.unit, &from.field, &from.counter, &from.officer, &from.channel];
    let parts: Vec<&str> = parts.into_iter().map(|part| part.as_deref().unwrap_or("")).collect();
    format!("{DRAFT}{survey}/{}", parts.join("/"))
}

/// The draft of a survey that was opened by a link with these attributes.
pub fn draft(survey: &str, from: &Attributes) -> Option<Draft> {
    read(&draft_key(survey, from))
}

/// Keeps the draft for so many hours from now. It is a convenience: where it cannot be kept the interview
/// goes on, and only the response itself must be durable.
pub fn set_draft(draft: &Draft, hours: u32) {
    let mut json = draft.to_json();
    if let Json::Object(pairs) = &mut json {
        let until = browser::milliseconds() + i64::from(hours) * 3_600_000;
        pairs.push(("until_ms".to_owned(), Json::Number(until)));
    }
    keep(&draft_key(&draft.survey, &draft.attributes), &json.print());
}

/// Forgets every draft whose time is over. Whether that of this survey and link was among them.
pub fn forget_old_drafts(survey: &str, from: &Attributes) -> bool {
    let mut was_among = false;
    if !is_allowed() {
        return false;
    }
    let (storage, wanted) = (LocalStorage::raw(), draft_key(survey, from));
    // From the last one: what is taken away moves those behind it.
    for at in (0..storage.length().unwrap_or(0)).rev() {
        let Some(key) = storage.key(at).ok().flatten().filter(|key| key.starts_with(DRAFT)) else { continue };
        let until: Option<i64> = text(&key).and_then(|text| Json::parse(&text)).and_then(|json| json.read("until_ms"));
        if until.is_some_and(|until| until < browser::milliseconds()) {
            was_among |= key == wanted;
            forget(&key);
        }
    }
    was_among
}

/// Forgets the draft.
pub fn forget_draft(draft: &Draft) {
    forget(&draft_key(&draft.survey, &draft.attributes));
}
