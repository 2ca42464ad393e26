//! The inputs of a question: ratings, choices, fields; and messages about them.

use leptos::ev;
use leptos::prelude::*;

use super::super::browser;
use super::super::icon::{face, icon, path};
use super::question::Ask;
use super::session::Session;
use crate::interview::{Interview, Why};
use crate::response::Answer;
use crate::survey::{Choice, Scale};
use crate::words::respondent::{Word, why};

pub(super) fn ratings(ask: &Ask, column: &str, scale: &Scale) -> AnyView {
    let levels = scale.levels.iter().map(|level| {
        let answer = Answer::Level(level.code);
        option(ask, column, &level.code.to_string(), ask.text(&level.text), level.face.map(face), answer)
    });
    let missing = scale.missing.iter().map(|missing| {
        let answer = Answer::Missing(missing.reason);
        option(ask, column, missing.reason.code(), ask.text(&missing.text), None, answer)
    });
    let missing = (!scale.missing.is_empty()).then(|| view! { <div class="opts">{missing.collect_view()}</div> });
    view! { <div class="opts rate">{levels.collect_view()}</div> {missing} }.into_any()
}

/// A radio button that stands for an answer.
pub(super) fn option(
    ask: &Ask,
    column: &str,
    value: &str,
    text: String,
    drawing: Option<AnyView>,
    answer: Answer,
) -> AnyView {
    let session = ask.session;
    let id = column.to_owned();
    let checked = {
        let (id, answer) = (id.clone(), answer.clone());
        move || session.interview.with(|interview| interview.answer(&id) == Some(&answer))
    };
    let pick = {
        let id = id.clone();
        move |_| session.answer(&id, Some(answer.clone()))
    };
    let touched = touched(ask, ask.leads_on);
    view! {
        <label class="opt" on:click=touched>
            <input type="radio" name=id value=value.to_owned() prop:checked=checked on:change=pick />
            {drawing}
            <span>{text}</span>
        </label>
    }
    .into_any()
}

/// A touched answer leads on; a second tap that was meant for the screen
/// before does nothing. Keys do neither: arrows pass over answers.
fn touched(ask: &Ask, leads_on: bool) -> impl Fn(ev::MouseEvent) + 'static {
    let session = ask.session;
    move |event: ev::MouseEvent| {
        if event.detail() == 0 {
            return;
        }
        if session.is_double_tap() {
            event.prevent_default();
        } else if leads_on {
            session.go_on_soon();
        }
    }
}

pub(super) fn choices(ask: &Ask, column: &str, options: &[Choice], is_multiple: bool) -> AnyView {
    let specify = options.iter().find(|option| option.specify).map(|option| specify(ask, column, &option.id));
    let list = options
        .iter()
        .map(|option| {
            if is_multiple {
                return checkbox(ask, column, options, option);
            }
            let session = ask.session;
            let (column, id) = (column.to_owned(), option.id.clone());
            let checked = {
                let (column, id) = (column.clone(), id.clone());
                move || is_picked(session, &column, &id)
            };
            let pick = {
                let (column, id) = (column.clone(), id.clone());
                move |_| session.answer(&column, Some(with_words(session, &column, vec![id.clone()])))
            };
            let touched = touched(ask, ask.leads_on && !option.specify);
            view! {
                <label class="opt" on:click=touched>
                    <input type="radio" name=column value=id prop:checked=checked on:change=pick />
                    <span>{ask.text(&option.text)}</span>
                </label>
            }
            .into_any()
        })
        .collect_view();
    view! { <div class="opts">{list} {specify}</div> }.into_any()
}

fn checkbox(ask: &Ask, column: &str, options: &[Choice], option: &Choice) -> AnyView {
    let session = ask.session;
    let exclusive: Vec<String> = options.iter().filter(|o| o.exclusive).map(|o| o.id.clone()).collect();
    let is_exclusive = option.exclusive;
    let (column, id) = (column.to_owned(), option.id.clone());
    let checked = {
        let (column, id) = (column.clone(), id.clone());
        move || is_picked(session, &column, &id)
    };
    let toggle = {
        let (column, id) = (column.clone(), id.clone());
        move |_| {
            let mut picked = picked(session, &column);
            if picked.contains(&id) {
                picked.retain(|other| *other != id);
            } else {
                picked.retain(|other| !is_exclusive && !exclusive.contains(other));
                picked.push(id.clone());
            }
            session.answer(&column, Some(with_words(session, &column, picked)));
        }
    };
    let touched = touched(ask, false);
    view! {
        <label class="opt" on:click=touched>
            <input type="checkbox" name=column value=id prop:checked=checked on:change=toggle />
            <span>{ask.text(&option.text)}</span>
        </label>
    }
    .into_any()
}

/// The field for words beside an option, while that option is picked.
fn specify(ask: &Ask, column: &str, option: &str) -> AnyView {
    let session = ask.session;
    let (column, option) = (column.to_owned(), option.to_owned());
    let is_shown = {
        let (column, option) = (column.clone(), option.clone());
        Memo::new(move |_| is_picked(session, &column, &option))
    };
    let label = ask.say(Word::PleaseSpecify);
    let ask = ask.clone();
    (move || {
        is_shown.get().then(|| {
            // It may open below the edge of the screen.
            request_animation_frame(|| browser::reveal(".more"));
            let column = column.clone();
            let words = specified(session, &column).unwrap_or_default();
            let invalid = invalid(session, &column);
            let is_invalid = move || invalid.get().is_some_and(beside_option);
            let id = column.clone();
            let input = move |event: ev::Event| {
                let words = Some(event_target_value(&event));
                let answer = Answer::Picked { options: picked(session, &id), specified: words };
                session.answer(&id, Some(answer));
            };
            view! {
                <div class="field more">
                    <label for="specify">{label}</label>
                    {error(&ask, &column, beside_option)}
                    <input id="specify" aria-required="true" type="text" maxlength="200" autocomplete="off" prop:value=words
                        aria-invalid=move || is_invalid().then_some("true")
                        aria-describedby=move || is_invalid().then_some("error") on:input=input />
                </div>
            }
        })
    })
    .into_any()
}

pub(super) fn textarea(ask: &Ask, interview: &Interview, column: &str, max_length: u32, has_hint: bool) -> AnyView {
    let session = ask.session;
    let id = column.to_owned();
    let start = match interview.answer(column) {
        Some(Answer::Text(text)) => text.clone(),
        _ => String::new(),
    };
    let invalid = invalid(session, column);
    let length = RwSignal::new(start.chars().count());
    let input = move |event: ev::Event| {
        let text = event_target_value(&event);
        length.set(text.chars().count());
        session.answer(&id, Some(Answer::Text(text)));
    };
    view! {
        <textarea id="field" maxlength=max_length.to_string() prop:value=start on:input=input
            aria-invalid=move || invalid.get().is_some().then_some("true")
            aria-describedby=move || described(has_hint, invalid.get().is_some())></textarea>
        <p class="count">{move || format!("{} / {max_length}", length.get())}</p>
    }
    .into_any()
}

pub(super) fn number(ask: &Ask, interview: &Interview, column: &str, has_hint: bool) -> AnyView {
    let session = ask.session;
    let id = column.to_owned();
    let start = match interview.answer(column) {
        Some(Answer::Number(number)) => number.to_string(),
        Some(Answer::Text(text)) => text.clone(),
        _ => String::new(),
    };
    let invalid = invalid(session, column);
    let input = move |event: ev::Event| {
        let text = event_target_value(&event);
        // What is no number stays as text, which going on refuses with a reason.
        let answer = text.trim().parse().map_or(Answer::Text(text), Answer::Number);
        session.answer(&id, Some(answer));
    };
    view! {
        <input class="num" id="field" type="text" inputmode="numeric" autocomplete="off" prop:value=start on:input=input
            aria-invalid=move || invalid.get().is_some().then_some("true")
            aria-describedby=move || described(has_hint, invalid.get().is_some()) />
    }
    .into_any()
}

pub(super) fn invalid(session: Session, column: &str) -> Memo<Option<Why>> {
    let column = column.to_owned();
    Memo::new(move |_| session.interview.with(|interview| interview.why_invalid(&column)))
}

/// Whether the words beside an option are to blame, not the choice.
pub(super) fn beside_option(why: Why) -> bool {
    matches!(why, Why::Unspecified | Why::TooLong(_))
}

/// The message about a column's answer, for the reasons that `belongs_here`.
pub(super) fn error(
    ask: &Ask,
    column: &str,
    belongs_here: impl Fn(Why) -> bool + Copy + Send + Sync + 'static,
) -> AnyView {
    let invalid = invalid(ask.session, column);
    let language = ask.language.clone();
    // On a screen of one column the error is what `described` points to.
    let id = if ask.is_single { "error".to_owned() } else { format!("error-{column}") };
    (move || {
        invalid.get().filter(|why| belongs_here(*why)).map(|reason| {
            view! {
                <p class="err" id=id.clone() role="alert">
                    {icon(path::ERROR)} <span>{why(reason, &language)}</span>
                </p>
            }
        })
    })
    .into_any()
}

pub(super) fn described(has_hint: bool, is_invalid: bool) -> Option<&'static str> {
    match (has_hint, is_invalid) {
        (false, false) => None,
        (true, false) => Some("hint"),
        (false, true) => Some("error"),
        (true, true) => Some("hint error"),
    }
}

fn picked(session: Session, column: &str) -> Vec<String> {
    session.interview.with_untracked(|interview| match interview.answer(column) {
        Some(Answer::Picked { options, .. }) => options.clone(),
        _ => Vec::new(),
    })
}

fn is_picked(session: Session, column: &str, option: &str) -> bool {
    session.interview.with(|interview| match interview.answer(column) {
        Some(Answer::Picked { options, .. }) => options.iter().any(|picked| picked == option),
        _ => false,
    })
}

fn specified(session: Session, column: &str) -> Option<String> {
    session.interview.with_untracked(|interview| match interview.answer(column) {
        Some(Answer::Picked { specified, .. }) => specified.clone(),
        _ => None,
    })
}

/// An answer of these options that keeps the words already written.
fn with_words(session: Session, column: &str, options: Vec<String>) -> Answer {
    Answer::Picked { options, specified: specified(session, column) }
}
