//! The header of every page: its title and the language switch.

use leptos::prelude::*;

use super::browser;
use super::element::{Element, el};
use crate::words::further;

/// What a language calls itself.
pub(super) fn own_name(code: &str) -> String {
    match code {
        "vi" => "Tiếng Việt".to_owned(),
        "en" => "English".to_owned(),
        other => further::name(other).map_or_else(|| other.to_ascii_uppercase(), str::to_owned),
    }
}

/// The header of a page. `languages`: those it can be shown in, none for the
/// interface's own; `chosen` makes the switch.
pub fn header(
    language: RwSignal<String>,
    languages: Vec<String>,
    title: impl Fn() -> String + Clone + Send + Sync + 'static,
    chosen: impl Fn(&str) + Send + Sync + 'static,
) -> Element {
    let languages = if languages.is_empty() { vec!["vi".to_owned(), "en".to_owned()] } else { languages };
    let next = move || {
        let at = languages.iter().position(|code| *code == *language.read()).unwrap_or(0);
        languages[(at + 1) % languages.len()].clone()
    };
    let next = StoredValue::new(next);
    let next = move || next.with_value(|next| next());
    let shown = title.clone();
    let switch = move |_| {
        chosen(&untrack(next));
    };
    let is_only = move || next() == *language.read();
    el("header")
        .class("top")
        .follow(Box::new(move |_| browser::set_language(&language.read(), &title())))
        .child(el("p").text_with(shown))
        .child(
            el("button")
                .class("lang")
                .attr("type", "button")
                .attr_with("lang", move || Some(next()))
                .attr_with("hidden", move || is_only().then(String::new))
                .on("click", switch)
                .text_with(move || own_name(&next())),
        )
}
