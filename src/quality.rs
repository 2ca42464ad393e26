//! Marks on responses that look as if nobody had answered them in earnest.
//!
//! A mark is a question to whoever knows the place, not a verdict: a marked
//! response counts like any other, and every figure can be had without the
//! marked ones beside it.

use std::collections::HashMap;
use std::hash::{BuildHasher as _, Hasher as _};
use std::ops::Range;

use foldhash::fast::FixedState;

use crate::dataset::{Dataset, cell, in_blocks};

/// What is odd about a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// The same level for every one of many items.
    StraightLine,
    /// Answered faster than the questions can be read; on devices only, which take the time.
    TooFast,
    /// Many from one counter within a minute.
    Burst,
    /// Every answer as in another response of the same unit; words aside.
    Identical,
    /// Finished on a counter's device outside opening hours.
    OutsideHours,
    /// The same receipt as another response of the same unit, under another id.
    SameReceipt,
}

impl Mark {
    /// All of them.
    pub const ALL: [Mark; 6] =
        [Mark::StraightLine, Mark::TooFast, Mark::Burst, Mark::Identical, Mark::OutsideHours, Mark::SameReceipt];

    /// The code in files.
    pub fn code(self) -> &'static str {
        match self {
            Mark::StraightLine => "straight-line",
            Mark::TooFast => "too-fast",
            Mark::Burst => "burst",
            Mark::Identical => "identical",
            Mark::OutsideHours => "outside-hours",
            Mark::SameReceipt => "same-receipt",
        }
    }

    /// Its bit among the marks of a response.
    pub(crate) fn bit(self) -> u32 {
        1 << self as u32
    }
}

/// From where on something is odd.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// Rated items, from which on one level for all is odd.
    pub straight_items: usize,
    /// Answers, from which on speed and sameness tell anything.
    pub answers: usize,
    /// Fewer seconds an answer than this are too fast.
    pub seconds_an_answer: u32,
    /// More than so many from one counter …
    pub burst: usize,
    /// … within so many seconds are a burst.
    pub burst_seconds: u32,
    /// First and last minute of the day on which offices are open.
    pub open_minutes: (u32, u32),
    /// Days of the week on which they are, from Monday.
    pub open_days: u32,
}

impl Default for Rules {
    /// Eight items and more on one level; ten answers and more at under a second each; over five a
    /// minute; before 6:30, after 18:00, on Sundays.
    fn default() -> Rules {
        Rules {
            straight_items: 8,
            answers: 10,
            seconds_an_answer: 1,
            burst: 5,
            burst_seconds: 60,
            open_minutes: (6 * 60 + 30, 18 * 60),
            open_days: 6,
        }
    }
}

const DAY: u32 = 24 * 60 * 60;
/// Vietnam's time is ahead of what is counted from 1970 by seven hours.
const AHEAD: u32 = 7 * 60 * 60;

/// Marks the responses of a pile, all anew. Its traces have to be there.
pub fn mark(dataset: &mut Dataset, rules: &Rules) {
    let mut marks = vec![0u32; dataset.len()];
    let answered = dataset.answered();
    each_by_itself(dataset, rules, &answered, &mut marks);
    bursts(dataset, rules, &mut marks);
    alike(dataset, rules, &answered, &mut marks);
    receipts(dataset, &mut marks);
    dataset.set_marks(&marks);
}

fn each_by_itself(dataset: &Dataset, rules: &Rules, answered: &[u16], marks: &mut [u32]) {
    let channel = dataset.column("channel");
    let device: Vec<(bool, bool)> =
        channel.values().map(|name| (is_channel(name, "kiosk"), is_channel(name, "phone"))).collect();
    in_blocks(answered, |first, answered| {
        let marks = &mut marks[first..][..answered.len()];
        by_themselves(dataset, rules, &device, first, answered, marks);
    });
}

/// Marks rows, from this one on, each by itself. `device`: for each channel whether it is a kiosk, and a phone.
#[inline(never)]
fn by_themselves(
    dataset: &Dataset,
    rules: &Rules,
    device: &[(bool, bool)],
    first: usize,
    answered: &[u16],
    marks: &mut [u32],
) {
    let (channel, traces, items) = (dataset.column("channel"), dataset.traces(), dataset.items());
    for ((row, &answered), marks) in (first..).zip(answered).zip(marks) {
        let (is_kiosk, is_phone) = device[channel.code(row) as usize];
        let cells = items.row(row);
        // Most people take longer than all items would ask for, and give two levels within a few: only of the others
        // the answers are counted.
        if is_on_one_level(cells) && count_levels(items.cells(row)) >= rules.straight_items {
            *marks |= Mark::StraightLine.bit();
        }
        let least = |items: usize| {
            let answers = u32::try_from(items + usize::from(answered)).unwrap_or(u32::MAX);
            answers.saturating_mul(rules.seconds_an_answer)
        };
        let seconds = u32::from(traces.seconds[row]);
        if (is_kiosk || is_phone) && seconds < least(items.width()) {
            let levels = count_levels(items.cells(row));
            if levels + usize::from(answered) >= rules.answers && seconds < least(levels) {
                *marks |= Mark::TooFast.bit();
            }
        }
        if is_kiosk {
            let at = traces.finished[row].saturating_add(AHEAD);
            let minute = at % DAY / 60;
            // The first of January 1970 was a Thursday.
            let weekday = (at / DAY + 3) % 7;
            let (opens, closes) = rules.open_minutes;
            if minute < opens || minute > closes || weekday >= rules.open_days {
                *marks |= Mark::OutsideHours.bit();
            }
        }
    }
}

fn bursts(dataset: &Dataset, rules: &Rules, marks: &mut [u32]) {
    let (unit, counter, channel) = (dataset.column("unit"), dataset.column("counter"), dataset.column("channel"));
    let is_kiosk: Vec<bool> = channel.values().map(|name| is_channel(name, "kiosk")).collect();
    let finished = &dataset.traces().finished;
    let counters = counter.values().len();
    let place = |row: usize| {
        let place = unit.code(row) as usize * counters + counter.code(row) as usize;
        is_kiosk[channel.code(row) as usize].then_some(place)
    };
    let mut places = Places::default();
    in_blocks(finished, |first, finished| gather(first, finished, place, &mut places));
    for rows in places.values_mut() {
        // Files are in the order of time, or nearly.
        rows.sort_unstable();
        for window in rows.windows(rules.burst + 1) {
            if window[rules.burst].0 - window[0].0 <= rules.burst_seconds {
                window.iter().for_each(|(_, row)| marks[*row as usize] |= Mark::Burst.bit());
            }
        }
    }
}

/// For each place the moments of its responses, and their rows.
type Places = HashMap<usize, Vec<(u32, u32)>, FixedState>;

/// Puts rows, from this one on, to the others of their places.
#[inline(never)]
fn gather(first: usize, finished: &[u32], place: impl Fn(usize) -> Option<usize>, places: &mut Places) {
    for (row, &finished) in (first..).zip(finished) {
        if let Some(place) = place(row) {
            places.entry(place).or_default().push((finished, number(row)));
        }
    }
}

fn alike(dataset: &Dataset, rules: &Rules, answered: &[u16], marks: &mut [u32]) {
    let (unit, items) = (dataset.column("unit"), dataset.items());
    let mut hashes = Vec::with_capacity(answered.len());
    in_blocks(answered, |first, answered| hash_answers(dataset, first..first + answered.len(), &mut hashes));
    let is_enough = |row: &usize| count_levels(items.cells(*row)) + usize::from(answered[*row]) >= rules.answers;
    let is_same = |a: usize, b: usize| {
        unit.code(a) == unit.code(b)
            && items.row(a) == items.row(b)
            && dataset.answer_codes(a).eq(dataset.answer_codes(b))
    };
    mark_repeated(&hashes, is_enough, is_same, Mark::Identical, marks);
}

/// Whether all levels of a response are the same, two cells to a byte.
#[inline]
fn is_on_one_level(cells: &[u8]) -> bool {
    let mut first = None;
    for &byte in cells {
        for cell in [byte & 0xf, byte >> 4] {
            if is_level(&cell) && *first.get_or_insert(cell) != cell {
                return false;
            }
        }
    }
    true
}

fn is_level(cell: &u8) -> bool {
    *cell < cell::NOT_APPLICABLE
}

fn count_levels(cells: impl Iterator<Item = u8>) -> usize {
    cells.filter(is_level).count()
}

/// Hashes the unit and the answers of rows.
#[inline(never)]
fn hash_answers(dataset: &Dataset, rows: Range<usize>, hashes: &mut Vec<u64>) {
    let (unit, state) = (dataset.column("unit"), FixedState::default());
    let mut bytes = Vec::new();
    for row in rows {
        bytes.clear();
        bytes.extend_from_slice(dataset.items().row(row));
        bytes.extend_from_slice(&unit.code(row).to_le_bytes());
        dataset.answer_codes(row).for_each(|code| bytes.extend_from_slice(&code.to_le_bytes()));
        let mut hasher = state.build_hasher();
        hasher.write(&bytes);
        hashes.push(hasher.finish().max(1));
    }
}

fn receipts(dataset: &Dataset, marks: &mut [u32]) {
    let unit = dataset.column("unit");
    let receipts = &dataset.traces().receipt;
    let mut hashes = Vec::with_capacity(receipts.len());
    in_blocks(receipts, |_, receipts| hash_receipts(receipts, &mut hashes));
    let is_same = |a: usize, b: usize| receipts[a] == receipts[b] && unit.code(a) == unit.code(b);
    mark_repeated(&hashes, |_| true, is_same, Mark::SameReceipt, marks);
}

#[inline(never)]
fn hash_receipts(receipts: &[u64], hashes: &mut Vec<u64>) {
    let state = FixedState::default();
    let hash = |receipt: &u64| if *receipt == 0 { NOTHING } else { state.hash_one(receipt).max(1) };
    hashes.extend(receipts.iter().map(hash));
}

/// In the place of a hash: there is nothing to compare.
const NOTHING: u64 = 0;

/// Marks the rows that are the same as another, of those that `is_compared`. The same rows have the same hash; nearly all hashes
/// occur once, and are sorted out by a bit each before anything is remembered.
fn mark_repeated(
    hashes: &[u64],
    is_compared: impl Fn(&usize) -> bool,
    is_same: impl Fn(usize, usize) -> bool,
    mark: Mark,
    marks: &mut [u32],
) {
    let mut sieve = Sieve::of(hashes.len());
    in_blocks(hashes, |_, hashes| sieve.put(hashes));
    let mut rows = Vec::new();
    in_blocks(hashes, |first, hashes| sieve.repeated(first, hashes, &mut rows));
    let mut rows: Vec<(u64, u32)> =
        rows.into_iter().filter(is_compared).map(|row| (hashes[row], number(row))).collect();
    rows.sort_unstable();
    for rows in rows.chunk_by(|(a, _), (b, _)| a == b).filter(|rows| rows.len() > 1) {
        // Rows that differ from each other, of which there is more than one only where hashes collide.
        let mut others: Vec<u32> = Vec::new();
        for &(_, row) in rows {
            match others.iter().find(|other| is_same(**other as usize, row as usize)) {
                Some(other) => [*other, row].iter().for_each(|row| marks[*row as usize] |= mark.bit()),
                None => others.push(row),
            }
        }
    }
}

/// Tells hashes that occurred once from those that may have occurred again.
struct Sieve {
    /// Two bits a place, side by side: one for hashes that were put in, one for those after the first.
    words: Vec<[u64; 2]>,
}

impl Sieve {
    /// For so many hashes.
    fn of(hashes: usize) -> Sieve {
        Sieve { words: vec![[0; 2]; (hashes * 16).next_power_of_two().max(64) / 64] }
    }

    #[allow(clippy::cast_possible_truncation)]
    fn place(&self, hash: u64) -> (usize, u64) {
        ((hash >> 6) as usize & (self.words.len() - 1), 1 << (hash & 63))
    }

    #[inline(never)]
    fn put(&mut self, hashes: &[u64]) {
        for &hash in hashes.iter().filter(|hash| **hash != NOTHING) {
            let (word, bit) = self.place(hash);
            let [once, again] = &mut self.words[word];
            *again |= *once & bit;
            *once |= bit;
        }
    }

    /// The rows, from this one on, whose hashes may have occurred more than once.
    #[inline(never)]
    fn repeated(&self, first: usize, hashes: &[u64], rows: &mut Vec<usize>) {
        for (row, &hash) in (first..).zip(hashes) {
            let (word, bit) = self.place(hash);
            if hash != NOTHING && self.words[word][1] & bit != 0 {
                rows.push(row);
            }
        }
    }
}

/// A row's number in four bytes: there is no room for more rows than that.
fn number(row: usize) -> u32 {
    u32::try_from(row).unwrap_or(u32::MAX)
}

/// Whether a channel is this one, however it is written.
fn is_channel(name: &str, wanted: &str) -> bool {
    name.trim().to_lowercase() == wanted
}
