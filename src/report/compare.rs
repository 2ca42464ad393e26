//! Groups beside each other: change from the period before, ranks, and what is hidden.

use std::collections::BTreeMap;

use super::hidden::{LEAST_FIRM, LEAST_SHOWN, Line, hidden};
use super::{Change, FigureRow, Group, Request, Row};
use crate::scoring::{Estimate, Measure, MeasureKind, Scheme, difference, ranks};
use crate::survey::Missing;
use crate::survey::method::Formula;

/// A figure: its group, period, measure and formula.
type Figure<'f> = (Vec<(String, String)>, String, String, &'f str);

/// Compares each figure with that of the period before, where neither is hidden.
pub(super) fn changes(rows: &mut [Row], request: &Request) {
    let Some(period) = request.period else { return };
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

    // A target over some fields, against the whole it is a part of.
    let all = rows.iter().find(|row| row.group.is_all() && row.kind == MeasureKind::Overall);
    let all = all.map_or(0, |row| if row.is_hidden { u64::MAX } else { row.count.respondents });
    for row in board {
        let few = |people: u64| (1..LEAST_SHOWN).contains(&people);
        let fields = row.target.as_ref().map(|target| target.fields.as_slice()).unwrap_or_default();
        let is_shown_in_parts = rows.iter().any(|other| {
            let is_of = |(key, value): &(String, String)| key == "field" && fields.contains(value);
            other.is_hidden && other.kind == MeasureKind::Overall && other.group.values.iter().any(is_of)
        });
        let people = row.count.respondents;
        row.is_hidden = few(people) || few(all.saturating_sub(people)) || is_shown_in_parts;
    }

    let asked: Vec<Place> = figures.iter().map(|row| place(&row.group, &row.figure.id, row.count.answered)).collect();
    let hidden = hidden_of(&asked, &self::lines(&asked));
    figures.iter_mut().zip(hidden).for_each(|(row, hidden)| row.is_hidden = hidden);
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
    let find = |values: &[&str], period: &str, measure: &str| {
        places.iter().position(|place| {
            place.measure == measure
                && place.period == period
                && place.values.iter().map(|(_, value)| value.as_str()).eq(values.iter().copied())
        })
    };
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
