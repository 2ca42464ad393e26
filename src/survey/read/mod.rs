//! Reading a definition: TOML in, a [`Survey`] and positioned problems out.

use std::collections::BTreeMap;

mod conditions;
mod doubts;
mod language;
mod method;
mod questions;
mod reach;
mod scales;
mod theme;
pub(super) mod toml_tree;

use chrono::NaiveDate;

use super::method::Definition;
use super::problem::{Fault, IdRule, Problem, Severity, Thing};
use super::target::Target;
use super::{Factor, Kiosk, Missing, Part, Survey, Text};
pub use language::{Language, read_language};
pub use theme::{COLOURS, Colour, Theme, read_theme};
use toml_tree::{At, LARGEST, Problems, Table, with_root};

/// What became of a definition file.
#[derive(Clone, Debug)]
pub struct Reading<T> {
    /// What could be read; whole only where no problem is an error.
    pub value: T,
    /// Every problem, in the order of the file.
    pub problems: Vec<Problem>,
}

impl<T> Reading<T> {
    /// Nothing in it prevents its use.
    pub fn is_usable(&self) -> bool {
        self.problems.iter().all(|p| p.severity() < Severity::Error)
    }
}

/// Ids met so far, with the byte where each was first used.
struct Ids(BTreeMap<String, usize>);

impl Ids {
    fn new() -> Self {
        Ids(BTreeMap::new())
    }

    /// Notes an id; a second use is a problem.
    fn note(&mut self, problems: &mut Problems<'_>, id: &At<String>) {
        match self.0.get(&id.value) {
            Some(&first) => {
                let first_line = super::problem::Place::of(problems.source, first).line;
                problems.add(id.span.clone(), Fault::DuplicateId { id: id.value.clone(), first_line });
            }
            None => {
                self.0.insert(id.value.clone(), id.span.start);
            }
        }
    }
}

/// The text of a definition file, without a byte order mark; where it is no UTF-8 or too large to be
/// a definition, what could be read and the problem.
pub fn decode(bytes: Vec<u8>) -> (String, Option<Problem>) {
    if bytes.len() > LARGEST {
        return (String::new(), Some(Problem { span: 0..0, fault: Fault::TooLarge { most: LARGEST } }));
    }
    match String::from_utf8(bytes) {
        Ok(text) => (text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text), None),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
            (text, Some(Problem { span: at..at + 1, fault: Fault::NotUtf8 }))
        }
    }
}

/// Reads a survey definition. `targets` are those of `targets.toml`; `today` decides
/// which of them, and which editions, are no longer in force.
pub fn read_survey(source: &str, targets: &[Target], today: NaiveDate) -> Reading<Definition> {
    let (value, problems) = with_root(source, |root, problems| definition(root, problems, targets, today));
    Reading { value, problems }
}

fn definition(root: &Table<'_, '_>, problems: &mut Problems<'_>, targets: &[Target], today: NaiveDate) -> Definition {
    problems.languages = languages(root, problems);
    let id = required_id(root, problems, IdRule::Survey);
    // Files the pages load beside those of the surveys.
    if let Some(id) = id.as_ref().filter(|id| ["index", "targets", "units", "theme"].contains(&id.value.as_str())) {
        problems.add(id.span.clone(), Fault::ReservedId { id: id.value.clone() });
    }
    let id = id.map_or_else(String::new, |at| at.value);
    let edition = required_string(root, problems, "edition");
    let title = required_text(root, problems, "title");
    let purpose = required_text(root, problems, "purpose");
    let issuer = required_text(root, problems, "issuer");
    let draft_hours = bounded(root, problems, "draft_hours", 1..=24 * 365).and_then(|hours| u32::try_from(hours).ok());
    let scales = scales::scales(root, problems);
    // A measure is named by its id alone in the results, so parts, factors and figures share one space of names.
    let mut measures = Ids::new();
    let parts = parts(root, problems, &mut measures);
    let factors = factors(root, problems, &mut measures, &parts);
    let kiosk = root.table(problems, "kiosk");
    let main = kiosk.as_ref().and_then(|kiosk| kiosk.string(problems, "main"));
    let more = kiosk.as_ref().and_then(|kiosk| kiosk.string(problems, "more"));
    let discards = kiosk.as_ref().is_some_and(|kiosk| kiosk.switch(problems, "discard_abandoned"));
    if let (Some(kiosk), Some(_)) = (&kiosk, &more) {
        kiosk.require(problems, "main", main.clone());
    }
    let main_and_more = main.as_ref().map(|main| main.value.as_str()).zip(more.as_ref());
    let context = questions::Context { scales: &scales, factors: &factors, main_and_more };
    let (sections, more, unread) = questions::sections(root, problems, &context);
    let mut survey = Survey {
        id,
        edition,
        languages: problems.languages.clone(),
        title,
        purpose,
        issuer,
        draft_hours,
        partial: Vec::new(),
        kiosk: Kiosk::default(),
        scales,
        parts,
        factors,
        sections,
    };
    if let Some(main) = &main {
        let known: Vec<String> = survey.columns().map(|c| c.id.to_owned()).collect();
        if !unread.contains(&main.value) {
            reference(problems, Thing::Question, main, &known);
        }
    }
    if let Some(kiosk) = &kiosk {
        kiosk.finish(problems);
    }
    survey.partial = survey.languages.iter().filter(|code| !survey.is_whole_in(code)).cloned().collect();
    survey.kiosk = Kiosk { main: main.map(|main| main.value), more, discards };
    let method = method::method(root, problems, &survey, targets, &unread, &mut measures);
    let definition = Definition { survey, method };
    doubts::doubts(root, problems, &definition, targets, today);
    root.finish(problems);
    definition
}

fn languages(root: &Table<'_, '_>, problems: &mut Problems<'_>) -> Vec<String> {
    let list = root.strings(problems, "languages");
    let list = root.require(problems, "languages", list).unwrap_or_default();
    let mut ids = Ids::new();
    for language in &list {
        let ok = (2..=3).contains(&language.value.len()) && language.value.bytes().all(|b| b.is_ascii_lowercase());
        if !ok {
            let fault = Fault::BadId { id: language.value.clone(), rule: IdRule::Language };
            problems.add(language.span.clone(), fault);
        }
        ids.note(problems, language);
    }
    if list.is_empty() && root.has("languages") {
        problems.add(root.span_of("languages"), Fault::Empty { key: "languages" });
    }
    let mut languages: Vec<String> = list.into_iter().map(|at| at.value).collect();
    if languages.is_empty() {
        problems.languages_unknown = true;
        languages.push("vi".to_owned());
    }
    languages
}

/// Checks that an id follows its rule.
fn check_id(problems: &mut Problems<'_>, id: &At<String>, rule: IdRule) {
    let text = id.value.as_str();
    let first = text.chars().next();
    let starts = match rule {
        IdRule::Option => first.is_some_and(|c| c.is_ascii_lowercase() || c.is_ascii_digit()),
        _ => first.is_some_and(|c| c.is_ascii_lowercase()),
    };
    let allowed = |c: char| {
        c.is_ascii_lowercase()
            || c.is_ascii_digit()
            || (c == '_' && rule != IdRule::Survey)
            || (c == '-' && rule != IdRule::Column)
    };
    let longest = if rule == IdRule::Column { 32 } else { 40 };
    let word = ["and", "or", "not", "in", "has", "answered"].contains(&text) || Missing::by_code(text).is_some();
    if !starts || !text.chars().all(allowed) || text.len() > longest || (word && rule != IdRule::Survey) {
        problems.add(id.span.clone(), Fault::BadId { id: id.value.clone(), rule });
    }
}

pub(super) fn required_id(table: &Table<'_, '_>, problems: &mut Problems<'_>, rule: IdRule) -> Option<At<String>> {
    let id = table.string(problems, "id");
    let id = table.require(problems, "id", id)?;
    check_id(problems, &id, rule);
    Some(id)
}

fn required_string(table: &Table<'_, '_>, problems: &mut Problems<'_>, key: &'static str) -> String {
    let string = table.string(problems, key);
    let string = table.require(problems, key, string);
    if let Some(at) = &string
        && at.value.trim().is_empty()
    {
        problems.add(at.span.clone(), Fault::Empty { key });
    }
    string.map_or_else(String::new, |at| at.value.trim().to_owned())
}

pub(super) fn required_text(table: &Table<'_, '_>, problems: &mut Problems<'_>, key: &'static str) -> Text {
    let text = table.text(problems, key);
    table.require(problems, key, text).unwrap_or_default()
}

/// Reports an id that is not among the known ones.
fn reference(problems: &mut Problems<'_>, to: Thing, id: &At<String>, known: &[String]) {
    if !known.contains(&id.value) {
        let fault = Fault::UnknownReference { to, id: id.value.clone(), known: known.to_vec() };
        problems.add(id.span.clone(), fault);
    }
}

/// Reports a list that must have entries and has none.
fn not_empty<T>(list: &[T], table: &Table<'_, '_>, problems: &mut Problems<'_>, key: &'static str) {
    if list.is_empty() {
        if table.has(key) {
            problems.add(table.span_of(key), Fault::Empty { key });
        } else {
            problems.add(table.span.clone(), Fault::MissingKey { key });
        }
    }
}

/// The id of a part, a factor or a figure.
fn measure_id(table: &Table<'_, '_>, problems: &mut Problems<'_>, ids: &mut Ids) -> String {
    let Some(id) = required_id(table, problems, IdRule::Option) else { return String::new() };
    if id.value == "overall" {
        problems.add(id.span.clone(), Fault::ReservedId { id: id.value.clone() });
    }
    ids.note(problems, &id);
    id.value
}

fn parts(root: &Table<'_, '_>, problems: &mut Problems<'_>, ids: &mut Ids) -> Vec<Part> {
    let mut parts = Vec::new();
    for table in root.tables(problems, "part") {
        let id = measure_id(&table, problems, ids);
        let text = required_text(&table, problems, "text");
        table.finish(problems);
        parts.push(Part { id, text });
    }
    parts
}

fn factors(root: &Table<'_, '_>, problems: &mut Problems<'_>, ids: &mut Ids, parts: &[Part]) -> Vec<Factor> {
    let known: Vec<String> = parts.iter().map(|part| part.id.clone()).collect();
    let mut factors = Vec::new();
    for table in root.tables(problems, "factor") {
        let id = measure_id(&table, problems, ids);
        let part = table.string(problems, "part");
        let part = table.require(problems, "part", part);
        if let Some(part) = &part {
            reference(problems, Thing::Part, part, &known);
        }
        let text = required_text(&table, problems, "text");
        table.finish(problems);
        factors.push(Factor { id, part: part.map_or_else(String::new, |at| at.value), text });
    }
    factors
}

/// A whole number that must lie within bounds.
fn bounded(
    table: &Table<'_, '_>,
    problems: &mut Problems<'_>,
    key: &'static str,
    allowed: std::ops::RangeInclusive<i64>,
) -> Option<i64> {
    let at = table.integer(problems, key)?;
    if allowed.contains(&at.value) {
        return Some(at.value);
    }
    problems.add(at.span, Fault::OutOfRange { key, least: *allowed.start(), most: *allowed.end() });
    None
}

fn choose<T: Copy>(problems: &mut Problems<'_>, to: Thing, at: &At<String>, known: &[(&str, T)]) -> Option<T> {
    let found = known.iter().find(|(name, _)| *name == at.value).map(|(_, value)| *value);
    if found.is_none() {
        let known = known.iter().map(|(name, _)| (*name).to_owned()).collect();
        problems.add(at.span.clone(), Fault::UnknownReference { to, id: at.value.clone(), known });
    }
    found
}
