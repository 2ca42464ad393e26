//! The unit: found by its name, with or without marks on the letters, or by its code.

use std::sync::Arc;

use leptos::ev;
use leptos::prelude::*;

use super::browser;
use crate::survey::unit::{Unit, Units, search};
use crate::words::fill;
use crate::words::unit::Word;

/// How many units are offered at once.
const OFFERED: usize = 8;

/// The field. `code`: the unit that is chosen; `choose` is told of another one, or of none.
pub fn field(
    language: RwSignal<String>,
    units: RwSignal<Arc<Units>>,
    code: Signal<Option<String>>,
    choose: Callback<Option<String>>,
) -> AnyView {
    let typed = RwSignal::new(String::new());
    let chosen = move || {
        let code = code.get()?;
        let name = units.with(|units| units.get(&code).map(Unit::full_name));
        Some((code, name))
    };
    let choose = move |code: Option<String>| {
        choose.run(code);
        typed.set(String::new());
    };
    let offered = move || {
        let typed = typed.get();
        units.with(|units| {
            let found = search(units, &typed, OFFERED);
            let rows = found.into_iter().map(|(code, unit)| {
                let (name, code) = (unit.full_name(), code.to_owned());
                let label = code.clone();
                let pick = move |_| {
                    choose(Some(code.clone()));
                    browser::focus("#unit");
                };
                view! { <li><button class="offer" type="button" on:click=pick><b>{name}</b> <span>{label}</span></button></li> }
                    .into_any()
            });
            rows.collect_view()
        })
    };
    let told = move || {
        let text = typed.get();
        let found = units.with(|units| search(units, &text, OFFERED).len());
        match (text.trim().is_empty(), found) {
            (true, _) => String::new(),
            (false, 0) => Word::NoneFound.say(&language.read()).to_owned(),
            (false, found) => fill(Word::Found.say(&language.read()), &[&found.to_string()]),
        }
    };
    let shown = move || {
        chosen().map(|(code, name)| {
            let text = match name {
                Some(name) => format!("{name} ({code})"),
                None => fill(Word::NotListed.say(&language.read()), &[&code]),
            };
            view! {
                <p class="chosen">
                    <b>{text}</b> " "
                    <button class="link" type="button" on:click=move |_| choose(None)>{Word::Remove.say(&language.read())}</button>
                </p>
            }
        })
    };
    // Enter picks the first that is offered, and does not send the form.
    let enter = move |event: ev::KeyboardEvent| {
        if event.key() == "Enter" {
            event.prevent_default();
            let first = units.with_untracked(|units| {
                search(units, &typed.get_untracked(), 1).first().map(|(code, _)| (*code).to_owned())
            });
            if first.is_some() {
                choose(first);
            }
        }
    };
    let say = move |word: Word| move || word.say(&language.read());
    view! {
        <div class="field">
            <label for="unit">{say(Word::Unit)}</label>
            {shown}
            <input id="unit" type="text" autocomplete="off" spellcheck="false" aria-describedby="unit-hint"
                prop:value=move || typed.get() on:input=move |event| typed.set(event_target_value(&event)) on:keydown=enter />
            <p class="hint" id="unit-hint">{say(Word::Hint)}</p>
            <p class="vh" role="status">{told}</p>
            <ul class="found">{offered}</ul>
        </div>
    }
    .into_any()
}
