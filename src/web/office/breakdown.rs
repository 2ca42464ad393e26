//! Groups compared: what they are told apart by, the table, and its file.

use leptos::ev;
use leptos::prelude::*;

use super::super::icon::{icon, path};
use super::desk::Desk;
use super::names::{key_name, period_word};
use super::{board, groups};
use crate::dataset::{Key, Period};
use crate::exchange::Reader;
use crate::office::message::Export;
use crate::report::Row;
use crate::scoring::MeasureKind;
use crate::words::office::Word;

/// The section.
pub fn breakdown(desk: Desk) -> AnyView {
    let say = move |word: Word| move || word.say(&desk.language.read());
    let is_empty = Memo::new(move |_| desk.groups.with(Option::is_none));
    let publish = move |event: ev::Event| desk.view.is_public.set(event_target_checked(&event));
    view! {
        <section class="panel" id="breakdown" aria-labelledby="breakdown-title">
            <h2 id="breakdown-title">{say(Word::Breakdown)}</h2>
            <div class="fields">
                {move || key(desk, 0)}
                {move || key(desk, 1)}
                {move || period(desk)}
                {move || measure(desk)}
            </div>
            <div class="fields">
                <label class="choice">
                    <input type="checkbox" id="public" prop:checked=move || desk.view.is_public.get() on:change=publish />
                    {say(Word::Public)}
                </label>
                <button class="btn ghost" type="button" disabled=move || is_empty.get() on:click=move |_| export(desk)>
                    {icon(path::DOWNLOAD)} {say(Word::ExportBreakdown)}
                </button>
            </div>
            {move || groups::groups(desk)}
        </section>
    }
    .into_any()
}

/// What groups are told apart by, first or second. Drawn anew for another survey or language only.
fn key(desk: Desk, at: usize) -> AnyView {
    let language = desk.language.get();
    let library = desk.library();
    let definition = library.shown(&desk.survey.read());
    let chosen = desk.view.by[at];
    let other = desk.view.by[1 - at];
    let option = |key: &Key| {
        let (id, own, others) = (key.id().to_owned(), key.id().to_owned(), key.id().to_owned());
        view! {
            <option value=id prop:selected=move || *chosen.read() == own disabled=move || *other.read() == others>
                {key_name(definition, key, &language)}
            </option>
        }
    };
    let keys = Key::all(&definition.survey);
    let is_answer = |key: &&Key| matches!(key, Key::Answer(..));
    // Time has a choice of its own.
    let places = keys.iter().filter(|key| !is_answer(key) && !matches!(key, Key::Time(_))).map(option).collect_view();
    let answers = keys.iter().filter(is_answer).map(option).collect_view();
    let (id, word) = if at == 0 { ("by", Word::By) } else { ("then-by", Word::ThenBy) };
    let choose = move |event: ev::Event| chosen.set(event_target_value(&event));
    view! {
        <label>
            <span>{word.say(&language)}</span>
            <select id=id on:change=choose>
                <option value="" prop:selected=move || chosen.read().is_empty()>{Word::NoKey.say(&language)}</option>
                <optgroup label=Word::KeysOfPlace.say(&language)>{places}</optgroup>
                {keys.iter().any(|key| is_answer(&key)).then(|| view! {
                    <optgroup label=Word::KeysOfAnswers.say(&language)>{answers}</optgroup>
                })}
            </select>
        </label>
    }
    .into_any()
}

fn period(desk: Desk) -> AnyView {
    let language = desk.language.get();
    let chosen = desk.view.period;
    let options = Period::ALL.map(|period| {
        view! {
            <option value=period.id() prop:selected=move || chosen.get() == Some(period)>
                {period_word(period).say(&language)}
            </option>
        }
    });
    let choose = move |event: ev::Event| chosen.set(Period::by_id(&event_target_value(&event)));
    view! {
        <label>
            <span>{Word::ByPeriod.say(&language)}</span>
            <select id="period" on:change=choose>
                <option value="" prop:selected=move || chosen.get().is_none()>{Word::NoPeriod.say(&language)}</option>
                {options.into_iter().collect_view()}
            </select>
        </label>
    }
    .into_any()
}

fn measure(desk: Desk) -> AnyView {
    let measures = Memo::new(move |_| {
        let language = desk.language.read();
        let named = |row: &Row| (row.measure.clone(), row.kind, board::heading(row, &language));
        desk.results.with(|results| results.total().map(named).collect::<Vec<_>>())
    });
    let chosen = desk.view.measure;
    let choose = move |event: ev::Event| chosen.set(event_target_value(&event));
    let options = move || {
        let option = |(id, kind, text): (String, MeasureKind, String)| {
            let own = id.clone();
            let indent = match kind {
                MeasureKind::Overall | MeasureKind::Part => "",
                MeasureKind::Factor => "\u{a0}\u{a0}",
                MeasureKind::Item | MeasureKind::Figure => "\u{a0}\u{a0}\u{a0}\u{a0}",
            };
            view! {
                <option value=id prop:selected=move || *chosen.read() == own>{format!("{indent}{text}")}</option>
            }
        };
        measures.get().into_iter().map(option).collect_view()
    };
    view! {
        <label>
            <span>{move || Word::Measure.say(&desk.language.read())}</span>
            <select id="measure" on:change=choose>{options}</select>
        </label>
    }
    .into_any()
}

/// Hands out the whole table, and the lines for all groups and all time that it adds up to.
fn export(desk: Desk) {
    let language = desk.language.get_untracked();
    desk.export(Export::Groups { language }, Reader::Excel);
}
