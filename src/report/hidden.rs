//! What is hidden in anything for publication: figures about fewer than five
//! people, and as many others as it takes that these cannot be worked out
//! from a published total.

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
/// smallest of those that are left go first, and where none is left the total goes.
pub fn hidden(people: &[u64], small: &[bool], lines: &[Line]) -> Vec<bool> {
    let mut hidden = small.to_vec();
    loop {
        let mut changed = false;
        for line in lines {
            loop {
                let gone: Vec<usize> = line.cells.iter().copied().filter(|&cell| hidden[cell]).collect();
                let behind: u64 = gone.iter().map(|&cell| people[cell]).sum();
                if gone.is_empty() || (gone.len() > 1 && behind >= LEAST_SHOWN) {
                    break;
                }
                let left = line.cells.iter().copied().filter(|&cell| !hidden[cell] && people[cell] > 0);
                let total = line.total.filter(|&total| !hidden[total]);
                // A total that is hidden tells nothing of its cells.
                if line.total.is_some() && total.is_none() {
                    break;
                }
                let Some(next) = left.min_by_key(|&cell| people[cell]).or(total) else { break };
                hidden[next] = true;
                changed = true;
            }
        }
        if !changed {
            return hidden;
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
