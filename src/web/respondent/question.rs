//! A question on the screen: its heading, its inputs, and the way on.

use leptos::prelude::*;

use super::super::element::{Element, button, el, heading, is_tap};
use super::super::icon::{icon, path};
use super::super::speech;
use super::inputs::{beside_option, choices, described, error, invalid, levels, missing, number, ratings, textarea};
use super::session::Session;
use crate::interview::{Event, Interview};
use crate::survey::{Column, Kind, Question, Scale, Section, Text};
use crate::words::fill;
use crate::words::respondent::Word;

/// What the pieces of one screen share.
#[derive(Clone)]
pub(super) struct Ask {
    pub(super) session: Session,
    pub(super) language: String,
    fallback: String,
    /// One column has the screen to itself.
    pub(super) is_single: bool,
    /// A touched answer leads on by itself.
    pub(super) leads_on: bool,
}

impl Ask {
    pub(super) fn say(&self, word: Word) -> &'static str {
        word.say(&self.language)
    }

    pub(super) fn text(&self, text: &Text) -> String {
        text.get(&self.language, &self.fallback).to_owned()
    }
}

/// The screen of a question.
pub fn question(
    session: Session,
    interview: &Interview,
    section: &Section,
    question: &Question,
    columns: &[Column<'_>],
) -> AnyView {
    let survey = interview.survey();
    let ask = Ask {
        session,
        language: session.language.get_untracked(),
        fallback: survey.fallback().to_owned(),
        is_single: columns.len() == 1,
        leads_on: columns.len() == 1 && !matches!(question.kind, Kind::Multiple { .. }),
    };
    let factor = columns.first().and_then(Column::factor);
    let factor = factor.and_then(|id| survey.factors.iter().find(|factor| factor.id == id));
    let eyebrow = ask.text(factor.map_or(&section.text, |factor| &factor.text));
    let note = section.note.as_ref().filter(|_| interview.begins_section());
    let hint = |hint: &Text| el("p").class("hint").child(ask.text(hint));
    let body = match (columns, &question.kind) {
        ([column], _) => one(&ask, interview, question, column),
        (columns, Kind::Matrix { scale, .. }) => {
            let scale = survey.scale(scale);
            let items: Vec<Element> = columns.iter().map(|column| item(&ask, column, scale)).collect();
            let title = heading(ask.text(&question.text));
            let grid = el("div").class("grid").child(items);
            [Some(title), question.hint.as_ref().map(hint), Some(grid)].into_iter().flatten().collect()
        }
        _ => Vec::new(),
    };
    let main = el("main").class("ask");
    let main = resumed(&ask, main).child(el("p").class("part").child(eyebrow)).child(note.map(hint)).child(body);
    vec![progress(&ask, interview).child(aloud(&ask, interview, question, columns)), main, navigation(&ask, interview)]
        .into_any()
}

/// A switch that has every question and answer read. At a counter the device has one of its own.
fn aloud(ask: &Ask, interview: &Interview, question: &Question, columns: &[Column<'_>]) -> Option<Element> {
    let session = ask.session;
    if session.arrival().beside.is_some() || !speech::has_voice(&ask.language) {
        return None;
    }
    let words = speech::words(interview.survey(), question, columns, &ask.language);
    if session.is_aloud.get_untracked() {
        speech::speak(&words, &ask.language);
    }
    let switch = move |_| {
        session.is_aloud.update(|is_aloud| *is_aloud = !*is_aloud);
        speech::silence();
        session.read(&words);
    };
    let pressed = move || Some(session.is_aloud.get().to_string());
    let switch =
        el("button").class("lang").attr("type", "button").attr_with("aria-pressed", pressed).on("click", switch);
    Some(switch.child(icon(path::SPEAKER)).child(el("span").child(ask.say(Word::ReadAloud))))
}

fn progress(ask: &Ask, interview: &Interview) -> Element {
    let session = ask.session;
    let language = ask.language.clone();
    let (reached, _) = interview.progress();
    let reached = reached.to_string();
    let total = move || session.interview.with(|interview| interview.progress().1).to_string();
    let bar = el("progress")
        .attr_with("max", move || Some(total()))
        .attr("value", &reached)
        .attr("aria-labelledby", "progress");
    let text = move || fill(Word::Progress.say(&language), &[&reached, &total()]);
    el("div")
        .class("prog")
        .attr("role", "region")
        .attr("aria-label", ask.say(Word::ProgressLabel))
        .child(bar)
        .child(el("span").attr("id", "progress").text_with(text))
}

/// Where a draft was found, a word about it and a way to begin anew.
fn resumed(ask: &Ask, main: Element) -> Element {
    let session = ask.session;
    let (text, again) = (ask.say(Word::Resumed), ask.say(Word::StartOver));
    main.show(
        move || session.was_resumed.get().then_some(()),
        move |()| {
            let again = button("link", again).on("click", move |_| session.restart());
            el("div")
                .class("note")
                .attr("role", "status")
                .child(icon(path::INFO))
                .child(el("p").child(text).child(" ").child(again))
        },
    )
}

fn navigation(ask: &Ask, interview: &Interview) -> Element {
    let session = ask.session;
    let is_editing = interview.is_editing();
    let is_first = interview.progress().0 == 1 && !is_editing;
    let (next, done) = (ask.say(Word::Next), ask.say(Word::Done));
    let skip = ask.say(if ask.is_single { Word::Skip } else { Word::SkipAll });
    let required = match interview.screen() {
        crate::interview::Screen::Question { question, .. } => question.required,
        _ => false,
    };
    let is_skip = move || !required && !is_editing && session.interview.with(Interview::would_skip);
    let label = move || {
        let label = match (is_skip(), is_editing) {
            (true, _) => skip,
            (_, true) => done,
            _ => next,
        };
        label.to_owned()
    };
    let go = |way: fn() -> Event| {
        move |event: web_sys::Event| {
            if !(is_tap(&event) && session.is_double_tap()) {
                session.read("");
                session.send(way());
            }
        }
    };
    let back = (!is_first).then(|| button("btn ghost", ask.say(Word::Back)).on("click", go(|| Event::Back)));
    let on = button("btn", "").class_while("ghost", is_skip).on("click", go(|| Event::Next)).text_with(label);
    let beside = session.arrival().beside.and_then(|beside| beside(session));
    el("footer").class("nav").child(back).child(beside).child(on)
}

/// One column on a screen of its own.
fn one(ask: &Ask, interview: &Interview, question: &Question, column: &Column<'_>) -> Vec<Element> {
    // Above an item of a matrix stands what is asked of every item: for all to
    // see at the first, for screen readers at each.
    let is_first = question.columns().next().is_some_and(|first| first.id == column.id);
    let class = if is_first { "hint" } else { "vh" };
    let prompt = column.item.map(|_| el("p").class(class).child(ask.text(&question.text)));
    let words = ask.text(column.text());
    let is_multiple = matches!(question.kind, Kind::Multiple { .. });
    let hint = column.hint().map(|hint| ask.text(hint));
    let hint = hint.or_else(|| is_multiple.then(|| ask.say(Word::ManyAllowed).to_owned()));
    let has_hint = hint.is_some();
    let hint = hint.map(|hint| el("p").class("hint").attr("id", "hint").child(hint));
    let invalid = invalid(ask.session, column.id);
    let has_specify = column.has_specify();
    let belongs_here = move |why| !(has_specify && beside_option(why));
    let is_bad = move || invalid().is_some_and(belongs_here);
    let inputs = match &question.kind {
        Kind::Rating { scale, .. } | Kind::Matrix { scale, .. } => {
            interview.survey().scale(scale).map(|scale| ratings(ask, column.id, scale))
        }
        Kind::Single { options } | Kind::Contacts { options } => Some(vec![choices(ask, column.id, options, false)]),
        Kind::Multiple { options } => Some(vec![choices(ask, column.id, options, true)]),
        Kind::Number { .. } | Kind::Text { .. } => None,
    };
    let Some(inputs) = inputs else {
        let field = match &question.kind {
            Kind::Text { max_length } => textarea(ask, interview, column.id, *max_length, has_hint),
            _ => number(ask, interview, column.id, has_hint),
        };
        let label = el("label").attr("for", "field").child(words);
        let top = el("div").class("field").child(heading(label)).child(hint);
        return vec![error(ask, column.id, belongs_here, top).child(field)];
    };
    let mut fieldset = el("fieldset")
        .class_while("bad", is_bad.clone())
        .attr_with("aria-describedby", move || described(if has_hint { "hint" } else { "" }, is_bad()))
        .child(el("legend").child(heading(words)))
        .child(hint);
    if !is_multiple {
        fieldset = fieldset.attr("role", "radiogroup");
        if question.required {
            fieldset = fieldset.attr("aria-required", "true");
        }
    }
    let fieldset = error(ask, column.id, belongs_here, fieldset).child(inputs);
    prompt.into_iter().chain([fieldset]).collect()
}

/// One item of a matrix that is shown together.
fn item(ask: &Ask, column: &Column<'_>, scale: Option<&Scale>) -> Element {
    let invalid = invalid(ask.session, column.id);
    let pills =
        scale.map(|scale| levels(ask, column.id, scale, false).into_iter().chain(missing(ask, column.id, scale)));
    let pills: Vec<Element> = pills.into_iter().flatten().collect();
    let hint = column.hint().map(|hint| el("span").class("hint").child(ask.text(hint)));
    let fieldset = el("fieldset")
        .class("item")
        .class_while("bad", move || invalid().is_some())
        .child(el("legend").child(ask.text(column.text())).child(hint))
        .child(el("div").class("pills").child(pills));
    error(ask, column.id, |_| true, fieldset)
}
