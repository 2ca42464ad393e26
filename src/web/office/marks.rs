//! What looks odd among the responses: how many, what it means, and what the figure is without them.

use leptos::prelude::*;

use super::super::icon::{icon, path};
use super::board::figure;
use super::desk::Desk;
use super::view::OVERALL;
use crate::exchange::Reader;
use crate::office::message::Export;
use crate::quality::Mark;
use crate::report::{Results, count_in, mean_in, percent_in};
use crate::words::fill;
use crate::words::office::{Word, mark_words};

/// The panel: folded up where there is nothing odd.
pub fn marks(desk: Desk) -> AnyView {
    let has_any = Memo::new(move |_| desk.results.with(|results| results.marked > 0));
    let heading = move || {
        let language = desk.language.read();
        match desk.results.with(|results| results.marked) {
            0 => Word::NoMarks.say(&language).to_owned(),
            marked => fill(Word::Marks.say(&language), &[&count_in(&language, marked)]),
        }
    };
    let symbol = move || icon(if has_any.get() { path::WARN } else { path::CHECK });
    let body = move || desk.results.with(|results| body(results, &desk.language.read()));
    view! {
        <details class="more panel" id="marks" open=move || has_any.get()>
            <summary>{symbol} <h2>{heading}</h2></summary>
            {body}
            <p>
                <button class="btn ghost" type="button" id="export-marks" disabled=move || !has_any.get() on:click=move |_| export(desk)>
                    {icon(path::DOWNLOAD)} {move || Word::ExportMarks.say(&desk.language.read())}
                </button>
            </p>
        </details>
    }
    .into_any()
}

fn body(results: &Results, language: &str) -> AnyView {
    let say = |word: Word| word.say(language);
    let found = Mark::ALL.into_iter().zip(&results.marks).filter(|(_, count)| **count > 0);
    let lines = found.map(|(mark, count)| {
        let (name, meaning) = mark_words(mark);
        view! {
            <tr data-mark=mark.code()>
                <th scope="row">{say(name)}</th>
                <td class="n">{count_in(language, *count)}</td>
                <td class="sub">{say(meaning)}</td>
            </tr>
        }
    });
    let lines = lines.collect_view();
    let table = (results.marked > 0).then(|| {
        view! {
            <div class="scroll" tabindex="0" role="region" aria-label=say(Word::Mark)>
                <table class="hints">
                    <thead>
                        <tr>
                            <th scope="col">{say(Word::Mark)}</th>
                            <th scope="col" class="n">{say(Word::Responses)}</th>
                            <th scope="col">{say(Word::MarkMeans)}</th>
                        </tr>
                    </thead>
                    <tbody>{lines}</tbody>
                </table>
            </div>
        }
    });
    view! {
        {comparison(results, language)}
        {table}
        <p class="sub">{say(Word::MarksKept)}</p>
    }
    .into_any()
}

/// The overall figure with the marked responses and without them.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn comparison(results: &Results, language: &str) -> Option<AnyView> {
    let overall = results.total().find(|row| row.measure == OVERALL)?;
    let formula = results.official;
    let without = overall.figure(formula)?.without_marked?;
    let without = match formula.is_percentage() {
        true => percent_in(language, (without * 10_000.0).round() as u32),
        false => mean_in(language, (without * 100.0).round() as u128),
    };
    let with = figure(overall.estimate(formula), formula, language);
    let view = view! {
        <dl class="pair">
            <div><dt>{Word::MarksWith.say(language)}</dt><dd>{with}</dd></div>
            <div><dt>{Word::MarksWithout.say(language)}</dt><dd id="without-marked">{without}</dd></div>
        </dl>
    };
    Some(view.into_any())
}

/// Hands out the list of the marked responses.
fn export(desk: Desk) {
    desk.export(Export::Marked, Reader::Excel);
}
