//! How figures are looked at, and what is then shown.

use std::cmp::Reverse;

use serde::{Deserialize, Serialize};

use super::Library;
use crate::dataset::{Dataset, Key, Period};
use crate::report::{self, Channels, Population, Request, Results, Row, Sources};
use crate::response::Moment;
use crate::scoring::{Confidence, Scheme};
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

/// Groups shown at once; all of them are in their file.
pub const SHOWN_GROUPS: usize = 200;

/// What is shown of a survey under a look.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shown {
    /// Id of the survey.
    pub survey: String,
    /// The figures of all responses asked for.
    pub results: Results,
    /// Those of the groups asked for; `None`: they follow.
    pub grouped: Option<Grouped>,
    /// How many responses are of a sample, and how many of people who chose to answer.
    pub collected: (u64, u64),
    /// Codes of units that are on no list.
    pub unknown_units: Vec<String>,
}

/// What is shown of groups.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Grouped {
    /// Their figures, of one measure: the first rows of its table, in their order. Nothing where no groups are asked for.
    pub groups: Option<Results>,
    /// Groups beyond these.
    pub more: u64,
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

    /// The figures alone, without groups.
    pub fn results(&self, library: &Library, dataset: &Dataset, now: Moment) -> Results {
        let setting = library.scoring(&self.survey, now);
        let sources = Sources::of(&setting, dataset, &self.only(&setting.definition.survey));
        let request = self.request(setting.definition, sources.collected());
        Results::with(&setting, dataset, &request, &sources)
    }

    /// For each response whether it is among those that are counted.
    pub fn counted(&self, library: &Library, dataset: &Dataset, now: Moment) -> Vec<bool> {
        let setting = library.scoring(&self.survey, now);
        let collected = report::collected(&setting, dataset, &self.only(&setting.definition.survey));
        report::counted(&setting, dataset, &self.request(setting.definition, collected))
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
            trend: Some(self.period.unwrap_or(Period::Month)),
            ..Request::default()
        }
    }

    /// The same for groups that are told apart by these keys.
    fn group_request(&self, definition: &Definition, by: Vec<Key>, collected: (u64, u64)) -> Request {
        Request {
            formulas: vec![definition.method.official()],
            by,
            period: self.period,
            is_public: self.is_public,
            // One number of all dossiers says nothing of how many there are of a group.
            population: None,
            // One measure is shown at a time: of many groups all measures are more than a page should carry.
            measure: Some(self.measure_of(definition)),
            trend: None,
            ..self.request(definition, collected)
        }
    }

    /// The measure of the groups: the chosen one, where there is such a one.
    fn measure_of(&self, definition: &Definition) -> String {
        let scheme = Scheme::of(definition);
        let is_there = scheme.measures().iter().any(|measure| measure.id == self.measure);
        if is_there { self.measure.clone() } else { OVERALL.to_owned() }
    }

    /// The same without what only the groups are made by.
    pub fn without_groups(&self) -> Look {
        let Look { by, measure, is_public, .. } = Look::default();
        Look { by, measure, is_public, ..self.clone() }
    }

    /// The figures of all groups asked for, of one measure; nothing where no groups are asked for.
    pub fn groups(&self, library: &Library, dataset: &Dataset, now: Moment) -> Option<Results> {
        let setting = library.scoring(&self.survey, now);
        let by = self.keys(&setting.definition.survey);
        if by.is_empty() && self.period.is_none() {
            return None;
        }
        let sources = Sources::of(&setting, dataset, &self.only(&setting.definition.survey));
        let request = self.group_request(setting.definition, by, sources.collected());
        Some(Results::with(&setting, dataset, &request, &sources))
    }

    /// The values of a key, and how many of the responses that filters by other keys leave have each.
    pub fn values(&self, library: &Library, dataset: &Dataset, key: &str) -> Vec<(String, u64)> {
        let survey = &library.shown(&self.survey).survey;
        let Ok(key) = Key::parse(survey, key) else { return Vec::new() };
        let others = self.only(survey);
        let others = others.iter().filter(|(other, _)| *other != key);
        let mut splits: Vec<_> = others.map(|(other, wanted)| dataset.only(other, wanted, &library.units)).collect();
        splits.push(dataset.split(&key, &library.units));
        let counts = dataset.counts(&splits).into_iter();
        let mut counts: Vec<_> = counts.filter_map(|(mut names, count)| Some((names.pop()?, count))).collect();
        counts.sort();
        counts
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
        Shown { grouped: Some(Grouped::of(library, look, dataset, now)), ..Shown::whole(library, look, dataset, now) }
    }

    /// The same, where the groups follow.
    pub fn whole(library: &Library, look: &Look, dataset: &Dataset, now: Moment) -> Shown {
        let setting = library.scoring(&look.survey, now);
        let survey = &setting.definition.survey;
        let results = look.results(library, dataset, now);
        let is_unknown =
            |code: &&str| !code.is_empty() && !library.units.is_empty() && !library.units.contains_key(*code);
        let mut unknown_units: Vec<String> = dataset.units().filter(is_unknown).map(str::to_owned).collect();
        unknown_units.sort();
        let collected = results.collected;
        Shown { survey: survey.id.clone(), results, grouped: None, collected, unknown_units }
    }
}

impl Grouped {
    /// Works out the groups alone: all else is as under any other look with the same [`Look::without_groups`].
    pub fn of(library: &Library, look: &Look, dataset: &Dataset, now: Moment) -> Grouped {
        let mut groups = look.groups(library, dataset, now);
        let more = groups.as_mut().map_or(0, |groups| first_lines(groups, look.period.is_some()));
        Grouped { groups, more }
    }
}

/// Leaves of groups what a table of them shows first: the latest period first, then the best first, what is hidden
/// last. Returns how many more there are.
fn first_lines(groups: &mut Results, has_period: bool) -> u64 {
    let (has_keys, official) = (!groups.by.is_empty(), groups.official);
    groups.rows.retain(|row| row.group.values.is_empty() != has_keys && row.group.period.is_some() == has_period);
    let rank = |row: &Row| {
        let rank = row.figure(official).and_then(|figured| figured.rank).filter(|_| !row.is_hidden);
        rank.map_or(usize::MAX, |rank| rank.rank)
    };
    groups.rows.sort_by_cached_key(|row| {
        (Reverse(row.group.period.clone()), row.is_hidden, rank(row), row.group.values.clone())
    });
    let more = groups.rows.len().saturating_sub(SHOWN_GROUPS);
    groups.rows.truncate(SHOWN_GROUPS);
    more as u64
}

/// Whether a formula can stand beside those of a definition.
pub(crate) fn is_offered(definition: &Definition, formula: Formula) -> bool {
    formula.fits(&definition.survey) && !definition.method.formulas.contains(&formula)
}

/// The formulas that can stand beside those of a definition.
pub fn offered(definition: &Definition) -> Vec<Formula> {
    Formula::ALL.into_iter().filter(|formula| is_offered(definition, *formula)).collect()
}
