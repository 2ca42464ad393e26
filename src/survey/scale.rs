//! Answer scales: levels, and answers that say why there is none.

use serde::{Deserialize, Serialize};

use super::Text;

/// An ordered set of answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scale {
    /// Name within the survey.
    pub id: String,
    /// Levels in the order they are shown.
    pub levels: Vec<Level>,
    /// Answers that say why there is none.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub missing: Vec<MissingChoice>,
}

/// One level of a scale.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Level {
    /// 0 to 9, the value in CSV files.
    pub code: u8,
    /// Its words.
    pub text: Text,
    /// What it counts in mean scores; its code where nothing is written.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub points: Option<u8>,
    /// Counts as satisfied.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub satisfied: bool,
    /// A face shown beside the words, never instead of them.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub face: Option<Face>,
}

impl Level {
    /// What it counts in mean scores.
    pub fn points(&self) -> u8 {
        self.points.unwrap_or(self.code)
    }
}

/// The faces a level may show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Face {
    VeryBad,
    Bad,
    Neutral,
    Good,
    VeryGood,
}

/// Why there is no valid answer. Each stays apart in the data, and none enters
/// a numerator or a denominator.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// The respondent says that the item does not apply to them.
    NotApplicable,
    /// The respondent has no opinion (code 0 of the health questionnaires).
    NoOpinion,
    /// Asked and passed over.
    #[default]
    NoAnswer,
}

impl Missing {
    /// The code in CSV files.
    pub fn code(self) -> &'static str {
        match self {
            Missing::NotApplicable => "na",
            Missing::NoOpinion => "no_opinion",
            Missing::NoAnswer => "no_answer",
        }
    }

    /// The reason with this code.
    pub fn by_code(code: &str) -> Option<Missing> {
        [Missing::NotApplicable, Missing::NoOpinion, Missing::NoAnswer]
            .into_iter()
            .find(|missing| missing.code() == code)
    }
}

/// An answer of a scale that is no level.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissingChoice {
    /// What it means.
    pub reason: Missing,
    /// Its words.
    pub text: Text,
}
