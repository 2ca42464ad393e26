//! The side panel: files in, what became of them, files out.

use leptos::prelude::*;

use super::super::browser;
use super::super::browser::download;
use super::super::icon::{icon, path};
use super::desk::{Desk, ImportedFile, Remark};
use super::drop_field::drop_field;
use super::exports;
use crate::exchange::Reader;
use crate::exchange::responses::{RowProblem, write_responses};
use crate::exchange::results::write_results;
use crate::report::count_in;
use crate::survey::problem::Severity;
use crate::words::fill;
use crate::words::office::Word;

pub(super) const CSV: &str = "text/csv;charset=utf-8";

/// Problems shown of one file; the rest is counted.
const SHOWN_PROBLEMS: usize = 200;

/// The side panel.
pub fn side(desk: Desk) -> AnyView {
    let say = move |word: Word| move || word.say(&desk.language.read());
    view! {
        <aside class="side">
            <section class="panel" aria-labelledby="data">
                <h2 id="data">{say(Word::Data)}</h2>
                {drop_field(desk, ".csv,text/csv", Word::Import)}
                {move || remarks(desk)}
                <ul class="sources">{move || device(desk)} {move || files(desk)}</ul>
                <p class="sub">{say(Word::KeptInTab)}</p>
            </section>
            {exports(desk)}
        </aside>
    }
    .into_any()
}

fn remarks(desk: Desk) -> AnyView {
    let language = desk.language.read();
    let library = desk.library();
    let remarks = desk.remarks.get();
    let list = remarks.into_iter().map(|remark| {
        let title = |id: &str| library.title(id, &language);
        let (class, role, text) = match remark {
            Remark::OtherSurvey { file, survey } => {
                ("note", "status", fill(Word::OtherSurvey.say(&language), &[&file, &title(&survey)]))
            }
            Remark::UnknownSurvey { file, survey } => {
                ("note bad", "alert", fill(Word::UnknownSurvey.say(&language), &[&file, &survey]))
            }
            Remark::NotResponses { file } => ("note bad", "alert", fill(Word::NotResponses.say(&language), &[&file])),
            Remark::Results { file } => ("note bad", "alert", fill(Word::ResultsFile.say(&language), &[&file])),
            Remark::Utf16 { file } => ("note bad", "alert", fill(Word::Utf16.say(&language), &[&file])),
            Remark::Unreadable { file } => ("note bad", "alert", fill(Word::Unreadable.say(&language), &[&file])),
        };
        let symbol = icon(if role == "alert" { path::ERROR } else { path::INFO });
        view! { <div class=class role=role>{symbol} <p>{text}</p></div> }
    });
    list.collect_view().into_any()
}

fn device(desk: Desk) -> AnyView {
    let language = desk.language.read();
    let library = desk.library();
    let shown = &library.shown(&desk.survey.read()).survey;
    let count = desk.device.with(|device| device.as_ref().map(|device| (device.count(shown), device.unreadable)));
    let figures = match count {
        Some(((own, other), unreadable)) => {
            let note = |word: Word, count: usize| {
                let text = fill(word.say(&language), &[&count_in(&language, count as u64)]);
                (count > 0)
                    .then(|| view! { <p class="note warn" role="status">{icon(path::WARN)} <span>{text}</span></p> })
            };
            view! {
                <dl class="tally">{figure(Word::Responses, own as u64, &language)}</dl>
                {note(Word::OtherEdition, other)}
                {note(Word::UnreadableRecords, unreadable)}
            }
            .into_any()
        }
        None => view! { <p class="sub">{Word::DeviceBlocked.say(&language)}</p> }.into_any(),
    };
    view! { <li><p class="name">{Word::ThisDevice.say(&language)}</p> {figures}</li> }.into_any()
}

fn figure(word: Word, count: u64, language: &str) -> AnyView {
    view! { <div><dt>{word.say(language)}</dt><dd>{count_in(language, count)}</dd></div> }.into_any()
}

fn files(desk: Desk) -> AnyView {
    let library = desk.library();
    let shown = &library.shown(&desk.survey.read()).survey.id;
    let files = desk.files.get();
    files.into_iter().filter(|file| file.survey == *shown).map(|file| imported(desk, &file)).collect_view().into_any()
}

fn imported(desk: Desk, file: &ImportedFile) -> AnyView {
    let language = desk.language.read();
    let import = &file.import;
    let warnings = import.problems.iter().filter(|problem| problem.fault.severity() == Severity::Warning).count();
    let remove = fill(Word::RemoveWhat.say(&language), &[&file.name]);
    let key = file.key;
    let figures = [
        (Word::Rows, import.rows),
        (Word::Used, import.responses.len() as u64),
        (Word::Duplicates, import.duplicates),
        (Word::SetAside, import.set_aside),
        (Word::Warnings, warnings as u64),
    ];
    let figures = figures.map(|(word, count)| figure(word, count, &language));
    view! {
        <li>
            <p class="name">
                {file.name.clone()}
                <button class="link" type="button" aria-label=remove on:click=move |_| desk.remove(key)>
                    {Word::Remove.say(&language)}
                </button>
            </p>
            <dl class="tally">{figures.into_iter().collect_view()}</dl>
            {problems(&import.problems, &language)}
        </li>
    }
    .into_any()
}

fn problems(problems: &[RowProblem], language: &str) -> AnyView {
    if problems.is_empty() {
        return ().into_any();
    }
    let say = |word: Word| word.say(language);
    let total = count_in(language, problems.len() as u64);
    let rows = problems.iter().take(SHOWN_PROBLEMS).map(|problem| {
        let (what, remedy) = problem.fault.words(language);
        view! {
            <tr>
                <td class="n">{count_in(language, problem.line)}</td>
                <td>{problem.column.clone()}</td>
                <td>{format!("{what}. → {remedy}.")}</td>
            </tr>
        }
    });
    let more = problems.len().saturating_sub(SHOWN_PROBLEMS);
    let more = (more > 0).then(|| {
        view! { <p class="sub">{fill(say(Word::MoreProblems), &[&count_in(language, more as u64)])}</p> }
    });
    view! {
        <details open=problems.len() <= 5>
            <summary>{fill(say(Word::Problems), &[&total])}</summary>
            <div class="probs" tabindex="0" role="region" aria-label=say(Word::Problem)>
                <table>
                    <thead>
                        <tr>
                            <th scope="col" class="n">{say(Word::Line)}</th>
                            <th scope="col">{say(Word::Column)}</th>
                            <th scope="col">{say(Word::Problem)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            </div>
            {more}
        </details>
    }
    .into_any()
}

fn exports(desk: Desk) -> AnyView {
    let is_empty = move || desk.results.with(|results| results.responses == 0);
    let button = move |word: Word, class: &'static str, export: fn(Desk)| {
        view! {
            <button class=class type="button" disabled=is_empty on:click=move |_| export(desk)>
                {icon(path::DOWNLOAD)} {move || word.say(&desk.language.read())}
            </button>
        }
        .into_any()
    };
    view! {
        <section class="panel" aria-labelledby="export">
            <h2 id="export">{move || Word::Export.say(&desk.language.read())}</h2>
            <div class="acts">
                {button(Word::ExportResults, "btn", |desk| export_results(desk, Reader::Excel))}
                {button(Word::ExportResultsMachine, "btn ghost", |desk| export_results(desk, Reader::Machine))}
                {button(Word::ExportResponses, "btn ghost", |desk| export_responses(desk, Reader::Excel))}
                {button(Word::ExportResponsesMachine, "btn ghost", |desk| export_responses(desk, Reader::Machine))}
            </div>
            {exports::more(desk)}
        </section>
    }
    .into_any()
}

fn export_results(desk: Desk, reader: Reader) {
    let language = desk.language.get_untracked();
    let (survey, text) = desk.results.with_untracked(|results| {
        (results.survey.clone(), write_results(std::slice::from_ref(results), &language, reader))
    });
    download(&file_name(&survey, "results"), &text, CSV);
}

fn export_responses(desk: Desk, reader: Reader) {
    let library = desk.library();
    let survey = &library.shown(&desk.survey.read_untracked()).survey;
    let responses = untrack(|| desk.responses());
    download(&file_name(&survey.id, "responses"), &write_responses(survey, &responses, reader), CSV);
}

pub(super) fn file_name(survey: &str, what: &str) -> String {
    format!("{survey}_{what}_{}.csv", browser::now().format("%Y-%m-%d"))
}
