//! How the figures are looked at: what an official chooses beside the files.

use leptos::prelude::*;

use crate::dataset::{Key, Period};
use crate::office::Look;
pub use crate::office::{OVERALL, offered};
use crate::report::Channels;
use crate::scoring::Confidence;
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
    /// Only responses that have one of these values of each key.
    pub only: RwSignal<Vec<(String, Vec<String>)>>,
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

impl View {
    /// Nothing is chosen yet.
    pub fn new() -> View {
        View {
            formula: RwSignal::new(None),
            confidence: RwSignal::new(Confidence::default()),
            channels: RwSignal::new(None),
            dossiers: RwSignal::new(None),
            only: RwSignal::new(Vec::new()),
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
        if self.formula.get_untracked().is_some_and(|formula| !offered(definition).contains(&formula)) {
            self.formula.set(None);
        }
        self.measure.set(OVERALL.to_owned());
        let fits = |(key, _): &(String, Vec<String>)| Key::parse(survey, key).is_ok();
        if !self.only.with_untracked(|only| only.iter().all(fits)) {
            self.only.update(|only| only.retain(fits));
        }
        // Both were said of another survey's responses.
        self.dossiers.set(None);
        self.channels.set(None);
    }

    /// Only responses with this value of a key from now on.
    pub fn narrow(self, key: &str, value: &str) {
        self.only.update(|only| {
            only.retain(|(known, _)| known != key);
            only.push((key.to_owned(), vec![value.to_owned()]));
        });
    }

    /// Which responses are counted: where there are both kinds, the sample, unless someone chose. Tracks.
    pub fn channels_of(self, collected: (u64, u64)) -> Channels {
        Look { channels: self.channels.get(), ..Look::default() }.channels_of(collected)
    }

    /// All that is chosen, of this survey. Tracks.
    pub fn look(self, survey: String) -> Look {
        Look {
            survey,
            formula: self.formula.get(),
            confidence: self.confidence.get(),
            channels: self.channels.get(),
            dossiers: self.dossiers.get(),
            only: self.only.get(),
            by: self.by.map(|name| name.get()),
            period: self.period.get(),
            measure: self.measure.get(),
            is_public: self.is_public.get(),
        }
    }

    /// Tracks all that is chosen.
    pub fn track(self) {
        let _ = self.look(String::new());
    }
}
