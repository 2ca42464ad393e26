//! Texts that a spreadsheet program would run as a formula, or that would read
//! as the code of a missing answer, get a leading apostrophe; reading takes
//! exactly that apostrophe away again.

use crate::survey::Missing;

/// Whether, after any apostrophes, the text begins as a formula could or is a missing code.
fn is_risky(text: &str) -> bool {
    let bare = text.trim_start_matches('\'');
    bare.starts_with(['=', '+', '-', '@', '\t', '\r']) || Missing::by_code(bare).is_some()
}

/// The text as it is written into a cell.
pub fn guard(text: &str) -> String {
    if is_risky(text) { format!("'{text}") } else { text.to_owned() }
}

/// The text that was guarded.
pub fn unguard(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(text) if is_risky(text) => text,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn formulas_are_disarmed_and_nothing_else_is_touched() {
        for risky in ["=1+1", "+84", "-1", "@SUM(A1)", "\tx", "\r=x", "'=x", "na", "no_answer"] {
            assert_eq!(guard(risky), format!("'{risky}"));
        }
        for harmless in ["", "a=b", "'quoted'", "Tốt", "12"] {
            assert_eq!(guard(harmless), harmless);
        }
    }

    proptest! {
        #[test]
        fn a_guarded_cell_is_harmless_and_reads_back(text in "['=+@\\-\\t\\rna]{0,4}") {
            let cell = guard(&text);
            prop_assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']));
            prop_assert_eq!(unguard(&cell), text);
        }
    }
}
