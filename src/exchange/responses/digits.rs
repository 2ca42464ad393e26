//! Cells of one digit each, a byte between them, as the answers to most items stand in a file: eight at a time.

use wide::{i16x8, u8x16};

/// Cells looked at together.
pub(super) const EIGHT: usize = 8;

/// Of eight items that follow each other in a file, the digits that stand for a level.
#[derive(Clone, Copy)]
pub(super) struct Digits {
    least: i16x8,
    most: i16x8,
}

impl Digits {
    /// For each of these items, the first eight of them, the least digit and the highest; the levels of an item are all
    /// from the one to the other. None: its cells are not to be looked at here. So it is behind the last item.
    #[inline(never)]
    pub fn of(items: &[Option<(u8, u8)>]) -> Digits {
        let of = |at: usize| items.get(at).copied().flatten();
        let least = std::array::from_fn(|at| of(at).map_or(i16::MAX, |(least, _)| least.into()));
        let most = std::array::from_fn(|at| of(at).map_or(i16::MIN, |(_, most)| most.into()));
        Digits { least: i16x8::new(least), most: i16x8::new(most) }
    }

    /// The digits at every other byte from the first on, and how many of them, up to the first that does not, stand for
    /// a level.
    #[inline]
    pub fn read(&self, bytes: &[u8; 2 * EIGHT]) -> ([u8; EIGHT], usize) {
        let pairs = std::array::from_fn(|at| i16::from_le_bytes([bytes[2 * at], bytes[2 * at + 1]]));
        let digits = (i16x8::new(pairs) & i16x8::splat(0xff)) - i16x8::splat(i16::from(b'0'));
        let others = digits.simd_lt(self.least) | digits.simd_gt(self.most);
        let digits = u8x16::narrow_i16x8(digits, digits).to_array();
        (std::array::from_fn(|at| digits[at]), (others.to_bitmask() | 1 << EIGHT).trailing_zeros() as usize)
    }
}
