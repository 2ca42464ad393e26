//! Definitions: which ones are used here, and one of them on the bench, being checked as it is
//! written and tried out beside.

use std::sync::Arc;

use gloo_storage::{LocalStorage, Storage};
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::super::{browser, settings};
use super::bench;
use super::desk::{Desk, bytes_of};
use super::drop_field::drop_field;
use crate::link::{Route, SurveyLink};
use crate::report::count_in;
use crate::survey::SurveyEntry;
use crate::survey::method::Definition;
use crate::survey::problem::{Problem, Severity};
use crate::survey::read::{decode, read_survey};
use crate::words::fill;
use crate::words::office::Word;

/// The text on the bench and what became of it.
#[derive(Clone, Copy)]
pub struct Workshop {
    pub desk: Desk,
    /// Name of the file; empty: nothing is on the bench.
    pub file: RwSignal<String>,
    /// Its text.
    pub source: RwSignal<String>,
    /// What the checker makes of the text.
    pub checked: Memo<Checked>,
    /// About the last thing that was done.
    pub remark: RwSignal<Option<Done>>,
    /// The surveys that are on this device.
    pub own: RwSignal<Vec<SurveyEntry>>,
    /// Rises with every text that is to be shown in the field.
    pub opened: RwSignal<u32>,
    /// The text was changed since it was opened or saved.
    is_unsaved: StoredValue<bool>,
    /// The file itself is no UTF-8: said until another file is opened.
    undecoded: RwSignal<Option<Problem>>,
}

/// What the checker makes of a text.
#[derive(Clone, PartialEq)]
pub struct Checked {
    pub problems: Arc<Vec<Problem>>,
    /// The definition, where nothing prevents its use.
    pub definition: Option<Arc<Definition>>,
}

/// What using a definition here would do to another one.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Caution {
    /// It has the id and the edition of one with other contents: their answers would be added up.
    SameEdition,
    /// It has the id of one of the site's, which it would stand in for on this device.
    InPlaceOfTheSites,
}

/// Something that was done, or could not be.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Done {
    Used,
    NoRoom,
    Unreadable,
}

impl Workshop {
    /// An empty bench.
    pub fn new(desk: Desk) -> Workshop {
        // What was being written is there again after a reload, a crash, a day.
        let (file, text) = settings::bench().unwrap_or_default();
        let is_unsaved = StoredValue::new(!text.is_empty());
        let source = RwSignal::new(text);
        let undecoded: RwSignal<Option<Problem>> = RwSignal::new(None);
        let checked = Memo::new(move |_| {
            let library = desk.library();
            let today = browser::now().date_naive();
            let reading = source.with(|source| read_survey(source, &library.targets, today));
            let problems = undecoded.get().map_or(reading.problems, |problem| vec![problem]);
            let is_usable = problems.iter().all(|problem| problem.severity() < Severity::Error);
            Checked { problems: Arc::new(problems), definition: is_usable.then(|| Arc::new(reading.value)) }
        });
        let workshop = Workshop {
            desk,
            file: RwSignal::new(file),
            source,
            checked,
            remark: RwSignal::new(None),
            own: RwSignal::new(settings::own_surveys()),
            opened: RwSignal::new(0),
            is_unsaved,
            undecoded,
        };
        desk.take_definitions(move |file| {
            browser::go("#/definitions");
            spawn_local(async move {
                match bytes_of(&file).await {
                    Some(bytes) => workshop.open(&file.name(), bytes),
                    None => workshop.remark.set(Some(Done::Unreadable)),
                }
            });
        });
        workshop
    }

    /// Puts a file on the bench. What was typed there and not saved is not thrown away unasked.
    fn open(self, name: &str, bytes: Vec<u8>) {
        let question =
            fill(Word::ReplaceUnsaved.say(&self.desk.language.read_untracked()), &[&self.file.read_untracked()]);
        if self.is_unsaved.get_value() && !window().confirm_with_message(&question).unwrap_or(true) {
            return;
        }
        self.is_unsaved.set_value(false);
        let name = name.strip_suffix(".txt").unwrap_or(name);
        let (text, problem) = decode(bytes);
        self.remark.set(None);
        self.undecoded.set(problem);
        self.file.set(name.to_owned());
        self.source.set(text);
        self.keep();
        self.opened.update(|opened| *opened += 1);
        request_animation_frame(|| browser::focus("#bench"));
    }

    /// Another text in the field.
    pub fn write(self, text: String) {
        self.undecoded.set(None);
        self.remark.set(None);
        self.is_unsaved.set_value(true);
        self.source.set(text);
        self.keep();
    }

    /// The text has been saved as a file.
    pub fn saved(self) {
        self.is_unsaved.set_value(false);
    }

    /// What using the definition here would do to another one, if anything.
    pub fn caution(self) -> Option<Caution> {
        let checked = self.checked.read();
        let definition = checked.definition.as_ref()?;
        let library = self.desk.library();
        let known = library.find(&definition.survey.id)?;
        let is_own = self.own.read().iter().any(|entry| entry.id == definition.survey.id);
        let answered = self.answered(&definition.survey.id, Some(&definition.survey.edition)) > 0;
        // As long as nobody has answered, one's own trial may change as it likes.
        let is_same_edition = known.survey.edition == definition.survey.edition && known.survey != definition.survey;
        if is_same_edition && (answered || !is_own) {
            Some(Caution::SameEdition)
        } else {
            (!is_own && known.survey != definition.survey).then_some(Caution::InPlaceOfTheSites)
        }
    }

    fn keep(self) {
        settings::set_bench(&self.file.read_untracked(), &self.source.read_untracked());
    }

    /// Takes the file off the bench.
    pub fn close(self) {
        self.remark.set(None);
        self.undecoded.set(None);
        self.file.set(String::new());
        self.source.set(String::new());
        settings::forget(settings::BENCH);
        request_animation_frame(browser::show_heading);
    }

    /// The definition on the bench is used on this device from now on.
    pub fn use_here(self) {
        let Some(definition) = self.checked.with_untracked(|checked| checked.definition.clone()) else { return };
        if untrack(|| self.caution()) == Some(Caution::SameEdition) {
            return;
        }
        let survey = &definition.survey;
        let keys = [settings::own_key(&survey.id), settings::own_text_key(&survey.id)];
        let before = keys.clone().map(|key| settings::text(&key));
        let mut own = settings::own_surveys();
        own.retain(|entry| entry.id != survey.id);
        own.push(SurveyEntry {
            id: survey.id.clone(),
            edition: survey.edition.clone(),
            languages: survey.languages.clone(),
            title: survey.title.clone(),
        });
        let kept = definition.to_json().is_ok_and(|json| {
            settings::keep(&settings::own_key(&survey.id), &json)
                && settings::keep(&settings::own_text_key(&survey.id), &self.source.read_untracked())
                && LocalStorage::set(settings::OWN, &own).is_ok()
        });
        if kept {
            self.own.set(own);
            self.desk.put(Definition::clone(&definition));
        } else {
            // All of it is kept or none.
            for (key, before) in keys.iter().zip(before) {
                match before {
                    Some(text) => drop(settings::keep(key, &text)),
                    None => settings::forget(key),
                }
            }
        }
        self.remark.set(Some(if kept { Done::Used } else { Done::NoRoom }));
    }

    /// Responses on this device to a survey, of one edition or of any.
    fn answered(self, survey: &str, edition: Option<&str>) -> u64 {
        self.desk.device.with_untracked(|device| {
            let counts = device.iter().map(|device| device.count(survey, edition.unwrap_or_default()));
            counts.map(|(own, other)| if edition.is_some() { own } else { own + other }).sum()
        })
    }

    /// A definition is no longer used on this device. The site's own, if there is one, takes its place.
    fn forget(self, id: String) {
        let language = self.desk.language.get_untracked();
        let answered = self.answered(&id, None);
        let question = fill(Word::ForgetAnswered.say(&language), &[&count_in(&language, answered)]);
        if answered > 0 && !window().confirm_with_message(&question).unwrap_or(true) {
            return;
        }
        let mut own = settings::own_surveys();
        own.retain(|entry| entry.id != id);
        settings::forget(&settings::own_key(&id));
        settings::forget(&settings::own_text_key(&id));
        if LocalStorage::set(settings::OWN, &own).is_ok() {
            self.own.set(own);
        }
        spawn_local(async move {
            match super::load_definition(&id).await {
                Ok(definition) => self.desk.put(definition),
                Err(browser::LoadError::Missing) => self.desk.remove_definition(&id),
                Err(_) => {}
            }
        });
    }

    /// Puts the text of a definition on the bench: the one used here, or a copy of the site's.
    fn open_known(self, id: String) {
        let name = format!("{id}.toml");
        if let Some(text) = settings::text(&settings::own_text_key(&id)) {
            return self.open(&name, text.into_bytes());
        }
        spawn_local(async move {
            match browser::load_text(&format!("../surveys/{name}")).await {
                Ok(text) => self.open(&name, text.into_bytes()),
                Err(_) => self.remark.set(Some(Done::Unreadable)),
            }
        });
    }
}

/// The side panel and the bench.
pub fn workshop(workshop: Workshop) -> AnyView {
    view! {
        <div class="desk">
            {side(workshop)}
            {bench::bench(workshop)}
        </div>
    }
    .into_any()
}

fn side(workshop: Workshop) -> AnyView {
    let desk = workshop.desk;
    let say = move |word: Word| move || word.say(&desk.language.read());
    view! {
        <aside class="side">
            <section class="panel" aria-labelledby="definitions">
                <h2 id="definitions">{say(Word::Definitions)}</h2>
                {drop_field(desk, ".toml,.txt", Word::OpenToml)}
                <ul class="sources">{move || list(workshop)}</ul>
                <p class="sub">{say(Word::DefinitionsKept)}</p>
            </section>
        </aside>
    }
    .into_any()
}

fn list(workshop: Workshop) -> AnyView {
    let language = workshop.desk.language.read();
    let say = |word: Word| word.say(&language);
    let own = workshop.own.get();
    let library = workshop.desk.library();
    // One's own come first.
    let is_own = |definition: &&Definition| own.iter().any(|entry| entry.id == definition.survey.id);
    let (first, then): (Vec<&Definition>, Vec<&Definition>) = library.definitions.iter().partition(is_own);
    let entries = first.into_iter().chain(then).map(|definition| {
        let survey = &definition.survey;
        let id = survey.id.clone();
        let is_own = own.iter().any(|entry| entry.id == id);
        let link = Route::Survey(SurveyLink { survey: id.clone(), ..SurveyLink::default() });
        let title = survey.title.get(&language, survey.fallback()).to_owned();
        let (edit, forget) = (id.clone(), id.clone());
        let edit_word = if is_own { Word::EditOwn } else { Word::OpenCopy };
        let action = is_own.then(|| {
            view! {
                <button class="link" type="button" on:click=move |_| workshop.forget(forget.clone())>
                    {say(Word::Forget)} <span class="vh">{title.clone()}</span>
                </button>
            }
        });
        let action = view! {
            <button class="link" type="button" on:click=move |_| workshop.open_known(edit.clone())>
                {say(edit_word)} <span class="vh">{title.clone()}</span>
            </button>
            {action}
        };
        view! {
            <li data-survey=id.clone()>
                <p class="name">{title.clone()}</p>
                <p class="sub">
                    <code>{id.clone()}</code> " · " {survey.edition.clone()} " · "
                    {say(if is_own { Word::OnThisDevice } else { Word::OfTheSite })}
                </p>
                <p class="links">
                    <a href=format!("../{}", link.print()) target="_blank" rel="noopener">
                        {say(Word::OpenForm)} <span class="vh">{title}</span>
                    </a>
                    {action}
                </p>
            </li>
        }
    });
    // One of another version of the kit cannot be read here, and can still be taken away.
    let unread = own.iter().filter(|entry| library.find(&entry.id).is_none()).map(|entry| {
        let id = entry.id.clone();
        view! {
            <li>
                <p class="name">{entry.title.get(&language, "vi").to_owned()}</p>
                <p class="sub">{say(Word::UnreadDefinition)}</p>
                <p class="links">
                    <button class="link" type="button" on:click=move |_| workshop.forget(id.clone())>
                        {say(Word::Forget)}
                    </button>
                </p>
            </li>
        }
    });
    let unread = unread.collect_view();
    view! { {unread} {entries.collect_view()} }.into_any()
}
