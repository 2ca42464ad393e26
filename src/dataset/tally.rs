//! Counting: one pass over the rows, whatever the filter and the breakdown.

use std::ops::Range;

use chrono::NaiveDate;

use super::cell::CELLS;
use super::column::NONE;
use super::split::{Groups, names};
use super::{Dataset, Split, in_blocks};
use crate::quality::Mark;
use crate::scoring::{Measure, Pair, Scheme, Source, Spread, Tally, Together, join};

/// Of one item, for one group, how often each cell occurs.
type Cells = [u16; CELLS];

/// Sums of a measure of several items, for one group. Of each respondent's m valid answers, y of them
/// satisfied, p points, two sums at a time in the halves of one number: one addition does for both.
#[derive(Clone, Copy, Default)]
struct Sums {
    /// Σ m² below, Σ m·y above.
    mm_my: u64,
    /// Σ p² below, Σ m·p above.
    pp_mp: u64,
    yy: u64,
    /// Respondents; those satisfied throughout from bit 21 on; those with a mean of four from bit 42 on.
    people: u64,
}

impl Sums {
    /// Adds a respondent whose packed sum in the measure is `own`.
    #[inline]
    fn add(&mut self, own: u64) {
        let (y, m, p) = (own & 0xffff, own >> 16 & 0xffff, own >> 32);
        self.mm_my += m * (m | y << 32);
        self.pp_mp += p * (p | m << 32);
        self.yy += y * y;
        let is_there = u64::from(m > 0);
        let all_satisfied = is_there & u64::from(y == m);
        let mean_of_four = is_there & u64::from(p >= 4 * m);
        self.people += is_there | all_satisfied << 21 | mean_of_four << 42;
    }

    fn together(self) -> Together {
        let (low, high) = (|sums: u64| sums & u64::from(u32::MAX), |sums: u64| sums >> 32);
        Together {
            respondents: self.people & 0x1f_ffff,
            all_satisfied: self.people >> 21 & 0x1f_ffff,
            mean_of_four: self.people >> 42,
            spread: Spread {
                mm: low(self.mm_my),
                my: high(self.mm_my),
                yy: self.yy,
                mp: high(self.pp_mp),
                pp: low(self.pp_mp),
            },
        }
    }
}

/// Respondents of a block, of which no sum can outgrow its place: `points` is the most that one has.
fn block(width: usize, points: u64) -> usize {
    let most = points.max(width as u64).max(1);
    usize::try_from((u64::from(u32::MAX) / (most * most)).clamp(1, 65_535)).unwrap_or(1)
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
        found.into_iter().map(|(numbers, tally)| (names(&numbers, splits), tally)).collect()
    }

    fn count_items(&self, scheme: &Scheme, groups: &Groups, tallies: &mut [Tally]) {
        let width = self.width;
        if width == 0 {
            return;
        }
        let worth: Vec<[u64; CELLS]> = scheme.worths.iter().map(|item| item.map(packed)).collect();
        let wide: Vec<(usize, &Measure)> =
            scheme.measures().iter().enumerate().filter(|(_, measure)| measure.items.len() > 1).collect();
        let points: u64 = (0..width).map(|item| u64::from(scheme.points_in(&(item..item + 1)).1)).sum();
        let rows = block(width, points);
        let mut cells: Vec<Cells> = vec![[0; CELLS]; tallies.len() * width];
        let mut sums = vec![Sums::default(); tallies.len() * wide.len()];
        let spans: Vec<Range<usize>> = wide.iter().map(|(_, measure)| measure.items.clone()).collect();
        for (block, of) in self.items.chunks(width * rows).zip(groups.of.chunks(rows)) {
            in_blocks(of, |first, of| count_cells(&block[first * width..], of, &worth, &spans, &mut cells, &mut sums));
            for (tally, cells) in tallies.iter_mut().zip(cells.chunks_exact_mut(width)) {
                for (to, from) in tally.cells.iter_mut().zip(cells) {
                    to.iter_mut().zip(std::mem::take(from)).for_each(|(to, from)| *to += u64::from(from));
                }
            }
            for (tally, sums) in tallies.iter_mut().zip(sums.chunks_exact_mut(wide.len().max(1))) {
                for (sums, &(measure, ..)) in sums.iter_mut().zip(&wide) {
                    tally.together[measure].merge(&std::mem::take(sums).together());
                }
            }
        }
    }

    /// Responses, generated and marked ones, days.
    fn count_rows(&self, groups: &Groups, tallies: &mut [Tally]) {
        let mut responses = vec![0u32; tallies.len()];
        in_blocks(&groups.of, |_, of| count_rows(of, &mut responses));
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
        // Only which days a group has: a bit each.
        let days: Vec<Option<NaiveDate>> = self.day.values().map(|day| day.parse().ok()).collect();
        let words = days.len().div_ceil(64);
        let mut has = vec![0u64; tallies.len() * words];
        let codes: Vec<u32> = (0..).take(days.len()).collect();
        self.day.mapped(&codes, |row, code| {
            let group = groups.of[row];
            if group != NONE {
                has[group as usize * words + code as usize / 64] |= 1 << (code % 64);
            }
        });
        for (tally, has) in tallies.iter_mut().zip(has.chunks_exact(words.max(1))) {
            for (_, day) in days.iter().enumerate().filter(|(code, _)| has[code / 64] >> (code % 64) & 1 == 1) {
                tally.days = join(tally.days, day.map(|day| (day, day)));
            }
        }
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

/// Counts the rows of each group.
#[inline(never)]
fn count_rows(of: &[u32], counts: &mut [u32]) {
    of.iter().filter(|group| **group != NONE).for_each(|&group| counts[group as usize] += 1);
}

/// Counts the cells of rows, in the group of each, and adds each respondent to the sums of the measures, whose items
/// are these.
#[inline(never)]
fn count_cells(
    rows: &[u8],
    of: &[u32],
    worth: &[[u64; CELLS]],
    measures: &[Range<usize>],
    cells: &mut [Cells],
    sums: &mut [Sums],
) {
    let width = worth.len();
    let mut before = vec![0u64; width + 1];
    for (row, &group) in rows.chunks_exact(width).zip(of) {
        if group == NONE {
            continue;
        }
        let group = group as usize;
        let cells = &mut cells[group * width..][..width];
        let mut sum = 0;
        for (((&code, cells), worth), before) in row.iter().zip(cells).zip(worth).zip(&mut before[1..]) {
            let code = usize::from(code) & (CELLS - 1);
            cells[code] += 1;
            sum += worth[code];
            *before = sum;
        }
        for (sums, items) in sums[group * measures.len()..][..measures.len()].iter_mut().zip(measures) {
            sums.add(before[items.end] - before[items.start]);
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
