//! What responses can be told apart by.

use serde::{Deserialize, Serialize};

use super::column::Coded;
use super::{Dataset, Split};
use crate::survey::unit::{Unit, Units};
use crate::survey::{Kind, Survey};

/// A length of time that has a calendar name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Period {
    /// `2026-03`.
    Month,
    /// `2026-Q1`.
    Quarter,
    /// `2026-H1`.
    Half,
    /// `2026`.
    Year,
}

impl Period {
    /// All of them.
    pub const ALL: [Period; 4] = [Period::Month, Period::Quarter, Period::Half, Period::Year];

    /// Its name as a key.
    pub fn id(self) -> &'static str {
        match self {
            Period::Month => "month",
            Period::Quarter => "quarter",
            Period::Half => "half",
            Period::Year => "year",
        }
    }

    /// The period with this name.
    pub fn by_id(id: &str) -> Option<Period> {
        Period::ALL.into_iter().find(|period| period.id() == id)
    }

    /// The name of the period that a day (`2026-03-31`) is in.
    pub fn of(self, day: &str) -> String {
        let year = day.get(..4).unwrap_or(day);
        let month: u32 = day.get(5..7).and_then(|month| month.parse().ok()).unwrap_or(1);
        match self {
            Period::Month => day.get(..7).unwrap_or(day).to_owned(),
            Period::Quarter => format!("{year}-Q{}", month.div_ceil(3)),
            Period::Half => format!("{year}-H{}", month.div_ceil(6)),
            Period::Year => year.to_owned(),
        }
    }

    /// The name of the period before the one with this name.
    pub fn before(self, name: &str) -> Option<String> {
        let year: i32 = name.get(..4)?.parse().ok()?;
        let (parts, letter) = match self {
            Period::Month => (12, "-"),
            Period::Quarter => (4, "-Q"),
            Period::Half => (2, "-H"),
            Period::Year => return Some(format!("{:04}", year - 1)),
        };
        let at: i32 = name.get(4..)?.strip_prefix(letter)?.parse().ok()?;
        let (year, at) = if at > 1 { (year, at - 1) } else { (year - 1, parts) };
        Some(match self {
            Period::Month => format!("{year:04}-{at:02}"),
            _ => format!("{year:04}{letter}{at}"),
        })
    }
}

/// What responses can be told apart by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Key {
    /// A column beside the answers: `unit`, `field`, `counter`, `officer`, `channel`, `language`, `status`, `origin`.
    Column(&'static str),
    /// The province a unit is in, by its code.
    Province,
    /// The time of submission.
    Time(Period),
    /// The answer to a question: its name, and where it is among [`Survey::counted`].
    Answer(String, usize),
}

/// Why a name is no key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyProblem {
    /// There is nothing of this name. All that there is.
    Unknown {
        /// The name.
        name: String,
        /// All names that can be used.
        known: Vec<String>,
    },
    /// A question of this name is there, but no one belongs to just one group by it: it is scored,
    /// takes several answers, a number or words.
    NoGroups {
        /// The name.
        name: String,
    },
}

impl Key {
    /// The key of this name.
    ///
    /// # Errors
    /// Where there is none, or it makes no groups.
    pub fn parse(survey: &Survey, name: &str) -> Result<Key, KeyProblem> {
        let known = Key::all(survey);
        match known.iter().find(|key| key.id() == name) {
            Some(key) => Ok(key.clone()),
            None if survey.column(name).is_some() => Err(KeyProblem::NoGroups { name: name.to_owned() }),
            None => {
                let known = known.iter().map(|key| key.id().to_owned()).collect();
                Err(KeyProblem::Unknown { name: name.to_owned(), known })
            }
        }
    }

    /// Everything that responses to this survey can be told apart by.
    pub fn all(survey: &Survey) -> Vec<Key> {
        let before = ["unit"].map(Key::Column).into_iter().chain([Key::Province]);
        let columns = ["field", "channel", "counter", "officer", "language", "status", "origin"].map(Key::Column);
        let answers = survey.counted().enumerate().filter_map(|(at, column)| {
            let makes_groups =
                matches!(column.question.kind, Kind::Single { .. } | Kind::Contacts { .. } | Kind::Rating { .. })
                    || matches!(column.question.kind, Kind::Matrix { .. });
            makes_groups.then(|| Key::Answer(column.id.to_owned(), at))
        });
        before.chain(columns).chain(Period::ALL.map(Key::Time)).chain(answers).collect()
    }

    /// Its name.
    pub fn id(&self) -> &str {
        match self {
            Key::Column(name) => name,
            Key::Province => "province",
            Key::Time(period) => period.id(),
            Key::Answer(name, _) => name,
        }
    }
}

impl Dataset {
    /// The column that a key is made of.
    fn source(&self, key: &Key) -> &Coded {
        match key {
            Key::Column(name) => self.column(name),
            Key::Province => self.column("unit"),
            Key::Time(_) => &self.day,
            Key::Answer(_, at) => &self.answers[*at],
        }
    }

    /// The split of the responses by a key; `units` knows the provinces.
    pub fn split(&self, key: &Key, units: &Units) -> Split<'_> {
        Split::by(self.source(key), |value| group_of(key, value, units))
    }

    /// The split by what `name` makes of each value of a key's column.
    pub(crate) fn split_by(&self, key: &Key, name: impl Fn(&str) -> String) -> Split<'_> {
        Split::by(self.source(key), name)
    }

    /// The split into those in one of these groups of a key, and those left out.
    pub fn only(&self, key: &Key, wanted: &[String], units: &Units) -> Split<'_> {
        Split::keeping(self.source(key), |value| wanted.contains(&group_of(key, value, units)))
    }
}

/// The group that a value belongs to.
fn group_of(key: &Key, value: &str, units: &Units) -> String {
    match key {
        Key::Province => province(value, units),
        Key::Time(period) => period.of(value),
        Key::Column(_) | Key::Answer(..) => value.to_owned(),
    }
}

/// The code of the province a unit is in; of a unit that is on no list, nothing.
fn province(code: &str, units: &Units) -> String {
    match units.get(code) {
        Some(unit) if unit.province.is_none() => code.to_owned(),
        Some(unit) => {
            let is_it =
                |(_, other): &(&String, &Unit)| other.province.is_none() && Some(&other.name) == unit.province.as_ref();
            units.iter().find(is_it).map(|(code, _)| code.clone()).unwrap_or_default()
        }
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_have_names_and_one_before_them() {
        let names = |day| Period::ALL.map(|period| period.of(day));
        assert_eq!(names("2026-01-31"), ["2026-01", "2026-Q1", "2026-H1", "2026"]);
        assert_eq!(names("2026-12-01"), ["2026-12", "2026-Q4", "2026-H2", "2026"]);
        for (period, name, before) in [
            (Period::Month, "2026-01", "2025-12"),
            (Period::Month, "2026-11", "2026-10"),
            (Period::Quarter, "2026-Q1", "2025-Q4"),
            (Period::Half, "2026-H2", "2026-H1"),
            (Period::Year, "2026", "2025"),
        ] {
            assert_eq!(period.before(name).as_deref(), Some(before), "{name}");
        }
        assert_eq!(Period::Month.before("soon"), None);
    }
}
