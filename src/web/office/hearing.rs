//! What the desk makes of what its worker tells.

use js_sys::Array;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::Blob;

use super::super::{browser, settings};
use super::client::Client;
use super::data::file_name;
use super::desk::{Desk, Undo};
use super::practice;
use crate::office::message::{Ask, Filed, State, Tell};
use crate::office::{Grouped, Shown};

impl Desk {
    pub(super) fn hear(self, tell: Tell, beside: &JsValue) {
        match tell {
            Tell::Ready => self.client.update_value(|client| client.iter_mut().for_each(Client::ready)),
            Tell::Device(found) => {
                // Where nothing is shown yet, what was just answered is what one wants to see.
                let is_first =
                    !self.is_begun.try_update_value(|is_begun| std::mem::replace(is_begun, true)).unwrap_or(true);
                let choose = is_first || self.results.with_untracked(|results| results.responses == 0);
                let last = found.as_ref().and_then(|device| device.last.clone());
                if let Some(last) = last.filter(|_| choose && self.device.with_untracked(|known| *known != found)) {
                    self.wanted.set(last);
                }
                self.device.set(found);
            }
            Tell::File(filed) => self.filed(*filed),
            Tell::Kept(named) => {
                let files: Array = beside.clone().unchecked_into();
                for ((key, name), file) in named.into_iter().zip(files.iter()) {
                    self.hold(key, file.unchecked_into());
                    self.files.update(|files| files.push(Filed::new(key, name)));
                }
            }
            Tell::Progress(progress) => self.progress.set(Some(progress)),
            Tell::Idle => {
                self.progress.set(None);
                let state = |key: &u32| {
                    let files = self.files.read_untracked();
                    files.iter().find(|filed| filed.key == *key).map(|filed| filed.state.clone())
                };
                let all = self.imported.try_update_value(std::mem::take).unwrap_or_default();
                // What was chosen while the worker said so is still to be read.
                let is_due = |key: &u32| matches!(state(key), Some(State::Waiting | State::Reading));
                let (due, read): (Vec<u32>, Vec<u32>) = all.into_iter().partition(is_due);
                self.imported.set_value(due);
                let imported: Vec<u32> = read.into_iter().filter(|key| state(key) == Some(State::Done)).collect();
                if !imported.is_empty() {
                    self.undo.set(Some(Undo::Imported(imported)));
                }
            }
            Tell::Columns { key, mapping } => {
                self.columns.set(Some((key, *mapping)));
                request_animation_frame(browser::show_heading);
            }
            Tell::Shown(shown) => self.show(*shown),
            Tell::Grouped(grouped) => self.show_groups(*grouped),
            Tell::Practised(shown) => practice::draw(self, *shown),
            Tell::Values { survey, key, values } => {
                self.values.update(|known| drop(known.insert((survey, key), values)));
            }
            Tell::Comments(comments) => set_new(self.comments, Some(*comments)),
            Tell::Compared(results) => set_new(self.compared, results),
            Tell::Export(name) => {
                let survey = self.survey.get_untracked();
                let name = if name.contains('_') { name } else { file_name(&survey, &name) };
                browser::download_blob(&name, beside.unchecked_ref::<Blob>());
            }
            Tell::NotKept => {
                settings::forget(settings::KEEPS_FILES);
                self.keeps.set(None);
            }
        }
    }

    fn show(self, shown: Shown) {
        let Shown { survey, results, grouped, collected, unknown_units } = shown;
        // What was written by others is not to stand beside these figures.
        let is_other =
            self.results.with_untracked(|known| (known.responses, &known.only) != (results.responses, &results.only));
        let is_other_survey = self.survey.with_untracked(|known| *known != survey);
        if is_other_survey || is_other {
            set_new(self.comments, None);
        }
        if is_other_survey {
            set_new(self.groups, None);
        }
        set_new(self.survey, survey);
        set_new(self.collected, collected);
        set_new(self.results, results);
        set_new(self.unknown_units, unknown_units);
        grouped.into_iter().for_each(|grouped| self.show_groups(grouped));
    }

    fn show_groups(self, Grouped { groups, more }: Grouped) {
        set_new(self.more_groups, more);
        set_new(self.groups, groups);
        let is_wanted = self.asked.try_update_value(|asked| std::mem::take(asked).1).unwrap_or(false);
        if is_wanted {
            self.look();
        }
    }

    fn filed(self, filed: Filed) {
        let (key, state) = (filed.key, filed.state.clone());
        let survey = filed.survey.clone();
        let is_there = self.files.try_update(|files| match files.iter_mut().find(|known| known.key == key) {
            Some(known) => {
                *known = filed;
                true
            }
            None => false,
        });
        if is_there != Some(true) {
            return;
        }
        match state {
            State::Done if self.wanted.with_untracked(|wanted| *wanted != survey) => {
                // Of files that were kept, the first is what one wants to see where there is nothing else.
                let is_new = self.imported.with_value(|imported| imported.contains(&key));
                if is_new || self.is_empty(&self.wanted.read_untracked()) {
                    self.switched.set(is_new.then_some(key));
                    self.wanted.set(survey);
                }
            }
            // One at a time; the others have a button of their own.
            State::Unclear(true) if self.columns.with_untracked(Option::is_none) => {
                self.ask(Ask::Columns { key, survey: None });
            }
            _ => {}
        }
    }
}

/// Sets what has changed: what is the same is not drawn again.
fn set_new<T: PartialEq + Send + Sync + 'static>(signal: RwSignal<T>, value: T) {
    if signal.with_untracked(|known| *known != value) {
        signal.set(value);
    }
}
