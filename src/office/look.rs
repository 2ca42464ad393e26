//! How figures are looked at, and what is then shown.

use serde::{Deserialize, Serialize};

use super::Library;
use crate::dataset::{Dataset, Key, Period};
use crate::report::{self, Channels, Population, Request, Results};
use crate::response::Moment;
use crate::scoring::Confidence;
use crate::survey::Survey;
use crate::survey::method::{Definition, Formula};

/// The measure that is shown unless another is chosen.
pub const OVERALL: &str = "overall";

/// What is chosen. A choice that the survey knows nothing of counts as none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Look {
    /// Id of the survey.
    pub survey: String,
    /// A formula beside those of the definition.
    pub formula: Option<Formula>,
    /// How sure intervals are to be.
    pub confidence: Confidence,
    /// Which responses are counted where there are both kinds; `None`: nobody chose.
    pub channels: Option<Channels>,
    /// How many dossiers were handled, where it is known.
    pub dossiers: Option<u64>,
    /// Only responses that have one of these values of each key.
    pub only: Vec<(String, Vec<String>)>,
    /// Names of what the groups are told apart by; empty: nothing.
    pub by: [String; 2],
    /// The length of time they are told apart by.
    pub period: Option<Period>,
    /// The measure of the groups.
    pub measure: String,
    /// The groups are for publication.
    pub is_public: bool,
}

/// What is shown of a survey under a look.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shown {
    /// Id of the survey.
    pub survey: String,
    /// The figures of all responses asked for.
    pub results: Results,
    /// Those of the groups asked for, of one measure.
    pub groups: Option<Results>,
    /// How many responses are of a sample, and how many of people who chose to answer.
    pub collected: (u64, u64),
    /// Codes of units that are on no list.
    pub unknown_units: Vec<String>,
}

impl Look {
    /// What the groups are told apart by.
    pub fn keys(&self, survey: &Survey) -> Vec<Key> {
        let mut keys: Vec<Key> = Vec::new();
        for name in &self.by {
            let key = Key::parse(survey, name).ok();
            keys.extend(key.filter(|key| !keys.contains(key)));
        }
        keys
    }

    fn only(&self, survey: &Survey) -> Vec<(Key, Vec<String>)> {
        let key = |(name, values): &(String, Vec<String>)| Some((Key::parse(survey, name).ok()?, values.clone()));
        self.only.iter().filter_map(key).collect()
    }

    /// What to work out, without groups. `collected`: how many responses are of a sample, and how many of
    /// people who chose to answer.
    fn request(&self, definition: &Definition, collected: (u64, u64)) -> Request {
        let other = self.formula.filter(|formula| is_offered(definition, *formula));
        let own = || definition.method.formulas.iter().copied();
        let formulas = other.map(|other| own().chain([other]).collect()).unwrap_or_default();
        let population = self.dossiers.map(|number| Population { keys: Vec::new(), strata: [(vec![], number)].into() });
        Request {
            formulas,
            only: self.only(&definition.survey),
            confidence: self.confidence,
            population,
            channels: self.channels_of(collected),
            ..Request::default()
        }
    }

    /// The same for groups; nothing where no groups are asked for.
    fn group_request(&self, definition: &Definition, collected: (u64, u64)) -> Option<Request> {
        let by = self.keys(&definition.survey);
        (!by.is_empty() || self.period.is_some()).then(|| Request {
            formulas: vec![definition.method.official()],
            by,
            period: self.period,
            is_public: self.is_public,
            // One number of all dossiers says nothing of how many there are of a group.
            population: None,
            ..self.request(definition, collected)
        })
    }

    /// Which responses are counted: where there are both kinds, the sample, unless someone chose.
    pub fn channels_of(&self, (sample, own_choice): (u64, u64)) -> Channels {
        let chosen = self.channels;
        if sample > 0 && own_choice > 0 { chosen.unwrap_or(Channels::Sample) } else { Channels::All }
    }
}

impl Shown {
    /// Works out what is shown of these responses.
    pub fn of(library: &Library, look: &Look, dataset: &Dataset, now: Moment) -> Shown {
        let setting = library.scoring(&look.survey, now);
        let survey = &setting.definition.survey;
        let collected = report::collected(&setting, dataset, &look.only(survey));
        let results = Results::of(&setting, dataset, &look.request(setting.definition, collected));
        let groups = look.group_request(setting.definition, collected).map(|request| {
            let mut groups = Results::of(&setting, dataset, &request);
            // One measure is shown at a time: of many groups all measures are more than a page should carry.
            let is_there = groups.rows.iter().any(|row| row.measure == look.measure);
            let measure = if is_there { look.measure.as_str() } else { OVERALL };
            groups.rows.retain(|row| row.measure == measure);
            groups.board.clear();
            groups.figures.clear();
            groups
        });
        let is_unknown =
            |code: &&str| !code.is_empty() && !library.units.is_empty() && !library.units.contains_key(*code);
        let mut unknown_units: Vec<String> = dataset.units().filter(is_unknown).map(str::to_owned).collect();
        unknown_units.sort();
        Shown { survey: survey.id.clone(), results, groups, collected, unknown_units }
    }
}

/// Whether a formula can stand beside those of a definition.
pub(crate) fn is_offered(definition: &Definition, formula: Formula) -> bool {
    formula.fits(&definition.survey) && !definition.method.formulas.contains(&formula)
}

/// The formulas that can stand beside those of a definition.
pub fn offered(definition: &Definition) -> Vec<Formula> {
    Formula::ALL.into_iter().filter(|formula| is_offered(definition, *formula)).collect()
}
