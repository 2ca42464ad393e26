//! What the browser says of its storage.

use js_sys::Reflect;
use leptos::prelude::window;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use super::super::browser::call;

/// How this device's storage stands.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Room {
    /// Whether the browser has promised not to clear it by itself; `None`: it does not say.
    pub is_persistent: Option<bool>,
    /// Bytes in use and bytes there may be.
    pub usage: Option<(f64, f64)>,
    /// Where the page comes over https or from this very machine. Elsewhere the browser offers neither work
    /// without a network, nor locks, nor a screen kept awake.
    pub is_secure: bool,
}

/// How the storage stands. `ask`: the browser is asked to keep it, too.
pub async fn room(ask: bool) -> Room {
    let is_secure = window().is_secure_context();
    let Some(manager) = manager() else { return Room { is_secure, ..Room::default() } };
    let mut persistent = settled(call(&manager, "persisted", &[])).await.and_then(|value| value.as_bool());
    if ask && persistent == Some(false) {
        persistent = settled(call(&manager, "persist", &[])).await.and_then(|value| value.as_bool());
    }
    let number = |of: &JsValue, key: &str| Reflect::get(of, &key.into()).ok()?.as_f64();
    let estimate = settled(call(&manager, "estimate", &[])).await;
    let usage = estimate.and_then(|estimate| Some((number(&estimate, "usage")?, number(&estimate, "quota")?)));
    Room { is_persistent: persistent, usage, is_secure }
}

/// Whether the page seems to be private, where everything is deleted with the window. Browsers hide it on
/// purpose: told by a store they refuse to keep and have little room for.
pub fn is_private(room: &Room) -> bool {
    const LITTLE: f64 = 1.5e9;
    room.is_secure && room.is_persistent != Some(true) && room.usage.is_some_and(|(_, quota)| quota < LITTLE)
}

fn manager() -> Option<JsValue> {
    let manager = Reflect::get(&window().navigator(), &"storage".into()).ok()?;
    manager.is_object().then_some(manager)
}

async fn settled(asked: Result<JsValue, JsValue>) -> Option<JsValue> {
    JsFuture::from(js_sys::Promise::resolve(&asked.ok()?)).await.ok()
}
