//! Counting: one pass over the rows, whatever the filter and the breakdown.

use std::ops::Range;

use chrono::NaiveDate;
use wide::u32x4;

use super::cell::CELLS;
use super::column::NONE;
use super::split::{Groups, names};
use super::{Dataset, Split, date_of, in_blocks};
use crate::quality::Mark;
use crate::scoring::{Measure, Pair, Scheme, Source, Spread, Tally, Together, Worth, join};

/// Of one item, for one group, how often each cell occurs.
type Cells = [u16; CELLS];

/// Sums of [`LANES`] measures of several items, for one group. Of each respondent's m valid answers, y of them
/// satisfied, p points.
#[derive(Clone, Copy, Default)]
struct Sums {
    mm: u32x4,
    my: u32x4,
    yy: u32x4,
    mp: u32x4,
    pp: u32x4,
    /// Respondents, those satisfied throughout, and those with a mean of four: counted downwards.
    people: u32x4,
    all_satisfied: u32x4,
    mean_of_four: u32x4,
}

/// Measures whose sums are made together.
const LANES: usize = 4;

/// The items of so many measures.
type Spans = [Range<usize>; LANES];

impl Sums {
    /// Adds a respondent whose packed sums in the measures are these.
    #[inline]
    #[allow(clippy::cast_possible_truncation)]
    fn add(&mut self, own: [u64; LANES]) {
        let answers = u32x4::new(own.map(|own| own as u32));
        let p = u32x4::new(own.map(|own| (own >> 32) as u32));
        let (y, m): (u32x4, u32x4) = (answers & u32x4::splat(0xffff), answers >> 16_u32);
        self.mm += m * m;
        self.my += m * y;
        self.yy += y * y;
        self.mp += m * p;
        self.pp += p * p;
        // What is true has all bits set, and is one less than nothing.
        let is_there = !m.simd_eq(u32x4::ZERO);
        self.people += is_there;
        self.all_satisfied += is_there & y.simd_eq(m);
        self.mean_of_four += is_there & !p.simd_lt(m << 2_u32);
    }

    /// Those of one of the measures.
    fn together(self, lane: usize) -> Together {
        let sum = |sums: u32x4| u64::from(sums.to_array()[lane]);
        let count = |sums: u32x4| u64::from(sums.to_array()[lane].wrapping_neg());
        Together {
            respondents: count(self.people),
            all_satisfied: count(self.all_satisfied),
            mean_of_four: count(self.mean_of_four),
            spread: Spread { mm: sum(self.mm), my: sum(self.my), yy: sum(self.yy), mp: sum(self.mp), pp: sum(self.pp) },
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
fn packed(worth: Option<Worth>) -> u64 {
    worth.map_or(0, |worth| u64::from(worth.points) << 32 | 1 << 16 | u64::from(worth.satisfied))
}

impl Dataset {
    /// The tally of all responses.
    pub fn tally(&self, scheme: &Scheme) -> Tally {
        self.tallies(scheme, &[]).pop().map_or_else(|| Tally::empty(scheme), |(_, tally)| tally)
    }

    /// The tallies of the groups that have a response, each with the names of its group in every
    /// split, in the order of the splits' groups.
    #[inline(never)]
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

    #[inline(never)]
    fn count_items(&self, scheme: &Scheme, groups: &Groups, tallies: &mut [Tally]) {
        let (width, stride) = (self.items.width(), self.items.stride());
        if width == 0 {
            return;
        }
        let is_wide = |(at, measure): &(usize, &Measure)| measure.items.len() > 1 && scheme.is_counted(*at);
        let mut wide: Vec<(usize, &Measure)> = scheme.measures().iter().enumerate().filter(is_wide).collect();
        // One measure alone is counted sooner, and no other item is worth anything then.
        let one = if wide.len() == 1 { wide.pop() } else { None };
        let own = one.map_or(0..width, |(_, measure)| measure.items.clone());
        let worths = Worths::of(&scheme.worths, own);
        let mut of_one = vec![Together::default(); if one.is_some() { tallies.len() } else { 0 }];
        let points: u64 = (0..width).map(|item| u64::from(scheme.points_in(&(item..item + 1)).1)).sum();
        let rows = block(width, points);
        let mut cells: Vec<[Cells; 2]> = vec![[[0; CELLS]; 2]; tallies.len() * stride];
        // Where measures begin and end; where there is none in a lane, nowhere.
        let span = |measures: &[(usize, &Measure)]| -> Spans {
            std::array::from_fn(|lane| measures.get(lane).map_or(0..0, |(_, measure)| measure.items.clone()))
        };
        let spans: Vec<Spans> = wide.chunks(LANES).map(span).collect();
        let mut sums = vec![Sums::default(); tallies.len() * spans.len()];
        for (block, of) in self.items.bytes().chunks(stride * rows).zip(groups.of.chunks(rows)) {
            in_blocks(of, |first, of| {
                let rows = &block[first * stride..];
                match one {
                    Some(_) => count_one(rows, of, &worths, &mut cells, &mut of_one),
                    None => count_cells(rows, of, &worths, &spans, &mut cells, &mut sums),
                }
            });
            for (tally, cells) in tallies.iter_mut().zip(cells.chunks_exact_mut(stride)) {
                for (to, from) in tally.cells.iter_mut().zip(cells.as_flattened_mut()) {
                    to.iter_mut().zip(std::mem::take(from)).for_each(|(to, from)| *to += u64::from(from));
                }
            }
            for (tally, sums) in tallies.iter_mut().zip(sums.chunks_exact_mut(spans.len().max(1))) {
                for (sums, measures) in sums.iter_mut().zip(wide.chunks(LANES)) {
                    let sums = std::mem::take(sums);
                    for (lane, &(measure, _)) in measures.iter().enumerate() {
                        tally.together[measure].merge(&sums.together(lane));
                    }
                }
            }
        }
        if let Some((measure, _)) = one {
            tallies.iter_mut().zip(&of_one).for_each(|(tally, of_one)| tally.together[measure].merge(of_one));
        }
    }

    /// Responses, generated and marked ones, days.
    #[inline(never)]
    fn count_rows(&self, groups: &Groups, tallies: &mut [Tally]) {
        let mut responses = vec![0u32; tallies.len()];
        in_blocks(&groups.of, |_, of| count_rows(of, &mut responses));
        tallies.iter_mut().zip(&responses).for_each(|(tally, count)| tally.responses = (*count).into());
        let origin = self.column("origin");
        tally_values(origin, groups, tallies, |tally, value, times| {
            tally.generated += if value == "generated" { times } else { 0 };
        });
        tally_values(&self.marks, groups, tallies, |tally, value, times| {
            let bits: u8 = value.parse().unwrap_or(0);
            tally.marked += if bits == 0 { 0 } else { times };
            for (at, mark) in Mark::ALL.iter().enumerate().filter(|(_, mark)| bits & mark.bit() != 0) {
                debug_assert_eq!(at, *mark as usize);
                tally.marks[at] += times;
            }
        });
        // Only which days a group has: a bit each.
        let days: Vec<Option<NaiveDate>> = self.day.values().map(date_of).collect();
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

    #[inline(never)]
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

    #[inline(never)]
    fn count_pairs(&self, scheme: &Scheme, groups: &Groups, tallies: &mut [Tally]) {
        let width = self.items.width();
        let mut answered: Vec<(usize, u64)> = Vec::with_capacity(width);
        for (row, &group) in groups.of.iter().enumerate() {
            if group == NONE {
                continue;
            }
            answered.clear();
            let cells = self.items.cells(row).zip(&scheme.worths);
            let worths = cells.map(|(code, worth)| worth[usize::from(code) & (CELLS - 1)]);
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
pub(super) fn count_rows(of: &[u32], counts: &mut [u32]) {
    of.iter().filter(|group| **group != NONE).for_each(|&group| counts[group as usize] += 1);
}

/// What cells add to a respondent's own sums ([`packed`]).
struct Worths {
    /// For each item.
    single: Vec<[u64; CELLS]>,
    /// For each two items, by the byte that holds their cells.
    double: Vec<[u64; CELLS * CELLS]>,
}

impl Worths {
    /// Of these items; the others add nothing.
    fn of(worths: &[[Option<Worth>; CELLS]], items: Range<usize>) -> Worths {
        let own = |(at, item): (usize, &[Option<Worth>; CELLS])| match items.contains(&at) {
            true => item.map(packed),
            false => [0; CELLS],
        };
        let single: Vec<[u64; CELLS]> = worths.iter().enumerate().map(own).collect();
        let double = single.chunks(2).map(|items| {
            let second = items.get(1).copied().unwrap_or_default();
            std::array::from_fn(|byte| items[0][byte % CELLS] + second[byte / CELLS])
        });
        Worths { double: double.collect(), single }
    }

    /// What the items before one add, of a row and of the sums before its bytes.
    #[inline]
    fn before(&self, item: usize, row: &[u8], sums: &[u64]) -> u64 {
        match item % 2 {
            0 => sums[item / 2],
            _ => sums[item / 2] + self.single[item - 1][usize::from(row[item / 2]) % CELLS],
        }
    }
}

/// Counts the cells of rows, in the group of each, and adds each respondent to the sums of the measures, whose items
/// are these.
#[inline(never)]
fn count_cells(rows: &[u8], of: &[u32], worths: &Worths, spans: &[Spans], cells: &mut [[Cells; 2]], sums: &mut [Sums]) {
    let stride = worths.double.len();
    let mut before = vec![0u64; stride + 1];
    for (row, &group) in rows.chunks_exact(stride).zip(of) {
        if group == NONE {
            continue;
        }
        let group = group as usize;
        let cells = &mut cells[group * stride..][..stride];
        let mut sum = 0;
        for (((&byte, [first, second]), worth), before) in
            row.iter().zip(cells).zip(&worths.double).zip(&mut before[1..])
        {
            let byte = usize::from(byte);
            first[byte % CELLS] += 1;
            second[byte / CELLS] += 1;
            sum += worth[byte];
            *before = sum;
        }
        let sum = |item: usize| worths.before(item, row, &before);
        for (sums, spans) in sums[group * spans.len()..][..spans.len()].iter_mut().zip(spans) {
            let mut own = [0; LANES];
            for (own, items) in own.iter_mut().zip(spans) {
                *own = sum(items.end) - sum(items.start);
            }
            sums.add(own);
        }
    }
}

/// The same where there is one measure, of all items that are worth anything.
#[inline(never)]
fn count_one(rows: &[u8], of: &[u32], worths: &Worths, cells: &mut [[Cells; 2]], sums: &mut [Together]) {
    let stride = worths.double.len();
    for (row, &group) in rows.chunks_exact(stride).zip(of) {
        if group == NONE {
            continue;
        }
        let group = group as usize;
        let cells = &mut cells[group * stride..][..stride];
        let mut sum = 0;
        for ((&byte, [first, second]), worth) in row.iter().zip(cells).zip(&worths.double) {
            let byte = usize::from(byte);
            first[byte % CELLS] += 1;
            second[byte / CELLS] += 1;
            sum += worth[byte];
        }
        sums[group].add(sum >> 16 & 0xffff, sum & 0xffff, sum >> 32);
    }
}

/// Counts the values of a column in each group and hands each to `add` with how often it occurs.
#[inline(never)]
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
