//! The model behind the office screen, the results CSV and the program's
//! output: one table, so that they cannot disagree.

use chrono::NaiveDate;
use serde::Serialize;

use crate::response::Response;
use crate::scoring::{Count, MeasureKind, Scheme, Share, Tally, Verdict};
use crate::survey::target::{Target, in_force};
use crate::survey::{Survey, Text};

/// The figures of one survey.
#[derive(Clone, Debug, PartialEq)]
pub struct Results {
    /// Id of the survey.
    pub survey: String,
    /// Its edition.
    pub edition: String,
    /// Id of the formula behind every percentage.
    pub formula: &'static str,
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
}

/// One target and how it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct TargetRow {
    /// The target.
    pub target: Target,
    /// The overall counts of the responses it covers.
    pub count: Count,
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
    /// The target all rows are compared with: id and threshold in hundredths of a percent.
    pub target: Option<(String, u32)>,
}

impl Row {
    /// The comparison with the target, where there are answers and a target.
    pub fn verdict(&self) -> Option<Verdict> {
        let (_, threshold) = self.target.as_ref()?;
        Some(self.count.share()?.against(*threshold))
    }
}

impl TargetRow {
    /// The comparison with the target, where there are answers.
    pub fn verdict(&self) -> Option<Verdict> {
        Some(self.count.share()?.against(self.target.threshold))
    }
}

impl Results {
    /// Scores responses of one survey. `today` decides which targets are in
    /// force where there is no response to tell.
    pub fn of(survey: &Survey, targets: &[Target], responses: &[Response], today: NaiveDate) -> Results {
        let scheme = Scheme::of(survey);
        let tally = Tally::of(&scheme, responses);
        // One device whose clock runs ahead must not change the target for all.
        let day = tally.days.map_or(today, |(_, last)| last.min(today));
        let applied: Vec<&Target> = survey.targets.iter().filter_map(|id| in_force(targets, id, day)).collect();
        let board = applied
            .iter()
            .map(|target| {
                let covered = responses.iter().filter(|response| covers(target, response));
                let count = Tally::of(&scheme, covered).counts().first().copied().unwrap_or_default();
                TargetRow { target: (*target).clone(), count }
            })
            .collect();
        let main = applied.iter().find(|target| target.fields.is_empty());
        let rows = scheme
            .measures()
            .iter()
            .zip(tally.counts())
            .map(|(measure, count)| Row {
                measure: measure.id.clone(),
                kind: measure.kind,
                text: text_of(survey, &measure.id, measure.kind),
                count: *count,
                target: main.map(|target| (target.id.clone(), target.threshold)),
            })
            .collect();
        Results {
            survey: survey.id.clone(),
            edition: survey.edition.clone(),
            formula: survey.formula.id(),
            responses: tally.responses,
            generated: tally.generated,
            days: tally.days,
            board,
            rows,
        }
    }

    /// The figures as flat records: every row of the table, then the targets
    /// that are not the one the table is compared with.
    pub fn records(&self) -> Vec<Record> {
        let table = self.rows.iter().map(|row| {
            let target = row.target.as_ref().map(|(id, threshold)| (id.as_str(), *threshold));
            self.record(&row.measure, row.kind, "", row.count, target)
        });
        let main = self.rows.first().and_then(|row| row.target.as_ref()).map(|(id, _)| id);
        let board = self.board.iter().filter(|row| Some(&row.target.id) != main).map(|row| {
            let target = Some((row.target.id.as_str(), row.target.threshold));
            self.record("overall", MeasureKind::Overall, &row.target.fields.join(" "), row.count, target)
        });
        table.chain(board).collect()
    }

    fn record(
        &self,
        measure: &str,
        kind: MeasureKind,
        fields: &str,
        count: Count,
        target: Option<(&str, u32)>,
    ) -> Record {
        let share = count.share();
        Record {
            survey: self.survey.clone(),
            edition: self.edition.clone(),
            measure: measure.to_owned(),
            measure_kind: kind,
            fields: fields.to_owned(),
            formula: self.formula,
            numerator: count.satisfied,
            denominator: count.answers,
            respondents: count.respondents,
            generated: self.generated,
            percent: share.map(Share::percent),
            percent_shown: share.map(|share| decimal(share.hundredths())),
            target: target.map(|(id, _)| id.to_owned()),
            threshold: target.map(|(_, threshold)| f64::from(threshold) / 100.0),
            verdict: target.and_then(|(_, threshold)| Some(share?.against(threshold))),
        }
    }
}

/// One figure with everything needed to defend it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Record {
    /// Id of the survey.
    pub survey: String,
    /// Its edition.
    pub edition: String,
    /// `overall`, or the id of the part, factor or item.
    pub measure: String,
    /// What it covers.
    pub measure_kind: MeasureKind,
    /// The only fields it covers, separated by spaces; empty: all responses.
    pub fields: String,
    /// Id of the formula.
    pub formula: &'static str,
    /// Answers at satisfied levels.
    pub numerator: u64,
    /// Valid answers.
    pub denominator: u64,
    /// Respondents with at least one valid answer.
    pub respondents: u64,
    /// Generated responses in the pile the figure was made of: anything but 0 says that it is a trial.
    pub generated: u64,
    /// The percentage as the nearest double.
    pub percent: Option<f64>,
    /// The percentage as it is shown: two decimals, halves rounded up, with a point.
    pub percent_shown: Option<String>,
    /// Id of the target it is compared with.
    pub target: Option<String>,
    /// Its threshold in percent.
    pub threshold: Option<f64>,
    /// The comparison.
    pub verdict: Option<Verdict>,
}

fn covers(target: &Target, response: &Response) -> bool {
    target.fields.is_empty() || response.attributes.field.as_ref().is_some_and(|field| target.fields.contains(field))
}

fn text_of(survey: &Survey, id: &str, kind: MeasureKind) -> Text {
    let found = match kind {
        MeasureKind::Overall => None,
        MeasureKind::Part => survey.parts.iter().find(|part| part.id == id).map(|part| &part.text),
        MeasureKind::Factor => survey.factors.iter().find(|factor| factor.id == id).map(|factor| &factor.text),
        MeasureKind::Item => survey.column(id).map(|column| column.text()),
    };
    found.cloned().unwrap_or_default()
}

/// Hundredths with a decimal point: 8744 is `87.44`.
pub fn decimal(hundredths: u32) -> String {
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

/// Hundredths of a percent as a language writes them: `87,44%` or `87.44%`.
pub fn percent_in(language: &str, hundredths: u32) -> String {
    match language {
        "vi" => format!("{}%", decimal(hundredths).replace('.', ",")),
        _ => format!("{}%", decimal(hundredths)),
    }
}

/// A threshold as a language writes it, without decimals where it has none: `90%`.
pub fn threshold_in(language: &str, hundredths: u32) -> String {
    match (hundredths % 100, language) {
        (0, _) => format!("{}%", hundredths / 100),
        _ => percent_in(language, hundredths),
    }
}

/// A count as a language writes it: `12.345` or `12,345`.
pub fn count_in(language: &str, count: u64) -> String {
    let digits = count.to_string();
    let separator = if language == "vi" { '.' } else { ',' };
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(separator);
        }
        out.push(digit);
    }
    out
}

/// A day as a language writes it: `21/11/2026`, or `2026-11-21`.
pub fn day_in(language: &str, day: NaiveDate) -> String {
    let format = if language == "vi" { "%d/%m/%Y" } else { "%Y-%m-%d" };
    day.format(format).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_written_as_each_language_does() {
        assert_eq!(percent_in("vi", 8744), "87,44%");
        assert_eq!(percent_in("en", 8704), "87.04%");
        assert_eq!(threshold_in("vi", 9000), "90%");
        assert_eq!(threshold_in("en", 8550), "85.50%");
        assert_eq!(count_in("vi", 1_234_567), "1.234.567");
        assert_eq!(count_in("en", 999), "999");
    }
}
