//! The notice: who asks, why, what is kept; and an explicit start.

use leptos::prelude::*;

use super::super::icon::{icon, path};
use super::session::Session;
use crate::words::fill;
use crate::words::respondent::Word;

/// The first screen.
pub fn notice(session: Session) -> AnyView {
    let language = session.language.get_untracked();
    let survey = session.survey();
    let say = |word: Word| word.say(&language);
    let fallback = survey.fallback();
    let arrival = session.arrival();
    let code = session.interview.with_untracked(|interview| interview.draft().attributes.unit.clone());
    let unit = match (arrival.unit, code) {
        (Some(Some(unit)), _) => {
            view! { <p class="unit">{say(Word::Unit)} " " <b>{unit.full_name()}</b></p> }.into_any()
        }
        (Some(None), Some(code)) => warning(fill(say(Word::UnknownUnit), &[&code])),
        (None, Some(code)) => view! { <p class="unit">{say(Word::Unit)} " " <b>{code}</b></p> }.into_any(),
        _ => ().into_any(),
    };
    let ignored: Vec<String> = arrival.ignored.iter().take(4).map(|(key, value)| format!("{key}={value}")).collect();
    let ignored: String = ignored.join("&").chars().take(60).collect();
    let ignored = (!ignored.is_empty()).then(|| warning(fill(say(Word::IgnoredPart), &[&ignored])));
    view! {
        <main>
            <div>
                <p class="part">{survey.issuer.get(&language, fallback).to_owned()}</p>
                <h1 tabindex="-1">{survey.title.get(&language, fallback).to_owned()}</h1>
            </div>
            {unit}
            {ignored}
            <p>{survey.purpose.get(&language, fallback).to_owned()}</p>
            <ul class="facts">
                <li>{say(Word::FactVoluntary)}</li>
                <li>{say(Word::FactAnonymous)}</li>
                <li>{say(Word::FactKept)}</li>
                <li>{say(Word::FactTouch)}</li>
            </ul>
        </main>
        <footer class="nav">
            <button class="btn" type="button" on:click=move |_| session.begin()>{say(Word::Start)}</button>
        </footer>
    }
    .into_any()
}

fn warning(text: String) -> AnyView {
    view! { <div class="note warn" role="status">{icon(path::WARN)}<p>{text}</p></div> }.into_any()
}
