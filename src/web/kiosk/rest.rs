//! The screen at rest: the main question itself where one touch answers it, and a way to begin where not.

use leptos::prelude::*;

use super::super::browser;
use super::super::icon::{face, icon, path};
use super::run::Device;
use super::{qr, voice};
use crate::kiosk::one_touch;
use crate::response::Answer;
use crate::survey::{Question, Survey, Text};
use crate::words::fill;
use crate::words::kiosk::{Word, weekday};

/// The screen at rest.
pub fn screen(device: Device) -> AnyView {
    let ground = device.ground();
    let survey = &ground.survey;
    let fallback = survey.fallback().to_owned();
    // Nothing of the last person is left, not even to a screen reader.
    browser::set_language(&fallback, survey.title.get(&fallback, &fallback));
    let body = match one_touch(survey, &ground.attributes) {
        Some(main) => faces(device, survey, main),
        None => beginning(device, survey),
    };
    let issuer = survey.issuer.get(&fallback, &fallback).to_owned();
    let place = match (&ground.unit, &ground.attributes.unit) {
        (Some(unit), _) => unit.full_name(),
        (None, Some(code)) => code.clone(),
        _ => String::new(),
    };
    let counter = ground.attributes.counter.as_ref().map(|counter| fill(Word::CounterIs.say(&fallback), &[counter]));
    let place: Vec<String> = [Some(place).filter(|place| !place.is_empty()), counter].into_iter().flatten().collect();
    let promise = both(survey, |language| Word::Promise.say(language).to_owned(), "hint");
    let languages = survey.languages.clone();
    let alarms = move || {
        let alarms = device.alarms.get();
        let is_alarming = alarms.is_full || alarms.has_failed || alarms.has_lost;
        is_alarming.then(|| {
            let lines = languages.iter().map(|language| {
                view! { <span class="line" lang=language.clone()>{Word::CallStaff.say(language)}</span> }.into_any()
            });
            view! { <div class="note warn" role="status">{icon(path::WARN)} <p class="lines">{lines.collect_view()}</p></div> }
        })
    };
    view! {
        <div class="rest" class:dim=move || device.is_dimmed.get() on:click=move |_| device.wake()>
            <header class="place">
                <p class="part">{issuer}</p>
                <p>{place.join(" · ")}</p>
            </header>
            <main class="tap">{body} {promise} {alarms} {closed(device)}</main>
            <footer class="low">
                <button class="staff" type="button" on:click=move |_| device.ask_for_pin()>
                    {icon(path::LOCK)} <span>{Word::Staff.say(&fallback)}</span>
                </button>
                {voice::rest_button(device)}
                {qr::phone(device)}
            </footer>
        </div>
    }
    .into_any()
}

/// The faces of the main question. A touch is the answer.
fn faces(device: Device, survey: &Survey, main: &Question) -> AnyView {
    let Some(scale) = main.columns().next().and_then(|column| survey.scale(column.scale()?)) else {
        return ().into_any();
    };
    let picked = RwSignal::new(None::<u8>);
    let faces = scale.levels.iter().map(|level| {
        let (code, column) = (level.code, main.id.clone());
        let touch = move |event: leptos::ev::MouseEvent| {
            // A dimmed screen is woken by the first touch, not answered by it; one touch answers, further ones do not.
            if picked.get_untracked().is_some() || !device.arrive() {
                return;
            }
            event.stop_propagation();
            picked.set(Some(code));
            let column = column.clone();
            // First the picture of it, then the work.
            request_animation_frame(move || {
                set_timeout(move || device.rate(column, Answer::Level(code)), std::time::Duration::ZERO);
            });
        };
        let is_other = move || picked.get().is_some_and(|picked| picked != code);
        view! {
            <li>
                <button
                    class="face-button"
                    class:picked=move || picked.get() == Some(code)
                    class:other=is_other
                    type="button"
                    on:click=touch
                >
                    {level.face.map(face)}
                    {both(survey, |language| level.text.get(language, survey.fallback()).to_owned(), "hint")}
                </button>
            </li>
        }
        .into_any()
    });
    view! {
        <div class="asked">{asked(survey, &main.text)}</div>
        <ul class="faces" class:taken=move || picked.read().is_some()>{faces.collect_view()}</ul>
    }
    .into_any()
}

/// What the survey is, and a button to begin in each language.
fn beginning(device: Device, survey: &Survey) -> AnyView {
    let buttons = survey.languages.iter().map(|language| {
        let (label, code) = (Word::TouchToBegin.say(language), language.clone());
        let open = move |event: leptos::ev::MouseEvent| {
            event.stop_propagation();
            device.open(&code);
        };
        view! { <button class="btn begin" lang=language.clone() type="button" on:click=open>{label}</button> }
            .into_any()
    });
    view! { <div class="asked">{asked(survey, &survey.title)}</div> <div class="begins">{buttons.collect_view()}</div> }
        .into_any()
}

/// A heading in the first language, and the others under it.
fn asked(survey: &Survey, text: &Text) -> AnyView {
    let fallback = survey.fallback();
    let others = survey.languages.iter().skip(1).filter(|language| text.0.contains_key(*language));
    let others = others.map(|language| {
        view! { <p class="other-language" lang=language.clone()>{text.get(language, fallback).to_owned()}</p> }
            .into_any()
    });
    view! { <h1 tabindex="-1">{text.get(fallback, fallback).to_owned()}</h1> {others.collect_view()} }.into_any()
}

/// A text in the first language, and smaller in the others.
fn both(survey: &Survey, text: impl Fn(&str) -> String, class: &'static str) -> AnyView {
    let mut lines = survey.languages.iter().map(|language| (language.clone(), text(language)));
    let first =
        lines.next().map(|(language, text)| view! { <span class="line" lang=language>{text}</span> }.into_any());
    let others = lines
        .map(|(language, text)| view! { <span class=format!("line {class}") lang=language>{text}</span> }.into_any());
    view! { <span class="lines">{first} {others.collect_view()}</span> }.into_any()
}

/// When the office opens next, on a dimmed screen.
fn closed(device: Device) -> AnyView {
    let languages = device.ground().survey.languages.clone();
    (move || {
        device.is_dimmed.get().then(|| {
            let opening = device.ground().identity.setup.hours.as_ref().and_then(|hours| hours.next(&browser::now()));
            let lines = languages.iter().enumerate().map(|(at, language)| {
                let text = match opening {
                    Some((day, minute)) => {
                        let at = format!("{:02}:{:02}", minute / 60, minute % 60);
                        fill(Word::ClosedUntil.say(language), &[&at, weekday(day, language)])
                    }
                    None => Word::Closed.say(language).to_owned(),
                };
                let lang = language.clone();
                match at {
                    0 => view! { <h1 lang=lang>{text}</h1> }.into_any(),
                    _ => view! { <p lang=lang>{text}</p> }.into_any(),
                }
            });
            view! { <div class="closed">{lines.collect_view()}</div> }
        })
    })
    .into_any()
}
