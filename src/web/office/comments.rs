//! What people wrote, to be searched and read.

use leptos::ev;
use leptos::prelude::*;

use super::desk::Desk;
use super::filter::named_value;
use crate::office::message::Ask;
use crate::office::{Comment, Comments};
use crate::report::{count_in, day_in};
use crate::survey::{Kind, Survey};
use crate::words::analysis::Word;
use crate::words::fill;

/// How many are shown, and how many more at a time.
const STEP: usize = 50;
/// Milliseconds without a key before the search begins.
const PAUSE: std::time::Duration = std::time::Duration::from_millis(250);

/// The section; nothing where the survey asks for no words.
pub fn section(desk: Desk) -> AnyView {
    let say = move |word: Word| move || word.say(&desk.language.read());
    let has_words = Memo::new(move |_| asks_for_words(&desk.library().shown(&desk.survey.read()).survey));
    let is_read = Memo::new(move |_| desk.comments.read().is_some());
    let (search, most) = (RwSignal::new(String::new()), RwSignal::new(STEP));
    let ask = move || {
        desk.ask(Ask::Comments { search: search.get_untracked(), most: most.get_untracked() });
    };
    let begin = move |_| {
        search.set(String::new());
        most.set(STEP);
        ask();
    };
    let turn = StoredValue::new(0u32);
    let type_in = move |event: ev::Event| {
        search.set(event_target_value(&event));
        most.set(STEP);
        turn.update_value(|turn| *turn += 1);
        let own = turn.get_value();
        set_timeout(
            move || {
                if turn.try_get_value() == Some(own) {
                    ask();
                }
            },
            PAUSE,
        );
    };
    let more = move |_| {
        most.update(|most| *most += STEP);
        ask();
    };
    let field = move || {
        view! {
            <div class="field">
                <label>
                    <span>{say(Word::Search)}</span>
                    <input id="search" type="search" autocomplete="off" aria-describedby="search-hint" prop:value=search on:input=type_in />
                </label>
                <p class="sub" id="search-hint">{say(Word::SearchHint)}</p>
            </div>
        }
    };
    let body = move || {
        if !is_read.get() {
            return view! {
                <button class="btn ghost" type="button" id="read-comments" on:click=begin>{say(Word::ReadComments)}</button>
            }
            .into_any();
        }
        let is_hidden =
            Memo::new(move |_| desk.comments.with(|comments| comments.as_ref().is_some_and(|of| of.is_hidden)));
        view! {
            {move || (!is_hidden.get()).then(field)}
            {move || desk.comments.with(|comments| comments.as_ref().map(|comments| found(desk, comments)))}
            {move || {
                let is_more = desk.comments.with(|of| of.as_ref().is_some_and(|of| of.found > of.shown.len() as u64));
                is_more.then(|| view! { <button class="btn ghost" type="button" on:click=more>{say(Word::MoreComments)}</button> })
            }}
        }
        .into_any()
    };
    let section = move || {
        has_words.get().then(|| {
            view! {
                <section class="panel" id="comments" aria-labelledby="comments-title">
                    <h2 id="comments-title">{say(Word::Comments)}</h2>
                    <p class="sub">{say(Word::CommentsText)}</p>
                    {body}
                </section>
            }
        })
    };
    section.into_any()
}

fn asks_for_words(survey: &Survey) -> bool {
    let mut questions = survey.sections.iter().flat_map(|section| &section.questions);
    questions.any(|question| {
        matches!(question.kind, Kind::Text { .. }) || question.options().iter().any(|option| option.specify)
    })
}

fn found(desk: Desk, comments: &Comments) -> AnyView {
    let language = desk.language.get();
    let say = |word: Word| word.say(&language).to_owned();
    if comments.is_hidden {
        return view! { <p class="note">{say(Word::CommentsHidden)}</p> }.into_any();
    }
    let reading = (comments.read < 100).then(|| fill(&say(Word::ReadingComments), &[&comments.read.to_string()]));
    let number = match comments.found {
        0 if comments.read == 100 => say(Word::CommentsNone),
        found => fill(&say(Word::CommentsFound), &[&count_in(&language, found)]),
    };
    let status = [Some(number), reading].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let fields = comments.by_field.iter().map(|(field, count)| {
        view! { <li>{named_value(desk, &desk.survey.read(), "field", field)} ": " <strong>{count_in(&language, *count)}</strong></li> }
    });
    let fields = (comments.by_field.len() > 1).then(|| {
        view! {
            <h3 id="comments-fields">{say(Word::CommentsByField)}</h3>
            <ul class="chips plain" aria-labelledby="comments-fields">{fields.collect_view()}</ul>
        }
    });
    let shown = comments.shown.iter().map(|comment| written(desk, comment, &language)).collect_view();
    view! {
        <p role="status" id="comments-found">{status}</p>
        {fields}
        <ul class="words">{shown}</ul>
    }
    .into_any()
}

fn written(desk: Desk, comment: &Comment, language: &str) -> AnyView {
    let day = comment.day.parse().map_or(comment.day.clone(), |day| day_in(language, day));
    let survey = desk.survey.read();
    let place = |key: &str, value: &String| (!value.is_empty()).then(|| named_value(desk, &survey, key, value));
    let question = desk
        .library()
        .shown(&survey)
        .survey
        .column(&comment.question)
        .map(|column| column.text().get(language, "vi").to_owned());
    let about = [Some(day), place("unit", &comment.unit), place("field", &comment.field), question];
    let about = about.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    view! { <li><blockquote>{comment.text.clone()}</blockquote> <p class="sub">{about}</p></li> }.into_any()
}
