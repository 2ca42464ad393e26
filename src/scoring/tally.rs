//! Integer counts, and how they merge.

use std::ops::Range;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Share;
use super::scheme::{Scheme, Source};
use crate::dataset::cell::{self, CELLS};
use crate::quality::Mark;
use crate::survey::method::Formula;

/// The counts of one measure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// Respondents with at least one valid answer.
    pub respondents: u64,
    /// Valid answers.
    pub answers: u64,
    /// Answers at satisfied levels.
    pub satisfied: u64,
    /// Points of the valid answers.
    pub points: u64,
    /// Sum of the squared points of the valid answers.
    pub squares: u64,
    /// Respondents whose valid answers are all at satisfied levels.
    pub all_satisfied: u64,
    /// Respondents whose own mean is at least 4 points.
    pub mean_of_four: u64,
    /// Answers that are not valid, by why.
    pub missing: Absent,
    /// How respondents differ from each other.
    pub spread: Spread,
}

/// Items without a valid answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Absent {
    /// They do not apply to the respondent, as they say themselves.
    pub not_applicable: u64,
    /// The respondent has no opinion.
    pub no_opinion: u64,
    /// Asked and passed over.
    pub no_answer: u64,
    /// Not asked, or left empty on paper.
    pub not_asked: u64,
}

/// Sums over respondents of products of their own sums: m valid answers, y of them at satisfied
/// levels, p points. They make the spread of a ratio with the respondent as the cluster.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spread {
    /// Σ m².
    pub mm: u64,
    /// Σ m·y.
    pub my: u64,
    /// Σ y².
    pub yy: u64,
    /// Σ m·p.
    pub mp: u64,
    /// Σ p².
    pub pp: u64,
}

/// For two items j and k, over the respondents: how many answered both, were satisfied with both,
/// and were satisfied with j and answered k.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pair {
    /// Σ m_j·m_k.
    pub mm: u64,
    /// Σ y_j·m_k.
    pub ym: u64,
    /// Σ y_j·y_k.
    pub yy: u64,
}

/// The counts of one figure.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FigureCount {
    /// Respondents with a valid answer.
    pub answered: u64,
    /// Of these, how many gave one of the answers of the share.
    pub in_share: u64,
    /// Sum of numbers, or of what the answers stand for.
    pub sum: i128,
    /// Sum of their squares.
    pub squares: i128,
    /// How many gave each answer, in the order of the definition.
    pub chosen: Vec<u64>,
}

impl Count {
    /// The figure of a formula as two integers, where it is one fraction; `None` without a valid answer.
    /// For [`Formula::MeanScore`] these are points and answers, for all others a share.
    pub fn share(&self, formula: Formula) -> Option<Share> {
        let (numerator, denominator) = match formula {
            Formula::Top2Pooled => (self.satisfied, self.answers),
            Formula::MeanOver5 => (self.points, self.answers * 5),
            Formula::MeanMinus1Over4 => (self.points.saturating_sub(self.answers), self.answers * 4),
            Formula::RespondentTop2 => (self.mean_of_four, self.respondents),
            Formula::AllSatisfied => (self.all_satisfied, self.respondents),
            Formula::MeanScore => (self.points, self.answers),
            Formula::Top2MeanOfItems | Formula::MeanOfFactors | Formula::NineIndicators => return None,
        };
        Share::new(numerator, denominator)
    }
}

/// What respondents make of several items together; an item's own are in its cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Together {
    pub respondents: u64,
    pub all_satisfied: u64,
    pub mean_of_four: u64,
    pub spread: Spread,
}

/// The counts of a pile of responses. A commutative monoid under [`Tally::merge`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// Responses, scored or not.
    pub responses: u64,
    /// Of these, generated ones.
    pub generated: u64,
    /// Of these, how many have each mark, in the order of [`Mark::ALL`].
    pub marks: [u64; Mark::ALL.len()],
    /// Of these, how many have any.
    pub marked: u64,
    /// First and last day on which one was submitted, in Vietnam.
    pub days: Option<(NaiveDate, NaiveDate)>,
    /// For each scored item how often each cell occurs.
    pub(crate) cells: Vec<[u64; CELLS]>,
    /// For each measure of several items.
    pub(crate) together: Vec<Together>,
    /// For each two items, row by row; empty where they are not counted.
    pub(crate) pairs: Vec<Pair>,
    pub(crate) figures: Vec<FigureCount>,
}

impl Tally {
    /// The tally of no responses.
    pub fn empty(scheme: &Scheme) -> Tally {
        let figures = scheme.figures.iter();
        let figures = figures.map(|figure| FigureCount { chosen: vec![0; figure.answers.len()], ..Default::default() });
        let items = scheme.worths.len();
        Tally {
            responses: 0,
            generated: 0,
            marks: Default::default(),
            marked: 0,
            days: None,
            cells: vec![[0; CELLS]; items],
            together: vec![Together::default(); scheme.measures().len()],
            pairs: vec![Pair::default(); if scheme.pairs { items * items } else { 0 }],
            figures: figures.collect(),
        }
    }

    /// Adds the counts of another pile, tallied by the same scheme.
    pub fn merge(&mut self, other: &Tally) {
        self.responses += other.responses;
        self.generated += other.generated;
        self.marks.iter_mut().zip(&other.marks).for_each(|(count, more)| *count += more);
        self.marked += other.marked;
        self.days = join(self.days, other.days);
        let cells = self.cells.iter_mut().flatten().zip(other.cells.iter().flatten());
        cells.for_each(|(count, more)| *count += more);
        self.together.iter_mut().zip(&other.together).for_each(|(count, more)| count.merge(more));
        self.pairs.iter_mut().zip(&other.pairs).for_each(|(count, more)| count.merge(more));
        self.figures.iter_mut().zip(&other.figures).for_each(|(count, more)| count.merge(more));
    }

    /// The counts, in the order of [`Scheme::measures`].
    pub fn counts(&self, scheme: &Scheme) -> Vec<Count> {
        (0..scheme.measures().len()).map(|measure| self.count(scheme, measure)).collect()
    }

    /// The counts of a measure, by its place in [`Scheme::measures`].
    pub fn count(&self, scheme: &Scheme, measure: usize) -> Count {
        let items = scheme.measures()[measure].items.clone();
        let mut count = Count::default();
        for item in items.clone() {
            self.add_item(scheme, item, &mut count);
        }
        let together = match items.len() {
            1 => alone(&count, self.at_least_four(scheme, items.start)),
            _ => self.together[measure],
        };
        Count {
            respondents: together.respondents,
            all_satisfied: together.all_satisfied,
            mean_of_four: together.mean_of_four,
            spread: together.spread,
            ..count
        }
    }

    /// Satisfied and valid answers to these items together.
    pub(crate) fn satisfied_of(&self, scheme: &Scheme, items: Range<usize>) -> (u64, u64) {
        let mut count = Count::default();
        items.for_each(|item| self.add_item(scheme, item, &mut count));
        (count.satisfied, count.answers)
    }

    /// Points of the valid answers to an item, and how many these are.
    pub(crate) fn points_of(&self, scheme: &Scheme, item: usize) -> (u64, u64) {
        let mut count = Count::default();
        self.add_item(scheme, item, &mut count);
        (count.points, count.answers)
    }

    fn add_item(&self, scheme: &Scheme, item: usize, count: &mut Count) {
        for (code, &times) in self.cells[item].iter().enumerate() {
            if let Some(worth) = scheme.worths[item][code] {
                let points = u64::from(worth.points);
                count.answers += times;
                count.satisfied += times * u64::from(worth.satisfied);
                count.points += times * points;
                count.squares += times * points * points;
                continue;
            }
            // A cell that its scale does not know is no answer: it counts as not asked.
            let missing = match u8::try_from(code).unwrap_or(u8::MAX) {
                cell::NOT_APPLICABLE => &mut count.missing.not_applicable,
                cell::NO_OPINION => &mut count.missing.no_opinion,
                cell::NO_ANSWER => &mut count.missing.no_answer,
                _ => &mut count.missing.not_asked,
            };
            *missing += times;
        }
    }

    fn at_least_four(&self, scheme: &Scheme, item: usize) -> u64 {
        let cells = self.cells[item].iter().zip(&scheme.worths[item]);
        cells.filter(|(_, worth)| worth.is_some_and(|worth| worth.points >= 4)).map(|(times, _)| times).sum()
    }

    /// The counts of the definition's figures, in its order.
    pub fn figures(&self) -> &[FigureCount] {
        &self.figures
    }

    /// Counts of figures about scored items, from the items' cells.
    pub(crate) fn figures_of_items(&mut self, scheme: &Scheme) {
        for (figure, count) in scheme.figures.iter().zip(&mut self.figures) {
            let Some(Source::Item(item)) = figure.source else { continue };
            for (code, &times) in self.cells[item][..10].iter().enumerate() {
                count.add(figure, &[&code.to_string()], times);
            }
        }
    }
}

/// What the respondents of one item make of it: each is one answer.
fn alone(count: &Count, mean_of_four: u64) -> Together {
    let Count { answers, satisfied, points, squares, .. } = *count;
    Together {
        respondents: answers,
        all_satisfied: satisfied,
        mean_of_four,
        spread: Spread { mm: answers, my: satisfied, yy: satisfied, mp: points, pp: squares },
    }
}

impl Together {
    /// Adds a respondent with so many valid answers, of them satisfied, and points.
    #[inline]
    pub(crate) fn add(&mut self, m: u64, y: u64, p: u64) {
        let is_there = m > 0;
        self.respondents += u64::from(is_there);
        self.all_satisfied += u64::from(is_there & (y == m));
        self.mean_of_four += u64::from(is_there & (p >= 4 * m));
        self.spread.mm += m * m;
        self.spread.my += m * y;
        self.spread.yy += y * y;
        self.spread.mp += m * p;
        self.spread.pp += p * p;
    }

    pub(crate) fn merge(&mut self, more: &Together) {
        self.respondents += more.respondents;
        self.all_satisfied += more.all_satisfied;
        self.mean_of_four += more.mean_of_four;
        self.spread.mm += more.spread.mm;
        self.spread.my += more.spread.my;
        self.spread.yy += more.spread.yy;
        self.spread.mp += more.spread.mp;
        self.spread.pp += more.spread.pp;
    }
}

impl Pair {
    fn merge(&mut self, more: &Pair) {
        self.mm += more.mm;
        self.ym += more.ym;
        self.yy += more.yy;
    }
}

impl FigureCount {
    /// Adds respondents who all gave these answers.
    pub(crate) fn add(&mut self, figure: &super::scheme::FigureScheme, values: &[&str], times: u64) {
        if figure.is_number {
            let Some(number) = values.first().and_then(|value| value.parse::<i128>().ok()) else { return };
            self.answered += times;
            self.sum += number * i128::from(times);
            self.squares += number * number * i128::from(times);
            return;
        }
        let (mut stands_for, mut known) = (0, false);
        for (at, (id, worth)) in figure.answers.iter().enumerate() {
            if values.contains(&id.as_str()) {
                self.chosen[at] += times;
                stands_for += i128::from(*worth);
                known = true;
            }
        }
        if known {
            self.answered += times;
            self.sum += stands_for * i128::from(times);
            self.squares += stands_for * stands_for * i128::from(times);
            let in_share = values.iter().any(|value| figure.share.iter().any(|id| id == value));
            self.in_share += if in_share { times } else { 0 };
        }
    }

    fn merge(&mut self, more: &FigureCount) {
        self.answered += more.answered;
        self.in_share += more.in_share;
        self.sum += more.sum;
        self.squares += more.squares;
        self.chosen.iter_mut().zip(&more.chosen).for_each(|(count, more)| *count += more);
    }
}

type Days = Option<(NaiveDate, NaiveDate)>;

pub(crate) fn join(a: Days, b: Days) -> Days {
    match (a, b) {
        (Some((from, to)), Some((f, t))) => Some((from.min(f), to.max(t))),
        (days, None) | (None, days) => days,
    }
}
