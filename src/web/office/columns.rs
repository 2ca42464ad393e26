//! Naming the columns of a file: which is which question, what speaks for it, what stands in it.

use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;

use super::super::browser;
use super::super::icon::{icon, path};
use super::desk::{Desk, bytes_of};
use crate::exchange::import::{DateOrder, MappedColumn, Mapping, SURE, Target};
use crate::office::message::Ask;
use crate::survey::Survey;
use crate::words::fill;
use crate::words::office::Word;

/// Rows drawn at once: of very wide tables the others follow, so that the page never stands still.
const AT_ONCE: usize = 20;
/// Columns that can be named one by one; of wider tables, in the file of the mapping.
const MOST: usize = 200;

/// What all columns can be: a name for the list, the value of the option, and what it is called; by kinds.
type Choices = Vec<(Word, Vec<(String, String)>)>;

fn value(target: &Target) -> String {
    serde_json::to_string(target).unwrap_or_default()
}

fn choices(survey: &Survey, language: &str) -> Choices {
    let attributes = [
        ("finished_at", Word::AboutFinished),
        ("started_at", Word::AboutStarted),
        ("unit", Word::KeyUnit),
        ("field", Word::KeyField),
        ("channel", Word::KeyChannel),
        ("counter", Word::KeyCounter),
        ("officer", Word::KeyOfficer),
        ("language", Word::KeyLanguage),
        ("status", Word::KeyStatus),
        ("origin", Word::KeyOrigin),
        ("response_id", Word::AboutId),
        ("survey", Word::Survey),
        ("edition", Word::AboutEdition),
    ];
    let attribute =
        |(name, word): (&str, Word)| (value(&Target::Attribute(name.to_owned())), word.say(language).to_owned());
    let text = |text: &crate::survey::Text| -> String {
        let text = text.get(language, survey.fallback());
        let short: String = text.chars().take(70).collect();
        if short.len() < text.len() { format!("{short}…") } else { short }
    };
    let mut answers = Vec::new();
    let (mut words, mut options) = (Vec::new(), Vec::new());
    for column in survey.csv_columns() {
        let name = format!("{} · {}", column.id, text(column.text()));
        answers.push((value(&Target::Answer(column.id.to_owned())), name.clone()));
        if column.has_specify() {
            words.push((value(&Target::Words(column.id.to_owned())), name));
        }
        if matches!(column.question.kind, crate::survey::Kind::Multiple { .. }) {
            options.extend(column.question.options().iter().map(|option| {
                let target = Target::Option { question: column.id.to_owned(), option: option.id.clone() };
                (value(&target), format!("{} · {}", column.id, text(&option.text)))
            }));
        }
    }
    let kinds = [
        (Word::AboutResponse, attributes.into_iter().map(attribute).collect()),
        (Word::KeysOfAnswers, answers),
        (Word::PickedOptions, options),
        (Word::WordsBeside, words),
    ];
    kinds.into_iter().filter(|(_, choices): &(Word, Vec<_>)| !choices.is_empty()).collect()
}

/// The screen.
pub fn columns(desk: Desk) -> AnyView {
    let Some((key, mapping)) = desk.columns.get_untracked() else { return ().into_any() };
    let name =
        desk.files.with_untracked(|files| files.iter().find(|filed| filed.key == key).map(|filed| filed.name.clone()));
    let name = StoredValue::new(name.unwrap_or_default());
    let draft = RwSignal::new(mapping);
    // Proposed anew for another survey.
    Effect::new(move || {
        if let Some((_, mapping)) = desk.columns.get() {
            draft.set(mapping);
        }
    });
    let remark: RwSignal<Option<String>> = RwSignal::new(None);
    let say = move |word: Word| move || word.say(&desk.language.read());
    let summary = move || {
        let language = desk.language.read();
        draft.with(|draft| {
            let named = draft.columns.iter().filter(|column| column.used().is_some()).count().to_string();
            let all = draft.columns.iter().filter(|column| !column.header.is_empty()).count().to_string();
            let unsure = draft.columns.iter().filter(|column| column.to.is_some() && column.used().is_none()).count();
            let named = fill(Word::ColumnsNamed.say(&language), &[&named, &all]);
            let unsure = fill(Word::ColumnsUnsure.say(&language), &[&unsure.to_string()]);
            format!("{}: {named}; {unsure}", name.get_value())
        })
    };
    let submit = move |_| {
        let language = desk.language.get_untracked();
        match draft.with_untracked(|draft| twice(draft, &language)) {
            Some(text) => remark.set(Some(text)),
            None => desk.read_as(key, draft.get_untracked()),
        }
    };
    let save = move |_| {
        let text = draft.get_untracked().without_samples().print();
        browser::download(&format!("mapping_{}.json", name.get_value()), &text, "application/json");
    };
    let open = move |event: ev::Event| {
        let input: Option<web_sys::HtmlInputElement> = event.target().and_then(|target| target.dyn_into().ok());
        let file = input.and_then(|input| input.files()).and_then(|files| files.get(0));
        spawn_local(async move {
            let Some(file) = file else { return };
            let text = bytes_of(&file).await.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
            let language = desk.language.get_untracked();
            let refused = match Mapping::parse(&text.unwrap_or_default()) {
                Ok(mapping) => draft.try_update(|draft| draft.take_from(mapping)).and_then(Result::err),
                Err(refusal) => Some(refusal),
            };
            remark.set(refused.map(|refusal| {
                let (what, remedy) = refusal.words(&language);
                format!("{what}. {remedy}.")
            }));
        });
    };
    view! {
        <main class="board">
            <div class="title">
                <div>
                    <h1 tabindex="-1">{say(Word::NameColumnsTitle)}</h1>
                    <p class="sub" id="columns-summary" role="status">{summary}</p>
                </div>
                {move || survey_choice(desk, key, draft)}
            </div>
            <p>{say(Word::NameColumnsText)}</p>
            {move || given(desk, draft)}
            {move || remark.get().map(|text| view! { <div class="note bad" role="alert">{icon(path::ERROR)} <p>{text}</p></div> })}
            {move || table(desk, draft)}
            <div class="acts across">
                <button class="btn" type="button" id="use-mapping" on:click=submit>{say(Word::UseMapping)}</button>
                <button class="btn ghost" type="button" on:click=move |_| desk.close_columns()>{say(Word::CancelMapping)}</button>
                <button class="btn ghost" type="button" id="save-mapping" on:click=save>{icon(path::DOWNLOAD)} {say(Word::SaveMapping)}</button>
                <label class="btn ghost file">
                    <input type="file" id="open-mapping" accept=".json,application/json" on:change=open />
                    {icon(path::UPLOAD)} {say(Word::OpenMapping)}
                </label>
            </div>
        </main>
    }
    .into_any()
}

/// Two columns that are the same thing, in words.
fn twice(mapping: &Mapping, language: &str) -> Option<String> {
    let used: Vec<&MappedColumn> = mapping.columns.iter().filter(|column| column.used().is_some()).collect();
    let (at, first) =
        used.iter().enumerate().find(|(at, column)| used[at + 1..].iter().any(|other| other.to == column.to))?;
    let second = used[at + 1..].iter().find(|other| other.to == first.to)?;
    let target = first.to.as_ref().map(ToString::to_string).unwrap_or_default();
    Some(fill(Word::ColumnTwice.say(language), &[&first.header, &second.header, &target]))
}

/// Which survey the file is of: drawn anew for another language only.
fn survey_choice(desk: Desk, key: u32, draft: RwSignal<Mapping>) -> AnyView {
    let language = desk.language.get();
    let library = desk.library();
    let shown = draft.with_untracked(|draft| draft.survey.clone());
    let option = |id: &str| {
        let is_it = id == shown;
        view! { <option value=id.to_owned() selected=is_it>{library.title(id, &language)}</option> }
    };
    let options = library.definitions.iter().map(|definition| option(&definition.survey.id)).collect_view();
    let choose = move |event: ev::Event| {
        desk.ask(Ask::Columns { key, survey: Some(event_target_value(&event)) });
    };
    view! { <label class="pick">{Word::Survey.say(&language)} " " <select id="mapping-survey" on:change=choose>{options}</select></label> }
        .into_any()
}

/// What all rows have that no column says, and how days are written.
fn given(desk: Desk, draft: RwSignal<Mapping>) -> AnyView {
    let language = desk.language.get();
    let field = |name: &'static str, word: Word, kind: &'static str| {
        let now = draft.with_untracked(|draft| draft.given.get(name).cloned().unwrap_or_default());
        let choose = move |event: ev::Event| {
            let text = event_target_value(&event).trim().to_owned();
            draft.update(|draft| match text.is_empty() {
                true => drop(draft.given.remove(name)),
                false => drop(draft.given.insert(name.to_owned(), text)),
            });
        };
        view! {
            <label>
                <span>{word.say(&language)}</span>
                <input id=format!("given-{name}") type=kind value=now autocomplete="off" on:change=choose />
            </label>
        }
    };
    let order = draft.with_untracked(|draft| draft.dates);
    let choose_order = move |event: ev::Event| {
        let is_month = event_target_value(&event) == "month";
        draft.update(|draft| draft.dates = if is_month { DateOrder::MonthFirst } else { DateOrder::DayFirst });
    };
    view! {
        <fieldset class="given">
            <legend>{Word::GivenTitle.say(&language)}</legend>
            <div class="fields">
                {field("finished_at", Word::GivenDay, "date")}
                {field("unit", Word::GivenUnit, "text")}
                {field("channel", Word::GivenChannel, "text")}
                <label>
                    <span>{Word::DaysWritten.say(&language)}</span>
                    <select id="dates" on:change=choose_order>
                        <option value="day" selected=order == DateOrder::DayFirst>{Word::DayFirst.say(&language)}</option>
                        <option value="month" selected=order == DateOrder::MonthFirst>{Word::MonthFirst.say(&language)}</option>
                    </select>
                </label>
            </div>
        </fieldset>
    }
    .into_any()
}

/// One row a column. Drawn anew for another survey or language only; what is chosen changes in place.
fn table(desk: Desk, draft: RwSignal<Mapping>) -> AnyView {
    let survey = Memo::new(move |_| draft.with(|draft| draft.survey.clone()));
    let body = move || {
        let language = desk.language.get();
        let library = desk.library();
        let choices = StoredValue::new(choices(&library.shown(&survey.read()).survey, &language));
        // Columns that are recognised come first where there are too many.
        let mut order: Vec<usize> = draft.with_untracked(|draft| {
            (0..draft.columns.len()).filter(|at| !draft.columns[*at].header.is_empty()).collect()
        });
        let all = order.len();
        draft.with_untracked(|draft| order.sort_by_key(|at| all > MOST && draft.columns[*at].to.is_none()));
        order.truncate(MOST);
        let drawn = RwSignal::new(AT_ONCE);
        let count = order.len();
        // The rest in the breaks between two pictures.
        let handle =
            set_interval_with_handle(move || drawn.update(|drawn| *drawn += AT_ONCE), Duration::from_millis(30));
        let handle = StoredValue::new(handle.ok());
        let stop =
            move || handle.try_update_value(|handle| handle.take().into_iter().for_each(|handle| handle.clear()));
        Effect::new(move || {
            if drawn.get() >= count {
                stop();
            }
        });
        on_cleanup(move || {
            let _ = stop();
        });
        let rows = move || order.iter().take(drawn.get()).copied().collect::<Vec<_>>();
        let more = (all > MOST).then(|| fill(Word::MoreColumns.say(&language), &[&(all - MOST).to_string()]));
        view! {
            <For each=rows key=|at| *at children=move |at| row(desk, draft, at, choices) />
            {more.map(|text| view! { <tr><td colspan="4">{text}</td></tr> })}
        }
    };
    let say = move |word: Word| move || word.say(&desk.language.read());
    view! {
        <div class="wrap scroll" tabindex="0" role="region" aria-label=say(Word::NameColumnsTitle)>
            <table class="naming">
                <thead>
                    <tr>
                        <th scope="col">{say(Word::ColumnOfFile)}</th>
                        <th scope="col">{say(Word::ValuesOfColumn)}</th>
                        <th scope="col">{say(Word::IsQuestion)}</th>
                        <th scope="col">{say(Word::HowClear)}</th>
                    </tr>
                </thead>
                <tbody>{body}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(desk: Desk, draft: RwSignal<Mapping>, at: usize, choices: StoredValue<Choices>) -> AnyView {
    let language = desk.language.get_untracked();
    let column = move || draft.with(|draft| draft.columns.get(at).cloned());
    let Some(MappedColumn { header, samples, .. }) = untrack(column) else { return ().into_any() };
    let chosen = Memo::new(move |_| column().and_then(|column| column.to).map(|to| value(&to)).unwrap_or_default());
    let choose = move |event: ev::Event| {
        let target: Option<Target> = serde_json::from_str(&event_target_value(&event)).ok();
        draft.update(|draft| {
            let Some(column) = draft.columns.get_mut(at) else { return };
            column.confidence = if target.is_some() { 1.0 } else { 0.0 };
            column.to = target;
            column.evidence.clear();
        });
    };
    let confirm = move |_| {
        draft.update(|draft| draft.columns.get_mut(at).into_iter().for_each(|column| column.confidence = 1.0));
    };
    let groups = choices.with_value(|choices| {
        let group = |(word, choices): &(Word, Vec<(String, String)>)| {
            let option = |(value, name): &(String, String)| {
                let own = value.clone();
                view! { <option value=value.clone() prop:selected=move || *chosen.read() == own>{name.clone()}</option> }
            };
            let options = choices.iter().map(option).collect_view();
            view! { <optgroup label=word.say(&language)>{options}</optgroup> }
        };
        choices.iter().map(group).collect_view()
    });
    let clear = move || {
        let language = desk.language.read();
        let column = column()?;
        let percent = format!("{:.0}%", column.confidence * 100.0);
        Some(match column.to {
            None => view! { <span class="sub">{Word::NotRead.say(&language)}</span> }.into_any(),
            Some(_) if column.confidence >= SURE => {
                view! { <span class="v met">{icon(path::MET)} {fill(Word::ColumnClear.say(&language), &[&percent])}</span> }.into_any()
            }
            Some(_) => view! {
                <span class="v unsure">{icon(path::WARN)} {fill(Word::ColumnUnclear.say(&language), &[&percent])}</span>
                <button class="link" type="button" on:click=confirm>
                    {Word::ConfirmColumn.say(&language)} <span class="vh">{column.header}</span>
                </button>
            }
            .into_any(),
        })
    };
    let label = fill(Word::WhatIs.say(&language), &[&header]);
    view! {
        <tr data-column=header.clone()>
            <th scope="row">{header.clone()}</th>
            <td class="sub">{samples.join(" · ")}</td>
            <td>
                <select aria-label=label on:change=choose>
                    <option value="" prop:selected=move || chosen.read().is_empty()>{Word::DoNotRead.say(&language)}</option>
                    {groups}
                </select>
            </td>
            <td>{clear}</td>
        </tr>
    }
    .into_any()
}
