//! Reading the questions of a definition, in the order they are asked.

use super::conditions::Asked;
use super::toml_tree::{At, Problems, Table};
use super::{Ids, bounded, check_id, choose, not_empty, reference, required_id, required_text};
use crate::response::ATTRIBUTES;
use crate::survey::condition::Condition;
use crate::survey::problem::{Fault, IdRule, Misfit, Thing};
use crate::survey::{Attribute, Choice, Factor, Item, Kind, Question, Scale, Section};

/// What the head of the file declares.
pub(super) struct Context<'c> {
    pub(super) scales: &'c [Scale],
    pub(super) factors: &'c [Factor],
    /// The main question of a kiosk, and the condition for asking more after it.
    pub(super) main_and_more: Option<(&'c str, &'c At<String>)>,
}

/// The sections, what a kiosk asks after its main question, and the ids of questions whose
/// definition has a mistake of its own.
pub(super) fn sections(
    root: &Table<'_, '_>,
    problems: &mut Problems<'_>,
    context: &Context<'_>,
) -> (Vec<Section>, Option<Condition>, Vec<String>) {
    let tables = root.tables(problems, "section");
    not_empty(&tables, root, problems, "section");
    let asked = Asked::of(&tables, problems);
    let mut reader =
        Questions { context, asked, ids: Ids::new(), attributes: Ids::new(), more: None, unread: Vec::new() };
    let mut section_ids = Ids::new();
    let mut sections = Vec::new();
    for table in tables {
        let id = required_id(&table, problems, IdRule::Option);
        if let Some(id) = &id {
            section_ids.note(problems, id);
        }
        let text = required_text(&table, problems, "text");
        let note = table.text(problems, "note");
        let when = reader.asked.condition(&table, problems, &[]);
        let mut questions = Vec::new();
        for question in table.tables(problems, "question") {
            questions.extend(reader.question(&question, problems, when.as_ref()));
        }
        not_empty(&questions, &table, problems, "question");
        table.finish(problems);
        sections.push(Section { id: id.map_or_else(String::new, |at| at.value), text, note, questions });
    }
    (sections, reader.more, reader.unread)
}

/// The conditions joined with "and", without needless nesting.
fn all(conditions: &[Condition]) -> Option<Condition> {
    match conditions {
        [] => None,
        [one] => Some(one.clone()),
        many => Some(Condition::All(many.to_vec())),
    }
}

struct Questions<'c> {
    context: &'c Context<'c>,
    asked: Asked,
    ids: Ids,
    attributes: Ids,
    more: Option<Condition>,
    unread: Vec<String>,
}

const ATTRIBUTES_ASKED: [(&str, Attribute); 2] = [("field", Attribute::Field), ("counter", Attribute::Counter)];

const KINDS: [&str; 7] = ["rating", "matrix", "single", "multiple", "contacts", "number", "text"];

impl Questions<'_> {
    /// Reads a question. What its section requires becomes part of its own condition.
    fn question(
        &mut self,
        table: &Table<'_, '_>,
        problems: &mut Problems<'_>,
        section: Option<&Condition>,
    ) -> Option<Question> {
        let id = self.id(table, problems);
        let text = required_text(table, problems, "text");
        let hint = table.text(problems, "hint");
        let required = table.switch(problems, "required");
        let mut when: Vec<Condition> = section.cloned().into_iter().collect();
        when.extend(self.asked.condition(table, problems, &when));
        let attribute = table.string(problems, "attribute");
        let audio = table.string(problems, "audio");
        audio.iter().for_each(|audio| check_id(problems, audio, IdRule::Survey));
        let audio = audio.map(|at| at.value);
        let kind = table.string(problems, "kind");
        let kind = table.require(problems, "kind", kind)?;
        let kind = match kind.value.as_str() {
            "rating" => {
                let (scale, factor) = self.scale_and_factor(table, problems);
                Kind::Rating { scale, factor }
            }
            "matrix" => self.matrix(table, problems, required, &when),
            "single" => Kind::Single { options: self.options(table, problems, &kind.value) },
            "multiple" => Kind::Multiple { options: self.options(table, problems, &kind.value) },
            "contacts" => Kind::Contacts { options: self.options(table, problems, &kind.value) },
            "number" => number(table, problems),
            "text" => {
                let max_length = bounded(table, problems, "max_length", 1..=2000).unwrap_or(2000);
                Kind::Text { max_length: u32::try_from(max_length).unwrap_or(2000) }
            }
            _ => {
                let known = KINDS.map(str::to_owned).to_vec();
                problems.add(kind.span, Fault::UnknownReference { to: Thing::Kind, id: kind.value, known });
                let id = id.map_or_else(String::new, |at| at.value);
                self.unread.push(id.clone());
                self.asked.add_unknown(id);
                return None;
            }
        };
        let attribute = attribute.and_then(|at| self.attribute(&at, &kind, problems));
        table.finish(problems);
        let id = id.map_or_else(String::new, |at| at.value);
        let question = Question { id, text, hint, required, when: all(&when), attribute, audio, kind };
        self.asked.add(&question, self.context.scales);
        if let Some((main, more)) = self.context.main_and_more
            && question.columns().any(|column| column.id == main)
        {
            self.more = self.asked.condition_at(more, problems, &[]);
        }
        Some(question)
    }

    /// The attribute a question asks for, each of them only once.
    fn attribute(&mut self, at: &At<String>, kind: &Kind, problems: &mut Problems<'_>) -> Option<Attribute> {
        let attribute = choose(problems, Thing::Attribute, at, &ATTRIBUTES_ASKED)?;
        self.attributes.note(problems, at);
        match kind {
            Kind::Single { options } if options.iter().all(|option| !option.specify) => Some(attribute),
            _ => {
                problems.add(at.span.clone(), Fault::Misfit(Misfit::AttributeOfSingle));
                None
            }
        }
    }

    /// The id of a question or an item.
    fn id(&mut self, table: &Table<'_, '_>, problems: &mut Problems<'_>) -> Option<At<String>> {
        let id = required_id(table, problems, IdRule::Column)?;
        let is_measure = self.context.factors.iter().any(|f| f.id == id.value || f.part == id.value);
        let is_taken = ATTRIBUTES.contains(&id.value.as_str()) || id.value == "overall";
        if is_taken || is_measure {
            problems.add(id.span.clone(), Fault::ReservedId { id: id.value.clone() });
        }
        self.ids.note(problems, &id);
        Some(id)
    }

    fn scale_and_factor(&self, table: &Table<'_, '_>, problems: &mut Problems<'_>) -> (String, Option<String>) {
        let scale = table.string(problems, "scale");
        let scale = table.require(problems, "scale", scale);
        let factor = table.string(problems, "factor");
        if let Some(scale) = &scale {
            let known: Vec<String> = self.context.scales.iter().map(|s| s.id.clone()).collect();
            reference(problems, Thing::Scale, scale, &known);
            let found = self.context.scales.iter().find(|s| s.id == scale.value);
            if factor.is_some() && found.is_some_and(|s| s.levels.iter().all(|level| !level.satisfied)) {
                let fault = Fault::NoSatisfiedLevel { scale: scale.value.clone() };
                problems.add(table.span_of("factor"), fault);
            }
        }
        if let Some(factor) = &factor {
            let known: Vec<String> = self.context.factors.iter().map(|f| f.id.clone()).collect();
            reference(problems, Thing::Factor, factor, &known);
        }
        (scale.map_or_else(String::new, |at| at.value), factor.map(|at| at.value))
    }

    fn matrix(
        &mut self,
        table: &Table<'_, '_>,
        problems: &mut Problems<'_>,
        required: bool,
        outer: &[Condition],
    ) -> Kind {
        let (scale, factor) = self.scale_and_factor(table, problems);
        let together = table.switch(problems, "together");
        let mut items = Vec::new();
        for item in table.tables(problems, "item") {
            let id = self.id(&item, problems);
            let text = required_text(&item, problems, "text");
            let hint = item.text(problems, "hint");
            let when = self.asked.condition(&item, problems, outer);
            item.finish(problems);
            let id = id.map_or_else(String::new, |at| at.value);
            if !together {
                let when = outer.iter().chain(&when).cloned().collect();
                self.asked.add_item(&id, &scale, self.context.scales, required, when);
            }
            items.push(Item { id, text, hint, when });
        }
        not_empty(&items, table, problems, "item");
        Kind::Matrix { scale, factor, together, items }
    }

    fn options(&mut self, table: &Table<'_, '_>, problems: &mut Problems<'_>, kind: &str) -> Vec<Choice> {
        let mut ids = Ids::new();
        let mut options = Vec::new();
        for option in table.tables(problems, "option") {
            let id = option.string(problems, "id");
            let id = option.require(problems, "id", id);
            if let Some(id) = &id {
                check_id(problems, id, IdRule::Option);
                ids.note(problems, id);
            }
            let text = required_text(&option, problems, "text");
            let specify = option.switch(problems, "specify");
            let exclusive = kind == "multiple" && option.switch(problems, "exclusive");
            let times = if kind == "contacts" {
                let times = bounded(&option, problems, "times", 0..=1000);
                option.require(problems, "times", times).and_then(|t| u32::try_from(t).ok())
            } else {
                None
            };
            option.finish(problems);
            if specify && options.iter().any(|option: &Choice| option.specify) {
                problems.add(option.span.clone(), Fault::SecondSpecify);
            } else if specify {
                self.note_specify_column(table, problems);
            }
            let id = id.map_or_else(String::new, |at| at.value);
            options.push(Choice { id, text, specify, exclusive, times });
        }
        not_empty(&options, table, problems, "option");
        options
    }

    /// The words beside an option have a column of their own.
    fn note_specify_column(&mut self, table: &Table<'_, '_>, problems: &mut Problems<'_>) {
        if let Some(id) = table.string(problems, "id") {
            self.ids.note(problems, &At { value: format!("{}_other", id.value), span: id.span });
        }
    }
}

fn number(table: &Table<'_, '_>, problems: &mut Problems<'_>) -> Kind {
    const WIDEST: i64 = crate::interview::WIDEST_NUMBER;
    let min = bounded(table, problems, "min", -WIDEST..=WIDEST);
    let max = bounded(table, problems, "max", -WIDEST..=WIDEST);
    if let (Some(min), Some(max)) = (min, max)
        && max < min
    {
        problems.add(table.span_of("max"), Fault::Reversed { low: "min", high: "max" });
    }
    Kind::Number { min, max }
}
