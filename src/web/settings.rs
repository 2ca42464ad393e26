//! What a device remembers besides responses: the language, and the draft of
//! an interview under way. One key a thing, in localStorage.

use gloo_storage::{LocalStorage, Storage};
use leptos::prelude::window;

use crate::interview::Draft;
use crate::response::Attributes;

const LANGUAGE: &str = "sipas.language";

/// Whether the browser lets the page keep anything. Asked before every use,
/// because the storage library panics where it is refused.
fn is_allowed() -> bool {
    matches!(window().local_storage(), Ok(Some(_)))
}

/// The language chosen last.
pub fn language() -> Option<String> {
    is_allowed().then(|| LocalStorage::get(LANGUAGE).ok()).flatten()
}

/// Remembers the language. Nothing depends on it, so a full storage is no error.
pub fn set_language(language: &str) {
    if is_allowed() {
        let _ = LocalStorage::set(LANGUAGE, language);
    }
}

/// One draft a link: what was begun at one counter is not lost by a look at another.
fn draft_key(survey: &str, from: &Attributes) -> String {
    let parts = [&from.unit, &from.field, &from.counter, &from.officer, &from.channel];
    let parts: Vec<&str> = parts.into_iter().map(|part| part.as_deref().unwrap_or("")).collect();
    format!("sipas.draft.{survey}/{}", parts.join("/"))
}

/// The draft of a survey that was opened by a link with these attributes.
pub fn draft(survey: &str, from: &Attributes) -> Option<Draft> {
    is_allowed().then(|| LocalStorage::get(draft_key(survey, from)).ok()).flatten()
}

/// Keeps the draft. It is a convenience: where it cannot be kept the interview
/// goes on, and only the response itself must be durable.
pub fn set_draft(draft: &Draft) {
    if is_allowed() {
        let _ = LocalStorage::set(draft_key(&draft.survey, &draft.attributes), draft);
    }
}

/// Forgets the draft.
pub fn forget_draft(draft: &Draft) {
    if is_allowed() {
        LocalStorage::delete(draft_key(&draft.survey, &draft.attributes));
    }
}
