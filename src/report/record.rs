//! The figures as flat records, each with everything needed to defend it.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{FigureRow, Figured, Group, LEAST_FIRM, Results, Row, decimal};
use crate::quality::Mark;
use crate::scoring::{Confidence, Evidence, Grade, MeasureKind, Share, Verdict, further, wilson, yamane};
use crate::survey::Text;
use crate::survey::method::{FigureKind, Formula};
use crate::survey::target::Target;

/// Something to know about a figure before using it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Flag {
    /// Generated responses are among those counted: it says nothing about anyone.
    Generated,
    /// Of people who chose to answer: it stands for nobody but them.
    SelfSelected,
    /// A sample and people who chose to answer, counted together.
    MixedChannels,
    /// Marked responses are among those counted.
    Marked,
    /// Fewer than thirty respondents: a hint only.
    #[serde(rename = "under-30")]
    Under30,
    /// Hidden, because it is about fewer than five people or would tell such a figure.
    Suppressed,
    /// Strata weigh as many as they stand for: the figure is not numerator over denominator.
    Weighted,
    /// The sample is smaller than the guidance asks for.
    BelowSample,
    /// Some strata have no responses, and are not represented.
    StrataWithoutAnswers,
    /// How many some responses stand for is not known: nothing was weighed.
    PopulationUnknown,
    /// There are more responses than people they stand for.
    PopulationTooSmall,
}

impl Flag {
    /// The code in files.
    pub fn code(self) -> &'static str {
        match self {
            Flag::Generated => "generated",
            Flag::SelfSelected => "self-selected",
            Flag::MixedChannels => "mixed-channels",
            Flag::Marked => "marked",
            Flag::Under30 => "under-30",
            Flag::Suppressed => "suppressed",
            Flag::Weighted => "weighted",
            Flag::BelowSample => "below-sample",
            Flag::StrataWithoutAnswers => "strata-without-answers",
            Flag::PopulationUnknown => "population-unknown",
            Flag::PopulationTooSmall => "population-too-small",
        }
    }
}

/// One figure with everything needed to defend it. Percentages and their bounds are in percent,
/// means in points.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
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
    /// The group, by key; empty: all.
    pub group: BTreeMap<String, String>,
    /// The period; none: all days.
    pub period: Option<String>,
    /// What all responses were restricted to, by key.
    pub r#where: BTreeMap<String, Vec<String>>,
    /// The only fields that the target covers, separated by spaces; empty: all.
    pub fields: String,
    /// Id of the formula; for a figure `mean`, `share` or `distribution`.
    pub formula: &'static str,
    /// Answers or respondents that count, or a sum of points or numbers; none where the figure is no
    /// single fraction.
    pub numerator: Option<i128>,
    /// Out of how many.
    pub denominator: Option<u64>,
    /// Respondents with at least one valid answer.
    pub respondents: Option<u64>,
    /// Generated responses among all that were scored: anything but 0 says that it is a trial.
    pub generated: u64,
    /// The percentage as the nearest double; none for means.
    pub percent: Option<f64>,
    /// The percentage as it is shown: two decimals, halves rounded up, with a point.
    pub percent_shown: Option<String>,
    /// The mean as the nearest double; none for percentages.
    pub mean: Option<f64>,
    /// The grade of nine indicators.
    pub grade: Option<Grade>,
    /// Lower end of the interval.
    pub lower: Option<f64>,
    /// Upper end.
    pub upper: Option<f64>,
    /// How sure the interval is, in percent.
    pub confidence: u8,
    /// Standard error.
    pub standard_error: Option<f64>,
    /// The variance over that of as many independent answers.
    pub design_effect: Option<f64>,
    /// How many independent answers would be as sure.
    pub effective: Option<f64>,
    /// Id of the target it is compared with.
    pub target: Option<String>,
    /// First day of the period the target was set for.
    pub target_from: Option<NaiveDate>,
    /// Last day of that period.
    pub target_until: Option<NaiveDate>,
    /// Its threshold in percent.
    pub threshold: Option<f64>,
    /// The official comparison.
    pub verdict: Option<Verdict>,
    /// What the interval says.
    pub evidence: Option<Evidence>,
    /// More respondents that would settle it.
    pub further: Option<u64>,
    /// How many people they stand for, where it is known.
    pub population: Option<u64>,
    /// The sample that the guidance asks for of so many (Yamane, e = 5 %).
    pub sample_needed: Option<u64>,
    /// Answers that are not valid: not applicable, as the respondent says.
    pub not_applicable: Option<u64>,
    /// No opinion.
    pub no_opinion: Option<u64>,
    /// Asked and passed over.
    pub no_answer: Option<u64>,
    /// Not asked, or left empty on paper.
    pub not_asked: Option<u64>,
    /// Marked responses among those counted.
    pub marked: Option<u64>,
    /// Of these, how many have each mark.
    pub marks: BTreeMap<&'static str, u64>,
    /// The figure without these.
    pub without_marked: Option<f64>,
    /// Against the period before: the difference.
    pub change: Option<f64>,
    /// Lower end of its interval.
    pub change_lower: Option<f64>,
    /// Upper end.
    pub change_upper: Option<f64>,
    /// Its place among the groups of the same measure and period, the highest first.
    pub rank: Option<usize>,
    /// The best place it may have by its interval.
    pub rank_best: Option<usize>,
    /// The worst.
    pub rank_worst: Option<usize>,
    /// What to know before using it.
    pub flags: Vec<Flag>,
}

impl Results {
    /// The figures as flat records: for each group every row of the table by every formula, then the
    /// targets that are not the one the table is compared with, then the figures about single questions.
    pub fn records(&self) -> Vec<Record> {
        let mut records = Vec::new();
        for rows in self.rows.chunk_by(|a, b| a.group == b.group) {
            for (at, _) in self.formulas.iter().enumerate() {
                records.extend(rows.iter().map(|row| self.record(row, &row.figures[at])));
            }
            if !rows[0].group.is_all() {
                continue;
            }
            // The board is of the official formula: it stands where that one does.
            let main = rows.first().and_then(|row| row.target.as_ref()).map(|target| &target.id);
            let others = self.board.iter().filter(|row| row.target.as_ref().map(|target| &target.id) != main);
            for row in others.filter(|_| self.formulas.contains(&self.official)) {
                let record = self.record(row, &row.figures[0]);
                let text = row.target.as_ref().map(|target| target.text.clone()).unwrap_or_default();
                records.push(Record { text, ..record });
            }
        }
        records.extend(self.figures.iter().flat_map(|row| self.figure_records(row)));
        records
    }

    fn record(&self, row: &Row, figured: &Figured) -> Record {
        let formula = figured.formula;
        let blank = self.blank(&row.group, &row.measure, row.kind, &row.text);
        let blank = Record { formula: formula.id(), ..blank };
        if row.is_hidden || figured.is_hidden {
            return with_target(suppressed(blank), row.target.as_ref().filter(|_| formula == self.official));
        }
        let target = row.target.as_ref().filter(|_| formula == self.official);
        let Some(estimate) = &figured.estimate else {
            let nothing = (row.count.answers == 0).then_some(0);
            let nothing = Record {
                numerator: nothing.map(i128::from),
                denominator: nothing,
                respondents: Some(row.count.respondents),
                ..blank
            };
            return self.counted(row, &with_target(nothing, target));
        };
        let is_percentage = formula.is_percentage();
        let unit = if is_percentage { 100.0 } else { 1.0 };
        let share = estimate.exact.share();
        let evidence = target.and_then(|target| Evidence::of(estimate, target.threshold));
        let mut flags = blank.flags.clone();
        flags.extend(estimate.is_weighted.then_some(Flag::Weighted));
        flags.extend((row.count.respondents < LEAST_FIRM).then_some(Flag::Under30));
        let is_small = blank.sample_needed.is_some_and(|needed| row.count.respondents < needed);
        flags.extend(is_small.then_some(Flag::BelowSample));
        flags.sort();
        let percentage = |value: f64| (value * unit, is_percentage);
        let record = Record {
            numerator: share.map(|share| i128::from(share.numerator)),
            denominator: share.map(Share::denominator),
            respondents: Some(row.count.respondents),
            percent: Some(percentage(estimate.value)).filter(|(_, is)| *is).map(|(percent, _)| match share {
                Some(share) if !estimate.is_weighted => share.percent(),
                _ => percent,
            }),
            percent_shown: is_percentage.then(|| decimal(estimate.ten_thousandths())),
            mean: (!is_percentage).then_some(estimate.value),
            grade: (formula == Formula::NineIndicators).then(|| Grade::of(&estimate.exact)),
            lower: estimate.interval.map(|(low, _)| low * unit),
            upper: estimate.interval.map(|(_, high)| high * unit),
            standard_error: estimate.standard_error.map(|error| error * unit),
            design_effect: estimate.design_effect,
            effective: estimate.effective,
            evidence,
            further: target.and_then(|target| further(estimate, target.threshold, row.group.population_of_sample())),
            // Beside the figure itself it would tell of the few who are marked, or who are not.
            without_marked: figured.without_marked.filter(|_| !self.is_public).map(|value| value * unit),
            change: figured.change.map(|change| change.value * unit),
            change_lower: figured.change.map(|change| change.interval.0 * unit),
            change_upper: figured.change.map(|change| change.interval.1 * unit),
            rank: figured.rank.map(|rank| rank.rank),
            rank_best: figured.rank.map(|rank| rank.best),
            rank_worst: figured.rank.map(|rank| rank.worst),
            flags,
            ..with_target(blank, target)
        };
        let verdict = target.map(|target| estimate.against(target.threshold));
        self.counted(row, &Record { verdict, ..record })
    }

    /// The record with what has no valid answer.
    fn counted(&self, row: &Row, record: &Record) -> Record {
        let missing = row.count.missing;
        Record {
            not_applicable: Some(missing.not_applicable),
            no_opinion: Some(missing.no_opinion),
            no_answer: Some(missing.no_answer),
            not_asked: Some(missing.not_asked),
            ..record.clone()
        }
    }

    fn blank(&self, group: &Group, measure: &str, kind: MeasureKind, text: &Text) -> Record {
        Record {
            survey: self.survey.clone(),
            edition: self.edition.clone(),
            measure: measure.to_owned(),
            measure_kind: kind,
            text: text.clone(),
            group: group.values.iter().cloned().collect(),
            period: group.period.clone(),
            r#where: self.only.iter().cloned().collect(),
            generated: self.generated,
            marked: Some(group.marked),
            marks: Mark::ALL
                .iter()
                .zip(&group.marks)
                .filter(|(_, n)| **n > 0)
                .map(|(mark, n)| (mark.code(), *n))
                .collect(),
            confidence: self.confidence.percent(),
            population: group.population,
            sample_needed: group.population.map(yamane),
            flags: {
                let mut flags = group.flags.clone();
                flags.sort();
                flags
            },
            ..Record::default()
        }
    }

    fn figure_records(&self, row: &FigureRow) -> Vec<Record> {
        let figure = &row.figure;
        let blank = self.blank(&row.group, &figure.id, MeasureKind::Figure, &figure.text);
        let hidden = |formula| Record { formula, ..suppressed(blank.clone()) };
        let answered = row.count.answered;
        let mut known = Record { denominator: Some(answered), respondents: Some(answered), ..blank.clone() };
        known.flags.extend((answered < LEAST_FIRM).then_some(Flag::Under30));
        known.flags.sort();
        let part = |formula, numerator, answer: Option<&str>| {
            if row.is_hidden {
                return Record { answer: answer.map(str::to_owned), ..hidden(formula) };
            }
            let share = Share::new(numerator, answered);
            let interval = share.map(|share| row.interval(share, self.confidence));
            Record {
                formula,
                answer: answer.map(str::to_owned),
                numerator: Some(i128::from(numerator)),
                percent: share.map(Share::percent),
                percent_shown: share.map(|share| decimal(share.hundredths())),
                lower: interval.map(|(low, _)| low * 100.0),
                upper: interval.map(|(_, high)| high * 100.0),
                ..known.clone()
            }
        };
        match figure.kind {
            FigureKind::Mean if row.is_hidden => vec![hidden("mean")],
            FigureKind::Mean => {
                let spread = row.spread();
                let interval = row.mean_interval(self.confidence);
                vec![Record {
                    formula: "mean",
                    numerator: Some(row.count.sum),
                    mean: row.mean(),
                    standard_error: spread,
                    lower: interval.map(|(low, _)| low),
                    upper: interval.map(|(_, high)| high),
                    ..known
                }]
            }
            FigureKind::Share { .. } => vec![part("share", row.count.in_share, None)],
            FigureKind::Distribution => {
                let counts = row.answers.iter().zip(&row.count.chosen);
                counts.map(|((id, _), count)| part("distribution", *count, Some(id))).collect()
            }
        }
    }
}

/// Only what says whose figure is missing.
fn suppressed(record: Record) -> Record {
    let mut flags: Vec<Flag> = record
        .flags
        .iter()
        .copied()
        .filter(|flag| matches!(flag, Flag::Generated | Flag::SelfSelected | Flag::MixedChannels))
        .collect();
    flags.push(Flag::Suppressed);
    flags.sort();
    Record { flags, population: None, sample_needed: None, marked: None, marks: BTreeMap::new(), ..record }
}

fn with_target(record: Record, target: Option<&Target>) -> Record {
    Record {
        fields: target.map(|target| target.fields.join(" ")).unwrap_or_default(),
        target: target.map(|target| target.id.clone()),
        target_from: target.map(|target| target.from),
        target_until: target.map(|target| target.until),
        threshold: target.map(|target| f64::from(target.threshold) / 100.0),
        ..record
    }
}

#[allow(clippy::cast_precision_loss)]
impl FigureRow {
    /// The mean, where there are answers.
    pub fn mean(&self) -> Option<f64> {
        (self.count.answered > 0).then(|| self.count.sum as f64 / self.count.answered as f64)
    }

    /// The standard error of the mean, from two answers on.
    fn spread(&self) -> Option<f64> {
        let (count, sum, squares) = (i128::from(self.count.answered), self.count.sum, self.count.squares);
        let n = count as f64;
        let exact = || Some((count.checked_mul(squares)? - sum.checked_mul(sum)?) as f64 / n);
        let squared = exact().unwrap_or_else(|| squares as f64 - sum as f64 * (sum as f64 / n));
        (self.count.answered > 1).then(|| (squared / (n * (n - 1.0))).sqrt())
    }

    /// The interval of the mean: Student's, from two answers on that differ. Alike, they tell
    /// nothing of how others would differ.
    pub fn mean_interval(&self, confidence: Confidence) -> Option<(f64, f64)> {
        let (mean, error) = (self.mean()?, self.spread().filter(|error| *error > 0.0)?);
        let half = confidence.t(self.count.answered - 1) * error;
        Some((mean - half, mean + half))
    }

    /// The interval of a share of those who answered: Wilson's.
    pub fn interval(&self, share: Share, confidence: Confidence) -> (f64, f64) {
        wilson(share.quotient(), share.denominator() as f64, confidence.z())
    }
}
