//! How the figures were made: formulas, sources, period. Below everything else.

use leptos::prelude::*;

use super::desk::Desk;
use crate::report::{Channels, Results, count_in, day_in};
use crate::survey::method::Definition;
use crate::words::fill;
pub use crate::words::office::formula_name as name;
use crate::words::office::{Word, formula_text};

/// The notes.
pub fn notes(desk: Desk) -> AnyView {
    let library = desk.library();
    let language = desk.language.read();
    let definition = library.shown(&desk.survey.read());
    desk.results.with(|results| {
        let channels = match (desk.view.channels_of(desk.collected.get()), desk.collected.get()) {
            (Channels::Sample, _) => Some(Word::ChannelsSample),
            (Channels::SelfSelected, _) | (Channels::All, (0, 1..)) => Some(Word::ChannelsOwnChoice),
            (Channels::All, (1.., 1..)) => Some(Word::ChannelsBoth),
            (Channels::All, _) => None,
        };
        written(results, definition, channels, desk.view.dossiers.get(), &language)
    })
}

fn written(
    results: &Results,
    definition: &Definition,
    channels: Option<Word>,
    dossiers: Option<u64>,
    language: &str,
) -> AnyView {
    let say = |word: Word| word.say(language);
    let fallback = definition.survey.fallback();
    let method = &definition.method;
    let formulas = results.formulas.iter().map(|formula| {
        view! { <li><strong>{say(name(*formula))}</strong> " (" <code>{formula.id()}</code> "): " {say(formula_text(*formula))}</li> }
    });
    let day = |day: Option<_>| day.map_or("…".to_owned(), |day| day_in(language, day));
    let period = (method.from.is_some() || method.until.is_some())
        .then(|| fill(say(Word::EditionPeriod), &[&definition.survey.edition, &day(method.from), &day(method.until)]));
    let transcription = method.transcription.as_ref().map(|text| text.get(language, fallback).to_owned());
    let sure = fill(say(Word::HowSure), &[&results.confidence.percent().to_string()]);
    let has_scores = results.total().next().is_some();
    // How large a part of all was asked narrows an interval only where whom to ask was decided.
    let is_sample = matches!(channels, None | Some(Word::ChannelsSample));
    let sampled = dossiers
        .filter(|_| is_sample)
        .map(|number| format!(" {}", fill(say(Word::HowSampled), &[&count_in(language, number)])));
    view! {
        <h2 class="figures-title">{say(Word::HowMade)}</h2>
        <ul class="sub">{formulas.collect_view()}</ul>
        <p class="sub">{say(Word::Rounding)}</p>
        {has_scores.then(|| view! { <p class="sub">{sure} {sampled}</p> })}
        {channels.map(|word| view! { <p class="sub">{say(word)}</p> })}
        <p class="sub">{fill(say(Word::Source), &[method.source.get(language, fallback)])}</p>
        {period.map(|period| view! { <p class="sub">{period}</p> })}
        {transcription.map(|text| view! { <p class="sub">{fill(say(Word::Transcription), &[&text])}</p> })}
    }
    .into_any()
}
