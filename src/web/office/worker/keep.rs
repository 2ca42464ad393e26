//! Files that stay on this device until they are taken away: a database of the office's own, so that a phone
//! loads nothing of it.

use std::rc::Rc;

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{File, IdbDatabase, IdbTransactionMode};

use super::super::super::store::settled;
use super::{Held, Worker, tell, tell_with};
use crate::exchange::import::Mapping;
use crate::office::message::{State, Tell};

const DATABASE: &str = "sipas-office";
const FILES: &str = "files";

async fn open() -> Option<IdbDatabase> {
    let factory = js_sys::global().unchecked_into::<web_sys::Window>().indexed_db().ok().flatten()?;
    let request = factory.open_with_u32(DATABASE, 1).ok()?;
    let upgrade = {
        let request = request.clone();
        Closure::once_into_js(move || {
            if let Some(database) = request.result().ok().and_then(|found| found.dyn_into::<IdbDatabase>().ok()) {
                let _ = database.create_object_store(FILES);
            }
        })
    };
    request.set_onupgradeneeded(Some(upgrade.unchecked_ref()));
    settled(&request).await.ok()?.dyn_into().ok()
}

/// Changes what is kept; whether that was done.
async fn change(work: impl FnOnce(&web_sys::IdbObjectStore) -> Result<web_sys::IdbRequest, JsValue>) -> bool {
    let Some(database) = open().await else { return false };
    let request = database
        .transaction_with_str_and_mode(FILES, IdbTransactionMode::Readwrite)
        .and_then(|transaction| transaction.object_store(FILES))
        .and_then(|store| work(&store));
    let is_done = match request {
        Ok(request) => settled(&request).await.is_ok(),
        Err(_) => false,
    };
    database.close();
    is_done
}

/// Forgets files.
pub(super) async fn forget(keys: &[u32]) {
    for key in keys {
        change(|store| store.delete(&JsValue::from(*key))).await;
    }
}

impl Worker {
    /// Keeps a file and how it is read.
    pub(super) async fn keep(self: &Rc<Worker>, key: u32) {
        let record = self.with(key, |held| {
            let record = Object::new();
            let mapping = held.mapping.as_ref().and_then(|mapping| serde_json::to_string(mapping).ok());
            for (name, value) in [
                ("file", JsValue::from(held.file.clone())),
                ("name", held.filed.name.clone().into()),
                ("survey", held.filed.survey.clone().into()),
                ("language", held.language.clone().into()),
                ("mapping", mapping.map_or(JsValue::NULL, JsValue::from)),
            ] {
                let _ = Reflect::set(&record, &name.into(), &value);
            }
            record
        });
        if let Some(record) = record
            && !change(|store| store.put_with_key(&record, &JsValue::from(key))).await
        {
            tell(&Tell::NotKept);
        }
    }

    /// Keeps all files, or none any more.
    pub(super) async fn keep_all(self: &Rc<Worker>) {
        if !self.keeps.get() {
            change(web_sys::IdbObjectStore::clear).await;
            return;
        }
        let done = |held: &Held| (held.filed.state == State::Done).then_some(held.filed.key);
        let keys: Vec<u32> = self.files.borrow().iter().filter_map(done).collect();
        for key in keys {
            self.keep(key).await;
        }
    }

    /// Takes in the files that are kept.
    pub(super) async fn take_kept(self: &Rc<Worker>) {
        let Some(database) = open().await else { return };
        let store = database.transaction_with_str(FILES).and_then(|transaction| transaction.object_store(FILES));
        let asked = store.and_then(|store| Ok((store.get_all_keys()?, store.get_all()?)));
        let Ok((keys, records)) = asked else { return };
        let (keys, records) = (settled(&keys).await, settled(&records).await);
        database.close();
        let (Ok(keys), Ok(records)) = (keys, records) else { return };
        let (keys, records): (Array, Array) = (keys.unchecked_into(), records.unchecked_into());
        let files = Array::new();
        let mut named = Vec::new();
        for (key, record) in keys.iter().zip(records.iter()) {
            let get = |name: &str| Reflect::get(&record, &name.into()).unwrap_or_default();
            let (Some(key), Ok(file)) = (key.as_f64(), get("file").dyn_into::<File>()) else { continue };
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            let key = key as u32;
            let mut held = Held::new(key, file.clone(), get("language").as_string().unwrap_or_default());
            held.mapping = get("mapping").as_string().and_then(|text| Mapping::parse(&text).ok());
            // What was clear then is clear now.
            held.shown = get("survey").as_string();
            named.push((key, held.filed.name.clone()));
            files.push(&file);
            self.files.borrow_mut().push(held);
            self.queue.borrow_mut().push_back(key);
        }
        if !named.is_empty() {
            tell_with(&Tell::Kept(named), &files);
            self.work();
        }
    }
}
