//! Keeps what is answered at a counter: the form on every answer, the response once it is handed in.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;

use super::super::browser;
use super::super::respondent::session::{Keeper, Written};
use super::run::Device;
use super::vault::{self, Unfinished};
use crate::interview::Draft;
use crate::response::Response;

/// Keeps what one person answers at a counter.
pub struct Counter {
    device: Device,
    /// What is to be written next: one write at a time, and what came in meanwhile follows as one.
    next: Rc<RefCell<Option<Unfinished>>>,
}

impl Counter {
    /// For a person who begins.
    pub fn new(device: Device) -> Counter {
        Counter { device, next: Rc::default() }
    }
}

impl Keeper for Counter {
    fn keep(&self, draft: &Draft) {
        let unfinished = Unfinished { draft: draft.clone(), at: browser::now(), is_flagged: self.device.is_flagged() };
        let is_writing = self.next.replace(Some(unfinished)).is_some();
        if is_writing {
            return;
        }
        let next = self.next.clone();
        spawn_local(async move {
            loop {
                let Some(unfinished) = next.borrow().clone() else { break };
                // Should it fail, the next answer writes all of them again.
                let _ = vault::keep_unfinished(&unfinished).await;
                let is_last = next.borrow().as_ref().is_none_or(|next| next.draft == unfinished.draft);
                if is_last {
                    next.replace(None);
                    break;
                }
            }
        });
    }

    fn forget(&self, _: &Draft) {}

    fn store(&self, response: Box<Response>) -> Written {
        // The form as it was handed in is on disk or on its way there: nothing older may follow the response.
        self.next.replace(None);
        let device = self.device;
        let is_flagged = device.is_flagged();
        Box::pin(async move {
            let id = response.id.clone();
            let is_rescued = device.keep(*response, is_flagged).await.inspect_err(|_| device.hold())?;
            device.thank(&id, is_rescued);
            Ok(id)
        })
    }

    fn speak(&self, _: &str) {}
}
