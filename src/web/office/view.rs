//! How the figures are looked at: what an official chooses beside the files.

use leptos::prelude::*;

use crate::dataset::{Key, Period};
use crate::report::{Channels, Population, Request};
use crate::scoring::Confidence;
use crate::survey::Survey;
use crate::survey::method::{Definition, Formula};

/// What is chosen. A choice that the shown survey knows nothing of counts as none.
#[derive(Clone, Copy)]
pub struct View {
    /// A formula beside those of the definition.
    pub formula: RwSignal<Option<Formula>>,
    /// How sure intervals are to be.
    pub confidence: RwSignal<Confidence>,
    /// Which responses are counted where there are both kinds; `None`: nobody chose.
    pub channels: RwSignal<Option<Channels>>,
    /// How many dossiers were handled, where it is known.
    pub dossiers: RwSignal<Option<u64>>,
    /// Names of what the groups are told apart by; empty: nothing.
    pub by: [RwSignal<String>; 2],
    /// The length of time they are told apart by.
    pub period: RwSignal<Option<Period>>,
    /// The measure of the groups.
    pub measure: RwSignal<String>,
    /// The groups are for publication.
    pub is_public: RwSignal<bool>,
    /// Id of the survey that all this was chosen for.
    survey: StoredValue<String>,
}

/// The measure that is shown unless another is chosen.
pub const OVERALL: &str = "overall";

impl View {
    /// Nothing is chosen yet.
    pub fn new() -> View {
        View {
            formula: RwSignal::new(None),
            confidence: RwSignal::new(Confidence::default()),
            channels: RwSignal::new(None),
            dossiers: RwSignal::new(None),
            by: [(); 2].map(|()| RwSignal::new(String::new())),
            period: RwSignal::new(None),
            measure: RwSignal::new(OVERALL.to_owned()),
            is_public: RwSignal::new(false),
            survey: StoredValue::new(String::new()),
        }
    }

    /// Forgets what another survey knows nothing of.
    pub fn keep_what_fits(self, definition: &Definition) {
        let survey = &definition.survey;
        let before = self.survey.get_value();
        self.survey.set_value(survey.id.clone());
        if before == survey.id || before.is_empty() {
            return;
        }
        for name in self.by {
            if name.with_untracked(|name| !name.is_empty() && Key::parse(survey, name).is_err()) {
                name.set(String::new());
            }
        }
        if self.formula.get_untracked().is_some_and(|formula| !is_offered(definition, formula)) {
            self.formula.set(None);
        }
        self.measure.set(OVERALL.to_owned());
        // Both were said of another survey's responses.
        self.dossiers.set(None);
        self.channels.set(None);
    }

    /// What the groups are told apart by. Tracks.
    pub fn keys(self, survey: &Survey) -> Vec<Key> {
        let mut keys: Vec<Key> = Vec::new();
        for name in self.by {
            let key = name.with(|name| Key::parse(survey, name)).ok();
            keys.extend(key.filter(|key| !keys.contains(key)));
        }
        keys
    }

    /// What to work out for the page, without groups. Tracks. `collected`: how many responses are of
    /// a sample, and how many of people who chose to answer.
    pub fn request(self, definition: &Definition, collected: (u64, u64)) -> Request {
        let other = self.formula.get().filter(|formula| is_offered(definition, *formula));
        let own = || definition.method.formulas.iter().copied();
        let formulas = other.map(|other| own().chain([other]).collect()).unwrap_or_default();
        let population =
            self.dossiers.get().map(|number| Population { keys: Vec::new(), strata: [(vec![], number)].into() });
        Request {
            formulas,
            confidence: self.confidence.get(),
            population,
            channels: self.channels_of(collected),
            ..Request::default()
        }
    }

    /// The same for groups; nothing where no groups are asked for. Tracks.
    pub fn group_request(self, definition: &Definition, collected: (u64, u64)) -> Option<Request> {
        let by = self.keys(&definition.survey);
        let period = self.period.get();
        (!by.is_empty() || period.is_some()).then(|| Request {
            formulas: vec![definition.method.official()],
            by,
            period,
            is_public: self.is_public.get(),
            // One number of all dossiers says nothing of how many there are of a group.
            population: None,
            ..self.request(definition, collected)
        })
    }

    /// Which responses are counted: where there are both kinds, the sample, unless someone chose. Tracks.
    pub fn channels_of(self, (sample, own_choice): (u64, u64)) -> Channels {
        let chosen = self.channels.get();
        if sample > 0 && own_choice > 0 { chosen.unwrap_or(Channels::Sample) } else { Channels::All }
    }
}

/// Whether a formula can stand beside those of a definition.
fn is_offered(definition: &Definition, formula: Formula) -> bool {
    formula.fits(&definition.survey) && !definition.method.formulas.contains(&formula)
}

/// The formulas that can stand beside those of a definition.
pub fn offered(definition: &Definition) -> Vec<Formula> {
    Formula::ALL.into_iter().filter(|formula| is_offered(definition, *formula)).collect()
}
