//! One definition on the bench: its text, what is wrong with it, and the form as people will see it.

use std::time::Duration;

use leptos::html::Textarea;
use leptos::prelude::*;

use super::super::browser::download;
use super::super::icon::{icon, path};
use super::super::settings;
use super::workshop::{Caution, Checked, Done, Workshop};
use crate::link::{Route, SurveyLink};
use crate::report::count_in;
use crate::survey::problem::{Place, Problem, Severity};
use crate::words::fill;
use crate::words::office::Word;

/// How long the text rests before the trial beside it begins anew.
const REST: Duration = Duration::from_millis(600);

/// Problems listed at once.
const SHOWN: usize = 100;

/// The bench, or what it is for.
pub fn bench(workshop: Workshop) -> AnyView {
    let language = workshop.desk.language;
    let say = move |word: Word| move || word.say(&language.read());
    let is_empty = Memo::new(move |_| workshop.file.read().is_empty());
    let body = move || {
        if is_empty.get() {
            view! {
                <section class="panel empty">
                    {icon(path::UPLOAD)}
                    <h2>{say(Word::BenchEmptyTitle)}</h2>
                    <p>{say(Word::BenchEmptyText)}</p>
                </section>
            }
            .into_any()
        } else {
            view! {
                <div class="bench">
                    {writing(workshop)}
                    {trial(workshop)}
                </div>
            }
            .into_any()
        }
    };
    view! {
        <main class="board">
            <div class="title">
                <div>
                    <h1 tabindex="-1">{say(Word::BenchTitle)}</h1>
                    <p class="sub">{say(Word::BenchText)}</p>
                </div>
            </div>
            {move || is_empty.get().then(|| remark(workshop))}
            {body}
        </main>
    }
    .into_any()
}

fn remark(workshop: Workshop) -> AnyView {
    let language = workshop.desk.language.read();
    let say = |word: Word| word.say(&language);
    match workshop.remark.get() {
        None => ().into_any(),
        Some(Done::Used) => {
            let id = workshop
                .checked
                .with(|checked| checked.definition.as_ref().map(|definition| definition.survey.id.clone()));
            let link = Route::Survey(SurveyLink { survey: id.unwrap_or_default(), ..SurveyLink::default() });
            view! {
                <div class="note" role="status">
                    {icon(path::CHECK)}
                    <p>
                        {say(Word::NowUsed)} " "
                        <a href=format!("../{}", link.print()) target="_blank" rel="noopener">
                            {say(Word::OpenSurvey)}
                        </a>
                    </p>
                </div>
            }
            .into_any()
        }
        Some(done) => {
            let text = say(if done == Done::NoRoom { Word::NotKept } else { Word::TomlUnreadable });
            view! { <div class="note bad" role="alert">{icon(path::ERROR)} <p>{text}</p></div> }.into_any()
        }
    }
}

/// What using the definition here would do to another one.
fn caution(workshop: Workshop) -> AnyView {
    let language = workshop.desk.language.read();
    let word = match workshop.caution() {
        None => return ().into_any(),
        Some(Caution::SameEdition) => Word::SameEdition,
        Some(Caution::InPlaceOfTheSites) => Word::InPlaceOfTheSites,
    };
    view! { <div class="note warn" role="status">{icon(path::WARN)} <p>{with_code(word.say(&language))}</p></div> }
        .into_any()
}

fn writing(workshop: Workshop) -> AnyView {
    let language = workshop.desk.language;
    let say = move |word: Word| move || word.say(&language.read());
    let field: NodeRef<Textarea> = NodeRef::new();
    // The field holds what is typed; only another file changes it from outside.
    Effect::new(move || {
        workshop.opened.track();
        if let Some(field) = field.get() {
            field.set_value(&workshop.source.read_untracked());
            let _ = field.set_selection_range(0, 0);
            field.set_scroll_top(0);
        }
    });
    let is_usable = Memo::new(move |_| workshop.checked.with(|checked| checked.definition.is_some()));
    // A sound definition's file is named as the survey is; only then two of them cannot be mixed up.
    let save = move |_| {
        let id = workshop
            .checked
            .with_untracked(|checked| checked.definition.as_ref().map(|definition| definition.survey.id.clone()));
        let name = id.map_or_else(|| workshop.file.get_untracked(), |id| format!("{id}.toml"));
        download(&name, &workshop.source.read_untracked(), "application/toml");
        workshop.saved();
    };
    let compile = move |_| {
        workshop.checked.with_untracked(|checked| {
            let json = checked
                .definition
                .as_ref()
                .and_then(|definition| Some((format!("{}.json", definition.survey.id), definition.to_json().ok()?)));
            if let Some((name, json)) = json {
                download(&name, &json, "application/json");
            }
        });
    };
    view! {
        <section class="panel writing" aria-labelledby="bench-file">
            <div class="row">
                <h2 id="bench-file">{move || workshop.file.get()}</h2>
                {move || verdict(workshop)}
            </div>
            <textarea
                id="bench"
                node_ref=field
                spellcheck="false"
                autocapitalize="off"
                autocomplete="off"
                wrap="off"
                aria-labelledby="bench-file"
                aria-describedby="bench-verdict"
                on:input=move |event| workshop.write(event_target_value(&event))
            ></textarea>
            <div class="acts across">
                <button class="btn" type="button" disabled=move || !is_usable.get() || workshop.caution() == Some(Caution::SameEdition) on:click=move |_| workshop.use_here()>
                    {say(Word::UseHere)}
                </button>
                <button class="btn ghost" type="button" on:click=save>{icon(path::DOWNLOAD)} {say(Word::SaveToml)}</button>
                <button class="btn ghost" type="button" disabled=move || !is_usable.get() on:click=compile>
                    {icon(path::DOWNLOAD)} {say(Word::SaveJson)}
                </button>
                <button class="btn ghost" type="button" on:click=move |_| workshop.close()>{say(Word::CloseFile)}</button>
            </div>
            {move || remark(workshop)}
            {move || caution(workshop)}
            <ol class="faults">{move || problems(workshop, field)}</ol>
        </section>
    }
    .into_any()
}

/// One line: how many errors, how many warnings.
fn verdict(workshop: Workshop) -> AnyView {
    let language = workshop.desk.language.read();
    let (errors, warnings) = workshop.checked.with(|checked: &Checked| {
        let of = |severity| checked.problems.iter().filter(|problem| problem.severity() == severity).count();
        (of(Severity::Error), of(Severity::Warning))
    });
    let (class, symbol) = match (errors, warnings) {
        (0, 0) => ("v met", path::MET),
        (0, _) => ("v", path::WARN),
        _ => ("v unmet", path::UNMET),
    };
    let counts = [errors, warnings].map(|count| count_in(&language, count as u64));
    let text = match (errors, warnings) {
        (0, 0) => Word::Sound.say(&language).to_owned(),
        _ => fill(Word::ErrorsAndWarnings.say(&language), &[&counts[0], &counts[1]]),
    };
    view! { <p id="bench-verdict" class=class role="status">{icon(symbol)} {text}</p> }.into_any()
}

fn problems(workshop: Workshop, field: NodeRef<Textarea>) -> AnyView {
    let language = workshop.desk.language.read();
    let source = workshop.source.read_untracked();
    let checked = workshop.checked.get();
    // What prevents its use comes first, in the order of the file.
    let of = |severity| checked.problems.iter().filter(move |problem| problem.severity() == severity);
    let shown = of(Severity::Error).chain(of(Severity::Warning)).take(SHOWN);
    let shown = shown.map(|found| problem(found, &source, &language, field)).collect_view();
    let rest = checked.problems.len().saturating_sub(SHOWN);
    let rest = (rest > 0).then(|| {
        let text = fill(Word::MoreProblems.say(&language), &[&count_in(&language, rest as u64)]);
        view! { <li class="sub">{text}</li> }
    });
    view! { {shown} {rest} }.into_any()
}

fn problem(problem: &Problem, source: &str, language: &str, field: NodeRef<Textarea>) -> AnyView {
    let place = Place::of(source, problem.span.start);
    let (what, remedy) = problem.words(language);
    let [before, marked, after] = problem.excerpt(source);
    let at = fill(Word::At.say(language), &[&place.line.to_string(), &place.column.to_string()]);
    let is_error = problem.severity() == Severity::Error;
    let (class, symbol, word) = match is_error {
        true => ("fault bad", path::ERROR, Word::Error),
        false => ("fault warn", path::WARN, Word::Warning),
    };
    let units = |bytes: usize| source.get(..bytes).unwrap_or(source).encode_utf16().count();
    let (start, end) = (units(problem.span.start), units(problem.span.end));
    let line = place.line;
    let show = move |_| {
        if let Some(field) = field.get_untracked() {
            select(&field, start, end, line);
        }
    };
    view! {
        <li class=class>
            <p class="what">
                {icon(symbol)}
                <span><b>{word.say(language)}</b> " " <button class="link" type="button" on:click=show>{at}</button> ": " {with_code(&what)}</span>
            </p>
            <pre>{before}<mark>{marked}</mark>{after}</pre>
            <p class="sub">{with_code(&remedy)}</p>
        </li>
    }
    .into_any()
}

/// A message with what stands between backticks set as code.
fn with_code(message: &str) -> AnyView {
    let pieces = message.split('`').enumerate().map(|(at, piece)| {
        let piece = piece.to_owned();
        if at % 2 == 1 { view! { <code>{piece}</code> }.into_any() } else { piece.into_any() }
    });
    pieces.collect_view().into_any()
}

/// Selects a stretch of the text and brings it into view.
fn select(field: &web_sys::HtmlTextAreaElement, start: usize, end: usize, line: usize) {
    let to_u32 = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let _ = field.focus();
    let _ = field.set_selection_range(to_u32(start), to_u32(end.max(start + 1)));
    let lines = field.value().lines().count().max(1);
    let height = f64::from(field.scroll_height()) / lines as f64;
    #[allow(clippy::cast_possible_truncation)]
    field.set_scroll_top((height * (line as f64 - 4.0)).max(0.0) as i32);
}

/// The form as people will see it, in a page of its own beside the text.
fn trial(workshop: Workshop) -> AnyView {
    let language = workshop.desk.language;
    let say = move |word: Word| move || word.say(&language.read());
    let address: RwSignal<Option<String>> = RwSignal::new(None);
    let turn = StoredValue::new(0u32);
    Effect::new(move || {
        let Some(definition) = workshop.checked.with(|checked| checked.definition.clone()) else { return };
        turn.update_value(|turn| *turn += 1);
        let now = turn.get_value();
        let begin = move || {
            // Another text came meanwhile.
            if turn.try_get_value() != Some(now) {
                return;
            }
            if definition.to_json().is_ok_and(|json| settings::keep(settings::TRIAL, &json)) {
                address.set(Some(format!("../#/try/{now}")));
            }
        };
        if now == 1 { begin() } else { set_timeout(begin, REST) }
    });
    let is_stale = move || workshop.checked.with(|checked| checked.definition.is_none());
    view! {
        <section class="trial-panel" aria-labelledby="trial">
            <h2 id="trial">{say(Word::Preview)}</h2>
            {move || {
                let word = if address.get().is_some() { Word::PreviewStale } else { Word::NoPreview };
                is_stale().then(|| view! { <p class="sub">{say(word)}</p> })
            }}
            {move || {
                address
                    .get()
                    .map(|address| view! { <iframe class="phone" class:stale=is_stale title=say(Word::Preview) src=address></iframe> })
            }}
        </section>
    }
    .into_any()
}
