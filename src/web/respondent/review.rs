//! All answers on one page, each with a way to change it, before they are handed in.

use leptos::ev;
use leptos::prelude::*;

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
    let sections = interview
        .review()
        .into_iter()
        .map(|(section, columns)| {
            let rows = columns
                .into_iter()
                .map(|column| {
                    number += 1;
                    let words = interview.answer(column.id).and_then(|answer| words(survey, &column, answer, &language));
                    unanswered += usize::from(words.is_none());
                    let answer = match words {
                        Some(words) => view! { <dd>{words}</dd> }.into_any(),
                        None => view! { <dd class="none">{say(Word::NotAnswered)}</dd> }.into_any(),
                    };
                    let id = column.id.to_owned();
                    let heading = text(column.text());
                    let label = fill(say(Word::EditWhat), &[&heading]);
                    let edit = move |_| session.send(Event::Edit { column: id.clone() });
                    view! {
                        <div>
                            <dt>{format!("{number}. {heading}")}</dt>
                            {answer}
                            <dd class="edit">
                                <button class="link" type="button" aria-label=label on:click=edit>{say(Word::Edit)}</button>
                            </dd>
                        </div>
                    }
                    .into_any()
                })
                .collect_view();
            view! { <h2>{text(&section.text)}</h2> <dl class="sum">{rows}</dl> }.into_any()
        })
        .collect_view();
    let summary = match unanswered {
        0 => say(Word::AllAnswered).to_owned(),
        some => fill(say(Word::SomeUnanswered), &[&some.to_string()]),
    };
    let submit = move |event: ev::MouseEvent| {
        if !(event.detail() > 0 && session.is_double_tap()) {
            session.submit();
        }
    };
    view! {
        <main>
            <div>
                <h1 tabindex="-1">{say(Word::Review)}</h1>
                <p class="hint">{summary}</p>
            </div>
            {sections}
        </main>
        <footer class="nav">
            <button class="btn ghost" type="button" on:click=move |_| session.send(Event::Back)>{say(Word::Back)}</button>
            <button class="btn" type="button" on:click=submit>{say(Word::Submit)}</button>
        </footer>
    }
    .into_any()
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
