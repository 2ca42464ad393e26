//! The table of groups: each with its figure, its rank, its verdict and its change.

use leptos::prelude::*;

use super::super::browser;
use super::desk::{Desk, Library};
use super::names::{key_name, value_name};
use super::{board, explain, notes, sure};
use crate::dataset::Key;
use crate::report::{Change, LEAST_FIRM, Results, Row, count_in, period_in, signed_in};
use crate::survey::method::{Definition, Formula};
use crate::words::office::Word;
use crate::words::{analysis, fill};

/// What a table of groups is drawn with.
struct Sheet<'s> {
    desk: Desk,
    library: &'s Library,
    definition: &'s Definition,
    official: Formula,
    keys: Vec<Key>,
    has_period: bool,
    language: &'s str,
}

/// Lines that are drawn first, as many as there is room for on a screen, and then at once: the page answers in between.
const FIRST: usize = 10;
const AT_ONCE: usize = 25;

/// The table, or what to do to get one.
pub fn groups(desk: Desk) -> AnyView {
    let table = with_sheet(desk, |sheet, results| sheet.table(results, desk.more_groups.get()));
    table.unwrap_or_else(|| view! { <p class="sub">{Word::BreakdownEmpty.say(&desk.language.read())}</p> }.into_any())
}

/// Does something with what the table is drawn with, where there are groups. Tracks.
fn with_sheet<R>(desk: Desk, run: impl FnOnce(&Sheet<'_>, &Results) -> R) -> Option<R> {
    let language = desk.language.read();
    let library = desk.library();
    let definition = library.shown(&desk.survey.read());
    let groups = desk.groups.read();
    let results = groups.as_ref()?;
    // What is chosen may be another thing already.
    let keys = results.by.iter().filter_map(|name| Key::parse(&definition.survey, name).ok()).collect();
    let has_period = results.rows.iter().any(|row| row.group.period.is_some());
    let sheet = Sheet {
        desk,
        library: &library,
        definition,
        official: results.official,
        keys,
        has_period,
        language: &language,
    };
    Some(run(&sheet, results))
}

/// Draws one more part of the table, and then the next.
fn draw_on(drawn: RwSignal<usize>, parts: usize) {
    let step = move || {
        if drawn.try_update(|drawn| *drawn += 1).is_some() {
            draw_on(drawn, parts);
        }
    };
    if drawn.try_get_untracked().is_some_and(|drawn| drawn < parts) {
        // Not before what is there is seen.
        set_timeout(step, std::time::Duration::from_millis(16));
    }
}

impl Sheet<'_> {
    fn say(&self, word: Word) -> &'static str {
        word.say(self.language)
    }

    fn table(&self, results: &Results, more: u64) -> AnyView {
        let lines = &results.rows;
        let names: Vec<String> = self.keys.iter().map(|key| key_name(self.definition, key, self.language)).collect();
        let heading = lines.first().map(|row| board::heading(row, self.language)).unwrap_or_default();
        let period = self.has_period.then(|| self.say(Word::Time).to_owned());
        let by = names.iter().cloned().chain(period.clone()).collect::<Vec<_>>();
        let caption = format!("{heading} · {}", by.join(" × "));
        let label = caption.clone();
        let has_ranks = !self.keys.is_empty();
        let head = |text: String| view! { <th scope="col">{text}</th> };
        let heads = names.into_iter().chain(period).map(head).collect_view();
        let parts = 1 + lines.len().saturating_sub(FIRST).div_ceil(AT_ONCE);
        let (desk, drawn) = (self.desk, RwSignal::new(1));
        let part = move |at: usize| {
            let is_drawn = Memo::new(move |_| drawn.get() > at);
            let body = move || with_sheet(desk, |sheet, results| sheet.part(results, at));
            move || is_drawn.get().then(|| untrack(body))
        };
        let rest = (1..parts).map(part).collect_view();
        draw_on(drawn, parts);
        let more = (more > 0).then(|| {
            let text = fill(self.say(Word::MoreGroups), &[&count_in(self.language, more)]);
            view! { <p class="sub">{text}</p> }
        });
        view! {
            <div class="wrap scroll tall" tabindex="0" role="region" aria-label=label>
                <table class="groups">
                    <caption>{caption}</caption>
                    <thead>
                        <tr>
                            {heads}
                            <th scope="col" class="n">{self.say(Word::Respondents)}</th>
                            <th scope="col" class="n rate">{self.say(notes::name(self.official))}</th>
                            {has_ranks.then(|| view! { <th scope="col" class="n">{self.say(Word::Rank)}</th> })}
                            <th scope="col" class="told">{self.say(Word::Result)}</th>
                            {self.has_period.then(|| view! { <th scope="col" class="told">{self.say(Word::Change)}</th> })}
                            <th scope="col" class="told">{self.say(Word::Remarks)}</th>
                        </tr>
                    </thead>
                    {self.part(results, 0)}
                    {rest}
                </table>
            </div>
            {more}
            {has_ranks.then(|| view! { <p class="sub">{self.say(Word::RankHint)}</p> })}
        }
        .into_any()
    }

    /// So many lines, as a part of the table.
    fn part(&self, results: &Results, at: usize) -> AnyView {
        let lines = match at {
            0 => 0..FIRST,
            _ => FIRST + (at - 1) * AT_ONCE..FIRST + at * AT_ONCE,
        };
        let lines = results.rows.iter().take(lines.end).skip(lines.start);
        view! { <tbody>{lines.map(|row| self.line(row)).collect_view()}</tbody> }.into_any()
    }

    /// A value of a key as a button that leaves only responses with it.
    fn only(&self, key: &str, value: &str, name: String) -> AnyView {
        let label = fill(analysis::Word::OnlyThis.say(self.language), &[&name]);
        let (desk, key, value) = (self.desk, key.to_owned(), value.to_owned());
        let narrow = move |_| {
            desk.view.narrow(&key, &value);
            browser::show_heading();
        };
        view! { <button class="link only" type="button" aria-label=label on:click=narrow>{name}</button> }.into_any()
    }

    fn line(&self, row: &Row) -> AnyView {
        let names = row.group.values.iter().map(|(key, value)| {
            let (name, more) = value_name(self.library, self.definition, key, value, self.language);
            let only = self.only(key, value, name);
            let more = more.map(|more| view! { <span class="ends">{more}</span> });
            view! { <th scope="row">{only} {more}</th> }
        });
        let names = names.collect_view();
        let period = row.group.period.as_ref().map(|name| {
            let length = self.desk.view.period.get_untracked().map(|period| period.id()).unwrap_or_default();
            let name = self.only(length, name, period_in(self.language, name));
            // A line needs a heading: the period is one where there are no groups.
            match self.keys.is_empty() {
                true => view! { <th scope="row">{name}</th> }.into_any(),
                false => view! { <td class="nowrap">{name}</td> }.into_any(),
            }
        });
        let has_ranks = !self.keys.is_empty();
        if row.is_hidden {
            let rest = usize::from(has_ranks) + usize::from(self.has_period) + 2;
            let rest = (0..rest).map(|_| view! { <td>"–"</td> }).collect_view();
            let hidden = self.say(Word::Hidden);
            return view! {
                <tr class="hushed">{names} {period} <td class="n">{hidden}</td> <td class="n">{hidden}</td> {rest}</tr>
            }
            .into_any();
        }
        let figured = row.figure(self.official);
        let estimate = row.estimate(self.official);
        let threshold = row.target.as_ref().map(|target| target.threshold);
        let bar = self.official.is_percentage().then(|| board::bar(estimate, threshold));
        let rank = figured.and_then(|figured| figured.rank);
        let rank = rank.map_or("–".to_owned(), |rank| format!("{} ({}–{})", rank.rank, rank.best, rank.worst));
        let verdict = match row.target {
            None if estimate.is_some() => "–".into_any(),
            _ => board::verdict(row.verdict(self.official), self.language),
        };
        let change = figured.and_then(|figured| figured.change).map(|change| self.change(&change));
        view! {
            <tr>
                {names}
                {period}
                <td class="n">{count_in(self.language, row.count.respondents)}</td>
                <td class="n">
                    <div class="ratecell">
                        {bar} {explain::figure(self.desk, row, self.official, "", self.language)}
                    </div>
                    {sure::small(estimate, self.official, self.language)}
                </td>
                {has_ranks.then(|| view! { <td class="n">{rank}</td> })}
                <td>{verdict} {sure::briefly(row, self.official, self.language)}</td>
                {self.has_period.then(|| view! { <td>{change.unwrap_or_else(|| "–".into_any())}</td> })}
                <td>{self.remarks(row)}</td>
            </tr>
        }
        .into_any()
    }

    fn change(&self, change: &Change) -> AnyView {
        let (unit, word) = match self.official.is_percentage() {
            true => (100.0, Word::Points),
            false => (1.0, Word::PointsPlain),
        };
        let value = signed_in(self.language, change.value * unit, 2);
        let (low, high) = change.interval;
        let ends = [low, high].map(|end| signed_in(self.language, end * unit, 2));
        let what = match () {
            () if low > 0.0 => Word::Rose,
            () if high < 0.0 => Word::Fell,
            () => Word::Unclear,
        };
        let ends = fill(self.say(Word::From), &[&ends[0], &ends[1]]);
        view! {
            <span class="nowrap">{fill(self.say(word), &[&value])}</span>
            <span class="ends">{ends}</span>
            <span class="ends">{self.say(what)}</span>
        }
        .into_any()
    }

    fn remarks(&self, row: &Row) -> AnyView {
        let marked = row.group.marked;
        let remarks = [
            (row.count.respondents < LEAST_FIRM).then(|| self.say(Word::Under30).to_owned()),
            (marked > 0).then(|| fill(self.say(Word::MarkedHere), &[&count_in(self.language, marked)])),
        ];
        let remarks = remarks.into_iter().flatten().map(|text| view! { <span class="ends">{text}</span> });
        remarks.collect_view().into_any()
    }
}
