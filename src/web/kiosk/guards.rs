//! What hands do to a screen in public: gestures and keys that would lead away
//! do nothing, and every touch is told to whoever watches.

use leptos::prelude::{document, set_timeout, window};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{AddEventListenerOptions, Element, ErrorEvent, Event, KeyboardEvent, PointerEvent};

use super::super::browser;
use crate::kiosk::Touch;

/// What can be touched.
const TAKES: &str = "button:not(:disabled), a[href], label, input, textarea, select, summary";

/// What could be touched, and has been.
const TAKEN: &str = ".taken";

/// Sets the guards up, for as long as the page lives. `touched` hears of every finger that is lifted and says
/// whether its touch is to be taken; `seen` of every sign of a person. Neither is held back where `is_open`: in
/// the staff's own screens.
pub fn set_up(
    is_open: impl Fn() -> bool + Copy + 'static,
    touched: impl Fn(Touch) -> bool + 'static,
    seen: impl Fn() + Copy + 'static,
) {
    for name in ["contextmenu", "dragstart", "gesturestart"] {
        listen(name, move |event| {
            if !is_open() {
                event.prevent_default();
            }
        });
    }
    // Ctrl and the wheel zoom; so do two fingers on a trackpad.
    listen("wheel", move |event| {
        let is_zoom = event.dyn_ref::<web_sys::MouseEvent>().is_some_and(web_sys::MouseEvent::ctrl_key);
        if is_zoom && !is_open() {
            event.prevent_default();
        }
    });
    listen("keydown", move |event| {
        seen();
        if !is_open() && event.dyn_ref::<KeyboardEvent>().is_some_and(leads_away) {
            event.prevent_default();
        }
    });
    for name in ["pointermove", "scroll"] {
        listen(name, move |_| seen());
    }
    touches(touched, seen);
    // Should the program itself break, the page begins again by itself: nobody is beside it to do so, and what
    // was answered is on disk.
    listen("error", |event| {
        let error = event.dyn_ref::<ErrorEvent>().map(ErrorEvent::error);
        let name = error.and_then(|error| js_sys::Reflect::get(&error, &"name".into()).ok()?.as_string());
        if name.as_deref() == Some("RuntimeError") {
            set_timeout(browser::reload, std::time::Duration::from_secs(2));
        }
    });
    // The way back leads here again.
    let stay = move || {
        let _ = window().history().and_then(|history| history.push_state_with_url(&JsValue::NULL, "", None));
    };
    stay();
    let popped = Closure::<dyn Fn(Event)>::new(move |_| stay());
    let _ = window().add_event_listener_with_callback("popstate", popped.as_ref().unchecked_ref());
    popped.forget();
}

/// Touches, from the finger's coming down to the click that follows its lifting.
fn touches(touched: impl Fn(Touch) -> bool + 'static, seen: impl Fn() + Copy + 'static) {
    thread_local! {
        static DOWN: std::cell::Cell<Option<f64>> = const { std::cell::Cell::new(None) };
        static IS_TAKEN: std::cell::Cell<bool> = const { std::cell::Cell::new(true) };
    }
    listen("pointerdown", move |event| {
        seen();
        if event.dyn_ref::<PointerEvent>().is_some_and(PointerEvent::is_primary) {
            DOWN.set(Some(browser::uptime()));
        }
    });
    listen("pointerup", move |event| {
        let Some(event) = event.dyn_ref::<PointerEvent>().filter(|event| event.is_primary()) else { return };
        let now = browser::uptime();
        let held = DOWN.take().map_or(0.0, |down| now - down);
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let is_in = |target: &Element, what: &str| target.closest(what).ok().flatten().is_some();
        let did = target.is_some_and(|target| is_in(&target, TAKES) && !is_in(&target, TAKEN));
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let touch =
            Touch { at: now as u64, held: held.max(0.0) as u64, point: (event.client_x(), event.client_y()), did };
        IS_TAKEN.set(touched(touch));
    });
    listen("click", move |event| {
        // A key clicks without a pointer, and is always meant.
        let is_pointer = event.dyn_ref::<web_sys::MouseEvent>().is_some_and(|event| event.detail() > 0);
        if is_pointer && !IS_TAKEN.get() {
            event.prevent_default();
            event.stop_propagation();
        }
    });
}

/// Keys that load the page again, leave it, save, print or zoom.
fn leads_away(event: &KeyboardEvent) -> bool {
    let key = event.key().to_lowercase();
    let with = event.ctrl_key() || event.meta_key();
    let is_writing =
        document().active_element().is_some_and(|element| element.matches("input, textarea").unwrap_or(false));
    match key.as_str() {
        "f1" | "f3" | "f5" | "f6" | "f7" | "f11" | "f12" | "browserback" | "browserforward" | "browserrefresh" => true,
        "arrowleft" | "arrowright" | "home" => event.alt_key(),
        "backspace" => !is_writing,
        "c" | "v" | "x" | "a" | "z" => with && !is_writing,
        key => with && key.chars().count() == 1,
    }
}

/// Listens in front of everything else, and may prevent what would happen.
fn listen(name: &str, heard: impl Fn(Event) + 'static) {
    let options = AddEventListenerOptions::new();
    options.set_capture(true);
    options.set_passive(matches!(name, "pointermove" | "scroll"));
    let heard = Closure::<dyn Fn(Event)>::new(heard);
    let callback = heard.as_ref().unchecked_ref();
    let _ = window().add_event_listener_with_callback_and_add_event_listener_options(name, callback, &options);
    heard.forget();
}
