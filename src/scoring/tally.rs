//! Integer counts per measure, and how they merge.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Share;
use crate::response::{Answer, Origin, Response};
use crate::survey::method::{Definition, FigureKind, Formula};
use crate::survey::{Level, Survey};

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
    /// A figure about one question.
    Figure,
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

/// What a level counts.
#[derive(Clone, Copy, Debug)]
struct Worth {
    satisfied: bool,
    points: u64,
}

/// A satisfaction item: its column, and what each level code counts, where there is such a level.
#[derive(Clone, Debug)]
struct Item {
    column: String,
    levels: [Option<Worth>; 10],
}

/// What is tallied for a survey.
#[derive(Clone, Debug)]
pub struct Scheme {
    items: Vec<Item>,
    measures: Vec<Measure>,
    figures: Vec<FigureScheme>,
}

/// A figure about one question: its column, the answers that can be counted with what each
/// stands for in a mean, and those that make up a share.
#[derive(Clone, Debug)]
struct FigureScheme {
    column: String,
    answers: Vec<(String, i64)>,
    share: Vec<String>,
}

impl Scheme {
    /// The measures of a survey: overall, then each part, its factors, their items.
    /// Factors and parts without items are left out. Then its figures.
    pub fn of(definition: &Definition) -> Scheme {
        let survey = &definition.survey;
        let mut items = Vec::new();
        let mut factor_of = Vec::new();
        for column in survey.columns() {
            let (Some(factor), Some(scale)) = (column.factor(), column.scale().and_then(|id| survey.scale(id))) else {
                continue;
            };
            let mut levels = [None; 10];
            for level in &scale.levels {
                let worth = Worth { satisfied: level.satisfied, points: u64::from(level.points()) };
                levels[usize::from(level.code)] = Some(worth);
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
        let figures = definition.method.figures.iter();
        let figures = figures.map(|figure| FigureScheme::of(survey, &figure.question, &figure.kind)).collect();
        Scheme { items, measures, figures }
    }

    /// What gets a percentage, in the order of the questionnaire.
    pub fn measures(&self) -> &[Measure] {
        &self.measures
    }
}

impl FigureScheme {
    fn of(survey: &Survey, question: &str, kind: &FigureKind) -> FigureScheme {
        let column = survey.column(question);
        let scale = column.and_then(|column| survey.scale(column.scale()?));
        let levels = scale.into_iter().flat_map(|scale| &scale.levels);
        let levels = levels.map(|level: &Level| (level.code.to_string(), i64::from(level.points())));
        let options = column.into_iter().flat_map(|column| column.question.options());
        let options = options.map(|option| (option.id.clone(), i64::from(option.times.unwrap_or(0))));
        let share = match kind {
            FigureKind::Share { options } => options.clone(),
            FigureKind::Mean | FigureKind::Distribution => Vec::new(),
        };
        FigureScheme { column: question.to_owned(), answers: levels.chain(options).collect(), share }
    }

    fn add(&self, answer: Option<&Answer>, count: &mut FigureCount) {
        let Some(values) = answer.and_then(Answer::values) else { return };
        count.answered += 1;
        count.in_share += u64::from(values.iter().any(|value| self.share.contains(value)));
        if let Some(Answer::Number(number)) = answer {
            count.sum += i128::from(*number);
        }
        for (at, (id, worth)) in self.answers.iter().enumerate() {
            if values.contains(id) {
                count.chosen[at] += 1;
                count.sum += i128::from(*worth);
            }
        }
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
    /// Points of the valid answers.
    pub points: u64,
    /// Respondents whose valid answers are all at satisfied levels.
    pub all_satisfied: u64,
    /// Respondents whose own mean is at least 4 points.
    pub mean_of_four: u64,
}

impl Count {
    /// The figure of a formula as two integers; `None` without a valid answer. For
    /// [`Formula::MeanScore`] these are points and answers, for all others a share.
    pub fn share(self, formula: Formula) -> Option<Share> {
        let (numerator, denominator) = match formula {
            Formula::Top2Pooled => (self.satisfied, self.answers),
            Formula::MeanOver5 => (self.points, self.answers * 5),
            Formula::MeanMinus1Over4 => (self.points.saturating_sub(self.answers), self.answers * 4),
            Formula::RespondentTop2 => (self.mean_of_four, self.respondents),
            Formula::AllSatisfied => (self.all_satisfied, self.respondents),
            Formula::MeanScore => (self.points, self.answers),
        };
        Share::new(numerator, denominator)
    }

    fn add(&mut self, given: impl Iterator<Item = Worth>) {
        let (mut answers, mut satisfied, mut points) = (0, 0, 0);
        for worth in given {
            answers += 1;
            satisfied += u64::from(worth.satisfied);
            points += worth.points;
        }
        self.respondents += u64::from(answers > 0);
        self.answers += answers;
        self.satisfied += satisfied;
        self.points += points;
        self.all_satisfied += u64::from(answers > 0 && satisfied == answers);
        self.mean_of_four += u64::from(answers > 0 && points >= 4 * answers);
    }

    fn merge(&mut self, more: &Count) {
        self.respondents += more.respondents;
        self.answers += more.answers;
        self.satisfied += more.satisfied;
        self.points += more.points;
        self.all_satisfied += more.all_satisfied;
        self.mean_of_four += more.mean_of_four;
    }
}

/// The counts of one figure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FigureCount {
    /// Respondents with a valid answer.
    pub answered: u64,
    /// Of these, how many gave one of the answers of the share.
    pub in_share: u64,
    /// Sum of numbers, or of what the answers stand for.
    pub sum: i128,
    /// How many gave each answer, in the order of the definition.
    pub chosen: Vec<u64>,
}

impl FigureCount {
    fn merge(&mut self, more: &FigureCount) {
        self.answered += more.answered;
        self.in_share += more.in_share;
        self.sum += more.sum;
        for (count, more) in self.chosen.iter_mut().zip(&more.chosen) {
            *count += more;
        }
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
    figures: Vec<FigureCount>,
}

impl Tally {
    /// The tally of no responses.
    pub fn empty(scheme: &Scheme) -> Tally {
        let figure =
            |figure: &FigureScheme| FigureCount { chosen: vec![0; figure.answers.len()], ..Default::default() };
        Tally {
            responses: 0,
            generated: 0,
            days: None,
            counts: vec![Count::default(); scheme.measures.len()],
            figures: scheme.figures.iter().map(figure).collect(),
        }
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

    fn add(&mut self, scheme: &Scheme, response: &Response, given: &mut Vec<Option<Worth>>) {
        self.responses += 1;
        self.generated += u64::from(response.origin == Origin::Generated);
        let day = response.day();
        self.days = join(self.days, Some((day, day)));
        given.clear();
        given.extend(scheme.items.iter().map(|item| match response.answers.get(&item.column) {
            Some(Answer::Level(code)) => item.levels.get(usize::from(*code)).copied().flatten(),
            _ => None,
        }));
        for (measure, count) in scheme.measures.iter().zip(&mut self.counts) {
            count.add(measure.items.iter().filter_map(|&item| given[item]));
        }
        for (figure, count) in scheme.figures.iter().zip(&mut self.figures) {
            figure.add(response.answers.get(&figure.column), count);
        }
    }

    /// Adds the counts of another pile, tallied by the same scheme.
    pub fn merge(&mut self, other: &Tally) {
        self.responses += other.responses;
        self.generated += other.generated;
        self.days = join(self.days, other.days);
        self.counts.iter_mut().zip(&other.counts).for_each(|(count, more)| count.merge(more));
        self.figures.iter_mut().zip(&other.figures).for_each(|(count, more)| count.merge(more));
    }

    /// The counts, in the order of [`Scheme::measures`].
    pub fn counts(&self) -> &[Count] {
        &self.counts
    }

    /// The counts of the definition's figures, in its order.
    pub fn figures(&self) -> &[FigureCount] {
        &self.figures
    }
}

type Days = Option<(NaiveDate, NaiveDate)>;

fn join(a: Days, b: Days) -> Days {
    match (a, b) {
        (Some((from, to)), Some((f, t))) => Some((from.min(f), to.max(t))),
        (days, None) | (None, days) => days,
    }
}
