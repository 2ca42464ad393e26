//! Where a figure comes from: any figure can be pressed.

use leptos::html;
use leptos::prelude::*;

use super::super::browser;
use super::desk::Desk;
use super::filter::named_filters;
use super::notes::name;
use super::{board, sure};
use crate::report::{Row, count_in, day_in, decimal_in, percent_in, period_in, threshold_in};
use crate::scoring::{Estimate, Exact};
use crate::survey::method::Formula;
use crate::words::analysis::Word;
use crate::words::fill;
use crate::words::office::{Word as Office, formula_text};

/// A figure whose making is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Explained {
    row: Row,
    formula: Formula,
}

/// A figure as a button that shows where it comes from.
pub fn figure(desk: Desk, row: &Row, formula: Formula, class: &'static str, language: &str) -> AnyView {
    let shown = board::figure(row.estimate(formula), formula, language);
    if row.estimate(formula).is_none() {
        return view! { <span class=class data-value="">{shown}</span> }.into_any();
    }
    let label = fill(Word::Explain.say(language), &[&format!("{shown}, {}", board::heading(row, language))]);
    let explained = Explained { row: row.clone(), formula };
    let open = move |_| desk.explained.set(Some(explained.clone()));
    view! {
        <button class=format!("why {class}") type="button" aria-haspopup="dialog" aria-label=label data-value="" on:click=open>
            {shown}
        </button>
    }
    .into_any()
}

/// The window with what there is to know of the figure that was pressed.
pub fn dialog(desk: Desk) -> AnyView {
    let dialog: NodeRef<html::Dialog> = NodeRef::new();
    Effect::new(move || {
        if let (true, Some(dialog)) = (desk.explained.read().is_some(), dialog.get())
            && !dialog.open()
        {
            let _ = dialog.show_modal();
        }
    });
    let close = move |_| {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    let compare = move |_| {
        if let Some(explained) = desk.explained.get_untracked() {
            desk.view.measure.set(explained.row.measure);
        }
        close(());
        browser::reveal("#breakdown");
        browser::focus("#by");
    };
    // The browser tells a moment later that it was closed: by then another figure may have been pressed.
    let closed = move |_| {
        if dialog.get_untracked().is_none_or(|dialog| !dialog.open()) {
            desk.explained.set(None);
        }
    };
    let body = move || {
        let explained = desk.explained.get()?;
        let language = desk.language.get();
        let is_measure = explained.row.group.is_all();
        Some(view! {
            <h2 id="explained">{Word::ExplainTitle.say(&language)}</h2>
            {facts(desk, &explained, &language)}
            <div class="acts across">
                <button class="btn" type="button" on:click=move |_| close(())>{Word::Close.say(&language)}</button>
                {is_measure.then(|| view! {
                    <button class="btn ghost" type="button" on:click=compare>{Word::CompareGroups.say(&language)}</button>
                })}
            </div>
        })
    };
    view! {
        <dialog class="explain" node_ref=dialog aria-labelledby="explained" on:close=closed>
            {body}
        </dialog>
    }
    .into_any()
}

fn facts(desk: Desk, Explained { row, formula }: &Explained, language: &str) -> AnyView {
    let say = |word: Word| word.say(language).to_owned();
    let office = |word: Office| word.say(language).to_owned();
    let library = desk.library();
    let definition = library.shown(&desk.survey.read());
    let estimate = row.estimate(*formula);
    let count = |number: u64| count_in(language, number);
    let missing = row.count.missing;
    let absent = [missing.not_applicable, missing.no_opinion, missing.no_answer, missing.not_asked].map(count);
    let absent = fill(&say(Word::NotCountedText), &absent.each_ref().map(String::as_str));
    let target = row.target.as_ref().map(|target| {
        let years = [target.from, target.until].map(|day| day_in(language, day));
        let period = fill(Office::Period.say(language), &[&years[0], &years[1]]);
        let threshold = fill(Office::AtLeast.say(language), &[&threshold_in(language, target.threshold)]);
        let (text, source) = (target.text.get(language, "vi"), target.source.get(language, "vi"));
        format!("{text}: {threshold}, {period}. {}", fill(Office::Source.say(language), &[source]))
    });
    let (scope, days) = desk.results.with(|results| (scope(desk, row, &results.only), results.days));
    let days =
        row.group.days.or(days).map(|(from, to)| format!("{} – {}", day_in(language, from), day_in(language, to)));
    let without = row.figure(*formula).and_then(|figured| figured.without_marked);
    let without = without.map(|value| {
        let shown = if formula.is_percentage() { value * 100.0 } else { value };
        let unit = if formula.is_percentage() { "%" } else { "" };
        format!("{}{unit}", decimal_in(language, shown, 2))
    });
    let confidence = desk.results.with(|results| results.confidence.percent().to_string());
    let interval = sure::interval(estimate, *formula, language).map(|ends| {
        let effective = estimate.and_then(|estimate| estimate.effective);
        let effective = effective.map_or("–".to_owned(), |effective| sure::whole(effective, language));
        fill(&say(Word::IntervalText), &[&ends, &confidence, &effective])
    });
    let title = definition.survey.title.get(language, definition.survey.fallback());
    let facts: Vec<(String, Option<String>)> = vec![
        (office(Office::Content), Some(board::heading(row, language))),
        (
            say(Word::Formula),
            Some(format!("{} ({}): {}", office(name(*formula)), formula.id(), office(formula_text(*formula)))),
        ),
        (say(Word::Sum), estimate.map(|estimate| sum(estimate, *formula, language))),
        (office(Office::Respondents), Some(count(row.count.respondents))),
        (office(Office::ValidAnswers), Some(count(row.count.answers))),
        (say(Word::NotCounted), Some(absent)),
        (say(Word::Interval), interval),
        (say(Word::Against), target),
        (say(Word::Scope), Some([Some(scope), days].into_iter().flatten().collect::<Vec<_>>().join("; "))),
        (say(Word::WithoutMarked), without),
        (say(Word::Questionnaire), Some(fill(&say(Word::Edition), &[title, &definition.survey.edition]))),
    ];
    let facts = facts.into_iter().filter_map(|(name, text)| Some((name, text?)));
    let facts = facts.map(|(name, text)| view! { <dt>{name}</dt> <dd>{text}</dd> });
    view! { <dl class="facts">{facts.collect_view()}</dl> }.into_any()
}

/// The division itself.
fn sum(estimate: &Estimate, formula: Formula, language: &str) -> String {
    let shown = board::figure(Some(estimate), formula, language);
    let number = |list: &[_], word: Word| fill(word.say(language), &[&list.len().to_string()]);
    let sum = match &estimate.exact {
        Exact::Share(share) => {
            format!("{} / {}", count_in(language, share.numerator), count_in(language, share.denominator()))
        }
        Exact::MeanOf(shares) => number(shares, Word::SumOfShares),
        Exact::SumOf(shares) => number(shares, Word::SumOfMeans),
    };
    let own = match formula.is_percentage() {
        true => percent_in(language, estimate.exact.ten_thousandths()),
        false => shown.clone(),
    };
    match estimate.is_weighted {
        true => format!("{sum} = {own}; {}: {shown}", Word::Weighted.say(language)),
        false => format!("{sum} = {shown}"),
    }
}

/// Which responses a figure is about.
fn scope(desk: Desk, row: &Row, only: &[(String, Vec<String>)]) -> String {
    let survey = desk.survey.read();
    let filters = named_filters(desk, &survey, only).into_iter();
    let own: Vec<_> = row.group.values.iter().map(|(key, value)| (key.clone(), vec![value.clone()])).collect();
    let own = named_filters(desk, &survey, &own);
    let language = desk.language.read();
    let period = row.group.period.as_ref().map(|period| period_in(&language, period));
    let parts: Vec<String> = filters.chain(own).chain(period).collect();
    if parts.is_empty() { Word::ScopeAll.say(&language).to_owned() } else { parts.join("; ") }
}
