//! Small things only a browser can do.

use chrono::Utc;
use js_sys::{Promise, Reflect};
use leptos::prelude::{IntoView, document, mount_to, set_timeout, window};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Node;

use crate::json::Json;
use crate::response::{Moment, vietnam};
use crate::words::further;

/// Draws a page into `#app`. Panics are told on the console; a release build stops without a word, which is what
/// makes it small.
pub fn mount<V: IntoView + 'static>(page: impl FnOnce() -> V + 'static) {
    #[cfg(debug_assertions)]
    console_error_panic_hook::set_once();
    let Some(root) = document().get_element_by_id("app") else { return };
    root.set_inner_html("");
    mount_to(root.unchecked_into(), page).forget();
}

/// Draws a page aside, for as long as what stands in `#app` from the beginning is of use: [`appear`] puts it there.
pub fn mount_aside<V: IntoView + 'static>(page: impl FnOnce(Node) -> V + 'static) {
    let Ok(root) = document().create_element("div") else { return };
    let _ = root.set_attribute("class", "app");
    let aside: Node = root.clone().into();
    mount_to(root.unchecked_into(), || page(aside)).forget();
}

/// Puts the page in the place of what stood there, once. Returns what was done before: see `early.js`.
pub fn appear(page: &Node) -> Option<String> {
    let first = document().get_element_by_id("app")?;
    let _ = first.parent_node()?.insert_before(page, Some(&first));
    first.remove();
    Reflect::get(&Reflect::get(&window(), &"early".into()).ok()?, &"done".into()).ok()?.as_string()
}

/// Now, at +07:00.
pub fn now() -> Moment {
    Utc::now().with_timezone(&vietnam())
}

/// Now, in milliseconds since 1970.
pub fn milliseconds() -> i64 {
    js_sys::Date::now() as i64
}

/// An id for a new response: a UUID of version 7.
pub fn new_id() -> String {
    // The library's own clock and randomness would count in 128 bits, which a phone would have to load.
    let random = random::<10>();
    let now = js_sys::Date::now() as u64;
    uuid::Builder::from_unix_timestamp_millis(now, &random).into_uuid().to_string()
}

/// The day an id was made on, as people write it where this device is.
pub fn day_of(id: &str) -> String {
    let digits = id.chars().filter_map(|c| c.to_digit(16)).take(12);
    let milliseconds = digits.fold(0.0, |milliseconds, digit| milliseconds * 16.0 + f64::from(digit));
    let date = js_sys::Date::new(&milliseconds.into());
    date.to_locale_date_string("vi", &JsValue::UNDEFINED).into()
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
    let asked = early(path).unwrap_or_else(|| window().fetch_with_str(path));
    let response = JsFuture::from(asked).await.map_err(failed)?;
    let response: web_sys::Response = response.dyn_into().map_err(failed)?;
    match response.status() {
        200 => {}
        404 => return Err(LoadError::Missing),
        _ => return Err(LoadError::Failed),
    }
    let text = JsFuture::from(response.text().map_err(failed)?).await.map_err(failed)?;
    text.as_string().ok_or(LoadError::Failed)
}

/// What `early.js` has asked for already, while the program was on its way. Once: what fails is asked for anew.
fn early(path: &str) -> Option<Promise> {
    let asked = Reflect::get(&window(), &"early".into()).ok()?;
    let answer = Reflect::get(&asked, &path.into()).ok()?;
    Reflect::set(&asked, &path.into(), &JsValue::UNDEFINED).ok()?;
    answer.dyn_into().ok()
}

/// The part of the address from `#` on.
pub fn hash() -> String {
    window().location().hash().unwrap_or_default()
}

/// Leads to another address of this page.
pub fn go(hash: &str) {
    let _ = window().location().set_hash(hash);
}

/// Leads to another page, in the place of this one.
pub fn replace(address: &str) {
    let _ = window().location().replace(address);
}

/// Loads the page again.
pub fn reload() {
    let _ = window().location().reload();
}

/// Tells the browser and screen readers what language the page is in, and its title.
pub fn set_language(language: &str, title: &str) {
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute("lang", language);
        let _ = root.set_attribute("dir", if further::is_right_to_left(language) { "rtl" } else { "ltr" });
    }
    document().set_title(title);
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

/// Calls a method by its name: for what web-sys keeps behind an unstable flag.
///
/// # Errors
/// What it throws; also where there is no such method.
pub fn call(target: &JsValue, method: &str, arguments: &[&JsValue]) -> Result<JsValue, JsValue> {
    let function: js_sys::Function = js_sys::Reflect::get(target, &method.into())?.dyn_into()?;
    let list = js_sys::Array::new();
    arguments.iter().for_each(|argument| {
        list.push(argument);
    });
    function.apply(target, &list)
}

/// Milliseconds of a clock that only rises, whatever is done to the device's own: for telling a double tap from
/// two taps, and how long nobody was there.
pub fn uptime() -> f64 {
    window().performance().map_or(0.0, |performance| performance.now())
}

/// Hands a text to the browser as a file to download.
pub fn download(name: &str, text: &str, kind: &str) {
    let parts = js_sys::Array::of1(&text.into());
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(kind);
    if let Ok(blob) = web_sys::Blob::new_with_str_sequence_and_options(&parts, &options) {
        download_blob(name, &blob);
    }
}

/// Hands bytes to the browser as a file to download.
pub fn download_bytes(name: &str, bytes: &[u8], kind: &str) {
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(bytes).into());
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(kind);
    if let Ok(blob) = web_sys::Blob::new_with_u8_array_sequence_and_options(&parts, &options) {
        download_blob(name, &blob);
    }
}

/// Hands a file to the browser to download.
pub fn download_blob(name: &str, blob: &web_sys::Blob) {
    let Ok(url) = web_sys::Url::create_object_url_with_blob(blob) else { return };
    let link: Option<web_sys::HtmlAnchorElement> =
        document().create_element("a").ok().and_then(|element| element.dyn_into().ok());
    if let Some(link) = link {
        link.set_href(&url);
        link.set_download(name);
        link.click();
    }
    // The download has its own hold on the data once the click was handled.
    set_timeout(move || drop(web_sys::Url::revoke_object_url(&url)), std::time::Duration::from_secs(60));
}

/// Asks for a yes or no.
pub fn confirm(question: &str) -> bool {
    window().confirm_with_message(question).unwrap_or(false)
}

/// Says something that has to be seen.
pub fn alert(text: &str) {
    let _ = window().alert_with_message(text);
}

/// Hands a text on as a file: by the system's share sheet where it takes such files, else as a download.
pub fn share(name: &str, text: &str, kind: &str) {
    let options = web_sys::FilePropertyBag::new();
    options.set_type(kind);
    let parts = js_sys::Array::of1(&text.into());
    let data = js_sys::Object::new();
    let shared = web_sys::File::new_with_str_sequence_and_options(&parts, name, &options).and_then(|file| {
        Reflect::set(&data, &"files".into(), &js_sys::Array::of1(&file))?;
        let navigator = window().navigator();
        if call(&navigator, "canShare", &[&data])?.is_truthy() {
            call(&navigator, "share", &[&data])
        } else {
            Err(JsValue::NULL)
        }
    });
    match shared {
        // Whoever thinks better of it has shared nothing, and that is all right.
        Ok(asked) => wasm_bindgen_futures::spawn_local(async move {
            let _ = JsFuture::from(Promise::resolve(&asked)).await;
        }),
        Err(_) => download(name, text, kind),
    }
}

/// The address of this page without the part from `#` on.
pub fn address_without_hash() -> String {
    let address = window().location().href().unwrap_or_default();
    address.split('#').next().unwrap_or_default().to_owned()
}

/// The address of the site: this page's folder's folder.
pub fn site_address() -> String {
    let here = address_without_hash();
    let folder = here.rsplit_once('/').map_or("", |(folder, _)| folder);
    format!("{}/", folder.rsplit_once('/').map_or(folder, |(site, _)| site))
}

/// Opens the browser's print dialogue.
pub fn print() {
    let _ = window().print();
}

/// Loads this page again without what follows `#`.
pub fn begin_again() {
    let _ = window()
        .history()
        .and_then(|history| history.replace_state_with_url(&JsValue::NULL, "", Some(&address_without_hash())));
    reload();
}

/// Bytes that nobody can guess.
pub fn random<const N: usize>() -> [u8; N] {
    let mut random = [0; N];
    let filled = window().crypto().and_then(|crypto| crypto.get_random_values_with_u8_array(&mut random));
    filled.expect("every browser with WebAssembly has random numbers");
    random
}
