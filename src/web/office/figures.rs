//! Figures about single questions, below the table.

use leptos::prelude::*;

use super::board::{bar_of, percent};
use crate::report::{FigureRow, Results, count_in, mean_in};
use crate::scoring::Share;
use crate::survey::Text;
use crate::survey::method::FigureKind;
use crate::words::fill;
use crate::words::office::Word;

/// All of them; nothing where the survey has none.
pub fn figures(results: &Results, language: &str) -> AnyView {
    if results.figures.is_empty() {
        return ().into_any();
    }
    let figures = results.figures.iter().map(|row| figure(row, language)).collect_view();
    view! {
        <h2 class="figures-title">{Word::Figures.say(language)}</h2>
        <div class="figures">{figures}</div>
    }
    .into_any()
}

fn figure(row: &FigureRow, language: &str) -> AnyView {
    let answered = row.count.answered;
    let share = |numerator| Share::new(numerator, answered);
    let of = fill(Word::OfRespondents.say(language), &[&count_in(language, answered)]);
    let body = match &row.figure.kind {
        FigureKind::Mean => {
            let mean = if answered == 0 { "—".to_owned() } else { shown(language, row.count.sum, answered) };
            view! { <p class="pct">{mean}</p> }.into_any()
        }
        FigureKind::Share { options } => {
            let chosen = row.answers.iter().filter(|(id, _)| options.contains(id));
            let chosen = chosen.map(|(_, text)| said(text, language)).collect::<Vec<_>>().join(" / ");
            let count = count_in(language, row.count.in_share);
            view! {
                <p class="pct">{percent(share(row.count.in_share), language)}</p>
                {bar_of(width(share(row.count.in_share)))}
                <p class="sub">{format!("{count}: {chosen}")}</p>
            }
            .into_any()
        }
        FigureKind::Distribution => {
            let rows = row.answers.iter().zip(&row.count.chosen).map(|((_, text), count)| {
                view! {
                    <tr>
                        <th scope="row">{said(text, language)}</th>
                        <td class="n">{count_in(language, *count)}</td>
                        <td class="n">
                            <div class="ratecell">
                                {bar_of(width(share(*count)))} <span>{percent(share(*count), language)}</span>
                            </div>
                        </td>
                    </tr>
                }
            });
            let heads = [Word::Answer, Word::Respondents, Word::Part].map(|word| word.say(language));
            view! {
                <table>
                    <thead>
                        <tr>
                            <th scope="col">{heads[0]}</th>
                            <th scope="col" class="n">{heads[1]}</th>
                            <th scope="col" class="n">{heads[2]}</th>
                        </tr>
                    </thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            }
            .into_any()
        }
    };
    view! {
        <section class="figure" data-figure=row.figure.id.clone()>
            <h3>{said(&row.figure.text, language)}</h3>
            {body}
            <p class="sub">{of}</p>
        </section>
    }
    .into_any()
}

fn width(share: Option<Share>) -> f64 {
    share.map_or(0.0, Share::percent)
}

fn said(text: &Text, language: &str) -> String {
    text.get(language, "vi").to_owned()
}

/// A mean with two decimals, halves rounded away from zero, from the integers themselves.
fn shown(language: &str, sum: i128, answered: u64) -> String {
    let answered = u128::from(answered);
    let hundredths = (sum.unsigned_abs() * 200 + answered) / (2 * answered);
    let sign = if sum < 0 && hundredths > 0 { "−" } else { "" };
    format!("{sign}{}", mean_in(language, hundredths))
}
