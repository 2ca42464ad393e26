//! The groups a row of the sheet `survey` stands in, and the section they make.

use super::writer::{Texts, Writer};

/// A group that has begun.
#[derive(Clone)]
pub struct Group {
    pub row: usize,
    pub id: String,
    /// Empty: the group only carries a condition.
    pub texts: Texts,
    /// Its hint, which becomes the section's note.
    pub note: Texts,
    pub condition: Option<String>,
    pub kind: Kind,
}

#[derive(Clone, PartialEq)]
pub enum Kind {
    Section,
    /// Ratings of one list, shown together.
    Table,
}

/// The open groups, outermost first.
#[derive(Default)]
pub struct Groups(pub Vec<Group>);

impl Groups {
    /// The innermost group with a heading: what the section is called.
    pub fn section(&self) -> Option<&Group> {
        self.0.iter().rev().find(|group| group.kind == Kind::Section && !group.texts.is_empty())
    }

    pub fn table(&self) -> Option<&Group> {
        self.0.last().filter(|group| group.kind == Kind::Table)
    }

    /// The conditions of all groups down to the section's own.
    pub fn section_condition(&self) -> Option<String> {
        let depth = self.section_depth();
        all(self.0[..depth].iter().filter_map(|group| group.condition.clone()))
    }

    /// The conditions below the section's own group, then the question's.
    pub fn question_condition(&self, own: Option<String>) -> Option<String> {
        let depth = self.section_depth();
        let inner = self.0[depth..].iter().filter(|group| group.kind == Kind::Section);
        all(inner.filter_map(|group| group.condition.clone()).chain(own))
    }

    fn section_depth(&self) -> usize {
        let is_section = |group: &Group| group.kind == Kind::Section && !group.texts.is_empty();
        self.0.iter().rposition(is_section).map_or(0, |at| at + 1)
    }
}

/// Conditions joined with "and".
fn all(conditions: impl Iterator<Item = String>) -> Option<String> {
    let conditions: Vec<String> = conditions.collect();
    match &conditions[..] {
        [] => None,
        [one] => Some(one.clone()),
        many => Some(many.iter().map(|one| format!("({one})")).collect::<Vec<_>>().join(" and ")),
    }
}

/// A section as it is written: its head, then its questions.
pub struct Section {
    pub group: Option<usize>,
    pub id: String,
    pub texts: Texts,
    pub condition: Option<String>,
    pub note: Texts,
    pub body: Writer,
    pub questions: usize,
}
