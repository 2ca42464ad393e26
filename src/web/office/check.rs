//! The table for those who check: what was counted, what was not and why, and how precise each figure is.

use leptos::prelude::*;

use super::desk::Desk;
use super::{board, sure};
use crate::report::{Row, count_in, decimal_in};
use crate::survey::method::Formula;
use crate::words::fill;
use crate::words::office::Word;

/// The table, folded up.
pub fn check(desk: Desk) -> AnyView {
    let say = move |word: Word| move || word.say(&desk.language.read());
    let heads = move || {
        let language = desk.language.read();
        let (confidence, is_percentage) =
            desk.results.with(|results| (results.confidence, results.official.is_percentage()));
        let error = if is_percentage { Word::StandardError } else { Word::StandardErrorPlain };
        let words = [
            Word::Respondents,
            Word::ValidAnswers,
            Word::NotApplicable,
            Word::NoOpinion,
            Word::NoAnswer,
            Word::NotAsked,
            error,
            Word::DesignEffect,
            Word::Effective,
        ];
        let words = words.into_iter().map(|word| word.say(&language).to_owned());
        let interval = fill(Word::IntervalOf.say(&language), &[&confidence.percent().to_string()]);
        let heads = words.chain([interval]).map(|text| view! { <th scope="col" class="n">{text}</th> });
        view! { <th scope="col">{Word::Content.say(&language)}</th> {heads.collect_view()} }
    };
    let rows = move || {
        let language = desk.language.read();
        desk.results
            .with(|results| results.total().map(|row| line(row, results.official, &language)).collect_view().into_any())
    };
    view! {
        <details class="more" id="check">
            <summary>{say(Word::CheckTable)}</summary>
            <div class="wrap scroll tall" tabindex="0" role="region" aria-label=say(Word::CheckTable)>
                <table class="checks">
                    <caption>{say(Word::CheckTableText)}</caption>
                    <thead>
                        <tr>{heads}</tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </details>
    }
    .into_any()
}

fn line(row: &Row, formula: Formula, language: &str) -> AnyView {
    let estimate = row.estimate(formula);
    let missing = row.count.missing;
    let counts = [
        row.count.respondents,
        row.count.answers,
        missing.not_applicable,
        missing.no_opinion,
        missing.no_answer,
        missing.not_asked,
    ];
    let counts = counts.map(|count| count_in(language, count));
    let unit = if formula.is_percentage() { 100.0 } else { 1.0 };
    let number = |value: Option<f64>, decimals| {
        value.filter(|value| value.is_finite()).map_or("–".to_owned(), |value| decimal_in(language, value, decimals))
    };
    let precision = [
        number(estimate.and_then(|estimate| estimate.standard_error).map(|error| error * unit), 2),
        number(estimate.and_then(|estimate| estimate.design_effect), 2),
        estimate
            .and_then(|estimate| estimate.effective)
            .map_or("–".to_owned(), |effective| sure::whole(effective, language)),
        sure::interval(estimate, formula, language).unwrap_or("–".to_owned()),
    ];
    let cells = counts.into_iter().chain(precision).map(|text| view! { <td class="n">{text}</td> }).collect_view();
    view! {
        <tr class=board::class_of_kind(row.kind) data-measure=row.measure.clone()>
            <th scope="row">{board::heading(row, language)}</th>
            {cells}
        </tr>
    }
    .into_any()
}
