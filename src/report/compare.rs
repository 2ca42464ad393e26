//! Groups beside each other: change from the period before, ranks, and what is hidden.

use std::collections::BTreeMap;

use super::hidden::{LEAST_FIRM, hidden};
use super::{Change, Request, Row};
use crate::scoring::{Estimate, Scheme, difference, ranks};
use crate::survey::method::Formula;

/// A figure: its group, period, measure and formula.
type Figure<'f> = (Vec<(String, String)>, String, String, &'f str);

/// Compares each figure with that of the period before.
pub(super) fn changes(rows: &mut [Row], request: &Request) {
    let Some(period) = request.period else { return };
    let parts = |estimate: &Estimate| estimate.interval.map(|(low, high)| (estimate.value, low, high));
    let mut known: BTreeMap<Figure, (f64, f64, f64)> = BTreeMap::new();
    for row in rows.iter() {
        let Some(name) = &row.group.period else { continue };
        for figured in &row.figures {
            if let Some(found) = figured.estimate.as_ref().and_then(parts) {
                let key = (row.group.values.clone(), name.clone(), row.measure.clone(), figured.formula.id());
                known.insert(key, found);
            }
        }
    }
    for row in rows {
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

/// Ranks the groups within a measure and a period. Staff under thirty responses are not ranked.
pub(super) fn rank(rows: &mut [Row], formulas: &[Formula]) {
    let mut lists: BTreeMap<(String, Option<String>), Vec<usize>> = BTreeMap::new();
    for (at, row) in rows.iter().enumerate().filter(|(_, row)| !row.group.values.is_empty()) {
        let is_officer = row.group.values.iter().any(|(key, _)| key == "officer");
        if !is_officer || row.count.respondents >= LEAST_FIRM {
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

/// Hides what is about too few people, and what that could be worked out from.
pub(super) fn hide(rows: &mut [Row], scheme: &Scheme) {
    let mut lines: BTreeMap<(u8, String, Vec<String>), Vec<usize>> = BTreeMap::new();
    let part_of = |id: &str| {
        let own = scheme.measures().iter().find(|measure| measure.id == id)?;
        let around = |other: &&crate::scoring::Measure| {
            other.id != own.id && other.items.start <= own.items.start && own.items.end <= other.items.end
        };
        scheme.measures().iter().filter(around).min_by_key(|measure| measure.items.len())
    };
    for (at, row) in rows.iter().enumerate() {
        let values: Vec<String> = row.group.values.iter().map(|(_, value)| value.clone()).collect();
        let period = row.group.period.clone().unwrap_or_default();
        let mut add = |kind: u8, name: &str, of: Vec<String>| {
            lines.entry((kind, name.to_owned(), of)).or_default().push(at);
        };
        if !values.is_empty() {
            add(0, &row.measure, vec![period.clone()]);
            for (key, value) in values.iter().enumerate().filter(|_| values.len() > 1) {
                add(1, &row.measure, vec![period.clone(), key.to_string(), value.clone()]);
            }
        }
        if !period.is_empty() {
            add(2, &row.measure, values.clone());
        }
        if let Some(part) = part_of(&row.measure) {
            add(3, &part.id, [values, vec![period]].concat());
        }
    }
    let people: Vec<u64> = rows.iter().map(|row| row.count.respondents).collect();
    let hidden = hidden(&people, &lines.into_values().collect::<Vec<_>>());
    rows.iter_mut().zip(hidden).for_each(|(row, hidden)| row.is_hidden = hidden);
}
