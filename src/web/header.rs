//! The header of every page: its title and the language switch.

use leptos::prelude::*;

use super::browser;

/// What a language calls itself.
pub(super) fn own_name(code: &str) -> String {
    match code {
        "vi" => "Tiếng Việt".to_owned(),
        "en" => "English".to_owned(),
        other => other.to_uppercase(),
    }
}

/// The header of a page. `languages`: those it can be shown in, none for the
/// interface's own; `chosen` is told of a switch.
pub fn header(
    language: RwSignal<String>,
    languages: Vec<String>,
    title: impl Fn() -> String + Send + Sync + 'static,
    chosen: impl Fn(&str) + Send + Sync + 'static,
) -> AnyView {
    let languages = if languages.is_empty() { vec!["vi".to_owned(), "en".to_owned()] } else { languages };
    let next = Memo::new(move |_| {
        let at = languages.iter().position(|code| *code == *language.read()).unwrap_or(0);
        languages[(at + 1) % languages.len()].clone()
    });
    let title = Memo::new(move |_| title());
    Effect::new(move || browser::set_language(&language.read(), &title.read()));
    let switch = move |_| {
        let code = next.get_untracked();
        chosen(&code);
        language.set(code);
    };
    let has_other = move || next.get() != language.get();
    view! {
        <header class="top">
            <p>{move || title.get()}</p>
            <button class="lang" type="button" lang=move || next.get() hidden=move || !has_other() on:click=switch>
                {move || own_name(&next.read())}
            </button>
        </header>
    }
    .into_any()
}
