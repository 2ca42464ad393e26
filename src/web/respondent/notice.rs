//! The notice: who asks, why, what is kept; and an explicit start.

use leptos::prelude::*;

use super::super::browser;
use super::super::element::{Element, button, el, heading};
use super::super::icon::{icon, path};
use super::session::Session;
use crate::response::receipt;
use crate::survey::Survey;
use crate::words::respondent::Word;
use crate::words::{fill, further};

/// The first screen.
pub fn notice(session: Session) -> AnyView {
    let language = session.language.get_untracked();
    let survey = session.survey();
    let say = |word: Word| word.say(&language);
    let fallback = survey.fallback();
    let arrival = session.arrival();
    // At a counter nobody comes back to a form, and nothing is kept in a trial.
    let waits = arrival.beside.is_none() && !arrival.is_trial;
    let code = session.interview.with_untracked(|interview| interview.draft().attributes.unit.clone());
    let named = |name: &str| el("p").class("unit").child(say(Word::Unit)).child(" ").child(el("b").child(name));
    let unit = match (arrival.unit, code) {
        (Some(Some(unit)), _) => Some(named(&unit.full_name())),
        (Some(None), Some(code)) => Some(warning(&fill(say(Word::UnknownUnit), &[&code]))),
        (None, Some(code)) => Some(named(&code)),
        _ => None,
    };
    let ignored: Vec<String> = arrival.ignored.iter().take(4).map(|(key, value)| format!("{key}={value}")).collect();
    let ignored: String = ignored.join("&").chars().take(60).collect();
    let ignored = (!ignored.is_empty()).then(|| warning(&fill(say(Word::IgnoredPart), &[&ignored])));
    let note = |word: Word| warning(say(word));
    let over = arrival.was_over.then(|| note(Word::DraftOver));
    let is_partial = survey.partial.contains(&language) || further::is_partial(&language, Word::FINGERPRINT);
    let partial = is_partial.then(|| note(Word::PartlyTranslated));
    let draft = fill(say(Word::FactDraft), &[&hours(&survey).to_string()]);
    let facts = [Word::FactVoluntary, Word::FactAnonymous, Word::FactKept, Word::FactTouch];
    let main = el("main")
        .child(
            el("div")
                .child(el("p").class("part").child(survey.issuer.get(&language, fallback)))
                .child(heading(survey.title.get(&language, fallback))),
        )
        .child(unit)
        .child(ignored)
        .child(over)
        .child(partial)
        .child(el("p").child(survey.purpose.get(&language, fallback)))
        .child(
            el("ul")
                .class("facts")
                .child(Vec::from(facts.map(|fact| el("li").child(say(fact)))))
                .child(waits.then(|| el("li").child(draft))),
        );
    let main = main.child((!arrival.kept.is_empty()).then(|| kept(session, arrival.kept)));
    let start = button("btn", say(Word::Start)).on("click", move |_| session.begin());
    vec![main, el("footer").class("nav").child(start)].into_any()
}

/// The responses on this device, each of which can be deleted.
fn kept(session: Session, ids: Vec<String>) -> Element {
    let say = |word: Word| word.say(&session.language.get_untracked());
    let line = |id: String| {
        let day = browser::day_of(&id);
        let delete = button("link", &fill(say(Word::DeleteOne), &[&receipt(&id)]));
        let delete = delete.on("click", move |_| session.delete_one(id.clone(), |_| browser::reload()));
        el("li").child(el("span").child(day)).child(delete)
    };
    let list: Vec<Element> = ids.into_iter().map(line).collect();
    el("section").child(el("h2").attr("id", "kept").child(say(Word::Kept))).child(el("ul").child(list))
}

/// How long a draft of this survey is kept.
pub fn hours(survey: &Survey) -> u32 {
    survey.draft_hours.unwrap_or(24)
}

fn warning(text: &str) -> Element {
    el("div").class("note warn").attr("role", "status").child(icon(path::WARN)).child(el("p").child(text))
}
