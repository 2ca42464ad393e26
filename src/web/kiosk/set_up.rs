//! The form by which a device is set up.

use std::rc::Rc;

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::super::browser;
use super::vault::{self, Identity};
use super::{Page, say};
use crate::kiosk::{Hours, Pin, Setup, SetupFault, is_pin, minute_of};
use crate::survey::{Survey, SurveyEntry};
use crate::words::fill;
use crate::words::kiosk::Word;

/// What the form works with.
#[derive(Clone, Copy)]
pub(super) struct Form {
    pub(super) language: RwSignal<String>,
    pub(super) setup: RwSignal<Setup>,
    pub(super) surveys: RwSignal<Option<Vec<SurveyEntry>>>,
    pub(super) survey: RwSignal<Option<Rc<Survey>>, LocalStorage>,
    /// The options of the field of procedure: id and name.
    pub(super) fields: RwSignal<Vec<(String, String)>>,
    pub(super) opens: RwSignal<(String, String)>,
    pub(super) pins: RwSignal<[String; 3]>,
    pub(super) faults: RwSignal<Vec<String>>,
}

/// The form. `identity`: what the device is already; its PIN is asked for where staff did not come through it.
pub fn screen(
    language: RwSignal<String>,
    page: RwSignal<Page, LocalStorage>,
    identity: Option<Identity>,
    setup: Setup,
    ignored: Vec<(String, String)>,
    is_trusted: bool,
) -> AnyView {
    let hours = setup.hours.clone().unwrap_or(Hours { opens: 7 * 60, closes: 17 * 60, days: vec![1, 2, 3, 4, 5] });
    let clock = |minute: u32| format!("{:02}:{:02}", minute / 60, minute % 60);
    let form = Form {
        language,
        opens: RwSignal::new((clock(hours.opens), clock(hours.closes))),
        setup: RwSignal::new(setup),
        surveys: RwSignal::new(None),
        survey: RwSignal::new_local(None),
        fields: RwSignal::new(Vec::new()),
        pins: RwSignal::default(),
        faults: RwSignal::new(Vec::new()),
    };
    form.load();
    let old = identity.as_ref().and_then(|identity| identity.setup.pin.clone());
    let asks_pin = old.is_some() && !is_trusted;
    let is_new = identity.is_none();
    let has_old_pin = form.setup.with_untracked(|setup| setup.pin.is_some());
    let ignored: Vec<String> = ignored.iter().map(|(key, value)| format!("{key}={value}")).collect();
    let ignored = (!ignored.is_empty()).then(|| {
        let ignored: String = ignored.join("&").chars().take(60).collect();
        view! { <p class="note warn" role="status">{move || fill(Word::IgnoredPart.say(&language.read()), &[&ignored])}</p> }
    });
    let save = move |event: ev::SubmitEvent| {
        event.prevent_default();
        form.save(page, identity.clone(), old.clone().filter(|_| asks_pin));
    };
    let back = (!is_new).then(|| {
        view! { <button class="btn ghost" type="button" on:click=|_| browser::begin_again()>{say(language, Word::BackToKiosk)}</button> }
    });
    let faults = move || {
        let faults = form.faults.get();
        (!faults.is_empty()).then(|| {
            let faults = faults.into_iter().map(|fault| view! { <li>{fault}</li> }.into_any()).collect_view();
            view! { <div class="note bad" role="alert" tabindex="-1"><ul>{faults}</ul></div> }
        })
    };
    super::plain(
        language,
        view! {
            <main class="set-up">
                <h1 tabindex="-1">{say(language, if is_new { Word::SetUpTitle } else { Word::ChangeSettings })}</h1>
                <p>{say(language, Word::SetUpText)}</p>
                {ignored}
                <label class="drop">
                    <input type="file" accept=".json,application/json" on:change=move |event| form.import(&event) />
                    <span>{say(language, Word::LoadSettings)}</span>
                </label>
                <form on:submit=save novalidate>
                    {form.survey_field()}
                    {form.unit_field()}
                    {form.text("counter", Word::Counter, Word::CounterHint, |s| &s.counter, |s, v| s.counter = v)}
                    {form.field_field()}
                    {asks_pin.then(|| form.pin("old-pin", Word::OldPin, Word::OldPinHint, 0))}
                    <div class="pair">
                        {form.pin("pin", Word::Pin, if has_old_pin { Word::PinKeptHint } else { Word::PinHint }, 1)}
                        {form.pin("pin-again", Word::PinAgain, Word::PinAgainHint, 2)}
                    </div>
                    <details>
                        <summary>{say(language, Word::More)}</summary>
                        {form.text("officer", Word::Officer, Word::OfficerHint, |s| &s.officer, |s, v| s.officer = v)}
                        {form.languages()}
                        {form.seconds("idle", Word::Idle, (10, 600), |s| s.idle_seconds, |s, v| s.idle_seconds = v)}
                        {form.seconds("countdown", Word::Countdown, (5, 120), |s| s.countdown_seconds, |s, v| s.countdown_seconds = v)}
                        {form.seconds("pause", Word::Pause, (0, 60), |s| s.pause_seconds, |s, v| s.pause_seconds = v)}
                        {form.hours()}
                        {form.switch("speech", Word::Speech, |s| s.speech, |s, v| s.speech = v)}
                        {form.switch("full", Word::FullScreen, |s| s.full_screen, |s, v| s.full_screen = v)}
                        {form.switch("phone", Word::PhoneSwitch, |s| s.phone.is_some(), |s, v| {
                            s.phone = v.then(browser::site_address);
                        })}
                        {move || form.setup.with(|s| s.phone.is_some()).then(|| {
                            form.text("phone-address", Word::PhoneAddress, Word::PhoneAddressHint, |s| &s.phone,
                                |s, v| s.phone = Some(v.unwrap_or_default()))
                        })}
                    </details>
                    {faults}
                    <div class="row">
                        <button class="btn" type="submit">{say(language, Word::SaveAndBegin)}</button>
                        {back}
                    </div>
                </form>
            </main>
        },
    )
}

impl Form {
    /// Takes the settings of a file.
    fn import(self, event: &ev::Event) {
        let input: Option<web_sys::HtmlInputElement> = event.target().and_then(|target| target.dyn_into().ok());
        let Some(input) = input else { return };
        let file = input.files().and_then(|files| files.get(0));
        input.set_value("");
        let Some(file) = file else { return };
        spawn_local(async move {
            let text = JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string()).unwrap_or_default();
            let language = self.language.get_untracked();
            match Setup::from_file(&text) {
                Ok(setup) => {
                    let clock = |minute: u32| format!("{:02}:{:02}", minute / 60, minute % 60);
                    if let Some(hours) = &setup.hours {
                        self.opens.set((clock(hours.opens), clock(hours.closes)));
                    }
                    self.setup.set(setup);
                    self.faults.set(Vec::new());
                }
                Err(fault) => {
                    let (line, column) = (fault.line.to_string(), fault.column.to_string());
                    let values = [file.name(), line, column, fault.what];
                    let values: Vec<&str> = values.iter().map(String::as_str).collect();
                    self.refuse(vec![fill(Word::NoSettingsFile.say(&language), &values)]);
                }
            }
        });
    }

    fn refuse(self, faults: Vec<String>) {
        self.faults.set(faults);
        request_animation_frame(|| browser::focus(".note.bad"));
    }

    /// Checks everything and begins.
    fn save(self, page: RwSignal<Page, LocalStorage>, identity: Option<Identity>, old: Option<Pin>) {
        let language = self.language.get_untracked();
        let mut setup = self.setup.get_untracked();
        let mut faults = Vec::new();
        let opens = self.opens.get_untracked();
        if let Some(hours) = &mut setup.hours {
            (hours.opens, hours.closes) = (minute_of(&opens.0).unwrap_or(0), minute_of(&opens.1).unwrap_or(0));
        }
        match self.survey.get_untracked() {
            Some(survey) => faults.extend(setup.faults(&survey).iter().map(|fault| words(fault, &language))),
            None if setup.survey.is_empty() => faults.push(Word::NeedsSurvey.say(&language).to_owned()),
            None => faults.push(Word::SurveyNotHere.say(&language).to_owned()),
        }
        let [old_pin, pin, again] = self.pins.get_untracked();
        if let Some(old) = &old {
            let (attempts, now) = (vault::attempts(), browser::now().timestamp_millis());
            if attempts.wait(now) > 0 {
                let seconds = ((attempts.wait(now) + 999) / 1000).to_string();
                return self.refuse(vec![fill(Word::PinPause.say(&language), &[&seconds])]);
            }
            if !old.is(&old_pin) {
                let attempts = attempts.fail(now);
                vault::set_attempts(&attempts);
                return self.refuse(vec![fill(Word::WrongPin.say(&language), &[&attempts.left().to_string()])]);
            }
            vault::set_attempts(&crate::kiosk::Attempts::default());
        }
        if !pin.is_empty() && !is_pin(&pin) {
            faults.push(Word::BadPin.say(&language).to_owned());
        } else if pin != again {
            faults.push(Word::PinsDiffer.say(&language).to_owned());
        } else if !pin.is_empty() {
            setup.pin = Some(Pin::new(&pin, browser::random()));
        }
        if !faults.is_empty() {
            return self.refuse(faults);
        }
        let device = identity.map_or_else(vault::new_device, |identity| identity.device);
        spawn_local(async move {
            match vault::set_identity(&Identity { device, setup }).await {
                // From the start, so that nothing of the old settings is left; without the link that was followed.
                Ok(()) => browser::begin_again(),
                Err(_) => page.set(Page::Blocked),
            }
        });
    }
}

fn words(fault: &SetupFault, language: &str) -> String {
    match fault {
        SetupFault::Value(key) => fill(Word::BadValue.say(language), &[Word::of_key(key).say(language)]),
        SetupFault::Range(key, least, most) => {
            let label = Word::of_key(key).say(language);
            fill(Word::BadRange.say(language), &[&fill(label, &[&least.to_string(), &most.to_string()])])
        }
        SetupFault::Hours => Word::BadHours.say(language).to_owned(),
        SetupFault::Language(code) => fill(Word::BadLanguage.say(language), &[code]),
        SetupFault::Field(field) => fill(Word::BadField.say(language), &[field]),
        SetupFault::ManyFields => Word::ManyFields.say(language).to_owned(),
        SetupFault::Counter(counter) => fill(Word::BadCounter.say(language), &[counter]),
        SetupFault::Phone => Word::BadPhone.say(language).to_owned(),
    }
}
