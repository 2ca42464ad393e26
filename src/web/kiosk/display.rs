//! The device's screen: kept awake while the office is open, and full.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Reflect;
use leptos::prelude::{document, window, window_event_listener_untyped};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::super::browser::call;

/// Keeps the screen awake. The browser lets go of it whenever the page is hidden, so it is asked for again.
#[derive(Clone, Default)]
pub struct Awake {
    held: Rc<RefCell<Option<JsValue>>>,
    is_wanted: Rc<RefCell<bool>>,
}

impl Awake {
    /// Asks for nothing yet.
    pub fn new() -> Awake {
        let awake = Awake::default();
        let again = awake.clone();
        // The event is the document's, and bubbles to the window.
        window_event_listener_untyped("visibilitychange", move |_| {
            if !document().hidden() && *again.is_wanted.borrow() {
                again.ask();
            }
        });
        awake
    }

    /// Keeps the screen awake, or lets it sleep.
    pub fn set(&self, wanted: bool) {
        if self.is_wanted.replace(wanted) == wanted {
            return;
        }
        if wanted {
            self.ask();
        } else if let Some(held) = self.held.borrow_mut().take() {
            let _ = call(&held, "release", &[]);
        }
    }

    /// Whether the screen is kept awake; `None` where the browser cannot.
    pub fn is_held(&self) -> Option<bool> {
        wake_lock()?;
        let held = self.held.borrow();
        let released = held.as_ref().and_then(|held| Reflect::get(held, &"released".into()).ok());
        Some(released.is_some_and(|released| !released.is_truthy()))
    }

    fn ask(&self) {
        let held = self.held.clone();
        spawn_local(async move {
            let Some(wake_lock) = wake_lock() else { return };
            let Ok(asked) = call(&wake_lock, "request", &[&"screen".into()]) else { return };
            // Refused while the battery is low, or the page is hidden.
            if let Ok(lock) = JsFuture::from(js_sys::Promise::resolve(&asked)).await {
                *held.borrow_mut() = Some(lock);
            }
        });
    }
}

fn wake_lock() -> Option<JsValue> {
    let wake_lock = Reflect::get(&window().navigator(), &"wakeLock".into()).ok()?;
    wake_lock.is_object().then_some(wake_lock)
}

/// Goes to the full screen; only a touch may ask for it.
pub fn fill() {
    if document().fullscreen_element().is_none()
        && let Some(root) = document().document_element()
    {
        // Refused without a touch, which is no harm.
        if let Ok(asked) = call(&root, "requestFullscreen", &[]) {
            spawn_local(async move {
                let _ = JsFuture::from(js_sys::Promise::resolve(&asked)).await;
            });
        }
    }
}

/// Leaves the full screen.
pub fn unfill() {
    if document().fullscreen_element().is_some() {
        document().exit_fullscreen();
    }
}
