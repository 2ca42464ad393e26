//! The notice: who asks, why, what is kept; and an explicit start.

use leptos::prelude::*;

use super::super::element::{Element, button, el, heading};
use super::super::icon::{icon, path};
use super::session::Session;
use crate::words::fill;
use crate::words::respondent::Word;

/// The first screen.
pub fn notice(session: Session) -> AnyView {
    let language = session.language.get_untracked();
    let survey = session.survey();
    let say = |word: Word| word.say(&language);
    let fallback = survey.fallback();
    let arrival = session.arrival();
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
    let facts = [Word::FactVoluntary, Word::FactAnonymous, Word::FactKept, Word::FactTouch];
    let main = el("main")
        .child(
            el("div")
                .child(el("p").class("part").child(survey.issuer.get(&language, fallback)))
                .child(heading(survey.title.get(&language, fallback))),
        )
        .child(unit)
        .child(ignored)
        .child(el("p").child(survey.purpose.get(&language, fallback)))
        .child(el("ul").class("facts").child(Vec::from(facts.map(|fact| el("li").child(say(fact))))));
    let start = button("btn", say(Word::Start)).on("click", move |_| session.begin());
    vec![main, el("footer").class("nav").child(start)].into_any()
}

fn warning(text: &str) -> Element {
    el("div").class("note warn").attr("role", "status").child(icon(path::WARN)).child(el("p").child(text))
}
