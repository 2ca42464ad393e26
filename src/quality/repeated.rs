//! What occurs more than once, by hashes.

use super::{Mark, number};
use crate::dataset::in_blocks;

/// In the place of a hash: there is nothing to compare.
pub(super) const NOTHING: u32 = 0;

/// Marks the rows that are the same as another, of those that `is_compared`. The same rows have the same hash; nearly all
/// hashes occur once, and are sorted out by two bits each before anything is remembered.
pub(super) fn mark_repeated(
    hashes: &[u32],
    is_compared: impl Fn(&usize) -> bool,
    is_same: impl Fn(usize, usize) -> bool,
    mark: Mark,
    marks: &mut [u8],
) {
    let mut sieve = Sieve::of(hashes.len());
    in_blocks(hashes, |_, hashes| sieve.put(hashes));
    let mut rows = Vec::new();
    in_blocks(hashes, |first, hashes| sieve.repeated(first, hashes, &mut rows));
    let mut rows: Vec<(u32, u32)> =
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
    /// Bits side by side: for hashes that were put in, and for those after the first.
    words: Vec<[u64; 2]>,
}

impl Sieve {
    /// For so many hashes.
    fn of(hashes: usize) -> Sieve {
        Sieve { words: vec![[0; 2]; hashes.div_ceil(4).next_power_of_two()] }
    }

    /// The word of a hash and its two bits there, which may be one.
    fn place(&self, hash: u32) -> (usize, u64) {
        ((hash >> 12) as usize & (self.words.len() - 1), 1 << (hash & 63) | 1 << (hash >> 6 & 63))
    }

    #[inline(never)]
    fn put(&mut self, hashes: &[u32]) {
        for &hash in hashes.iter().filter(|hash| **hash != NOTHING) {
            let (word, bits) = self.place(hash);
            let [once, again] = &mut self.words[word];
            *again |= if *once & bits == bits { bits } else { 0 };
            *once |= bits;
        }
    }

    /// The rows, from this one on, whose hashes may have occurred more than once.
    #[inline(never)]
    fn repeated(&self, first: usize, hashes: &[u32], rows: &mut Vec<usize>) {
        for (row, &hash) in (first..).zip(hashes) {
            let (word, bits) = self.place(hash);
            if hash != NOTHING && self.words[word][1] & bits == bits {
                rows.push(row);
            }
        }
    }
}
