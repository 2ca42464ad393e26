//! How the figures were made: formulas, sources, period. Below everything else.

use leptos::prelude::*;

use crate::report::{Results, day_in};
use crate::survey::method::{Definition, Formula};
use crate::words::fill;
use crate::words::office::Word;

/// The short name of a formula, as a column heading.
pub fn name(formula: Formula) -> Word {
    match formula {
        Formula::Top2Pooled => Word::Percent,
        Formula::Top2MeanOfItems => Word::Top2MeanOfItems,
        Formula::MeanOfFactors => Word::MeanOfFactors,
        Formula::NineIndicators => Word::NineIndicators,
        Formula::MeanOver5 => Word::MeanOver5,
        Formula::MeanMinus1Over4 => Word::MeanMinus1Over4,
        Formula::RespondentTop2 => Word::RespondentTop2,
        Formula::AllSatisfied => Word::AllSatisfied,
        Formula::MeanScore => Word::MeanScore,
    }
}

fn explanation(formula: Formula) -> Word {
    match formula {
        Formula::Top2Pooled => Word::Top2PooledIs,
        Formula::Top2MeanOfItems => Word::Top2MeanOfItemsIs,
        Formula::MeanOfFactors => Word::MeanOfFactorsIs,
        Formula::NineIndicators => Word::NineIndicatorsIs,
        Formula::MeanOver5 => Word::MeanOver5Is,
        Formula::MeanMinus1Over4 => Word::MeanMinus1Over4Is,
        Formula::RespondentTop2 => Word::RespondentTop2Is,
        Formula::AllSatisfied => Word::AllSatisfiedIs,
        Formula::MeanScore => Word::MeanScoreIs,
    }
}

/// The notes.
pub fn notes(results: &Results, definition: &Definition, language: &str) -> AnyView {
    let say = |word: Word| word.say(language);
    let fallback = definition.survey.fallback();
    let method = &definition.method;
    let formulas = results.formulas.iter().map(|formula| {
        view! { <li><strong>{say(name(*formula))}</strong> " (" <code>{formula.id()}</code> "): " {say(explanation(*formula))}</li> }
    });
    let day = |day: Option<_>| day.map_or("…".to_owned(), |day| day_in(language, day));
    let period = (method.from.is_some() || method.until.is_some())
        .then(|| fill(say(Word::EditionPeriod), &[&definition.survey.edition, &day(method.from), &day(method.until)]));
    let transcription = method.transcription.as_ref().map(|text| text.get(language, fallback).to_owned());
    view! {
        <h2 class="figures-title">{say(Word::HowMade)}</h2>
        <ul class="sub">{formulas.collect_view()}</ul>
        <p class="sub">{say(Word::Rounding)}</p>
        <p class="sub">{fill(say(Word::Source), &[method.source.get(language, fallback)])}</p>
        {period.map(|period| view! { <p class="sub">{period}</p> })}
        {transcription.map(|text| view! { <p class="sub">{fill(say(Word::Transcription), &[&text])}</p> })}
    }
    .into_any()
}
