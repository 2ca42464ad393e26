//! The figures as flat records, each with everything needed to defend it.

use chrono::NaiveDate;
use serde::Serialize;

use super::{FigureRow, Results, TargetRow, decimal};
use crate::scoring::{Count, MeasureKind, Share, Verdict};
use crate::survey::Text;
use crate::survey::method::{FigureKind, Formula};
use crate::survey::target::Target;

/// One figure with everything needed to defend it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Record {
    /// Id of the survey.
    pub survey: String,
    /// Its edition.
    pub edition: String,
    /// `overall`, or the id of the part, factor, item or figure.
    pub measure: String,
    /// What it covers.
    pub measure_kind: MeasureKind,
    /// Its heading, for tables.
    #[serde(skip)]
    pub text: Text,
    /// For a distribution: the answer that was counted.
    pub answer: Option<String>,
    /// The only fields it covers, separated by spaces; empty: all responses.
    pub fields: String,
    /// Id of the formula; for a figure `mean`, `share` or `distribution`.
    pub formula: &'static str,
    /// Answers or respondents that count, or a sum of points or numbers.
    pub numerator: i128,
    /// Out of how many.
    pub denominator: u64,
    /// Respondents with at least one valid answer.
    pub respondents: u64,
    /// Generated responses in the pile the figure was made of: anything but 0 says that it is a trial.
    pub generated: u64,
    /// The percentage as the nearest double; none for means.
    pub percent: Option<f64>,
    /// The percentage as it is shown: two decimals, halves rounded up, with a point.
    pub percent_shown: Option<String>,
    /// The mean as the nearest double; none for percentages.
    pub mean: Option<f64>,
    /// Id of the target it is compared with.
    pub target: Option<String>,
    /// First day of the period the target was set for.
    pub target_from: Option<NaiveDate>,
    /// Last day of that period.
    pub target_until: Option<NaiveDate>,
    /// Its threshold in percent.
    pub threshold: Option<f64>,
    /// The comparison.
    pub verdict: Option<Verdict>,
}

impl Results {
    /// The figures as flat records: every row of the table by every formula, then the targets
    /// that are not the one the table is compared with, then the figures about single questions.
    pub fn records(&self) -> Vec<Record> {
        let mut records = Vec::new();
        for formula in &self.formulas {
            records.extend(self.rows.iter().map(|row| {
                let of_row = Of { measure: &row.measure, kind: row.kind, text: &row.text, fields: "" };
                let target = row.target.as_ref().filter(|_| *formula == self.official());
                self.record(&of_row, *formula, row.count, target)
            }));
        }
        let main = self.rows.first().and_then(|row| row.target.as_ref()).map(|target| &target.id);
        let others = self.board.iter().filter(|row| Some(&row.target.id) != main);
        records.extend(others.map(|row| self.target_record(row)));
        records.extend(self.figures.iter().flat_map(|row| self.figure_records(row)));
        records
    }

    fn target_record(&self, row: &TargetRow) -> Record {
        let fields = row.target.fields.join(" ");
        let of_row = Of { measure: "overall", kind: MeasureKind::Overall, text: &row.target.text, fields: &fields };
        self.record(&of_row, self.official(), row.count, Some(&row.target))
    }

    fn record(&self, of: &Of<'_>, formula: Formula, count: Count, target: Option<&Target>) -> Record {
        let share = count.share(formula);
        let percentage = share.filter(|_| formula.is_percentage());
        Record {
            formula: formula.id(),
            numerator: share.map_or(0, |share| i128::from(share.numerator)),
            denominator: share.map_or(0, Share::denominator),
            respondents: count.respondents,
            percent: percentage.map(Share::percent),
            percent_shown: percentage.map(|share| decimal(share.hundredths())),
            mean: share.filter(|_| !formula.is_percentage()).map(Share::quotient),
            target: target.map(|target| target.id.clone()),
            target_from: target.map(|target| target.from),
            target_until: target.map(|target| target.until),
            threshold: target.map(|target| f64::from(target.threshold) / 100.0),
            verdict: target.and_then(|target| Some(share?.against(target.threshold))),
            ..self.blank(of)
        }
    }

    fn blank(&self, of: &Of<'_>) -> Record {
        Record {
            survey: self.survey.clone(),
            edition: self.edition.clone(),
            measure: of.measure.to_owned(),
            measure_kind: of.kind,
            text: of.text.clone(),
            answer: None,
            fields: of.fields.to_owned(),
            formula: "",
            numerator: 0,
            denominator: 0,
            respondents: 0,
            generated: self.generated,
            percent: None,
            percent_shown: None,
            mean: None,
            target: None,
            target_from: None,
            target_until: None,
            threshold: None,
            verdict: None,
        }
    }

    fn figure_records(&self, row: &FigureRow) -> Vec<Record> {
        let of = Of { measure: &row.figure.id, kind: MeasureKind::Figure, text: &row.figure.text, fields: "" };
        let answered = row.count.answered;
        let blank = Record { denominator: answered, respondents: answered, ..self.blank(&of) };
        let part = |formula, numerator, answer: Option<&str>| {
            let share = Share::new(numerator, answered);
            Record {
                formula,
                answer: answer.map(str::to_owned),
                numerator: i128::from(numerator),
                percent: share.map(Share::percent),
                percent_shown: share.map(|share| decimal(share.hundredths())),
                ..blank.clone()
            }
        };
        match row.figure.kind {
            FigureKind::Mean => {
                vec![Record { formula: "mean", numerator: row.count.sum, mean: row.mean(), ..blank }]
            }
            FigureKind::Share { .. } => vec![part("share", row.count.in_share, None)],
            FigureKind::Distribution => {
                let counts = row.answers.iter().zip(&row.count.chosen);
                counts.map(|((id, _), count)| part("distribution", *count, Some(id))).collect()
            }
        }
    }
}

/// What a record is about.
struct Of<'r> {
    measure: &'r str,
    kind: MeasureKind,
    text: &'r Text,
    fields: &'r str,
}

impl FigureRow {
    /// The mean, where there are answers.
    #[allow(clippy::cast_precision_loss)]
    pub fn mean(&self) -> Option<f64> {
        (self.count.answered > 0).then(|| self.count.sum as f64 / self.count.answered as f64)
    }
}
