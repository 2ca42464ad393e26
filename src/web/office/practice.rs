//! The board drawn for practice, out of sight, while somebody chooses files: a browser compiles what draws it when it is
//! first drawn, and would do so when all wait for the figures.

use std::time::Duration;

use leptos::mount::mount_to;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::board;
use super::desk::Desk;
use crate::office::message::{Filed, State};
use crate::office::{Practice, Shown};

/// After which all parts of the board were drawn, those too that come a moment later.
const DRAWN: Duration = Duration::from_millis(500);

/// Draws what would be shown of made-up responses by unit, few lines of each kind, unless there is something to show
/// already, or soon. Piece by piece: the page answers in between.
pub fn draw(desk: Desk, mut shown: Shown) {
    let is_due = |filed: &Filed| matches!(filed.state, State::Waiting | State::Reading);
    if desk.files.with_untracked(|files| files.iter().any(is_due))
        || desk.results.with_untracked(|results| results.responses > 0)
    {
        return;
    }
    let Ok(nowhere) = document().create_element("div") else { return };
    let mut rows = std::mem::take(&mut shown.results.rows);
    // More of the same takes its time and teaches nothing.
    rows.dedup_by_key(|row| row.kind);
    let mut groups = shown.grouped.take().and_then(|grouped| grouped.groups);
    groups.iter_mut().for_each(|groups| groups.rows.truncate(1));
    let drawn = mount_to(nowhere.unchecked_into(), move || {
        let aside = desk.aside(shown);
        aside.view.by[0].set(Practice::BY.to_owned());
        // Unless all of it is gone by then.
        let lines = move || {
            let _ = aside.results.try_update(|results| results.rows = rows);
        };
        let groups = move || {
            let _ = aside.groups.try_set(groups);
        };
        set_timeout(lines, Duration::ZERO);
        set_timeout(groups, DRAWN / 2);
        board::board(aside)
    });
    set_timeout(move || drop(drawn), DRAWN);
}
