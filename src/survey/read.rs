//! Reading a definition: TOML in, a [`Survey`] and positioned problems out.

use std::collections::BTreeMap;

use super::problem::{Fault, IdRule, Problem, Severity, Thing};
use super::toml_tree::{At, Problems, Table, with_root};
use super::{Face, Factor, Formula, Kiosk, Level, Missing, MissingChoice, Part, Scale, Survey, Text};

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
pub(super) struct Ids(BTreeMap<String, usize>);

impl Ids {
    pub(super) fn new() -> Self {
        Ids(BTreeMap::new())
    }

    /// Notes an id; a second use is a problem.
    pub(super) fn note(&mut self, problems: &mut Problems<'_>, id: &At<String>) {
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

/// Reads a survey definition. `targets` are the ids that `targets.toml` knows.
pub fn read_survey(source: &str, targets: &[String]) -> Reading<Survey> {
    let (value, problems) = with_root(source, |root, problems| survey(root, problems, targets));
    Reading { value, problems }
}

fn survey(root: &Table<'_, '_>, problems: &mut Problems<'_>, targets: &[String]) -> Survey {
    problems.languages = languages(root, problems);
    let id = required_id(root, problems, IdRule::Survey);
    // Files the pages load beside those of the surveys.
    if let Some(id) = id.as_ref().filter(|id| ["index", "targets", "units"].contains(&id.value.as_str())) {
        problems.add(id.span.clone(), Fault::ReservedId { id: id.value.clone() });
    }
    let id = id.map_or_else(String::new, |at| at.value);
    let edition = required_string(root, problems, "edition");
    let title = required_text(root, problems, "title");
    let purpose = required_text(root, problems, "purpose");
    let issuer = required_text(root, problems, "issuer");
    let source = required_text(root, problems, "source");
    let formula = root.string(problems, "formula");
    let formula = root.require(problems, "formula", formula).and_then(|at| {
        let found = Formula::by_id(&at.value);
        if found.is_none() {
            let known = Formula::IDS.map(str::to_owned).to_vec();
            problems.add(at.span, Fault::UnknownReference { to: Thing::Formula, id: at.value, known });
        }
        found
    });
    let applied = root.strings(problems, "targets").unwrap_or_default();
    let mut once = Ids::new();
    for target in &applied {
        once.note(problems, target);
        reference(problems, Thing::Target, target, targets);
    }
    let scales = scales(root, problems);
    // A measure is named by its id alone in the results, so parts and factors share one space of names.
    let mut measures = Ids::new();
    let parts = parts(root, problems, &mut measures);
    let factors = factors(root, problems, &mut measures, &parts);
    let context = super::questions::Context { scales: &scales, factors: &factors };
    let sections = super::questions::sections(root, problems, &context);
    let mut survey = Survey {
        id,
        edition,
        languages: problems.languages.clone(),
        title,
        purpose,
        issuer,
        source,
        formula: formula.unwrap_or(Formula::Top2Pooled),
        targets: applied.into_iter().map(|at| at.value).collect(),
        kiosk: Kiosk::default(),
        scales,
        parts,
        factors,
        sections,
    };
    if let Some(kiosk) = root.table(problems, "kiosk") {
        if let Some(main) = kiosk.string(problems, "main") {
            let known: Vec<String> = survey.columns().map(|c| c.id.to_owned()).collect();
            reference(problems, Thing::Question, &main, &known);
            survey.kiosk.main = Some(main.value);
        }
        kiosk.finish(problems);
    }
    root.finish(problems);
    survey
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
pub(super) fn check_id(problems: &mut Problems<'_>, id: &At<String>, rule: IdRule) {
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
pub(super) fn reference(problems: &mut Problems<'_>, to: Thing, id: &At<String>, known: &[String]) {
    if !known.contains(&id.value) {
        let fault = Fault::UnknownReference { to, id: id.value.clone(), known: known.to_vec() };
        problems.add(id.span.clone(), fault);
    }
}

/// Reports a list that must have entries and has none.
pub(super) fn not_empty<T>(list: &[T], table: &Table<'_, '_>, problems: &mut Problems<'_>, key: &'static str) {
    if list.is_empty() {
        if table.has(key) {
            problems.add(table.span_of(key), Fault::Empty { key });
        } else {
            problems.add(table.span.clone(), Fault::MissingKey { key });
        }
    }
}

fn scales(root: &Table<'_, '_>, problems: &mut Problems<'_>) -> Vec<Scale> {
    let mut ids = Ids::new();
    let mut scales = Vec::new();
    for table in root.tables(problems, "scale") {
        let id = required_id(&table, problems, IdRule::Option);
        if let Some(id) = &id {
            ids.note(problems, id);
        }
        let levels = levels(&table, problems);
        let mut reasons = Ids::new();
        let missing =
            table.tables(problems, "missing").iter().filter_map(|m| missing(m, problems, &mut reasons)).collect();
        table.finish(problems);
        scales.push(Scale { id: id.map_or_else(String::new, |at| at.value), levels, missing });
    }
    scales
}

fn levels(scale: &Table<'_, '_>, problems: &mut Problems<'_>) -> Vec<Level> {
    let mut codes = Ids::new();
    let mut levels = Vec::new();
    for table in scale.tables(problems, "level") {
        let code = table.integer(problems, "code");
        let code = table.require(problems, "code", code);
        let text = required_text(&table, problems, "text");
        let satisfied = table.switch(problems, "satisfied");
        let face = table.string(problems, "face").and_then(|at| choose(problems, Thing::Face, at, &FACES));
        table.finish(problems);
        let Some(code) = code else { continue };
        codes.note(problems, &At { value: code.value.to_string(), span: code.span.clone() });
        match u8::try_from(code.value) {
            Ok(code) if code <= 9 => levels.push(Level { code, text, satisfied, face }),
            _ => problems.add(code.span, Fault::OutOfRange { key: "code", least: 0, most: 9 }),
        }
    }
    not_empty(&levels, scale, problems, "level");
    levels
}

const FACES: [(&str, Face); 5] = [
    ("very-bad", Face::VeryBad),
    ("bad", Face::Bad),
    ("neutral", Face::Neutral),
    ("good", Face::Good),
    ("very-good", Face::VeryGood),
];

const REASONS: [(&str, Missing); 2] = [("not-applicable", Missing::NotApplicable), ("no-opinion", Missing::NoOpinion)];

fn choose<T: Copy>(problems: &mut Problems<'_>, to: Thing, at: At<String>, known: &[(&str, T)]) -> Option<T> {
    let found = known.iter().find(|(name, _)| *name == at.value).map(|(_, value)| *value);
    if found.is_none() {
        let known = known.iter().map(|(name, _)| (*name).to_owned()).collect();
        problems.add(at.span, Fault::UnknownReference { to, id: at.value, known });
    }
    found
}

fn missing(table: &Table<'_, '_>, problems: &mut Problems<'_>, reasons: &mut Ids) -> Option<MissingChoice> {
    let reason = table.string(problems, "reason");
    let reason = table.require(problems, "reason", reason);
    let text = required_text(table, problems, "text");
    table.finish(problems);
    let reason = reason?;
    reasons.note(problems, &reason);
    let reason = choose(problems, Thing::Missing, reason, &REASONS)?;
    Some(MissingChoice { reason, text })
}

/// The id of a part or factor.
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
pub(super) fn bounded(
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
