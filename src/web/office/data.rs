//! The side panel: files in, what became of them, files out.

use leptos::prelude::*;

use super::super::browser;
use super::super::browser::download;
use super::super::icon::{icon, path};
use super::desk::Desk;
use super::drop_field::drop_field;
use super::exports;
use super::files;
use crate::exchange::Reader;
use crate::exchange::results::write_results;
use crate::office::message::Export;
use crate::report::count_in;
use crate::words::fill;
use crate::words::office::Word;

pub(super) const CSV: &str = "text/csv;charset=utf-8";

/// The side panel.
pub fn side(desk: Desk) -> AnyView {
    let say = move |word: Word| move || word.say(&desk.language.read());
    view! {
        <aside class="side">
            <section class="panel" aria-labelledby="data">
                <h2 id="data">{say(Word::Data)}</h2>
                {drop_field(desk, ".csv,.txt,.tsv,.xlsx,text/csv", Word::Import)}
                {files::progress(desk)}
                {files::undo(desk)}
                {move || files::remarks(desk)}
                <ul class="sources">{move || device(desk)} {move || files::list(desk)}</ul>
                {files::keeping(desk)}
            </section>
            {exports(desk)}
        </aside>
    }
    .into_any()
}

fn device(desk: Desk) -> AnyView {
    let language = desk.language.read();
    let library = desk.library();
    let shown = &library.shown(&desk.survey.read()).survey;
    let count = desk
        .device
        .with(|device| device.as_ref().map(|device| (device.count(&shown.id, &shown.edition), device.unreadable)));
    let figures = match count {
        Some(((own, other), unreadable)) => {
            let note = |word: Word, count: u64| {
                let text = fill(word.say(&language), &[&count_in(&language, count)]);
                (count > 0)
                    .then(|| view! { <p class="note warn" role="status">{icon(path::WARN)} <span>{text}</span></p> })
            };
            view! {
                <dl class="tally">{files::figure(Word::Responses, own, &language)}</dl>
                {note(Word::OtherEdition, other)}
                {note(Word::UnreadableRecords, unreadable)}
            }
            .into_any()
        }
        None => view! { <p class="sub">{Word::DeviceBlocked.say(&language)}</p> }.into_any(),
    };
    view! { <li><p class="name">{Word::ThisDevice.say(&language)}</p> {figures}</li> }.into_any()
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
                {button(Word::ExportResponses, "btn ghost", |desk| desk.export(Export::Responses, Reader::Excel))}
                {button(Word::ExportResponsesMachine, "btn ghost", |desk| desk.export(Export::Responses, Reader::Machine))}
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

pub(super) fn file_name(survey: &str, what: &str) -> String {
    format!("{survey}_{what}_{}.csv", browser::now().format("%Y-%m-%d"))
}
