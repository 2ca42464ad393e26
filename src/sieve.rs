//! Tells which numbers may have occurred before, by three bits of each: of those that occur once, which are nearly all,
//! nothing else has to be remembered.

/// Bits of numbers that were put in.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sieve {
    words: Vec<u64>,
}

/// Numbers that a word has room for: of others, one in a hundred seems to be in then.
const ROOM: usize = 4;

impl Sieve {
    /// For so many numbers.
    pub fn of(numbers: usize) -> Sieve {
        Sieve { words: vec![0; numbers.div_ceil(ROOM).next_power_of_two()] }
    }

    /// How many numbers it has room for.
    pub fn room(&self) -> usize {
        self.words.len() * ROOM
    }

    /// Bytes held.
    pub fn bytes(&self) -> usize {
        self.words.len() * 8
    }

    /// The word of a number and its bits there, of which some may be the same.
    #[inline]
    #[allow(clippy::cast_possible_truncation)]
    fn place(&self, number: u64) -> (usize, u64) {
        let word = (number >> 32) as usize & (self.words.len() - 1);
        (word, 1 << (number & 63) | 1 << (number >> 6 & 63) | 1 << (number >> 12 & 63))
    }

    /// Puts a number in, which is a hash: all of its bits tell something. Whether it may have been in.
    #[inline]
    pub fn put(&mut self, number: u64) -> bool {
        let (word, bits) = self.place(number);
        let word = &mut self.words[word];
        let was_in = *word & bits == bits;
        *word |= bits;
        was_in
    }

    /// Whether a number may be in.
    #[inline]
    pub fn may_hold(&self, number: u64) -> bool {
        let (word, bits) = self.place(number);
        self.words[word] & bits == bits
    }
}
