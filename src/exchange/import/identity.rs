//! Ids for responses that have none good for all files: made of what they say, so that the same
//! file read twice is recognised.

use std::collections::BTreeMap;

use sha2::{Digest as _, Sha256};

use super::mapping::hex;
use super::table::Table;

/// What ids of a file are made of.
pub(super) struct Ids {
    /// A digest of all its cells, whatever its encoding and separators.
    pub file: String,
    /// How many rows say exactly the same so far.
    alike: BTreeMap<String, u32>,
}

impl Ids {
    pub fn of(table: &Table) -> Ids {
        let mut digest = Sha256::new();
        for row in &table.rows {
            for cell in &row.cells {
                digest.update(cell.trim().as_bytes());
                digest.update([0x1f]);
            }
            digest.update([0x1e]);
        }
        Ids { file: hex(&digest.finalize()), alike: BTreeMap::new() }
    }

    /// A UUID of version 8 (RFC 9562: one made of a digest). Where rows of one file may say the same
    /// without being the same, the second gets another.
    pub fn of_digest(&mut self, digest: &[u8], are_alike_apart: bool) -> String {
        let mut text = hex(digest);
        if are_alike_apart {
            let count = self.alike.entry(text.clone()).or_default();
            *count += 1;
            if *count > 1 {
                text = hex(&Sha256::digest(format!("{text} {count}")));
            }
        }
        let variant = u8::from_str_radix(&text[16..17], 16).unwrap_or(0) & 3 | 8;
        format!("{}-{}-8{}-{variant:x}{}-{}", &text[..8], &text[8..12], &text[13..16], &text[17..20], &text[20..32])
    }
}

/// Whether a text has the form of a UUID.
pub(super) fn is_uuid(text: &str) -> bool {
    let is_right = |(at, byte): (usize, u8)| match at {
        8 | 13 | 18 | 23 => byte == b'-',
        _ => byte.is_ascii_hexdigit(),
    };
    text.len() == 36 && text.bytes().enumerate().all(is_right)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_a_uuid_and_tells_rows_apart() {
        let mut ids = Ids::of(&Table::default());
        let digest = Sha256::digest("a");
        let (first, second) = (ids.of_digest(&digest, true), ids.of_digest(&digest, true));
        assert!(is_uuid(&first) && is_uuid(&second) && first != second);
        assert_eq!(first, Ids::of(&Table::default()).of_digest(&digest, true));
        assert_eq!((&first[14..15], first[19..20].contains(['8', '9', 'a', 'b'])), ("8", true));
        assert!(!is_uuid("uuid:x") && !is_uuid(""));
    }
}
