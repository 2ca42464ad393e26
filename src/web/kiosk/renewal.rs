//! New versions of the page: looked for while it stays open for weeks, taken when nobody is here.

use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::super::updates;
use super::run::Device;

/// How often a new version of the page is looked for.
const LOOK: Duration = Duration::from_secs(3600);

impl Device {
    /// Keeps the page up to date from now on.
    pub(super) fn keep_up(self) {
        let look = move || {
            spawn_local(async move {
                updates::look().await;
                self.renew();
            });
        };
        set_interval(look, LOOK);
        updates::when_waiting(move || self.renew());
    }

    /// Takes a new version of the page where one is complete: between two people, never in the middle of one.
    pub(super) fn renew(self) {
        spawn_local(async move {
            if updates::is_waiting().await && self.is_free() {
                self.is_renewing.set(true);
                if !updates::activate().await {
                    self.is_renewing.set(false);
                }
                // Should the page not be loaded again, it goes on as it is.
                set_timeout(move || self.is_renewing.set(false), Duration::from_secs(10));
            }
        });
    }
}
