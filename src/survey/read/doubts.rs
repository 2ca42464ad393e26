//! Warnings: what is legal in a definition and yet probably not meant.

use chrono::NaiveDate;

use super::toml_tree::{Problems, Table};
use crate::survey::method::Definition;
use crate::survey::problem::{Fault, Place, Severity, Thing};
use crate::survey::target::{Target, in_force};
use crate::survey::{Attribute, Kind, Level, Survey};

/// Adds the warnings for a definition that was read from `root`.
pub(super) fn doubts(
    root: &Table<'_, '_>,
    problems: &mut Problems<'_>,
    definition: &Definition,
    targets: &[Target],
    today: NaiveDate,
) {
    let mut doubts = Doubts { root, survey: &definition.survey, problems };
    doubts.period(definition, today);
    doubts.targets(definition, targets, today);
    // A misspelt reference also leaves something unused: that would be noise.
    if doubts.problems.found.iter().all(|problem| problem.severity() < Severity::Error) {
        doubts.measures();
        doubts.nothing_scored(definition);
        doubts.unused_scales();
    }
    doubts.kiosk();
    doubts.scales();
    doubts.questions();
}

struct Doubts<'d, 't, 'i, 's> {
    root: &'d Table<'t, 'i>,
    survey: &'d Survey,
    problems: &'d mut Problems<'s>,
}

impl Doubts<'_, '_, '_, '_> {
    fn period(&mut self, definition: &Definition, today: NaiveDate) {
        if let Some(until) = definition.method.until.filter(|until| *until < today) {
            self.problems.add(self.root.span_of("until"), Fault::EditionOver { until });
        }
    }

    fn targets(&mut self, definition: &Definition, targets: &[Target], today: NaiveDate) {
        let mut quiet = self.problems.quiet();
        let listed = self.root.strings(&mut quiet, "targets").unwrap_or_default();
        let asked = self.survey.asking_for(Attribute::Field);
        for at in listed.into_iter().filter(|at| definition.method.targets.contains(&at.value)) {
            let Some(target) = in_force(targets, &at.value, today) else { continue };
            if target.until < today {
                let later = targets.iter().filter(|other| other.id == at.value).map(|other| other.from);
                let next = later.filter(|from| *from > today).min();
                let fault = Fault::TargetOver { id: at.value.clone(), until: target.until, next };
                self.problems.add(at.span.clone(), fault);
            }
            let is_known = |field: &&String| asked.is_none_or(|q| q.options().iter().any(|o| o.id == **field));
            if !target.fields.is_empty() && !target.fields.iter().any(|field| is_known(&field)) {
                let fault = Fault::NoSuchFields { id: at.value, fields: target.fields.clone() };
                self.problems.add(at.span, fault);
            }
        }
    }

    fn nothing_scored(&mut self, definition: &Definition) {
        let is_scored = self.survey.columns().any(|column| column.factor().is_some());
        if !is_scored && !definition.method.targets.is_empty() {
            self.problems.add(self.root.span_of("targets"), Fault::NothingScored);
        }
    }

    fn measures(&mut self) {
        let items_of = |id: &str| self.survey.columns().filter(|column| column.factor() == Some(id)).count();
        let factors: Vec<(String, usize)> =
            self.survey.factors.iter().map(|factor| (factor.id.clone(), items_of(&factor.id))).collect();
        let is_alone = factors.len() == 1;
        for (id, items) in factors {
            match items {
                0 => self.at("factor", &id, Fault::Unused { thing: Thing::Factor, id: id.clone() }),
                1 if !is_alone => self.at("factor", &id, Fault::LonelyItem { factor: id.clone() }),
                _ => {}
            }
        }
        let unused = |part: &&crate::survey::Part| self.survey.factors.iter().all(|factor| factor.part != part.id);
        let unused: Vec<String> = self.survey.parts.iter().filter(unused).map(|part| part.id.clone()).collect();
        for id in unused {
            self.at("part", &id, Fault::Unused { thing: Thing::Part, id: id.clone() });
        }
    }

    fn kiosk(&mut self) {
        let kiosk = &self.survey.kiosk;
        let (Some(main), Some(_)) = (&kiosk.main, &kiosk.more) else { return };
        let asks_main = |question: &&crate::survey::Question| question.columns().any(|column| column.id == *main);
        let after = self.survey.questions().skip_while(|question| !asks_main(question)).skip(1);
        let items = after.flat_map(crate::survey::Question::columns).filter(|column| column.factor().is_some()).count();
        if items > 0 {
            let fault = Fault::ScoredAfterMore { main: main.clone(), items };
            let table = self.root.table(&mut self.problems.quiet(), "kiosk");
            self.problems.add(table.map_or(0..0, |table| table.span_of("more")), fault);
        }
    }

    fn scales(&mut self) {
        let survey = self.survey;
        for scale in &survey.scales {
            let best_not = scale.levels.iter().filter(|level| !level.satisfied).map(Level::points).max();
            let lowest = scale.levels.iter().filter(|level| level.satisfied).min_by_key(|level| level.points());
            if let Some(level) = lowest.filter(|level| Some(level.points()) < best_not) {
                let fault = Fault::SatisfiedBelow { text: self.said(&level.text) };
                self.at("scale", &scale.id, fault);
            }
            let quiet = &mut self.problems.quiet();
            if let Some(table) = self.root.named(quiet, "scale", &scale.id) {
                self.same_texts(&table.tables(quiet, "level"));
            }
        }
    }

    fn unused_scales(&mut self) {
        let survey = self.survey;
        for scale in &survey.scales {
            if survey.columns().all(|column| column.scale() != Some(&scale.id)) {
                self.at("scale", &scale.id, Fault::Unused { thing: Thing::Scale, id: scale.id.clone() });
            }
        }
    }

    fn questions(&mut self) {
        let quiet = &mut self.problems.quiet();
        let sections = self.root.tables(quiet, "section");
        let tables: Vec<Table<'_, '_>> =
            sections.iter().flat_map(|section| section.tables(quiet, "question")).collect();
        for table in tables {
            self.same_texts(&table.tables(quiet, "item"));
            let options = table.tables(quiet, "option");
            self.same_texts(&options);
            let id = table.string(quiet, "id").map(|at| at.value);
            let question = id.and_then(|id| self.survey.questions().find(|question| question.id == id));
            if question.is_some_and(|question| matches!(question.kind, Kind::Single { .. })) {
                self.bands(&options);
            }
        }
    }

    /// Ranges such as age bands, of which two share a number.
    fn bands(&mut self, options: &[Table<'_, '_>]) {
        let mut bands: Vec<(String, (i64, i64))> = Vec::new();
        for option in options {
            let Some(text) = self.text_of(option) else { continue };
            let Some(band) = band(&text) else { continue };
            let meets = |other: &&(String, (i64, i64))| other.1.0 <= band.1 && band.0 <= other.1.1;
            if let Some((first, _)) = bands.iter().find(meets) {
                let fault = Fault::Overlap { first: first.clone(), second: text.clone() };
                self.problems.add(option.span_of("text"), fault);
            }
            bands.push((text, band));
        }
    }

    /// Two texts of one list that say the same.
    fn same_texts(&mut self, tables: &[Table<'_, '_>]) {
        let mut seen: Vec<(String, usize)> = Vec::new();
        for table in tables {
            let Some(text) = self.text_of(table) else { continue };
            let span = table.span_of("text");
            match seen.iter().find(|(other, _)| *other == text) {
                Some(&(_, first)) => {
                    let first_line = Place::of(self.problems.source, first).line;
                    self.problems.add(span, Fault::SameText { text, first_line });
                }
                None => seen.push((text, span.start)),
            }
        }
    }

    /// The text of a table in the language that stands in for others.
    fn text_of(&self, table: &Table<'_, '_>) -> Option<String> {
        let text = table.text(&mut self.problems.quiet(), "text")?;
        Some(self.said(&text)).filter(|text| !text.is_empty())
    }

    fn said(&self, text: &crate::survey::Text) -> String {
        let fallback = self.survey.fallback();
        text.get(fallback, fallback).trim().to_owned()
    }

    /// Notes a doubt at the id of a table.
    fn at(&mut self, key: &'static str, id: &str, fault: Fault) {
        if let Some(table) = self.root.named(&mut self.problems.quiet(), key, id) {
            self.problems.add(table.span_of("id"), fault);
        }
    }
}

/// The whole numbers that an option's words cover: `25 - 34`, `Trên 60`, `under 18`, `65+`.
/// Years are no bands: a school year begins in the one the last has ended in.
fn band(text: &str) -> Option<(i64, i64)> {
    let text = text.to_lowercase();
    let numbers: Vec<i64> = text
        .split(|c: char| !c.is_ascii_digit() && c != '.')
        .filter_map(|word| word.replace('.', "").parse().ok())
        .filter(|number| *number < 1_000_000_000)
        .collect();
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    match numbers[..] {
        [low, high] if low <= high && has(&["-", "–", "—", "đến", " to "]) => {
            (!(1900..2100).contains(&low)).then_some((low, high))
        }
        [limit] if has(&["trở lên", "or more", "or over", "and over", "and above", "+", "≥", "từ "]) => {
            Some((limit, i64::MAX))
        }
        [limit] if has(&["trở xuống", "or less", "and under", "≤"]) => Some((i64::MIN, limit)),
        [limit] if has(&["trên", "over", "more than", "above", ">"]) => Some((limit + 1, i64::MAX)),
        [limit] if has(&["dưới", "under", "less than", "below", "<"]) => Some((i64::MIN, limit - 1)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::band;

    #[test]
    fn bands_are_read_from_their_words() {
        assert_eq!(band("18 - 24"), Some((18, 24)));
        assert_eq!(band("25–34 tuổi"), Some((25, 34)));
        assert_eq!(band("từ 35 đến 49"), Some((35, 49)));
        assert_eq!(band("Trên 60"), Some((61, i64::MAX)));
        assert_eq!(band("60 tuổi trở lên"), Some((60, i64::MAX)));
        assert_eq!(band("65+"), Some((65, i64::MAX)));
        assert_eq!(band("Dưới 18"), Some((i64::MIN, 17)));
        assert_eq!(band("1.000.000 - 2.000.000 đồng"), Some((1_000_000, 2_000_000)));
        assert_eq!(band("2024 - 2025"), None);
        assert_eq!(band("Cấp 1"), None);
        assert_eq!(band("Nam"), None);
    }
}
