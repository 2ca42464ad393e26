//! What occurs more than once, by hashes.

use super::{Mark, number};
use crate::dataset::in_blocks;
use crate::sieve::Sieve;

/// In the place of a hash: there is nothing to compare.
pub(super) const NOTHING: u32 = 0;

/// Marks the rows that are the same as another, of those that `is_compared`. The same rows have the same hash; nearly all
/// hashes occur once, and are sorted out by a sieve before anything is remembered.
pub(super) fn mark_repeated(
    hashes: &[u32],
    is_compared: impl Fn(&usize) -> bool,
    is_same: impl Fn(usize, usize) -> bool,
    mark: Mark,
    marks: &mut [u8],
) {
    let (mut sieve, mut doubtful) = (Sieve::of(hashes.len()), Vec::new());
    in_blocks(hashes, |_, hashes| put(&mut sieve, hashes, &mut doubtful));
    // A small one, that is near: of the few that are doubtful.
    sieve = Sieve::of(doubtful.len());
    for hash in doubtful {
        sieve.put(spread(hash));
    }
    let mut rows = Vec::new();
    in_blocks(hashes, |first, hashes| found_in(&sieve, first, hashes, &mut rows));
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

/// A hash with as many bits as a sieve looks at.
fn spread(hash: u32) -> u64 {
    u64::from(hash).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

// Loops are functions of their own: a browser makes those fast that are called often.

/// Puts hashes in; adds those that may have been in already to the doubtful ones.
#[inline(never)]
fn put(sieve: &mut Sieve, hashes: &[u32], doubtful: &mut Vec<u32>) {
    doubtful.extend(hashes.iter().filter(|hash| **hash != NOTHING && sieve.put(spread(**hash))));
}

/// The rows, from this one on, whose hashes may be in.
#[inline(never)]
fn found_in(sieve: &Sieve, first: usize, hashes: &[u32], rows: &mut Vec<usize>) {
    let may_be_in = |hash: u32| hash != NOTHING && sieve.may_hold(spread(hash));
    rows.extend((first..).zip(hashes).filter(|(_, hash)| may_be_in(**hash)).map(|(row, _)| row));
}
