//! Counting: one pass over the rows, whatever the filter and the breakdown.

use chrono::NaiveDate;

use super::cell::CELLS;
use super::column::NONE;
use super::split::Groups;
use super::{Dataset, Split};
use crate::quality::Mark;
use crate::scoring::{Pair, Scheme, Source, Spread, Tally, Together, join};

/// Of one item, for one group, how often each cell occurs.
type Cells = [u32; CELLS];

/// Sums of a measure of several items, for one group.
#[derive(Clone, Copy, Default)]
struct Sums {
    respondents: u32,
    all_satisfied: u32,
    mean_of_four: u32,
    mm: u64,
    my: u64,
    yy: u64,
    mp: u64,
    pp: u64,
}

/// What a cell adds to a respondent's own sums, packed so that one addition does for all:
/// points in the upper half, then valid answers, then those at satisfied levels.
fn packed(worth: Option<crate::scoring::Worth>) -> u64 {
    worth.map_or(0, |worth| u64::from(worth.points) << 32 | 1 << 16 | u64::from(worth.satisfied))
}

impl Dataset {
    /// The tally of all responses.
    pub fn tally(&self, scheme: &Scheme) -> Tally {
        self.tallies(scheme, &[]).pop().map_or_else(|| Tally::empty(scheme), |(_, tally)| tally)
    }

    /// The tallies of the groups that have a response, each with the names of its group in every
    /// split, in the order of the splits' groups.
    pub fn tallies(&self, scheme: &Scheme, splits: &[Split<'_>]) -> Vec<(Vec<String>, Tally)> {
        if self.rows == 0 {
            return Vec::new();
        }
        let groups = Groups::of(self.rows, splits);
        let mut tallies = vec![Tally::empty(scheme); groups.numbers.len()];
        self.count_items(scheme, &groups, &mut tallies);
        self.count_rows(&groups, &mut tallies);
        self.count_figures(scheme, &groups, &mut tallies);
        if scheme.pairs {
            self.count_pairs(scheme, &groups, &mut tallies);
        }
        let mut found: Vec<_> =
            groups.numbers.into_iter().zip(tallies).filter(|(_, tally)| tally.responses > 0).collect();
        found.sort_by(|(a, _), (b, _)| a.cmp(b));
        let names = |numbers: &[u32]| {
            numbers.iter().zip(splits).map(|(&number, split)| split.names[number as usize].clone()).collect()
        };
        found.into_iter().map(|(numbers, tally)| (names(&numbers), tally)).collect()
    }

    fn count_items(&self, scheme: &Scheme, groups: &Groups, tallies: &mut [Tally]) {
        let width = self.width;
        if width == 0 {
            return;
        }
        let worth: Vec<[u64; CELLS]> = scheme.worths.iter().map(|item| item.map(packed)).collect();
        let wide: Vec<(usize, usize, usize)> = scheme
            .measures()
            .iter()
            .enumerate()
            .filter(|(_, measure)| measure.items.len() > 1)
            .map(|(at, measure)| (at, measure.items.start, measure.items.end))
            .collect();
        let mut cells: Vec<Cells> = vec![[0; CELLS]; tallies.len() * width];
        let mut sums = vec![Sums::default(); tallies.len() * wide.len()];
        let mut before = vec![0u64; width + 1];
        for (row, &group) in self.items.chunks_exact(width).zip(&groups.of) {
            if group == NONE {
                continue;
            }
            let group = group as usize;
            let cells = &mut cells[group * width..][..width];
            let mut sum = 0;
            for (((&code, cells), worth), before) in row.iter().zip(cells).zip(&worth).zip(&mut before[1..]) {
                let code = usize::from(code) & (CELLS - 1);
                cells[code] += 1;
                sum += worth[code];
                *before = sum;
            }
            for (sums, &(_, start, end)) in sums[group * wide.len()..][..wide.len()].iter_mut().zip(&wide) {
                let own = before[end] - before[start];
                let (y, m, p) = (own & 0xffff, own >> 16 & 0xffff, own >> 32);
                sums.respondents += u32::from(m > 0);
                sums.all_satisfied += u32::from(m > 0 && y == m);
                sums.mean_of_four += u32::from(m > 0 && p >= 4 * m);
                sums.mm += m * m;
                sums.my += m * y;
                sums.yy += y * y;
                sums.mp += m * p;
                sums.pp += p * p;
            }
        }
        for (group, tally) in tallies.iter_mut().enumerate() {
            for (to, from) in tally.cells.iter_mut().zip(&cells[group * width..]) {
                *to = from.map(u64::from);
            }
            for (sums, &(measure, ..)) in sums[group * wide.len()..].iter().zip(&wide) {
                tally.together[measure] = Together {
                    respondents: sums.respondents.into(),
                    all_satisfied: sums.all_satisfied.into(),
                    mean_of_four: sums.mean_of_four.into(),
                    spread: Spread { mm: sums.mm, my: sums.my, yy: sums.yy, mp: sums.mp, pp: sums.pp },
                };
            }
        }
    }

    /// Responses, generated and marked ones, days.
    fn count_rows(&self, groups: &Groups, tallies: &mut [Tally]) {
        let mut responses = vec![0u32; tallies.len()];
        groups.of.iter().filter(|group| **group != NONE).for_each(|&group| responses[group as usize] += 1);
        tallies.iter_mut().zip(&responses).for_each(|(tally, count)| tally.responses = (*count).into());
        let origin = self.column("origin");
        tally_values(origin, groups, tallies, |tally, value, times| {
            tally.generated += if value == "generated" { times } else { 0 };
        });
        tally_values(&self.marks, groups, tallies, |tally, value, times| {
            let bits: u32 = value.parse().unwrap_or(0);
            tally.marked += if bits == 0 { 0 } else { times };
            for (at, mark) in Mark::ALL.iter().enumerate().filter(|(_, mark)| bits & mark.bit() != 0) {
                debug_assert_eq!(at, *mark as usize);
                tally.marks[at] += times;
            }
        });
        tally_values(&self.day, groups, tallies, |tally, value, _| {
            let day: Option<NaiveDate> = value.parse().ok();
            tally.days = join(tally.days, day.map(|day| (day, day)));
        });
    }

    fn count_figures(&self, scheme: &Scheme, groups: &Groups, tallies: &mut [Tally]) {
        for (at, figure) in scheme.figures.iter().enumerate() {
            let Some(Source::Answer(column)) = figure.source else { continue };
            tally_values(&self.answers[column], groups, tallies, |tally, value, times| {
                let values: Vec<&str> = value.split(' ').collect();
                tally.figures[at].add(figure, &values, times);
            });
        }
        tallies.iter_mut().for_each(|tally| tally.figures_of_items(scheme));
    }

    fn count_pairs(&self, scheme: &Scheme, groups: &Groups, tallies: &mut [Tally]) {
        let width = self.width;
        let mut answered: Vec<(usize, u64)> = Vec::with_capacity(width);
        for (row, &group) in self.items.chunks_exact(width.max(1)).zip(&groups.of) {
            if group == NONE {
                continue;
            }
            answered.clear();
            let worths = row.iter().zip(&scheme.worths).map(|(&code, worth)| worth[usize::from(code) & (CELLS - 1)]);
            answered.extend(worths.enumerate().filter_map(|(item, worth)| Some((item, u64::from(worth?.satisfied)))));
            let pairs = &mut tallies[group as usize].pairs;
            for &(j, satisfied) in &answered {
                for &(k, too) in &answered {
                    let Pair { mm, ym, yy } = &mut pairs[j * width + k];
                    *mm += 1;
                    *ym += satisfied;
                    *yy += satisfied & too;
                }
            }
        }
    }
}

/// Counts the values of a column in each group and hands each to `add` with how often it occurs.
fn tally_values(
    column: &super::Coded,
    groups: &Groups,
    tallies: &mut [Tally],
    mut add: impl FnMut(&mut Tally, &str, u64),
) {
    let values = column.values().len();
    if values == 1 {
        let value = column.get(0);
        tallies.iter_mut().for_each(|tally| add(tally, value, tally.responses));
        return;
    }
    let codes: Vec<u32> = (0..).take(values).collect();
    let mut counts = vec![0u32; tallies.len() * values];
    column.mapped(&codes, |row, code| {
        let group = groups.of[row];
        if group != NONE {
            counts[group as usize * values + code as usize] += 1;
        }
    });
    for (tally, counts) in tallies.iter_mut().zip(counts.chunks_exact(values)) {
        for (value, &times) in column.values().zip(counts).filter(|(_, times)| **times > 0) {
            add(tally, value, times.into());
        }
    }
}
