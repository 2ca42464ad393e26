//! Results beside each other: of periods, places, or editions.

use leptos::ev;
use leptos::prelude::*;

use super::super::browser::{self, download};
use super::super::icon::{icon, path};
use super::data::{CSV, file_name};
use super::desk::Desk;
use super::filter::{self, named_value, options, value_options};
use super::{board, sure};
use crate::dataset::Key;
use crate::exchange::Reader;
use crate::exchange::results::write_results;
use crate::office::Look;
use crate::office::beside::{Line, cautions, lines};
use crate::office::message::Ask;
use crate::report::{Change, Results, count_in, signed_in};
use crate::words::analysis::{Word, apart_word, caution_word};
use crate::words::fill;
use crate::words::office::Word as Office;

/// Columns at most: more do not fit beside each other.
const MOST: usize = 4;
const LETTERS: [&str; MOST] = ["A", "B", "C", "D"];
/// Conditions of a column.
const CONDITIONS: usize = 2;

/// What is in a column: a survey, and conditions: the name of a key and a value of it, once that is chosen.
#[derive(Clone, Debug, Default, PartialEq)]
struct Pile {
    survey: String,
    conditions: [(String, Option<String>); CONDITIONS],
}

/// The columns; they stay while other parts of the page are shown.
#[derive(Clone, Copy)]
pub struct Beside {
    desk: Desk,
    piles: RwSignal<Vec<Pile>>,
}

impl Beside {
    /// Nothing was chosen yet.
    pub fn new(desk: Desk) -> Beside {
        Beside { desk, piles: RwSignal::new(Vec::new()) }
    }

    fn say(self, word: Word) -> impl Fn() -> &'static str + Copy + Send + Sync + 'static {
        let language = self.desk.language;
        move || word.say(&language.read())
    }

    fn change(self, at: usize, change: impl FnOnce(&mut Pile)) {
        self.piles.update(|piles| {
            if let Some(pile) = piles.get_mut(at) {
                change(pile);
            }
        });
    }

    /// The figures of the columns are asked for, now and with every change.
    fn follow(self) {
        if self.piles.with_untracked(Vec::is_empty) {
            let survey = self.desk.survey.get_untracked();
            self.piles.set(vec![Pile { survey, ..Pile::default() }; 2]);
        }
        Effect::new(move || {
            self.desk.results.track();
            let confidence = self.desk.view.confidence.get();
            let look = |pile: &Pile| {
                let chosen = pile.conditions.iter().filter(|(key, _)| !key.is_empty());
                let only = chosen.filter_map(|(key, value)| Some((key.clone(), vec![value.clone()?]))).collect();
                Look { survey: pile.survey.clone(), only, confidence, ..Look::default() }
            };
            self.desk.ask(Ask::Compare(self.piles.read().iter().map(look).collect()));
        });
    }
}

/// The screen.
pub fn screen(beside: Beside) -> AnyView {
    beside.follow();
    let desk = beside.desk;
    let count = Memo::new(move |_| beside.piles.read().len());
    let add = move |_| {
        beside.piles.update(|piles| piles.extend(piles.last().cloned()));
        browser::focus(&format!("#pile-{}", count.get_untracked().saturating_sub(1)));
    };
    let columns = move || (0..count.get()).map(|at| pile(beside, at)).collect_view();
    let add = move || {
        (count.get() < MOST).then(|| {
            view! { <button class="btn ghost" type="button" id="add-pile" on:click=add>{beside.say(Word::AddPile)}</button> }
        })
    };
    view! {
        <main class="board beside">
            <div class="title">
                <div>
                    <h1 tabindex="-1">{beside.say(Word::BesideTitle)}</h1>
                    <p class="sub">{beside.say(Word::BesideText)}</p>
                </div>
            </div>
            <div class="piles">{columns}</div>
            {add}
            {move || compared(desk)}
        </main>
    }
    .into_any()
}

/// What is in a column.
fn pile(beside: Beside, at: usize) -> AnyView {
    let desk = beside.desk;
    let letter = LETTERS[at.min(MOST - 1)];
    let survey = Memo::new(move |_| {
        beside.piles.with(|piles| piles.get(at).map(|pile| pile.survey.clone()).unwrap_or_default())
    });
    let choose = move |event: ev::Event| {
        let survey = event_target_value(&event);
        beside.change(at, |pile| *pile = Pile { survey, ..Pile::default() });
    };
    let surveys = move || {
        let (library, language) = (desk.library(), desk.language.get());
        let option = |id: &String| {
            let (own, title) = (id.clone(), library.title(id, &language));
            view! { <option value=id.clone() prop:selected=move || *survey.read() == own>{title}</option> }
        };
        library.definitions.iter().map(|definition| option(&definition.survey.id)).collect_view()
    };
    let title = move || fill(Word::Pile.say(&desk.language.read()), &[letter]);
    let drop_label = move || fill(Word::DropPile.say(&desk.language.read()), &[letter]);
    let drop_it = move |_| {
        beside.piles.update(|piles| {
            piles.remove(at);
        });
        browser::focus("#pile-0");
    };
    let count = Memo::new(move |_| beside.piles.read().len());
    let label = format!("pile-title-{at}");
    view! {
        <section class="panel pile" aria-labelledby=label.clone()>
            <div class="heading">
                <h2 id=label.clone()>{title}</h2>
                {move || (count.get() > 2).then(|| view! {
                    <button class="link" type="button" aria-label=drop_label on:click=drop_it>{icon(path::CROSS)}</button>
                })}
            </div>
            <label>
                <span>{move || Office::Survey.say(&desk.language.read())}</span>
                <select id=format!("pile-{at}") on:change=choose>{surveys}</select>
            </label>
            {(0..CONDITIONS).map(|which| condition(beside, at, which, survey)).collect_view()}
        </section>
    }
    .into_any()
}

/// One condition of a column.
fn condition(beside: Beside, at: usize, which: usize, survey: Memo<String>) -> AnyView {
    let desk = beside.desk;
    let letter = LETTERS[at.min(MOST - 1)];
    let number = (which + 1).to_string();
    let now = Memo::new(move |_| {
        beside.piles.with(|piles| piles.get(at).map(|pile| pile.conditions[which].clone()).unwrap_or_default())
    });
    let key = Memo::new(move |_| now.get().0);
    let label = |word: Word, number: String| move || fill(word.say(&desk.language.read()), &[&number, letter]);
    let choose = move |event: ev::Event| {
        let key = event_target_value(&event);
        if !key.is_empty() {
            let look = Look { survey: survey.get_untracked(), ..Look::default() };
            filter::ask(desk, look, &key);
        }
        beside.change(at, |pile| pile.conditions[which] = (key, None));
    };
    let keys = move || {
        let library = desk.library();
        let keys = Key::all(&library.shown(&survey.read()).survey);
        options(desk, &survey.read(), &keys, move |id| *key.read() == id)
    };
    let choose_value = move |event: ev::Event| {
        let value = event_target_value(&event).strip_prefix('=').map(str::to_owned);
        beside.change(at, |pile| pile.conditions[which].1 = value);
    };
    let value_label = label(Word::ValueOf, number.clone());
    let values = move || {
        let key = key.get();
        (!key.is_empty()).then(|| {
            let place = (survey.get(), key.clone());
            let known = desk.values.with(|values| values.get(&place).cloned()).unwrap_or_default();
            let chosen = now.with_untracked(|(_, value)| value.clone());
            let options = value_options(desk, &place.0, &key, known, |value| chosen.as_deref() == Some(value));
            let value_label = value_label.clone();
            view! {
                <select aria-label=value_label data-value-of=format!("{at}-{which}") on:change=choose_value>
                    <option value="">{Word::FilterChoose.say(&desk.language.read())}</option>
                    {options}
                </select>
            }
        })
    };
    view! {
        <div class="condition">
            <select aria-label=label(Word::ConditionOf, number) data-condition=format!("{at}-{which}") on:change=choose>
                <option value="" prop:selected=move || key.read().is_empty()>{beside.say(if which == 0 { Word::NoCondition } else { Word::NoFurther })}</option>
                {keys}
            </select>
            {values}
        </div>
    }
    .into_any()
}

/// What stands beside each other.
fn compared(desk: Desk) -> AnyView {
    let language = desk.language.read();
    let library = desk.library();
    let piles = desk.compared.read();
    if piles.len() < 2 {
        return ().into_any();
    }
    let notes = cautions(&piles).into_iter().map(|caution| {
        view! { <div class="note warn">{icon(path::WARN)} <p>{caution_word(caution).say(&language)}</p></div> }
    });
    let notes = notes.collect_view();
    let lines = lines(&library, &piles);
    let rows = lines.iter().map(|line| self::line(&piles, line, &language)).collect_view();
    let heads = piles.iter().zip(LETTERS).map(|(pile, letter)| {
        let count = fill(Office::People.say(&language), &[&count_in(&language, pile.responses)]);
        let what: Vec<String> = pile
            .only
            .iter()
            .flat_map(|(key, values)| values.iter().map(move |value| named_value(desk, &pile.survey, key, value)))
            .collect();
        let what = if what.is_empty() { Word::NoCondition.say(&language).to_owned() } else { what.join(" · ") };
        let title = library.title(&pile.survey, &language);
        view! { <th scope="col" class="n rate">{format!("{letter}. {what}")} <span class="ends">{title}</span> <span class="ends">{count}</span></th> }
    });
    let heads = heads.collect_view();
    let label = Word::BesideTable.say(&language);
    let export = move |_| {
        let language = desk.language.get_untracked();
        let text = desk.compared.with_untracked(|piles| write_results(piles, &language, Reader::Excel));
        download(&file_name(&desk.survey.get_untracked(), "compared"), &text, CSV);
    };
    view! {
        {notes}
        <div class="wrap scroll tall" tabindex="0" role="region" aria-label=label>
            <table class="besides">
                <caption class="vh">{label}</caption>
                <thead>
                    <tr>
                        <th scope="col">{Office::Content.say(&language)}</th>
                        {heads}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        <button class="btn ghost" type="button" id="export-beside" on:click=export>
            {icon(path::DOWNLOAD)} {Word::ExportBeside.say(&language)}
        </button>
    }
    .into_any()
}

fn line(piles: &[Results], line: &Line, language: &str) -> AnyView {
    let heading = match line.kind {
        crate::scoring::MeasureKind::Overall => Office::Overall.say(language).to_owned(),
        _ => line.text.get(language, "vi").to_owned(),
    };
    let apart = line.apart.map(|apart| view! { <span class="ends apart">{apart_word(apart).say(language)}</span> });
    let cells = piles.iter().zip(&line.rows).zip(&line.changes).map(|((pile, row), change)| {
        let Some(row) = row else { return view! { <td class="n">"–"</td> }.into_any() };
        let official = pile.official;
        let change = change.map(|change| {
            let (text, class) = changed(&change, official.is_percentage(), language);
            view! { <span class=format!("ends change {class}")>{text}</span> }
        });
        view! {
            <td class="n">
                <div class="ratecell">
                    {official.is_percentage().then(|| board::bar(row.estimate(official), None))}
                    <span data-value="">{board::figure(row.estimate(official), official, language)}</span>
                </div>
                {sure::small(row.estimate(official), official, language)}
                {change}
            </td>
        }
        .into_any()
    });
    let cells = cells.collect_view();
    view! {
        <tr class=board::class_of_kind(line.kind) data-measure=line.measure.clone()>
            <th scope="row">{heading} {apart}</th>
            {cells}
        </tr>
    }
    .into_any()
}

/// A difference in words, and how it is drawn.
fn changed(change: &Change, is_percentage: bool, language: &str) -> (String, &'static str) {
    let unit = if is_percentage { 100.0 } else { 1.0 };
    let [value, low, high] =
        [change.value, change.interval.0, change.interval.1].map(|value| signed_in(language, value * unit, 2));
    let ends = fill(Office::From.say(language), &[&low, &high]);
    let shown = fill(Word::BesideChange.say(language), &[&format!("{value} ({ends})")]);
    match () {
        () if change.interval.0 > 0.0 => (format!("▲ {shown}"), "rose"),
        () if change.interval.1 < 0.0 => (format!("▼ {shown}"), "fell"),
        () => (format!("≈ {shown}"), "unclear"),
    }
}
