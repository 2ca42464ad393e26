//! One kiosk a device: two tabs would take each other's unfinished form for an abandoned one.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Object, Promise, Reflect};
use leptos::prelude::window;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::super::browser::call;

const NAME: &str = "sipas-kit.kiosk";

/// Who has the lock of this device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder {
    /// This page, for as long as it lives.
    This,
    /// Another one.
    Other,
    /// The browser has no locks for this page: it has none where the address is not https.
    Nobody,
}

/// Takes the lock, if no other page has it.
pub async fn hold() -> Holder {
    let Some(locks) = locks() else { return Holder::Nobody };
    let options = Object::new();
    let _ = Reflect::set(&options, &"ifAvailable".into(), &true.into());
    let (answer, holder) = asked();
    let request = call(&locks, "request", &[&NAME.into(), &options, &answer]);
    if request.is_err() {
        return Holder::Nobody;
    }
    match JsFuture::from(holder).await {
        Ok(lock) if lock.is_object() => Holder::This,
        _ => Holder::Other,
    }
}

/// Waits until the other page is gone, and has the lock then.
pub async fn wait() {
    if let Some(locks) = locks() {
        let (answer, holder) = asked();
        if call(&locks, "request", &[&NAME.into(), &answer]).is_ok() {
            let _ = JsFuture::from(holder).await;
        }
    }
}

fn locks() -> Option<JsValue> {
    let locks = Reflect::get(&window().navigator(), &"locks".into()).ok()?;
    locks.is_object().then_some(locks)
}

/// What is called with the lock or `null`, and the promise of that. The lock is held until the page ends.
fn asked() -> (JsValue, Promise) {
    let resolve = Rc::new(RefCell::new(None));
    let holder = {
        let resolve = resolve.clone();
        Promise::new(&mut |resolved, _| *resolve.borrow_mut() = Some(resolved))
    };
    let answer = Closure::once_into_js(move |lock: JsValue| -> JsValue {
        if let Some(resolve) = resolve.borrow_mut().take() {
            let _ = resolve.call1(&JsValue::NULL, &lock);
        }
        if lock.is_object() { Promise::new(&mut |_, _| {}).into() } else { JsValue::UNDEFINED }
    });
    (answer, holder)
}
