//! The foot of the page: the version, whether it works without a network, and the next version.

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::super::updates::{self, State};
use crate::words::fill;
use crate::words::office::Word;

/// The folder of this page within the site.
const GROUP: &str = "office";

/// What staff may want to know of the page itself.
pub fn about(language: RwSignal<String>) -> AnyView {
    let state: RwSignal<Option<State>> = RwSignal::new(None);
    let ask = move || spawn_local(async move { state.set(updates::state(GROUP).await) });
    ask();
    updates::when_waiting(ask);
    let say = move |word: Word| move || word.say(&language.read());
    let version = move || updates::version().map(|version| fill(Word::Version.say(&language.read()), &[&version]));
    let offline = move || {
        let is_ready = state.with(|state| state.as_ref().is_some_and(|state| state.is_offline_ready));
        if is_ready { Word::OfflineReady } else { Word::OfflineNotReady }.say(&language.read())
    };
    let next = move || {
        let version = state.with(|state| state.as_ref()?.waiting.clone())?;
        let take = move |_| spawn_local(async { _ = updates::activate().await });
        Some(view! {
            <p role="status">
                {fill(Word::NewVersion.say(&language.read()), &[&version])} " "
                <button class="link" type="button" on:click=take>{say(Word::TakeNewVersion)}</button>
            </p>
        })
    };
    view! {
        <footer class="about sub">
            <p>{version} " · " <span id="offline">{offline}</span></p>
            {next}
        </footer>
    }
    .into_any()
}
