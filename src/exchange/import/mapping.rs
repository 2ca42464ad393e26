//! Which column of a file is which question: proposed, shown with what speaks for it, kept as
//! text, and applied again to every file of the same shape.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::moment::DateOrder;
use super::propose::titles;
use super::refusal::Refusal;
use super::table::Table;
use super::wording::normal;
use crate::response::ATTRIBUTES;
use crate::survey::Survey;

/// From this confidence on a column is read without anybody having confirmed it.
pub const SURE: f64 = 0.75;

/// How a file is read as responses to one edition of one survey.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mapping {
    /// The survey.
    pub survey: String,
    /// Its edition.
    pub edition: String,
    /// Which program made the file.
    pub layout: Layout,
    /// By the names of the columns: files of the same shape have the same.
    pub fingerprint: String,
    /// Rows before the first of the header; empty ones do not count.
    #[serde(default)]
    pub rows_above: usize,
    /// Rows that name the columns.
    pub header_rows: usize,
    /// What comes first in days like 3/4/2026.
    #[serde(default)]
    pub dates: DateOrder,
    /// Attributes of every response whose own are empty, by column of the kit: `unit`, `channel`, …
    #[serde(skip_serializing_if = "BTreeMap::is_empty", default)]
    pub given: BTreeMap<String, String>,
    /// The columns that have a name, in the order of the file.
    pub columns: Vec<MappedColumn>,
}

/// Programs whose files are recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Layout {
    /// The kit itself; saved again by a spreadsheet, or in another encoding.
    Kit,
    /// Google Forms, and the sheet it fills.
    GoogleForms,
    /// KoboToolbox.
    Kobo,
    /// ODK Central.
    OdkCentral,
    /// LimeSurvey.
    LimeSurvey,
    /// Any other table.
    Other,
}

impl Layout {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Layout::Kit => "sipas-kit",
            Layout::GoogleForms => "Google Forms",
            Layout::Kobo => "KoboToolbox",
            Layout::OdkCentral => "ODK Central",
            Layout::LimeSurvey => "LimeSurvey",
            Layout::Other => "–",
        }
    }
}

/// One column of a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MappedColumn {
    /// Its name in the file.
    pub header: String,
    /// What it holds; nothing: it is not read.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub to: Option<Target>,
    /// How sure that is, from 0 to 1; 1 once a person has confirmed it.
    pub confidence: f64,
    /// What speaks for it.
    #[serde(default)]
    pub evidence: Vec<Evidence>,
    /// Some of its values.
    #[serde(default)]
    pub samples: Vec<String>,
    /// Values of this column that stand for an answer by agreement only: the value, and the code.
    #[serde(skip_serializing_if = "BTreeMap::is_empty", default)]
    pub values: BTreeMap<String, String>,
}

impl MappedColumn {
    /// What it holds, where that is sure enough to be read.
    pub fn used(&self) -> Option<&Target> {
        self.to.as_ref().filter(|_| self.confidence >= SURE)
    }
}

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// One of the kit's columns about the response.
    Attribute(String),
    /// The answer to a question or an item.
    Answer(String),
    /// The words beside an option of a question.
    Words(String),
    /// Whether an option of a question was picked.
    Option {
        /// The question.
        question: String,
        /// The option.
        option: String,
    },
}

impl std::fmt::Display for Target {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Target::Attribute(name) | Target::Answer(name) => write!(out, "{name}"),
            Target::Words(name) => write!(out, "{name}_other"),
            Target::Option { question, option } => write!(out, "{question}/{option}"),
        }
    }
}

/// What speaks for a column being what it is taken for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    /// Its name is the id of the question, or that program's name for such a column.
    Id,
    /// Its name is the question's text.
    Text,
    /// The same but for capitals, spaces, numbering and the place of the tone.
    NormalisedText,
    /// The same but for marks on letters and punctuation.
    TextWithoutMarks,
    /// Nearly the same: how near, from 0 to 1.
    Similar(f64),
    /// The share of its values that are answers to the question.
    ValuesFit(f64),
}

impl Mapping {
    /// Reads a mapping that was kept.
    ///
    /// # Errors
    /// Where it is none.
    pub fn parse(text: &str) -> Result<Mapping, Refusal> {
        serde_json::from_str(text).map_err(|error| Refusal::Mapping { message: error.to_string() })
    }

    /// The mapping as text, for people to read and change.
    pub fn print(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }

    /// Whether the survey is the one it is for, and has what it names.
    pub(super) fn check(&self, survey: &Survey) -> Result<(), Refusal> {
        if (&self.survey, &self.edition) != (&survey.id, &survey.edition) {
            let name = |id: &str, edition: &str| format!("{id} {edition}");
            let (found, expected) = (name(&self.survey, &self.edition), name(&survey.id, &survey.edition));
            return Err(Refusal::OtherSurvey { found, expected });
        }
        let known = |target: &Target| match target {
            Target::Attribute(name) => ATTRIBUTES.contains(&name.as_str()),
            Target::Answer(id) => survey.csv_columns().any(|column| column.id == id),
            Target::Words(id) => survey.csv_columns().any(|column| column.id == id && column.has_specify()),
            Target::Option { question, option } => survey.csv_columns().any(|column| {
                column.id == question && column.question.options().iter().any(|known| known.id == *option)
            }),
        };
        let given = self.given.keys().map(|name| (name.clone(), Target::Attribute(name.clone())));
        let columns = self.columns.iter().filter_map(|column| Some((column.header.clone(), column.to.clone()?)));
        match columns.chain(given).find(|(_, target)| !known(target)) {
            Some((column, target)) => Err(Refusal::NoSuchTarget { column, target: target.to_string() }),
            None => Ok(()),
        }
    }

    /// Whether a table has the columns that this was made for, in the rows it names.
    pub fn fits(&self, table: &Table) -> bool {
        let titles = titles(&table.rows, self.rows_above, self.header_rows);
        fingerprint(titles.iter().map(String::as_str)) == self.fingerprint
    }

    /// Takes over how columns of the same names are understood; the values stay.
    ///
    /// # Errors
    /// Where the other mapping is for other columns.
    pub fn take_from(&mut self, other: Mapping) -> Result<(), Refusal> {
        if other.fingerprint != self.fingerprint || other.columns.len() != self.columns.len() {
            let differs = self.columns.iter().zip(&other.columns).find(|(own, other)| own.header != other.header);
            let column = differs.map(|(own, _)| own.header.clone()).unwrap_or_default();
            return Err(Refusal::OtherShape { column });
        }
        let samples: Vec<Vec<String>> =
            self.columns.iter_mut().map(|column| std::mem::take(&mut column.samples)).collect();
        *self = other;
        self.columns.iter_mut().zip(samples).for_each(|(column, samples)| column.samples = samples);
        Ok(())
    }

    /// Without the samples, which are people's answers: a mapping that is handed on needs none.
    #[must_use]
    pub fn without_samples(mut self) -> Mapping {
        self.columns.iter_mut().for_each(|column| column.samples.clear());
        self
    }
}

/// The shape of a file: a digest of the names of its columns, in their order, empty ones left out.
pub(super) fn fingerprint<'n>(names: impl Iterator<Item = &'n str>) -> String {
    let mut digest = Sha256::new();
    for name in names.map(normal).filter(|name| !name.is_empty()) {
        digest.update(name.as_bytes());
        digest.update([0x1f]);
    }
    hex(&digest.finalize()[..8])
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
