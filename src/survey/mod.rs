//! What is asked: the model of a survey definition.
//!
//! A [`Survey`] is data. It is written by hand as TOML, read by [`read`] into
//! this model with a list of positioned problems, and shipped to the pages as
//! the JSON that `serde` makes of it, together with the [`method::Method`] by
//! which its answers become figures. A value of this type that came through
//! [`read`] without errors is consistent: every id resolves, every condition
//! names an earlier question of the right kind and can come true.

pub mod condition;
pub mod method;
pub mod problem;
pub mod read;
mod scale;
pub mod target;
pub mod unit;

use litemap::LiteMap;
use serde::{Deserialize, Serialize};

use condition::Condition;
pub use scale::{Face, Level, Missing, MissingChoice, Scale};

/// A text a person sees, by language code.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Text(#[serde(with = "crate::object")] pub LiteMap<String, String>);

impl Text {
    /// The text in `language`, else in any language it exists in, else nothing.
    ///
    /// The checker makes sure that the survey's first language is always there,
    /// and warns where another one is missing.
    pub fn get(&self, language: &str, fallback: &str) -> &str {
        self.0
            .get(language)
            .or_else(|| self.0.get(fallback))
            .or_else(|| self.0.values().next())
            .map_or("", String::as_str)
    }
}

/// One edition of one questionnaire.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Survey {
    /// Name in links and files.
    pub id: String,
    /// Changes whenever wording, scales or items change; responses carry it.
    pub edition: String,
    /// Language codes; the first stands in where a text is missing.
    pub languages: Vec<String>,
    /// The survey's name.
    pub title: Text,
    /// Why it is asked, shown before the start.
    pub purpose: Text,
    /// Who asks.
    pub issuer: Text,
    /// Hints for a device at a counter.
    #[serde(default)]
    pub kiosk: Kiosk,
    /// Answer scales.
    pub scales: Vec<Scale>,
    /// Groups of factors, for instance policy and service.
    pub parts: Vec<Part>,
    /// Groups of items.
    pub factors: Vec<Factor>,
    /// The questions, in the order they are asked.
    pub sections: Vec<Section>,
}

/// Hints for a device at a counter.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Kiosk {
    /// The question that alone makes an abandoned answer worth keeping.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub main: Option<String>,
    /// At a counter, what comes after the main question is asked only where this holds.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub more: Option<Condition>,
    /// Nothing of an abandoned form is kept, not even an answer to the main question.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub discards: bool,
}

/// A group of factors.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Name within the survey.
    pub id: String,
    /// Heading.
    pub text: Text,
}

/// A group of items.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Factor {
    /// Name within the survey.
    pub id: String,
    /// The part it belongs to.
    pub part: String,
    /// Heading.
    pub text: Text,
}

/// Questions under one heading.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Section {
    /// Name within the survey.
    pub id: String,
    /// Heading.
    pub text: Text,
    /// A line under the heading.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub note: Option<Text>,
    /// In the order they are asked.
    pub questions: Vec<Question>,
}

/// One question. A matrix is one question with several items.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Question {
    /// The CSV column, or for a matrix a name that conditions may not use.
    pub id: String,
    /// The words.
    pub text: Text,
    /// A smaller explanation.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub hint: Option<Text>,
    /// Cannot be passed over.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub required: bool,
    /// Asked only where this holds.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub when: Option<Condition>,
    /// The answer is this attribute of the response, and is not asked where the link or the kiosk set it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub attribute: Option<Attribute>,
    /// Recordings of the question: `audio/<this>.<language>.mp3` beside the definitions.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub audio: Option<String>,
    /// What kind of answer it takes.
    pub kind: Kind,
}

/// An attribute that a question may ask for where the link or the kiosk does not set it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Attribute {
    /// Field of procedure.
    Field,
    /// Counter.
    Counter,
}

/// The kinds of question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// One rating on a scale.
    Rating {
        /// Id of the scale.
        scale: String,
        /// The factor it is scored in, if any.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        factor: Option<String>,
    },
    /// Several ratings on one scale.
    Matrix {
        /// Id of the scale.
        scale: String,
        /// The factor its items are scored in, if any.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        factor: Option<String>,
        /// All on one screen.
        #[serde(skip_serializing_if = "std::ops::Not::not", default)]
        together: bool,
        /// The items in order.
        items: Vec<Item>,
    },
    /// One of several options.
    Single {
        /// The options in order.
        options: Vec<Choice>,
    },
    /// Any number of options.
    Multiple {
        /// The options in order.
        options: Vec<Choice>,
    },
    /// How many times the office had to be contacted: a single choice whose
    /// options stand for numbers.
    Contacts {
        /// The options in order, each with `times`.
        options: Vec<Choice>,
    },
    /// A whole number.
    Number {
        /// Smallest allowed.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        min: Option<i64>,
        /// Largest allowed.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        max: Option<i64>,
    },
    /// Words.
    Text {
        /// Most characters allowed.
        max_length: u32,
    },
}

/// One row of a matrix.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// The CSV column.
    pub id: String,
    /// The words.
    pub text: Text,
    /// A smaller explanation.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub hint: Option<Text>,
    /// Asked only where this holds.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub when: Option<Condition>,
}

/// One option of a choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// The value in CSV files.
    pub id: String,
    /// The words.
    pub text: Text,
    /// Asks for words beside it; they go to the column `<question>_other`.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub specify: bool,
    /// Unticks all others.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub exclusive: bool,
    /// The number of contacts it stands for.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub times: Option<u32>,
}

/// Something that takes one answer: a question, or an item of a matrix.
#[derive(Clone, Copy, Debug)]
pub struct Column<'s> {
    /// The CSV column.
    pub id: &'s str,
    /// The question it belongs to.
    pub question: &'s Question,
    /// The matrix item, if it is one.
    pub item: Option<&'s Item>,
}

impl<'s> Column<'s> {
    /// The words that name it.
    pub fn text(&self) -> &'s Text {
        self.item.map_or(&self.question.text, |item| &item.text)
    }

    /// Its explanation.
    pub fn hint(&self) -> Option<&'s Text> {
        match self.item {
            Some(item) => item.hint.as_ref(),
            None => self.question.hint.as_ref(),
        }
    }

    /// The id of the scale it is answered on, for ratings.
    pub fn scale(&self) -> Option<&'s str> {
        match &self.question.kind {
            Kind::Rating { scale, .. } | Kind::Matrix { scale, .. } => Some(scale),
            _ => None,
        }
    }

    /// The id of the factor it is scored in.
    pub fn factor(&self) -> Option<&'s str> {
        match &self.question.kind {
            Kind::Rating { factor, .. } | Kind::Matrix { factor, .. } => factor.as_deref(),
            _ => None,
        }
    }

    /// The answers that can be counted, as CSV files hold them: level codes or option ids.
    pub fn answers(&self, survey: &Survey) -> Vec<String> {
        let scale = self.scale().and_then(|id| survey.scale(id));
        let levels = scale.into_iter().flat_map(|scale| &scale.levels).map(|level| level.code.to_string());
        levels.chain(self.question.options().iter().map(|option| option.id.clone())).collect()
    }

    /// Has a second CSV column for the words beside an option.
    pub fn has_specify(&self) -> bool {
        self.question.options().iter().any(|option| option.specify)
    }
}

impl Question {
    /// The options of a choice question; empty for other kinds.
    pub fn options(&self) -> &[Choice] {
        match &self.kind {
            Kind::Single { options } | Kind::Multiple { options } | Kind::Contacts { options } => options,
            _ => &[],
        }
    }

    /// What takes an answer: the question itself, or a matrix's items.
    pub fn columns(&self) -> impl Iterator<Item = Column<'_>> {
        let items: &[Item] = match &self.kind {
            Kind::Matrix { items, .. } => items,
            _ => &[],
        };
        let own =
            (!matches!(self.kind, Kind::Matrix { .. })).then_some(Column { id: &self.id, question: self, item: None });
        own.into_iter().chain(items.iter().map(move |item| Column { id: &item.id, question: self, item: Some(item) }))
    }
}

impl Survey {
    /// All questions in the order they are asked.
    pub fn questions(&self) -> impl Iterator<Item = &Question> {
        self.sections.iter().flat_map(|section| &section.questions)
    }

    /// Everything that takes an answer, in the order it is asked.
    pub fn columns(&self) -> impl Iterator<Item = Column<'_>> {
        self.questions().flat_map(Question::columns)
    }

    /// Everything that has a column of its own in CSV files: an answer that is an attribute has that one.
    pub fn csv_columns(&self) -> impl Iterator<Item = Column<'_>> {
        self.columns().filter(|column| column.question.attribute.is_none())
    }

    /// The rated items that are scored, factor by factor in the order of the parts: those of a
    /// factor, of a part and of the whole are each a range of them.
    pub fn scored(&self) -> Vec<Column<'_>> {
        let factors = self.parts.iter().flat_map(|part| self.factors.iter().filter(|factor| factor.part == part.id));
        let of = |factor: &'_ Factor| {
            let id = factor.id.clone();
            self.columns().filter(move |column| column.factor() == Some(&id))
        };
        factors.flat_map(of).filter(|column| column.scale().is_some_and(|id| self.scale(id).is_some())).collect()
    }

    /// The other columns of CSV files that something can be counted of: all but words.
    pub fn counted(&self) -> impl Iterator<Item = Column<'_>> {
        self.csv_columns()
            .filter(|column| column.factor().is_none() && !matches!(column.question.kind, Kind::Text { .. }))
    }

    /// The question that asks for an attribute.
    pub fn asking_for(&self, attribute: Attribute) -> Option<&Question> {
        self.questions().find(|question| question.attribute == Some(attribute))
    }

    /// The column with this id.
    pub fn column(&self, id: &str) -> Option<Column<'_>> {
        self.columns().find(|column| column.id == id)
    }

    /// The scale with this id.
    pub fn scale(&self, id: &str) -> Option<&Scale> {
        self.scales.iter().find(|scale| scale.id == id)
    }

    /// The language that stands in where a text is missing.
    pub fn fallback(&self) -> &str {
        self.languages.first().map_or("vi", String::as_str)
    }
}

/// What the pages need to know of a survey before loading it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SurveyEntry {
    /// Its id, which is also its file's name without `.json`.
    pub id: String,
    /// Its edition.
    pub edition: String,
    /// Its languages.
    pub languages: Vec<String>,
    /// Its name.
    pub title: Text,
}
