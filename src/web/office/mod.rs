//! The office page: what was collected, where it stands, and files in and out.

mod board;
mod data;
mod desk;
mod figures;
mod notes;

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::header::header;
use super::icon::{icon, path};
use super::{browser, settings};
use crate::survey::SurveyEntry;
use crate::survey::method::Definition;
use crate::survey::target::Target;
use crate::words::office::Word;
use desk::{Desk, Library};

/// Draws the page into `#app`.
pub fn start() {
    console_error_panic_hook::set_once();
    let Some(root) = document().get_element_by_id("app") else { return };
    root.set_inner_html("");
    mount_to(wasm_bindgen::JsCast::unchecked_into(root), app).forget();
}

/// What the page shows.
#[derive(Clone, Copy)]
enum Page {
    Loading,
    Unreachable,
    Desk(Desk),
}

fn app() -> impl IntoView {
    let language = RwSignal::new(settings::language().unwrap_or_else(|| "vi".to_owned()));
    let page = RwSignal::new_local(Page::Loading);
    spawn_local(async move {
        let loaded = load_library().await;
        page.set(loaded.map_or(Page::Unreachable, |library| Page::Desk(Desk::new(library, language))));
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
        Page::Desk(desk) => view! {
            <div class="desk">
                {data::side(desk)}
                {board::board(desk)}
            </div>
        }
        .into_any(),
    };
    view! { {header(language, Vec::new(), title, settings::set_language)} {body} }
}

async fn load_library() -> Option<Library> {
    let entries: Vec<SurveyEntry> = browser::load("../surveys/index.json").await.ok()?;
    let targets: Vec<Target> = browser::load("../surveys/targets.json").await.ok()?;
    // Without the list of units everything works but the repair of their codes.
    let units = browser::load("../surveys/units.json").await.unwrap_or_default();
    let mut definitions = Vec::new();
    for entry in entries {
        let json = browser::load_text(&format!("../surveys/{}.json", entry.id)).await.ok()?;
        definitions.push(Definition::from_json(&json).ok()?);
    }
    (!definitions.is_empty()).then_some(Library { definitions, targets, units })
}
