//! Texts that a spreadsheet program would run as a formula, or that would read
//! as the code of a missing answer, get a leading apostrophe; reading takes
//! exactly that apostrophe away again.

use crate::survey::Missing;

/// Where a program may begin a new cell: spreadsheets split at semicolons or
/// tabs, depending on the system's language, whatever this file uses.
const SEPARATORS: [char; 4] = [';', '\t', '\n', '\r'];

/// Whether, after any apostrophes, the whole text begins with a character that
/// separates, or is a missing code.
fn is_risky_as_a_whole(text: &str) -> bool {
    let bare = text.trim_start_matches('\'');
    bare.starts_with(SEPARATORS) || Missing::by_code(bare).is_some()
}

/// Where in a piece between separators the guard goes: behind its spaces, if
/// after any apostrophes it begins as a formula does.
fn guard_position(piece: &str) -> Option<usize> {
    let text = piece.trim_start_matches(' ');
    let is_formula = text.trim_start_matches('\'').starts_with(['=', '+', '-', '@']);
    is_formula.then_some(piece.len() - text.len())
}

/// The text as it is written into a cell.
pub fn guard(text: &str) -> String {
    let mut cell = String::with_capacity(text.len() + 1);
    if is_risky_as_a_whole(text) {
        cell.push('\'');
    }
    for piece in text.split_inclusive(SEPARATORS) {
        let at = guard_position(piece);
        cell.push_str(&piece[..at.unwrap_or(0)]);
        if at.is_some() {
            cell.push('\'');
        }
        cell.push_str(&piece[at.unwrap_or(0)..]);
    }
    cell
}

/// The text that was guarded.
pub fn unguard(cell: &str) -> String {
    let cell = cell.strip_prefix('\'').filter(|text| is_risky_as_a_whole(text)).unwrap_or(cell);
    let mut text = String::with_capacity(cell.len());
    for piece in cell.split_inclusive(SEPARATORS) {
        match guard_position(piece) {
            Some(at) if piece[at..].starts_with('\'') => {
                text.push_str(&piece[..at]);
                text.push_str(&piece[at + 1..]);
            }
            _ => text.push_str(piece),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn formulas_are_disarmed_and_nothing_else_is_touched() {
        for risky in ["=1+1", "+84", "-1", "@SUM(A1)", "\tx", "'=x", "na", "no_answer"] {
            assert_eq!(guard(risky), format!("'{risky}"));
        }
        assert_eq!(guard("\r=x"), "'\r'=x");
        assert_eq!(guard("x;=HYPERLINK()"), "x;'=HYPERLINK()");
        assert_eq!(guard("a\n  -b"), "a\n  '-b");
        for harmless in ["", "a=b", "'quoted'", "Tốt", "12"] {
            assert_eq!(guard(harmless), harmless);
        }
    }

    proptest! {
        #[test]
        fn a_guarded_cell_is_harmless_and_reads_back(text in "['=+@\\-\\t\\r\\n; na]{0,8}") {
            let cell = guard(&text);
            for piece in cell.split(SEPARATORS) {
                prop_assert!(!piece.trim_start().starts_with(['=', '+', '-', '@']));
            }
            prop_assert!(!cell.starts_with(SEPARATORS));
            prop_assert_eq!(unguard(&cell), text);
        }
    }
}
