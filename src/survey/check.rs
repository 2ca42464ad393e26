//! Checking conditions against what has been asked by then.

use super::condition::{Comparison, Condition, parse};
use super::problem::Fault;
use super::toml_tree::{At, Problems, Table};
use super::{Kind, Question, Scale};

/// What a condition may compare a column with.
#[derive(Clone, Debug)]
enum Values {
    /// Codes of levels: compared as numbers, only these exist.
    Levels(Vec<String>),
    /// One of these options.
    One(Vec<String>),
    /// Several of these options.
    Several(Vec<String>),
    Number,
    Text,
    /// A matrix has no answer of its own; its items have.
    Matrix(Vec<String>),
}

/// The questions asked so far, and the ids of all questions of the file.
pub(super) struct Asked {
    so_far: Vec<(String, Values)>,
    all: Vec<String>,
}

impl Asked {
    /// Nothing asked yet, with the ids of all that will be.
    pub(super) fn of(sections: &[Table<'_, '_>], problems: &Problems<'_>) -> Asked {
        // The ids are read again with their problems when their turn comes.
        let mut quiet = Problems { source: problems.source, found: Vec::new(), languages: Vec::new() };
        let mut all = Vec::new();
        let mut note = |table: &Table<'_, '_>, quiet: &mut Problems<'_>| {
            all.extend(table.string(quiet, "id").map(|at| at.value));
        };
        for section in sections {
            for question in section.tables(&mut quiet, "question") {
                note(&question, &mut quiet);
                for item in question.tables(&mut quiet, "item") {
                    note(&item, &mut quiet);
                }
            }
        }
        Asked { so_far: Vec::new(), all }
    }

    /// A question has been asked.
    pub(super) fn add(&mut self, question: &Question, scales: &[Scale]) {
        let ids = || question.options().iter().map(|option| option.id.clone()).collect();
        let values = match &question.kind {
            Kind::Rating { scale, .. } => levels(scales, scale),
            Kind::Matrix { scale, items, .. } => {
                for item in items {
                    self.so_far.push((item.id.clone(), levels(scales, scale)));
                }
                Values::Matrix(items.iter().map(|item| item.id.clone()).collect())
            }
            Kind::Single { .. } | Kind::Contacts { .. } => Values::One(ids()),
            Kind::Multiple { .. } => Values::Several(ids()),
            Kind::Number { .. } => Values::Number,
            Kind::Text { .. } => Values::Text,
        };
        self.so_far.push((question.id.clone(), values));
    }

    /// Reads the `when` of a question or an item.
    pub(super) fn condition(&self, table: &Table<'_, '_>, problems: &mut Problems<'_>) -> Option<Condition> {
        let when = table.string(problems, "when")?;
        match parse(&when.value) {
            Ok(condition) => {
                self.check(&condition, &when, problems);
                Some(condition)
            }
            Err(error) => {
                // Inside the quotes, as long as the string has no escapes, bytes correspond.
                let start = when.span.start + 1 + error.span.start;
                let span = start..start + error.span.len().max(1);
                problems.add(span, Fault::Condition { expected: error.expected });
                None
            }
        }
    }

    fn check(&self, condition: &Condition, when: &At<String>, problems: &mut Problems<'_>) {
        let mut add = |word: &str, fault| problems.add(word_in(when, word), fault);
        match condition {
            Condition::All(some) | Condition::Any(some) => {
                some.iter().for_each(|one| self.check(one, when, problems));
            }
            Condition::Not(one) => self.check(one, when, problems),
            Condition::Answered(id) => {
                if let Err(fault) = self.values(id) {
                    add(id, fault);
                }
            }
            Condition::Has(id, value) => match self.values(id) {
                Err(fault) => add(id, fault),
                Ok(Values::Several(known)) => {
                    unknown_value(id, value, known).into_iter().for_each(|fault| add(value, fault));
                }
                Ok(_) => add("has", Fault::WrongTest { id: id.clone(), test: "has" }),
            },
            Condition::In(id, values) => match self.values(id) {
                Err(fault) => add(id, fault),
                Ok(Values::Levels(known) | Values::One(known)) => {
                    for value in values {
                        unknown_value(id, value, known).into_iter().for_each(|fault| add(value, fault));
                    }
                }
                Ok(Values::Number) => {
                    for value in values.iter().filter(|value| value.parse::<i64>().is_err()) {
                        let fault = Fault::UnknownValue { id: id.clone(), value: value.clone(), known: Vec::new() };
                        add(value, fault);
                    }
                }
                Ok(_) => add("in", Fault::WrongTest { id: id.clone(), test: "in" }),
            },
            Condition::Compare(id, comparison, value) => match self.values(id) {
                Err(fault) => add(id, fault),
                Ok(Values::Number) if value.parse::<i64>().is_err() => {
                    let fault = Fault::UnknownValue { id: id.clone(), value: value.clone(), known: Vec::new() };
                    add(value, fault);
                }
                Ok(Values::Number) => {}
                Ok(Values::Levels(known)) => {
                    unknown_value(id, value, known).into_iter().for_each(|fault| add(value, fault));
                }
                Ok(Values::One(known)) if comparison.is_equality() => {
                    unknown_value(id, value, known).into_iter().for_each(|fault| add(value, fault));
                }
                Ok(_) => add(symbol(*comparison), Fault::WrongTest { id: id.clone(), test: symbol(*comparison) }),
            },
        }
    }

    fn values(&self, id: &str) -> Result<&Values, Fault> {
        match self.so_far.iter().find(|(asked, _)| asked == id) {
            Some((_, Values::Matrix(items))) => {
                Err(Fault::MatrixInCondition { id: id.to_owned(), items: items.clone() })
            }
            Some((_, values)) => Ok(values),
            None if self.all.iter().any(|known| known == id) => Err(Fault::LaterColumn { id: id.to_owned() }),
            None => {
                let known = self.so_far.iter().map(|(id, _)| id.clone()).collect();
                Err(Fault::UnknownColumn { id: id.to_owned(), known })
            }
        }
    }
}

fn levels(scales: &[Scale], id: &str) -> Values {
    let scale = scales.iter().find(|scale| scale.id == id);
    Values::Levels(scale.map_or_else(Vec::new, |s| s.levels.iter().map(|level| level.code.to_string()).collect()))
}

fn unknown_value(id: &str, value: &str, known: &[String]) -> Option<Fault> {
    let fault = || Fault::UnknownValue { id: id.to_owned(), value: value.to_owned(), known: known.to_vec() };
    (!known.iter().any(|k| k == value)).then(fault)
}

fn symbol(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Equal => "=",
        Comparison::NotEqual => "!=",
        Comparison::Less => "<",
        Comparison::AtMost => "<=",
        Comparison::More => ">",
        Comparison::AtLeast => ">=",
    }
}

/// Where a word of the condition stands in the file; the whole string if it cannot be found.
fn word_in(when: &At<String>, word: &str) -> std::ops::Range<usize> {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    let bounded = |at: &usize| {
        let before = when.value[..*at].chars().next_back();
        let after = when.value[at + word.len()..].chars().next();
        !word.starts_with(is_word) || (!before.is_some_and(is_word) && !after.is_some_and(is_word))
    };
    match when.value.match_indices(word).map(|(at, _)| at).find(bounded) {
        Some(at) => when.span.start + 1 + at..when.span.start + 1 + at + word.len(),
        None => when.span.clone(),
    }
}
