//! How answers become figures, and on what authority: the half of a
//! definition that a respondent's page never needs.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Survey, Text};

/// One edition of one questionnaire: what is asked, and what is made of the answers.
#[derive(Clone, Debug, PartialEq)]
pub struct Definition {
    /// What is asked.
    pub survey: Survey,
    /// What is made of the answers.
    pub method: Method,
}

/// What is made of the answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Method {
    /// The legal source.
    pub source: Text,
    /// How faithful the wording is to the source, and what was repaired.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub transcription: Option<Text>,
    /// First day on which this edition is to be used.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub from: Option<NaiveDate>,
    /// Last day on which it is to be used.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub until: Option<NaiveDate>,
    /// The figures of every measure; the first is the official one, compared with targets.
    pub formulas: Vec<Formula>,
    /// Ids of the targets that apply, see [`super::target::Target`].
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub targets: Vec<String>,
    /// Channels through which people chose by themselves to answer; `None`: the usual ones.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub self_selected: Option<Vec<String>>,
    /// Figures about single questions.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub figures: Vec<Figure>,
}

/// Channels through which people choose by themselves to answer, unless a definition says otherwise:
/// those of the pages, the names that are common for open links, and none: whoever followed a plain
/// link was not drawn for a sample. A sample has to say so, with a channel of its own such as `paper`.
pub const SELF_SELECTED: [&str; 7] = ["", "kiosk", "phone", "web", "qr", "online", "zalo"];

impl Method {
    /// The official formula. A survey without scored items has none, and nothing to compute with it.
    pub fn official(&self) -> Formula {
        self.formulas.first().copied().unwrap_or(Formula::Top2Pooled)
    }

    /// Whether people chose by themselves to answer through this channel.
    pub fn is_self_selected(&self, channel: &str) -> bool {
        let channel = channel.trim().to_lowercase();
        match &self.self_selected {
            Some(channels) => channels.iter().any(|known| known.to_lowercase() == channel),
            None => SELF_SELECTED.contains(&channel.as_str()),
        }
    }
}

/// How the figure of a measure is computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Formula {
    /// Answers at satisfied levels over all valid answers, pooled over items:
    /// the SIPAS share, and the health ministry's "tỷ lệ hài lòng chung" (QĐ 56/QĐ-BYT).
    #[serde(rename = "top2-pooled")]
    Top2Pooled,
    /// The mean of the items' own shares: what averaging a column of a report's table gives.
    #[serde(rename = "top2-mean-of-items")]
    Top2MeanOfItems,
    /// The mean of the factors' pooled shares, each factor weighing the same.
    #[serde(rename = "mean-of-factors")]
    MeanOfFactors,
    /// Mean points over the five points of the best level, in percent.
    #[serde(rename = "mean-over-5")]
    MeanOver5,
    /// (Mean points − 1) over 4, in percent: 0 where everyone chose the worst level.
    #[serde(rename = "mean-minus-1-over-4")]
    MeanMinus1Over4,
    /// Respondents whose own mean is at least 4 points, over respondents.
    #[serde(rename = "respondent-top2")]
    RespondentTop2,
    /// Respondents whose valid answers are all at satisfied levels, over respondents:
    /// the health ministry's "tỷ lệ hài lòng toàn diện" (QĐ 56/QĐ-BYT).
    #[serde(rename = "all-satisfied")]
    AllSatisfied,
    /// Mean points: no percentage.
    #[serde(rename = "mean-score")]
    MeanScore,
    /// The sum of the mean points of nine indicators of 0 to 2 points each, 0 to 18, with a grade
    /// (NĐ 61/2018/NĐ-CP): no percentage.
    #[serde(rename = "nine-indicators")]
    NineIndicators,
}

impl Formula {
    /// All of them.
    pub const ALL: [Formula; 9] = [
        Formula::Top2Pooled,
        Formula::Top2MeanOfItems,
        Formula::MeanOfFactors,
        Formula::MeanOver5,
        Formula::MeanMinus1Over4,
        Formula::RespondentTop2,
        Formula::AllSatisfied,
        Formula::MeanScore,
        Formula::NineIndicators,
    ];

    /// The id printed beside every figure.
    pub fn id(self) -> &'static str {
        match self {
            Formula::Top2Pooled => "top2-pooled",
            Formula::Top2MeanOfItems => "top2-mean-of-items",
            Formula::MeanOfFactors => "mean-of-factors",
            Formula::MeanOver5 => "mean-over-5",
            Formula::MeanMinus1Over4 => "mean-minus-1-over-4",
            Formula::RespondentTop2 => "respondent-top2",
            Formula::AllSatisfied => "all-satisfied",
            Formula::MeanScore => "mean-score",
            Formula::NineIndicators => "nine-indicators",
        }
    }

    /// The formula with this id.
    pub fn by_id(id: &str) -> Option<Formula> {
        Formula::ALL.into_iter().find(|formula| formula.id() == id)
    }

    /// Whether it is a percentage, which a target can be compared with.
    pub fn is_percentage(self) -> bool {
        !matches!(self, Formula::MeanScore | Formula::NineIndicators)
    }

    /// Whether it needs items counted in pairs: the spread of a mean of ratios does.
    pub fn needs_pairs(self) -> bool {
        matches!(self, Formula::Top2MeanOfItems | Formula::MeanOfFactors)
    }

    /// Whether it is only right on scales of one to five points.
    pub fn needs_five_points(self) -> bool {
        matches!(self, Formula::MeanOver5 | Formula::MeanMinus1Over4 | Formula::RespondentTop2)
    }

    /// Why it cannot be computed of a survey's answers; nothing where it can.
    pub fn misfit(self, survey: &Survey) -> Option<FormulaMisfit> {
        if self.needs_five_points() {
            return scale_other_than(survey, &[1, 2, 3, 4, 5]).map(FormulaMisfit::NotFivePoints);
        }
        let items = survey.scored().len();
        let is_nine = || items == 9 && scale_other_than(survey, &[0, 1, 2]).is_none();
        (self == Formula::NineIndicators && !is_nine()).then_some(FormulaMisfit::NotNineIndicators(items))
    }

    /// Whether it can be computed of a survey's answers.
    pub fn fits(self, survey: &Survey) -> bool {
        !survey.scored().is_empty() && self.misfit(survey).is_none()
    }
}

/// Why a formula cannot be computed of a survey's answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FormulaMisfit {
    /// This scale is none of one to five points.
    NotFivePoints(String),
    /// There are so many items, or they are not worth 0 to 2 points.
    NotNineIndicators(usize),
}

/// A scored scale whose levels are not worth these points.
fn scale_other_than(survey: &Survey, wanted: &[u8]) -> Option<String> {
    let scored = survey.columns().filter(|column| column.factor().is_some());
    let mut scales = scored.filter_map(|column| survey.scale(column.scale()?));
    let is_other = |points: Vec<u8>| !points.is_empty() && points != wanted;
    let found = scales.find(|scale| {
        let mut points: Vec<u8> = scale.levels.iter().map(super::Level::points).collect();
        points.sort_unstable();
        is_other(points)
    });
    found.map(|scale| scale.id.clone())
}

/// A figure about one question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// Name within the survey.
    pub id: String,
    /// Heading.
    pub text: Text,
    /// The column it is about.
    pub question: String,
    /// What is computed.
    pub kind: FigureKind,
}

/// What is computed of one question. Answers that are missing never count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FigureKind {
    /// The mean of a number, or of the number of contacts an answer stands for.
    Mean,
    /// Those who gave one of these answers (option ids or level codes), over those who gave any.
    Share {
        /// The answers.
        options: Vec<String>,
    },
    /// How many gave each answer.
    Distribution,
}

/// The compiled file: the survey's keys, and `method` beside them. A respondent's
/// page reads the same file as a [`Survey`] and passes over the rest.
#[derive(Serialize)]
struct Written<'d> {
    #[serde(flatten)]
    survey: &'d Survey,
    method: &'d Method,
}

#[derive(Deserialize)]
struct MethodOnly {
    method: Method,
}

impl Definition {
    /// The compiled file of this definition.
    ///
    /// # Errors
    /// The serializer's, which a sound definition does not cause.
    pub fn to_json(&self) -> serde_json::Result<String> {
        serde_json::to_string(&Written { survey: &self.survey, method: &self.method })
    }

    /// The two files a site has of it: the survey, which is all a phone loads, and the method, which the office
    /// loads as well.
    ///
    /// # Errors
    /// The serializer's, which a sound definition does not cause.
    pub fn to_files(&self) -> serde_json::Result<(String, String)> {
        let method = serde_json::json!({ "method": self.method });
        Ok((serde_json::to_string(&self.survey)?, method.to_string()))
    }

    /// Reads the two files of a site.
    ///
    /// # Errors
    /// Where the texts are no compiled definition.
    pub fn from_files(survey: &str, method: &str) -> serde_json::Result<Definition> {
        let MethodOnly { method } = serde_json::from_str(method)?;
        Ok(Definition { survey: serde_json::from_str(survey)?, method })
    }

    /// Reads a compiled file.
    ///
    /// # Errors
    /// Where the text is no compiled definition.
    pub fn from_json(json: &str) -> serde_json::Result<Definition> {
        let MethodOnly { method } = serde_json::from_str(json)?;
        Ok(Definition { survey: serde_json::from_str(json)?, method })
    }
}
