//! The board: each target with its verdict, then the table behind it.

use leptos::ev;
use leptos::prelude::*;

use super::super::icon::{icon, path};
use super::desk::Desk;
use super::notes::name;
use super::{breakdown, check, comments, controls, explain, figures, filter, marks, notes, pulls, sure, trend};
use crate::link::{Route, SurveyLink};
use crate::report::{Results, Row, count_in, day_in, mean_in, percent_in, threshold_in};
use crate::scoring::{Estimate, MeasureKind, Share, Verdict};
use crate::survey::method::Formula;
use crate::words::fill;
use crate::words::office::Word;

/// The main part of the page: the verdicts first, then what is behind them. What can be chosen or
/// folded stays where it is while the figures change.
pub fn board(desk: Desk) -> AnyView {
    Effect::new(move || desk.view.keep_what_fits(desk.library().shown(&desk.survey.read())));
    let is_empty = Memo::new(move |_| desk.results.with(|results| results.responses == 0));
    let has_scores = Memo::new(move |_| desk.results.with(|results| results.total().next().is_some()));
    // What the rest is drawn of.
    let last = desk.behind();
    let scores = move || {
        view! {
            {move || goals(desk)}
            {controls::look(desk)}
            {move || table(desk)}
            {later(move || (move || pulls::section(last)).into_any())}
            {later(move || check::check(last))}
            {later(move || breakdown::breakdown(desk))}
        }
    };
    let body = move || {
        if is_empty.get() {
            let has_filter = move || !desk.view.only.read().is_empty();
            return match untrack(has_filter) {
                true => view! { {filter::filter(desk)} {filtered_out(desk)} }.into_any(),
                false => empty(desk),
            };
        }
        view! {
            {filter::filter(desk)}
            {controls::channels(desk)}
            {move || has_scores.get().then(scores)}
            {later(move || marks::marks(last))}
            {later(move || (move || last.results.with(|results| figures::figures(results, &last.language.read()))).into_any())}
            {later(move || comments::section(desk))}
            {later(move || (move || notes::notes(last)).into_any())}
            {explain::dialog(desk)}
        }
        .into_any()
    };
    view! { <main class="board">{move || title(desk)} {move || warnings(desk)} {body}</main> }.into_any()
}

/// Draws something a moment later, so that what comes first is not held up, and people neither.
fn later(draw: impl Fn() -> AnyView + Send + 'static) -> AnyView {
    let is_time = RwSignal::new(false);
    set_timeout(
        move || {
            let _ = is_time.try_set(true);
        },
        std::time::Duration::ZERO,
    );
    (move || is_time.get().then(&draw)).into_any()
}

fn title(desk: Desk) -> AnyView {
    let language = desk.language.read();
    let library = desk.library();
    let shown = library.shown(&desk.survey.read()).survey.id.clone();
    let options = library.definitions.iter().map(|definition| {
        let id = definition.survey.id.clone();
        let title = library.title(&id, &language);
        view! { <option value=id.clone() selected=id == shown>{title}</option> }
    });
    let options = options.collect_view();
    let choose = move |event: ev::Event| {
        desk.choose(event_target_value(&event));
    };
    let summary = desk.results.with(|results| summary(results, &language));
    view! {
        <div class="title">
            <div>
                <h1 tabindex="-1">{library.title(&shown, &language)}</h1>
                <p class="sub" id="summary">{summary}</p>
            </div>
            <label class="pick">
                {Word::Survey.say(&language)} " "
                <select on:change=choose>{options}</select>
            </label>
        </div>
    }
    .into_any()
}

fn summary(results: &Results, language: &str) -> Option<String> {
    let (from, to) = results.days?;
    let count = count_in(language, results.responses);
    Some(fill(Word::Summary.say(language), &[&count, &day_in(language, from), &day_in(language, to)]))
}

fn warnings(desk: Desk) -> AnyView {
    let language = desk.language.read();
    let say = |word: Word| word.say(&language);
    let library = desk.library();
    let survey = &library.shown(&desk.survey.read()).survey;
    let (generated, flagged) = desk.results.with(|results| (results.generated, results.flagged));
    let set_aside: u64 =
        desk.files.with(|files| files.iter().filter(|file| file.survey == survey.id).map(|file| file.set_aside).sum());
    let unknown = desk.unknown_units.get();
    let warnings = [
        (set_aside > 0).then(|| fill(say(Word::SetAsideNote), &[&count_in(&language, set_aside)])),
        (!unknown.is_empty()).then(|| fill(say(Word::UnknownUnits), &[&unknown.join(", ")])),
        (flagged > 0).then(|| fill(say(Word::FlaggedOut), &[&count_in(&language, flagged)])),
        (generated > 0).then(|| fill(say(Word::Generated), &[&count_in(&language, generated)])),
    ];
    let warnings = warnings
        .into_iter()
        .flatten()
        .map(|text| view! { <div class="note warn" role="status">{icon(path::WARN)} <p>{text}</p></div> });
    warnings.collect_view().into_any()
}

fn filtered_out(desk: Desk) -> AnyView {
    let say = move || crate::words::analysis::Word::FilterEmpty.say(&desk.language.read());
    view! { <section class="panel empty">{icon(path::NO_DATA)} <p role="status">{say}</p></section> }.into_any()
}

fn empty(desk: Desk) -> AnyView {
    let language = desk.language.read();
    let say = |word: Word| word.say(&language);
    let survey = desk.library().shown(&desk.survey.read()).survey.id.clone();
    let link = Route::Survey(SurveyLink { survey, ..SurveyLink::default() });
    view! {
        <section class="panel empty">
            {icon(path::UPLOAD)}
            <h2>{say(Word::EmptyTitle)}</h2>
            <p>{say(Word::EmptyText)}</p>
            <p><a href=format!("../{}", link.print())>{say(Word::OpenSurvey)}</a></p>
        </section>
    }
    .into_any()
}

fn goals(desk: Desk) -> AnyView {
    let language = desk.language.read();
    let goals = desk.results.with(|results| {
        let goal = |(at, row)| goal(desk, results, row, results.trends.get(at), &language);
        results.board.iter().enumerate().filter_map(goal).collect_view().into_any()
    });
    view! { <ul class="goals">{goals}</ul> }.into_any()
}

fn table(desk: Desk) -> AnyView {
    let language = desk.language.read();
    let say = |word: Word| word.say(&language);
    let library = desk.library();
    let own = &library.shown(&desk.survey.read()).method.formulas;
    let results = desk.results.read();
    let others = &results.formulas[1..];
    let rows = results.total().map(|row| table_row(desk, row, &results.formulas, &language)).collect_view();
    let headings = others.iter().map(|formula| {
        let is_own = own.contains(formula);
        let note = (!is_own).then(|| view! { <span class="ends">{say(Word::NotOfficial)}</span> });
        view! {
            <th scope="col" class="n" class:other=!is_own data-formula=formula.id()>
                {say(name(*formula))} {note}
            </th>
        }
    });
    let headings = headings.collect_view();
    // A heading that follows the page is worth more than room for a column that is always there.
    let is_long = others.iter().any(|formula| !own.contains(formula));
    view! {
        <div class="wrap" class:wide=!others.is_empty() class:scroll=is_long tabindex="0" role="region" aria-label=say(Word::TableCaption)>
            <table class="results">
                <caption>{say(Word::TableCaption)}</caption>
                <thead>
                    <tr>
                        <th scope="col">{say(Word::Content)}</th>
                        <th scope="col" class="n">{say(Word::Respondents)}</th>
                        <th scope="col" class="n">{say(Word::Answers)}</th>
                        <th scope="col" class="n">{say(Word::Satisfied)}</th>
                        <th scope="col" class="n rate">{say(name(results.official))}</th>
                        {headings}
                        <th scope="col" class="n goalcol">{say(Word::Target)}</th>
                        <th scope="col" class="vcol">{say(Word::Result)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn goal(desk: Desk, results: &Results, row: &Row, course: Option<&Vec<Row>>, language: &str) -> Option<AnyView> {
    let official = results.official;
    let last = results.days.map(|(_, last)| last);
    let counted = if official == Formula::Top2Pooled { Word::Counts } else { Word::OtherCounts };
    let say = |word: Word| word.say(language);
    let target = row.target.as_ref()?;
    let estimate = row.estimate(official);
    let share = estimate.and_then(|estimate| estimate.exact.share());
    let verdict_of = row.verdict(official);
    let period = [target.from, target.until].map(|day| day.format("%Y").to_string());
    let counts = [share.map_or(0, |share| share.numerator), share.map_or(0, Share::denominator)];
    let counts = counts.map(|count| count_in(language, count));
    // The number of dossiers is that of all, not of those a target covers.
    let is_of_all = target.fields.is_empty() && row.group.responses == results.responses;
    let sample = sure::sample(row, language).filter(|_| is_of_all);
    let interval = sure::sentence(estimate, official, results.confidence, language);
    let evidence = sure::evidence(row, official, language);
    let course = course.and_then(|rows| trend::trend(rows, target.text.get(language, "vi"), official, language));
    let view = view! {
        <li class=format!("goal {}", class_of(verdict_of)) data-target=target.id.clone()>
            <h2>{target.text.get(language, "vi").to_owned()}</h2>
            <div class="standing">
                <p class="pct">{explain::figure(desk, row, official, "", language)}</p>
                {bar(estimate, Some(target.threshold))}
                {interval}
                <p>{verdict(verdict_of, language)}</p>
                {evidence.map(|text| view! { <p class="evidence">{text}</p> })}
                {sample.map(|text| view! { <p class="sub yamane">{text}</p> })}
                <p class="sub">
                    {fill(say(Word::AtLeast), &[&threshold_in(language, target.threshold)])} ", "
                    {fill(say(Word::Period), &[&period[0], &period[1]])}
                </p>
                {(last.is_some_and(|last| last > target.until))
                    .then(|| view! { <p class="sub over">{icon(path::WARN)} {say(Word::TargetOver)}</p> })}
                <p class="sub">{fill(say(Word::People), &[&count_in(language, row.count.respondents)])}</p>
                <p class="sub">{fill(say(counted), &[&counts[0], &counts[1]])}</p>
                {course}
            </div>
        </li>
    }
    .into_any();
    Some(view)
}

fn table_row(desk: Desk, row: &Row, formulas: &[Formula], language: &str) -> AnyView {
    let (official, formulas) = (formulas[0], &formulas[1..]);
    let threshold = row.target.as_ref().map(|target| target.threshold);
    let shown = threshold.map_or("–".to_owned(), |threshold| format!("≥ {}", threshold_in(language, threshold)));
    let figure = |formula: Formula| explain::figure(desk, row, formula, "", language);
    let others = formulas.iter().map(|formula| view! { <td class="n">{figure(*formula)}</td> });
    let estimate = row.estimate(official);
    let bar = official.is_percentage().then(|| bar(estimate, threshold));
    let result = match row.target {
        None if estimate.is_some() => "–".into_any(),
        _ => verdict(row.verdict(official), language),
    };
    let others = others.collect_view();
    view! {
        <tr class=class_of_kind(row.kind) data-measure=row.measure.clone()>
            <th scope="row">{heading(row, language)}</th>
            <td class="n">{count_in(language, row.count.respondents)}</td>
            <td class="n">{count_in(language, row.count.answers)}</td>
            <td class="n">{count_in(language, row.count.satisfied)}</td>
            <td class="n">
                <div class="ratecell">{bar} {figure(official)}</div>
                {sure::small(estimate, official, language)}
            </td>
            {others}
            <td class="n">{shown}</td>
            <td>{result} {sure::briefly(row, official, language)}</td>
        </tr>
    }
    .into_any()
}

/// The style of a line of a table.
pub(super) fn class_of_kind(kind: MeasureKind) -> &'static str {
    match kind {
        MeasureKind::Overall | MeasureKind::Part => "part",
        MeasureKind::Factor => "factor",
        MeasureKind::Item | MeasureKind::Figure => "item",
    }
}

/// The heading of a measure.
pub(super) fn heading(row: &Row, language: &str) -> String {
    match row.kind {
        MeasureKind::Overall => Word::Overall.say(language).to_owned(),
        _ => row.text.get(language, "vi").to_owned(),
    }
}

/// A figure as it is shown: a percentage, or a mean.
pub(super) fn figure(estimate: Option<&Estimate>, formula: Formula, language: &str) -> String {
    estimate.map_or("—".to_owned(), |estimate| match formula.is_percentage() {
        true => percent_in(language, estimate.ten_thousandths()),
        false => mean_in(language, estimate.hundredths().into()),
    })
}

pub(super) fn percent(share: Option<Share>, language: &str) -> String {
    share.map_or("—".to_owned(), |share| percent_in(language, share.hundredths()))
}

pub(super) fn class_of(verdict: Option<Verdict>) -> &'static str {
    match verdict {
        Some(Verdict::Met) => "met",
        Some(Verdict::NotMet) => "unmet",
        None => "nodata",
    }
}

pub(super) fn verdict(verdict: Option<Verdict>, language: &str) -> AnyView {
    let (symbol, word) = match verdict {
        Some(Verdict::Met) => (path::MET, Word::Met),
        Some(Verdict::NotMet) => (path::UNMET, Word::NotMet),
        None => (path::NO_DATA, Word::NoData),
    };
    view! { <span class=format!("v {}", class_of(verdict)) data-value="">{icon(symbol)} {word.say(language)}</span> }
        .into_any()
}

/// A bar with a mark at the threshold and a whisker for the interval; the figures stand beside it in words.
pub(super) fn bar(estimate: Option<&Estimate>, threshold: Option<u32>) -> AnyView {
    let width = estimate.map_or(0.0, |estimate| f64::from(estimate.ten_thousandths()) / 100.0);
    drawn(width, threshold, sure::whisker(estimate))
}

/// The same for a width in percent.
pub(super) fn bar_of(width: f64) -> AnyView {
    drawn(width, None, None)
}

fn drawn(width: f64, threshold: Option<u32>, whisker: Option<AnyView>) -> AnyView {
    let mark = threshold.map(|threshold| {
        let path = format!("M{} -2v12", f64::from(threshold) / 100.0);
        view! { <path class="goalmark" d=path /> }
    });
    view! {
        <svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
            <rect class="bg" width="100" height="8" />
            <rect class="fg" width=width.to_string() height="8" />
            {whisker}
            {mark}
        </svg>
    }
    .into_any()
}
