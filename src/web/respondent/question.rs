//! A question on the screen: its heading, its inputs, and the way on.

use leptos::ev;
use leptos::prelude::*;

use super::super::icon::{face, icon, path};
use super::session::Session;
use crate::interview::{Event, Interview, Why};
use crate::response::Answer;
use crate::survey::{Choice, Column, Kind, Question, Scale, Section};
use crate::words::fill;
use crate::words::respondent::{Word, why};

/// What the pieces of one screen share.
#[derive(Clone)]
struct Ask {
    session: Session,
    language: String,
    fallback: String,
    /// One column has the screen to itself.
    is_single: bool,
    /// A touched answer leads on by itself.
    leads_on: bool,
}

impl Ask {
    fn say(&self, word: Word) -> &'static str {
        word.say(&self.language)
    }

    fn text(&self, text: &crate::survey::Text) -> String {
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
        <div class="prog">
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
            <button class="btn" class:ghost=is_skip type="button" on:click=on>{label}</button>
        </footer>
    }
    .into_any()
}

/// One column on a screen of its own.
fn one(ask: &Ask, interview: &Interview, question: &Question, column: &Column<'_>) -> AnyView {
    // Above an item of a matrix stands what is asked of every item.
    let prompt = column.item.map(|_| view! { <p class="hint">{ask.text(&question.text)}</p> });
    let heading = ask.text(column.text());
    let hint = column
        .hint()
        .map(|hint| ask.text(hint))
        .or_else(|| matches!(question.kind, Kind::Multiple { .. }).then(|| ask.say(Word::ManyAllowed).to_owned()));
    let has_hint = hint.is_some();
    let hint = hint.map(|hint| view! { <p class="hint" id="hint">{hint}</p> });
    let invalid = invalid(ask.session, column.id);
    let error = error(ask, column.id);
    let described = move || described(has_hint, invalid.get().is_some());
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
            <fieldset class:bad=move || invalid.get().is_some() aria-describedby=described>
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
                    {field}
                    {error}
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
            {error(ask, column.id)}
        </fieldset>
    }
    .into_any()
}

fn ratings(ask: &Ask, column: &str, scale: &Scale) -> AnyView {
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
fn option(ask: &Ask, column: &str, value: &str, text: String, drawing: Option<AnyView>, answer: Answer) -> AnyView {
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

fn choices(ask: &Ask, column: &str, options: &[Choice], is_multiple: bool) -> AnyView {
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
    (move || {
        is_shown.get().then(|| {
            let column = column.clone();
            let words = specified(session, &column).unwrap_or_default();
            let invalid = invalid(session, &column);
            let input = move |event: ev::Event| {
                let words = Some(event_target_value(&event));
                let answer = Answer::Picked { options: picked(session, &column), specified: words };
                session.answer(&column, Some(answer));
            };
            view! {
                <div class="field more">
                    <label for="specify">{label}</label>
                    <input id="specify" type="text" maxlength="200" autocomplete="off" prop:value=words
                        aria-invalid=move || invalid.get().is_some().then_some("true") on:input=input />
                </div>
            }
        })
    })
    .into_any()
}

fn textarea(ask: &Ask, interview: &Interview, column: &str, max_length: u32, has_hint: bool) -> AnyView {
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

fn number(ask: &Ask, interview: &Interview, column: &str, has_hint: bool) -> AnyView {
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

fn invalid(session: Session, column: &str) -> Memo<Option<Why>> {
    let column = column.to_owned();
    Memo::new(move |_| session.interview.with(|interview| interview.why_invalid(&column)))
}

fn error(ask: &Ask, column: &str) -> AnyView {
    let invalid = invalid(ask.session, column);
    let language = ask.language.clone();
    // On a screen of one column the error is what `described` points to.
    let id = if ask.is_single { "error".to_owned() } else { format!("error-{column}") };
    (move || {
        invalid.get().map(|reason| {
            view! {
                <p class="err" id=id.clone() role="alert">
                    {icon(path::ERROR)} <span>{why(reason, &language)}</span>
                </p>
            }
        })
    })
    .into_any()
}

fn described(has_hint: bool, is_invalid: bool) -> Option<&'static str> {
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
