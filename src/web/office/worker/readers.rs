//! The worker's readers: further threads that read stretches of one file at once, while the worker takes in what they have
//! read. Where the browser starts none, or one dies, the worker reads by itself.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;

use js_sys::{Array, Function, Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, DedicatedWorkerGlobalScope, MessageEvent};

use super::super::client;
use crate::office::message::Errand;
use crate::survey::unit::Units;

/// There are never more than this: the worker could not take in what more of them read.
const MOST: u32 = 4;
/// Stretches a reader is asked for at once: it is never without one.
const EACH: usize = 2;

/// Readers.
pub(super) struct Readers {
    threads: Vec<Thread>,
    inboxes: Inboxes,
    number: Cell<u32>,
    is_dead: Rc<Cell<bool>>,
}

/// What came of each stretch, by its number.
type Inboxes = Rc<RefCell<BTreeMap<u32, Inbox>>>;

/// Parts that are not taken in yet, each with whether it is the last of its stretch; and who waits for the next.
#[derive(Default)]
struct Inbox {
    /// The reader's number.
    reader: usize,
    parts: VecDeque<(JsValue, bool)>,
    wake: Option<Function>,
}

struct Thread {
    worker: web_sys::Worker,
    /// What it is to be told as soon as it listens; nothing: it does.
    untold: Rc<RefCell<Option<Vec<Array>>>>,
    _heard: Closure<dyn Fn(MessageEvent)>,
}

impl Readers {
    /// As many as the device has use for; they take a moment until they are ready.
    pub fn start(units: &Units) -> Readers {
        let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let cores = scope.navigator().hardware_concurrency() as u32;
        let wanted = if cores > 1 { cores.min(MOST) } else { 0 };
        let (inboxes, is_dead) = (Rc::default(), Rc::default());
        let threads = (0..wanted).map_while(|_| Thread::start(units, &inboxes, &is_dead)).collect();
        Readers { threads, inboxes, number: Cell::new(0), is_dead }
    }

    /// Stretches to be asked for at once: none where no reader is ready.
    pub fn room(&self) -> usize {
        if self.is_dead.get() { 0 } else { self.ready() * EACH }
    }

    /// Readers that are ready.
    pub fn ready(&self) -> usize {
        self.threads.iter().filter(|thread| thread.is_ready()).count()
    }

    /// From now on stretches are asked for of this file.
    pub fn open(&self, errand: &Errand, file: &Blob) {
        self.threads.iter().for_each(|thread| thread.ask(errand, file));
    }

    /// Asks for a stretch: the number under which it comes.
    pub fn ask(&self, from: u64, to: u64) -> u32 {
        let number = self.number.replace(self.number.get().wrapping_add(1));
        let ready: Vec<usize> = (0..self.threads.len()).filter(|at| self.threads[*at].is_ready()).collect();
        let reader = ready.get(number as usize % ready.len().max(1)).copied();
        self.inboxes.borrow_mut().insert(number, Inbox { reader: reader.unwrap_or_default(), ..Inbox::default() });
        match reader {
            Some(reader) => self.threads[reader].ask(&Errand::Stretch { number, from, to }, &JsValue::UNDEFINED),
            None => put(&self.inboxes, number, JsValue::NULL, true),
        }
        number
    }

    /// The next part of a stretch, as soon as it is there, and whether it is the last; `None`: its reader cannot read
    /// it, or not to its end.
    pub async fn part(&self, number: u32) -> Option<(Vec<u8>, bool)> {
        loop {
            let next =
                self.inboxes.borrow_mut().get_mut(&number).map(|inbox| (inbox.parts.pop_front(), inbox.reader))?;
            if let (Some((part, is_last)), reader) = next {
                if is_last {
                    self.forget(number);
                }
                let part = part.dyn_into::<Uint8Array>().ok()?;
                let bytes = part.to_vec();
                self.threads[reader].give_back(&part);
                return Some((bytes, is_last));
            }
            let promise = Promise::new(&mut |resolve, _| {
                if let Some(inbox) = self.inboxes.borrow_mut().get_mut(&number) {
                    inbox.wake = Some(resolve);
                }
            });
            JsFuture::from(promise).await.ok()?;
        }
    }

    /// What is still to come of a stretch is of no use.
    pub fn forget(&self, number: u32) {
        self.inboxes.borrow_mut().remove(&number);
    }
}

/// Puts a part where it is waited for, if it still is.
fn put(inboxes: &Inboxes, number: u32, part: JsValue, is_last: bool) {
    let wake = inboxes.borrow_mut().get_mut(&number).and_then(|inbox| {
        inbox.parts.push_back((part, is_last));
        inbox.wake.take()
    });
    if let Some(wake) = wake {
        let _ = wake.call0(&JsValue::UNDEFINED);
    }
}

impl Drop for Readers {
    fn drop(&mut self) {
        self.threads.iter().for_each(|thread| thread.worker.terminate());
    }
}

impl Thread {
    fn start(units: &Units, inboxes: &Inboxes, is_dead: &Rc<Cell<bool>>) -> Option<Thread> {
        let untold: Rc<RefCell<Option<Vec<Array>>>> = Rc::new(RefCell::new(Some(Vec::new())));
        let heard = {
            let (inboxes, is_dead, untold) = (inboxes.clone(), is_dead.clone(), untold.clone());
            Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
                let Ok(parts) = event.data().dyn_into::<Array>() else {
                    // It has died: nobody is to wait for it, nor for the others.
                    is_dead.set(true);
                    let numbers: Vec<u32> = inboxes.borrow().keys().copied().collect();
                    return numbers.into_iter().for_each(|number| put(&inboxes, number, JsValue::NULL, true));
                };
                match parts.get(0).as_f64() {
                    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
                    Some(number) => put(&inboxes, number as u32, parts.get(1), parts.get(2).is_truthy()),
                    None => {
                        let Some(worker) = event.target() else { return };
                        let worker: web_sys::Worker = worker.unchecked_into();
                        for message in untold.take().into_iter().flatten() {
                            let _ = worker.post_message(&message);
                        }
                    }
                }
            })
        };
        let worker = client::thread(&heard)?;
        let thread = Thread { worker, untold, _heard: heard };
        thread.ask(&Errand::Units(units.clone()), &JsValue::UNDEFINED);
        Some(thread)
    }

    /// Whether it listens.
    fn is_ready(&self) -> bool {
        self.untold.borrow().is_none()
    }

    /// Gives it the memory of a part, for another: pages that are had from the system anew cost more than what is
    /// written into them.
    fn give_back(&self, part: &Uint8Array) {
        let room = part.buffer();
        if let Ok(json) = serde_json::to_string(&Errand::Room) {
            let _ = self.worker.post_message_with_transfer(&Array::of2(&json.into(), &room), &Array::of1(&room));
        }
    }

    fn ask(&self, errand: &Errand, beside: &JsValue) {
        let Ok(json) = serde_json::to_string(errand) else { return };
        let message = Array::of2(&json.into(), beside);
        match &mut *self.untold.borrow_mut() {
            Some(untold) => untold.push(message),
            None => drop(self.worker.post_message(&message)),
        }
    }
}
