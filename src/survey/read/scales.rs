//! Reading the scales of a definition.

use super::toml_tree::{At, Problems, Table};
use super::{Ids, bounded, choose, not_empty, required_id, required_text};
use crate::survey::problem::{Fault, IdRule, Thing};
use crate::survey::{Face, Level, Missing, MissingChoice, Scale};

pub(super) fn scales(root: &Table<'_, '_>, problems: &mut Problems<'_>) -> Vec<Scale> {
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
        let points = bounded(&table, problems, "points", 0..=100).and_then(|points| u8::try_from(points).ok());
        let satisfied = table.switch(problems, "satisfied");
        let face = table.string(problems, "face").and_then(|at| choose(problems, Thing::Face, &at, &FACES));
        table.finish(problems);
        let Some(code) = code else { continue };
        codes.note(problems, &At { value: code.value.to_string(), span: code.span.clone() });
        match u8::try_from(code.value) {
            Ok(code) if code <= 9 => levels.push(Level { code, text, points, satisfied, face }),
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

fn missing(table: &Table<'_, '_>, problems: &mut Problems<'_>, reasons: &mut Ids) -> Option<MissingChoice> {
    let reason = table.string(problems, "reason");
    let reason = table.require(problems, "reason", reason);
    let text = required_text(table, problems, "text");
    table.finish(problems);
    let reason = reason?;
    reasons.note(problems, &reason);
    let reason = choose(problems, Thing::Missing, &reason, &REASONS)?;
    Some(MissingChoice { reason, text })
}
