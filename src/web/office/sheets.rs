//! Sheets for counters: what is on them is chosen here, and they are printed from here.

use std::sync::Arc;

use leptos::ev;
use leptos::prelude::*;

use super::super::icon::{icon, path};
use super::super::{browser, qr, unit_field};
use super::desk::{Desk, Library};
use crate::document::sheet::{Fault, MOST, Plan, Sheet, minutes};
use crate::survey::unit::{Unit, Units};
use crate::survey::{Attribute, Survey};
use crate::words::fill;
use crate::words::sheet::Word;

/// What is chosen; it stays while other parts of the page are shown.
#[derive(Clone, Copy)]
pub struct Sheets {
    desk: Desk,
    /// Id of the survey; empty: the one that the desk shows.
    survey: RwSignal<String>,
    plan: RwSignal<Plan>,
    units: RwSignal<Arc<Units>>,
    /// As typed; empty: the survey's own.
    issuer: RwSignal<String>,
    /// As typed; empty: the guess.
    minutes: RwSignal<String>,
}

impl Sheets {
    /// Nothing is chosen yet.
    pub fn new(desk: Desk) -> Sheets {
        let plan = Plan { site: browser::site_address(), channel: "qr".to_owned(), ..Plan::default() };
        Sheets {
            desk,
            survey: RwSignal::default(),
            plan: RwSignal::new(plan),
            units: RwSignal::new(Arc::new(desk.library().units.clone())),
            issuer: RwSignal::default(),
            minutes: RwSignal::default(),
        }
    }

    fn say(self, word: Word) -> impl Fn() -> &'static str + Copy + Send + Sync + 'static {
        let language = self.desk.language;
        move || word.say(&language.read())
    }

    /// Runs with the survey. Tracks.
    fn with_survey<T>(self, run: impl FnOnce(&Library, &Survey) -> T) -> T {
        let library = self.desk.library();
        let chosen = self.survey.get();
        let id = if chosen.is_empty() { self.desk.survey.get() } else { chosen };
        run(&library, &library.shown(&id).survey)
    }

    /// The minutes that are printed; nothing where what was typed is no such number. Tracks.
    fn printed_minutes(self) -> Option<u32> {
        let typed = self.minutes.get();
        match typed.trim() {
            "" => Some(self.with_survey(|_, survey| minutes(survey))),
            typed => typed.parse().ok().filter(|minutes| (1..100).contains(minutes)),
        }
    }

    /// The sheets, or everything that is wrong, in words. Tracks.
    fn made(self) -> Result<Vec<Sheet>, Vec<String>> {
        let language = self.desk.language.read();
        let made = self.with_survey(|library, survey| {
            // A field of another survey is not chosen for this one.
            let known = fields(library, survey, &language);
            let mut plan = self.plan.get();
            plan.fields.retain(|field| known.iter().any(|(id, _)| id == field));
            plan.sheets(survey)
        });
        let no_minutes = self.printed_minutes().is_none().then(|| Word::MinutesNoNumber.say(&language).to_owned());
        let faults = made.as_ref().err().into_iter().flatten().map(|fault| words(fault, &language));
        let faults: Vec<String> = faults.chain(no_minutes).collect();
        if faults.is_empty() { Ok(made.unwrap_or_default()) } else { Err(faults) }
    }
}

/// The fields a survey asks for; where it does not ask, those of the first one that does.
fn fields(library: &Library, survey: &Survey, language: &str) -> Vec<(String, String)> {
    let mut surveys = [survey].into_iter().chain(library.definitions.iter().map(|definition| &definition.survey));
    let found = surveys.find_map(|survey| Some((survey, survey.asking_for(Attribute::Field)?)));
    let options = |(survey, asked): (&Survey, &crate::survey::Question)| {
        let name = |option: &crate::survey::Choice| option.text.get(language, survey.fallback()).to_owned();
        asked.options().iter().map(|option| (option.id.clone(), name(option))).collect()
    };
    found.map(options).unwrap_or_default()
}

fn words(fault: &Fault, language: &str) -> String {
    match fault {
        Fault::Site => Word::BadSite.say(language).to_owned(),
        Fault::Counter(counter) => fill(Word::BadCounter.say(language), &[counter]),
        Fault::UnknownCounter(counter) => fill(Word::UnknownCounter.say(language), &[counter]),
        Fault::TooMany(number) => fill(Word::TooMany.say(language), &[&number.to_string(), &MOST.to_string()]),
    }
}

/// The screen.
pub fn screen(sheets: Sheets) -> AnyView {
    let made = Memo::new(move |_| sheets.made());
    let count = move || made.with(|made| made.as_ref().map_or(0, Vec::len));
    let language = sheets.desk.language;
    let told = move || match count() {
        0 => Word::NoPreview.say(&language.read()).to_owned(),
        count => fill(Word::Preview.say(&language.read()), &[&count.to_string()]),
    };
    let faults = move || {
        made.get().err().map(|faults| {
            let faults = faults.into_iter().map(|fault| view! { <li>{fault}</li> }).collect_view();
            view! { <div class="note bad" role="alert">{icon(path::ERROR)} <ul>{faults}</ul></div> }
        })
    };
    let drawn = move || {
        let made = made.get().unwrap_or_default();
        let total = made.len();
        made.iter().enumerate().map(|(at, sheet)| drawn(sheets, sheet, at + 1, total)).collect_view()
    };
    view! {
        <main class="board printing">
            <div class="title">
                <div>
                    <h1 tabindex="-1">{sheets.say(Word::Title)}</h1>
                    <p class="sub">{sheets.say(Word::Intro)}</p>
                </div>
            </div>
            <div class="note warn">{icon(path::WARN)} <p>{sheets.say(Word::StaysThere)}</p></div>
            <div class="planning">
                {form(sheets)}
                <section class="preview" aria-labelledby="preview">
                    <div class="acts across">
                        <h2 id="preview"><span role="status">{told}</span></h2>
                        <button class="btn" type="button" id="print" disabled=move || count() == 0 on:click=|_| browser::print()>
                            {sheets.say(Word::Print)}
                        </button>
                        <p class="sub">{sheets.say(Word::PrintHint)}</p>
                    </div>
                    {faults}
                    <div class="sheets">{drawn}</div>
                </section>
            </div>
        </main>
    }
    .into_any()
}

fn form(sheets: Sheets) -> AnyView {
    let language = sheets.desk.language;
    let plan = sheets.plan;
    let code = Signal::derive(move || plan.with(|plan| plan.unit.clone()));
    let choose = Callback::new(move |unit| plan.update(|plan| plan.unit = unit));
    let is_local = Memo::new(move |_| plan.with(Plan::is_local));
    let issuer = move || {
        let own = sheets.with_survey(|_, survey| survey.issuer.get(&language.read(), survey.fallback()).to_owned());
        fill(Word::IssuerHint.say(&language.read()), &[&own])
    };
    let guess = move || sheets.with_survey(|_, survey| minutes(survey)).to_string();
    view! {
        <form class="panel plan" on:submit=|event: ev::SubmitEvent| event.prevent_default() novalidate>
            {survey_field(sheets)}
            {unit_field::field(language, sheets.units, code, choose)}
            <div class="field">
                <label for="issuer">{sheets.say(Word::Issuer)}</label>
                <input id="issuer" type="text" autocomplete="off" maxlength="120" aria-describedby="issuer-hint"
                    prop:value=move || sheets.issuer.get()
                    on:input=move |event| sheets.issuer.set(event_target_value(&event)) />
                <p class="hint" id="issuer-hint">{issuer}</p>
            </div>
            {move || fields_field(sheets)}
            <div class="field">
                <label for="counters">{sheets.say(Word::Counters)}</label>
                <textarea id="counters" rows="2" spellcheck="false" aria-describedby="counters-hint"
                    prop:value=move || plan.with(|plan| plan.counters.clone())
                    on:input=move |event| plan.update(|plan| plan.counters = event_target_value(&event))></textarea>
                <p class="hint" id="counters-hint">{sheets.say(Word::CountersHint)}</p>
            </div>
            <div class="field">
                <label for="minutes">{sheets.say(Word::Minutes)}</label>
                <input id="minutes" class="short" type="text" inputmode="numeric" autocomplete="off" aria-describedby="minutes-hint"
                    placeholder=guess prop:value=move || sheets.minutes.get()
                    on:input=move |event| sheets.minutes.set(event_target_value(&event)) />
                <p class="hint" id="minutes-hint">{sheets.say(Word::MinutesHint)}</p>
            </div>
            {channel_field(sheets)}
            <div class="field">
                <label for="site">{sheets.say(Word::Site)}</label>
                <input id="site" type="text" inputmode="url" autocomplete="off" spellcheck="false" aria-describedby="site-hint"
                    prop:value=move || plan.with(|plan| plan.site.clone())
                    on:input=move |event| plan.update(|plan| plan.site = event_target_value(&event)) />
                <p class="hint" id="site-hint">{sheets.say(Word::SiteHint)}</p>
                {move || is_local.get().then(|| {
                    view! { <p class="note warn" role="status">{icon(path::WARN)} <span>{sheets.say(Word::SiteIsLocal)}</span></p> }
                })}
            </div>
        </form>
    }
    .into_any()
}

fn survey_field(sheets: Sheets) -> AnyView {
    let options = move || {
        let language = sheets.desk.language.read();
        sheets.with_survey(|library, shown| {
            let option = |definition: &crate::survey::method::Definition| {
                let id = definition.survey.id.clone();
                let title = format!("{} ({id})", library.title(&id, &language));
                view! { <option value=id.clone() selected=id == shown.id>{title}</option> }
            };
            library.definitions.iter().map(option).collect_view()
        })
    };
    let choose = move |event: ev::Event| sheets.survey.set(event_target_value(&event));
    view! {
        <div class="field">
            <label for="survey">{sheets.say(Word::Survey)}</label>
            <select id="survey" on:change=choose>{options}</select>
        </div>
    }
    .into_any()
}

fn fields_field(sheets: Sheets) -> AnyView {
    let known = sheets.with_survey(|library, survey| fields(library, survey, &sheets.desk.language.read()));
    if known.is_empty() {
        return ().into_any();
    }
    let order: Vec<String> = known.iter().map(|(id, _)| id.clone()).collect();
    let boxes = known.into_iter().map(|(id, name)| {
        let (own, order) = (id.clone(), order.clone());
        let checked = move || sheets.plan.with(|plan| plan.fields.contains(&own));
        let toggle = move |event: ev::Event| {
            let is_in = event_target_checked(&event);
            sheets.plan.update(|plan| {
                let keeps = |one: &&String| if **one == id { is_in } else { plan.fields.contains(one) };
                plan.fields = order.iter().filter(keeps).cloned().collect();
            });
        };
        view! { <label class="choice"><input type="checkbox" prop:checked=checked on:change=toggle /> {name}</label> }
    });
    view! {
        <fieldset class="field">
            <legend>{sheets.say(Word::Fields)}</legend>
            <p class="hint">{sheets.say(Word::FieldsHint)}</p>
            <div class="ticks">{boxes.collect_view()}</div>
        </fieldset>
    }
    .into_any()
}

fn channel_field(sheets: Sheets) -> AnyView {
    let known = [("qr", Word::ChannelQr), ("phone", Word::ChannelPhone), ("", Word::ChannelNone)];
    let options = known.map(|(value, word)| {
        let is_chosen = move || sheets.plan.with(|plan| plan.channel == value);
        view! { <option value=value prop:selected=is_chosen>{sheets.say(word)}</option> }
    });
    let choose = move |event: ev::Event| sheets.plan.update(|plan| plan.channel = event_target_value(&event));
    view! {
        <div class="field">
            <label for="channel">{sheets.say(Word::Channel)}</label>
            <select id="channel" on:change=choose>{options.into_iter().collect_view()}</select>
        </div>
    }
    .into_any()
}

/// A link in pieces that stay on one line where they can: a hyphen at the end of a line is no part of a link.
fn pieces(link: &str) -> AnyView {
    let pieces = link.split_inclusive(['?', '&']);
    pieces.map(|piece| view! { <span class="piece">{piece.to_owned()}</span> }).collect_view().into_any()
}

/// A sheet as it is printed.
fn drawn(sheets: Sheets, sheet: &Sheet, at: usize, total: usize) -> AnyView {
    let screen = sheets.desk.language.get();
    let label = fill(Word::SheetOf.say(&screen), &[&at.to_string(), &total.to_string()]);
    let minutes = sheets.printed_minutes().unwrap_or_default().to_string();
    let unit = sheets.plan.with(|plan| plan.unit.clone());
    let unit = unit.map(|code| sheets.units.with(|units| units.get(&code).map_or(code, Unit::full_name)));
    let typed = sheets.issuer.get().trim().to_owned();
    // What is said in two languages is said once where both say the same.
    let both = |vi: String, en: String| {
        let second = (en != vi).then(|| view! { <span lang="en">{en}</span> });
        view! { <span lang="vi">{vi}</span> {second} }.into_any()
    };
    let texts = sheets.with_survey(|library, survey| {
        let text = |text: &crate::survey::Text, language: &str| text.get(language, survey.fallback()).to_owned();
        let issuer = match typed.as_str() {
            "" => both(text(&survey.issuer, "vi"), text(&survey.issuer, "en")),
            typed => view! { <span>{typed.to_owned()}</span> }.into_any(),
        };
        let title = both(text(&survey.title, "vi"), text(&survey.title, "en"));
        let field = sheet.field.as_ref().map(|id| {
            let name = |language: &str| {
                let known = fields(library, survey, language);
                known.into_iter().find(|(known, _)| known == id).map_or(id.clone(), |(_, name)| name)
            };
            both(name("vi"), name("en"))
        });
        (issuer, title, field)
    });
    let (issuer, title, field) = texts;
    let counter = sheet.counter.as_ref().map(|counter| {
        let name = |language: &str| fill(Word::Counter.say(language), &[counter]);
        both(name("vi"), name("en"))
    });
    // A short name stays on its line, a long one takes a line of its own.
    let is_long = sheet.counter.as_ref().is_some_and(|counter| counter.len() > 12);
    let place = (field.is_some() || counter.is_some()).then(|| {
        view! {
            <div class="sheet-place" class:long=is_long>
                {counter.map(|counter| view! { <p class="sheet-counter">{counter}</p> })}
                {field.map(|field| view! { <p>{field}</p> })}
            </div>
        }
    });
    let steps = |language: &'static str| {
        let say = |word: Word| word.say(language).to_owned();
        let steps = [say(Word::HowScan), fill(Word::HowLong.say(language), &[&minutes]), say(Word::HowFree)];
        let steps = steps.into_iter().map(|step| view! { <li>{step}</li> }).collect_view();
        view! { <ol lang=language>{steps}</ol> }.into_any()
    };
    view! {
        <article class="sheet" aria-label=label>
            <div class="sheet-face">
                <p class="sheet-issuer">{issuer}</p>
                {unit.map(|unit| view! { <p class="sheet-unit">{unit}</p> })}
                <h3>{title}</h3>
                {place}
                {qr::code(&sheet.link, &fill(Word::Code.say(&screen), &[&sheet.link]))}
                <div class="sheet-steps">{steps("vi")} {steps("en")}</div>
                <p class="sheet-link">
                    <span lang="vi">{Word::OrOpen.say("vi")}</span> " / " <span lang="en">{Word::OrOpen.say("en")}</span> ":"
                    <b>{pieces(&sheet.link)}</b>
                </p>
            </div>
        </article>
    }
    .into_any()
}
