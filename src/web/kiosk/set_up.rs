//! The form by which a device is set up.

use std::rc::Rc;

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::super::{browser, settings};
use super::vault::{self, Identity};
use super::{Page, say, survey, unit_field};
use crate::kiosk::{Hours, Pin, Setup, SetupFault, is_pin, minute_of};
use crate::survey::{Attribute, Survey, SurveyEntry};
use crate::words::fill;
use crate::words::kiosk::{Word, weekday};

/// What the form works with.
#[derive(Clone, Copy)]
pub(super) struct Form {
    pub(super) language: RwSignal<String>,
    pub(super) setup: RwSignal<Setup>,
    surveys: RwSignal<Vec<SurveyEntry>>,
    survey: RwSignal<Option<Rc<Survey>>, LocalStorage>,
    /// The options of the field of procedure: id and name.
    fields: RwSignal<Vec<(String, String)>>,
    opens: RwSignal<(String, String)>,
    pins: RwSignal<[String; 3]>,
    faults: RwSignal<Vec<String>>,
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
        surveys: RwSignal::new(Vec::new()),
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
                    {unit_field::field(form)}
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
    fn say(self, word: Word) -> impl Fn() -> &'static str + Clone + Send + Sync + 'static {
        say(self.language, word)
    }

    /// The surveys there are, and the one chosen.
    fn load(self) {
        spawn_local(async move {
            let mut surveys = settings::own_surveys();
            let site: Vec<SurveyEntry> = browser::load("../surveys/index.json").await.unwrap_or_default();
            surveys
                .extend(site.into_iter().filter(|entry| settings::own_surveys().iter().all(|own| own.id != entry.id)));
            let _ = self.surveys.try_set(surveys);
        });
        Effect::new(move || {
            let id = self.setup.with(|setup| setup.survey.clone());
            let is_there = self.survey.with_untracked(|survey| survey.as_ref().is_some_and(|survey| survey.id == id));
            if !id.is_empty() && !is_there {
                spawn_local(async move {
                    let survey = survey(&id).await.ok().map(Rc::new);
                    let fields = self.field_options(survey.as_deref()).await;
                    let _ = self.fields.try_set(fields);
                    let _ = self.survey.try_set(survey);
                });
            }
        });
    }

    /// The fields the survey asks for; where it does not ask, those of the first survey that does.
    async fn field_options(self, survey: Option<&Survey>) -> Vec<(String, String)> {
        let options = |survey: &Survey| {
            let asked = survey.asking_for(Attribute::Field)?;
            let language = self.language.get_untracked();
            let name = |option: &crate::survey::Choice| option.text.get(&language, survey.fallback()).to_owned();
            Some(asked.options().iter().map(|option| (option.id.clone(), name(option))).collect::<Vec<_>>())
        };
        if let Some(found) = survey.and_then(options) {
            return found;
        }
        for entry in self.surveys.get_untracked() {
            if let Some(found) = super::survey(&entry.id).await.ok().as_ref().and_then(options) {
                return found;
            }
        }
        Vec::new()
    }

    fn survey_field(self) -> AnyView {
        let options = move || {
            let chosen = self.setup.with(|setup| setup.survey.clone());
            let language = self.language.get();
            let entries = self.surveys.get();
            let entries = entries.iter().map(|entry| {
                let fallback = entry.languages.first().cloned().unwrap_or_default();
                let name = format!("{} ({})", entry.title.get(&language, &fallback), entry.id);
                view! { <option value=entry.id.clone() selected=entry.id == chosen>{name}</option> }.into_any()
            });
            entries.collect_view()
        };
        let change = move |event: ev::Event| self.setup.update(|setup| setup.survey = event_target_value(&event));
        view! {
            <div class="field">
                <label for="survey">{self.say(Word::Survey)}</label>
                <select id="survey" on:change=change>
                    <option value="">{self.say(Word::ChooseOne)}</option>
                    {options}
                </select>
            </div>
        }
        .into_any()
    }

    /// A line of text that may be empty.
    fn text(
        self,
        id: &'static str,
        label: Word,
        hint: Word,
        get: fn(&Setup) -> &Option<String>,
        set: fn(&mut Setup, Option<String>),
    ) -> AnyView {
        let value = move || self.setup.with(|setup| get(setup).clone().unwrap_or_default());
        let input = move |event: ev::Event| {
            let text = event_target_value(&event).trim().to_owned();
            self.setup.update(|setup| set(setup, Some(text).filter(|text| !text.is_empty())));
        };
        let described = format!("{id}-hint");
        view! {
            <div class="field">
                <label for=id>{self.say(label)}</label>
                <input id=id type="text" autocomplete="off" spellcheck="false" aria-describedby=described.clone() prop:value=value on:change=input />
                <p class="hint" id=described>{self.say(hint)}</p>
            </div>
        }
        .into_any()
    }

    fn seconds(
        self,
        id: &'static str,
        label: Word,
        bounds: (u32, u32),
        get: fn(&Setup) -> u32,
        set: fn(&mut Setup, u32),
    ) -> AnyView {
        let value = move || self.setup.with(|setup| get(setup).to_string());
        // What is no number is out of bounds, and is said when the form is saved.
        let input = move |event: ev::Event| {
            let number = event_target_value(&event).trim().parse().unwrap_or(u32::MAX);
            self.setup.update(|setup| set(setup, number));
        };
        let label = move || fill(label.say(&self.language.read()), &[&bounds.0.to_string(), &bounds.1.to_string()]);
        view! {
            <div class="field">
                <label for=id>{label}</label>
                <input class="num" id=id type="text" inputmode="numeric" autocomplete="off" prop:value=value on:change=input />
            </div>
        }
        .into_any()
    }

    fn switch(self, id: &'static str, label: Word, get: fn(&Setup) -> bool, set: fn(&mut Setup, bool)) -> AnyView {
        let toggle = move |event: ev::Event| self.setup.update(|setup| set(setup, event_target_checked(&event)));
        view! {
            <label class="opt" for=id>
                <input id=id type="checkbox" prop:checked=move || self.setup.with(get) on:change=toggle />
                <span>{self.say(label)}</span>
            </label>
        }
        .into_any()
    }

    /// A check box that stands for a value of a list; the list keeps the order of `all`.
    fn member(self, id: String, label: String, all: Vec<String>, list: fn(&mut Setup) -> &mut Vec<String>) -> AnyView {
        let checked = {
            let id = id.clone();
            move || self.setup.with(|setup| list(&mut setup.clone()).contains(&id))
        };
        let toggle = move |event: ev::Event| {
            let is_in = event_target_checked(&event);
            self.setup.update(|setup| {
                let chosen = list(setup);
                let keeps = |one: &String| if *one == id { is_in } else { chosen.contains(one) };
                *chosen = all.iter().filter(|one| keeps(one)).cloned().collect();
            });
        };
        view! { <label class="opt"><input type="checkbox" prop:checked=checked on:change=toggle /> <span>{label}</span></label> }
            .into_any()
    }

    /// Fields of procedure: any of those the survey asks for, or one of those that are known.
    fn field_field(self) -> AnyView {
        let body = move || {
            let fields = self.fields.get();
            let asks =
                self.survey.with(|survey| survey.as_ref().is_some_and(|s| s.asking_for(Attribute::Field).is_some()));
            let all: Vec<String> = fields.iter().map(|(id, _)| id.clone()).collect();
            if fields.is_empty() {
                return ().into_any();
            }
            if asks {
                let boxes =
                    fields.into_iter().map(|(id, name)| self.member(id, name, all.clone(), |setup| &mut setup.fields));
                return view! {
                    <fieldset class="field">
                        <legend>{self.say(Word::Fields)}</legend>
                        <p class="hint">{self.say(Word::FieldsHint)}</p>
                        <div class="opts">{boxes.collect_view()}</div>
                    </fieldset>
                }
                .into_any();
            }
            let chosen = self.setup.with(|setup| setup.fields.first().cloned());
            let options = fields.into_iter().map(|(id, name)| {
                let is_chosen = chosen.as_ref() == Some(&id);
                view! { <option value=id selected=is_chosen>{name}</option> }.into_any()
            });
            let change = move |event: ev::Event| {
                let value = event_target_value(&event);
                self.setup.update(|setup| setup.fields = Some(value).filter(|v| !v.is_empty()).into_iter().collect());
            };
            view! {
                <div class="field">
                    <label for="fields">{self.say(Word::Fields)}</label>
                    <select id="fields" on:change=change>
                        <option value="">{self.say(Word::NoField)}</option>
                        {options.collect_view()}
                    </select>
                </div>
            }
            .into_any()
        };
        body.into_any()
    }

    fn languages(self) -> AnyView {
        let body = move || {
            let Some(survey) = self.survey.get() else { return ().into_any() };
            let all = survey.languages.clone();
            let boxes = all.iter().map(|code| {
                let name = super::super::header::own_name(code);
                self.member(code.clone(), name, all.clone(), |setup| &mut setup.languages)
            });
            view! {
                <fieldset class="field">
                    <legend>{self.say(Word::Languages)}</legend>
                    <p class="hint">{self.say(Word::LanguagesHint)}</p>
                    <div class="opts">{boxes.collect_view()}</div>
                </fieldset>
            }
            .into_any()
        };
        body.into_any()
    }

    fn hours(self) -> AnyView {
        let is_on = move || self.setup.with(|setup| setup.hours.is_some());
        let body = move || {
            is_on().then(|| {
                let days = (1..=7).map(|day| {
                    let checked = move || self.setup.with(|s| s.hours.as_ref().is_some_and(|hours| hours.days.contains(&day)));
                    let toggle = move |event: ev::Event| {
                        let is_in = event_target_checked(&event);
                        self.setup.update(|setup| {
                            if let Some(hours) = &mut setup.hours {
                                hours.days.retain(|other| *other != day);
                                if is_in {
                                    hours.days.push(day);
                                }
                                hours.days.sort_unstable();
                            }
                        });
                    };
                    let name = move || weekday(day, &self.language.read());
                    view! { <label class="opt"><input type="checkbox" prop:checked=checked on:change=toggle /> <span>{name}</span></label> }
                        .into_any()
                });
                let days = days.collect_view();
                view! {
                    <div class="pair">
                        {self.clock("opens", Word::Opens, |times| &mut times.0)}
                        {self.clock("closes", Word::Closes, |times| &mut times.1)}
                    </div>
                    <div class="opts days">{days}</div>
                }
            })
        };
        view! {
            {self.switch("hours", Word::HasHours, |s| s.hours.is_some(), |s, v| {
                s.hours = v.then(|| Hours { opens: 7 * 60, closes: 17 * 60, days: vec![1, 2, 3, 4, 5] });
            })}
            {body}
        }
        .into_any()
    }

    fn clock(self, id: &'static str, label: Word, of: fn(&mut (String, String)) -> &mut String) -> AnyView {
        let value = move || of(&mut self.opens.get()).clone();
        let input = move |event: ev::Event| self.opens.update(|opens| *of(opens) = event_target_value(&event));
        view! {
            <div class="field">
                <label for=id>{self.say(label)}</label>
                <input class="num" id=id type="time" prop:value=value on:change=input />
            </div>
        }
        .into_any()
    }

    fn pin(self, id: &'static str, label: Word, hint: Word, at: usize) -> AnyView {
        let input = move |event: ev::Event| self.pins.update(|pins| pins[at] = event_target_value(&event));
        let described = format!("{id}-hint");
        view! {
            <div class="field">
                <label for=id>{self.say(label)}</label>
                <input class="num" id=id type="password" inputmode="numeric" autocomplete="off" maxlength="8"
                    aria-describedby=described.clone() prop:value=move || self.pins.read()[at].clone() on:input=input />
                <p class="hint" id=described>{self.say(hint)}</p>
            </div>
        }
        .into_any()
    }

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
            None => faults.push(Word::NeedsSurvey.say(&language).to_owned()),
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
