//! The definitions that are used at a desk.

use crate::exchange::responses;
use crate::report;
use crate::response::Moment;
use crate::survey::method::Definition;
use crate::survey::target::Target;
use crate::survey::unit::Units;

/// The definitions.
#[derive(Clone, Debug)]
pub struct Library {
    /// At least one.
    pub definitions: Vec<Definition>,
    /// Of all periods.
    pub targets: Vec<Target>,
    /// Of the whole country; empty where the list could not be loaded.
    pub units: Units,
}

impl Library {
    /// The definition of the survey with this id.
    pub fn find(&self, id: &str) -> Option<&Definition> {
        self.definitions.iter().find(|definition| definition.survey.id == id)
    }

    /// The title of the survey with this id.
    pub fn title(&self, id: &str, language: &str) -> String {
        let survey = &self.shown(id).survey;
        survey.title.get(language, survey.fallback()).to_owned()
    }

    /// The definition to show for this id: the first one, where it is not there.
    pub fn shown(&self, id: &str) -> &Definition {
        self.find(id).unwrap_or(&self.definitions[0])
    }

    /// Puts a definition in the place of the one with its id, or beside the others.
    pub fn put(&mut self, definition: Definition) {
        match self.definitions.iter_mut().find(|known| known.survey.id == definition.survey.id) {
            Some(known) => *known = definition,
            None => self.definitions.push(definition),
        }
    }

    /// Takes a definition away. The last one stays.
    pub fn remove(&mut self, id: &str) {
        if self.definitions.len() > 1 {
            self.definitions.retain(|definition| definition.survey.id != id);
        }
    }

    /// What responses to the survey with this id are read against.
    pub fn reading(&self, id: &str, now: Moment) -> responses::Setting<'_> {
        responses::Setting { definition: self.shown(id), units: &self.units, now }
    }

    /// What the figures of the survey with this id are made with.
    pub fn scoring(&self, id: &str, now: Moment) -> report::Setting<'_> {
        let (targets, units) = (&self.targets, &self.units);
        report::Setting { definition: self.shown(id), targets, units, today: now.date_naive() }
    }
}
