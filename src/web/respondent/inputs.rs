//! The inputs of a question: ratings, choices, fields; and messages about them.

use leptos::prelude::*;
use web_sys::Event;

use super::super::browser;
use super::super::element::{Element, el, is_tap};
use super::super::icon::{face, icon, path};
use super::question::Ask;
use super::session::Session;
use crate::interview::{Interview, Why};
use crate::response::Answer;
use crate::survey::{Choice, Scale};
use crate::words::fill;
use crate::words::respondent::{Word, why};

/// A scale on a screen of its own: faces where it has some, and apart from the levels what is none.
pub(super) fn ratings(ask: &Ask, column: &str, scale: &Scale) -> Vec<Element> {
    let mut ratings = vec![el("div").class("opts rate").child(levels(ask, column, scale, true))];
    if !scale.missing.is_empty() {
        ratings.push(el("div").class("opts").child(missing(ask, column, scale)));
    }
    ratings
}

/// The levels of a scale as radio buttons.
pub(super) fn levels(ask: &Ask, column: &str, scale: &Scale, has_faces: bool) -> Vec<Element> {
    let level = |level: &crate::survey::Level| {
        let drawing = level.face.filter(|_| has_faces).map(face);
        let text = ask.text(&level.text);
        option(ask, column, &level.code.to_string(), text, drawing, Answer::Level(level.code))
    };
    scale.levels.iter().map(level).collect()
}

/// The answers of a scale that are no level as radio buttons.
pub(super) fn missing(ask: &Ask, column: &str, scale: &Scale) -> Vec<Element> {
    let missing = |missing: &crate::survey::MissingChoice| {
        let answer = Answer::Missing(missing.reason);
        option(ask, column, missing.reason.code(), ask.text(&missing.text), None, answer)
    };
    scale.missing.iter().map(missing).collect()
}

/// A radio button that stands for an answer.
fn option(ask: &Ask, column: &str, value: &str, text: String, drawing: Option<Element>, answer: Answer) -> Element {
    let session = ask.session;
    let id = column.to_owned();
    let checked = {
        let (id, answer) = (id.clone(), answer.clone());
        move || session.interview.with(|interview| interview.answer(&id) == Some(&answer))
    };
    let words = text.clone();
    let pick = move |_| {
        session.read(&words);
        session.answer(&id, Some(answer.clone()));
    };
    let input = input("radio", column, value).checked_while(checked).on("change", pick);
    touchable(ask, ask.leads_on).child(input).child(drawing).child(el("span").child(text))
}

fn input(kind: &str, name: &str, value: &str) -> Element {
    el("input").attr("type", kind).attr("name", name).attr("value", value)
}

/// The label around an input. A touched answer leads on; a second tap that was
/// meant for the screen before does nothing. Keys do neither: arrows pass over answers.
fn touchable(ask: &Ask, leads_on: bool) -> Element {
    let session = ask.session;
    el("label").class("opt").on("click", move |event| {
        if !is_tap(&event) {
            return;
        }
        if session.is_double_tap() {
            event.prevent_default();
        } else if leads_on {
            session.go_on_soon();
        }
    })
}

pub(super) fn choices(ask: &Ask, column: &str, options: &[Choice], is_multiple: bool) -> Element {
    let exclusive: Vec<String> = options.iter().filter(|o| o.exclusive).map(|o| o.id.clone()).collect();
    let mut list = el("div").class("opts");
    for option in options {
        list = list.child(choice(ask, column, option, is_multiple.then(|| exclusive.clone())));
    }
    match options.iter().find(|option| option.specify) {
        Some(option) => specify(ask, column, &option.id, list),
        None => list,
    }
}

/// One option. `exclusive`: those that untick all others, where any number can be ticked.
fn choice(ask: &Ask, column: &str, option: &Choice, exclusive: Option<Vec<String>>) -> Element {
    let session = ask.session;
    let (name, id, is_exclusive) = (column.to_owned(), option.id.clone(), option.exclusive);
    let kind = if exclusive.is_some() { "checkbox" } else { "radio" };
    let leads_on = exclusive.is_none() && ask.leads_on && !option.specify;
    let checked = {
        let (name, id) = (name.clone(), id.clone());
        move || is_picked(session, &name, &id)
    };
    let words = ask.text(&option.text);
    let pick = move |_| {
        session.read(&words);
        let picked = match &exclusive {
            None => vec![id.clone()],
            Some(exclusive) => {
                let mut picked = picked(session, &name);
                if picked.contains(&id) {
                    picked.retain(|other| *other != id);
                } else {
                    picked.retain(|other| !is_exclusive && !exclusive.contains(other));
                    picked.push(id.clone());
                }
                picked
            }
        };
        session.answer(&name, Some(with_words(session, &name, picked)));
    };
    let input = input(kind, column, &option.id).checked_while(checked).on("change", pick);
    touchable(ask, leads_on).child(input).child(el("span").child(ask.text(&option.text)))
}

/// Adds the field for words beside an option, while that option is picked.
fn specify(ask: &Ask, column: &str, option: &str, list: Element) -> Element {
    let session = ask.session;
    let (column, option) = (column.to_owned(), option.to_owned());
    let is_shown = {
        let column = column.clone();
        move || is_picked(session, &column, &option).then_some(())
    };
    let ask = ask.clone();
    list.show(is_shown, move |()| {
        // It may open below the edge of the screen.
        request_animation_frame(|| browser::reveal(".more"));
        let label = el("label").attr("for", "specify").child(ask.say(Word::PleaseSpecify));
        let field = el("div").class("field more").child(label);
        let id = column.clone();
        let write = move |event: Event| {
            let words = Some(event_target_value(&event));
            let answer = Answer::Picked { options: picked(session, &id), specified: words };
            session.answer(&id, Some(answer));
        };
        let invalid = invalid(session, &column);
        let input = el("input")
            .attr("id", "specify")
            .attr("aria-required", "true")
            .attr("type", "text")
            .attr("maxlength", "200")
            .attr("autocomplete", "off")
            .prop("value", specified(session, &column).unwrap_or_default());
        let input = told_invalid(input, "private", move || invalid().is_some_and(beside_option)).on("input", write);
        error(&ask, &column, beside_option, field).child(input).child(private(&ask))
    })
}

/// A field that says whether its content is acceptable, and where the reason stands.
fn told_invalid(field: Element, hints: &'static str, is_invalid: impl Fn() -> bool + Clone + 'static) -> Element {
    let described = {
        let is_invalid = is_invalid.clone();
        move || described(hints, is_invalid())
    };
    field
        .attr_with("aria-invalid", move || is_invalid().then(|| "true".to_owned()))
        .attr_with("aria-describedby", described)
}

pub(super) fn textarea(
    ask: &Ask,
    interview: &Interview,
    column: &str,
    max_length: u32,
    has_hint: bool,
) -> Vec<Element> {
    let session = ask.session;
    let id = column.to_owned();
    let start = match interview.answer(column) {
        Some(Answer::Text(text)) => text.clone(),
        _ => String::new(),
    };
    let invalid = invalid(session, column);
    let most = max_length.to_string();
    let length = RwSignal::new(start.chars().count());
    let write = move |event: Event| {
        let text = event_target_value(&event);
        length.set(text.chars().count());
        session.answer(&id, Some(Answer::Text(text)));
    };
    let field = el("textarea").attr("id", "field").attr("maxlength", &most).prop("value", start).on("input", write);
    let count = move || fill("{} / {}", &[&length.get().to_string(), &most]);
    let hints = if has_hint { "hint private" } else { "private" };
    let field = told_invalid(field, hints, move || invalid().is_some());
    vec![private(ask), field, el("p").class("count").text_with(count)]
}

pub(super) fn number(ask: &Ask, interview: &Interview, column: &str, has_hint: bool) -> Vec<Element> {
    let session = ask.session;
    let id = column.to_owned();
    let start = match interview.answer(column) {
        Some(Answer::Number(number)) => number.to_string(),
        Some(Answer::Text(text)) => text.clone(),
        _ => String::new(),
    };
    let invalid = invalid(session, column);
    let write = move |event: Event| {
        let text = event_target_value(&event);
        // What is no number stays as text, which going on refuses with a reason.
        let answer = text.trim().parse().map_or(Answer::Text(text), Answer::Number);
        session.answer(&id, Some(answer));
    };
    let field = el("input")
        .class("num")
        .attr("id", "field")
        .attr("type", "text")
        .attr("inputmode", "numeric")
        .attr("autocomplete", "off")
        .prop("value", start)
        .on("input", write);
    vec![told_invalid(field, if has_hint { "hint" } else { "" }, move || invalid().is_some())]
}

/// What is wrong with the answer to a column, as it changes.
pub(super) fn invalid(session: Session, column: &str) -> impl Fn() -> Option<Why> + Clone + 'static {
    let column = column.to_owned();
    move || session.interview.with(|interview| interview.why_invalid(&column))
}

/// Whether the words beside an option are to blame, not the choice.
pub(super) fn beside_option(why: Why) -> bool {
    matches!(why, Why::Unspecified | Why::TooLong(_))
}

/// Adds the message about a column's answer, for the reasons that `belongs_here`.
pub(super) fn error(ask: &Ask, column: &str, belongs_here: impl Fn(Why) -> bool + 'static, place: Element) -> Element {
    let invalid = invalid(ask.session, column);
    let language = ask.language.clone();
    // On a screen of one column the error is what `described` points to.
    let id = if ask.is_single { "error".to_owned() } else { ["error-", column].concat() };
    place.show(
        move || invalid().filter(|why| belongs_here(*why)),
        move |reason| {
            let words = el("span").child(why(*reason, &language));
            el("p").class("err").attr("id", &id).attr("role", "alert").child(icon(path::ERROR)).child(words)
        },
    )
}

/// What describes a field: `hints`, the ids of what stands with it always, and its error while there is one.
pub(super) fn described(hints: &str, is_invalid: bool) -> Option<String> {
    let error = if is_invalid { " error" } else { "" };
    let described = [hints, error].concat();
    (!described.is_empty()).then_some(described)
}

/// Beside every field for words: nobody's personal details.
fn private(ask: &Ask) -> Element {
    el("p").class("hint").attr("id", "private").child(ask.say(Word::NoPersonalData))
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
