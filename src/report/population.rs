//! How many people, or dossiers, the responses stand for.

use std::collections::BTreeMap;

use crate::dataset::Key;

/// What a group is restricted to: names of keys, each with the values that are in it.
pub(super) type Restricted = Vec<(String, Vec<String>)>;

/// Numbers of people by stratum.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Population {
    /// What strata are told apart by; none: one number for all.
    pub keys: Vec<Key>,
    /// For each stratum its value of every key, and the number.
    pub strata: BTreeMap<Vec<String>, u64>,
}

impl Population {
    /// Whether the numbers tell how many there are in a group: those for a whole year say nothing
    /// about a month, those for fields nothing about a unit.
    pub(super) fn tells(&self, group: &Restricted) -> bool {
        group.iter().all(|(name, _)| self.keys.iter().any(|key| key.id() == name))
    }

    /// The strata within a group that have people.
    pub(super) fn within(&self, group: &Restricted) -> impl Iterator<Item = (&Vec<String>, &u64)> {
        let is_in = |values: &[String]| {
            let wanted = |key: &Key| group.iter().find(|(name, _)| name == key.id()).map(|(_, wanted)| wanted);
            self.keys.iter().zip(values).all(|(key, value)| wanted(key).is_none_or(|wanted| wanted.contains(value)))
        };
        self.strata.iter().filter(move |(values, number)| **number > 0 && is_in(values))
    }

    /// The number of a stratum, where there is one.
    pub(super) fn of(&self, stratum: &[String]) -> Option<u64> {
        self.strata.get(stratum).copied().filter(|number| *number > 0)
    }
}
