//! Whether somebody is still there.

/// Whether somebody is still there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// They touched the screen not long ago.
    Here,
    /// They have not for some time: asked whether they are, with so many seconds left.
    Asked {
        /// Seconds left, from the whole countdown to 1.
        seconds: u32,
    },
    /// They are gone.
    Gone,
}

/// Watches over one person's run. Times are milliseconds of a clock that only rises.
#[derive(Clone, Copy, Debug)]
pub struct Watch {
    idle: u64,
    countdown: u64,
    touched: u64,
}

impl Watch {
    /// Begins with a touch: after `idle_seconds` without another the person is asked, for `countdown_seconds`.
    pub fn new(idle_seconds: u32, countdown_seconds: u32, now: u64) -> Watch {
        Watch { idle: u64::from(idle_seconds) * 1000, countdown: u64::from(countdown_seconds) * 1000, touched: now }
    }

    /// The screen was touched, or a key pressed. Once the time is over nobody is brought back by it.
    pub fn touch(&mut self, now: u64) {
        if self.presence(now) != Presence::Gone {
            self.touched = now;
        }
    }

    /// How long ago the last touch was, in milliseconds.
    pub fn quiet(&self, now: u64) -> u64 {
        now.saturating_sub(self.touched)
    }

    /// How it stands now. A machine that slept comes back to `Gone`.
    pub fn presence(&self, now: u64) -> Presence {
        match self.quiet(now).checked_sub(self.idle) {
            None => Presence::Here,
            Some(over) if over < self.countdown => {
                let left = (self.countdown - over).div_ceil(1000);
                Presence::Asked { seconds: u32::try_from(left).unwrap_or(u32::MAX) }
            }
            Some(_) => Presence::Gone,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quiet_leads_to_a_countdown_and_a_touch_ends_it() {
        let mut watch = Watch::new(30, 20, 5_000);
        assert_eq!(watch.presence(34_999), Presence::Here);
        assert_eq!(watch.presence(35_000), Presence::Asked { seconds: 20 });
        assert_eq!(watch.presence(54_999), Presence::Asked { seconds: 1 });
        watch.touch(54_999);
        assert_eq!(watch.presence(55_000), Presence::Here);
        assert_eq!(watch.presence(104_999), Presence::Gone);
        assert_eq!(watch.quiet(104_999), 50_000);
        watch.touch(105_000);
        assert_eq!(watch.presence(105_000), Presence::Gone, "the next person does not wake the last one's form");
    }

    #[test]
    fn a_reading_before_the_touch_is_no_time_at_all() {
        assert_eq!(Watch::new(30, 20, 5_000).presence(4_000), Presence::Here);
    }
}
