//! The office page: what was collected, where it stands, and files in and out.

mod about;
mod bench;
mod beside;
mod board;
mod breakdown;
mod check;
mod client;
mod columns;
mod comments;
mod controls;
mod data;
mod desk;
mod drop_field;
mod explain;
mod exports;
mod figures;
mod files;
mod filter;
mod groups;
mod hearing;
mod marks;
mod names;
mod notes;
mod paper;
mod practice;
mod pulls;
mod reporting;
mod sheets;
mod sure;
mod trend;
mod view;
mod worker;
mod workshop;

use leptos::prelude::*;
use serde::de::DeserializeOwned;
use wasm_bindgen_futures::spawn_local;

use super::browser::LoadError;
use super::header::header;
use super::icon::{icon, path};
use super::{browser, settings, updates};
use crate::survey::SurveyEntry;
use crate::survey::method::Definition;
use crate::survey::target::Target;
use crate::words;
use crate::words::office::Word;
use beside::Beside;
use desk::{Desk, Library};
use reporting::Reporting;
use sheets::Sheets;
use workshop::Workshop;

/// Draws the page into `#app`; where there is no page, this is its worker.
pub fn start() {
    crate::words::respondent::Word::bring_english();
    if worker::is_here() {
        worker::start();
    } else {
        browser::mount(app);
    }
}

/// What the page shows.
#[derive(Clone)]
enum Page {
    Loading,
    Unreachable,
    Ready(Box<Workshop>),
}

fn app() -> impl IntoView {
    let language = RwSignal::new(settings::language().unwrap_or_else(|| "vi".to_owned()));
    let page = RwSignal::new_local(Page::Loading);
    spawn_local(async move {
        let loaded = load_library().await;
        page.set(
            loaded.map_or(Page::Unreachable, |library| {
                Page::Ready(Box::new(Workshop::new(Desk::new(library, language))))
            }),
        );
        updates::register("../sw.js");
    });
    let tab = RwSignal::new(Tab::of_address());
    window_event_listener_untyped("hashchange", move |_| {
        tab.set(Tab::of_address());
        request_animation_frame(browser::show_heading);
    });
    let title = move || Word::AppTitle.say(&language.read()).to_owned();
    let say = move |word: Word| move || word.say(&language.read());
    let body = move || match page.get() {
        Page::Loading => view! { <main><p>{say(Word::Loading)}</p></main> }.into_any(),
        Page::Unreachable => view! {
            <main class="board">
                <div class="note bad" role="alert">{icon(path::ERROR)} <p>{say(Word::Unreachable)}</p></div>
            </main>
        }
        .into_any(),
        Page::Ready(bench) => {
            let (bench, desk) = (*bench, bench.desk);
            let (sheets, reporting, beside) = (Sheets::new(desk), Reporting::new(desk), Beside::new(desk));
            let is_naming = Memo::new(move |_| desk.columns.with(Option::is_some));
            let shown = Memo::new(move |_| tab.get());
            let body = move || match shown.get() {
                Tab::Definitions => workshop::workshop(bench),
                Tab::Beside => beside::screen(beside),
                Tab::Report => reporting::screen(reporting),
                Tab::Sheets => sheets::screen(sheets),
                Tab::Results => view! {
                    <div class="desk">
                        {data::side(desk)}
                        {move || if is_naming.get() { columns::columns(desk) } else { board::board(desk) }}
                    </div>
                }
                .into_any(),
            };
            let current = move |own: Tab| move || (tab.get() == own).then_some("page");
            view! {
                <nav class="tabs" aria-label=say(Word::Tabs)>
                    <a href="#/" aria-current=current(Tab::Results)>{say(Word::TabResults)}</a>
                    <a href="#/compare" aria-current=current(Tab::Beside)>{move || words::analysis::Word::Tab.say(&language.read())}</a>
                    <a href="#/report" aria-current=current(Tab::Report)>{move || words::report::Word::Tab.say(&language.read())}</a>
                    <a href="#/definitions" aria-current=current(Tab::Definitions)>{say(Word::TabDefinitions)}</a>
                    <a href="#/sheets" aria-current=current(Tab::Sheets)>{move || words::sheet::Word::Tab.say(&language.read())}</a>
                </nav>
                {body}
            }
            .into_any()
        }
    };
    view! { {header(language, Vec::new(), title, move |code| {
        settings::set_language(code);
        language.set(code.to_owned());
    })} {body} {about::about(language)} }
}

/// The parts of the page, by the address from `#` on.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tab {
    Results,
    Beside,
    Report,
    Definitions,
    Sheets,
}

impl Tab {
    fn of_address() -> Tab {
        match browser::hash().trim_start_matches(['#', '/']) {
            "definitions" => Tab::Definitions,
            "compare" => Tab::Beside,
            "report" => Tab::Report,
            "sheets" => Tab::Sheets,
            _ => Tab::Results,
        }
    }
}

async fn load_library() -> Option<Library> {
    let entries: Vec<SurveyEntry> = load("../surveys/index.json").await?;
    let targets: Vec<Target> = load("../surveys/targets.json").await?;
    // Without the list of units everything works but the repair of their codes.
    let units = load("../surveys/units.json").await.unwrap_or_default();
    let mut library = Library { definitions: Vec::new(), targets, units };
    for entry in entries {
        library.definitions.push(load_definition(&entry.id).await.ok()?);
    }
    for entry in settings::own_surveys() {
        let json = settings::text(&settings::own_key(&entry.id));
        if let Some(definition) = json.and_then(|json| Definition::from_json(&json).ok()) {
            library.put(definition);
        }
    }
    (!library.definitions.is_empty()).then_some(library)
}

/// Loads a JSON file of this site.
async fn load<T: DeserializeOwned>(path: &str) -> Option<T> {
    serde_json::from_str(&browser::load_text(path).await.ok()?).ok()
}

/// The site's definition of a survey.
///
/// # Errors
/// [`LoadError`].
async fn load_definition(id: &str) -> Result<Definition, LoadError> {
    let survey = browser::load_text(&format!("../surveys/{id}.json")).await?;
    let definition = match browser::load_text(&format!("../surveys/{id}.method.json")).await {
        Ok(method) => Definition::from_files(&survey, &method),
        // One file may hold both: that is what the workshop on this page saves.
        Err(LoadError::Missing) => Definition::from_json(&survey),
        Err(error) => return Err(error),
    };
    definition.map_err(|_| LoadError::Malformed)
}
