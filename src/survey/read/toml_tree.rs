//! A TOML document as tables that remember where everything stands.
//!
//! Reading collects problems and goes on: a missing key yields nothing, a key
//! that nobody asked for is reported when the table is done with.

use std::cell::RefCell;
use std::ops::Range;

use chrono::NaiveDate;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::survey::Text;
use crate::survey::problem::{Fault, Problem, Shape};

/// A value with its byte range.
#[derive(Clone, Debug, PartialEq)]
pub struct At<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub span: Range<usize>,
}

/// Collects problems while a file is read.
pub struct Problems<'s> {
    /// The whole file.
    pub source: &'s str,
    /// What was found.
    pub found: Vec<Problem>,
    /// The survey's languages, first the fallback, once known.
    pub languages: Vec<String>,
    /// `languages` itself has a mistake, so that what is missing cannot be told.
    pub languages_unknown: bool,
}

impl Problems<'_> {
    /// Notes a problem.
    pub fn add(&mut self, span: Range<usize>, fault: Fault) {
        self.found.push(Problem { span, fault });
    }
}

impl<'s> Problems<'s> {
    /// A collector for reading something again whose problems were noted the first time.
    pub fn quiet(&self) -> Problems<'s> {
        Problems { source: self.source, found: Vec::new(), languages: Vec::new(), languages_unknown: true }
    }
}

/// One table of the document.
pub struct Table<'t, 'i> {
    entries: &'t DeTable<'i>,
    /// Where it stands: for `[[x]]` its heading, for `{ … }` all of it.
    pub span: Range<usize>,
    asked: RefCell<Vec<&'static str>>,
}

/// Bytes a definition file may have.
pub(super) const LARGEST: usize = 1_000_000;

/// Parses a file and hands its root to `read`; syntax errors are among the problems.
pub fn with_root<T>(source: &str, read: impl FnOnce(&Table<'_, '_>, &mut Problems<'_>) -> T) -> (T, Vec<Problem>) {
    let mut problems = Problems { source, found: Vec::new(), languages: Vec::new(), languages_unknown: false };
    // A file made to keep the reader busy must not: the longest questionnaire has a tenth of this.
    let is_too_large = source.len() > LARGEST;
    if is_too_large {
        problems.add(0..1, Fault::TooLarge { most: LARGEST });
    }
    // What an editor or a browser puts where bytes were no text.
    if let Some(at) = source.find('\u{fffd}') {
        problems.add(at..at + 3, Fault::NotUtf8);
    }
    let (root, errors) = DeTable::parse_recoverable(if is_too_large { "" } else { source });
    for error in errors {
        problems.add(error.span().unwrap_or(0..0), Fault::Syntax(error.message().to_owned()));
    }
    let table = Table::new(root.get_ref(), 0..0);
    let value = read(&table, &mut problems);
    // After a syntax error the recovered tree has holes: what they cause is noise.
    let is_fatal = |problem: &Problem| matches!(problem.fault, Fault::Syntax(_) | Fault::TooLarge { .. });
    if problems.found.iter().any(is_fatal) {
        problems.found.retain(is_fatal);
    }
    problems.found.sort_by_key(|p| p.span.start);
    (value, problems.found)
}

impl<'t, 'i> Table<'t, 'i> {
    fn new(entries: &'t DeTable<'i>, span: Range<usize>) -> Self {
        Table { entries, span, asked: RefCell::new(Vec::new()) }
    }

    fn get(&self, key: &'static str) -> Option<&'t Spanned<DeValue<'i>>> {
        self.asked.borrow_mut().push(key);
        self.entries.get(key)
    }

    /// Whether the key is there at all.
    pub fn has(&self, key: &'static str) -> bool {
        self.get(key).is_some()
    }

    /// Where the value of a key stands, else the table itself.
    pub fn span_of(&self, key: &str) -> Range<usize> {
        self.entries.get(key).map_or(self.span.clone(), Spanned::span)
    }

    fn typed<T>(
        &self,
        problems: &mut Problems<'_>,
        key: &'static str,
        expected: Shape,
        convert: impl FnOnce(&'t DeValue<'i>) -> Option<T>,
    ) -> Option<At<T>> {
        let value = self.get(key)?;
        let converted = convert(value.get_ref());
        if converted.is_none() {
            problems.add(value.span(), Fault::WrongType { key: key.to_owned(), expected });
        }
        converted.map(|v| At { value: v, span: value.span() })
    }

    /// A key that has to be there.
    pub fn require<T>(&self, problems: &mut Problems<'_>, key: &'static str, value: Option<T>) -> Option<T> {
        if value.is_none() && !self.has(key) {
            problems.add(self.span.clone(), Fault::MissingKey { key });
        }
        value
    }

    /// A string.
    pub fn string(&self, problems: &mut Problems<'_>, key: &'static str) -> Option<At<String>> {
        self.typed(problems, key, Shape::String, |v| v.as_str().map(str::to_owned))
    }

    /// A whole number.
    pub fn integer(&self, problems: &mut Problems<'_>, key: &'static str) -> Option<At<i64>> {
        self.typed(problems, key, Shape::Integer, |v| {
            let integer = v.as_integer()?;
            i64::from_str_radix(integer.as_str(), integer.radix()).ok()
        })
    }

    /// A number with or without decimals.
    pub fn number(&self, problems: &mut Problems<'_>, key: &'static str) -> Option<At<f64>> {
        self.typed(problems, key, Shape::Number, |v| match v {
            DeValue::Integer(n) => n.as_str().parse().ok(),
            DeValue::Float(n) => n.as_str().parse().ok(),
            _ => None,
        })
    }

    /// A switch, off where it is not written.
    pub fn switch(&self, problems: &mut Problems<'_>, key: &'static str) -> bool {
        self.typed(problems, key, Shape::Boolean, DeValue::as_bool).is_some_and(|at| at.value)
    }

    /// A date.
    pub fn date(&self, problems: &mut Problems<'_>, key: &'static str) -> Option<At<NaiveDate>> {
        self.typed(problems, key, Shape::Date, |v| {
            let date = v.as_datetime()?.date?;
            NaiveDate::from_ymd_opt(i32::from(date.year), u32::from(date.month), u32::from(date.day))
        })
    }

    /// A list of strings.
    pub fn strings(&self, problems: &mut Problems<'_>, key: &'static str) -> Option<Vec<At<String>>> {
        let list = self.typed(problems, key, Shape::Strings, |v| {
            let array = v.as_array()?;
            array.iter().map(|e| Some(At { value: e.get_ref().as_str()?.to_owned(), span: e.span() })).collect()
        })?;
        Some(list.value)
    }

    /// A list of tables: `[[key]]` or `key = [ { … } ]`. Nothing where it is not written.
    pub fn tables(&self, problems: &mut Problems<'_>, key: &'static str) -> Vec<Table<'t, 'i>> {
        let list = self.typed(problems, key, Shape::Tables, |v| {
            v.as_array()?
                .iter()
                .map(|e| Some(Table::new(e.get_ref().as_table()?, e.span())))
                .collect::<Option<Vec<_>>>()
        });
        list.map_or_else(Vec::new, |at| at.value)
    }

    /// The first table of a list that has this id.
    pub fn named(&self, problems: &mut Problems<'_>, key: &'static str, id: &str) -> Option<Table<'t, 'i>> {
        let mut tables = self.tables(problems, key).into_iter();
        tables.find(|table| table.string(problems, "id").is_some_and(|at| at.value == id))
    }

    /// A table.
    pub fn table(&self, problems: &mut Problems<'_>, key: &'static str) -> Option<Table<'t, 'i>> {
        let at = self.typed(problems, key, Shape::Table, DeValue::as_table)?;
        Some(Table::new(at.value, at.span))
    }

    /// A text by language. Reports languages that are missing or unknown.
    pub fn text(&self, problems: &mut Problems<'_>, key: &'static str) -> Option<Text> {
        let at = self.typed(problems, key, Shape::Text, DeValue::as_table)?;
        let mut text = Text::default();
        for (language, words) in at.value {
            let code = language.get_ref().to_string();
            if !problems.languages.contains(&code) && !problems.languages_unknown {
                let known = problems.languages.clone();
                problems.add(language.span(), Fault::UnknownLanguage { language: code, known });
                continue;
            }
            match words.get_ref().as_str() {
                Some(words) if !words.trim().is_empty() => {
                    text.0.insert(code, words.to_owned());
                }
                Some(_) => {}
                None => problems.add(words.span(), Fault::WrongType { key: code, expected: Shape::String }),
            }
        }
        for (at_index, language) in problems.languages.clone().into_iter().enumerate() {
            if !text.0.contains_key(&language) {
                problems.add(at.span.clone(), Fault::MissingText { language, fallback: at_index == 0 });
            }
        }
        Some(text)
    }

    /// Reports every key that nobody asked for.
    pub fn finish(&self, problems: &mut Problems<'_>) {
        let mut known = self.asked.borrow().clone();
        known.sort_unstable();
        known.dedup();
        for key in self.entries.keys() {
            if !known.contains(&key.get_ref().as_ref()) {
                let fault = Fault::UnknownKey { key: key.get_ref().to_string(), known: known.clone() };
                problems.add(key.span(), fault);
            }
        }
    }
}
