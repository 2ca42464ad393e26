//! Groups beside each other: change from the period before, ranks, and what is hidden.

use std::collections::{BTreeMap, BTreeSet};

use super::hidden::{LEAST_FIRM, LEAST_SHOWN, Line, hidden};
use super::{Change, FigureRow, Group, Row};
use crate::dataset::Period;
use crate::scoring::{Estimate, Measure, MeasureKind, Scheme, difference, ranks};
use crate::survey::Missing;
use crate::survey::method::Formula;

/// A figure: its group, period, measure and formula.
type Figure<'f> = (Vec<(String, String)>, String, String, &'f str);

/// Compares each figure with that of the period before, where neither is hidden.
pub(super) fn changes(rows: &mut [Row], period: Option<Period>) {
    let Some(period) = period else { return };
    let parts = |estimate: &Estimate| estimate.interval.map(|(low, high)| (estimate.value, low, high));
    let mut known: BTreeMap<Figure, (f64, f64, f64)> = BTreeMap::new();
    for row in rows.iter() {
        let Some(name) = row.group.period.as_ref().filter(|_| !row.is_hidden) else { continue };
        for figured in &row.figures {
            if let Some(found) = figured.estimate.as_ref().and_then(parts) {
                let key = (row.group.values.clone(), name.clone(), row.measure.clone(), figured.formula.id());
                known.insert(key, found);
            }
        }
    }
    for row in rows.iter_mut().filter(|row| !row.is_hidden) {
        let Some(before) = row.group.period.as_deref().and_then(|name| period.before(name)) else { continue };
        for figured in &mut row.figures {
            let key = (row.group.values.clone(), before.clone(), row.measure.clone(), figured.formula.id());
            let now = figured.estimate.as_ref().and_then(parts);
            if let (Some(now), Some(then)) = (now, known.get(&key)) {
                figured.change = Some(Change { value: now.0 - then.0, interval: difference(now, *then) });
            }
        }
    }
}

/// Ranks the groups within a measure and a period: not those that are hidden or have no value, and
/// no staff under thirty responses.
pub(super) fn rank(rows: &mut [Row], formulas: &[Formula]) {
    let mut lists: BTreeMap<(String, Option<String>), Vec<usize>> = BTreeMap::new();
    for (at, row) in rows.iter().enumerate().filter(|(_, row)| !row.group.values.is_empty()) {
        let is_officer = row.group.values.iter().any(|(key, _)| key == "officer");
        let has_values =
            row.group.values.iter().all(|(_, value)| !value.is_empty() && Missing::by_code(value).is_none());
        if has_values && !row.is_hidden && (!is_officer || row.count.respondents >= LEAST_FIRM) {
            lists.entry((row.measure.clone(), row.group.period.clone())).or_default().push(at);
        }
    }
    for list in lists.into_values() {
        for formula in 0..formulas.len() {
            let estimated = list.iter().filter(|at| rows[**at].figures[formula].estimate.is_some());
            let estimated: Vec<usize> = estimated.copied().collect();
            let estimates = estimated.iter().filter_map(|at| rows[*at].figures[formula].estimate.as_ref());
            let ranks = ranks(&estimates.collect::<Vec<_>>());
            for (at, rank) in estimated.into_iter().zip(ranks) {
                rows[at].figures[formula].rank = Some(rank);
            }
        }
    }
}

/// What can be hidden: a measure, or a figure about a question, of a group.
struct Place {
    values: Vec<(String, String)>,
    period: String,
    measure: String,
    people: u64,
    responses: u64,
}

/// Hides what is about too few people, and what that could be worked out from: in the table, among
/// the targets and in the figures about questions.
pub(super) fn hide(rows: &mut [Row], board: &mut [Row], figures: &mut [FigureRow], scheme: &Scheme) {
    let place = |group: &Group, measure: &str, people| Place {
        values: group.values.clone(),
        period: group.period.clone().unwrap_or_default(),
        measure: measure.to_owned(),
        people,
        responses: group.responses,
    };
    let table: Vec<Place> = rows.iter().map(|row| place(&row.group, &row.measure, row.count.respondents)).collect();
    let mut lines = lines(&table);
    lines.extend(measures(&table, scheme));
    let hidden = hidden_of(&table, &lines);
    rows.iter_mut().zip(hidden).for_each(|(row, hidden)| row.is_hidden = hidden);

    hide_targets(rows, board);

    // A figure about a scored item is that item's row, in other numbers.
    let is_item =
        |id: &str| scheme.measures().iter().any(|measure| measure.kind == MeasureKind::Item && measure.id == id);
    let asked: Vec<Place> = figures.iter().map(|row| place(&row.group, &row.figure.id, row.count.answered)).collect();
    let hidden = hidden_of(&asked, &self::lines(&asked));
    let gone: BTreeSet<Shown<'_>> = rows
        .iter()
        .filter(|row| row.is_hidden)
        .map(|row| (row.group.values.as_slice(), row.group.period.as_ref(), row.measure.as_str()))
        .collect();
    for (row, hidden) in figures.iter_mut().zip(hidden) {
        let of_item = (row.group.values.as_slice(), row.group.period.as_ref(), row.figure.question.as_str());
        row.is_hidden = if is_item(&row.figure.question) { gone.contains(&of_item) } else { hidden };
    }
    partly(rows, scheme);
}

/// Targets stand over parts of the whole of their own, of some fields or some days. Beside a
/// breakdown, which has other parts, only what is the whole is shown; without one, what neither is
/// small nor differs from another by a small part.
fn hide_targets(rows: &[Row], board: &mut [Row]) {
    let few = |people: u64| (1..LEAST_SHOWN).contains(&people);
    let has_parts = rows.iter().any(|row| !row.group.is_all());
    let whole = rows.iter().find(|row| row.group.is_all() && row.kind == MeasureKind::Overall);
    let Some(whole) = whole else { return };
    let is_whole = |row: &Row| row.group.responses == whole.group.responses;
    let people: Vec<u64> = board.iter().map(|row| row.count.respondents).collect();
    let of = |row: &Row| row.target.as_ref().map(|target| target.id.clone());
    let periods = board.iter().enumerate().map(|(at, row)| (of(row), at));
    let mut lines: BTreeMap<Option<String>, Line> = BTreeMap::new();
    periods.for_each(|(id, at)| lines.entry(id).or_default().cells.push(at));
    let small: Vec<bool> = board
        .iter()
        .map(|row| {
            let count = row.count.respondents;
            let near = people.iter().any(|other| few(other.abs_diff(count)) && count < *other);
            let is_part = !is_whole(row);
            few(count) || near || few(whole.count.respondents.abs_diff(count)) || (is_part && has_parts)
        })
        .collect();
    // Periods of one target add up to the whole, or to its fields.
    let lines: Vec<Line> = lines.into_values().filter(|line| line.cells.len() > 1).collect();
    let hidden = hidden(&people, &small, &lines);
    for (row, hidden) in board.iter_mut().zip(hidden) {
        row.is_hidden = if is_whole(row) { whole.is_hidden } else { hidden };
    }
}

/// Where something within a measure is hidden, means of its parts' shares are hidden too: with the
/// sums, which are shown, they would tell it.
fn partly(rows: &mut [Row], scheme: &Scheme) {
    let items = |id: &str| scheme.measures().iter().find(|measure| measure.id == id).map(|of| of.items.clone());
    for rows in rows.chunk_by_mut(|a, b| a.group == b.group) {
        let gone: Vec<_> = rows.iter().filter(|row| row.is_hidden).filter_map(|row| items(&row.measure)).collect();
        for row in rows.iter_mut() {
            let Some(own) = items(&row.measure) else { continue };
            if gone.iter().any(|gone| own.start <= gone.start && gone.end <= own.end) {
                row.figures.iter_mut().filter(|figured| figured.formula.needs_pairs()).for_each(|figured| {
                    figured.is_hidden = true;
                    figured.change = None;
                });
            }
        }
    }
}

fn hidden_of(places: &[Place], lines: &[Line]) -> Vec<bool> {
    let few = |people: u64| (1..LEAST_SHOWN).contains(&people);
    let people: Vec<u64> = places.iter().map(|place| place.people).collect();
    let small: Vec<bool> = places.iter().map(|place| few(place.people) || few(place.responses)).collect();
    hidden(&people, &small, lines)
}

/// Groups that make up others, measure by measure: all groups of a period, those that share a value,
/// the periods of a group.
fn lines(places: &[Place]) -> Vec<Line> {
    let mut lines: BTreeMap<(u8, &str, Vec<&str>), Vec<usize>> = BTreeMap::new();
    for (at, place) in places.iter().enumerate() {
        let (measure, period) = (place.measure.as_str(), place.period.as_str());
        let mut add = |kind: u8, of| {
            lines.entry((kind, measure, of)).or_default().push(at);
        };
        if !place.values.is_empty() {
            add(0, vec![period]);
        }
        if place.values.len() > 1 {
            place.values.iter().for_each(|(key, value)| add(1, vec![period, key, value]));
        }
        if !period.is_empty() {
            add(2, place.values.iter().map(|(_, value)| value.as_str()).collect());
        }
    }
    let index: BTreeMap<(Vec<&str>, &str, &str), usize> = places
        .iter()
        .enumerate()
        .map(|(at, place)| {
            let values = place.values.iter().map(|(_, value)| value.as_str()).collect();
            ((values, place.period.as_str(), place.measure.as_str()), at)
        })
        .collect();
    let find = |values: &[&str], period: &str, measure: &str| index.get(&(values.to_vec(), period, measure)).copied();
    let line = |((kind, measure, of), cells): ((u8, &str, Vec<&str>), Vec<usize>)| {
        let total = match kind {
            0 => find(&[], of[0], measure),
            2 => find(&of, "", measure),
            _ => None,
        };
        Line { cells, total }
    };
    lines.into_iter().map(line).collect()
}

/// A row: its group's values, its period, its measure.
type Shown<'r> = (&'r [(String, String)], Option<&'r String>, &'r str);

/// A measure of a group: the group's values, its period, the measure.
type Whole<'p> = (&'p [(String, String)], &'p str, &'p str);

/// Measures that make up others, group by group.
fn measures(places: &[Place], scheme: &Scheme) -> Vec<Line> {
    let order = |measure: &Measure| match measure.kind {
        MeasureKind::Overall => 0,
        MeasureKind::Part => 1,
        MeasureKind::Factor => 2,
        MeasureKind::Item | MeasureKind::Figure => 3,
    };
    let whole_of = |id: &str| -> Option<&str> {
        let own = scheme.measures().iter().find(|measure| measure.id == id)?;
        let around = |other: &&Measure| {
            order(other) < order(own) && other.items.start <= own.items.start && own.items.end <= other.items.end
        };
        scheme.measures().iter().filter(around).max_by_key(|measure| order(measure)).map(|whole| whole.id.as_str())
    };
    let wholes: BTreeMap<&str, &str> =
        scheme.measures().iter().filter_map(|measure| Some((measure.id.as_str(), whole_of(&measure.id)?))).collect();
    let mut lines: BTreeMap<Whole<'_>, Line> = BTreeMap::new();
    for (at, place) in places.iter().enumerate() {
        let group = (place.values.as_slice(), place.period.as_str());
        if let Some(whole) = wholes.get(place.measure.as_str()) {
            lines.entry((group.0, group.1, whole)).or_default().cells.push(at);
        }
        lines.entry((group.0, group.1, place.measure.as_str())).or_default().total = Some(at);
    }
    lines.into_values().collect()
}
