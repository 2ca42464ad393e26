//! Groups of responses.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use super::column::{Coded, NONE};

/// Which group each value of a column belongs to. Values that belong to none leave their rows out.
#[derive(Clone, Debug)]
pub struct Split<'d> {
    /// The column.
    pub(super) source: &'d Coded,
    /// For each of its values the group, or [`NONE`].
    pub(super) table: Vec<u32>,
    /// What the groups are called, in order.
    pub(super) names: Vec<String>,
}

impl<'d> Split<'d> {
    /// A split by what `name` makes of each value. The groups are in the order of their names.
    #[allow(clippy::cast_possible_truncation)]
    pub(crate) fn by(source: &'d Coded, name: impl Fn(&str) -> String) -> Split<'d> {
        let of: Vec<String> = source.values().map(name).collect();
        let mut names = of.clone();
        names.sort();
        names.dedup();
        let at: HashMap<&str, u32, FixedState> =
            names.iter().enumerate().map(|(at, name)| (name.as_str(), at as u32)).collect();
        let table = of.iter().map(|name| at[name.as_str()]).collect();
        Split { source, table, names }
    }

    /// One group of the values to be kept; all others leave their rows out.
    pub(crate) fn keeping(source: &'d Coded, is_kept: impl Fn(&str) -> bool) -> Split<'d> {
        let table = source.values().map(|value| if is_kept(value) { 0 } else { NONE }).collect();
        Split { source, table, names: vec![String::new()] }
    }

    /// What the groups are called.
    pub fn names(&self) -> &[String] {
        &self.names
    }
}

/// The names of a group by its number in each split.
pub(super) fn names(numbers: &[u32], splits: &[Split<'_>]) -> Vec<String> {
    numbers.iter().zip(splits).map(|(&number, split)| split.names[number as usize].clone()).collect()
}

/// Which group each row belongs to, by several splits at once.
pub(super) struct Groups {
    /// For each row its group, or [`NONE`].
    pub of: Vec<u32>,
    /// For each group its number in each split.
    pub numbers: Vec<Vec<u32>>,
}

/// Up to this many groups all that there can be are counted, whether they have a row or not.
const FEW: usize = 1 << 10;

/// Tables up to this many entries are looked up directly.
const DIRECT: usize = 1 << 22;

impl Groups {
    /// The groups that `rows` rows make by these splits. Where there could be many, only those that have a row.
    pub fn of(rows: usize, splits: &[Split<'_>]) -> Groups {
        let splits: Vec<&Split<'_>> = splits.iter().filter(|split| !split.table.is_empty()).collect();
        let all = splits.iter().try_fold(1, |all: usize, split| all.checked_mul(split.names.len().max(1)));
        match all.filter(|all| *all <= FEW) {
            Some(all) => Groups::of_few(rows, &splits, all),
            None => Groups::of_many(rows, &splits),
        }
    }

    /// All groups that there can be, in the order of their numbers.
    #[allow(clippy::cast_possible_truncation)]
    fn of_few(rows: usize, splits: &[&Split<'_>], all: usize) -> Groups {
        let mut of = vec![0u32; rows];
        // A split into one group that leaves nothing out tells nothing.
        for split in splits.iter().filter(|split| split.names.len() > 1 || split.table.contains(&NONE)) {
            split.source.refine(&split.table, split.names.len() as u32, &mut of);
        }
        let numbers = |group: usize| {
            let mut left = group;
            let mut numbers: Vec<u32> = splits
                .iter()
                .rev()
                .map(|split| {
                    let number = left % split.names.len();
                    left /= split.names.len();
                    number as u32
                })
                .collect();
            numbers.reverse();
            numbers
        };
        Groups { of, numbers: (0..all).map(numbers).collect() }
    }

    fn of_many(rows: usize, splits: &[&Split<'_>]) -> Groups {
        let mut of = vec![0u32; rows];
        let mut numbers = vec![Vec::new()];
        for split in splits {
            let groups = split.names.len();
            if groups == 1 {
                split.source.mapped(&split.table, |row, group| of[row] |= group);
                numbers.iter_mut().for_each(|numbers: &mut Vec<u32>| numbers.push(0));
                continue;
            }
            let mut finer = Finer { coarse: &numbers, found: Vec::new() };
            let mut known = Known::new(numbers.len() * groups);
            split.source.mapped(&split.table, |row, group| {
                let coarse = of[row];
                if coarse == NONE || group == NONE {
                    of[row] = NONE;
                    return;
                }
                let product = coarse as usize * groups + group as usize;
                of[row] = match known.get(product) {
                    Some(fine) => fine,
                    None => finer.add(&mut known, product, coarse, group),
                };
            });
            let finer = finer.found;
            numbers = finer;
        }
        Groups { of, numbers }
    }
}

/// Groups of a finer division, by their numbers in each split.
struct Finer<'c> {
    coarse: &'c [Vec<u32>],
    found: Vec<Vec<u32>>,
}

impl Finer<'_> {
    /// A group that was not met before.
    #[cold]
    #[allow(clippy::cast_possible_truncation)]
    fn add(&mut self, known: &mut Known, product: usize, coarse: u32, group: u32) -> u32 {
        let fine = self.found.len() as u32;
        self.found.push([self.coarse[coarse as usize].as_slice(), &[group]].concat());
        known.set(product, fine);
        fine
    }
}

/// The numbers given to products so far.
enum Known {
    Direct(Vec<u32>),
    Hashed(HashMap<usize, u32, FixedState>),
}

impl Known {
    fn new(products: usize) -> Known {
        match products <= DIRECT {
            true => Known::Direct(vec![NONE; products]),
            false => Known::Hashed(HashMap::default()),
        }
    }

    #[inline]
    fn get(&self, product: usize) -> Option<u32> {
        match self {
            Known::Direct(table) => Some(table[product]).filter(|group| *group != NONE),
            Known::Hashed(map) => map.get(&product).copied(),
        }
    }

    fn set(&mut self, product: usize, group: u32) {
        match self {
            Known::Direct(table) => table[product] = group,
            Known::Hashed(map) => drop(map.insert(product, group)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// However many groups there could be: the same rows are together, and known by the same numbers.
        #[test]
        fn few_groups_are_made_as_many_are(rows in prop::collection::vec((0..4usize, 0..3usize, 0..5usize), 1..200)) {
            let mut columns = [Coded::new(), Coded::new(), Coded::new()];
            for (a, b, c) in &rows {
                [a, b, c].iter().zip(&mut columns).for_each(|(value, column)| column.push(&value.to_string()));
            }
            let [a, b, c] = &columns;
            let own = |value: &str| value.to_owned();
            let splits = [Split::keeping(a, |value| value != "2"), Split::by(b, own), Split::by(c, own), Split::by(a, own)];
            let splits: Vec<&Split<'_>> = splits.iter().collect();
            let numbers = |groups: &Groups| -> Vec<Option<Vec<u32>>> {
                groups.of.iter().map(|&group| (group != NONE).then(|| groups.numbers[group as usize].clone())).collect()
            };
            let all = splits.iter().map(|split| split.names.len()).product();
            let few = Groups::of_few(rows.len(), &splits, all);
            prop_assert_eq!(numbers(&few), numbers(&Groups::of_many(rows.len(), &splits)));
        }
    }
}
