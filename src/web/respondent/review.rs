//! All answers on one page, each with a way to change it, before they are handed in.

use leptos::prelude::*;

use super::super::element::{button, el, heading, is_tap};
use super::session::Session;
use crate::interview::{Event, Interview};
use crate::response::Answer;
use crate::survey::{Column, Survey, Text};
use crate::words::fill;
use crate::words::respondent::Word;

/// The review screen.
pub fn review(session: Session, interview: &Interview) -> AnyView {
    let language = session.language.get_untracked();
    let survey = interview.survey();
    let say = |word: Word| word.say(&language);
    let text = |text: &Text| text.get(&language, survey.fallback()).to_owned();
    let mut number = 0;
    let mut unanswered = 0;
    let mut sections = Vec::new();
    for (section, columns) in interview.review() {
        let mut rows = el("dl").class("sum");
        for column in columns {
            number += 1;
            let words = interview.answer(column.id).and_then(|answer| words(survey, &column, answer, &language));
            unanswered += usize::from(words.is_none());
            let answer = match words {
                Some(words) => el("dd").child(words),
                None => el("dd").class("none").child(say(Word::NotAnswered)),
            };
            let id = column.id.to_owned();
            let name = text(column.text());
            let edit = button("link", say(Word::Edit))
                .attr("aria-label", &fill(say(Word::EditWhat), &[&name]))
                .on("click", move |_| session.send(Event::Edit { column: id.clone() }));
            rows = rows.child(
                el("div")
                    .child(el("dt").child(fill("{}. {}", &[&number.to_string(), &name])))
                    .child(answer)
                    .child(el("dd").class("edit").child(edit)),
            );
        }
        sections.push(el("h2").child(text(&section.text)));
        sections.push(rows);
    }
    let summary = match unanswered {
        0 => say(Word::AllAnswered).to_owned(),
        some => fill(say(Word::SomeUnanswered), &[&some.to_string()]),
    };
    let main = el("main")
        .child(el("div").child(heading(say(Word::Review))).child(el("p").class("hint").child(summary)))
        .child(sections);
    let back = button("btn ghost", say(Word::Back)).on("click", move |_| session.send(Event::Back));
    let submit = button("btn", say(Word::Submit)).on("click", move |event| {
        if !(is_tap(&event) && session.is_double_tap()) {
            session.submit();
        }
    });
    vec![main, el("footer").class("nav").child(back).child(submit)].into_any()
}

/// An answer in words; `None` where there is none.
fn words(survey: &Survey, column: &Column<'_>, answer: &Answer, language: &str) -> Option<String> {
    let text = |text: &Text| text.get(language, survey.fallback()).to_owned();
    let scale = || column.scale().and_then(|id| survey.scale(id));
    match answer {
        Answer::Level(code) => scale()?.levels.iter().find(|level| level.code == *code).map(|level| text(&level.text)),
        Answer::Missing(reason) => scale()?.missing.iter().find(|m| m.reason == *reason).map(|m| text(&m.text)),
        Answer::Number(number) => Some(number.to_string()),
        Answer::Text(words) => Some(words.clone()),
        Answer::Picked { options, specified } => {
            let known = column.question.options().iter().filter(|option| options.contains(&option.id));
            let mut words: Vec<String> = known.map(|option| text(&option.text)).collect();
            if let (Some(last), Some(specified)) = (words.last_mut(), specified) {
                *last = format!("{last}: {specified}");
            }
            Some(words.join("; "))
        }
    }
}
