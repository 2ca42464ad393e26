//! The unit: found by its name, with or without marks on the letters, or by its code.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::super::browser;
use super::load;
use super::set_up::Form;
use crate::survey::unit::{Units, search};
use crate::words::fill;
use crate::words::kiosk::Word;

/// How many units are offered at once.
const OFFERED: usize = 8;

/// The field.
pub fn field(form: Form) -> AnyView {
    let language = form.language;
    let units = RwSignal::new_local(Units::new());
    let typed = RwSignal::new(String::new());
    spawn_local(async move {
        if let Ok(found) = load::<Units>("../surveys/units.json").await {
            let _ = units.try_set(found);
        }
    });
    let chosen = move || {
        let code = form.setup.with(|setup| setup.unit.clone())?;
        let name = units.with(|units| units.get(&code).map(crate::survey::unit::Unit::full_name));
        Some((code, name))
    };
    let choose = move |code: Option<String>| {
        form.setup.update(|setup| setup.unit = code);
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
                view! { <li><button class="pick" type="button" on:click=pick><b>{name}</b> <span>{label}</span></button></li> }
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
            (false, 0) => Word::NoUnitFound.say(&language.read()).to_owned(),
            (false, found) => fill(Word::UnitsFound.say(&language.read()), &[&found.to_string()]),
        }
    };
    let shown = move || {
        chosen().map(|(code, name)| {
            let text = match name {
                Some(name) => format!("{name} ({code})"),
                None => fill(Word::UnitNotListed.say(&language.read()), &[&code]),
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
    view! {
        <div class="field">
            <label for="unit">{super::say(language, Word::Unit)}</label>
            {shown}
            <input id="unit" type="text" autocomplete="off" spellcheck="false" aria-describedby="unit-hint"
                prop:value=move || typed.get() on:input=move |event| typed.set(event_target_value(&event)) on:keydown=enter />
            <p class="hint" id="unit-hint">{super::say(language, Word::UnitHint)}</p>
            <p class="vh" role="status">{told}</p>
            <ul class="found">{offered}</ul>
        </div>
    }
    .into_any()
}
