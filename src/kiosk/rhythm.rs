//! Telling a person's finger from drumming, a stuck finger and a faulty screen.
//!
//! What a person touches does something. Who drums keeps touching while there
//! is nothing to touch: the answer just given, the thanks, the space between.

use std::collections::VecDeque;

/// So many touches that do nothing, within [`DRUMMING_WITHIN`], are drumming.
const DRUMMING: usize = 4;
const DRUMMING_WITHIN: u64 = 2_000;
/// So many touches within [`HASTE_WITHIN`] are drumming whatever they hit: nobody reads that fast.
const HASTE: usize = 6;
const HASTE_WITHIN: u64 = 1_000;
/// Drumming is over after so long without a touch.
const QUIET: u64 = 3_000;
/// A finger that rests longer than this on the screen does not mean to choose.
const HELD: u64 = 3_000;
/// So many ratings in a row at the same spot …
const SAME_SPOT: u32 = 4;
/// … which is this many pixels wide …
const SPOT: i32 = 6;
/// … with no more than this between any two.
const SPOT_WITHIN: u64 = 20_000;

/// A touch that is over: when, where, how long the finger stayed, and whether there was anything to touch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Touch {
    /// When it ended, in milliseconds.
    pub at: u64,
    /// Where, in pixels.
    pub point: (i32, i32),
    /// How long it lasted, in milliseconds.
    pub held: u64,
    /// It hit something that took it.
    pub did: bool,
}

/// What came of touches that were not taken, since the device was started.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ignored {
    /// Times somebody drummed.
    pub drumming: u32,
    /// Touches that lasted too long.
    pub held: u32,
}

/// The rhythm of touches on one device.
#[derive(Clone, Debug, Default)]
pub struct Rhythm {
    idle: VecDeque<u64>,
    all: VecDeque<u64>,
    last: Option<u64>,
    is_drumming: bool,
    spot: Option<((i32, i32), u64, u32)>,
    ignored: Ignored,
}

impl Rhythm {
    /// Takes note of a touch; false where it is too long to be meant, and must not be taken.
    pub fn touch(&mut self, touch: Touch) -> bool {
        self.settle(touch.at);
        self.last = Some(touch.at);
        let is_held = touch.held >= HELD;
        if is_held {
            self.ignored.held += 1;
        } else {
            let recent = |touches: &mut VecDeque<u64>, within: u64| {
                touches.retain(|at| touch.at.saturating_sub(*at) <= within);
                touches.push_back(touch.at);
                touches.len()
            };
            let idle = if touch.did { 0 } else { recent(&mut self.idle, DRUMMING_WITHIN) };
            let is_drumming = recent(&mut self.all, HASTE_WITHIN) >= HASTE || idle >= DRUMMING;
            if is_drumming && !self.is_drumming {
                self.is_drumming = true;
                self.ignored.drumming += 1;
            }
        }
        !is_held
    }

    /// Somebody is drumming on the screen.
    pub fn is_drumming(&mut self, now: u64) -> bool {
        self.settle(now);
        self.is_drumming
    }

    /// A rating is about to be kept, made by a touch at this point (none: by a key). Whether it is to be
    /// flagged: made while somebody drums, or one of many at the very same spot.
    pub fn rated(&mut self, now: u64, point: Option<(i32, i32)>) -> bool {
        let is_near =
            |other: (i32, i32), (x, y): (i32, i32)| (x - other.0).abs() <= SPOT && (y - other.1).abs() <= SPOT;
        self.spot = point.map(|point| match self.spot {
            Some((spot, at, count)) if is_near(spot, point) && now.saturating_sub(at) <= SPOT_WITHIN => {
                (spot, now, count + 1)
            }
            _ => (point, now, 1),
        });
        self.is_drumming(now) || self.spot.is_some_and(|(_, _, count)| count > SAME_SPOT)
    }

    /// What was not taken so far.
    pub fn ignored(&self) -> Ignored {
        self.ignored
    }

    fn settle(&mut self, now: u64) {
        if self.last.is_some_and(|last| now.saturating_sub(last) > QUIET) {
            self.is_drumming = false;
            self.idle.clear();
            self.all.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn touch(at: u64, did: bool) -> Touch {
        Touch { at, point: (100, 100), held: 80, did }
    }

    #[test]
    fn quick_answers_are_no_drumming() {
        let mut rhythm = Rhythm::default();
        for at in 0..40 {
            assert!(rhythm.touch(touch(at * 220, true)));
        }
        assert!(!rhythm.is_drumming(8_800));
        assert_eq!(rhythm.ignored(), Ignored::default());
    }

    #[test]
    fn a_double_tap_is_no_drumming() {
        let mut rhythm = Rhythm::default();
        rhythm.touch(touch(0, true));
        rhythm.touch(touch(150, false));
        rhythm.touch(touch(300, false));
        assert!(!rhythm.rated(600, Some((100, 100))));
    }

    #[test]
    fn drumming_flags_what_is_rated_until_it_is_quiet() {
        let mut rhythm = Rhythm::default();
        rhythm.touch(touch(0, true));
        (1..=4).for_each(|n| {
            rhythm.touch(touch(n * 140, false));
        });
        assert!(rhythm.rated(600, Some((100, 100))));
        rhythm.touch(touch(3_000, true));
        assert!(rhythm.rated(3_600, Some((300, 100))), "still drumming: no quiet yet");
        assert!(!rhythm.is_drumming(6_001));
        assert_eq!(rhythm.ignored(), Ignored { drumming: 1, held: 0 });
    }

    #[test]
    fn nobody_chooses_ten_answers_a_second() {
        let mut rhythm = Rhythm::default();
        for at in 0..10 {
            rhythm.touch(touch(at * 100, true));
        }
        assert!(rhythm.is_drumming(1_000));
    }

    #[test]
    fn a_finger_that_stays_is_not_taken() {
        let mut rhythm = Rhythm::default();
        assert!(rhythm.touch(Touch { held: 2_999, ..touch(4_000, true) }));
        assert!(!rhythm.touch(Touch { held: 3_000, ..touch(9_000, true) }));
        assert_eq!(rhythm.ignored().held, 1);
    }

    #[test]
    fn the_very_same_spot_again_and_again_is_a_faulty_screen() {
        let mut rhythm = Rhythm::default();
        let flags: Vec<bool> =
            (0..6).map(|n| rhythm.rated(n * 10_000, Some((400 + (n as i32 % 2) * 3, 250)))).collect();
        assert_eq!(flags, [false, false, false, false, true, true]);
        assert!(!rhythm.rated(60_000, Some((480, 250))), "another spot");
        for n in 0..9 {
            assert!(!rhythm.rated(100_000 + n * 30_000, Some((480, 250))), "people who come one after another");
        }
    }
}
