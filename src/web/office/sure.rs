//! How sure a figure is, in words and drawn.

use leptos::prelude::*;

use crate::report::{Row, count_in, interval_in};
use crate::scoring::{Confidence, Estimate, Evidence, further, yamane};
use crate::survey::method::Formula;
use crate::words::fill;
use crate::words::office::Word;

/// The ends of the interval.
pub fn interval(estimate: Option<&Estimate>, formula: Formula, language: &str) -> Option<String> {
    Some(interval_in(language, estimate?.interval?, formula.is_percentage()))
}

/// The interval under a figure in a table.
pub fn small(estimate: Option<&Estimate>, formula: Formula, language: &str) -> Option<AnyView> {
    interval(estimate, formula, language).map(|text| view! { <span class="ends">{text}</span> }.into_any())
}

/// The interval as a sentence with its confidence.
pub fn sentence(
    estimate: Option<&Estimate>,
    formula: Formula,
    confidence: Confidence,
    language: &str,
) -> Option<AnyView> {
    let ends = interval(estimate, formula, language)?;
    let what = fill(Word::Interval.say(language), &[&confidence.percent().to_string()]);
    // On one line: half an interval is read as a figure.
    Some(view! { <p class="sub interval">{what} " " <span class="nowrap">{ends}</span></p> }.into_any())
}

/// What the interval proves about a row's target, and how many more would settle it.
pub fn evidence(row: &Row, formula: Formula, language: &str) -> Option<String> {
    let (estimate, target) = (row.estimate(formula)?, row.target.as_ref()?);
    Some(match Evidence::of(estimate, target.threshold)? {
        Evidence::Met => Word::EvidenceMet.say(language).to_owned(),
        Evidence::NotMet => Word::EvidenceNotMet.say(language).to_owned(),
        Evidence::NotEnough => match further(estimate, target.threshold, row.group.population_of_sample()) {
            Some(more) => fill(Word::EvidenceFurther.say(language), &[&count_in(language, more)]),
            None => Word::EvidenceNotEnough.say(language).to_owned(),
        },
    })
}

/// The same in a word, under the verdict of a table.
pub fn briefly(row: &Row, formula: Formula, language: &str) -> Option<AnyView> {
    let found = Evidence::of(row.estimate(formula)?, row.target.as_ref()?.threshold)?;
    let word = if found == Evidence::NotEnough { Word::NotEnough } else { Word::Enough };
    Some(view! { <span class="ends">{word.say(language)}</span> }.into_any())
}

/// Whether as many answered as the guidance asks for, where the number of dossiers is known.
pub fn sample(row: &Row, language: &str) -> Option<String> {
    let population = row.group.population?;
    let (needed, people) = (yamane(population), row.count.respondents);
    let [all, least] = [population, needed].map(|count| count_in(language, count));
    Some(match needed.checked_sub(people).filter(|short| *short > 0) {
        None => fill(Word::SampleEnough.say(language), &[&least, &all]),
        Some(short) => fill(Word::SampleShort.say(language), &[&least, &all, &count_in(language, short)]),
    })
}

/// A number of answers that need be no whole one.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
pub fn whole(value: f64, language: &str) -> String {
    count_in(language, value.round() as u64)
}

/// The interval as a whisker across a bar of 100 by 8.
pub fn whisker(estimate: Option<&Estimate>) -> Option<AnyView> {
    let (low, high) = estimate?.interval?;
    let (low, high) = (low * 100.0, high * 100.0);
    let path = format!("M{low:.3} 4H{high:.3}M{low:.3} 1v6M{high:.3} 1v6");
    Some(view! { <path class="whisker" d=path /> }.into_any())
}
