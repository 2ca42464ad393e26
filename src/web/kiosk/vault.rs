//! What a device at a counter keeps: settings, the form it is in the middle of, responses, receipts.
//!
//! Everything but the canary and the copies of [`copies`] lies in IndexedDB and is written with strict durability. The canary lies in
//! localStorage, which the browser clears at other times: whichever of the two is gone tells that something was.

use std::collections::BTreeSet;

use gloo_storage::{LocalStorage, Storage};
use js_sys::Array;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::IdbTransaction;

use super::super::store::{self, DEVICE, EXPORTED, RECEIPTS, RESPONSES, StoreError};
use super::super::{browser, settings};
use super::copies;
use crate::interview::Draft;
use crate::kiosk::{Act, Attempts, Receipt, Setup};
use crate::response::{Moment, Response, moment_text};

const ATTEMPTS: &str = "sipas.kiosk.attempts";
const RESCUED: &str = "sipas.rescued.";
const PENDING: &str = "sipas.kiosk.pending";
const IDENTITY: &str = "identity";
const DRAFT: &str = "draft";

/// What this device is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Identity {
    /// Four letters or digits that tell it from others in file names.
    pub device: String,
    /// Its settings.
    pub setup: Setup,
}

/// What localStorage knows of the device.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Canary {
    identity: Identity,
    /// Responses that are in no file yet.
    unexported: u32,
}

/// The form a device is in the middle of, and when it was last touched.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Unfinished {
    /// How far it got.
    pub draft: Draft,
    /// When.
    #[serde(with = "moment_text")]
    pub at: Moment,
    /// Somebody was drumming.
    pub is_flagged: bool,
}

/// Notes that had no room in the database, until it has some again.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Pending {
    exported: Vec<String>,
    receipts: Vec<Receipt>,
}

/// What is known of the device at its start.
#[derive(Clone, Debug, PartialEq)]
pub enum Known {
    /// It was never set up; or everything was cleared.
    Nothing,
    /// As it was left.
    Device(Identity),
    /// The browser has deleted the database; receipts say what was in no file, and what of it had copies. Whether
    /// something was lost, as far as is known.
    Evicted(Identity, bool),
}

/// What is known of the device; mends what one of the two places has lost.
///
/// # Errors
/// Where the database cannot be read.
pub async fn known() -> Result<Known, StoreError> {
    let stored: Option<Identity> = named(IDENTITY).await?;
    let canary: Option<Canary> = read(settings::KIOSK);
    Ok(match (stored, canary) {
        (Some(identity), _) => Known::Device(identity),
        (None, Some(canary)) => {
            put(IDENTITY, &canary.identity).await?;
            let mut restored = 0;
            for response in copies::all().await {
                restored += u32::from(store::add(&response).await.is_ok());
            }
            let lost = canary.unexported.saturating_sub(restored);
            let has_lost = lost > 0 || restored == 0;
            let receipt = |act, responses| Receipt { at: browser::now(), act, responses, days: None, file: None };
            let restoring = (restored > 0).then(|| receipt(Act::Restored, restored));
            for receipt in restoring.into_iter().chain(has_lost.then(|| receipt(Act::Lost, lost))) {
                note(&[], &receipt).await?;
            }
            count(&canary.identity, restored);
            Known::Evicted(canary.identity, has_lost)
        }
        (None, None) => Known::Nothing,
    })
}

/// Keeps what the device is.
///
/// # Errors
/// Where it could not be written.
pub async fn set_identity(identity: &Identity) -> Result<(), StoreError> {
    put(IDENTITY, identity).await?;
    count(identity, unexported().await?);
    Ok(())
}

/// Notes in localStorage how many responses would be lost with the database.
pub fn count(identity: &Identity, unexported: u32) {
    if settings::is_allowed() {
        let _ = LocalStorage::set(settings::KIOSK, Canary { identity: identity.clone(), unexported });
    }
}

/// Responses that are in no file yet.
pub async fn unexported() -> Result<u32, StoreError> {
    let number = |found: JsValue| found.as_f64().unwrap_or(0.0);
    let all = number(store::ask(RESPONSES, web_sys::IdbObjectStore::count).await?);
    let exported = number(store::ask(EXPORTED, web_sys::IdbObjectStore::count).await?);
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    Ok((all - exported).max(0.0) as u32)
}

/// The form the device was in the middle of when it was switched off.
///
/// # Errors
/// Where the database cannot be read.
pub async fn unfinished() -> Result<Option<Unfinished>, StoreError> {
    named(DRAFT).await
}

/// Keeps the form the device is in the middle of.
///
/// # Errors
/// Where it could not be written.
pub async fn keep_unfinished(unfinished: &Unfinished) -> Result<(), StoreError> {
    put(DRAFT, unfinished).await
}

/// Forgets it.
///
/// # Errors
/// Where that could not be written.
pub async fn forget_unfinished() -> Result<(), StoreError> {
    store::change(&[DEVICE], |transaction| {
        transaction.object_store(DEVICE)?.delete(&DRAFT.into())?;
        Ok(())
    })
    .await
}

/// Writes a response and forgets the form it was made of, both or neither; then its copy.
///
/// # Errors
/// Where neither was done.
pub async fn finish(response: &Response) -> Result<(), StoreError> {
    let record = store::record(response)?;
    let written = store::change(&[RESPONSES, DEVICE], |transaction| {
        transaction.object_store(DEVICE)?.delete(&DRAFT.into())?;
        transaction.object_store(RESPONSES)?.add(&record)?;
        Ok(())
    });
    let written = written.await;
    if written.is_ok() {
        // Before the thanks: what is thanked for is there twice.
        copies::put(response).await;
    }
    match written {
        // It was written before, and the page died before it could forget the form.
        Err(StoreError::Taken) => forget_unfinished().await,
        written => written,
    }
}

/// Keeps a response where there is still room: in localStorage, which has a few megabytes of its own.
/// False where that is full too.
pub fn rescue(response: &Response) -> bool {
    settings::is_allowed() && LocalStorage::set(format!("{RESCUED}{}", response.id), response).is_ok()
}

/// The responses that had to be rescued.
pub fn rescued() -> Vec<Response> {
    if !settings::is_allowed() {
        return Vec::new();
    }
    let raw = LocalStorage::raw();
    let keys = (0..raw.length().unwrap_or(0)).filter_map(|at| raw.key(at).ok().flatten());
    keys.filter(|key| key.starts_with(RESCUED)).filter_map(|key| LocalStorage::get(key).ok()).collect()
}

/// Brings what was rescued to where it belongs, now that there may be room.
pub async fn bring_home() {
    for response in rescued() {
        if store::add(&response).await.is_ok() {
            copies::put(&response).await;
            LocalStorage::delete(format!("{RESCUED}{}", response.id));
        }
    }
    let Pending { exported, receipts } = pending();
    for (at, receipt) in receipts.iter().enumerate() {
        // The ids go with the first of them.
        let ids: &[String] = if at == 0 { &exported } else { &[] };
        if note(ids, receipt).await.is_err() {
            return;
        }
    }
    settings::forget(PENDING);
}

fn pending() -> Pending {
    read(PENDING).unwrap_or_default()
}

/// Keeps a note beside the database. False where there is no room there either.
fn postpone(ids: &[String], receipt: &Receipt) -> bool {
    let mut pending = pending();
    pending.exported.extend_from_slice(ids);
    pending.receipts.push(receipt.clone());
    settings::is_allowed() && LocalStorage::set(PENDING, pending).is_ok()
}

/// The ids of responses that are in a file.
///
/// # Errors
/// Where the database cannot be read.
pub async fn exported() -> Result<BTreeSet<String>, StoreError> {
    let keys: Array = store::ask(EXPORTED, web_sys::IdbObjectStore::get_all_keys).await?.unchecked_into();
    Ok(keys.iter().filter_map(|key| key.as_string()).chain(pending().exported).collect())
}

/// Notes that these responses are in a file.
///
/// # Errors
/// Where it could not be written.
pub async fn set_exported(ids: &[String], receipt: &Receipt) -> Result<(), StoreError> {
    match note(ids, receipt).await {
        Err(StoreError::Full) if postpone(ids, receipt) => Ok(()),
        noted => noted,
    }
}

async fn note(ids: &[String], receipt: &Receipt) -> Result<(), StoreError> {
    let record = store::record(receipt)?;
    let at = JsValue::from_str(&crate::response::write_moment(&receipt.at));
    store::change(&[EXPORTED, RECEIPTS], |transaction| {
        let store = transaction.object_store(EXPORTED)?;
        for id in ids {
            store.put_with_key(&at, &id.into())?;
        }
        transaction.object_store(RECEIPTS)?.add(&record)?;
        Ok(())
    })
    .await?;
    // What is in a file needs no second copy.
    drop_copies(ids);
    Ok(())
}

/// Copies what has no copy yet.
pub async fn complete_copies() {
    if let (Ok(exported), Ok(unexported)) = (exported().await, unexported().await) {
        copies::complete(&exported, unexported).await;
    }
}

/// Nobody waits for it: a copy that is left is one of a response that is known by its id.
fn drop_copies(ids: &[String]) {
    let ids = ids.to_vec();
    spawn_local(async move { copies::forget(&ids).await });
}

/// Deletes these responses, and keeps a receipt of it.
///
/// # Errors
/// Where nothing was deleted.
pub async fn delete(ids: &[String], receipt: &Receipt) -> Result<(), StoreError> {
    let record = store::record(receipt)?;
    let forget = |transaction: &IdbTransaction| {
        let (responses, exported) = (transaction.object_store(RESPONSES)?, transaction.object_store(EXPORTED)?);
        for id in ids {
            responses.delete(&id.into())?;
            exported.delete(&id.into())?;
        }
        Ok(())
    };
    let done = store::change(&[RESPONSES, EXPORTED, RECEIPTS], |transaction| {
        forget(transaction)?;
        transaction.object_store(RECEIPTS)?.add(&record)?;
        Ok(())
    });
    match done.await {
        // Without room for a receipt there may still be the way out of having none.
        Err(StoreError::Full) if postpone(&[], receipt) => store::change(&[RESPONSES, EXPORTED], forget).await?,
        done => done?,
    }
    // Written home in the meantime or not: a copy that was rescued goes with it.
    ids.iter().for_each(|id| settings::forget(&format!("{RESCUED}{id}")));
    drop_copies(ids);
    let mut pending = pending();
    pending.exported.retain(|id| !ids.contains(id));
    if !pending.receipts.is_empty() {
        let _ = LocalStorage::set(PENDING, pending);
    }
    Ok(())
}

/// Every receipt, the newest first.
///
/// # Errors
/// Where the database cannot be read.
pub async fn receipts() -> Result<Vec<Receipt>, StoreError> {
    let found: Array = store::ask(RECEIPTS, web_sys::IdbObjectStore::get_all).await?.unchecked_into();
    let stored = found.iter().filter_map(|record| store::parse(&record));
    let mut receipts: Vec<Receipt> = stored.chain(pending().receipts).collect();
    receipts.reverse();
    Ok(receipts)
}

/// Wrong tries at the PIN so far.
pub fn attempts() -> Attempts {
    read(ATTEMPTS).unwrap_or_default()
}

/// Keeps them.
pub fn set_attempts(attempts: &Attempts) {
    if settings::is_allowed() {
        let _ = LocalStorage::set(ATTEMPTS, attempts);
    }
}

/// A name for a new device: four of the letters and digits that are not taken for one another.
pub fn new_device() -> String {
    crate::response::receipt(&browser::new_id()).chars().take(4).collect()
}

/// What localStorage holds under a key.
fn read<T: DeserializeOwned>(key: &str) -> Option<T> {
    settings::is_allowed().then(|| LocalStorage::get(key).ok()).flatten()
}

async fn named<T: DeserializeOwned>(name: &str) -> Result<Option<T>, StoreError> {
    Ok(store::parse(&store::ask(DEVICE, |store| store.get(&name.into())).await?))
}

async fn put<T: Serialize>(name: &str, value: &T) -> Result<(), StoreError> {
    let record = store::record(value)?;
    store::change(&[DEVICE], |transaction| {
        transaction.object_store(DEVICE)?.put_with_key(&record, &name.into())?;
        Ok(())
    })
    .await
}
