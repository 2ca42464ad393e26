//! The items that pull the overall figure down most.

use leptos::prelude::*;

use super::board;
use super::desk::Desk;
use crate::report::{Pull, count_in, decimal_in, pulls};
use crate::words::analysis::Word;
use crate::words::fill;
use crate::words::office::Word as Office;

/// Lines shown at once.
const SHOWN: usize = 5;

/// The section; nothing where the official figure is no sum over items, or has one only.
pub fn section(desk: Desk) -> AnyView {
    let language = desk.language.read();
    let library = desk.library();
    let definition = library.shown(&desk.survey.read());
    let Some(pulls) = desk.results.with(|results| pulls(definition, results)).filter(|pulls| pulls.len() > 1) else {
        return ().into_any();
    };
    let all: f64 = pulls.iter().map(|pull| pull.lost).sum();
    let short = decimal_in(&language, all * 100.0, 2);
    let text = match all > 0.0 {
        true => fill(Word::PullsText.say(&language), &[&short, &short]),
        false => Word::PullsNone.say(&language).to_owned(),
    };
    let pulls: Vec<Pull> = pulls.into_iter().filter(|pull| pull.lost > 0.0).collect();
    let most = pulls.first().map_or(1.0, |pull| pull.lost);
    let rest = (pulls.len() > SHOWN).then(|| {
        view! {
            <details class="more">
                <summary>{fill(Word::AllPulls.say(&language), &[&pulls.len().to_string()])}</summary>
                {table(&pulls, most, all, &language)}
            </details>
        }
    });
    view! {
        <section class="panel" id="pulls" aria-labelledby="pulls-title">
            <h2 id="pulls-title">{Word::Pulls.say(&language)}</h2>
            <p class="sub">{text}</p>
            {(!pulls.is_empty()).then(|| table(&pulls[..pulls.len().min(SHOWN)], most, all, &language))}
            {rest}
        </section>
    }
    .into_any()
}

fn table(pulls: &[Pull], most: f64, all: f64, language: &str) -> AnyView {
    let lines = pulls.iter().map(|pull| {
        let of = format!("{} / {}", count_in(language, pull.unsatisfied), count_in(language, pull.answers));
        view! {
            <tr data-measure=pull.measure.clone()>
                <th scope="row">{pull.text.get(language, "vi").to_owned()}</th>
                <td class="n">{of}</td>
                <td class="n">
                    <div class="ratecell">
                        {board::bar_of(pull.lost / most * 100.0)}
                        <span data-value="">{decimal_in(language, pull.lost * 100.0, 2)}</span>
                    </div>
                </td>
                <td class="n">{format!("{}%", decimal_in(language, pull.lost / all * 100.0, 1))}</td>
            </tr>
        }
    });
    let label = Word::PullsTable.say(language);
    view! {
        <div class="wrap scroll" tabindex="0" role="region" aria-label=label>
            <table>
                <caption class="vh">{label}</caption>
                <thead>
                    <tr>
                        <th scope="col">{Office::Content.say(language)}</th>
                        <th scope="col" class="n">{Word::Unsatisfied.say(language)}</th>
                        <th scope="col" class="n rate">{Word::Lost.say(language)}</th>
                        <th scope="col" class="n">{Word::PartOfLost.say(language)}</th>
                    </tr>
                </thead>
                <tbody>{lines.collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}
