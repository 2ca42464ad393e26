//! What comes after submitting: waiting, thanks, or an honest failure.

use leptos::prelude::*;

use super::super::icon::{icon, path};
use super::super::store::StoreError;
use super::session::Session;
use crate::interview::Interview;
use crate::response::receipt;
use crate::words::respondent::Word;

/// While the response is being written.
pub fn storing(session: Session) -> AnyView {
    let language = session.language.get_untracked();
    view! { <main class="done" aria-busy="true"><h1 tabindex="-1">{Word::Storing.say(&language)}</h1></main> }
        .into_any()
}

/// The response is on disk.
pub fn thanks(session: Session, interview: &Interview) -> AnyView {
    let language = session.language.get_untracked();
    let say = |word: Word| word.say(&language);
    let is_trial = session.arrival().is_trial;
    let code = (!is_trial).then(|| {
        let code = receipt(&interview.draft().id);
        view! { <p class="code">{code}</p> <p class="hint">{say(Word::ReceiptHint)}</p> }
    });
    view! {
        <main class="done">
            {icon(path::CHECK)}
            <h1 tabindex="-1">{say(Word::Thanks)}</h1>
            <p>{say(if is_trial { Word::Trial } else { Word::Stored })}</p>
            {code}
            <button class="btn" type="button" on:click=move |_| session.restart()>{say(Word::Again)}</button>
        </main>
    }
    .into_any()
}

/// The response could not be written; the answers are still here.
pub fn not_stored(session: Session) -> AnyView {
    let language = session.language.get_untracked();
    let say = |word: Word| word.say(&language);
    let text = match session.store_error.get_untracked() {
        StoreError::Full => Word::FullText,
        StoreError::Blocked => Word::BlockedText,
        StoreError::Failed | StoreError::Taken => Word::FailedText,
    };
    view! {
        <main class="done oops">
            {icon(path::ERROR)}
            <h1 tabindex="-1">{say(Word::NotStoredTitle)}</h1>
            <p role="alert">{say(text)}</p>
            <button class="btn" type="button" on:click=move |_| session.submit()>{say(Word::TryAgain)}</button>
        </main>
    }
    .into_any()
}
