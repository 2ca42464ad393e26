//! When a response was made and how long it took: what only the marks of
//! [`crate::quality`] are made of, and dropped after.

use crate::response::Response;
use crate::sections::{Sectioned, Sections};

/// The traces of one response.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Trace {
    /// Seconds from 1970 to its end; what does not fit is the nearest that does.
    pub finished: u32,
    /// Seconds it took; where it ends before it begins, the clock tells nothing: the most there can be.
    pub seconds: u16,
    /// The bits that [`crate::response::receipt`] is made of, where the id is a UUID; else 0.
    pub receipt: u64,
}

impl Trace {
    /// The traces of a response.
    pub fn of(response: &Response) -> Trace {
        let (started, finished) = (response.started_at.timestamp(), response.finished_at.timestamp());
        Trace::from_seconds(response.id.as_bytes(), started, finished)
    }

    /// The same from what a file holds.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    pub fn from_seconds(id: &[u8], started: i64, finished: i64) -> Trace {
        Trace {
            finished: finished.clamp(0, u32::MAX.into()) as u32,
            seconds: u16::try_from(finished - started).unwrap_or(u16::MAX),
            receipt: receipt_bits(id),
        }
    }
}

/// The last forty bits of a UUID; 0 for other ids, whose receipts may well be alike.
fn receipt_bits(id: &[u8]) -> u64 {
    let Some((_, tail)) = id.split_last_chunk::<10>().filter(|_| id.len() == 36) else { return 0 };
    let (bits, all) = tail.iter().fold((0, 0), |(bits, all), byte| {
        let digit = DIGITS[usize::from(*byte)];
        (bits << 4 | u64::from(digit), all | digit)
    });
    if all < 16 { bits } else { 0 }
}

/// What each byte is as a digit of a UUID; more than 15: it is none.
const DIGITS: [u8; 256] = {
    let mut digits = [u8::MAX; 256];
    let mut digit = 0;
    while digit < 16 {
        let lower = b"0123456789abcdef"[digit];
        digits[lower as usize] = digit as u8;
        digits[lower.to_ascii_uppercase() as usize] = digit as u8;
        digit += 1;
    }
    digits
};

/// The traces of a pile.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Traces {
    pub finished: Vec<u32>,
    pub seconds: Vec<u16>,
    pub receipt: Vec<u64>,
}

impl Traces {
    pub fn push(&mut self, trace: &Trace) {
        self.finished.push(trace.finished);
        self.seconds.push(trace.seconds);
        self.receipt.push(trace.receipt);
    }

    pub fn append_some(&mut self, more: &Traces, keep: &[bool]) {
        let kept = || keep.iter().enumerate().filter(|(_, keep)| **keep).map(|(row, _)| row);
        self.finished.extend(kept().map(|row| more.finished[row]));
        self.seconds.extend(kept().map(|row| more.seconds[row]));
        self.receipt.extend(kept().map(|row| more.receipt[row]));
    }

    pub fn retain(&mut self, keep: &[bool]) {
        fn kept<T>(all: &mut Vec<T>, keep: &[bool]) {
            let mut rows = keep.iter();
            all.retain(|_| rows.next() == Some(&true));
        }
        kept(&mut self.finished, keep);
        kept(&mut self.seconds, keep);
        kept(&mut self.receipt, keep);
    }

    pub fn reserve(&mut self, rows: usize) {
        self.finished.reserve_exact(rows);
        self.seconds.reserve_exact(rows);
        self.receipt.reserve_exact(rows);
    }

    /// Puts them down for another thread.
    pub fn put(&self, out: &mut Sections) {
        out.put(&self.finished);
        out.put(&self.seconds);
        out.put(&self.receipt);
    }

    /// Takes them up again.
    #[inline(never)]
    pub fn take(from: &mut Sectioned<'_>) -> Option<Traces> {
        Some(Traces { finished: from.take()?, seconds: from.take()?, receipt: from.take()? })
    }

    pub fn append(&mut self, more: &Traces) {
        self.finished.extend_from_slice(&more.finished);
        self.seconds.extend_from_slice(&more.seconds);
        self.receipt.extend_from_slice(&more.receipt);
    }

    pub fn bytes(&self) -> usize {
        self.finished.capacity() * 4 + self.seconds.capacity() * 2 + self.receipt.capacity() * 8
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn receipts_are_the_last_forty_bits(id in "[0-9a-fA-F]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-fA-F]{12}|[0-9a-g-]{35,37}") {
            let expected = match id.len() {
                36 => u64::from_str_radix(&id[26..], 16).unwrap_or(0),
                _ => 0,
            };
            prop_assert_eq!(receipt_bits(id.as_bytes()), expected);
        }
    }
}
