//! The imported files: how far reading is, what became of each, what can be undone.

use leptos::ev;
use leptos::prelude::*;

use super::super::icon::{icon, path};
use super::desk::{Desk, Undo};
use crate::exchange::Reader;
use crate::exchange::responses::RowProblem;
use crate::office::message::{Ask, Export, Filed, Progress, State};
use crate::report::count_in;
use crate::words::fill;
use crate::words::office::Word;

/// How far reading is, with a way to stop it; nothing while nothing is read.
pub fn progress(desk: Desk) -> AnyView {
    let is_reading = Memo::new(move |_| desk.progress.with(Option::is_some));
    let with = move |of: fn(&Progress, &str) -> String| {
        move || desk.progress.with(|progress| progress.as_ref().map(|now| of(now, &desk.language.read())))
    };
    let body = move || {
        view! {
            <div class="reading">
                <p>
                    <b>{move || desk.language.with(|language| Word::Reading.say(language))}</b>
                    " " {with(|now, _| now.name.clone())}
                </p>
                <progress max="1000" aria-label=move || Word::Reading.say(&desk.language.read())
                    prop:value=move || desk.progress.with(|now| now.as_ref().map_or(0, permille))></progress>
                <p class="sub" id="reading-figures">{with(figures)}</p>
                <button class="btn ghost" type="button" id="stop" on:click=move |_| desk.ask(Ask::Stop)>
                    {move || Word::StopReading.say(&desk.language.read())}
                </button>
            </div>
        }
    };
    // Said once, not ten times a second.
    let said = move || is_reading.get().then(|| Word::Reading.say(&desk.language.read()));
    view! {
        <p class="vh" role="status">{said}</p>
        {move || is_reading.get().then(body)}
    }
    .into_any()
}

#[allow(clippy::cast_possible_truncation)]
fn permille(progress: &Progress) -> u32 {
    (progress.done.min(progress.all) * 1000 / progress.all.max(1)) as u32
}

fn figures(progress: &Progress, language: &str) -> String {
    let megabytes = |bytes: f64| crate::report::decimal_in(language, bytes / 1e6, 1);
    let (done, all) = (megabytes(progress.done as f64), megabytes(progress.all as f64));
    let read = fill(Word::ReadSoFar.say(language), &[&done, &all, &megabytes(progress.speed)]);
    match progress.seconds_left() {
        Some(left) => {
            let left = count_in(language, left.ceil() as u64);
            format!("{read} · {}", fill(Word::SecondsLeft.say(language), &[&left]))
        }
        None => read,
    }
}

/// What was done last, with a way back.
pub fn undo(desk: Desk) -> AnyView {
    let text = move || {
        let language = desk.language.read();
        desk.undo.with(|undo| {
            undo.as_ref().map(|undo| match undo {
                Undo::Imported(keys) => fill(Word::Imported.say(&language), &[&keys.len().to_string()]),
                Undo::Removed(_, name) => fill(Word::Removed.say(&language), &[name]),
            })
        })
    };
    let button = move || {
        desk.undo.with(Option::is_some).then(|| {
            view! {
                <button class="link" type="button" id="undo" on:click=move |_| desk.undo()>
                    {move || Word::UndoThis.say(&desk.language.read())}
                </button>
            }
        })
    };
    view! { <p class="undo"><span role="status">{text}</span> {button}</p> }.into_any()
}

/// What there is to say of files that are not read, and of one that has changed the survey.
pub fn remarks(desk: Desk) -> AnyView {
    let language = desk.language.read();
    let library = desk.library();
    let switched = desk.switched.get();
    let remark = |filed: &Filed| {
        let say = |word: Word, more: &[&str]| fill(word.say(&language), &[&[filed.name.as_str()], more].concat());
        let of = |refusal: &crate::exchange::import::Refusal| {
            let (what, remedy) = refusal.words(&language);
            say(Word::RefusedFile, &[&what, &remedy])
        };
        let (class, text) = match &filed.state {
            State::UnknownSurvey(id) => ("note bad", say(Word::UnknownSurvey, &[id])),
            State::Unclear(false) => ("note bad", say(Word::NotResponses, &[])),
            State::Unclear(true) => ("note warn", say(Word::UnclearFile, &[])),
            State::Results => ("note bad", say(Word::ResultsFile, &[])),
            State::Unreadable => ("note bad", say(Word::Unreadable, &[])),
            State::TooMuch => ("note bad", say(Word::TooMuchFile, &[])),
            State::Stopped => ("note warn", say(Word::StoppedFile, &[])),
            State::Refused(refusal) => ("note bad", of(refusal)),
            State::Done if switched == Some(filed.key) => {
                ("note", say(Word::OtherSurvey, &[&library.title(&filed.survey, &language)]))
            }
            State::Done | State::Waiting | State::Reading => return None,
        };
        let key = filed.key;
        let name = matches!(filed.state, State::Unclear(_)).then(|| {
            view! {
                <button class="btn ghost" type="button" on:click=move |_| desk.ask(Ask::Columns { key, survey: None })>
                    {Word::NameColumns.say(&language)}
                </button>
            }
        });
        let (symbol, role) = match class {
            "note bad" => (path::ERROR, "alert"),
            "note warn" => (path::WARN, "status"),
            _ => (path::INFO, "status"),
        };
        Some(view! { <div class=class role=role>{icon(symbol)} <div><p>{text}</p> {name}</div></div> })
    };
    desk.files.with(|files| files.iter().filter_map(remark).collect_view()).into_any()
}

/// The files of the survey that is shown.
pub fn list(desk: Desk) -> AnyView {
    let library = desk.library();
    let shown = library.shown(&desk.survey.read()).survey.id.clone();
    let is_listed = |filed: &&Filed| filed.survey == shown && filed.state == State::Done;
    desk.files.with(|files| files.iter().filter(is_listed).map(|filed| file(desk, filed)).collect_view()).into_any()
}

pub(super) fn figure(word: Word, count: u64, language: &str) -> AnyView {
    view! { <div><dt>{word.say(language)}</dt><dd>{count_in(language, count)}</dd></div> }.into_any()
}

fn file(desk: Desk, filed: &Filed) -> AnyView {
    let language = desk.language.read();
    let remove = fill(Word::RemoveWhat.say(&language), &[&filed.name]);
    let key = filed.key;
    let figures = [
        (Word::Rows, filed.rows),
        (Word::Used, filed.used),
        (Word::Duplicates, filed.duplicates),
        (Word::SetAside, filed.set_aside),
        (Word::Warnings, filed.warnings),
    ];
    let figures = figures.map(|(word, count)| figure(word, count, &language));
    view! {
        <li>
            <p class="name">
                {filed.name.clone()}
                <button class="link" type="button" aria-label=remove on:click=move |_| desk.remove(key)>
                    {Word::Remove.say(&language)}
                </button>
            </p>
            <dl class="tally">{figures.into_iter().collect_view()}</dl>
            {account(desk, filed, &language)}
            {problems(desk, filed, &language)}
        </li>
    }
    .into_any()
}

/// What was done to make a file of another program one of the kit's own.
fn account(desk: Desk, filed: &Filed, language: &str) -> Option<AnyView> {
    let account = filed.account.as_ref()?;
    let key = filed.key;
    let lines = account.lines(language).into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
    let repaired: u64 = account.repairs.values().sum();
    let heading = fill(Word::Repaired.say(language), &[&count_in(language, repaired)]);
    let view = view! {
        <details class="account">
            <summary>{heading}</summary>
            <ul class="sub">{lines}</ul>
            <button class="link" type="button" on:click=move |_| desk.ask(Ask::Columns { key, survey: None })>
                {Word::NameColumns.say(language)} <span class="vh">{filed.name.clone()}</span>
            </button>
        </details>
    };
    Some(view.into_any())
}

fn problems(desk: Desk, filed: &Filed, language: &str) -> Option<AnyView> {
    if filed.problems.is_empty() {
        return None;
    }
    let say = |word: Word| word.say(language);
    let key = filed.key;
    let line = |problem: &RowProblem| {
        let (what, remedy) = problem.fault.words(language);
        view! {
            <tr>
                <td class="n">{count_in(language, problem.line)}</td>
                <td>{problem.column.clone()}</td>
                <td>{format!("{what}. → {remedy}.")}</td>
            </tr>
        }
    };
    let lines = filed.problems.iter().map(line).collect_view();
    let more = filed.found.saturating_sub(filed.problems.len() as u64);
    let more =
        (more > 0).then(|| view! { <p class="sub">{fill(say(Word::MoreProblems), &[&count_in(language, more)])}</p> });
    let view = view! {
        <details open=filed.found <= 5>
            <summary>{fill(say(Word::Problems), &[&count_in(language, filed.found)])}</summary>
            <div class="probs" tabindex="0" role="region" aria-label=say(Word::Problem)>
                <table>
                    <thead>
                        <tr>
                            <th scope="col" class="n">{say(Word::Line)}</th>
                            <th scope="col">{say(Word::Column)}</th>
                            <th scope="col">{say(Word::Problem)}</th>
                        </tr>
                    </thead>
                    <tbody>{lines}</tbody>
                </table>
            </div>
            {more}
            <button class="link" type="button" on:click=move |_| desk.export(Export::Problems(key), Reader::Excel)>
                {say(Word::ExportProblems)} <span class="vh">{filed.name.clone()}</span>
            </button>
        </details>
    };
    Some(view.into_any())
}

/// Whether files stay on this device, and a way to take all away.
pub fn keeping(desk: Desk) -> AnyView {
    let say = move |word: Word| move || word.say(&desk.language.read());
    let choose = move |event: ev::Event| desk.keep(event_target_checked(&event));
    let hint = move || {
        let word = match desk.keeps.get() {
            Some(true) => Word::KeptHere,
            Some(false) => Word::KeptInTab,
            None => Word::NotKeptHere,
        };
        word.say(&desk.language.read())
    };
    let has_files = Memo::new(move |_| !desk.files.read().is_empty());
    view! {
        <label class="choice">
            <input type="checkbox" id="keep" prop:checked=move || desk.keeps.get() == Some(true) on:change=choose />
            {say(Word::KeepHere)}
        </label>
        <p class="sub" role="status">{hint}</p>
        {move || has_files.get().then(|| view! {
            <button class="link" type="button" id="wipe" on:click=move |_| desk.wipe()>{say(Word::Wipe)}</button>
        })}
    }
    .into_any()
}
