//! Which responses are counted: chosen, seen, and taken back.

use leptos::ev;
use leptos::prelude::*;

use super::super::browser;
use super::super::icon::{icon, path};
use super::desk::Desk;
use super::names::{key_name, value_name};
use crate::dataset::{Key, Period};
use crate::office::Look;
use crate::office::message::Ask;
use crate::report::{count_in, period_in};
use crate::words::analysis::Word;
use crate::words::fill;

/// The filters there are, and the way to another.
pub fn filter(desk: Desk) -> AnyView {
    let say = move |word: Word| move || word.say(&desk.language.read());
    let has_any = Memo::new(move |_| !desk.view.only.read().is_empty());
    let clear = move |_| {
        desk.view.only.set(Vec::new());
        browser::focus("#filter-by");
    };
    // What a filter is being chosen of; empty: of nothing.
    let choosing = RwSignal::new(String::new());
    view! {
        <section class="filter" aria-labelledby="filter">
            <h2 id="filter">{say(Word::Filter)}</h2>
            {move || has_any.get().then(|| view! {
                <p class="sub" id="filters">{say(Word::FilterOn)}</p>
                <ul class="chips" aria-labelledby="filters">{move || chips(desk)}</ul>
                <button class="link" type="button" on:click=clear>{say(Word::FilterClear)}</button>
            })}
            <div class="fields">
                {move || by(desk, choosing)}
                {move || (!choosing.read().is_empty()).then(|| values(desk, choosing))}
            </div>
        </section>
    }
    .into_any()
}

fn chips(desk: Desk) -> AnyView {
    let language = desk.language.read();
    let (survey, only) = (desk.survey.read(), desk.view.only.read());
    let chips = only.iter().map(|(key, values)| {
        let (name, shown) =
            (named_key(desk, &survey, key), values.iter().map(|value| named_value(desk, &survey, key, value)));
        let shown = shown.collect::<Vec<_>>().join(", ");
        let label = fill(Word::FilterDrop.say(&language), &[&name, &shown]);
        let own = key.clone();
        let drop = move |_| {
            desk.view.only.update(|only| only.retain(|(key, _)| *key != own));
            browser::focus("#filter-by");
        };
        view! {
            <li>
                <button class="chip" type="button" aria-label=label data-filter=key.clone() on:click=drop>
                    <span>{name} ": " <strong>{shown}</strong></span> {icon(path::CROSS)}
                </button>
            </li>
        }
    });
    chips.collect_view().into_any()
}

/// What to filter by.
fn by(desk: Desk, choosing: RwSignal<String>) -> AnyView {
    let language = desk.language.get();
    let survey = desk.survey.get();
    let library = desk.library();
    let keys = Key::all(&library.shown(&survey).survey);
    let choose = move |event: ev::Event| {
        let key = event_target_value(&event);
        if !key.is_empty() {
            let look = untrack(|| desk.view.look(desk.survey.get()));
            ask(desk, look, &key);
        }
        choosing.set(key);
    };
    view! {
        <label>
            <span>{Word::FilterBy.say(&language)}</span>
            <select id="filter-by" on:change=choose>
                <option value="" prop:selected=move || choosing.read().is_empty()>{Word::FilterNone.say(&language)}</option>
                {options(desk, &survey, &keys, move |id| *choosing.read() == id)}
            </select>
        </label>
    }
    .into_any()
}

/// Keys of a survey as the options of a list.
pub fn options(
    desk: Desk,
    survey: &str,
    keys: &[Key],
    is_chosen: impl Fn(&str) -> bool + Copy + Send + Sync + 'static,
) -> AnyView {
    let options = keys.iter().map(|key| {
        let (id, own) = (key.id().to_owned(), key.id().to_owned());
        let name = named_key(desk, survey, key.id());
        view! { <option value=id prop:selected=move || is_chosen(&own)>{name}</option> }
    });
    options.collect_view().into_any()
}

/// Asks for the values of a key.
pub fn ask(desk: Desk, look: Look, key: &str) {
    let place = (look.survey.clone(), key.to_owned());
    desk.values.update(|known| drop(known.remove(&place)));
    desk.ask(Ask::Values { look: Box::new(look), key: key.to_owned() });
}

/// The values of what is being filtered by.
fn values(desk: Desk, choosing: RwSignal<String>) -> AnyView {
    let language = desk.language.get();
    let key = choosing.get();
    let place = (desk.survey.get(), key.clone());
    let known = desk.values.with(|values| values.get(&place).cloned());
    let Some(known) = known else {
        return view! { <p class="sub" role="status">{Word::FilterWaiting.say(&language)}</p> }.into_any();
    };
    let options = value_options(desk, &place.0, &key, known, |_| false);
    let choose = move |event: ev::Event| {
        let chosen = event_target_value(&event);
        if let Some(value) = chosen.strip_prefix('=') {
            desk.view.narrow(&key, value);
            choosing.set(String::new());
            browser::focus("#filter-by");
        }
    };
    request_animation_frame(|| browser::focus("#filter-value"));
    view! {
        <label>
            <span>{Word::FilterValue.say(&language)}</span>
            <select id="filter-value" on:change=choose>
                <option value="">{Word::FilterChoose.say(&language)}</option>
                {options}
            </select>
        </label>
    }
    .into_any()
}

/// Values as the options of a list, each with how many responses have it. What is chosen comes as `=value`: a value
/// may be empty.
pub fn value_options(
    desk: Desk,
    survey: &str,
    key: &str,
    values: Vec<(String, u64)>,
    is_chosen: impl Fn(&str) -> bool,
) -> AnyView {
    let language = desk.language.get();
    let mut named: Vec<(String, String, u64)> =
        values.into_iter().map(|(value, count)| (named_value(desk, survey, key, &value), value, count)).collect();
    // Periods have the latest first.
    match Period::by_id(key) {
        Some(_) => named.sort_by(|a, b| b.1.cmp(&a.1)),
        None => named.sort(),
    }
    let options = named.into_iter().map(|(name, value, count)| {
        let selected = is_chosen(&value);
        view! { <option value=format!("={value}") selected=selected>{format!("{name} ({})", count_in(&language, count))}</option> }
    });
    options.collect_view().into_any()
}

/// What responses are filtered by, in words.
pub fn named_filters(desk: Desk, survey: &str, only: &[(String, Vec<String>)]) -> Vec<String> {
    let one = |key: &str, value: &str| [named_key(desk, survey, key), named_value(desk, survey, key, value)].join(": ");
    only.iter().flat_map(|(key, values)| values.iter().map(move |value| one(key, value))).collect()
}

/// What a key of a survey is called.
pub fn named_key(desk: Desk, survey: &str, id: &str) -> String {
    let library = desk.library();
    let definition = library.shown(survey);
    let key = Key::parse(&definition.survey, id);
    key.map_or(id.to_owned(), |key| key_name(definition, &key, &desk.language.read()))
}

/// What a value of a key is called, with what else tells it from others.
pub fn named_value(desk: Desk, survey: &str, key: &str, value: &str) -> String {
    let (library, language) = (desk.library(), desk.language.read());
    if Period::by_id(key).is_some() {
        return period_in(&language, value);
    }
    let (name, more) = value_name(&library, library.shown(survey), key, value, &language);
    more.map_or(name.clone(), |more| format!("{name} · {more}"))
}
