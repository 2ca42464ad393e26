//! The respondent's page: the list of surveys, or one interview.

mod ending;
mod inputs;
pub(super) mod notice;
pub(super) mod question;
mod review;
pub(super) mod session;

use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::Node;

use super::browser::{self, LoadError};
use super::element::{Element, button, el, heading};
use super::header::header;
use super::icon::{icon, path};
use super::{languages, settings, store, updates};
use crate::interview::{Interview, Screen};
use crate::json::FromJson;
use crate::link::{Route, SurveyLink};
use crate::response::Attributes;
use crate::survey::unit::{Unit, shard};
use crate::survey::{Attribute, Survey, SurveyEntry};
use crate::words::fill;
use crate::words::respondent::Word;
use session::{Arrival, OwnDevice, Session};

/// So many responses can be one person's.
const MOST_KEPT: usize = 5;

/// What the page shows.
enum Page {
    Loading,
    Surveys(Vec<SurveyEntry>),
    Interview(Session),
    /// Storage is blocked: nothing can be kept, so nothing is asked.
    Blocked,
    UnknownSurvey(String),
    Unreachable,
}

/// Draws the page in the place of `#app`, which has the first screen already.
pub fn start() {
    browser::mount_aside(app);
}

fn app(root: Node) -> impl IntoView {
    let language = RwSignal::new("vi".to_owned());
    let page = RwSignal::new_local(Page::Loading);
    let open = move || {
        let route = Route::parse(&browser::hash());
        let root = root.clone();
        spawn_local(async move {
            let opened = open_route(route.clone(), language).await;
            // Another link may have been followed while this one was loading.
            if Route::parse(&browser::hash()) == route && !matches!(opened, Page::Loading) {
                let done = browser::appear(&root);
                if let (Page::Interview(session), Some(done)) = (&opened, done) {
                    session.take_up(&done);
                }
                page.set(opened);
                // A trial runs in a frame, beside the text that is being written.
                if route != Route::Trial {
                    request_animation_frame(browser::show_heading);
                }
            }
            updates::register("sw.js");
        });
    };
    open();
    window_event_listener_untyped("hashchange", move |_| open());
    move || {
        page.with(|page| match page {
            Page::Loading => ().into_any(),
            Page::Surveys(surveys) => list(language, surveys.clone()),
            Page::Interview(session) => interview(*session),
            Page::Blocked => {
                trouble(language, Word::BlockedTitle, say(language, Word::BlockedText), Some(Word::Reload))
            }
            Page::UnknownSurvey(id) => {
                let id = id.clone();
                let text = move || fill(Word::UnknownSurveyText.say(&language.read()), &[&id]);
                trouble(language, Word::UnknownSurveyTitle, text, None)
            }
            Page::Unreachable => {
                trouble(language, Word::UnreachableTitle, say(language, Word::UnreachableText), Some(Word::Reload))
            }
        })
    }
}

async fn open_route(route: Route, language: RwSignal<String>) -> Page {
    let spoken = settings::language().unwrap_or_else(|| "vi".to_owned());
    languages::learn("", &spoken, Word::FINGERPRINT, "").await;
    language.set(spoken);
    match route {
        Route::Home => {
            let index = browser::load("surveys/index.json").await.ok();
            match index.as_ref().and_then(FromJson::from_json) {
                Some(surveys) => Page::Surveys(settings::with_own(surveys)),
                None => Page::Unreachable,
            }
        }
        Route::Trial => match settings::survey(settings::TRIAL) {
            Some(survey) => {
                let spoken = survey.fallback().to_owned();
                let interview = Interview::new(Rc::new(survey), Attributes::default(), spoken);
                let arrival = Arrival {
                    unit: None,
                    ignored: Vec::new(),
                    keeper: Rc::new(session::Trial),
                    beside: None,
                    was_resumed: false,
                    was_over: false,
                    kept: Vec::new(),
                    is_trial: true,
                };
                language.set(interview.language().to_owned());
                Page::Interview(Session::new(interview, arrival, language))
            }
            None => Page::UnknownSurvey("try".to_owned()),
        },
        Route::Unknown(path) => Page::UnknownSurvey(path.chars().take(40).collect()),
        Route::Survey(link) => open_survey(link, language).await,
    }
}

async fn open_survey(mut link: SurveyLink, language: RwSignal<String>) -> Page {
    // A device at a counter has a page of its own, which takes such links as settings.
    if link.attributes.is_kiosk() {
        let query = browser::hash().split_once('?').map_or(String::new(), |(_, query)| format!("&{query}"));
        browser::replace(&format!("kiosk/#/setup?survey={}{query}", link.survey));
        return Page::Loading;
    }
    if store::probe().await.is_err() {
        return Page::Blocked;
    }
    let wanted = link.language.clone().or_else(settings::language).unwrap_or_else(|| "vi".to_owned());
    let survey: Survey = match settings::own_survey(&link.survey) {
        Some(survey) => survey,
        None => match load(&link.survey, &wanted).await {
            Ok(survey) => survey,
            Err(LoadError::Missing | LoadError::Malformed) => return Page::UnknownSurvey(link.survey),
            Err(LoadError::Failed) => return Page::Unreachable,
        },
    };
    let unit = match link.attributes.unit.as_deref() {
        Some(code) => find_unit("", code).await,
        None => None,
    };
    // A field or counter that the survey does not have is asked for, as if the link had none.
    for (name, attribute) in [("field", Attribute::Field), ("counter", Attribute::Counter)] {
        let Some(asked) = survey.asking_for(attribute) else { continue };
        let unknown = link.attributes.get(attribute).filter(|set| asked.options().iter().all(|o| o.id != *set));
        if let Some(value) = unknown.map(str::to_owned) {
            link.attributes.set(attribute, None);
            link.ignored.push((name.to_owned(), value));
        }
    }
    let spoken = if survey.languages.contains(&wanted) { wanted } else { survey.fallback().to_owned() };
    for code in survey.languages.iter().filter(|code| **code == spoken || *code != "en") {
        languages::learn("", code, Word::FINGERPRINT, "").await;
    }
    let survey = Rc::new(survey);
    let was_over = settings::forget_old_drafts(&survey.id, &link.attributes);
    let resumed = match settings::draft(&survey.id, &link.attributes) {
        // The response of this draft was written, and the page died before it could say so.
        Some(draft) if store::has(&draft.id).await == Ok(true) => {
            settings::forget_draft(&draft);
            None
        }
        Some(mut draft) => {
            // Its texts are those that have just been loaded.
            draft.language.clone_from(&spoken);
            Interview::resume(survey.clone(), &link.attributes, draft)
        }
        None => None,
    };
    let was_resumed = resumed.is_some();
    // A counter's, and more than a few, are not one person's: whoever comes next deletes nothing of others.
    let kept = store::ids().await.unwrap_or_default();
    let is_shared = kept.len() > MOST_KEPT || settings::text(settings::KIOSK).is_some();
    let kept = if is_shared { Vec::new() } else { kept };
    let keeper = Rc::new(OwnDevice(notice::hours(&survey)));
    let interview = resumed.unwrap_or_else(|| Interview::new(survey, link.attributes.clone(), spoken));
    language.set(interview.language().to_owned());
    let ignored = link.ignored;
    let arrival = Arrival { unit, ignored, keeper, beside: None, was_resumed, was_over, kept, is_trial: false };
    Page::Interview(Session::new(interview, arrival, language))
}

/// The survey with its texts in one language; where the site does not have it so, with all it has.
async fn load(id: &str, language: &str) -> Result<Survey, LoadError> {
    for file in [format!("surveys/{id}.{language}.json"), format!("surveys/{id}.json")] {
        match browser::load(&file).await {
            Ok(json) => return Survey::from_json(&json).ok_or(LoadError::Malformed),
            Err(LoadError::Missing) => {}
            Err(error) => return Err(error),
        }
    }
    Err(LoadError::Missing)
}

/// The unit with this code: `Some(None)` where the list does not have it,
/// `None` where the list could not be asked.
pub(super) async fn find_unit(site: &str, code: &str) -> Option<Option<Unit>> {
    match browser::load(&format!("{site}surveys/units/{}.json", shard(code))).await {
        Ok(units) => units.read(code),
        Err(LoadError::Missing) => Some(None),
        Err(LoadError::Malformed | LoadError::Failed) => None,
    }
}

/// An interface text that follows the language.
fn say(language: RwSignal<String>, word: Word) -> impl Fn() -> String + Clone + Send + Sync + 'static {
    move || word.say(&language.read()).to_owned()
}

fn list(language: RwSignal<String>, surveys: Vec<SurveyEntry>) -> AnyView {
    let is_empty = surveys.is_empty();
    let card = |survey: SurveyEntry| {
        let link = SurveyLink { survey: survey.id.clone(), ..SurveyLink::default() };
        let fallback = survey.languages.first().cloned().unwrap_or_default();
        let title = move || survey.title.get(&language.read(), &fallback).to_owned();
        let link = el("a").attr("href", &Route::Survey(link).print()).child(el("b").text_with(title));
        el("li").child(link)
    };
    let cards: Vec<Element> = surveys.into_iter().map(card).collect();
    let hint = if is_empty { Word::NoSurveys } else { Word::ChooseSurveyHint };
    let way = |page: &str, word: Word| el("a").attr("href", page).text_with(say(language, word));
    let ways = el("p").class("foot").child(way("office/", Word::ForOfficials));
    let ways = ways.child(" · ").child(way("kiosk/", Word::ForCounters));
    let page = el("main")
        .child(heading("").text_with(say(language, Word::ChooseSurvey)))
        .child(el("p").text_with(say(language, hint)))
        .child(el("ul").class("cards").child(cards))
        .child(ways);
    header_and(language, page).into_any()
}

/// A page of its own language choice: what is chosen is remembered.
fn header_and(language: RwSignal<String>, page: Element) -> Vec<Element> {
    let switch = move |code: &str| {
        let code = code.to_owned();
        spawn_local(async move {
            settings::set_language(&code);
            languages::learn("", &code, Word::FINGERPRINT, "").await;
            language.set(code);
        });
    };
    vec![header(language, Vec::new(), say(language, Word::AppTitle), switch), page]
}

/// A page that says what is wrong and what to do. `retry`: a button that loads
/// the page again; otherwise a link to the list of surveys.
fn trouble(
    language: RwSignal<String>,
    title: Word,
    text: impl Fn() -> String + 'static,
    retry: Option<Word>,
) -> AnyView {
    let action = match retry {
        Some(word) => button("btn", "").on("click", |_| browser::reload()).text_with(say(language, word)),
        None => {
            let home = el("a").class("btn").attr("href", &Route::Home.print());
            home.text_with(say(language, Word::ShowSurveys))
        }
    };
    let page = el("main")
        .class("done oops")
        .child(icon(path::ERROR))
        .child(heading("").text_with(say(language, title)))
        .child(el("p").text_with(text))
        .child(action);
    header_and(language, page).into_any()
}

fn interview(session: Session) -> AnyView {
    let language = session.language;
    let survey = session.survey();
    let languages = survey.languages.clone();
    let title = {
        let survey = survey.title.clone();
        let fallback = languages.first().cloned().unwrap_or_default();
        move || survey.get(&language.read(), &fallback).to_owned()
    };
    let screen = move || {
        session.turn.track();
        language.track();
        session.interview.with_untracked(|interview| match interview.screen() {
            Screen::Notice => notice::notice(session),
            Screen::Question { section, question, columns } => {
                question::question(session, interview, section, question, &columns)
            }
            Screen::Review => review::review(session, interview),
            Screen::Storing => ending::storing(session),
            Screen::NotStored => ending::not_stored(session),
            Screen::Thanked => ending::thanks(session, interview),
        })
    };
    let switch = move |code: &str| spawn_local(session.switch(code.to_owned()));
    let mut top = vec![header(language, languages, title, switch)];
    if session.arrival().is_trial {
        top.push(el("p").class("trial").text_with(say(language, Word::Trial)));
    }
    (top, screen).into_any()
}
