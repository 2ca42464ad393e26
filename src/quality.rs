//! Marks on responses that look as if nobody had answered them in earnest.
//!
//! A mark is a question to whoever knows the place, not a verdict: a marked
//! response counts like any other, and every figure can be had without the
//! marked ones beside it.

mod repeated;

use std::collections::HashMap;
use std::hash::{BuildHasher as _, Hasher as _};
use std::ops::Range;

use foldhash::fast::FixedState;

use self::repeated::{NOTHING, mark_repeated};
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
    pub(crate) fn bit(self) -> u8 {
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

/// Rows looked at together: a browser makes a function fast that is called often, not one that runs for long.
const BLOCK: usize = 4096;

const DAY: u32 = 24 * 60 * 60;
/// Vietnam's time is ahead of what is counted from 1970 by seven hours.
const AHEAD: u32 = 7 * 60 * 60;

/// Marks the responses of a pile, all anew. Its traces have to be there.
pub fn mark(dataset: &mut Dataset, rules: &Rules) {
    Marker::new(*rules).finish(dataset);
}

/// Marks under way. What can be seen of each response by itself is looked for as they come, what takes all of them at
/// the end. The pile may only grow meanwhile.
pub struct Marker {
    rules: Rules,
    marks: Vec<u8>,
    /// For each response how many questions beside the scored items have a valid answer.
    answered: Vec<u16>,
    places: Places,
    /// For each response a hash of its answers.
    answers: Vec<u32>,
}

impl Default for Marker {
    /// By the usual rules.
    fn default() -> Marker {
        Marker::new(Rules::default())
    }
}

impl Marker {
    /// No response was looked at.
    pub fn new(rules: Rules) -> Marker {
        Marker { rules, marks: Vec::new(), answered: Vec::new(), places: Places::default(), answers: Vec::new() }
    }

    /// Makes room for so many responses in all, and no more than that.
    pub fn reserve(&mut self, rows: usize) {
        let more = rows.saturating_sub(self.marks.len());
        self.marks.reserve_exact(more);
        self.answered.reserve_exact(more);
        self.answers.reserve_exact(more);
    }

    /// Looks at the responses that were added behind those it has seen.
    pub fn look(&mut self, dataset: &Dataset) {
        let rows = self.marks.len()..dataset.len();
        self.marks.resize(rows.end, 0);
        dataset.count_answered(rows.clone(), &mut self.answered);
        let channel = dataset.column("channel");
        let device: Vec<(bool, bool)> =
            channel.values().map(|name| (is_channel(name, "kiosk"), is_channel(name, "phone"))).collect();
        for first in rows.clone().step_by(BLOCK) {
            let rows = first..rows.end.min(first + BLOCK);
            let (answered, marks) = (&self.answered[rows.clone()], &mut self.marks[rows.clone()]);
            by_themselves(dataset, &self.rules, &device, first, answered, marks);
            gather(dataset, &device, rows.clone(), &mut self.places);
            hash_answers(dataset, rows, &mut self.answers);
        }
    }

    /// Looks at those it has not seen, and marks all of them.
    pub fn finish(mut self, dataset: &mut Dataset) {
        self.look(dataset);
        let Marker { rules, mut marks, answered, places, answers } = self;
        bursts(places, &rules, &mut marks);
        alike(dataset, &rules, &answered, &answers, &mut marks);
        // Their memory serves what comes.
        drop((answered, answers));
        same_receipts(dataset, &mut marks);
        dataset.set_marks(&marks);
    }
}

/// Marks rows, from this one on, each by itself. `device`: for each channel whether it is a kiosk, and a phone.
#[inline(never)]
fn by_themselves(
    dataset: &Dataset,
    rules: &Rules,
    device: &[(bool, bool)],
    first: usize,
    answered: &[u16],
    marks: &mut [u8],
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

/// For each place, a unit's counter, the moments of its responses with their rows in the lower half: numbers are sorted
/// sooner than pairs of them.
type Places = HashMap<(u32, u32), Vec<u64>, FixedState>;

/// Puts rows from kiosks to the others of their places.
#[inline(never)]
fn gather(dataset: &Dataset, device: &[(bool, bool)], rows: Range<usize>, places: &mut Places) {
    let (unit, counter, channel) = (dataset.column("unit"), dataset.column("counter"), dataset.column("channel"));
    let finished = &dataset.traces().finished;
    for row in rows {
        let (is_kiosk, _) = device[channel.code(row) as usize];
        if is_kiosk {
            let moment = u64::from(finished[row]) << 32 | u64::from(number(row));
            places.entry((unit.code(row), counter.code(row))).or_default().push(moment);
        }
    }
}

fn bursts(places: Places, rules: &Rules, marks: &mut [u8]) {
    for mut moments in places.into_values() {
        // Files are in the order of time, or nearly.
        moments.sort_unstable();
        mark_bursts(&moments, rules, marks);
    }
}

#[inline(never)]
fn mark_bursts(moments: &[u64], rules: &Rules, marks: &mut [u8]) {
    for window in moments.windows(rules.burst + 1) {
        if (window[rules.burst] >> 32) - (window[0] >> 32) <= rules.burst_seconds.into() {
            window.iter().for_each(|moment| marks[(moment & u64::from(u32::MAX)) as usize] |= Mark::Burst.bit());
        }
    }
}

fn alike(dataset: &Dataset, rules: &Rules, answered: &[u16], hashes: &[u32], marks: &mut [u8]) {
    let (unit, items) = (dataset.column("unit"), dataset.items());
    let is_enough = |row: &usize| count_levels(items.cells(*row)) + usize::from(answered[*row]) >= rules.answers;
    let is_same = |a: usize, b: usize| {
        unit.code(a) == unit.code(b)
            && items.row(a) == items.row(b)
            && dataset.answer_codes(a).eq(dataset.answer_codes(b))
    };
    mark_repeated(hashes, is_enough, is_same, Mark::Identical, marks);
}

/// Whether all levels of a response are the same, two cells to a byte.
#[inline]
fn is_on_one_level(cells: &[u8]) -> bool {
    // Mostly four cells tell, and to look at all of them at once takes less than to ask after each.
    if let [a, b, ..] = cells {
        let four = [a & 0xf, a >> 4, b & 0xf, b >> 4];
        let are_levels = four.iter().fold(true, |are, cell| are & is_level(cell));
        let are_same = four.iter().fold(true, |are, cell| are & (*cell == four[0]));
        if are_levels & !are_same {
            return false;
        }
    }
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
fn hash_answers(dataset: &Dataset, rows: Range<usize>, hashes: &mut Vec<u32>) {
    let (unit, state) = (dataset.column("unit"), FixedState::default());
    let mut bytes = Vec::new();
    for row in rows {
        bytes.clear();
        bytes.extend_from_slice(dataset.items().row(row));
        bytes.extend_from_slice(&unit.code(row).to_le_bytes());
        dataset.answer_codes(row).for_each(|code| bytes.extend_from_slice(&code.to_le_bytes()));
        let mut hasher = state.build_hasher();
        hasher.write(&bytes);
        hashes.push(shortened(hasher.finish()));
    }
}

fn same_receipts(dataset: &Dataset, marks: &mut [u8]) {
    let unit = dataset.column("unit");
    let receipts = &dataset.traces().receipt;
    let mut hashes = Vec::with_capacity(receipts.len());
    in_blocks(receipts, |_, receipts| hash_receipts(receipts, &mut hashes));
    let is_same = |a: usize, b: usize| receipts[a] == receipts[b] && unit.code(a) == unit.code(b);
    mark_repeated(&hashes, |_| true, is_same, Mark::SameReceipt, marks);
}

#[inline(never)]
fn hash_receipts(receipts: &[u64], hashes: &mut Vec<u32>) {
    let state = FixedState::default();
    let hash = |receipt: &u64| if *receipt == 0 { NOTHING } else { shortened(state.hash_one(receipt)) };
    hashes.extend(receipts.iter().map(hash));
}

/// A hash in four bytes, which is never [`NOTHING`]. Some more will be the same, and are told apart after.
#[allow(clippy::cast_possible_truncation)]
fn shortened(hash: u64) -> u32 {
    (hash as u32).max(1)
}

/// A row's number in four bytes: there is no room for more rows than that.
fn number(row: usize) -> u32 {
    u32::try_from(row).unwrap_or(u32::MAX)
}

/// Whether a channel is this one, however it is written.
fn is_channel(name: &str, wanted: &str) -> bool {
    name.trim().to_lowercase() == wanted
}
