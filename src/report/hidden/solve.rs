//! What follows from sums that are shown: systems of equations, solved in a field of prime order.

use super::Line;

/// Sums are solved modulo this prime: coefficients are 1 and -1, and no pivot of so few is a multiple of it by chance.
const PRIME: u64 = 2_305_843_009_213_693_951;

/// Systems of more unknowns than this are left unsolved: it would take seconds.
const MOST_UNKNOWNS: usize = 500;

/// The hidden cells whose numbers follow from what is shown. Lines that share no hidden cell have nothing to tell
/// about each other, so each connected part is a system of its own.
pub fn determined(people: &[u64], lines: &[Line], hidden: &[bool]) -> Vec<usize> {
    // What nobody answered is known to be nothing.
    let is_unknown = |cell: usize| hidden[cell] && people[cell] > 0;
    let unknowns = |line: &Line| {
        let cells = line.cells.iter().map(|&cell| (cell, 1));
        cells.chain(line.total.map(|total| (total, PRIME - 1))).filter(|&(cell, _)| is_unknown(cell)).collect()
    };
    // A line without a total of its own that could not be closed has no other cell, and says no more than that one.
    // An item has nothing within it that would add up to it.
    let tells = |line: &&Line| {
        line.total.is_some() && !line.cells.is_empty()
            || line.cells.iter().filter(|&&cell| is_unknown(cell)).count() > 1
    };
    let rows = lines.iter().filter(tells).map(unknowns);
    let mut rows: Vec<Vec<(usize, u64)>> = rows.filter(|row: &Vec<_>| !row.is_empty()).collect();
    let mut told = Vec::new();
    while let Some(first) = rows.pop() {
        let mut cells: Vec<usize> = first.iter().map(|&(cell, _)| cell).collect();
        cells.sort_unstable();
        let mut part = vec![first];
        loop {
            let (near, far): (Vec<_>, Vec<_>) =
                rows.into_iter().partition(|row| row.iter().any(|(cell, _)| cells.contains(cell)));
            rows = far;
            if near.is_empty() {
                break;
            }
            cells.extend(near.iter().flatten().map(|&(cell, _)| cell));
            cells.sort_unstable();
            cells.dedup();
            part.extend(near);
        }
        if cells.len() <= MOST_UNKNOWNS {
            told.extend(alone(&part, &cells));
        }
    }
    told
}

/// The unknowns that stand alone in a row once the system is solved.
fn alone(part: &[Vec<(usize, u64)>], cells: &[usize]) -> Vec<usize> {
    let place = |cell: usize| cells.binary_search(&cell).unwrap_or(0);
    let dense = |row: &Vec<(usize, u64)>| {
        let mut dense = vec![0u64; cells.len()];
        row.iter().for_each(|&(cell, factor)| dense[place(cell)] = factor);
        dense
    };
    let mut rows: Vec<Vec<u64>> = part.iter().map(dense).collect();
    let mut solved = 0;
    for column in 0..cells.len() {
        let Some(pivot) = (solved..rows.len()).find(|&row| rows[row][column] != 0) else { continue };
        rows.swap(solved, pivot);
        let by = power(rows[solved][column], PRIME - 2);
        rows[solved].iter_mut().for_each(|entry| *entry = times(*entry, by));
        let own = rows[solved].clone();
        for (_, row) in rows.iter_mut().enumerate().filter(|(at, row)| *at != solved && row[column] != 0) {
            let factor = PRIME - row[column];
            row.iter_mut().zip(&own).filter(|(_, own)| **own != 0).for_each(|(entry, own)| {
                *entry = (*entry + times(factor, *own)) % PRIME;
            });
        }
        solved += 1;
    }
    let single = |row: &Vec<u64>| {
        let mut entries = row.iter().enumerate().filter(|(_, entry)| **entry != 0);
        let (at, _) = entries.next()?;
        entries.next().is_none().then_some(cells[at])
    };
    rows[..solved].iter().filter_map(single).collect()
}

fn times(a: u64, b: u64) -> u64 {
    u64::try_from(u128::from(a) * u128::from(b) % u128::from(PRIME)).unwrap_or(0)
}

fn power(base: u64, exponent: u64) -> u64 {
    let (mut power, mut base, mut left) = (1, base, exponent);
    while left > 0 {
        if left % 2 == 1 {
            power = times(power, base);
        }
        base = times(base, base);
        left /= 2;
    }
    power
}
