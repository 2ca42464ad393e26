//! Checking conditions against what has been asked by then.

use std::ops::Range;

use super::reach::{Known, Values, is_reachable};
use super::toml_tree::{At, Problems, Table};
use crate::interview::WIDEST_NUMBER;
use crate::survey::condition::{Comparison, Condition, parse};
use crate::survey::problem::Fault;
use crate::survey::{Kind, Question, Scale};

/// The questions asked so far, and the ids of all questions of the file.
pub(super) struct Asked {
    so_far: Vec<Known>,
    all: Vec<String>,
}

impl Asked {
    /// Nothing asked yet, with the ids of all that will be.
    pub(super) fn of(sections: &[Table<'_, '_>], problems: &Problems<'_>) -> Asked {
        // The ids are read again with their problems when their turn comes.
        let mut quiet = problems.quiet();
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

    /// A question has been asked. Its condition includes its section's.
    pub(super) fn add(&mut self, question: &Question, scales: &[Scale]) {
        let ids = || question.options().iter().map(|option| option.id.clone()).collect();
        let mut required = question.required;
        let values = match &question.kind {
            Kind::Rating { scale, .. } => {
                required &= !has_missing(scales, scale);
                levels(scales, scale)
            }
            Kind::Matrix { scale, items, .. } => {
                for item in items {
                    let when = question.when.iter().chain(&item.when).cloned().collect();
                    self.add_item(&item.id, scale, scales, question.required, when);
                }
                Values::Matrix(items.iter().map(|item| item.id.clone()).collect())
            }
            Kind::Single { .. } | Kind::Contacts { .. } => Values::One(ids()),
            Kind::Multiple { options } => {
                let exclusive = options.iter().filter(|option| option.exclusive).map(|option| option.id.clone());
                Values::Several { options: ids(), exclusive: exclusive.collect() }
            }
            Kind::Number { min, max } => Values::Number(min.unwrap_or(-WIDEST_NUMBER), max.unwrap_or(WIDEST_NUMBER)),
            Kind::Text { .. } => Values::Text,
        };
        let when = question.when.iter().cloned().collect();
        let open = question.attribute.is_some();
        self.so_far.push(Known { id: question.id.clone(), values, required, open, when });
    }

    /// An item of a matrix has been asked; those with a screen of their own are noted one by one before.
    pub(super) fn add_item(&mut self, id: &str, scale: &str, scales: &[Scale], required: bool, when: Vec<Condition>) {
        if self.so_far.iter().all(|known| known.id != id) {
            let required = required && !has_missing(scales, scale);
            self.so_far.push(Known { id: id.to_owned(), values: levels(scales, scale), required, open: false, when });
        }
    }

    /// A question has been asked of which nothing is known.
    pub(super) fn add_unknown(&mut self, id: String) {
        self.so_far.push(Known { id, values: Values::Anything, required: false, open: false, when: Vec::new() });
    }

    /// Reads the `when` of a section, a question or an item; `outer` are those it stands under.
    pub(super) fn condition(
        &self,
        table: &Table<'_, '_>,
        problems: &mut Problems<'_>,
        outer: &[Condition],
    ) -> Option<Condition> {
        let when = table.string(problems, "when")?;
        self.condition_at(&when, problems, outer)
    }

    /// Reads a condition that stands here.
    pub(super) fn condition_at(
        &self,
        when: &At<String>,
        problems: &mut Problems<'_>,
        outer: &[Condition],
    ) -> Option<Condition> {
        match parse(&when.value) {
            Ok(condition) => {
                let before = problems.found.len();
                let mut places = Places::of(when, problems.source);
                self.check(&condition, &mut places, problems);
                let wanted: Vec<Condition> = outer.iter().chain([&condition]).cloned().collect();
                if problems.found.len() == before && !is_reachable(&self.so_far, &wanted) {
                    problems.add(when.span.clone(), Fault::NeverTrue);
                }
                // What is wrong here is reported here, and not again for what depends on it.
                (problems.found.len() == before).then_some(condition)
            }
            Err(error) => {
                let span = Places::of(when, problems.source).in_file(&error.span);
                problems.add(span, Fault::Condition { expected: error.expected });
                None
            }
        }
    }

    /// Visits the tests from left to right, as `places` does.
    fn check(&self, condition: &Condition, places: &mut Places, problems: &mut Problems<'_>) {
        let (id, test, values): (&str, &'static str, &[String]) = match condition {
            Condition::All(some) | Condition::Any(some) => {
                return some.iter().for_each(|one| self.check(one, places, problems));
            }
            Condition::Not(one) => return self.check(one, places, problems),
            Condition::Answered(id) => (id, "answered", &[]),
            Condition::Has(id, value) => (id, "has", std::slice::from_ref(value)),
            Condition::In(id, values) => (id, "in", values),
            Condition::Compare(id, comparison, value) => (id, symbol(*comparison), std::slice::from_ref(value)),
        };
        if test == "answered" {
            places.next(test);
        }
        let at_id = places.next(id);
        let known = match self.values(id) {
            Ok(known) => known,
            Err(fault) => return problems.add(at_id, fault),
        };
        if test == "answered" {
            return;
        }
        let at_test = places.next(test);
        let is_order = matches!(condition, Condition::Compare(_, comparison, _) if !comparison.is_equality());
        let fits = match known {
            Values::Levels(_) | Values::Number(..) => test != "has",
            Values::One(_) => test != "has" && !is_order,
            Values::Several { .. } => test == "has",
            Values::Anything => true,
            Values::Text | Values::Matrix(_) => false,
        };
        if !fits {
            return problems.add(at_test, Fault::WrongTest { id: id.to_owned(), test });
        }
        for value in values {
            let at_value = places.next(value);
            let (is_known, known) = match known {
                Values::Levels(known) | Values::One(known) | Values::Several { options: known, .. } => {
                    (known.contains(value), known.clone())
                }
                Values::Number(..) => (
                    value.parse::<i64>().is_ok_and(|number| number.to_string() == *value),
                    vec!["0".to_owned(), "1".to_owned(), "…".to_owned()],
                ),
                Values::Text | Values::Matrix(_) | Values::Anything => (true, Vec::new()),
            };
            if !is_known {
                problems.add(at_value, Fault::UnknownValue { id: id.to_owned(), value: value.clone(), known });
            }
        }
    }

    fn values(&self, id: &str) -> Result<&Values, Fault> {
        match self.so_far.iter().find(|known| known.id == id).map(|known| &known.values) {
            Some(Values::Matrix(items)) => Err(Fault::MatrixInCondition { id: id.to_owned(), items: items.clone() }),
            Some(values) => Ok(values),
            None if self.all.iter().any(|known| known == id) => Err(Fault::LaterColumn { id: id.to_owned() }),
            None => {
                let mut known: Vec<String> = Vec::new();
                for asked in self.so_far.iter().filter(|asked| !matches!(asked.values, Values::Matrix(_))) {
                    if !known.contains(&asked.id) {
                        known.push(asked.id.clone());
                    }
                }
                Err(Fault::UnknownColumn { id: id.to_owned(), known })
            }
        }
    }
}

/// Whether "no opinion" or the like is an answer, which conditions take for none.
fn has_missing(scales: &[Scale], id: &str) -> bool {
    scales.iter().any(|scale| scale.id == id && !scale.missing.is_empty())
}

fn levels(scales: &[Scale], id: &str) -> Values {
    match scales.iter().find(|scale| scale.id == id) {
        Some(scale) if !scale.levels.is_empty() => {
            Values::Levels(scale.levels.iter().map(|level| level.code.to_string()).collect())
        }
        _ => Values::Anything,
    }
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

/// Where the words of a condition stand in the file, asked for from left to right.
struct Places {
    tokens: Vec<(String, Range<usize>)>,
    at: usize,
    whole: Range<usize>,
    /// Where the text begins in the file; `None` where escapes or line breaks shift it.
    start: Option<usize>,
}

impl Places {
    fn of(when: &At<String>, source: &str) -> Places {
        let raw = source.get(when.span.clone()).unwrap_or("");
        let is_plain = raw.len() == when.value.len() + 2 && raw.get(1..raw.len() - 1) == Some(&when.value);
        let tokens = crate::survey::condition::tokens(&when.value).unwrap_or_default();
        Places {
            tokens: tokens.into_iter().map(|token| (token.text.to_owned(), token.span)).collect(),
            at: 0,
            whole: when.span.clone(),
            start: is_plain.then_some(when.span.start + 1),
        }
    }

    fn in_file(&self, span: &Range<usize>) -> Range<usize> {
        match self.start {
            Some(start) => start + span.start..start + span.end.max(span.start + 1),
            None => self.whole.clone(),
        }
    }

    fn next(&mut self, word: &str) -> Range<usize> {
        match self.tokens[self.at..].iter().position(|(text, _)| text == word) {
            Some(ahead) => {
                self.at += ahead + 1;
                self.in_file(&self.tokens[self.at - 1].1)
            }
            None => self.whole.clone(),
        }
    }
}
