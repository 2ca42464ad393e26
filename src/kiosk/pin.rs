//! The PIN that keeps passers-by out of settings and exports.
//!
//! It is kept as a salted hash that takes a while to work out. Whoever has the
//! hash and a computer finds four digits all the same: a PIN is a lock for a
//! counter, not for a safe.

use pbkdf2::pbkdf2_hmac_array;
use serde::{Deserialize, Serialize};
use sha2::Sha256;

/// Rounds of a new hash: a fraction of a second on a tablet.
const ROUNDS: u32 = 20_000;
/// More rounds than this would freeze the screen: nobody's file may ask for them.
const MOST_ROUNDS: u32 = 200_000;
/// Wrong tries in a row before the first pause.
const TRIES: u32 = 5;
/// The first pause; each further wrong try doubles it …
const FIRST_PAUSE: i64 = 30_000;
/// … up to an hour.
const LONGEST_PAUSE: i64 = 3_600_000;

/// Whether a text can be a PIN: four to eight digits.
pub fn is_pin(text: &str) -> bool {
    (4..=8).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

/// A PIN's hash: PBKDF2 with HMAC-SHA-256.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Pin {
    rounds: u32,
    salt: [u8; 16],
    hash: [u8; 32],
}

impl Pin {
    /// The hash of a PIN with a salt of random bytes.
    pub fn new(digits: &str, salt: [u8; 16]) -> Pin {
        Pin { rounds: ROUNDS, salt, hash: pbkdf2_hmac_array::<Sha256, 32>(digits.as_bytes(), &salt, ROUNDS) }
    }

    /// Whether these digits are the PIN.
    pub fn is(&self, digits: &str) -> bool {
        pbkdf2_hmac_array::<Sha256, 32>(digits.as_bytes(), &self.salt, self.rounds) == self.hash
    }
}

impl From<Pin> for String {
    /// `ROUNDS-SALT-HASH`, the last two in hexadecimal digits: fit for files and links.
    fn from(pin: Pin) -> String {
        let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        format!("{}-{}-{}", pin.rounds, hex(&pin.salt), hex(&pin.hash))
    }
}

impl TryFrom<String> for Pin {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Pin, &'static str> {
        let mut parts = text.split('-');
        let mut part = || parts.next().ok_or("pin: ROUNDS-SALT-HASH");
        let (rounds, salt, hash) = (part()?, part()?, part()?);
        let rounds = rounds.parse().ok().filter(|rounds| (1..=MOST_ROUNDS).contains(rounds)).ok_or("pin: rounds")?;
        let pin = Pin { rounds, salt: bytes(salt).ok_or("pin: salt")?, hash: bytes(hash).ok_or("pin: hash")? };
        parts.next().is_none().then_some(pin).ok_or("pin: ROUNDS-SALT-HASH")
    }
}

/// Hexadecimal digits as bytes.
fn bytes<const N: usize>(hex: &str) -> Option<[u8; N]> {
    let digits: Vec<u8> =
        hex.chars().map(|c| c.to_digit(16).and_then(|d| u8::try_from(d).ok())).collect::<Option<_>>()?;
    let pairs: Vec<u8> = digits.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).unwrap_or(&0)).collect();
    (digits.len() == 2 * N).then(|| pairs.try_into().ok())?
}

/// Wrong tries so far. Kept on the device, so that loading the page again starts nothing over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempts {
    /// In a row.
    failed: u32,
    /// When the last of them was, in milliseconds since 1970.
    at: i64,
}

impl Attempts {
    /// Milliseconds until the next try is taken; 0: now. A clock that was set back does not make the wait longer.
    pub fn wait(&self, now: i64) -> i64 {
        let Some(over) = self.failed.checked_sub(TRIES) else { return 0 };
        let pause = FIRST_PAUSE.checked_shl(over.min(20)).unwrap_or(LONGEST_PAUSE).min(LONGEST_PAUSE);
        (self.at + pause - now).clamp(0, pause)
    }

    /// Tries that are left before the next pause.
    pub fn left(&self) -> u32 {
        TRIES.saturating_sub(self.failed).max(1)
    }

    /// One more wrong try.
    #[must_use]
    pub fn fail(self, now: i64) -> Attempts {
        Attempts { failed: self.failed.saturating_add(1), at: now }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_pin_itself_fits() {
        let pin = Pin::new("2580", [7; 16]);
        assert!(pin.is("2580"));
        for wrong in ["2581", "", "25800", "0852"] {
            assert!(!pin.is(wrong), "{wrong}");
        }
        assert_ne!(pin, Pin::new("2580", [8; 16]), "the same PIN on two devices has two hashes");
    }

    /// Worked out by Python's `hashlib.pbkdf2_hmac("sha256", b"2580", bytes([7] * 16), 20000)`.
    #[test]
    fn the_hash_is_pbkdf2() {
        let text = String::from(Pin::new("2580", [7; 16]));
        assert_eq!(
            text,
            "20000-07070707070707070707070707070707-1d9263194fd14b6e1a52178c7101ee835af40450ca565ed19378cc217188308b"
        );
    }

    #[test]
    fn a_hash_round_trips_and_other_texts_are_refused() {
        let pin = Pin::new("135790", *b"0123456789abcdef");
        let text = String::from(pin.clone());
        assert_eq!(Pin::try_from(text.clone()), Ok(pin));
        for wrong in ["", "2580", "0-00-00", &text.replace("20000", "99999999"), &format!("{text}-1"), &text[..60]] {
            assert!(Pin::try_from(wrong.to_owned()).is_err(), "{wrong}");
        }
    }

    #[test]
    fn pins_are_four_to_eight_digits() {
        for (text, fits) in
            [("123", false), ("1234", true), ("12345678", true), ("123456789", false), ("12a4", false), ("١٢٣٤", false)]
        {
            assert_eq!(is_pin(text), fits, "{text}");
        }
    }

    #[test]
    fn five_tries_and_then_pauses_that_double() {
        let mut attempts = Attempts::default();
        for left in [5, 4, 3, 2, 1] {
            assert_eq!((attempts.wait(1_000), attempts.left()), (0, left));
            attempts = attempts.fail(1_000);
        }
        assert_eq!(attempts.wait(1_000), 30_000);
        assert_eq!(attempts.wait(31_000), 0);
        attempts = attempts.fail(31_000);
        assert_eq!(attempts.wait(31_000), 60_000);
        for _ in 0..40 {
            attempts = attempts.fail(100_000);
        }
        assert_eq!(attempts.wait(100_000), LONGEST_PAUSE);
    }

    #[test]
    fn a_clock_set_back_does_not_make_the_pause_longer() {
        let mut attempts = Attempts::default();
        (0..5).for_each(|_| attempts = attempts.fail(10_000_000));
        assert_eq!(attempts.wait(0), 30_000);
    }
}
