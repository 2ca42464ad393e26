//! A report as it is printed.

use leptos::prelude::*;

use crate::document::report::{Bar, Block, Chart, Report, Section, Table};
use crate::words::report::Word;

/// The pages, one after the other.
pub fn drawn(report: &Report, language: &str) -> AnyView {
    let line =
        |class: &'static str, text: &str| (!text.is_empty()).then(|| view! { <p class=class>{text.to_owned()}</p> });
    let opening = report.opening.iter().map(|text| view! { <p class="para">{text.clone()}</p> }).collect_view();
    let sections = report.sections.iter().map(section).collect_view();
    let foot = report.signature.as_ref().map(|[authority, position, signer]| {
        let recipients = report.recipients.iter().map(|line| view! { <li>{line.clone()}</li> }).collect_view();
        view! {
            <div class="paper-foot">
                <div class="paper-recipients">
                    <p>{Word::SendTo.say(language)}</p>
                    <ul>{recipients}</ul>
                </div>
                <div class="paper-signature">
                    {line("authority", authority)}
                    {line("position", position)}
                    <p class="signer">{signer.clone()}</p>
                </div>
            </div>
        }
    });
    view! {
        <article class="paper" class:public=report.signature.is_none() lang=language.to_owned()>
            <div class="paper-head">
                <div>{line("superior", &report.superior)} {line("issuing", &report.body)}</div>
                <div><p class="country">{report.motto[0]}</p> <p class="motto">{report.motto[1]}</p></div>
                <p class="paper-number">{report.number.clone()}</p>
                <p class="paper-place">{report.place_and_date.clone()}</p>
            </div>
            <div class="paper-title">
                <h3>{report.kind}</h3>
                {line("subject", &report.subject)}
            </div>
            {opening}
            {sections}
            {foot}
        </article>
    }
    .into_any()
}

fn section(section: &Section) -> AnyView {
    let title = (!section.title.is_empty()).then(|| view! { <h4>{section.title.clone()}</h4> });
    let blocks = section.blocks.iter().map(block).collect_view();
    view! { <section>{title} {blocks}</section> }.into_any()
}

fn block(block: &Block) -> AnyView {
    match block {
        Block::Text(text) => view! { <p class="para">{text.clone()}</p> }.into_any(),
        Block::List(points) => {
            let points = points.iter().map(|point| view! { <li>{point.clone()}</li> }).collect_view();
            view! { <ul class="points">{points}</ul> }.into_any()
        }
        Block::Table(table) => drawn_table(table),
        Block::Chart(chart) => drawn_chart(chart),
    }
}

fn drawn_table(table: &Table) -> AnyView {
    let heads = table.heads.iter().map(|head| view! { <th scope="col">{head.clone()}</th> }).collect_view();
    let rows = table.rows.iter().map(|row| {
        let mut cells = row.cells.iter();
        let head = cells.next().cloned();
        let cells = cells.map(|cell| view! { <td>{cell.clone()}</td> }).collect_view();
        view! { <tr class=format!("level-{}", row.level)><th scope="row">{head}</th> {cells}</tr> }
    });
    view! {
        <table>
            <caption>{table.caption.clone()}</caption>
            <thead><tr>{heads}</tr></thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}

fn drawn_chart(chart: &Chart) -> AnyView {
    let bars = chart.bars.iter().map(bar).collect_view();
    view! {
        <figure class="chart">
            <figcaption>{chart.caption.clone()}</figcaption>
            <ul>{bars}</ul>
            <p class="legend">{chart.legend.clone()}</p>
        </figure>
    }
    .into_any()
}

/// A bar in two shades of grey and black lines: it says the same in black and white.
fn bar(bar: &Bar) -> AnyView {
    let whisker = bar.interval.map(|(low, high)| {
        view! { <path class="whisker" d=format!("M{low:.2} 5H{high:.2}M{low:.2} 3v4M{high:.2} 3v4") /> }
    });
    let target = bar.threshold.map(|threshold| view! { <path class="goalmark" d=format!("M{threshold:.2} 0v10") /> });
    view! {
        <li>
            <span>{bar.label.clone()}</span>
            <svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
                <rect class="bg" width="100" height="10" />
                <rect class="fg" width=format!("{:.2}", bar.percent) height="10" />
                {whisker}
                {target}
            </svg>
            <b>{bar.shown.clone()}</b>
        </li>
    }
    .into_any()
}
