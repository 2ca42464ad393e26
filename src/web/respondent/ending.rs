//! What comes after submitting: waiting, thanks, or an honest failure.

use leptos::prelude::*;

use super::super::element::{button, el, heading};
use super::super::icon::{icon, path};
use super::super::store::StoreError;
use super::session::Session;
use crate::interview::Interview;
use crate::response::receipt;
use crate::words::respondent::Word;

/// While the response is being written.
pub fn storing(session: Session) -> AnyView {
    let language = session.language.get_untracked();
    el("main").class("done").attr("aria-busy", "true").child(heading(Word::Storing.say(&language))).into_any()
}

/// The response is on disk.
pub fn thanks(session: Session, interview: &Interview) -> AnyView {
    let language = session.language.get_untracked();
    let say = |word: Word| word.say(&language);
    let is_trial = session.arrival().is_trial;
    let is_there = session.handed_in.with_value(Option::is_some);
    let [title, text] = match (is_trial, is_there) {
        (true, _) => [Word::Thanks, Word::Trial],
        (false, true) => [Word::Thanks, Word::Stored],
        (false, false) => [Word::Deleted, Word::DeletedText],
    };
    let code = (is_there && !is_trial).then(|| {
        let code = receipt(&interview.draft().id);
        vec![el("p").class("code").child(code), el("p").class("hint").child(say(Word::ReceiptHint))]
    });
    let ways = (is_there && !is_trial).then(|| {
        let share = button("link", say(Word::Share)).on("click", move |_| session.share());
        let delete = button("link", say(Word::Delete)).on("click", move |_| session.delete());
        el("p").class("ways").child(share).child(delete)
    });
    el("main")
        .class("done")
        .child(icon(path::CHECK))
        .child(heading(say(title)))
        .child(el("p").child(say(text)))
        .child(code)
        .child(button("btn", say(Word::Again)).on("click", move |_| session.restart()))
        .child(ways)
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
    el("main")
        .class("done oops")
        .child(icon(path::ERROR))
        .child(heading(say(Word::NotStoredTitle)))
        .child(el("p").attr("role", "alert").child(say(text)))
        .child(button("btn", say(Word::TryAgain)).on("click", move |_| session.submit()))
        .into_any()
}
