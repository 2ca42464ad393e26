//! The fields of the form for settings.

use std::rc::Rc;
use std::sync::Arc;

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::super::{settings, unit_field};
use super::set_up::Form;
use super::{load, say, survey};
use crate::kiosk::{Hours, Setup};
use crate::survey::unit::Units;
use crate::survey::{Attribute, Survey, SurveyEntry};
use crate::words::fill;
use crate::words::kiosk::{Word, weekday};

impl Form {
    pub(super) fn say(self, word: Word) -> impl Fn() -> &'static str + Clone + Send + Sync + 'static {
        say(self.language, word)
    }

    /// The surveys there are, and the one chosen.
    pub(super) fn load(self) {
        spawn_local(async move {
            let site: Vec<SurveyEntry> = load("../surveys/index.json").await.unwrap_or_default();
            let _ = self.surveys.try_set(Some(settings::with_own(site)));
        });
        Effect::new(move || {
            let id = self.setup.with(|setup| setup.survey.clone());
            // Where the survey does not ask for the field, others are asked what fields there are.
            if self.surveys.read().is_none() {
                return;
            }
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
        for entry in self.surveys.get_untracked().unwrap_or_default() {
            if let Some(found) = super::survey(&entry.id).await.ok().as_ref().and_then(options) {
                return found;
            }
        }
        Vec::new()
    }

    pub(super) fn survey_field(self) -> AnyView {
        let options = move || {
            let chosen = self.setup.with(|setup| setup.survey.clone());
            let language = self.language.get();
            let entries = self.surveys.get().unwrap_or_default();
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

    /// The unit, from the list of the site.
    pub(super) fn unit_field(self) -> AnyView {
        let units = RwSignal::new(Arc::new(Units::new()));
        spawn_local(async move {
            if let Ok(found) = load::<Units>("../surveys/units.json").await {
                let _ = units.try_set(Arc::new(found));
            }
        });
        let code = Signal::derive(move || self.setup.with(|setup| setup.unit.clone()));
        let choose = Callback::new(move |code| self.setup.update(|setup| setup.unit = code));
        unit_field::field(self.language, units, code, choose)
    }

    /// A line of text that may be empty.
    pub(super) fn text(
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

    pub(super) fn seconds(
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
            let number = event_target_value(&event).trim().parse().unwrap_or(bounds.1 + 1);
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

    pub(super) fn switch(
        self,
        id: &'static str,
        label: Word,
        get: fn(&Setup) -> bool,
        set: fn(&mut Setup, bool),
    ) -> AnyView {
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
    pub(super) fn member(
        self,
        id: String,
        label: String,
        all: Vec<String>,
        list: fn(&mut Setup) -> &mut Vec<String>,
    ) -> AnyView {
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
    pub(super) fn field_field(self) -> AnyView {
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

    pub(super) fn languages(self) -> AnyView {
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

    pub(super) fn hours(self) -> AnyView {
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

    pub(super) fn clock(self, id: &'static str, label: Word, of: fn(&mut (String, String)) -> &mut String) -> AnyView {
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

    pub(super) fn pin(self, id: &'static str, label: Word, hint: Word, at: usize) -> AnyView {
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
}
