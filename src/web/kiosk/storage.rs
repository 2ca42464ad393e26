//! What the browser says of its storage.

use js_sys::Reflect;
use leptos::prelude::window;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use super::super::browser::call;
use super::super::settings;

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
    /// Whether the browser has a folder for the page's files, which private pages have not.
    pub has_folder: bool,
}

/// How the storage stands. `ask`: the browser is asked to keep it, too.
pub async fn room(ask: bool) -> Room {
    let is_secure = window().is_secure_context();
    let Some(manager) = manager() else { return Room { is_secure, has_folder: true, ..Room::default() } };
    // Where the browser has never heard of such folders, that says nothing.
    let knows_folders = Reflect::has(&manager, &"getDirectory".into()).unwrap_or(false);
    let has_folder = !knows_folders || settled(call(&manager, "getDirectory", &[])).await.is_some();
    let mut persistent = settled(call(&manager, "persisted", &[])).await.and_then(|value| value.as_bool());
    if ask && persistent == Some(false) {
        persistent = settled(call(&manager, "persist", &[])).await.and_then(|value| value.as_bool());
    }
    let number = |of: &JsValue, key: &str| Reflect::get(of, &key.into()).ok()?.as_f64();
    let estimate = settled(call(&manager, "estimate", &[])).await;
    let usage = estimate.and_then(|estimate| Some((number(&estimate, "usage")?, number(&estimate, "quota")?)));
    Room { is_persistent: persistent, usage, is_secure, has_folder }
}

const SESSION: &str = "sipas_kiosk";
const SURVIVED: &str = "sipas.kiosk.survived";

/// Notes that the browser runs, in a cookie that ends with it. Where the device is known and the cookie is
/// not, what is kept has outlived the browser once: no private page's does.
pub fn note_session(is_known: bool) {
    let document = leptos::prelude::document();
    let cookies = Reflect::get(&document, &"cookie".into()).ok().and_then(|cookies| cookies.as_string());
    if !cookies.unwrap_or_default().contains(SESSION) {
        if is_known {
            settings::keep(SURVIVED, "1");
        }
        let cookie = format!("{SESSION}=1; SameSite=Strict");
        let _ = Reflect::set(&document, &"cookie".into(), &cookie.into());
    }
}

/// Whether what is kept here has been seen to outlive the browser.
pub fn has_survived() -> bool {
    settings::text(SURVIVED).is_some()
}

/// Whether the page is surely private, where everything is deleted with the window: Firefox and Safari have no
/// folder for such pages, older Chromium has very little room. Today's Chromium tells nobody.
pub fn is_private(room: &Room) -> bool {
    const LITTLE: f64 = 1.5e9;
    let is_small = room.usage.is_some_and(|(_, quota)| quota < LITTLE);
    room.is_secure && room.is_persistent != Some(true) && (is_small || !room.has_folder)
}

fn manager() -> Option<JsValue> {
    let manager = Reflect::get(&window().navigator(), &"storage".into()).ok()?;
    manager.is_object().then_some(manager)
}

async fn settled(asked: Result<JsValue, JsValue>) -> Option<JsValue> {
    JsFuture::from(js_sys::Promise::resolve(&asked.ok()?)).await.ok()
}
