//! Exports for programs of their own kind: a workbook, SPSS, the codebook.

use leptos::prelude::*;

use super::super::browser::{self, download, download_bytes};
use super::super::icon::{icon, path};
use super::data::{CSV, file_name};
use super::desk::Desk;
use super::filter::named_filters;
use crate::document::report::Facts;
use crate::document::texts::Texts;
use crate::exchange::Reader;
use crate::exchange::codebook::write_codebook;
use crate::exchange::spreadsheet::write_workbook;
use crate::office::message::Export;
use crate::words::export::Word;

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The buttons, folded up.
pub fn more(desk: Desk) -> AnyView {
    let say = move |word: Word| move || word.say(&desk.language.read());
    let is_empty = move || desk.results.with(|results| results.responses == 0);
    let offered = move |id: &'static str, word: Word, needs_responses: bool, export: fn(Desk)| {
        view! {
            <button class="btn ghost" type="button" id=id disabled=move || needs_responses && is_empty() on:click=move |_| export(desk)>
                {icon(path::DOWNLOAD)} {say(word)}
            </button>
        }
        .into_any()
    };
    view! {
        <details class="formats">
            <summary>{say(Word::More)}</summary>
            <div class="acts">
                {offered("export-workbook", Word::Workbook, true, workbook)}
                {offered("export-spss-data", Word::SpssData, true, |desk| spss(desk, true))}
                {offered("export-spss-syntax", Word::SpssSyntax, true, |desk| spss(desk, false))}
                {offered("export-codebook", Word::Codebook, false, codebook)}
            </div>
            <p class="sub">{say(Word::SpssHint)}</p>
        </details>
    }
    .into_any()
}

fn workbook(desk: Desk) {
    let library = untrack(|| desk.library());
    let definition = library.shown(&desk.survey.read_untracked());
    let (language, texts) = (desk.language.get_untracked(), Texts::new());
    let written = desk.results.with_untracked(|results| {
        let today = browser::now().date_naive();
        let scope = untrack(|| named_filters(desk, &results.survey, &results.only)).join("; ");
        write_workbook(&Facts { results, definition, texts: &texts, language: &language, today, scope: &scope })
    });
    if let Ok(bytes) = written {
        download_bytes(&name(&definition.survey.id, "results", "xlsx"), &bytes, XLSX);
    }
}

fn spss(desk: Desk, is_data: bool) {
    let library = untrack(|| desk.library());
    let file = file_name(&library.shown(&desk.survey.read_untracked()).survey.id, "spss");
    // UTF-8 without a byte order mark: SPSS is told the encoding.
    desk.export(Export::Spss { is_data, language: desk.language.get_untracked(), file }, Reader::Machine);
}

fn codebook(desk: Desk) {
    let library = untrack(|| desk.library());
    let survey = &library.shown(&desk.survey.read_untracked()).survey;
    let text = write_codebook(survey, &desk.language.read_untracked(), Reader::Excel);
    download(&file_name(&survey.id, "codebook"), &text, CSV);
}

/// The name of a file of another kind than CSV.
fn name(survey: &str, what: &str, kind: &str) -> String {
    let csv = file_name(survey, what);
    format!("{}.{kind}", csv.strip_suffix(".csv").unwrap_or(&csv))
}
