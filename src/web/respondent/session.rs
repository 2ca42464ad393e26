//! One interview on the page: passes events in, performs effects, keeps the draft.

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::super::element::Element;
use super::super::store::{self, StoreError};
use super::super::{browser, languages, settings, speech};
use crate::exchange::Reader;
use crate::exchange::responses::write_responses;
use crate::interview::{Draft, Effect, Event, Interview, Place};
use crate::json::FromJson;
use crate::response::{Answer, Response, receipt};
use crate::survey::Survey;
use crate::survey::unit::Unit;
use crate::words::respondent::Word;

/// A tap this soon after a new screen was meant for the old one.
const DOUBLE_TAP_MILLISECONDS: f64 = 250.0;

/// How long a touched answer is seen before the next question comes.
const ACKNOWLEDGE_MILLISECONDS: u64 = 180;

/// What a write ends in: the id the response has, or why there is none.
pub type Written = Pin<Box<dyn Future<Output = Result<String, StoreError>>>>;

/// Keeps what is answered: on a person's own device, at a counter, or not at all.
pub trait Keeper {
    /// The answers so far, for the case that the page ends here.
    fn keep(&self, draft: &Draft);
    /// There is nothing to go on with any more.
    fn forget(&self, draft: &Draft);
    /// Writes a response durably.
    fn store(&self, response: Box<Response>) -> Written;
    /// The language chosen.
    fn speak(&self, language: &str);
}

/// A person's own device: a draft is found again for so many hours, the language is remembered.
pub struct OwnDevice(pub u32);

impl Keeper for OwnDevice {
    fn keep(&self, draft: &Draft) {
        settings::set_draft(draft, self.0);
    }

    fn forget(&self, draft: &Draft) {
        settings::forget_draft(draft);
    }

    fn store(&self, mut response: Box<Response>) -> Written {
        Box::pin(async move {
            let mut written = store::add(&response).await;
            // The same draft was finished in another tab, with other answers: this is a response of its own.
            if written == Err(StoreError::Taken) {
                response.id = browser::new_id();
                written = store::add(&response).await;
            }
            written.map(|()| response.id)
        })
    }

    fn speak(&self, language: &str) {
        settings::set_language(language);
    }
}

/// A definition is being tried out: nothing is kept.
pub struct Trial;

impl Keeper for Trial {
    fn keep(&self, _: &Draft) {}
    fn forget(&self, _: &Draft) {}
    fn store(&self, response: Box<Response>) -> Written {
        Box::pin(async move { Ok(response.id) })
    }
    fn speak(&self, _: &str) {}
}

/// How the respondent came here.
#[derive(Clone)]
pub struct Arrival {
    /// The unit of the link: `Some(None)` where the list does not have it.
    pub unit: Option<Option<Unit>>,
    /// Parts of the link that were left out.
    pub ignored: Vec<(String, String)>,
    /// Keeps what is answered.
    pub keeper: Rc<dyn Keeper>,
    /// What a page of its own adds beside the way on.
    pub beside: Option<fn(Session) -> Option<Element>>,
    /// A draft was found.
    pub was_resumed: bool,
    /// A draft was found, and its time was over.
    pub was_over: bool,
    /// Ids of the responses a person has on their own device.
    pub kept: Vec<String>,
    /// A definition is being tried out.
    pub is_trial: bool,
}

/// One interview on the page.
#[derive(Clone, Copy)]
pub struct Session {
    /// The interview; notifies on every answer.
    pub interview: RwSignal<Interview, LocalStorage>,
    /// Language on the screen.
    pub language: RwSignal<String>,
    /// Rises with every new screen.
    pub turn: RwSignal<u32>,
    /// Why the last write failed.
    pub store_error: RwSignal<StoreError>,
    /// Whether to say that a draft was found.
    pub was_resumed: RwSignal<bool>,
    /// What is on the screen is read aloud.
    pub is_aloud: RwSignal<bool>,
    /// What was handed in last, until the next one begins.
    pub handed_in: StoredValue<Option<Response>, LocalStorage>,
    arrival: StoredValue<Arrival, LocalStorage>,
    moved_at: StoredValue<f64>,
}

impl Session {
    /// An interview that begins, or goes on.
    pub fn new(interview: Interview, arrival: Arrival, language: RwSignal<String>) -> Session {
        Session {
            interview: RwSignal::new_local(interview),
            language,
            turn: RwSignal::new(0),
            store_error: RwSignal::new(StoreError::Failed),
            was_resumed: RwSignal::new(arrival.was_resumed),
            is_aloud: RwSignal::new(false),
            handed_in: StoredValue::new_local(None),
            arrival: StoredValue::new_local(arrival),
            moved_at: StoredValue::new(0.0),
        }
    }

    /// The survey.
    pub fn survey(self) -> Rc<Survey> {
        self.interview.with_untracked(|interview| interview.survey().clone())
    }

    /// How the respondent came here.
    pub fn arrival(self) -> Arrival {
        self.arrival.get_value()
    }

    /// The respondent begins.
    pub fn begin(self) {
        self.send(Event::Start { id: browser::new_id(), at: browser::now() });
    }

    /// Goes on from what was done before the program was there: `begun`, then the column answered, the option, and
    /// `touched` where a finger chose it.
    pub fn take_up(self, done: &str) {
        let mut done = done.split(' ').skip(1);
        self.begin();
        if let (Some(column), Some(option)) = (done.next(), done.next()) {
            self.answer(column, Some(Answer::option(option)));
            if done.next().is_some() {
                self.go_on_soon();
            }
        }
    }

    /// An answer is given, changed or taken back.
    pub fn answer(self, column: &str, answer: Option<Answer>) {
        self.send(Event::Answer { column: column.to_owned(), answer });
    }

    /// The respondent hands in.
    pub fn submit(self) {
        self.send(Event::Submit { at: browser::now() });
    }

    /// Another language, as soon as its texts are there; a survey that came whole has them.
    pub async fn switch(self, code: String) {
        let survey = self.survey();
        languages::learn("", &code, Word::FINGERPRINT, "").await;
        if !survey.title.0.contains_key(&code) {
            match browser::load(&format!("surveys/{}.{code}.json", survey.id))
                .await
                .map(|json| Survey::from_json(&json))
            {
                Ok(Some(survey)) => self.interview.update_untracked(|interview| interview.translate(Rc::new(survey))),
                _ => return browser::alert(Word::UnreachableText.say(&self.language.get_untracked())),
            }
        }
        self.speak(&code);
        self.language.set(code);
    }

    /// Another language.
    pub fn speak(self, code: &str) {
        self.arrival.with_value(|arrival| arrival.keeper.speak(code));
        self.send(Event::Speak { language: code.to_owned() });
    }

    /// A clean screen for a new response.
    pub fn restart(self) {
        self.forget_draft();
        self.interview.update(|interview| {
            let language = interview.language().to_owned();
            *interview = Interview::new(interview.survey().clone(), interview.draft().attributes.clone(), language);
        });
        self.was_resumed.set(false);
        self.handed_in.set_value(None);
        self.moved();
    }

    /// Reads something aloud, in the place of what is being read, where that is wanted.
    pub fn read(self, words: &str) {
        if self.is_aloud.get_untracked() {
            speech::silence();
            speech::speak(words, &self.language.get_untracked());
        }
    }

    /// Hands the response on as a file.
    pub fn share(self) {
        self.handed_in.with_value(|response| {
            if let Some(response) = response {
                let name = format!("{}-{}.csv", response.survey, receipt(&response.id));
                let file = write_responses(&self.survey(), [response], Reader::Excel);
                browser::share(&name, &file, "text/csv");
            }
        });
    }

    /// Takes what was handed in last away from this device, if the respondent is sure.
    pub fn delete(self) {
        if let Some(id) = self.handed_in.with_value(|response| response.as_ref().map(|response| response.id.clone())) {
            self.delete_one(id, |session| {
                session.handed_in.set_value(None);
                session.moved();
            });
        }
    }

    /// Takes a response away from this device, if the respondent is sure, and then does something.
    pub fn delete_one(self, id: String, then: fn(Session)) {
        let say = move |word: Word| word.say(&self.language.get_untracked());
        if browser::confirm(say(Word::DeleteSure)) {
            spawn_local(async move {
                match store::remove(&id).await {
                    Ok(()) => then(self),
                    Err(_) => browser::alert(say(Word::NotDeleted)),
                }
            });
        }
    }

    /// Whether a tap now was meant for the screen before.
    pub fn is_double_tap(self) -> bool {
        browser::uptime() - self.moved_at.get_value() < DOUBLE_TAP_MILLISECONDS
    }

    /// Goes on after a touched answer has been seen.
    pub fn go_on_soon(self) {
        let turn = self.turn.get_untracked();
        let go_on = move || {
            if self.turn.try_get_untracked() == Some(turn) {
                self.send(Event::Next);
            }
        };
        set_timeout(go_on, std::time::Duration::from_millis(ACKNOWLEDGE_MILLISECONDS));
    }

    /// Passes an event in and performs what comes out.
    pub fn send(self, event: Event) {
        let Some(effects) = self.interview.try_update(|interview| interview.update(event)) else { return };
        self.keep_draft();
        for effect in effects {
            match effect {
                Effect::Moved => {
                    self.was_resumed.set(false);
                    self.moved();
                }
                Effect::Refused => {
                    request_animation_frame(|| browser::focus("[aria-invalid=true], .bad input"));
                }
                Effect::ForgetDraft => self.forget_draft(),
                Effect::Store(response) => spawn_local(self.store(response)),
                Effect::HandIn => self.submit(),
            }
        }
    }

    async fn store(self, response: Box<Response>) {
        let mut handed_in = (*response).clone();
        let written = self.arrival.with_value(|arrival| arrival.keeper.store(response)).await;
        self.send(match written {
            Ok(id) => {
                handed_in.id.clone_from(&id);
                self.handed_in.set_value(Some(handed_in));
                Event::Stored { id }
            }
            Err(error) => {
                self.store_error.set(error);
                Event::NotStored
            }
        });
    }

    fn moved(self) {
        self.moved_at.set_value(browser::uptime());
        self.turn.update(|turn| *turn += 1);
        request_animation_frame(browser::show_heading);
    }

    fn keep_draft(self) {
        self.interview.with_untracked(|interview| {
            let draft = interview.draft();
            if !matches!(draft.place, Place::Notice | Place::Thanked) {
                self.arrival.with_value(|arrival| arrival.keeper.keep(draft));
            }
        });
    }

    fn forget_draft(self) {
        self.interview
            .with_untracked(|interview| self.arrival.with_value(|arrival| arrival.keeper.forget(interview.draft())));
    }
}
