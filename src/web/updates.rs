//! The worker that keeps the site on this device (`public/sw.js`): registered by every page, asked
//! and told by those that staff look at. What a page does not call, its file does not contain.
//!
//! Browsers allow it on `https:` and on `localhost` only; elsewhere all of this does nothing.

use js_sys::{JSON, Promise, Reflect};
use leptos::prelude::{document, window};
use serde::Deserialize;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{MessageChannel, MessageEvent, ServiceWorker, ServiceWorkerContainer, ServiceWorkerRegistration};

use super::browser;

/// Registers the worker, and has it keep the surveys this page has loaded before it was there.
/// To be called once there is something to read: it then takes nothing from the first screen.
///
/// `worker`: its address from this page, `sw.js` or `../sw.js`.
pub fn register(worker: &'static str) {
    let Some(container) = container() else { return };
    spawn_local(async move {
        let Ok(registration) = JsFuture::from(container.register(worker)).await else { return };
        let registration: ServiceWorkerRegistration = registration.unchecked_into();
        if let (Some(worker), Some(performance)) = (registration.installing(), window().performance())
            && let Ok(loaded) = JSON::stringify(&performance.get_entries_by_type("resource"))
        {
            let _ = worker.post_message(&loaded);
        }
    });
}

/// The version of the kit that this page is of, such as `0.1.0+1f2e3d4c`. It stands in the page
/// itself, so it is right with and without a network. `None` where the build gave it none.
pub fn version() -> Option<String> {
    let meta = document().query_selector("meta[name=version]").ok().flatten()?;
    meta.get_attribute("content")
}

/// What is on this device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// Whether this page starts without a network.
    pub is_offline_ready: bool,
    /// The version that is here completely and waits to be activated.
    pub waiting: Option<String>,
}

/// What a worker says of itself.
#[derive(Deserialize)]
struct Kept {
    version: String,
    /// Folders whose page starts without a network; the root is "".
    groups: Vec<String>,
}

/// What is on this device, once the first version of all is there. `group`: the folder of this page
/// within the site, such as `office`; the root is "". `None` where browsers allow no worker.
pub async fn state(group: &str) -> Option<State> {
    let registration = ready().await?;
    let active = ask(registration.active()).await;
    let waiting = ask(registration.waiting()).await;
    Some(State {
        is_offline_ready: active.is_some_and(|kept| kept.groups.iter().any(|kept| kept == group)),
        waiting: waiting.map(|kept| kept.version),
    })
}

/// Whether a new version is here completely and waits.
pub async fn is_waiting() -> bool {
    waiting().await.is_some()
}

/// Calls back each time a new version is here completely and waits; at once where one does.
pub fn when_waiting(call: impl Fn() + 'static) {
    spawn_local(async move {
        let Some(registration) = ready().await else { return };
        let changed = {
            let registration = registration.clone();
            Closure::<dyn Fn()>::new(move || {
                if registration.waiting().is_some() {
                    call();
                }
            })
            .into_js_value()
        };
        let found = {
            let (registration, changed) = (registration.clone(), changed.clone());
            Closure::<dyn Fn()>::new(move || {
                if let Some(worker) = registration.installing() {
                    let _ = worker.add_event_listener_with_callback("statechange", changed.unchecked_ref());
                }
            })
            .into_js_value()
        };
        let _ = registration.add_event_listener_with_callback("updatefound", found.unchecked_ref());
        // What was found before there was anybody to be told.
        for tell in [found, changed] {
            let _ = tell.unchecked_ref::<js_sys::Function>().call0(&JsValue::NULL);
        }
    });
}

/// Looks for a new version on the server. Browsers do so whenever a page is opened; a page that
/// stays open for days has to ask.
pub async fn look() {
    if let Some(looking) = registration().await.and_then(|registration| registration.update().ok()) {
        // Without a network there is nothing new.
        let _ = JsFuture::from(looking).await;
    }
}

/// Activates the version that waits, and then loads this page again, once, as a page of it. False,
/// and nothing happens, where none waits. Only to be called where nobody is answering.
pub async fn activate() -> bool {
    let (Some(container), Some(worker)) = (container(), waiting().await) else { return false };
    let reload = Closure::once_into_js(browser::reload);
    container.set_oncontrollerchange(Some(reload.unchecked_ref()));
    worker.post_message(&"activate".into()).is_ok()
}

/// `None` where browsers allow no worker: the property is missing then.
fn container() -> Option<ServiceWorkerContainer> {
    let found = Reflect::get(&window().navigator(), &"serviceWorker".into()).ok()?;
    (!found.is_undefined()).then(|| found.unchecked_into())
}

async fn registration() -> Option<ServiceWorkerRegistration> {
    let found = JsFuture::from(container()?.get_registration()).await.ok()?;
    (!found.is_undefined()).then(|| found.unchecked_into())
}

/// The registration, once a version is active: at a first visit that takes as long as loading the site.
async fn ready() -> Option<ServiceWorkerRegistration> {
    let ready = JsFuture::from(container()?.ready().ok()?).await.ok()?;
    Some(ready.unchecked_into())
}

async fn waiting() -> Option<ServiceWorker> {
    registration().await?.waiting()
}

async fn ask(worker: Option<ServiceWorker>) -> Option<Kept> {
    let (worker, channel) = (worker?, MessageChannel::new().ok()?);
    let port = channel.port1();
    let answered = Promise::new(&mut |resolve, _| port.set_onmessage(Some(&resolve)));
    worker.post_message_with_transferable(&"state".into(), &js_sys::Array::of1(&channel.port2())).ok()?;
    let answer: MessageEvent = JsFuture::from(answered).await.ok()?.unchecked_into();
    serde_json::from_str(&JSON::stringify(&answer.data()).ok()?.as_string()?).ok()
}
