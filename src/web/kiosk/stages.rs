//! What is on the screen while somebody answers, and after.

use std::time::Duration;

use leptos::prelude::*;

use super::super::browser;
use super::super::element::{Element, button, is_tap};
use super::super::header::header;
use super::super::icon::{icon, path};
use super::super::respondent::session::Session;
use super::super::respondent::{notice, question};
use super::run::{Device, Stage};
use super::{pin_pad, rest, staff, voice};
use crate::interview::{Interview, Screen};
use crate::words::fill;
use crate::words::kiosk::Word;
use crate::words::respondent::Word as Asked;

/// The device's screen.
pub fn screen(device: Device) -> AnyView {
    let body = move || match device.stage.get() {
        Stage::Rest => rest::screen(device),
        Stage::Asking(session) => asking(device, session),
        Stage::Thanks(code, is_rescued) => thanks(device, &code, is_rescued),
        Stage::Pin => pin_pad::screen(device),
        Stage::Staff => staff::screen(device),
    };
    view! { {body} {countdown(device)} }.into_any()
}

fn asking(device: Device, session: Session) -> AnyView {
    let languages = session.survey().languages.clone();
    let title = move || {
        let survey = device.ground().survey.clone();
        survey.title.get(&device.language.read(), survey.fallback()).to_owned()
    };
    let screen = move || {
        session.turn.track();
        device.language.track();
        session.interview.with_untracked(|interview| match interview.screen() {
            Screen::Notice => notice::notice(session),
            Screen::Question { section, question, columns } => {
                let voice = voice::button(device, question, &columns);
                view! { {question::question(session, interview, section, question, &columns)} {voice} }.into_any()
            }
            Screen::Review | Screen::Storing | Screen::Thanked => waiting(device),
            Screen::NotStored => not_stored(device, session),
        })
    };
    view! { {header(device.language, languages, title, move |code| {
        session.speak(code);
        device.language.set(code.to_owned());
    })} {screen} }
    .into_any()
}

fn waiting(device: Device) -> AnyView {
    let language = device.language.get_untracked();
    view! { <main class="done" aria-busy="true"><h1 tabindex="-1">{Asked::Storing.say(&language)}</h1></main> }
        .into_any()
}

/// Nothing could keep the response: the answers stay on the screen for staff to see to it.
fn not_stored(device: Device, session: Session) -> AnyView {
    let language = device.language.get_untracked();
    // There may be room again any moment: staff are exporting, another page has ended.
    set_timeout(move || session.submit(), Duration::from_secs(10));
    view! {
        <main class="done oops">
            <h1 tabindex="-1">{Asked::NotStoredTitle.say(&language)}</h1>
            <p role="alert">{Word::NotKeptText.say(&language)}</p>
            <button class="btn" type="button" on:click=move |_| session.submit()>{Asked::TryAgain.say(&language)}</button>
        </main>
    }
    .into_any()
}

fn thanks(device: Device, code: &str, is_rescued: bool) -> AnyView {
    let language = device.language.get_untracked();
    let text = if is_rescued { Word::RescuedText } else { Word::ThanksText };
    let can_go = device.ground().identity.setup.pause_seconds == 0;
    let next = can_go.then(|| {
        view! { <button class="btn" type="button" on:click=move |_| device.rest()>{Word::NextPerson.say(&language)}</button> }
    });
    view! {
        <main class="done" class:oops=is_rescued>
            {icon(if is_rescued { path::WARN } else { path::CHECK })}
            <h1 tabindex="-1">{Asked::Thanks.say(&language)}</h1>
            <p role="status">{text.say(&language)}</p>
            <p class="hint">{fill(Word::Receipt.say(&language), &[code])}</p>
            {next}
        </main>
    }
    .into_any()
}

/// "I'm finished", once the main question has its answer.
pub fn finish_button(session: Session) -> Option<Element> {
    let can_finish = session.interview.with_untracked(Interview::can_finish);
    let language = session.language.get_untracked();
    let finish = move |event: web_sys::Event| {
        if !(is_tap(&event) && session.is_double_tap()) {
            session.submit();
        }
    };
    can_finish.then(|| button("btn finish", Word::Finished.say(&language)).on("click", finish))
}

/// Asks whether somebody is still there. Any touch says so.
fn countdown(device: Device) -> AnyView {
    let language = device.language;
    let is_shown = Memo::new(move |_| device.leaving.read().is_some());
    let seconds = move || device.leaving.get().unwrap_or(0).to_string();
    // The touch that ends the countdown is taken at its end: what lies beneath must not feel it.
    let stay = move || {
        device.stay();
        request_animation_frame(|| browser::focus("h1"));
    };
    (move || {
        is_shown.get().then(|| {
            request_animation_frame(|| browser::focus(".still button"));
            view! {
                <div class="still" role="alertdialog" aria-modal="true" aria-labelledby="still" aria-describedby="left"
                    on:click=move |_| stay() on:keydown=move |_| stay()>
                    <div>
                        <h2 id="still">{Word::StillThere.say(&language.read())}</h2>
                        <p class="left" aria-hidden="true">{seconds}</p>
                        <p id="left">{Word::StillThereText.say(&language.read())}</p>
                        <button class="btn" type="button">{Word::StillHere.say(&language.read())}</button>
                    </div>
                </div>
            }
        })
    })
    .into_any()
}
