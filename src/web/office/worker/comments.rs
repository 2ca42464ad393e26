//! What people wrote: read again from where the responses stand, and kept while there is not too much of it.

use std::rc::Rc;

use super::{Worker, tell};
use crate::office::message::Tell;
use crate::office::{Look, Written};
use crate::web::browser;

/// Bytes of words that are kept for the next search.
const KEPT: usize = 32 << 20;
/// Milliseconds between two reports.
const BEAT: f64 = 300.0;

/// What was read last.
pub(super) struct Known {
    look: Look,
    version: u64,
    written: Written,
    responses: u64,
}

impl Worker {
    /// Searches what was written in the responses that are shown.
    pub(super) async fn comments(self: Rc<Worker>, search: String, most: usize) {
        // Whoever asks again no longer waits for this.
        let turn = self.turn.get() + 1;
        self.turn.set(turn);
        let Some(look) = self.look.borrow().as_ref().map(Look::without_groups) else { return };
        let library = self.library();
        let survey = library.shown(&look.survey).survey.id.clone();
        let version = self.with_collection(&survey, |collection| collection.version());
        let is_known = |known: &Known| known.look == look && known.version == version;
        if let Some(known) = self.written.borrow().as_ref().filter(|known| is_known(known)) {
            let found = known.written.found(&search, most, known.responses, 100);
            return tell(&Tell::Comments(Box::new(found)));
        }
        let kept =
            self.with_collection(&survey, |collection| look.counted(&library, collection.dataset(), browser::now()));
        let responses = kept.iter().filter(|kept| **kept).count() as u64;
        let mut written = Written::default();
        let (mut seen, mut told) = (0, js_sys::Date::now());
        let total = kept.len().max(1);
        let is_wanted = |row: usize| kept.get(row) == Some(&true);
        let is_whole = self
            .each_window(&survey, is_wanted, |_, rows, found| {
                found.iter().for_each(|(response, ..)| written.add(response));
                seen += rows;
                let now = js_sys::Date::now();
                if now - told > BEAT {
                    told = now;
                    let read = u32::try_from(seen * 100 / total).unwrap_or(0).min(99);
                    tell(&Tell::Comments(Box::new(written.found(&search, most, responses, read))));
                }
                self.turn.get() == turn
            })
            .await;
        if !is_whole {
            return;
        }
        tell(&Tell::Comments(Box::new(written.found(&search, most, responses, 100))));
        if written.bytes() <= KEPT {
            self.written.replace(Some(Known { look, version, written, responses }));
        }
    }
}
