//! Integer counts per measure, and how they merge.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Share;
use crate::response::{Answer, Origin, Response, vietnam};
use crate::survey::Survey;

/// What a measure covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MeasureKind {
    /// All satisfaction items.
    Overall,
    /// The items of a part's factors.
    Part,
    /// The items of a factor.
    Factor,
    /// One item.
    Item,
}

/// Something that gets a percentage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measure {
    /// `overall`, or the id of the part, the factor, or the item's CSV column.
    pub id: String,
    /// What it covers.
    pub kind: MeasureKind,
    /// Indices into [`Scheme::items`], ascending.
    items: Vec<usize>,
}

/// A satisfaction item: its column, and for each level code whether it exists
/// and whether it counts as satisfied.
#[derive(Clone, Debug)]
struct Item {
    column: String,
    levels: [Option<bool>; 10],
}

/// What is tallied for a survey.
#[derive(Clone, Debug)]
pub struct Scheme {
    items: Vec<Item>,
    measures: Vec<Measure>,
}

impl Scheme {
    /// The measures of a survey: overall, then each part, its factors, their items.
    /// Factors and parts without items are left out.
    pub fn of(survey: &Survey) -> Scheme {
        let mut items = Vec::new();
        let mut factor_of = Vec::new();
        for column in survey.columns() {
            let (Some(factor), Some(scale)) = (column.factor(), column.scale().and_then(|id| survey.scale(id))) else {
                continue;
            };
            let mut levels = [None; 10];
            for level in &scale.levels {
                levels[usize::from(level.code)] = Some(level.satisfied);
            }
            items.push(Item { column: column.id.to_owned(), levels });
            factor_of.push(factor);
        }
        let mut measures = Vec::new();
        let mut add = |id: &str, kind, items: Vec<usize>| {
            if !items.is_empty() {
                measures.push(Measure { id: id.to_owned(), kind, items });
            }
        };
        let of_factor = |id: &str| -> Vec<usize> { (0..factor_of.len()).filter(|&i| factor_of[i] == id).collect() };
        add("overall", MeasureKind::Overall, (0..items.len()).collect());
        for part in &survey.parts {
            let factors = || survey.factors.iter().filter(|factor| factor.part == part.id);
            let mut of_part: Vec<usize> = factors().flat_map(|factor| of_factor(&factor.id)).collect();
            of_part.sort_unstable();
            add(&part.id, MeasureKind::Part, of_part);
            for factor in factors() {
                let of_factor = of_factor(&factor.id);
                add(&factor.id, MeasureKind::Factor, of_factor.clone());
                for item in of_factor {
                    add(&items[item].column, MeasureKind::Item, vec![item]);
                }
            }
        }
        Scheme { items, measures }
    }

    /// What gets a percentage, in the order of the questionnaire.
    pub fn measures(&self) -> &[Measure] {
        &self.measures
    }
}

/// The counts of one measure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Respondents with at least one valid answer.
    pub respondents: u64,
    /// Valid answers.
    pub answers: u64,
    /// Answers at satisfied levels.
    pub satisfied: u64,
}

impl Count {
    /// The pooled share; `None` without a valid answer.
    pub fn share(self) -> Option<Share> {
        Share::new(self.satisfied, self.answers)
    }
}

/// The counts of a pile of responses. A commutative monoid under [`Tally::merge`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// Responses, scored or not.
    pub responses: u64,
    /// Of these, generated ones.
    pub generated: u64,
    /// First and last day on which one was submitted, in Vietnam.
    pub days: Option<(NaiveDate, NaiveDate)>,
    counts: Vec<Count>,
}

impl Tally {
    /// The tally of no responses.
    pub fn empty(scheme: &Scheme) -> Tally {
        Tally { responses: 0, generated: 0, days: None, counts: vec![Count::default(); scheme.measures.len()] }
    }

    /// The tally of these responses.
    pub fn of<'r>(scheme: &Scheme, responses: impl IntoIterator<Item = &'r Response>) -> Tally {
        let mut tally = Tally::empty(scheme);
        let mut given = Vec::new();
        for response in responses {
            tally.add(scheme, response, &mut given);
        }
        tally
    }

    fn add(&mut self, scheme: &Scheme, response: &Response, given: &mut Vec<Option<bool>>) {
        self.responses += 1;
        self.generated += u64::from(response.origin == Origin::Generated);
        let day = response.finished_at.with_timezone(&vietnam()).date_naive();
        self.days = join(self.days, Some((day, day)));
        given.clear();
        given.extend(scheme.items.iter().map(|item| match response.answers.get(&item.column) {
            Some(Answer::Level(code)) => item.levels.get(usize::from(*code)).copied().flatten(),
            _ => None,
        }));
        for (measure, count) in scheme.measures.iter().zip(&mut self.counts) {
            let answers = measure.items.iter().filter_map(|&item| given[item]);
            let (valid, satisfied) = answers.fold((0, 0), |(v, s), satisfied| (v + 1, s + u64::from(satisfied)));
            count.respondents += u64::from(valid > 0);
            count.answers += valid;
            count.satisfied += satisfied;
        }
    }

    /// Adds the counts of another pile, tallied by the same scheme.
    pub fn merge(&mut self, other: &Tally) {
        self.responses += other.responses;
        self.generated += other.generated;
        self.days = join(self.days, other.days);
        for (count, more) in self.counts.iter_mut().zip(&other.counts) {
            count.respondents += more.respondents;
            count.answers += more.answers;
            count.satisfied += more.satisfied;
        }
    }

    /// The counts, in the order of [`Scheme::measures`].
    pub fn counts(&self) -> &[Count] {
        &self.counts
    }
}

type Days = Option<(NaiveDate, NaiveDate)>;

fn join(a: Days, b: Days) -> Days {
    match (a, b) {
        (Some((from, to)), Some((f, t))) => Some((from.min(f), to.max(t))),
        (days, None) | (None, days) => days,
    }
}
