//! The model behind the office screen, the results CSV and the program's
//! output: one table, so that they cannot disagree.

mod format;
mod record;

use chrono::NaiveDate;

use crate::response::Response;
use crate::scoring::{Count, FigureCount, MeasureKind, Scheme, Share, Tally, Verdict};
use crate::survey::method::{Definition, Figure, Formula};
use crate::survey::target::{Target, in_force};
use crate::survey::{Survey, Text};

pub use format::{count_in, day_in, decimal, mean_in, percent_in, threshold_in};
pub use record::Record;

/// The figures of one survey.
#[derive(Clone, Debug, PartialEq)]
pub struct Results {
    /// Id of the survey.
    pub survey: String,
    /// Its edition.
    pub edition: String,
    /// The formulas every measure is computed by; the first is the official one. At least one.
    pub formulas: Vec<Formula>,
    /// Responses, scored or not.
    pub responses: u64,
    /// Of these, generated ones.
    pub generated: u64,
    /// First and last day of the responses.
    pub days: Option<(NaiveDate, NaiveDate)>,
    /// Each target that applies to the survey, over its own population.
    pub board: Vec<TargetRow>,
    /// Overall, parts, factors and items over all responses.
    pub rows: Vec<Row>,
    /// Figures about single questions.
    pub figures: Vec<FigureRow>,
}

/// One target and how it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct TargetRow {
    /// The target, as it was set for a period.
    pub target: Target,
    /// The overall counts of the responses it covers: of its fields, and of the days on which it is used.
    pub count: Count,
    /// The official figure.
    pub share: Option<Share>,
}

/// One measure and how it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// `overall`, or the id of the part, factor or item.
    pub measure: String,
    /// What it covers.
    pub kind: MeasureKind,
    /// Its heading; empty for overall.
    pub text: Text,
    /// Its counts.
    pub count: Count,
    /// The official figure.
    pub share: Option<Share>,
    /// The target all rows are compared with.
    pub target: Option<Target>,
}

/// One figure about a question.
#[derive(Clone, Debug, PartialEq)]
pub struct FigureRow {
    /// What is computed.
    pub figure: Figure,
    /// Its counts.
    pub count: FigureCount,
    /// The answers that can be counted, with their words, in the order of the definition.
    pub answers: Vec<(String, Text)>,
}

impl Row {
    /// The comparison with the target, where there are answers and a target.
    pub fn verdict(&self) -> Option<Verdict> {
        Some(self.share?.against(self.target.as_ref()?.threshold))
    }
}

impl TargetRow {
    /// The comparison with the target, where there are answers.
    pub fn verdict(&self) -> Option<Verdict> {
        Some(self.share?.against(self.target.threshold))
    }
}

impl Results {
    /// Scores responses of one survey. `today` decides which targets are in
    /// force where there is no response to tell.
    pub fn of(definition: &Definition, targets: &[Target], responses: &[Response], today: NaiveDate) -> Results {
        let Definition { survey, method } = definition;
        let scheme = Scheme::of(definition);
        let tally = Tally::of(&scheme, responses);
        let official = method.official();
        let board: Vec<TargetRow> = method
            .targets
            .iter()
            .flat_map(|id| entries(targets, id, responses, today))
            .map(|(target, covered)| {
                let count = Tally::of(&scheme, covered).counts().first().copied().unwrap_or_default();
                TargetRow { target: target.clone(), count, share: count.share(official) }
            })
            .collect();
        let main = main_target(&board);
        let rows = scheme
            .measures()
            .iter()
            .zip(tally.counts())
            .map(|(measure, count)| Row {
                measure: measure.id.clone(),
                kind: measure.kind,
                text: text_of(survey, &measure.id, measure.kind),
                count: *count,
                share: count.share(official),
                target: main.cloned(),
            })
            .collect();
        let figures = method.figures.iter().zip(tally.figures()).map(|(figure, count)| FigureRow {
            figure: figure.clone(),
            count: count.clone(),
            answers: answers_of(survey, &figure.question),
        });
        Results {
            survey: survey.id.clone(),
            edition: survey.edition.clone(),
            formulas: if method.formulas.is_empty() { vec![official] } else { method.formulas.clone() },
            responses: tally.responses,
            generated: tally.generated,
            days: tally.days,
            board,
            rows,
            figures: figures.collect(),
        }
    }

    /// The official formula.
    pub fn official(&self) -> Formula {
        self.formulas[0]
    }
}

/// The targets with this id that are used for these responses, each with those it covers:
/// a response is compared with the target of its own day.
fn entries<'t, 'r>(
    targets: &'t [Target],
    id: &str,
    responses: &'r [Response],
    today: NaiveDate,
) -> Vec<(&'t Target, Vec<&'r Response>)> {
    let mut entries: Vec<(&Target, Vec<&Response>)> = Vec::new();
    for response in responses {
        // One device whose clock runs ahead must not be compared with a target yet to come.
        let Some(target) = in_force(targets, id, response.day().min(today)) else { continue };
        let at = entries.iter().position(|(known, _)| *known == target).unwrap_or_else(|| {
            entries.push((target, Vec::new()));
            entries.len() - 1
        });
        if covers(target, response) {
            entries[at].1.push(response);
        }
    }
    if entries.is_empty() {
        entries.extend(in_force(targets, id, today).map(|target| (target, Vec::new())));
    }
    entries.sort_by_key(|(target, _)| target.from);
    entries
}

/// The target that the table over all responses is compared with: the first for all fields,
/// where its threshold is the same on all days of the responses.
fn main_target(board: &[TargetRow]) -> Option<&Target> {
    let mut for_all = board.iter().map(|row| &row.target).filter(|target| target.fields.is_empty());
    let first = for_all.next()?;
    let changes = for_all.any(|other| other.id == first.id && other.threshold != first.threshold);
    (!changes).then_some(first)
}

fn covers(target: &Target, response: &Response) -> bool {
    target.fields.is_empty() || response.attributes.field.as_ref().is_some_and(|field| target.fields.contains(field))
}

fn text_of(survey: &Survey, id: &str, kind: MeasureKind) -> Text {
    let found = match kind {
        MeasureKind::Overall | MeasureKind::Figure => None,
        MeasureKind::Part => survey.parts.iter().find(|part| part.id == id).map(|part| &part.text),
        MeasureKind::Factor => survey.factors.iter().find(|factor| factor.id == id).map(|factor| &factor.text),
        MeasureKind::Item => survey.column(id).map(|column| column.text()),
    };
    found.cloned().unwrap_or_default()
}

fn answers_of(survey: &Survey, question: &str) -> Vec<(String, Text)> {
    let Some(column) = survey.column(question) else { return Vec::new() };
    let scale = column.scale().and_then(|id| survey.scale(id));
    let levels = scale.into_iter().flat_map(|scale| &scale.levels);
    let levels = levels.map(|level| (level.code.to_string(), level.text.clone()));
    levels.chain(column.question.options().iter().map(|option| (option.id.clone(), option.text.clone()))).collect()
}
