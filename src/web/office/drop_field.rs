//! The field that takes files, dropped or chosen.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::super::icon::{icon, path};
use super::desk::Desk;
use crate::words::office::Word;

/// A field for files that `accept` names; the desk knows what to do with each.
pub fn drop_field(desk: Desk, accept: &'static str, title: Word) -> AnyView {
    let say = move |word: Word| move || word.say(&desk.language.read());
    let is_over = RwSignal::new(false);
    let choose = move |event: ev::Event| {
        let input: Option<web_sys::HtmlInputElement> = event.target().and_then(|target| target.dyn_into().ok());
        if let Some(input) = input {
            if let Some(files) = input.files() {
                desk.import(files);
            }
            // The same file chosen again is a new choice.
            input.set_value("");
        }
    };
    view! {
        <label class="drop" class:over=move || is_over.get()
            on:dragenter=move |_| is_over.set(true)
            on:dragleave=move |_| is_over.set(false)
            on:drop=move |_| is_over.set(false)>
            <input type="file" accept=accept multiple on:click=move |_| desk.prepare() on:change=choose />
            {icon(path::UPLOAD)}
            <b>{say(title)}</b>
            <span class="sub">{say(Word::ImportHint)}</span>
        </label>
    }
    .into_any()
}
