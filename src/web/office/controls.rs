//! The choices of how to look at the figures. They stay where they are while the figures change.

use leptos::ev;
use leptos::prelude::*;

use super::super::icon::{icon, path};
use super::desk::Desk;
use super::notes::name;
use super::view::offered;
use crate::report::{Channels, count_in};
use crate::scoring::Confidence;
use crate::survey::method::Formula;
use crate::words::fill;
use crate::words::office::Word;

/// Which responses are counted, and what that means; nothing where there are none of a sample and of
/// people who chose to answer at once.
pub fn channels(desk: Desk) -> AnyView {
    let say = move |word: Word| move || word.say(&desk.language.read());
    let is_mixed = Memo::new(move |_| matches!(desk.collected.get(), (sample, own) if sample > 0 && own > 0));
    let is_own_choice = Memo::new(move |_| matches!(desk.collected.get(), (0, own) if own > 0));
    let shown = Memo::new(move |_| desk.view.channels_of(desk.collected.get()));
    let text = move || {
        let language = desk.language.read();
        let (sample, own_choice) = desk.collected.get();
        let word = match shown.get() {
            Channels::Sample => Word::ShownSample,
            Channels::SelfSelected => Word::ShownOwnChoice,
            Channels::All => Word::ShownBoth,
        };
        fill(word.say(&language), &[&count_in(&language, sample), &count_in(&language, own_choice)])
    };
    let choice = move |channels: Channels, word: Word| {
        view! {
            <label class="choice">
                <input
                    type="radio"
                    name="channels"
                    prop:checked=move || shown.get() == channels
                    on:change=move |_| desk.view.channels.set(Some(channels))
                />
                {say(word)}
            </label>
        }
    };
    let mixed = move || {
        view! {
            <div class="note" id="channels">
                {icon(path::INFO)}
                <div>
                    <p role="status">{text}</p>
                    <fieldset class="choices">
                        <legend class="vh">{say(Word::Channels)}</legend>
                        {choice(Channels::Sample, Word::OfSample)}
                        {choice(Channels::SelfSelected, Word::OfOwnChoice)}
                        {choice(Channels::All, Word::OfBoth)}
                    </fieldset>
                </div>
            </div>
        }
    };
    view! {
        {move || is_mixed.get().then(mixed)}
        {move || is_own_choice.get().then(|| view! { <p class="sub" id="channels">{say(Word::OnlyOwnChoice)}</p> })}
    }
    .into_any()
}

/// Formula, confidence and number of dossiers.
pub fn look(desk: Desk) -> AnyView {
    let say = move |word: Word| move || word.say(&desk.language.read());
    let choose_confidence = move |event: ev::Event| {
        let chosen = event_target_value(&event);
        let found = Confidence::ALL.into_iter().find(|level| level.percent().to_string() == chosen);
        desk.view.confidence.set(found.unwrap_or_default());
    };
    let confidences = Confidence::ALL.map(|level| {
        let percent = level.percent();
        view! {
            <option value=percent.to_string() prop:selected=move || desk.view.confidence.get() == level>
                {format!("{percent}%")}
            </option>
        }
    });
    view! {
        <section class="look" aria-labelledby="look">
            <h2 id="look">{say(Word::Look)}</h2>
            <div class="fields">
                {move || formula(desk)}
                <label>
                    <span>{say(Word::Confidence)}</span>
                    <select id="confidence" on:change=choose_confidence>{confidences.into_iter().collect_view()}</select>
                </label>
                {dossiers(desk)}
            </div>
        </section>
    }
    .into_any()
}

/// The formulas that can be had beside the official one. Drawn anew for another survey or language only.
fn formula(desk: Desk) -> AnyView {
    let language = desk.language.get();
    let library = desk.library();
    let formulas = offered(library.shown(&desk.survey.read()));
    let choose = move |event: ev::Event| desk.view.formula.set(Formula::by_id(&event_target_value(&event)));
    let options = formulas.iter().map(|formula| {
        let formula = *formula;
        view! {
            <option value=formula.id() prop:selected=move || desk.view.formula.get() == Some(formula)>
                {name(formula).say(&language)}
            </option>
        }
    });
    let options = options.collect_view();
    view! {
        <label>
            <span>{Word::OtherFormula.say(&language)}</span>
            <select id="formula" disabled=formulas.is_empty() on:change=choose>
                <option value="" prop:selected=move || desk.view.formula.get().is_none()>
                    {Word::NoOtherFormula.say(&language)}
                </option>
                {options}
            </select>
        </label>
    }
    .into_any()
}

fn dossiers(desk: Desk) -> AnyView {
    let say = move |word: Word| move || word.say(&desk.language.read());
    let is_wrong = RwSignal::new(false);
    let field: NodeRef<leptos::html::Input> = NodeRef::new();
    let choose = move |event: ev::Event| {
        let text = event_target_value(&event);
        let digits: String = text.chars().filter(|c| !c.is_whitespace() && *c != '.' && *c != ',').collect();
        let number = digits.parse::<u64>().ok().filter(|number| *number > 0);
        is_wrong.set(number.is_none() && !digits.is_empty());
        desk.view.dossiers.set(number);
    };
    // Forgotten with the survey it was for.
    Effect::new(move || {
        if let (None, false, Some(field)) = (desk.view.dossiers.get(), is_wrong.get_untracked(), field.get()) {
            field.set_value("");
        }
    });
    let hint = move || {
        let is_few = || {
            let responses = desk.results.with(|results| results.responses);
            desk.view.dossiers.get().is_some_and(|number| number < responses)
        };
        let word = match is_wrong.get() {
            true => Word::DossiersNoNumber,
            false if is_few() => Word::DossiersTooFew,
            false => Word::DossiersHint,
        };
        let class = if word == Word::DossiersHint { "sub" } else { "sub over" };
        view! { <p class=class id="dossiers-hint" role="status">{word.say(&desk.language.read())}</p> }
    };
    view! {
        <div class="field">
            <label>
                <span>{say(Word::Dossiers)}</span>
                <input
                    id="dossiers"
                    node_ref=field
                    type="text"
                    inputmode="numeric"
                    autocomplete="off"
                    aria-describedby="dossiers-hint"
                    aria-invalid=move || is_wrong.get().to_string()
                    on:change=choose
                />
            </label>
            {hint}
        </div>
    }
    .into_any()
}
