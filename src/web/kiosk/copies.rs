//! A second copy of what is in no file yet.
//!
//! Chromium keeps all of a page's databases in one log, and throws the whole of it away where it finds that damaged,
//! however safely everything was written: of some two thousand starts after a kill, one found nothing left. So each
//! response lies a second time by itself in the Cache API, a file of its own, until it is exported.

use std::collections::BTreeSet;

use js_sys::{Array, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Cache, CacheStorage, Request, Response as Stored};

use super::super::store;
use crate::response::Response;

/// The folder of the copies, below the page.
const FOLDER: &str = "copies/";

/// Copies a response. Where there is no room, or no such storage, there is no copy: it is the second one.
pub async fn put(response: &Response) {
    let Some(cache) = open().await else { return };
    let Ok(json) = serde_json::to_string(response) else { return };
    if let Ok(stored) = Stored::new_with_opt_str(Some(&json)) {
        let _ = JsFuture::from(cache.put_with_str(&address(&response.id), &stored)).await;
    }
}

/// Every copy.
pub async fn all() -> Vec<Response> {
    let mut responses = Vec::new();
    let Some(cache) = open().await else { return responses };
    let Ok(found) = JsFuture::from(cache.match_all()).await else { return responses };
    for stored in found.unchecked_into::<Array>() {
        let Ok(text) = stored.unchecked_into::<Stored>().text() else { continue };
        let text = JsFuture::from(text).await.ok().and_then(|text| text.as_string());
        responses.extend(text.and_then(|text| serde_json::from_str::<Response>(&text).ok()));
    }
    responses.sort_by(|a, b| a.id.cmp(&b.id));
    responses
}

/// Forgets the copies of these: they are in a file, or deleted.
pub async fn forget(ids: &[String]) {
    let Some(cache) = open().await else { return };
    for id in ids {
        let _ = JsFuture::from(cache.delete_with_str(&address(id))).await;
    }
}

/// Copies what has no copy yet, of the responses that are in no file: those of before there were copies.
pub async fn complete(exported: &BTreeSet<String>, unexported: u32) {
    let Some(cache) = open().await else { return };
    let Ok(keys) = JsFuture::from(cache.keys()).await else { return };
    let keys: Array = keys.unchecked_into();
    if keys.length() >= unexported {
        return;
    }
    let known: BTreeSet<String> = keys.iter().map(|request| request.unchecked_into::<Request>().url()).collect();
    let is_copied = |id: &str| known.iter().any(|url| url.ends_with(&address(id)));
    let Ok((responses, _)) = store::all().await else { return };
    for response in responses.iter().filter(|response| !exported.contains(&response.id) && !is_copied(&response.id)) {
        put(response).await;
    }
}

fn address(id: &str) -> String {
    [FOLDER, id].concat()
}

/// The copies of this site: several in folders of one server share this storage. It is there over https only.
async fn open() -> Option<Cache> {
    let window = web_sys::window()?;
    let caches: JsValue = Reflect::get(&window, &"caches".into()).ok().filter(|found| found.is_object())?;
    let name = ["sipas-copies ", &window.location().pathname().ok()?].concat();
    let opened = JsFuture::from(caches.unchecked_into::<CacheStorage>().open(&name)).await;
    opened.ok()?.dyn_into().ok()
}
