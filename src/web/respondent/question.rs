//! A question on the screen: its heading, its inputs, and the way on.

use leptos::ev;
use leptos::prelude::*;

use super::super::icon::{icon, path};
use super::inputs::{beside_option, choices, described, error, invalid, number, option, ratings, textarea};
use super::session::Session;
use crate::interview::{Event, Interview};
use crate::response::Answer;
use crate::survey::{Column, Kind, Question, Scale, Section};
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

    pub(super) fn text(&self, text: &crate::survey::Text) -> String {
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
    let note = note.map(|note| view! { <p class="hint">{ask.text(note)}</p> });
    let body = match (columns, &question.kind) {
        ([column], _) => one(&ask, interview, question, column),
        (columns, Kind::Matrix { scale, .. }) => {
            let scale = survey.scale(scale).cloned();
            let items = columns.iter().map(|column| item(&ask, column, scale.as_ref())).collect_view();
            let hint = question.hint.as_ref().map(|hint| view! { <p class="hint">{ask.text(hint)}</p> });
            view! {
                <h1 tabindex="-1">{ask.text(&question.text)}</h1>
                {hint}
                <div class="grid">{items}</div>
            }
            .into_any()
        }
        _ => ().into_any(),
    };
    view! {
        {progress(&ask, interview)}
        <main class="ask">
            {resumed(&ask)}
            <p class="part">{eyebrow}</p>
            {note}
            {body}
        </main>
        {navigation(&ask, interview)}
    }
    .into_any()
}

fn progress(ask: &Ask, interview: &Interview) -> AnyView {
    let session = ask.session;
    let language = ask.language.clone();
    let (reached, _) = interview.progress();
    let total = Memo::new(move |_| session.interview.with(|interview| interview.progress().1));
    let text = move || fill(Word::Progress.say(&language), &[&reached.to_string(), &total.get().to_string()]);
    view! {
        <div class="prog" role="region" aria-label=ask.say(Word::ProgressLabel)>
            <progress max=move || total.get() value=reached aria-labelledby="progress"></progress>
            <span id="progress">{text}</span>
        </div>
    }
    .into_any()
}

/// Where a draft was found, a word about it and a way to begin anew.
fn resumed(ask: &Ask) -> AnyView {
    let session = ask.session;
    let (text, again) = (ask.say(Word::Resumed), ask.say(Word::StartOver));
    (move || {
        session.was_resumed.get().then(|| {
            view! {
                <div class="note" role="status">
                    {icon(path::INFO)}
                    <p>
                        {text} " "
                        <button class="link" type="button" on:click=move |_| session.restart()>{again}</button>
                    </p>
                </div>
            }
        })
    })
    .into_any()
}

fn navigation(ask: &Ask, interview: &Interview) -> AnyView {
    let session = ask.session;
    let would_skip = Memo::new(move |_| session.interview.with(Interview::would_skip));
    let is_editing = interview.is_editing();
    let is_first = interview.progress().0 == 1 && !is_editing;
    let (next, done) = (ask.say(Word::Next), ask.say(Word::Done));
    let skip = ask.say(if ask.is_single { Word::Skip } else { Word::SkipAll });
    let required = match interview.screen() {
        crate::interview::Screen::Question { question, .. } => question.required,
        _ => false,
    };
    let is_skip = move || would_skip.get() && !required && !is_editing;
    let label = move || {
        if is_skip() {
            skip
        } else if is_editing {
            done
        } else {
            next
        }
    };
    let on = move |event: ev::MouseEvent| {
        if !(event.detail() > 0 && session.is_double_tap()) {
            session.send(Event::Next);
        }
    };
    let back = (!is_first).then(|| {
        let back = move |event: ev::MouseEvent| {
            if !(event.detail() > 0 && session.is_double_tap()) {
                session.send(Event::Back);
            }
        };
        view! { <button class="btn ghost" type="button" on:click=back>{ask.say(Word::Back)}</button> }
    });
    view! {
        <footer class="nav">
            {back}
            {session.arrival().beside.map(|beside| beside(session))}
            <button class="btn" class:ghost=is_skip type="button" on:click=on>{label}</button>
        </footer>
    }
    .into_any()
}

/// One column on a screen of its own.
fn one(ask: &Ask, interview: &Interview, question: &Question, column: &Column<'_>) -> AnyView {
    // Above an item of a matrix stands what is asked of every item: for all to
    // see at the first, for screen readers at each.
    let is_first = question.columns().next().is_some_and(|first| first.id == column.id);
    let class = if is_first { "hint" } else { "vh" };
    let prompt = column.item.map(|_| view! { <p class=class>{ask.text(&question.text)}</p> });
    let heading = ask.text(column.text());
    let hint = column
        .hint()
        .map(|hint| ask.text(hint))
        .or_else(|| matches!(question.kind, Kind::Multiple { .. }).then(|| ask.say(Word::ManyAllowed).to_owned()));
    let has_hint = hint.is_some();
    let hint = hint.map(|hint| view! { <p class="hint" id="hint">{hint}</p> });
    let invalid = invalid(ask.session, column.id);
    let has_specify = column.has_specify();
    let error = error(ask, column.id, move |why| !(has_specify && beside_option(why)));
    let is_bad = move || invalid.get().is_some_and(|why| !(has_specify && beside_option(why)));
    let described = move || described(has_hint, is_bad());
    let inputs = match &question.kind {
        Kind::Rating { scale, .. } | Kind::Matrix { scale, .. } => {
            interview.survey().scale(scale).map(|scale| ratings(ask, column.id, scale))
        }
        Kind::Single { options } | Kind::Contacts { options } => Some(choices(ask, column.id, options, false)),
        Kind::Multiple { options } => Some(choices(ask, column.id, options, true)),
        Kind::Number { .. } | Kind::Text { .. } => None,
    };
    match inputs {
        Some(inputs) => view! {
            {prompt}
            <fieldset
                class:bad=is_bad
                role=(!matches!(question.kind, Kind::Multiple { .. })).then_some("radiogroup")
                aria-required=(question.required && !matches!(question.kind, Kind::Multiple { .. })).then_some("true")
                aria-describedby=described
            >
                <legend><h1 tabindex="-1">{heading}</h1></legend>
                {hint}
                {error}
                {inputs}
            </fieldset>
        }
        .into_any(),
        None => {
            let field = match &question.kind {
                Kind::Text { max_length } => textarea(ask, interview, column.id, *max_length, has_hint),
                _ => number(ask, interview, column.id, has_hint),
            };
            view! {
                <div class="field">
                    <h1 tabindex="-1"><label for="field">{heading}</label></h1>
                    {hint}
                    {error}
                    {field}
                </div>
            }
            .into_any()
        }
    }
}

/// One item of a matrix that is shown together.
fn item(ask: &Ask, column: &Column<'_>, scale: Option<&Scale>) -> AnyView {
    let invalid = invalid(ask.session, column.id);
    let pills = scale.map(|scale| {
        let levels = scale.levels.iter().map(|level| {
            let answer = Answer::Level(level.code);
            option(ask, column.id, &level.code.to_string(), ask.text(&level.text), None, answer)
        });
        let missing = scale.missing.iter().map(|missing| {
            let answer = Answer::Missing(missing.reason);
            option(ask, column.id, missing.reason.code(), ask.text(&missing.text), None, answer)
        });
        levels.chain(missing).collect_view()
    });
    let hint = column.hint().map(|hint| view! { <span class="hint">{ask.text(hint)}</span> });
    view! {
        <fieldset class="item" class:bad=move || invalid.get().is_some()>
            <legend>{ask.text(column.text())} {hint}</legend>
            <div class="pills">{pills}</div>
            {error(ask, column.id, |_| true)}
        </fieldset>
    }
    .into_any()
}
