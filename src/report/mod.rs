//! The model behind the office screen, the results CSV and the program's
//! output: one table, so that they cannot disagree.

mod build;
mod compare;
mod format;
mod goals;
mod hidden;
mod population;
mod pull;
mod record;
mod sources;
mod targets;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::dataset::{Key, Period};
use crate::scoring::{Confidence, Count, Estimate, FigureCount, MeasureKind, Rank, Scheme, Verdict};
use crate::survey::Text;
use crate::survey::method::{Definition, Figure, Formula};
use crate::survey::target::Target;

pub use build::{Setting, counted};
pub use format::{
    count_in, day_in, decimal, decimal_in, interval_in, mean_in, percent_in, period_in, signed_in, threshold_in,
};
pub use hidden::{LEAST_FIRM, LEAST_SHOWN};
pub use population::Population;
pub use pull::{Pull, pulls};
pub use record::{Flag, Record};
pub(crate) use sources::Sources;
pub use sources::collected;

/// Which responses are counted together, by how they were collected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Channels {
    /// All, of whatever channel.
    #[default]
    All,
    /// Those of a sample: whom to ask was decided by the survey.
    Sample,
    /// Those of people who chose to answer: they stand for nobody but themselves.
    SelfSelected,
}

/// What is to be worked out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// The formulas; empty: those of the definition. A figure by another than the official one is
    /// compared with no target.
    pub formulas: Vec<Formula>,
    /// What to break the figures down by; at most two.
    pub by: Vec<Key>,
    /// Only responses that have one of these values of each key.
    pub only: Vec<(Key, Vec<String>)>,
    /// The length of time to break them down by.
    pub period: Option<Period>,
    /// How sure intervals are to be.
    pub confidence: Confidence,
    /// Whom the responses stand for.
    pub population: Option<Population>,
    /// Which are counted together.
    pub channels: Channels,
    /// Hide what is about fewer than five people.
    pub is_public: bool,
    /// Only this measure, without targets and figures about questions; `None`: everything.
    pub measure: Option<String>,
    /// The length of time by which each target is followed.
    pub trend: Option<Period>,
}

/// The figures of one survey.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Results {
    /// Id of the survey.
    pub survey: String,
    /// Its edition.
    pub edition: String,
    /// The formulas every measure is computed by. At least one.
    pub formulas: Vec<Formula>,
    /// The formula that is compared with targets.
    pub official: Formula,
    /// How sure the intervals are.
    pub confidence: Confidence,
    /// Responses, scored or not.
    pub responses: u64,
    /// Of these, generated ones.
    pub generated: u64,
    /// Of these, how many have each mark of [`crate::quality::Mark::ALL`].
    pub marks: Vec<u64>,
    /// Of these, how many have any.
    pub marked: u64,
    /// How many more were flagged on the device that collected them, and are not counted anywhere here.
    pub flagged: u64,
    /// Responses of a sample, and of people who chose to answer.
    pub collected: (u64, u64),
    /// First and last day of the responses.
    pub days: Option<(NaiveDate, NaiveDate)>,
    /// Names of the keys that the figures are broken down by.
    pub by: Vec<String>,
    /// What the responses are restricted to: names of keys and values.
    pub only: Vec<(String, Vec<String>)>,
    /// Whether what is about too few people is hidden.
    pub is_public: bool,
    /// Each target that applies to the survey, over its own population.
    pub board: Vec<Row>,
    /// For each row of the board the same by period, where that was asked for; not for publication.
    #[serde(default)]
    pub trends: Vec<Vec<Row>>,
    /// Overall, parts, factors and items: over all responses first, then by period, by group, and by both.
    pub rows: Vec<Row>,
    /// Figures about single questions, of the same groups.
    pub figures: Vec<FigureRow>,
}

/// Which responses a figure is about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// The value of each key; empty: of all.
    pub values: Vec<(String, String)>,
    /// The period; `None`: all of it.
    pub period: Option<String>,
    /// How many people they stand for, where it is known.
    pub population: Option<u64>,
    /// Responses, scored or not.
    pub responses: u64,
    /// Of these, generated ones.
    pub generated: u64,
    /// Of these, how many have each mark of [`crate::quality::Mark::ALL`].
    pub marks: Vec<u64>,
    /// Of these, how many have any.
    pub marked: u64,
    /// First and last day.
    pub days: Option<(NaiveDate, NaiveDate)>,
    /// What there is to know about the group as a whole.
    pub flags: Vec<Flag>,
}

/// One measure of one group and how it stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// Which responses.
    pub group: Group,
    /// `overall`, or the id of the part, factor or item.
    pub measure: String,
    /// What it covers.
    pub kind: MeasureKind,
    /// Its heading; empty for overall.
    pub text: Text,
    /// Its counts.
    pub count: Count,
    /// The figure by each formula of the results.
    pub figures: Vec<Figured>,
    /// The target it is compared with.
    pub target: Option<Target>,
    /// Not for publication.
    pub is_hidden: bool,
}

/// A figure by one formula.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figured {
    /// The formula.
    pub formula: Formula,
    /// The figure; `None` without a valid answer.
    pub estimate: Option<Estimate>,
    /// The same without the marked responses, where there are any, in the unit of the figure.
    pub without_marked: Option<f64>,
    /// Against the period before.
    pub change: Option<Change>,
    /// Its place among the groups of the same measure and period.
    pub rank: Option<Rank>,
    /// Not for publication, though the row is.
    pub is_hidden: bool,
}

/// How a figure differs from that of the period before.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// The difference, in the unit of the figure.
    pub value: f64,
    /// The ends of its interval.
    pub interval: (f64, f64),
}

/// One figure about a question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FigureRow {
    /// Which responses.
    pub group: Group,
    /// What is computed.
    pub figure: Figure,
    /// Its counts.
    pub count: FigureCount,
    /// The answers that can be counted, with their words, in the order of the definition.
    pub answers: Vec<(String, Text)>,
    /// Not for publication.
    pub is_hidden: bool,
}

impl Group {
    /// How many people a sample is of; nothing where whom to ask was not decided.
    pub fn population_of_sample(&self) -> Option<u64> {
        let is_sample = !self.flags.iter().any(|flag| matches!(flag, Flag::SelfSelected | Flag::MixedChannels));
        self.population.filter(|_| is_sample)
    }

    /// Whether it is all responses.
    pub fn is_all(&self) -> bool {
        self.values.is_empty() && self.period.is_none()
    }
}

impl Row {
    /// The figure by a formula.
    pub fn figure(&self, formula: Formula) -> Option<&Figured> {
        self.figures.iter().find(|figured| figured.formula == formula)
    }

    /// The figure by a formula, where there are answers.
    pub fn estimate(&self, formula: Formula) -> Option<&Estimate> {
        self.figure(formula)?.estimate.as_ref()
    }

    /// The official comparison of a figure with the target, where there are answers and a target.
    pub fn verdict(&self, formula: Formula) -> Option<Verdict> {
        let (estimate, target) = (self.estimate(formula)?, self.target.as_ref()?);
        Some(estimate.against(target.threshold))
    }
}

impl Results {
    /// The rows of all responses.
    pub fn total(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(|row| row.group.is_all())
    }

    /// The same figures of all responses for publication, without groups: what is about fewer than
    /// five people is hidden, with as much as it could be worked out from.
    pub fn published(&self, definition: &Definition) -> Results {
        let rows = self.total().cloned().collect();
        let figures = self.figures.iter().filter(|row| row.group.is_all()).cloned().collect();
        let mut results =
            Results { rows, figures, trends: Vec::new(), by: Vec::new(), is_public: true, ..self.clone() };
        compare::hide(&mut results.rows, &mut results.board, &mut results.figures, &Scheme::of(definition));
        results
    }

    /// The overall rows of the groups, of all periods together.
    pub fn groups(&self, measure: &str) -> impl Iterator<Item = &Row> {
        let is_group = |row: &&Row| !row.group.values.is_empty() && row.group.period.is_none();
        let measure = measure.to_owned();
        self.rows.iter().filter(is_group).filter(move |row| row.measure == measure)
    }
}
