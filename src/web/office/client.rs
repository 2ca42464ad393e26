//! The page's end of its worker: starts it, asks it, and starts it anew should it have died of a file.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::Duration;

use js_sys::{Array, JsString, Object, Reflect};
use leptos::prelude::set_timeout;
use wasm_bindgen::prelude::*;
use web_sys::{File, MessageEvent, Worker, WorkerOptions, WorkerType};

use crate::office::message::{Ask, Tell};

#[wasm_bindgen]
extern "C" {
    type ImportMeta;
    #[wasm_bindgen(method, getter)]
    fn url(this: &ImportMeta) -> JsString;
    #[wasm_bindgen(thread_local_v2, js_namespace = import, js_name = meta)]
    static IMPORT_META: ImportMeta;
}

/// A further thread, of this page or of its worker, that runs the program it is handed; what it says is heard.
pub(super) fn thread(heard: &Closure<dyn Fn(MessageEvent)>) -> Option<Worker> {
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    let worker = Worker::new_with_options("worker.js", &options).ok()?;
    worker.set_onmessage(Some(heard.as_ref().unchecked_ref()));
    let begin = Object::new();
    let _ = Reflect::set(&begin, &"script".into(), &IMPORT_META.with(ImportMeta::url));
    let _ = Reflect::set(&begin, &"module".into(), &wasm_bindgen::module());
    worker.post_message(&begin).ok()?;
    Some(worker)
}

/// The worker.
pub struct Client {
    worker: Option<Worker>,
    is_ready: bool,
    waiting: Vec<(Ask, JsValue)>,
    /// The files that were chosen, by their keys: to be read again by another worker.
    pub files: BTreeMap<u32, File>,
}

impl Client {
    /// A worker that is about to start. `hear` is told what it says; nothing: that it has died.
    pub fn start(hear: impl Fn(Option<Tell>, JsValue) + 'static) -> Client {
        let hear = Rc::new(hear);
        let heard = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            let told = match event.data().dyn_into::<Array>() {
                Ok(parts) => {
                    let tell = parts.get(0).as_string().and_then(|json| serde_json::from_str(&json).ok());
                    tell.map(|tell| (Some(tell), parts.get(1)))
                }
                Err(_) => Some((None, JsValue::UNDEFINED)),
            };
            // What is drawn for it is drawn in a task of its own: to read it has taken its time. The order stays.
            if let Some((tell, beside)) = told {
                let hear = hear.clone();
                set_timeout(move || hear(tell, beside), Duration::ZERO);
            }
        });
        let worker = thread(&heard);
        heard.forget();
        Client { worker, is_ready: false, waiting: Vec::new(), files: BTreeMap::new() }
    }

    /// Asks the worker, as soon as it listens.
    pub fn ask(&mut self, ask: Ask, beside: JsValue) {
        match (&self.worker, self.is_ready) {
            (Some(worker), true) => {
                if let Ok(json) = serde_json::to_string(&ask) {
                    let _ = worker.post_message(&Array::of2(&json.into(), &beside));
                }
            }
            _ => self.waiting.push((ask, beside)),
        }
    }

    /// It listens.
    pub fn ready(&mut self) {
        self.is_ready = true;
        for (ask, beside) in std::mem::take(&mut self.waiting) {
            self.ask(ask, beside);
        }
    }

    /// Ends it.
    pub fn stop(&mut self) {
        if let Some(worker) = self.worker.take() {
            worker.terminate();
        }
    }

    /// A key that no file has, of those kept on this device neither: seconds, and on from there.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    pub fn next_key(&self) -> u32 {
        let now = (js_sys::Date::now() / 1000.0) as u32;
        self.files.keys().next_back().map_or(now, |last| now.max(last + 1))
    }
}
