//! What is hidden in anything for publication: figures about fewer than five
//! people, and as many others as it takes that these cannot be worked out
//! from a published total.

mod solve;

/// Fewer respondents than this are hidden.
pub const LEAST_SHOWN: u64 = 5;
/// Fewer than this are shown as a hint only.
pub const LEAST_FIRM: u64 = 30;

/// Cells that add up to a total.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// The cells.
    pub cells: Vec<usize>,
    /// The cell that holds their total, where one does. It is known from elsewhere otherwise.
    pub total: Option<usize>,
}

/// Which cells are hidden. `people` are the respondents of each; `lines` say what could be worked
/// out from what.
///
/// A line with something hidden hides at least two cells, and at least five people together: the
/// smallest of those that are left go first, and where none is left the total goes. A hidden total
/// hides all its cells: it is what they add up to. Lines that cross may still tell together what none
/// tells by itself: so the sums are solved, and where a small cell follows, one more beside it goes.
pub fn hidden(people: &[u64], small: &[bool], lines: &[Line]) -> Vec<bool> {
    let mut hidden = small.to_vec();
    loop {
        close(people, lines, &mut hidden);
        let told = solve::determined(people, lines, &hidden);
        let mut changed = false;
        for cell in told.into_iter().filter(|&cell| small[cell]) {
            let beside = lines.iter().filter(|line| line.total == Some(cell) || line.cells.contains(&cell));
            let beside = beside.flat_map(|line| line.cells.iter().copied().chain(line.total));
            let next = beside.filter(|&other| !hidden[other] && people[other] > 0).min_by_key(|&other| people[other]);
            if let Some(next) = next {
                hidden[next] = true;
                changed = true;
            }
        }
        if !changed {
            return hidden;
        }
    }
}

/// Hides more until no line by itself tells anything.
fn close(people: &[u64], lines: &[Line], hidden: &mut [bool]) {
    loop {
        let mut changed = false;
        for line in lines {
            if line.total.is_some_and(|total| hidden[total]) {
                let shown: Vec<usize> = line.cells.iter().copied().filter(|&cell| !hidden[cell]).collect();
                changed |= shown.iter().any(|&cell| people[cell] > 0);
                shown.iter().for_each(|&cell| hidden[cell] = true);
                continue;
            }
            loop {
                let gone: Vec<usize> = line.cells.iter().copied().filter(|&cell| hidden[cell]).collect();
                let behind: u64 = gone.iter().map(|&cell| people[cell]).sum();
                if gone.is_empty() || (gone.len() > 1 && behind >= LEAST_SHOWN) {
                    break;
                }
                let left = line.cells.iter().copied().filter(|&cell| !hidden[cell] && people[cell] > 0);
                let total = line.total.filter(|&total| !hidden[total]);
                let Some(next) = left.min_by_key(|&cell| people[cell]).or(total) else { break };
                hidden[next] = true;
                changed = true;
            }
        }
        if !changed {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What is hidden of these cells, of which no total is a cell itself.
    fn of(people: &[u64], lines: &[Vec<usize>]) -> Vec<bool> {
        let small: Vec<bool> = people.iter().map(|people| (1..LEAST_SHOWN).contains(people)).collect();
        let lines = lines.iter().map(|cells| Line { cells: cells.clone(), total: None });
        hidden(people, &small, &lines.collect::<Vec<_>>())
    }

    #[test]
    fn one_small_cell_takes_another_with_it() {
        assert_eq!(of(&[3, 40, 8], &[vec![0, 1, 2]]), [true, false, true], "or 51 less 48 would tell it");
        assert_eq!(of(&[1, 1, 9, 50], &[vec![0, 1, 2, 3]]), [true, true, true, false], "two are not five");
        assert_eq!(of(&[3, 2, 50], &[vec![0, 1, 2]]), [true, true, false]);
        assert_eq!(of(&[0, 40, 8], &[vec![0, 1, 2]]), [false; 3], "nobody is no secret");
        assert_eq!(of(&[3], &[vec![0]]), [true]);
    }

    #[test]
    fn a_total_goes_where_no_cell_is_left_to_hide() {
        // A part of one factor is that factor: hiding the one and showing the other hides nothing.
        let line = Line { cells: vec![0], total: Some(1) };
        assert_eq!(hidden(&[8, 8], &[true, false], &[line]), [true, true]);
    }

    #[test]
    fn a_table_is_closed_in_both_directions() {
        // Two rows of three; the small cell takes one of its row, and both take one of their columns.
        let lines = [vec![0, 1, 2], vec![3, 4, 5], vec![0, 3], vec![1, 4], vec![2, 5]];
        assert_eq!(of(&[2, 30, 40, 50, 60, 70], &lines), [true, true, false, true, true, false]);
    }

    /// Which unknowns a system of sums fixes: those that stand alone in a row once it is solved, in a
    /// field of prime order.
    fn fixed(mut rows: Vec<Vec<i64>>, unknowns: usize) -> Vec<bool> {
        const PRIME: i64 = 2_147_483_647;
        let inverse = |of: i64| {
            let (mut power, mut base, mut left) = (1i128, i128::from(of), PRIME - 2);
            while left > 0 {
                power = if left % 2 == 1 { power * base % i128::from(PRIME) } else { power };
                base = base * base % i128::from(PRIME);
                left /= 2;
            }
            i64::try_from(power).expect("below the prime")
        };
        let mut solved = 0;
        for column in 0..unknowns {
            let Some(pivot) = (solved..rows.len()).find(|&row| rows[row][column] != 0) else { continue };
            rows.swap(solved, pivot);
            let by = inverse(rows[solved][column]);
            let own: Vec<i64> = rows[solved].iter().map(|entry| entry * by % PRIME).collect();
            for (at, row) in rows.iter_mut().enumerate() {
                let factor = row[column];
                match at == solved {
                    true => row.clone_from(&own),
                    false => row.iter_mut().zip(&own).for_each(|(a, b)| *a = (*a - factor * b).rem_euclid(PRIME)),
                }
            }
            solved += 1;
        }
        let mut alone = vec![false; unknowns];
        for row in &rows[..solved] {
            let entries: Vec<usize> = (0..unknowns).filter(|&at| row[at] != 0).collect();
            if let [only] = entries.as_slice() {
                alone[*only] = true;
            }
        }
        alone
    }

    proptest! {
        /// Groups beside each other, measures within each other: whatever sums are shown, nothing about
        /// fewer than five people follows from them.
        #[test]
        fn no_small_group_follows_from_what_is_shown(
            leaves in proptest::collection::vec(proptest::collection::vec(0u64..30, 8), 2..5),
            more in proptest::collection::vec(0u64..4, 75),
        ) {
            // Per group: 8 items, 4 factors, 2 parts, the whole; the last group is all of them.
            let within: [&[usize]; 7] = [&[0, 1], &[2, 3], &[4, 5], &[6, 7], &[8, 9], &[10, 11], &[12, 13]];
            let (groups, size) = (leaves.len(), 15);
            let mut people = vec![0u64; (groups + 1) * size];
            let mut lines = Vec::new();
            for group in 0..groups {
                people[group * size..][..8].copy_from_slice(&leaves[group]);
                for (whole, cells) in within.iter().enumerate() {
                    let cells: Vec<usize> = cells.iter().map(|cell| group * size + cell).collect();
                    let total = group * size + 8 + whole;
                    // Who answers one item may answer another too.
                    let sum: u64 = cells.iter().map(|&cell| people[cell]).sum();
                    let most = cells.iter().map(|&cell| people[cell]).max().unwrap_or(0);
                    people[total] = sum.min(most + more[group * size + 8 + whole]);
                }
            }
            for measure in 0..size {
                let cells: Vec<usize> = (0..groups).map(|group| group * size + measure).collect();
                let total = groups * size + measure;
                people[total] = cells.iter().map(|&cell| people[cell]).sum();
                lines.push(Line { cells, total: Some(total) });
            }
            for group in 0..=groups {
                for (whole, cells) in within.iter().enumerate() {
                    let cells = cells.iter().map(|cell| group * size + cell).collect();
                    lines.push(Line { cells, total: Some(group * size + 8 + whole) });
                }
            }
            let small: Vec<bool> = people.iter().map(|people| (1..LEAST_SHOWN).contains(people)).collect();
            let hidden = hidden(&people, &small, &lines);
            // What nobody answered is known to be nothing.
            let unknown: Vec<usize> = (0..people.len()).filter(|&cell| hidden[cell] && people[cell] > 0).collect();
            let rows = lines.iter().map(|line| {
                let entry = |cell: &usize| match line.total == Some(*cell) {
                    true => 2_147_483_646,
                    false => i64::from(line.cells.contains(cell)),
                };
                unknown.iter().map(entry).collect()
            });
            let fixed = fixed(rows.collect(), unknown.len());
            for (cell, fixed) in unknown.iter().zip(fixed) {
                prop_assert!(!(fixed && small[*cell]), "{} people follow: {people:?} {hidden:?}", people[*cell]);
            }
        }
    }

    proptest! {
        #[test]
        fn nothing_small_is_shown_or_can_be_worked_out(cells in proptest::collection::vec(0u64..40, 12)) {
            let rows = (0..3).map(|row| (0..4).map(|column| row * 4 + column).collect::<Vec<_>>());
            let columns = (0..4).map(|column| (0..3).map(|row| row * 4 + column).collect::<Vec<_>>());
            let lines: Vec<Vec<usize>> = rows.chain(columns).collect();
            let hidden = of(&cells, &lines);
            for (people, hidden) in cells.iter().zip(&hidden) {
                prop_assert!(*people == 0 || *people >= LEAST_SHOWN || *hidden);
            }
            for line in &lines {
                let gone: Vec<u64> = line.iter().filter(|&&cell| hidden[cell]).map(|&cell| cells[cell]).collect();
                let shown = line.iter().filter(|&&cell| !hidden[cell] && cells[cell] > 0).count();
                let safe = gone.is_empty() || shown == 0 || (gone.len() > 1 && gone.iter().sum::<u64>() >= LEAST_SHOWN);
                prop_assert!(safe, "{cells:?} {hidden:?}");
            }
        }
    }
}
