//! Whether a condition can ever come true.
//!
//! A question whose condition contradicts itself, or what was asked before,
//! would never be asked: a mistake nobody would notice. The answers that
//! matter are tried, question by question in the order of asking, with those
//! branches cut off that already decide the condition.

use std::collections::BTreeMap;

use crate::survey::condition::{Comparison, Condition};

/// What a condition may compare a column with.
#[derive(Clone, Debug)]
pub(super) enum Values {
    /// Codes of levels: compared as numbers, only these exist.
    Levels(Vec<String>),
    /// One of these options.
    One(Vec<String>),
    /// Several of these options.
    Several {
        options: Vec<String>,
        /// Those that stand alone.
        exclusive: Vec<String>,
    },
    /// A whole number within these bounds.
    Number(i64, i64),
    Text,
    /// The definition of the question has a mistake of its own, which is reported there.
    Anything,
    /// A matrix has no answer of its own; its items have.
    Matrix(Vec<String>),
}

/// A column as far as conditions are concerned.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub(super) id: String,
    pub(super) values: Values,
    /// It always has an answer that conditions can see.
    pub(super) required: bool,
    /// A link may set it to something the question does not offer.
    pub(super) open: bool,
    /// It is asked only where all of these hold.
    pub(super) when: Vec<Condition>,
}

/// An answer as a condition sees it: its values, or none.
type Answer = Option<Vec<String>>;

/// Answers tried before giving up: only a definition made to be hard comes near.
const MOST_TRIALS: u32 = 20_000;

/// Several choices with more options than this in one condition are not tried in all combinations.
const MOST_OPTIONS: usize = 8;

/// Whether there are answers to `asked`, in that order, for which all of `wanted` hold.
/// Where that is too hard to tell, it is taken to be so.
pub(super) fn is_reachable(asked: &[Known], wanted: &[Condition]) -> bool {
    let wanted = Condition::All(wanted.to_vec());
    let relevant = relevant(asked, &wanted);
    let conditions: Vec<&Condition> = relevant.iter().flat_map(|known| &known.when).chain([&wanted]).collect();
    let Some(choices) = relevant.iter().map(|known| choices(known, &conditions)).collect::<Option<Vec<_>>>() else {
        return true;
    };
    let mut search = Search { relevant: &relevant, choices: &choices, wanted: &wanted, trials: 0 };
    search.can_hold(0, &mut BTreeMap::new())
}

/// The columns a condition looks at, and those that decide whether these are asked.
fn relevant<'k>(asked: &'k [Known], wanted: &Condition) -> Vec<&'k Known> {
    let mut needed: Vec<&str> = Vec::new();
    wanted.columns(&mut |column| needed.push(column));
    let mut found = Vec::new();
    for known in asked.iter().rev() {
        if needed.contains(&known.id.as_str()) {
            known.when.iter().for_each(|when| when.columns(&mut |column| needed.push(column)));
            found.push(known);
        }
    }
    found.reverse();
    found
}

/// The answers to a column between which the conditions can tell; `None` where there are too many.
fn choices(known: &Known, conditions: &[&Condition]) -> Option<Vec<Answer>> {
    let mut named: Vec<String> = Vec::new();
    conditions.iter().for_each(|condition| values_named(condition, &known.id, &mut named));
    named.sort();
    named.dedup();
    let single = |value: &String| Some(vec![value.clone()]);
    let mut choices: Vec<Answer> = match &known.values {
        Values::Levels(codes) => codes.iter().map(single).collect(),
        Values::One(options) => {
            let other = options.iter().find(|option| !named.contains(option));
            options.iter().filter(|option| named.contains(option)).chain(other).map(single).collect()
        }
        Values::Several { options, exclusive } => several(options, exclusive, &named)?,
        Values::Number(min, max) => {
            let near = named.iter().filter_map(|value| value.parse::<i64>().ok());
            let near = near.flat_map(|value| [value.saturating_sub(1), value, value.saturating_add(1)]);
            near.chain([*min, *max])
                .filter(|value| min <= value && value <= max)
                .map(|v| Some(vec![v.to_string()]))
                .collect()
        }
        Values::Text => vec![Some(vec!["x".to_owned()])],
        Values::Anything | Values::Matrix(_) => return None,
    };
    if known.open {
        choices.push(Some(vec![String::new()]));
    }
    if !known.required || choices.is_empty() {
        choices.push(None);
    }
    Some(choices)
}

fn several(options: &[String], exclusive: &[String], named: &[String]) -> Option<Vec<Answer>> {
    let other = options.iter().find(|option| !named.contains(option) && !exclusive.contains(option));
    let among: Vec<&String> = options.iter().filter(|option| named.contains(option)).chain(other).collect();
    if among.len() > MOST_OPTIONS {
        return None;
    }
    let subsets = (1u32..1 << among.len()).map(|mask| {
        let picked = among.iter().enumerate().filter(|(at, _)| mask >> at & 1 == 1);
        picked.map(|(_, option)| (*option).clone()).collect::<Vec<_>>()
    });
    let is_possible = |picked: &Vec<String>| picked.len() == 1 || !picked.iter().any(|one| exclusive.contains(one));
    Some(subsets.filter(is_possible).map(Some).collect())
}

/// The values that a condition compares a column with.
fn values_named(condition: &Condition, column: &str, named: &mut Vec<String>) {
    match condition {
        Condition::All(some) | Condition::Any(some) => some.iter().for_each(|one| values_named(one, column, named)),
        Condition::Not(one) => values_named(one, column, named),
        Condition::In(id, values) if id == column => named.extend(values.iter().cloned()),
        Condition::Compare(id, _, value) | Condition::Has(id, value) if id == column => named.push(value.clone()),
        _ => {}
    }
}

struct Search<'s> {
    relevant: &'s [&'s Known],
    choices: &'s [Vec<Answer>],
    wanted: &'s Condition,
    trials: u32,
}

type Tried<'s> = BTreeMap<&'s str, &'s Answer>;

impl<'s> Search<'s> {
    fn can_hold(&mut self, at: usize, answers: &mut Tried<'s>) -> bool {
        self.trials += 1;
        if self.trials > MOST_TRIALS {
            return true;
        }
        match truth(self.wanted, answers) {
            Some(true) => return true,
            Some(false) => return false,
            None => {}
        }
        let Some(known) = self.relevant.get(at) else { return false };
        // Everything the column's own conditions look at has been answered by now.
        let is_asked = known.when.iter().all(|when| truth(when, answers) == Some(true));
        let choices: &'s [Answer] = if is_asked { &self.choices[at] } else { &[None] };
        for choice in choices {
            answers.insert(&known.id, choice);
            if self.can_hold(at + 1, answers) {
                return true;
            }
        }
        answers.remove(known.id.as_str());
        false
    }
}

/// Whether a condition holds for answers of which some are still open.
fn truth(condition: &Condition, answers: &Tried<'_>) -> Option<bool> {
    let of = |column: &str| answers.get(column).map(|answer| answer.as_deref());
    let test = |column: &str, holds: &dyn Fn(&[String]) -> bool| Some(of(column)?.is_some_and(holds));
    match condition {
        Condition::All(some) => joined(some, answers, false),
        Condition::Any(some) => joined(some, answers, true),
        Condition::Not(one) => truth(one, answers).map(|holds| !holds),
        Condition::Answered(column) => test(column, &|_| true),
        Condition::In(column, wanted) => test(column, &|values| values.iter().any(|value| wanted.contains(value))),
        Condition::Has(column, wanted) => test(column, &|values| values.contains(wanted)),
        Condition::Compare(column, comparison, wanted) => test(column, &|values| compare(*comparison, values, wanted)),
    }
}

/// `decisive`: the truth of one that settles the whole.
fn joined(some: &[Condition], answers: &Tried<'_>, decisive: bool) -> Option<bool> {
    let mut settled = Some(!decisive);
    for one in some {
        match truth(one, answers) {
            Some(holds) if holds == decisive => return Some(decisive),
            Some(_) => {}
            None => settled = None,
        }
    }
    settled
}

fn compare(comparison: Comparison, values: &[String], wanted: &str) -> bool {
    values.first().is_some_and(|value| comparison.holds(value, wanted))
}
