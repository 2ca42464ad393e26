//! The report: its texts are written here, and it is printed from here.

use leptos::ev;
use leptos::prelude::*;

use super::super::icon::{icon, path};
use super::super::{browser, settings};
use super::desk::Desk;
use super::filter::named_filters;
use super::paper;
use crate::document::report::{Facts, Report, compose, publish};
use crate::document::texts::{Field, Texts};
use crate::words::report::Word;

/// What is written; it stays while other parts of the page are shown, and in the browser.
#[derive(Clone, Copy)]
pub struct Reporting {
    desk: Desk,
    /// Of the survey and the language shown.
    texts: RwSignal<Texts>,
    is_public: RwSignal<bool>,
    /// The browser keeps what is written.
    is_kept: RwSignal<bool>,
}

impl Reporting {
    /// What was written before, of each survey and language when it is shown.
    pub fn new(desk: Desk) -> Reporting {
        let reporting = Reporting {
            desk,
            texts: RwSignal::default(),
            is_public: RwSignal::new(false),
            is_kept: RwSignal::new(true),
        };
        Effect::new(move || {
            let kept = settings::text(&key(&desk.survey.read(), &desk.language.read()));
            let kept = kept.and_then(|json| serde_json::from_str(&json).ok());
            reporting.texts.set(kept.unwrap_or_default());
        });
        reporting
    }

    fn say(self, word: Word) -> impl Fn() -> &'static str + Copy + Send + Sync + 'static {
        let language = self.desk.language;
        move || word.say(&language.read())
    }

    fn write(self, change: impl FnOnce(&mut Texts)) {
        self.texts.update(change);
        let key = key(&self.desk.survey.read_untracked(), &self.desk.language.read_untracked());
        let json = self.texts.with_untracked(|texts| serde_json::to_string(texts).unwrap_or_default());
        self.is_kept.set(settings::keep(&key, &json));
    }

    /// Runs with what the report is made from. Tracks.
    fn with_facts<T>(self, run: impl FnOnce(&Facts<'_>) -> T) -> T {
        let library = self.desk.library();
        let definition = library.shown(&self.desk.survey.read());
        let (texts, language) = (self.texts.read(), self.desk.language.read());
        let today = browser::now().date_naive();
        let results = self.desk.results.read();
        let scope = named_filters(self.desk, &results.survey, &results.only).join("; ");
        run(&Facts { results: &results, definition, texts: &texts, language: &language, today, scope: &scope })
    }

    fn made(self) -> Report {
        let make = if self.is_public.get() { publish } else { compose };
        self.with_facts(make)
    }
}

/// Where the texts of a report are kept.
fn key(survey: &str, language: &str) -> String {
    format!("sipas.report.{survey}.{language}")
}

/// The screen.
pub fn screen(reporting: Reporting) -> AnyView {
    let is_empty = Memo::new(move |_| reporting.desk.results.with(|results| results.responses == 0));
    let body = move || {
        if is_empty.get() {
            return view! { <section class="panel empty">{icon(path::NO_DATA)} <p>{reporting.say(Word::Empty)}</p></section> }
                .into_any();
        }
        view! {
            <div class="planning">
                {form(reporting)}
                <div class="preview">
                    <div class="acts across">
                        <h2 id="preview">{reporting.say(Word::Preview)}</h2>
                        <button class="btn" type="button" id="print" on:click=|_| browser::print()>{reporting.say(Word::Print)}</button>
                        <p class="sub">{reporting.say(Word::PrintHint)}</p>
                    </div>
                    <div class="desktop" tabindex="0" role="region" aria-label=reporting.say(Word::Preview)>
                        {move || paper::drawn(&reporting.made(), &reporting.desk.language.read())}
                    </div>
                </div>
            </div>
        }
        .into_any()
    };
    view! {
        <main class="board printing">
            <div class="title">
                <div>
                    <h1 tabindex="-1">{reporting.say(Word::Title)}</h1>
                    <p class="sub">{reporting.say(Word::Intro)}</p>
                </div>
            </div>
            {body}
        </main>
    }
    .into_any()
}

fn form(reporting: Reporting) -> AnyView {
    let choice = move |is_public: bool, word: Word| {
        let choose = move |_| reporting.is_public.set(is_public);
        view! {
            <label class="choice">
                <input type="radio" name="version" prop:checked=move || reporting.is_public.get() == is_public on:change=choose />
                {reporting.say(word)}
            </label>
        }
    };
    let fields = move || {
        // What is not in the public version is not asked for.
        let is_public = reporting.is_public.get();
        let shown = Field::ALL.into_iter().filter(|field| !is_public || field.is_in_head());
        shown.map(|field| text(reporting, field)).collect_view()
    };
    let reset = move |_| reporting.write(Texts::clear);
    let is_written = move || reporting.texts.with(|texts| !texts.is_empty());
    view! {
        <form class="panel plan" on:submit=|event: ev::SubmitEvent| event.prevent_default() novalidate>
            <fieldset class="field">
                <legend>{reporting.say(Word::Version)}</legend>
                {choice(false, Word::ForOffice)}
                {choice(true, Word::ForPublic)}
                <p class="hint">{reporting.say(Word::ForPublicHint)}</p>
            </fieldset>
            <h2>{reporting.say(Word::Texts)}</h2>
            {fields}
            {move || (!reporting.is_kept.get()).then(|| {
                view! { <p class="note bad" role="alert">{icon(path::ERROR)} <span>{reporting.say(Word::NotKept)}</span></p> }
            })}
            <button class="btn ghost" type="button" disabled=move || !is_written() on:click=reset>{reporting.say(Word::Reset)}</button>
        </form>
    }
    .into_any()
}

fn text(reporting: Reporting, field: Field) -> AnyView {
    let id = field.id();
    let value = move || reporting.with_facts(|facts| facts.written(field));
    let input = move |event: ev::Event| {
        let text = event_target_value(&event);
        reporting.write(|texts| {
            texts.insert(id.to_owned(), text);
        });
    };
    let control = match field.lines() {
        1 => view! { <input id=id type="text" autocomplete="off" prop:value=value on:input=input /> }.into_any(),
        lines => view! { <textarea id=id rows=lines prop:value=value on:input=input></textarea> }.into_any(),
    };
    view! { <div class="field"><label for=id>{reporting.say(field.word())}</label> {control}</div> }.into_any()
}
