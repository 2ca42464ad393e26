//! The staff's view: how much there is, how safe it lies, and what to do with it.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::super::icon::{icon, path};
use super::super::{browser, store, updates};
use super::only::Holder;
use super::run::Device;
use super::storage::{self, Room};
use super::{Page, receipts, say, vault};
use crate::exchange::Reader;
use crate::exchange::responses::{write_orphans, write_responses};
use crate::kiosk::{Act, Receipt, counts, days, file_name};
use crate::report::{count_in, day_in};
use crate::response::{Moment, Response, vietnam};
use crate::words::fill;
use crate::words::kiosk::Word;

/// What is on the device.
pub(super) struct Stand {
    responses: Vec<Response>,
    unreadable: usize,
    exported: BTreeSet<String>,
    receipts: Vec<Receipt>,
    rescued: usize,
    room: Room,
}

/// What waits for an answer.
#[derive(Clone)]
enum Asked {
    Nothing,
    /// Whether these responses have come through as these files.
    AreSaved {
        ids: Vec<String>,
        receipt: Receipt,
    },
    /// Whether these are to be deleted.
    Delete(Vec<String>),
}

#[derive(Clone, Copy)]
struct View {
    device: Device,
    stand: RwSignal<Option<Rc<Stand>>, LocalStorage>,
    asked: RwSignal<Asked, LocalStorage>,
    /// What was done, or why it was not.
    told: RwSignal<String>,
    /// Whether the page starts without a network, as far as it is known.
    is_offline_ready: RwSignal<Option<bool>>,
}

/// The staff's view.
pub fn screen(device: Device) -> AnyView {
    let language = device.language;
    let view = View {
        device,
        stand: RwSignal::new_local(None),
        asked: RwSignal::new_local(Asked::Nothing),
        told: RwSignal::new(String::new()),
        is_offline_ready: RwSignal::new(None),
    };
    view.load(true);
    // Known only once the first version is here completely, which may be never.
    spawn_local(async move {
        let state = updates::state("kiosk").await;
        let _ = view.is_offline_ready.try_set(state.map(|state| state.is_offline_ready));
    });
    let body = move || {
        language.track();
        let stand = view.stand.get();
        stand.map_or_else(
            || view! { <p>{Word::Loading.say(&language.get_untracked())}</p> }.into_any(),
            |stand| view.drawn(&stand),
        )
    };
    super::plain(
        language,
        view! {
            <main class="staff-view">
                <h1 tabindex="-1">{say(language, Word::StaffTitle)}</h1>
                {body}
            </main>
        },
    )
}

impl View {
    fn say(self, word: Word) -> &'static str {
        word.say(&self.device.language.get_untracked())
    }

    fn number(self, number: usize) -> String {
        count_in(&self.device.language.get_untracked(), number as u64)
    }

    fn load(self, ask: bool) {
        spawn_local(async move {
            vault::bring_home().await;
            let room = storage::room(ask).await;
            let stored = store::all().await;
            let has_failed = stored.is_err();
            let (mut responses, unreadable) = stored.unwrap_or_default();
            let known: BTreeSet<String> = responses.iter().map(|response| response.id.clone()).collect();
            let rescued: Vec<Response> = vault::rescued().into_iter().filter(|r| !known.contains(&r.id)).collect();
            let count = rescued.len();
            responses.extend(rescued);
            if has_failed {
                self.device.alarms.update(|alarms| alarms.has_failed = true);
            } else if count == 0 {
                self.device.alarms.update(|alarms| alarms.is_full = false);
            }
            let stand = Stand {
                responses,
                unreadable,
                exported: vault::exported().await.unwrap_or_default(),
                receipts: vault::receipts().await.unwrap_or_default(),
                rescued: count,
                room,
            };
            let _ = self.stand.try_set(Some(Rc::new(stand)));
        });
    }

    fn drawn(self, stand: &Rc<Stand>) -> AnyView {
        let device = self.device;
        view! {
            {self.alarms(stand)}
            {self.numbers(stand)}
            <p class="told" role="status">{move || self.told.get()}</p>
            {self.files(stand)}
            {self.about(stand)}
            {receipts::list(&stand.receipts, &device.language.get_untracked())}
            <div class="row">
                <button class="btn" type="button" on:click=move |_| device.rest()>{self.say(Word::BackToKiosk)}</button>
                <button class="btn ghost" type="button" on:click=move |_| self.settings()>{self.say(Word::ChangeSettings)}</button>
                <a class="btn ghost" href="../">{self.say(Word::LeaveKiosk)}</a>
            </div>
        }
        .into_any()
    }

    fn settings(self) {
        let identity = self.device.ground().identity.clone();
        let setup = identity.setup.clone();
        self.device.leave_for(Page::SetUp { identity: Some(identity), setup, ignored: Vec::new(), is_trusted: true });
    }

    /// What is wrong, each with what to do.
    fn alarms(self, stand: &Stand) -> AnyView {
        let alarms = self.device.alarms.get();
        let ground = self.device.ground();
        let mut texts = Vec::new();
        // Until the next export: by then staff have been here, and the receipt stays.
        let since = stand.receipts.iter().take_while(|receipt| receipt.act != Act::Exported);
        for receipt in since {
            let word = match receipt.act {
                Act::Lost => Word::Evicted,
                Act::Restored => Word::Restored,
                Act::Exported | Act::Deleted => continue,
            };
            texts.push(fill(self.say(word), &[&self.number(receipt.responses as usize)]));
        }
        if alarms.is_full || stand.rescued > 0 {
            texts.push(fill(self.say(Word::NoRoom), &[&self.number(stand.rescued)]));
        }
        if alarms.has_failed {
            texts.push(self.say(Word::WritingFailed).to_owned());
        }
        if stand.unreadable > 0 {
            texts.push(fill(self.say(Word::Unreadable), &[&self.number(stand.unreadable)]));
        }
        if !stand.room.is_secure {
            texts.push(self.say(Word::NotSecure).to_owned());
        }
        if ground.holder == Holder::Nobody && stand.room.is_secure {
            texts.push(self.say(Word::NoLocks).to_owned());
        }
        if storage::is_private(&stand.room) {
            texts.push(self.say(Word::MaybePrivate).to_owned());
        } else if !storage::has_survived() {
            texts.push(self.say(Word::NotProven).to_owned());
        } else if stand.room.is_persistent == Some(false) {
            texts.push(self.say(Word::NotPersistent).to_owned());
        }
        if ground.identity.setup.pin.is_none() {
            texts.push(self.say(Word::NoPin).to_owned());
        }
        let notes = texts
            .into_iter()
            .map(|text| view! { <div class="note warn">{icon(path::WARN)} <p>{text}</p></div> }.into_any());
        notes.collect_view().into_any()
    }

    fn numbers(self, stand: &Stand) -> AnyView {
        let counts = counts(&stand.responses, |id| stand.exported.contains(id), &browser::now());
        let cards = [
            (Word::Today, counts.today),
            (Word::ThisWeek, counts.week),
            (Word::NotExported, counts.unexported),
            (Word::OnDevice, counts.all),
        ];
        let cards = cards.map(|(word, count)| {
            view! { <div><dt>{self.say(word)}</dt> <dd>{self.number(count as usize)}</dd></div> }.into_any()
        });
        let last = counts.last.map_or_else(|| self.say(Word::NoneYet).to_owned(), |last| self.moment(&last));
        let ignored = self.device.ignored();
        let number = |count: u32| self.number(count as usize);
        let kept = [number(counts.abandoned), number(counts.flagged)];
        let kept = fill(self.say(Word::AbandonedAndFlagged), &[&kept[0], &kept[1]]);
        let touches = [number(ignored.drumming), number(ignored.held)];
        let touches = fill(self.say(Word::IgnoredTouches), &[&touches[0], &touches[1]]);
        view! {
            <dl class="numbers">{cards.collect_view()}</dl>
            <p>{fill(self.say(Word::LastAnswer), &[&last])} " " {kept} " " {touches}</p>
        }
        .into_any()
    }

    fn moment(self, moment: &Moment) -> String {
        let local = moment.with_timezone(&vietnam());
        format!("{} {}", local.format("%H:%M"), day_in(&self.device.language.get_untracked(), local.date_naive()))
    }

    /// Saving files, and deleting what is in them.
    fn files(self, stand: &Rc<Stand>) -> AnyView {
        let is_new = |stand: &Stand, response: &Response| !stand.exported.contains(&response.id);
        let fresh = stand.responses.iter().filter(|response| is_new(stand, response)).count();
        let (all, exported) = (stand.responses.len(), stand.responses.len() - fresh);
        let export_new = {
            let stand = stand.clone();
            move |_| self.export(&stand, |stand, response| is_new(stand, response))
        };
        let export_all = {
            let stand = stand.clone();
            move |_| self.export(&stand, |_, _| true)
        };
        let delete = {
            let stand = stand.clone();
            move |_| {
                let exported = stand.responses.iter().filter(|response| stand.exported.contains(&response.id));
                self.asked.set(Asked::Delete(exported.map(|response| response.id.clone()).collect()));
                request_animation_frame(|| {
                    browser::focus(".question h2");
                    browser::reveal(".question");
                });
            }
        };
        let label = |word: Word, count: usize| fill(self.say(word), &[&self.number(count)]);
        view! {
            <h2>{self.say(Word::Files)}</h2>
            <p class="hint">{self.say(Word::FilesHint)}</p>
            <div class="row">
                <button class="btn" type="button" disabled=fresh == 0 on:click=export_new>
                    {icon(path::DOWNLOAD)} <span>{label(Word::ExportNew, fresh)}</span>
                </button>
                <button class="btn ghost" type="button" disabled=all == 0 on:click=export_all>{label(Word::ExportAll, all)}</button>
                <button class="btn ghost" type="button" disabled=exported == 0 on:click=delete>{label(Word::DeleteExported, exported)}</button>
            </div>
            {move || self.question()}
        }
        .into_any()
    }

    /// What waits for an answer.
    fn question(self) -> AnyView {
        let (title, text, yes, no) = match self.asked.get() {
            Asked::Nothing => return ().into_any(),
            Asked::AreSaved { receipt, .. } => {
                let text = fill(self.say(Word::AreSavedText), &[receipt.file.as_deref().unwrap_or("")]);
                (Word::AreSaved, text, Word::Saved, Word::NotSaved)
            }
            Asked::Delete(ids) => {
                let text = fill(self.say(Word::DeleteText), &[&self.number(ids.len())]);
                (Word::DeleteTitle, text, Word::DeleteForGood, Word::Cancel)
            }
        };
        view! {
            <section class="question">
                <h2 tabindex="-1">{self.say(title)}</h2>
                <p>{text}</p>
                <div class="row">
                    <button class="btn" type="button" on:click=move |_| self.agree()>{self.say(yes)}</button>
                    <button class="btn ghost" type="button" on:click=move |_| self.asked.set(Asked::Nothing)>{self.say(no)}</button>
                </div>
            </section>
        }
        .into_any()
    }

    /// Writes a file for each edition of each survey. Whether they arrived only staff can see.
    fn export(self, stand: &Stand, is_wanted: impl Fn(&Stand, &Response) -> bool) {
        let ground = self.device.ground();
        let wanted: Vec<&Response> = stand.responses.iter().filter(|response| is_wanted(stand, response)).collect();
        let mut editions: BTreeMap<(&str, &str), Vec<&Response>> = BTreeMap::new();
        for response in &wanted {
            editions.entry((&response.survey, &response.edition)).or_default().push(response);
        }
        let now = browser::now();
        let mut names = Vec::new();
        for ((survey, edition), responses) in editions {
            let days = days(responses.iter().copied());
            let name = file_name(&ground.identity.setup, &ground.identity.device, responses[0], days, &now);
            let is_known = *survey == *ground.survey.id && *edition == *ground.survey.edition;
            let text = match is_known {
                true => write_responses(&ground.survey, responses, Reader::Excel),
                false => write_orphans(&responses, Reader::Excel),
            };
            browser::download(&name, &text, "text/csv;charset=utf-8");
            names.push(name);
        }
        let receipt = Receipt {
            at: now,
            act: Act::Exported,
            responses: u32::try_from(wanted.len()).unwrap_or(u32::MAX),
            days: days(wanted.iter().copied()),
            file: Some(names.join(", ")),
        };
        let ids = wanted.iter().map(|response| response.id.clone()).collect();
        self.asked.set(Asked::AreSaved { ids, receipt });
        request_animation_frame(|| {
            browser::focus(".question h2");
            browser::reveal(".question");
        });
    }

    /// Staff said yes.
    fn agree(self) {
        let asked = self.asked.get_untracked();
        self.asked.set(Asked::Nothing);
        let stand = self.stand.get_untracked();
        spawn_local(async move {
            let (written, done) = match asked {
                Asked::Nothing => return,
                Asked::AreSaved { ids, receipt } => (vault::set_exported(&ids, &receipt).await, Word::ExportNoted),
                Asked::Delete(ids) => {
                    let gone =
                        stand.iter().flat_map(|stand| &stand.responses).filter(|response| ids.contains(&response.id));
                    let receipt = Receipt {
                        at: browser::now(),
                        act: Act::Deleted,
                        responses: u32::try_from(ids.len()).unwrap_or(u32::MAX),
                        days: days(gone),
                        file: None,
                    };
                    (vault::delete(&ids, &receipt).await, Word::Deleted)
                }
            };
            self.told.set(self.say(if written.is_ok() { done } else { Word::WritingFailed }).to_owned());
            self.load(false);
            self.device.recount();
            request_animation_frame(browser::show_heading);
        });
    }

    /// What this device is, and how it stands.
    fn about(self, stand: &Stand) -> AnyView {
        let ground = self.device.ground();
        let language = self.device.language.get_untracked();
        let setup = &ground.identity.setup;
        let dash = || "–".to_owned();
        let megabytes =
            |bytes: f64| format!("{:.1} MB", bytes / 1e6).replace('.', if language == "vi" { "," } else { "." });
        let usage = stand.room.usage.map_or_else(dash, |(used, quota)| {
            fill(self.say(Word::UsedOf), &[&megabytes(used), &megabytes(quota - used)])
        });
        let yes_no = |value: Option<bool>| match value {
            Some(true) => self.say(Word::Yes).to_owned(),
            Some(false) => self.say(Word::No).to_owned(),
            None => self.say(Word::Unknown).to_owned(),
        };
        let unit = ground.unit.as_ref().map(crate::survey::unit::Unit::full_name);
        let unit =
            unit.map(|name| format!("{name} ({})", setup.unit.as_deref().unwrap_or(""))).or_else(|| setup.unit.clone());
        let survey = format!(
            "{} ({} {})",
            ground.survey.title.get(&language, ground.survey.fallback()),
            ground.survey.id,
            ground.survey.edition
        );
        let rows = [
            (Word::Survey, survey),
            (Word::Unit, unit.unwrap_or_else(dash)),
            (Word::Counter, setup.counter.clone().unwrap_or_else(dash)),
            (Word::Fields, if setup.fields.is_empty() { dash() } else { setup.fields.join(", ") }),
            (Word::Officer, setup.officer.clone().unwrap_or_else(dash)),
            (Word::DeviceName, ground.identity.device.clone()),
            (Word::Storage, usage),
            (Word::Persistent, yes_no(stand.room.is_persistent)),
            (Word::Survived, yes_no(Some(storage::has_survived()))),
            (Word::StaysAwake, yes_no(ground.awake.is_held())),
            (Word::Version, updates::version().unwrap_or_default()),
            (Word::WorksOffline, yes_no(self.is_offline_ready.get())),
        ];
        let rows = rows.map(|(word, value)| view! { <div><dt>{self.say(word)}</dt> <dd>{value}</dd></div> }.into_any());
        let save = {
            let (text, unit) = (setup.to_file(), setup.unit.clone());
            let name =
                format!("sipas-kiosk_{}_{}.json", unit.unwrap_or_default(), setup.counter.clone().unwrap_or_default());
            move |_| browser::download(&name, &text, "application/json")
        };
        let address = browser::address_without_hash();
        let link = format!("{address}#/setup?{}", setup.to_link());
        view! {
            <h2>{self.say(Word::AboutDevice)}</h2>
            <dl class="facts-table">{rows.collect_view()}</dl>
            <details>
                <summary>{self.say(Word::OtherDevices)}</summary>
                <p class="hint">{self.say(Word::OtherDevicesText)}</p>
                {super::super::qr::code(&link, self.say(Word::SettingsCode))}
                <p class="link-text">{link}</p>
                <button class="btn ghost" type="button" on:click=save>{self.say(Word::SaveSettings)}</button>
            </details>
        }
        .into_any()
    }
}
