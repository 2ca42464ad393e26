//! Small things only a browser can do.

use chrono::Utc;
use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::json::Json;
use crate::response::{Moment, vietnam};

/// Has panics told on the console. A release build stops without a word, which is what makes it small.
pub fn report_panics() {
    #[cfg(debug_assertions)]
    console_error_panic_hook::set_once();
}

/// Now, at +07:00.
pub fn now() -> Moment {
    Utc::now().with_timezone(&vietnam())
}

/// An id for a new response: a UUID of version 7.
pub fn new_id() -> String {
    // The library's own clock and randomness would count in 128 bits, which a phone would have to load.
    let mut random = [0; 10];
    let filled = window().crypto().and_then(|crypto| crypto.get_random_values_with_u8_array(&mut random));
    filled.expect("every browser with WebAssembly has random numbers");
    let now = milliseconds() as u64;
    uuid::Builder::from_unix_timestamp_millis(now, &random).into_uuid().to_string()
}

/// Milliseconds since the page began, for telling a double tap from two taps.
pub fn milliseconds() -> f64 {
    js_sys::Date::now()
}

/// Why something could not be loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoadError {
    /// The server has no such file.
    Missing,
    /// There is a file, and it is something else.
    Malformed,
    /// No network, or a server error.
    Failed,
}

/// Loads a JSON file of this site.
///
/// # Errors
/// [`LoadError`].
pub async fn load(path: &str) -> Result<Json, LoadError> {
    Json::parse(&load_text(path).await?).ok_or(LoadError::Malformed)
}

/// Loads a text file of this site.
///
/// # Errors
/// [`LoadError`].
pub async fn load_text(path: &str) -> Result<String, LoadError> {
    let failed = |_: JsValue| LoadError::Failed;
    let response = JsFuture::from(window().fetch_with_str(path)).await.map_err(failed)?;
    let response: web_sys::Response = response.dyn_into().map_err(failed)?;
    match response.status() {
        200 => {}
        404 => return Err(LoadError::Missing),
        _ => return Err(LoadError::Failed),
    }
    let text = JsFuture::from(response.text().map_err(failed)?).await.map_err(failed)?;
    text.as_string().ok_or(LoadError::Failed)
}

/// The part of the address from `#` on.
pub fn hash() -> String {
    window().location().hash().unwrap_or_default()
}

/// Leads to another address of this page.
pub fn go(hash: &str) {
    let _ = window().location().set_hash(hash);
}

/// Loads the page again.
pub fn reload() {
    let _ = window().location().reload();
}

/// Tells the browser and screen readers what language the page is in, and its title.
pub fn set_language(language: &str, title: &str) {
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute("lang", language);
    }
    document().set_title(title);
}

/// Marks the page as running on a kiosk.
pub fn set_kiosk(is_kiosk: bool) {
    if let Some(root) = document().document_element() {
        root.set_class_name(if is_kiosk { "kiosk" } else { "" });
    }
}

/// Moves the focus to the first element that fits, and shows it.
pub fn focus(selector: &str) {
    let found = document().query_selector(selector).ok().flatten();
    if let Some(element) = found.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

/// Scrolls just as far as needed to show the first element that fits.
pub fn reveal(selector: &str) {
    if let Some(element) = document().query_selector(selector).ok().flatten() {
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_block(web_sys::ScrollLogicalPosition::Nearest);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// To the top of the page, and the focus to its heading.
pub fn show_heading() {
    window().scroll_to_with_x_and_y(0.0, 0.0);
    focus("h1");
}
