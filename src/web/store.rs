//! Responses on this device: one IndexedDB record each, written with strict
//! durability.
//!
//! A thin layer over web-sys rather than a library: few operations are
//! needed, the page must stay small, and strict durability must be asked for.
//! Every operation opens its own connection, so that one the browser closed
//! (iOS does, when memory is short) is never used again.

use js_sys::{Array, Function, JSON, Object, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbObjectStoreParameters, IdbOpenDbRequest, IdbRequest, IdbTransaction};

use crate::json::{Json, ToJson};
use crate::response::Response;

const DATABASE: &str = "sipas-kit";

/// 1: responses. 2: what a kiosk needs beside them.
const VERSION: u32 = 2;

/// Responses by their id.
pub(super) const RESPONSES: &str = "responses";
/// A kiosk's settings and the form it is in the middle of, by name.
pub(super) const DEVICE: &str = "device";
/// Ids of responses that are in a file: by id the moment of the export.
pub(super) const EXPORTED: &str = "exported";
/// Receipts of exports and deletions, in order.
pub(super) const RECEIPTS: &str = "receipts";

/// Why the store did not do what it was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StoreError {
    /// The browser does not let the page keep data.
    Blocked,
    /// There is no room.
    Full,
    /// Another response has this id.
    Taken,
    /// Anything else.
    Failed,
}

/// Finds out whether responses can be kept at all.
///
/// # Errors
/// [`StoreError::Blocked`] where they cannot.
pub async fn probe() -> Result<(), StoreError> {
    let database = open().await?;
    database.close();
    Ok(())
}

/// Writes a response; returns once it is on disk. Where the same answers are
/// there already under this id, they were written before, and nothing is done.
///
/// # Errors
/// Where the write did not happen.
pub async fn add(response: &Response) -> Result<(), StoreError> {
    let record = JSON::parse(&response.to_json().print()).map_err(|_| StoreError::Failed)?;
    let written = change(&[RESPONSES], |transaction| {
        transaction.object_store(RESPONSES)?.add(&record)?;
        Ok(())
    });
    let written = written.await;
    if written != Err(StoreError::Taken) {
        return written;
    }
    let (there, new) = (tree(&get(&response.id).await?), tree(&record));
    let is_same = ["answers", "attributes", "started_at"].iter().all(|key| there.get(key) == new.get(key));
    if is_same { Ok(()) } else { Err(StoreError::Taken) }
}

/// Takes a response away, and the note that it is in a file.
///
/// # Errors
/// Where it is still there.
pub async fn remove(id: &str) -> Result<(), StoreError> {
    change(&[RESPONSES, EXPORTED], |transaction| {
        transaction.object_store(RESPONSES)?.delete(&id.into())?;
        transaction.object_store(EXPORTED)?.delete(&id.into())?;
        Ok(())
    })
    .await
}

/// Something as a record: what its JSON says, as a value of the browser's.
pub(super) fn record<T: serde::Serialize>(value: &T) -> Result<JsValue, StoreError> {
    let json = serde_json::to_string(value).map_err(|_| StoreError::Failed)?;
    JSON::parse(&json).map_err(|_| StoreError::Failed)
}

/// Whether a response with this id is there.
///
/// # Errors
/// Where the store could not be read.
pub async fn has(id: &str) -> Result<bool, StoreError> {
    let found = ask(RESPONSES, |store| store.count_with_key(&id.into())).await;
    Ok(found?.as_f64().is_some_and(|count| count > 0.0))
}

/// The ids of all responses, the latest last.
///
/// # Errors
/// Where the store could not be read.
pub async fn ids() -> Result<Vec<String>, StoreError> {
    let ids: Array = ask(RESPONSES, |store| store.get_all_keys()).await?.unchecked_into();
    Ok(ids.iter().filter_map(|id| id.as_string()).collect())
}

/// The record with this id.
async fn get(id: &str) -> Result<JsValue, StoreError> {
    ask(RESPONSES, |store| store.get(&id.into())).await
}

/// A record as a tree, to be compared with another one: a browser has its own order of keys.
fn tree(record: &JsValue) -> Json {
    let json = JSON::stringify(record).ok().and_then(|json| json.as_string());
    json.as_deref().and_then(Json::parse).unwrap_or(Json::Null)
}

/// Asks a store something.
pub(super) async fn ask(
    store: &str,
    ask: impl FnOnce(&web_sys::IdbObjectStore) -> Result<IdbRequest, JsValue>,
) -> Result<JsValue, StoreError> {
    let database = open().await?;
    let found = read(&database, store, ask).await;
    database.close();
    found
}

/// A record as what it was made of.
pub(super) fn parse<T: serde::de::DeserializeOwned>(record: &JsValue) -> Option<T> {
    let json = JSON::stringify(record).ok()?.as_string()?;
    serde_json::from_str(&json).ok()
}

/// All responses, in the order of their ids: of time, for the kit's own; and
/// how many records could not be read.
///
/// # Errors
/// Where the store could not be read.
pub async fn all() -> Result<(Vec<Response>, usize), StoreError> {
    let records: Array =
        ask(RESPONSES, web_sys::IdbObjectStore::get_all).await?.dyn_into().map_err(|_| StoreError::Failed)?;
    let count = records.length() as usize;
    let responses: Vec<Response> = records.iter().filter_map(|record| parse(&record)).collect();
    let unreadable = count - responses.len();
    Ok((responses, unreadable))
}

async fn open() -> Result<IdbDatabase, StoreError> {
    let blocked = |_: JsValue| StoreError::Blocked;
    // A worker has no window, and the same property.
    let factory = js_sys::global().unchecked_into::<web_sys::Window>().indexed_db().ok().flatten();
    let factory = factory.ok_or(StoreError::Blocked)?;
    let request: IdbOpenDbRequest = factory.open_with_u32(DATABASE, VERSION).map_err(blocked)?;
    let upgrade = {
        let request = request.clone();
        Closure::once(move || {
            // What is there stays as it is, from whatever version: stores are only added.
            if let Ok(database) = request.result().and_then(JsCast::dyn_into::<IdbDatabase>) {
                let parameters = IdbObjectStoreParameters::new();
                parameters.set_key_path(&"id".into());
                let _ = database.create_object_store_with_optional_parameters(RESPONSES, &parameters);
                let _ = database.create_object_store(DEVICE);
                let _ = database.create_object_store(EXPORTED);
                let parameters = IdbObjectStoreParameters::new();
                parameters.set_auto_increment(true);
                let _ = database.create_object_store_with_optional_parameters(RECEIPTS, &parameters);
            }
        })
    };
    request.set_onupgradeneeded(Some(upgrade.as_ref().unchecked_ref()));
    settled(&request).await.map_err(|_| StoreError::Blocked)?.dyn_into().map_err(blocked)
}

/// Waits for a request; the error is its name.
pub(super) async fn settled(request: &IdbRequest) -> Result<JsValue, String> {
    let promise = js_sys::Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    let failed = JsFuture::from(promise).await.is_err();
    if failed { Err(error_name(request.error().ok().flatten())) } else { request.result().map_err(|_| String::new()) }
}

fn error_name(error: Option<web_sys::DomException>) -> String {
    error.map(|error| error.name()).unwrap_or_default()
}

/// Changes some stores, all or nothing; returns once it is on disk. `work` asks for the changes.
///
/// # Errors
/// Where nothing was changed.
pub(super) async fn change(
    stores: &[&str],
    work: impl FnOnce(&IdbTransaction) -> Result<(), JsValue>,
) -> Result<(), StoreError> {
    let database = open().await?;
    let written = write(&database, stores, work).await;
    database.close();
    written.map_err(|error| match error.as_str() {
        "ConstraintError" => StoreError::Taken,
        "QuotaExceededError" => StoreError::Full,
        _ => StoreError::Failed,
    })
}

async fn write(
    database: &IdbDatabase,
    stores: &[&str],
    work: impl FnOnce(&IdbTransaction) -> Result<(), JsValue>,
) -> Result<(), String> {
    let thrown = |error: JsValue| error_name(error.dyn_into().ok());
    let transaction = strict_transaction(database, stores).map_err(thrown)?;
    let complete = js_sys::Promise::new(&mut |resolve, reject| {
        transaction.set_oncomplete(Some(&resolve));
        transaction.set_onabort(Some(&reject));
    });
    work(&transaction).map_err(thrown)?;
    let written = JsFuture::from(complete).await;
    written.map(|_| ()).map_err(|_| error_name(transaction.error()))
}

/// A transaction that is complete only once the data is on disk:
/// `database.transaction(["responses"], "readwrite", { durability: "strict" })`.
/// web-sys keeps the third argument behind an unstable flag, so it is called by name.
fn strict_transaction(database: &IdbDatabase, stores: &[&str]) -> Result<IdbTransaction, JsValue> {
    let names = Array::new();
    stores.iter().for_each(|name| {
        names.push(&JsValue::from_str(name));
    });
    let options = Object::new();
    Reflect::set(&options, &"durability".into(), &"strict".into())?;
    let transaction: Function = Reflect::get(database, &"transaction".into())?.dyn_into()?;
    transaction.call3(database, &names, &"readwrite".into(), &options)?.dyn_into()
}

async fn read(
    database: &IdbDatabase,
    store: &str,
    ask: impl FnOnce(&web_sys::IdbObjectStore) -> Result<IdbRequest, JsValue>,
) -> Result<JsValue, StoreError> {
    let failed = |_: JsValue| StoreError::Failed;
    let transaction = database.transaction_with_str(store).map_err(failed)?;
    let store = transaction.object_store(store).map_err(failed)?;
    let request = ask(&store).map_err(failed)?;
    settled(&request).await.map_err(|_| StoreError::Failed)
}
