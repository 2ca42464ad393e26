//! A target from period to period: a line, what it says, and the table behind it.

use leptos::prelude::*;

use super::{board, sure};
use crate::report::{Change, Row, count_in, period_in, signed_in};
use crate::survey::method::Formula;
use crate::words::analysis::Word;
use crate::words::fill;
use crate::words::office::Word as Office;

/// Width and height of the drawing.
const SIZE: (f64, f64) = (240.0, 48.0);

/// The line and its words; nothing of a single period.
pub fn trend(rows: &[Row], title: &str, official: Formula, language: &str) -> Option<AnyView> {
    let (_, last) = rows.split_first().filter(|(_, rest)| !rest.is_empty())?;
    let last = last.last()?;
    let name = |row: &Row| period_in(language, row.group.period.as_deref().unwrap_or_default());
    let figure = |row: &Row| board::figure(row.estimate(official), official, language);
    let summary = fill(Word::TrendLast.say(language), &[&name(last), &figure(last)]);
    let change = |row: &Row| row.figure(official).and_then(|figured| figured.change);
    let change_of_last = change(last).map(|change| view! { <p class="sub">{changed(&change, official, language)}</p> });
    let lines = rows.iter().rev().map(|row| {
        view! {
            <tr>
                <th scope="row">{name(row)}</th>
                <td class="n">{count_in(language, row.count.respondents)}</td>
                <td class="n"><span data-value="">{figure(row)}</span> {sure::small(row.estimate(official), official, language)}</td>
                <td>{change(row).map_or("–".to_owned(), |change| changed(&change, official, language))}</td>
            </tr>
        }
    });
    let lines = lines.collect_view();
    let heads = [Office::Time, Office::Respondents, Office::Percent, Office::Change].map(|word| word.say(language));
    let caption = fill(Word::TrendCaption.say(language), &[title]);
    let threshold = last.target.as_ref().map(|target| target.threshold);
    Some(
        view! {
            <div class="trend">
                {official.is_percentage().then(|| drawn(rows, threshold, official))}
                <p class="sub">{summary}</p>
                {change_of_last}
                <details class="more">
                    <summary>{Word::TrendTable.say(language)}</summary>
                    <div class="wrap scroll" tabindex="0" role="region" aria-label=caption.clone()>
                        <table>
                            <caption>{caption.clone()}</caption>
                            <thead>
                                <tr>
                                    <th scope="col">{heads[0]}</th>
                                    <th scope="col" class="n">{heads[1]}</th>
                                    <th scope="col" class="n">{heads[2]}</th>
                                    <th scope="col">{heads[3]}</th>
                                </tr>
                            </thead>
                            <tbody>{lines}</tbody>
                        </table>
                    </div>
                </details>
            </div>
        }
        .into_any(),
    )
}

/// A change in words, with its interval and what that proves.
fn changed(change: &Change, official: Formula, language: &str) -> String {
    let unit = if official.is_percentage() { 100.0 } else { 1.0 };
    let [value, low, high] =
        [change.value, change.interval.0, change.interval.1].map(|value| signed_in(language, value * unit, 2));
    let what = match () {
        () if change.interval.0 > 0.0 => Office::Rose.say(language),
        () if change.interval.1 < 0.0 => Office::Fell.say(language),
        () => Word::Unchanged.say(language),
    };
    fill(Word::TrendChange.say(language), &[&value, &low, &high, what])
}

/// The periods as points of a line, between the least of them and 100 %, with the target across.
fn drawn(rows: &[Row], threshold: Option<u32>, official: Formula) -> AnyView {
    let values: Vec<Option<f64>> =
        rows.iter().map(|row| row.estimate(official).map(|of| f64::from(of.ten_thousandths()) / 100.0)).collect();
    let goal = threshold.map(|threshold| f64::from(threshold) / 100.0);
    let least = values.iter().flatten().copied().chain(goal).fold(100.0_f64, f64::min);
    let bottom = ((least - 2.0) / 5.0).floor().max(0.0) * 5.0;
    let (width, height) = SIZE;
    let y = |value: f64| 4.0 + (100.0 - value) / (100.0 - bottom).max(1.0) * (height - 8.0);
    let x = |at: usize| 4.0 + at as f64 / (values.len() - 1).max(1) as f64 * (width - 8.0);
    let mut line = String::new();
    let mut is_down = false;
    for (at, value) in values.iter().enumerate() {
        // Where there is no value the line is broken.
        let Some(value) = value else {
            is_down = false;
            continue;
        };
        let letter = if std::mem::replace(&mut is_down, true) { 'L' } else { 'M' };
        line.push_str(&format!("{letter}{:.1} {:.1}", x(at), y(*value)));
    }
    let dots = values.iter().enumerate().filter_map(|(at, value)| Some((x(at), y((*value)?))));
    let dots = dots.map(|(x, y)| view! { <circle cx=format!("{x:.1}") cy=format!("{y:.1}") r="2.5" /> }).collect_view();
    let goal = goal.map(|goal| {
        let path = format!("M0 {0:.1}H{width}", y(goal));
        view! { <path class="goalmark" d=path /> }
    });
    view! {
        <svg class="line" viewBox=format!("0 0 {width} {height}") aria-hidden="true">
            {goal}
            <path class="course" d=line />
            {dots}
        </svg>
    }
    .into_any()
}
