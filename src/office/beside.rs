//! Figures of several piles beside each other: of periods, places, or editions of a questionnaire.

use super::Library;
use crate::report::{Change, LEAST_FIRM, Results, Row};
use crate::scoring::{Estimate, MeasureKind, difference};
use crate::survey::{Survey, Text};

/// Why figures do not compare, or only with care.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Caution {
    /// They are of different questionnaires or editions.
    Editions,
    /// They are made by different formulas: no differences are shown.
    Formulas,
    /// One is of a sample, another of people who chose to answer.
    Channels,
    /// The same responses are in both: the interval of a difference does not hold.
    Overlap,
    /// One is of fewer than thirty responses.
    Few,
    /// One has no responses.
    Empty,
}

/// Why one line does not compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Apart {
    /// Its wording differs.
    Wording,
    /// It is made of other items.
    Items,
    /// Its scale differs: no difference is shown.
    Scale,
}

/// A measure, in every pile that has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Its id.
    pub measure: String,
    /// What it covers.
    pub kind: MeasureKind,
    /// Its heading; empty for overall.
    pub text: Text,
    /// Its row in each pile.
    pub rows: Vec<Option<Row>>,
    /// The difference of each pile from the first.
    pub changes: Vec<Option<Change>>,
    /// What keeps it from being the same in all.
    pub apart: Option<Apart>,
}

/// What there is to know before figures are compared.
pub fn cautions(piles: &[Results]) -> Vec<Caution> {
    let Some(first) = piles.first() else { return Vec::new() };
    let any = |differs: &dyn Fn(&Results) -> bool| piles.iter().any(differs);
    let is_sample = |pile: &Results| pile.collected.1 == 0;
    let mut found = Vec::new();
    let mut add = |caution, is_so: bool| found.extend(is_so.then_some(caution));
    add(Caution::Editions, any(&|pile| (&pile.survey, &pile.edition) != (&first.survey, &first.edition)));
    add(Caution::Formulas, any(&|pile| pile.official != first.official));
    add(Caution::Channels, any(&|pile| pile.responses > 0 && is_sample(pile) != is_sample(first)));
    let pairs = || piles.iter().enumerate().flat_map(|(at, a)| piles[at + 1..].iter().map(move |b| (a, b)));
    add(Caution::Overlap, pairs().any(|(a, b)| may_overlap(a, b)));
    add(Caution::Few, any(&|pile| (1..LEAST_FIRM).contains(&pile.responses)));
    add(Caution::Empty, any(&|pile| pile.responses == 0));
    found
}

/// Whether responses may be in both: of one survey, with no key whose values differ. Days tell it too.
fn may_overlap(a: &Results, b: &Results) -> bool {
    let (Some(first), Some(second)) = (a.days, b.days) else { return false };
    let are_apart = first.1 < second.0 || second.1 < first.0;
    let is_split = a.only.iter().any(|(key, of)| {
        b.only.iter().any(|(other, values)| key == other && values.iter().all(|value| !of.contains(value)))
    });
    a.survey == b.survey && !are_apart && !is_split
}

/// The measures of the first pile, then those that only others have.
pub fn lines(library: &Library, piles: &[Results]) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for pile in piles {
        for row in pile.total() {
            if lines.iter().all(|line| (&line.measure, line.kind) != (&row.measure, row.kind)) {
                lines.push(line(library, piles, row));
            }
        }
    }
    lines
}

fn line(library: &Library, piles: &[Results], of: &Row) -> Line {
    let same = |row: &&Row| row.measure == of.measure && row.kind == of.kind;
    let rows: Vec<Option<Row>> = piles.iter().map(|pile| pile.total().find(same).cloned()).collect();
    let own = piles.iter().zip(&rows).filter(|(_, row)| row.is_some());
    let own: Vec<&Survey> = own.map(|(pile, _)| &library.shown(&pile.survey).survey).collect();
    let apart = own.split_first().and_then(|(first, others)| others.iter().find_map(|other| apart(first, other, of)));
    let parts = |pile: &Results, row: &Row| {
        let estimate: &Estimate = row.estimate(pile.official)?;
        estimate.interval.map(|(low, high)| (estimate.value, low, high))
    };
    let base = piles.first().zip(rows.first()).and_then(|(pile, row)| Some((pile, parts(pile, row.as_ref()?)?)));
    let change = |(pile, row): (&Results, &Option<Row>)| {
        let (first, base) = base.filter(|(first, _)| first.official == pile.official)?;
        let now = parts(pile, row.as_ref()?).filter(|_| apart != Some(Apart::Scale) && !std::ptr::eq(first, pile))?;
        Some(Change { value: now.0 - base.0, interval: difference(now, base) })
    };
    let changes = piles.iter().zip(&rows).map(change).collect();
    Line { measure: of.measure.clone(), kind: of.kind, text: of.text.clone(), rows, changes, apart }
}

/// What keeps a measure from being the same in two surveys.
fn apart(a: &Survey, b: &Survey, of: &Row) -> Option<Apart> {
    if a == b {
        return None;
    }
    // What a level counts, not its words.
    let scale = |survey: &Survey, item: &str| -> Option<Vec<(u8, bool, Option<u8>)>> {
        let scale = survey.scale(survey.column(item)?.scale()?)?;
        Some(scale.levels.iter().map(|level| (level.code, level.satisfied, level.points)).collect())
    };
    let is_in = |survey: &Survey, item: &crate::survey::Column<'_>| match of.kind {
        MeasureKind::Item | MeasureKind::Figure => item.id == of.measure,
        MeasureKind::Factor => item.factor() == Some(&of.measure),
        MeasureKind::Part => {
            let factor = survey.factors.iter().find(|factor| Some(factor.id.as_str()) == item.factor());
            factor.is_some_and(|factor| factor.part == of.measure)
        }
        MeasureKind::Overall => true,
    };
    let items = |survey: &Survey| -> Vec<String> {
        survey.scored().iter().filter(|item| is_in(survey, item)).map(|item| item.id.to_owned()).collect()
    };
    let (first, second) = (items(a), items(b));
    let shared: Vec<&String> = first.iter().filter(|item| second.contains(item)).collect();
    let differs = |item: &&&String| scale(a, item) != scale(b, item);
    let text = |survey: &Survey, item: &str| survey.column(item).map(|column| column.text().clone());
    match () {
        () if shared.iter().any(|item| differs(&item)) => Some(Apart::Scale),
        () if first != second => Some(Apart::Items),
        () if first.iter().any(|item| text(a, item) != text(b, item)) => Some(Apart::Wording),
        () => None,
    }
}
