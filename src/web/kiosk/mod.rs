//! The kiosk's page: a device at a counter, set up once and then used by one
//! stranger after another.

mod copies;
mod counter;
mod display;
mod form;
mod guards;
mod only;
mod pin_pad;
mod qr;
mod receipts;
mod renewal;
mod rest;
mod run;
mod set_up;
mod staff;
mod stages;
mod storage;
mod vault;
mod voice;

use leptos::prelude::*;
use serde::de::DeserializeOwned;
use wasm_bindgen_futures::spawn_local;

use super::browser::{self, LoadError};
use super::header::header;
use super::{settings, store, updates};
use crate::kiosk::Setup;
use crate::survey::Survey;
use crate::words::fill;
use crate::words::kiosk::Word;
use only::Holder;
use run::Device;
use vault::{Identity, Known};

/// What the page shows.
#[derive(Clone)]
enum Page {
    Loading,
    /// The form for settings, with what was found of the device, and what a link brought that was not understood.
    SetUp {
        identity: Option<Identity>,
        setup: Setup,
        ignored: Vec<(String, String)>,
        is_trusted: bool,
    },
    Running(Device),
    /// Another tab is the kiosk of this device.
    Elsewhere,
    /// Storage is blocked.
    Blocked,
    /// The survey cannot be loaded, for the reason given.
    NoSurvey(Identity, LoadError),
}

/// Draws the page into `#app`.
pub fn start() {
    crate::words::respondent::Word::bring_english();
    browser::mount(app);
}

fn app() -> impl IntoView {
    let language = RwSignal::new(settings::language().unwrap_or_else(|| "vi".to_owned()));
    let page = RwSignal::new_local(Page::Loading);
    spawn_local(async move {
        let opened = open(page, language).await;
        page.set(opened);
        updates::register("../sw.js");
        request_animation_frame(browser::show_heading);
    });
    move || match page.get() {
        Page::Loading => plain(language, view! { <main><p>{say(language, Word::Loading)}</p></main> }),
        Page::SetUp { identity, setup, ignored, is_trusted } => {
            set_up::screen(language, page, identity, setup, ignored, is_trusted)
        }
        Page::Running(device) => stages::screen(device),
        Page::Elsewhere => {
            trouble(language, Word::ElsewhereTitle, Word::ElsewhereText.say(&language.read()).to_owned(), ())
        }
        Page::Blocked => {
            trouble(language, Word::BlockedTitle, Word::BlockedText.say(&language.read()).to_owned(), reload(language))
        }
        Page::NoSurvey(identity, error) => {
            let word = if error == LoadError::Failed { Word::UnreachableText } else { Word::NoSurveyText };
            let text = fill(word.say(&language.read()), &[&identity.setup.survey]);
            let setup = identity.setup.clone();
            let change = move |_| {
                let (identity, setup) = (Some(identity.clone()), setup.clone());
                page.set(Page::SetUp { identity, setup, ignored: Vec::new(), is_trusted: false });
            };
            let actions = view! {
                {reload(language)}
                <button class="btn ghost" type="button" on:click=change>{say(language, Word::ChangeSettings)}</button>
            };
            trouble(language, Word::NoSurveyTitle, text, actions)
        }
    }
}

async fn open(page: RwSignal<Page, LocalStorage>, language: RwSignal<String>) -> Page {
    if store::probe().await.is_err() {
        return Page::Blocked;
    }
    let holder = only::hold().await;
    if holder == Holder::Other {
        // The other tab may be closed any time: this one takes its place then.
        page.set(Page::Elsewhere);
        only::wait().await;
    }
    let Ok(known) = vault::known().await else { return Page::Blocked };
    storage::note_session(known != Known::Nothing);
    let hash = browser::hash();
    let (path, query) = hash.trim_start_matches("#/").split_once('?').unwrap_or((hash.trim_start_matches("#/"), ""));
    let (from_link, ignored) = Setup::from_link(query);
    let (identity, has_lost) = match known {
        Known::Nothing => (None, false),
        Known::Device(identity) => (Some(identity), false),
        Known::Evicted(identity, has_lost) => (Some(identity), has_lost),
    };
    match (path, identity) {
        // A link that settings came with sets a new device up, and leaves one alone that is set up already.
        ("run", None) if !from_link.survey.is_empty() => {
            let is_sound = match survey(&from_link.survey).await {
                Ok(survey) => from_link.faults(&survey).is_empty() && ignored.is_empty(),
                Err(_) => true,
            };
            if !is_sound {
                return Page::SetUp { identity: None, setup: from_link, ignored, is_trusted: true };
            }
            let identity = Identity { device: vault::new_device(), setup: from_link };
            match vault::set_identity(&identity).await {
                Ok(()) => run(page, language, identity, holder, has_lost).await,
                Err(_) => Page::Blocked,
            }
        }
        ("setup", identity) => {
            // A link without a PIN leaves the one there is.
            let pin = identity.as_ref().and_then(|identity| identity.setup.pin.clone());
            let setup = Setup { pin: from_link.pin.clone().or(pin), ..from_link };
            Page::SetUp { identity, setup, ignored, is_trusted: false }
        }
        (_, Some(identity)) => run(page, language, identity, holder, has_lost).await,
        (_, None) => Page::SetUp { identity: None, setup: Setup::default(), ignored: Vec::new(), is_trusted: true },
    }
}

/// Loads the survey and begins.
async fn run(
    page: RwSignal<Page, LocalStorage>,
    language: RwSignal<String>,
    identity: Identity,
    holder: Holder,
    has_lost: bool,
) -> Page {
    match survey(&identity.setup.survey).await {
        Ok(survey) => Page::Running(Device::start(page, language, identity, survey, holder, has_lost).await),
        Err(error) => Page::NoSurvey(identity, error),
    }
}

/// The survey of this site or this device.
async fn survey(id: &str) -> Result<Survey, LoadError> {
    match settings::own_survey(id) {
        Some(survey) => Ok(survey),
        None => load(&format!("../surveys/{id}.json")).await,
    }
}

/// Loads a JSON file of the site.
async fn load<T: DeserializeOwned>(path: &str) -> Result<T, LoadError> {
    serde_json::from_str(&browser::load_text(path).await?).map_err(|_| LoadError::Malformed)
}

/// An interface text that follows the language.
fn say(language: RwSignal<String>, word: Word) -> impl Fn() -> &'static str + Clone + Send + Sync + 'static {
    move || word.say(&language.read())
}

fn reload(language: RwSignal<String>) -> AnyView {
    view! { <button class="btn" type="button" on:click=|_| browser::reload()>{say(language, Word::Reload)}</button> }
        .into_any()
}

/// A screen of the staff's, or before there is a survey.
fn plain(language: RwSignal<String>, body: impl IntoView + 'static) -> AnyView {
    let title = move || Word::Title.say(&language.read()).to_owned();
    view! { {header(language, Vec::new(), title, move |code| language.set(code.to_owned()))} {body} }.into_any()
}

/// A screen that says what is wrong and what to do.
fn trouble(language: RwSignal<String>, title: Word, text: String, actions: impl IntoView + 'static) -> AnyView {
    let body = view! {
        <main class="done oops">
            <h1 tabindex="-1">{say(language, title)}</h1>
            <p>{text}</p>
            {actions}
        </main>
    };
    plain(language, body)
}
