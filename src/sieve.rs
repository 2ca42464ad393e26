//! Tells numbers that occur once from those that may occur again, by two bits of each: nearly all of them are done with
//! after that, and nothing was remembered of them.

/// Bits of numbers that were put in.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sieve {
    words: Vec<u64>,
}

/// Numbers that a word has room for: of as many others, one or two in a hundred seem to be in.
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

    /// The word of a number and its two bits there, which may be one.
    #[inline]
    fn place(&self, number: u32) -> (usize, u64) {
        ((number >> 12) as usize & (self.words.len() - 1), 1 << (number & 63) | 1 << (number >> 6 & 63))
    }

    /// Puts a number in. Whether it may have been in.
    #[inline]
    pub fn put(&mut self, number: u32) -> bool {
        let (word, bits) = self.place(number);
        let word = &mut self.words[word];
        let was_in = *word & bits == bits;
        *word |= bits;
        was_in
    }

    /// Whether a number may be in.
    #[inline]
    pub fn may_hold(&self, number: u32) -> bool {
        let (word, bits) = self.place(number);
        self.words[word] & bits == bits
    }
}
