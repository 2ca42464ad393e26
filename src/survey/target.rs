//! Targets: thresholds with a scope, a period and a legal source. Data, never code.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Text;
use super::problem::{Fault, IdRule};
use super::read::toml_tree::{Problems, Table, with_root};
use super::read::{Reading, required_id, required_text};

/// One target as one document set it for one period.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Target {
    /// Name; targets of several periods share it.
    pub id: String,
    /// Hundredths of a percent: 9000 is 90 %. Reaching it exactly meets it.
    pub threshold: u32,
    /// First day of the period it was set for.
    pub from: NaiveDate,
    /// Last day of that period.
    pub until: NaiveDate,
    /// Only responses of these fields of procedure; empty: all.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub fields: Vec<String>,
    /// The scope as the source words it.
    pub text: Text,
    /// The document.
    pub source: Text,
}

/// The target with this id that applies on a day: the latest whose period had
/// begun. Where none had begun yet, the earliest.
pub fn in_force<'t>(targets: &'t [Target], id: &str, day: NaiveDate) -> Option<&'t Target> {
    let named = || targets.iter().filter(|target| target.id == id);
    named()
        .filter(|target| target.from <= day)
        .max_by_key(|target| target.from)
        .or_else(|| named().min_by_key(|target| target.from))
}

/// Reads `targets.toml`, whose texts are in these languages.
pub fn read_targets(source: &str) -> Reading<Vec<Target>> {
    let (value, problems) = with_root(source, |root, problems| {
        problems.languages = vec!["vi".to_owned(), "en".to_owned()];
        let tables = root.tables(problems, "target");
        let mut targets: Vec<Target> = Vec::new();
        for table in &tables {
            let Some(target) = target(table, problems) else { continue };
            let meets =
                |other: &&Target| other.id == target.id && other.from <= target.until && target.from <= other.until;
            if let Some(other) = targets.iter().find(meets) {
                let fault = Fault::PeriodsOverlap { id: target.id.clone(), from: other.from, until: other.until };
                problems.add(table.span_of("from"), fault);
            }
            targets.push(target);
        }
        root.finish(problems);
        targets
    });
    Reading { value, problems }
}

fn target(table: &Table<'_, '_>, problems: &mut Problems<'_>) -> Option<Target> {
    let id = required_id(table, problems, IdRule::Survey);
    let threshold = table.number(problems, "threshold");
    let threshold = table.require(problems, "threshold", threshold);
    let from = table.date(problems, "from");
    let from = table.require(problems, "from", from);
    let until = table.date(problems, "until");
    let until = table.require(problems, "until", until);
    let fields = table.strings(problems, "fields").unwrap_or_default();
    let text = required_text(table, problems, "text");
    let source = required_text(table, problems, "source");
    table.finish(problems);
    let (threshold, from, until) = (threshold?, from?, until?);
    if !(1.0..=100.0).contains(&threshold.value) {
        problems.add(threshold.span, Fault::OutOfRange { key: "threshold", least: 1, most: 100 });
        return None;
    }
    if until.value < from.value {
        problems.add(until.span, Fault::Reversed { low: "from", high: "until" });
    }
    Some(Target {
        id: id?.value,
        // At most 10 000 after the check above.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        threshold: (threshold.value * 100.0).round() as u32,
        from: from.value,
        until: until.value,
        fields: fields.into_iter().map(|at| at.value).collect(),
        text,
        source,
    })
}
