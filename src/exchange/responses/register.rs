//! Which ids were met already: told by a sieve, and exactly where that leaves a doubt. A table of all ids would lie far
//! away, and be gone to for every one of them.

use std::collections::HashMap;
use std::ops::Range;

use foldhash::fast::FixedState;

use crate::sieve::Sieve;

/// The ids of responses, as hashes, each once.
#[derive(Default)]
pub(super) struct Register {
    /// In the order of the responses.
    ids: Vec<u64>,
    sieve: Sieve,
}

impl Register {
    /// Responses.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Bytes held.
    pub fn bytes(&self) -> usize {
        self.ids.capacity() * 8 + self.sieve.bytes()
    }

    /// Makes room for so many more.
    pub fn reserve(&mut self, more: usize) {
        self.ids.reserve_exact(more);
        self.make_room(self.ids.len() + more);
    }

    fn make_room(&mut self, ids: usize) {
        if ids > self.sieve.room() {
            self.sieve = Sieve::of(ids);
            put(&mut self.sieve, &self.ids);
        }
    }

    /// Adds those of these ids that are new; returns the others in order: the place of each among these, and the response
    /// that has it. The more at once the better: where any of them may be known, all that are known are gone through
    /// once, which takes a millisecond for a million.
    #[inline(never)]
    pub fn add(&mut self, ids: &[u64]) -> Vec<(usize, usize)> {
        let all = self.ids.len() + ids.len();
        if all > self.sieve.room() {
            // It is not to be made anew each time.
            self.make_room(2 * all);
        }
        let doubtful = put(&mut self.sieve, ids);
        if doubtful.is_empty() {
            self.ids.extend_from_slice(ids);
            return Vec::new();
        }
        // For each of the doubtful ones the response that has it.
        let mut holders: HashMap<u64, Option<usize>, FixedState> = doubtful.iter().map(|id| (*id, None)).collect();
        let mut sieve = Sieve::of(doubtful.len());
        put(&mut sieve, &doubtful);
        for number in found_in(&sieve, &self.ids) {
            if let Some(holder) = holders.get_mut(&self.ids[number]) {
                *holder = Some(number);
            }
        }
        let mut others = Vec::new();
        let mut of = found_in(&sieve, ids).into_iter().peekable();
        for (row, id) in ids.iter().enumerate() {
            let holder = of.next_if_eq(&row).and_then(|_| holders.get_mut(id));
            match holder {
                Some(Some(number)) => others.push((row, *number)),
                Some(free) => {
                    *free = Some(self.ids.len());
                    self.ids.push(*id);
                }
                None => self.ids.push(*id),
            }
        }
        others
    }

    /// Takes away the ids of these responses.
    pub fn remove(&mut self, responses: Range<usize>) {
        self.ids.drain(responses);
        self.sieve = Sieve::default();
        self.make_room(self.ids.len());
    }
}

// Loops are functions of their own: a browser makes those fast that are called often.

/// Puts ids in; returns those that may have been in already.
#[inline(never)]
fn put(sieve: &mut Sieve, ids: &[u64]) -> Vec<u64> {
    ids.iter().copied().filter(|id| sieve.put(*id)).collect()
}

/// The places of those ids that may be in.
#[inline(never)]
fn found_in(sieve: &Sieve, ids: &[u64]) -> Vec<usize> {
    ids.iter().enumerate().filter(|(_, id)| sieve.may_hold(**id)).map(|(at, _)| at).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(60))]
        /// However ids come, many at once or few, whatever their bits, some taken away in between: the first of each is
        /// the one that has it.
        #[test]
        fn the_first_of_each_id_has_it(
            batches in prop::collection::vec((0..3000usize, 1..5000u64, prop::option::of(0..4usize)), 1..6),
            factor in prop::sample::select(vec![1, 1 << 11, 1 << 32, 0x9e37_79b9_7f4a_7c15]),
            room in prop::sample::select(vec![0, 100, 10_000]),
        ) {
            let (mut register, mut known) = (Register::default(), Vec::<u64>::new());
            register.reserve(room);
            let mut state = 1u64;
            for (count, ids, gone) in batches {
                let mut next = || {
                    state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                    ((state >> 33) % ids).wrapping_mul(factor)
                };
                let batch: Vec<u64> = (0..count).map(|_| next()).collect();
                let mut expected = Vec::new();
                let mut at: std::collections::HashMap<u64, usize> = known.iter().copied().zip(0..).collect();
                for (row, id) in batch.iter().enumerate() {
                    match at.get(id) {
                        Some(number) => expected.push((row, *number)),
                        None => {
                            at.insert(*id, known.len());
                            known.push(*id);
                        }
                    }
                }
                prop_assert_eq!(register.add(&batch), expected);
                if let Some(gone) = gone.map(|part| known.len() * part / 8..known.len() * part / 4) {
                    known.drain(gone.clone());
                    register.remove(gone);
                }
                prop_assert_eq!(&register.ids, &known);
            }
        }
    }
}
