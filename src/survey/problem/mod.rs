//! What can be wrong with a definition, where, and how to mend it.
//!
//! A [`Problem`] is a code with its facts and a byte range; the words are made
//! here, in Vietnamese and English, for the program and the office page alike.

use std::fmt::Write as _;
use std::ops::Range;

use chrono::NaiveDate;

use super::condition::Expected;

mod terms;
mod words;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Legal but doubtful.
    Warning,
    /// The definition cannot be used.
    Error,
}

/// One problem of a definition file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The offending bytes of the file.
    pub span: Range<usize>,
    /// What is wrong.
    pub fault: Fault,
}

/// Everything that can be wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Fault {
    /// The TOML parser's own message.
    Syntax(String),
    NotUtf8,
    /// More bytes than any questionnaire needs.
    TooLarge {
        most: usize,
    },
    MissingKey {
        key: &'static str,
    },
    UnknownKey {
        key: String,
        known: Vec<&'static str>,
    },
    WrongType {
        key: String,
        expected: Shape,
    },
    Empty {
        key: &'static str,
    },
    BadId {
        id: String,
        rule: IdRule,
    },
    ReservedId {
        id: String,
    },
    /// A second option of one question that asks for words.
    SecondSpecify,
    DuplicateId {
        id: String,
        first_line: usize,
    },
    UnknownReference {
        to: Thing,
        id: String,
        known: Vec<String>,
    },
    MissingText {
        language: String,
        fallback: bool,
    },
    UnknownLanguage {
        language: String,
        known: Vec<String>,
    },
    OutOfRange {
        key: &'static str,
        least: i64,
        most: i64,
    },
    Reversed {
        low: &'static str,
        high: &'static str,
    },
    NoSatisfiedLevel {
        scale: String,
    },
    /// A condition that no answers make true.
    NeverTrue,
    /// Two targets of one id for the same days.
    PeriodsOverlap {
        id: String,
        from: NaiveDate,
        until: NaiveDate,
    },
    /// A formula that only makes sense on levels worth 1 to 5 points.
    NotFivePoints {
        formula: &'static str,
        scale: String,
    },
    /// A formula of nine indicators where there are not nine items of 0, 1 and 2 points.
    NotNineIndicators {
        items: usize,
    },
    /// The first formula gives no percentage, and there are targets.
    NoPercentage {
        formula: &'static str,
    },
    /// Something that this kind of question does not allow.
    Misfit(Misfit),
    /// A translation has not as many `{}` as the text it stands for.
    WrongPlaces {
        key: &'static str,
        wanted: usize,
    },
    /// A file of texts that is not named by a further language.
    NoLanguage {
        code: String,
    },
    /// An emblem that is no SVG or PNG file beside the theme.
    NoPicture,
    NoColour {
        key: &'static str,
    },
    /// Colours that cannot be told apart, with their contrast and the least one, in hundredths.
    LowContrast {
        one: &'static str,
        other: &'static str,
        ratio: u32,
        least: u32,
    },
    /// Warnings from here on.
    EditionOver {
        until: NaiveDate,
    },
    TargetOver {
        id: String,
        until: NaiveDate,
        next: Option<NaiveDate>,
    },
    NothingScored,
    NoSuchFields {
        id: String,
        fields: Vec<String>,
    },
    LonelyItem {
        factor: String,
    },
    Unused {
        thing: Thing,
        id: String,
    },
    /// On a kiosk, items that are scored would be put to some only, chosen by how they rated.
    ScoredAfterMore {
        main: String,
        items: usize,
    },
    SatisfiedBelow {
        text: String,
    },
    SameText {
        text: String,
        first_line: usize,
    },
    Overlap {
        first: String,
        second: String,
    },
    Condition {
        expected: Expected,
    },
    UnknownColumn {
        id: String,
        known: Vec<String>,
    },
    LaterColumn {
        id: String,
    },
    MatrixInCondition {
        id: String,
        items: Vec<String>,
    },
    WrongTest {
        id: String,
        test: &'static str,
    },
    UnknownValue {
        id: String,
        value: String,
        known: Vec<String>,
    },
}

/// What shape of TOML value was expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Shape {
    String,
    Strings,
    Integer,
    Number,
    Boolean,
    Date,
    Table,
    Tables,
    Text,
}

/// Which rule an id has to follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum IdRule {
    Survey,
    Column,
    Option,
    Language,
}

/// What was asked of a kind of question that does not allow it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Misfit {
    /// Only a single choice without words beside an option can ask for an attribute.
    AttributeOfSingle,
    /// Only numbers, and numbers of contacts, have a mean.
    MeanOfNumber,
    /// Only ratings and choices have answers to count.
    CountOfAnswers,
}

/// What a reference points to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Thing {
    Scale,
    Factor,
    Part,
    Target,
    Formula,
    Face,
    Kind,
    Missing,
    Question,
    Attribute,
    FigureKind,
    Answer,
}

impl Problem {
    /// How bad it is.
    pub fn severity(&self) -> Severity {
        match self.fault {
            Fault::MissingText { fallback: false, .. }
            | Fault::EditionOver { .. }
            | Fault::TargetOver { .. }
            | Fault::NothingScored
            | Fault::NoSuchFields { .. }
            | Fault::LonelyItem { .. }
            | Fault::Unused { .. }
            | Fault::ScoredAfterMore { .. }
            | Fault::SatisfiedBelow { .. }
            | Fault::SameText { .. }
            | Fault::Overlap { .. } => Severity::Warning,
            _ => Severity::Error,
        }
    }

    /// The message a person reads: severity, `file:line:column`, the line with
    /// the offending text underlined, and what to do.
    pub fn render(&self, file: &str, source: &str, language: &str) -> String {
        let place = Place::of(source, self.span.start);
        let [before, marked, after] = self.excerpt(source);
        let (what, remedy) = self.words(language);
        let severity = match (self.severity(), language) {
            (Severity::Error, "vi") => "lỗi",
            (Severity::Error, _) => "error",
            (Severity::Warning, "vi") => "cảnh báo",
            (Severity::Warning, _) => "warning",
        };
        let gutter = " ".repeat(place.line.to_string().len());
        let (indent, mark) = (" ".repeat(before.chars().count()), "^".repeat(marked.chars().count().max(1)));
        let line_text = format!("{before}{marked}{after}");
        let mut out = String::new();
        let _ = writeln!(out, "{severity}: {file}:{}:{}: {what}", place.line, place.column);
        let _ = writeln!(out, "{gutter} |");
        let _ = writeln!(out, "{} | {line_text}", place.line);
        let _ = writeln!(out, "{gutter} | {indent}{mark}");
        let _ = writeln!(out, "{gutter} = {remedy}");
        out
    }
}

/// A day as a language writes it.
fn day(language: &str, day: NaiveDate) -> String {
    day.format(if language == "vi" { "%d/%m/%Y" } else { "%Y-%m-%d" }).to_string()
}

impl Problem {
    /// What is wrong and how to mend it, as plain text.
    pub fn words(&self, language: &str) -> (String, String) {
        let (what, remedy) = self.fault.words(language);
        // A file must not be able to write to a terminal anything but text.
        (visible(&what), visible(&remedy))
    }

    /// The line it is on, at most a hundred characters of it: what stands before the offending
    /// text, that text, and what comes after.
    pub fn excerpt(&self, source: &str) -> [String; 3] {
        let place = Place::of(source, self.span.start);
        let line = source.lines().nth(place.line - 1).unwrap_or("");
        let marked = source.get(self.span.clone()).unwrap_or("").lines().next().unwrap_or("");
        let width = marked.chars().count().clamp(1, 80);
        let (from, line) = window(line, place.column - 1);
        let mut chars = line.chars();
        let mut take = |count: usize| chars.by_ref().take(count).collect::<String>();
        [take(place.column - 1 - from), take(width), take(usize::MAX)]
    }
}

/// The text with control characters made visible.
fn visible(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}

/// At most 100 characters of a line around a column, and how many were cut before.
fn window(line: &str, column: usize) -> (usize, String) {
    let from = if column > 60 { column - 40 } else { 0 };
    (from, line.chars().skip(from).take(100).map(|c| if c.is_control() { ' ' } else { c }).collect())
}

/// A place in a text file, both counted from 1, columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Line.
    pub line: usize,
    /// Column.
    pub column: usize,
}

impl Place {
    /// Where a byte of `source` is.
    pub fn of(source: &str, byte: usize) -> Place {
        let before = &source.as_bytes()[..byte.min(source.len())];
        let start = before.iter().rposition(|&b| b == b'\n').map_or(0, |at| at + 1);
        let line = before.iter().filter(|&&b| b == b'\n').count() + 1;
        Place { line, column: String::from_utf8_lossy(&before[start..]).chars().count() + 1 }
    }
}
