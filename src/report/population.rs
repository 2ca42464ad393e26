//! How many people, or dossiers, the responses stand for.

use crate::dataset::Key;

/// Numbers of people by stratum.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Population {
    /// What strata are told apart by; none: one number for all.
    pub keys: Vec<Key>,
    /// For each stratum its value of every key, and the number.
    pub strata: Vec<(Vec<String>, u64)>,
}

impl Population {
    /// How many there are where these keys have these values; `None` where nothing is known of them.
    pub fn of(&self, group: &[(String, String)]) -> Option<u64> {
        let mut found = self.strata.iter().filter(|(values, _)| self.fits(values, group)).peekable();
        found.peek()?;
        Some(found.map(|(_, number)| number).sum())
    }

    /// The strata within a group that have people, by their values.
    pub fn within(&self, group: &[(String, String)]) -> impl Iterator<Item = &(Vec<String>, u64)> {
        self.strata.iter().filter(move |(values, number)| *number > 0 && self.fits(values, group))
    }

    fn fits(&self, values: &[String], group: &[(String, String)]) -> bool {
        let wanted = |key: &Key| group.iter().find(|(name, _)| name == key.id()).map(|(_, value)| value);
        self.keys.iter().zip(values).all(|(key, value)| wanted(key).is_none_or(|wanted| wanted == value))
    }
}
