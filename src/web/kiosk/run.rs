//! One stranger after another: rest, questions, thanks, rest.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::super::browser;
use super::super::header::header;
use super::super::respondent::find_unit;
use super::super::respondent::session::{Arrival, Keeper, Session, Written};
use super::super::respondent::{notice, question};
use super::super::store::StoreError;
use super::only::Holder;
use super::screen::{self, Awake};
use super::vault::{self, Identity, Unfinished};
use super::{Page, guards, pin_pad, rest, staff};
use crate::interview::{Draft, Event, Interview, Screen};
use crate::kiosk::{Presence, Rhythm, Touch, Watch};
use crate::response::{Answer, Attributes, Response, Status, receipt};
use crate::survey::Survey;
use crate::survey::unit::Unit;
use crate::words::fill;
use crate::words::kiosk::Word;
use crate::words::respondent::Word as Asked;

/// How long a rating at rest is seen before what comes next, and a drummer gives himself away.
const ACKNOWLEDGE: Duration = Duration::from_millis(600);
/// How often it is looked whether somebody is still there.
const TICK: Duration = Duration::from_millis(250);
/// Thanks that nobody waits for stay this long at least.
const LEAST_THANKS_SECONDS: u32 = 3;

/// What is on the screen.
#[derive(Clone)]
pub enum Stage {
    /// Nobody is here.
    Rest,
    /// Somebody answers.
    Asking(Session),
    /// Their response is kept: its receipt, and whether there was only makeshift room for it.
    Thanks(String, bool),
    /// Staff have to show that they are.
    Pin,
    /// The staff's view.
    Staff,
}

/// A device that runs.
#[derive(Clone, Copy)]
pub struct Device {
    /// What is on the screen.
    pub stage: RwSignal<Stage, LocalStorage>,
    /// Language on the screen.
    pub language: RwSignal<String>,
    /// Seconds left in which to say that one is still there.
    pub leaving: RwSignal<Option<u32>>,
    /// What staff should look at.
    pub alarms: RwSignal<Alarms>,
    /// Dimmed, outside opening hours.
    pub is_dimmed: RwSignal<bool>,
    ground: StoredValue<Rc<Ground>, LocalStorage>,
}

/// What staff should look at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Alarms {
    /// A response could not be kept where it belongs: there is no room.
    pub is_full: bool,
    /// Writing failed.
    pub has_failed: bool,
    /// The browser has deleted the database; about so many responses were in no file.
    pub lost: Option<u32>,
}

/// What does not change while the device runs.
pub struct Ground {
    /// What the device is.
    pub identity: Identity,
    /// The survey as this device asks it.
    pub survey: Rc<Survey>,
    /// What its responses carry.
    pub attributes: Attributes,
    /// Its unit, where the code is known.
    pub unit: Option<Unit>,
    /// Who has the lock.
    pub holder: Holder,
    /// Keeps the screen awake.
    pub awake: Awake,
    page: RwSignal<Page, LocalStorage>,
    rhythm: RefCell<Rhythm>,
    watch: Cell<Option<Watch>>,
    /// Where the finger was lifted last.
    point: Cell<Option<(i32, i32)>>,
    is_flagged: Cell<bool>,
    /// When a dimmed screen was woken.
    woken: Cell<f64>,
    /// Writes of the form under way, one after the other.
    last_kept: RefCell<Option<Unfinished>>,
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn uptime() -> u64 {
    browser::uptime() as u64
}

impl Device {
    /// Begins: keeps what was left unfinished at the last start, and shows the screen at rest.
    pub async fn start(
        page: RwSignal<Page, LocalStorage>,
        language: RwSignal<String>,
        identity: Identity,
        survey: Survey,
        holder: Holder,
        lost: Option<u32>,
    ) -> Device {
        let (survey, attributes) = identity.setup.apply(survey);
        let survey = Rc::new(survey);
        let unit = match &identity.setup.unit {
            Some(code) => find_unit("../", code).await.flatten(),
            None => None,
        };
        language.set(survey.fallback().to_owned());
        let is_open = identity.setup.hours.is_none();
        let ground = Ground {
            identity,
            survey,
            attributes,
            unit,
            holder,
            awake: Awake::new(),
            page,
            rhythm: RefCell::default(),
            watch: Cell::new(None),
            point: Cell::new(None),
            is_flagged: Cell::new(false),
            woken: Cell::new(f64::NEG_INFINITY),
            last_kept: RefCell::new(None),
        };
        let device = Device {
            stage: RwSignal::new_local(Stage::Rest),
            language,
            leaving: RwSignal::new(None),
            alarms: RwSignal::new(Alarms { lost, ..Alarms::default() }),
            is_dimmed: RwSignal::new(!is_open),
            ground: StoredValue::new_local(Rc::new(ground)),
        };
        device.recover().await;
        device.guard();
        device.tick();
        set_interval(move || device.tick(), TICK);
        device
    }

    /// What does not change.
    pub fn ground(self) -> Rc<Ground> {
        self.ground.get_value()
    }

    /// The form that was under way when the power went: as if its respondent had walked away.
    async fn recover(self) {
        vault::bring_home().await;
        let ground = self.ground();
        if let Ok(Some(unfinished)) = vault::unfinished().await {
            let attributes = unfinished.draft.attributes.clone();
            let interview = Interview::resume(ground.survey.clone(), &attributes, unfinished.draft);
            match interview.and_then(|interview| interview.leave(unfinished.at)) {
                Some(response) => {
                    let _ = self.keep(response, unfinished.is_flagged).await;
                }
                None => {
                    let _ = vault::forget_unfinished().await;
                }
            }
        }
        self.recount();
    }

    fn guard(self) {
        let is_open = move || matches!(self.stage.get_untracked(), Stage::Staff | Stage::Pin);
        let touched = move |touch: Touch| {
            let ground = self.ground();
            ground.point.set(Some(touch.point));
            is_open() || ground.rhythm.borrow_mut().touch(touch)
        };
        let seen = move || {
            // Thanks go by themselves, and a countdown wants a touch of its own: see `stay`.
            let is_over = matches!(self.stage.get_untracked(), Stage::Thanks(..));
            if !is_over && self.leaving.get_untracked().is_none() {
                self.stay();
            }
        };
        guards::set_up(is_open, touched, seen);
    }

    /// Somebody is there.
    fn stay(self) {
        let ground = self.ground();
        if let Some(mut watch) = ground.watch.get() {
            watch.touch(uptime());
            ground.watch.set(Some(watch));
            self.look();
        }
    }

    /// What time brings: a countdown, the end of it, opening hours.
    fn tick(self) {
        self.look();
        let ground = self.ground();
        let Some(hours) = &ground.identity.setup.hours else { return ground.awake.set(true) };
        let is_open = hours.is_open(&browser::now());
        let is_woken = browser::uptime() - ground.woken.get() < f64::from(ground.identity.setup.idle_seconds) * 1000.0;
        let is_resting = matches!(self.stage.get_untracked(), Stage::Rest);
        let dimmed = !is_open && !is_woken && is_resting;
        ground.awake.set(is_open);
        if self.is_dimmed.get_untracked() != dimmed {
            self.is_dimmed.set(dimmed);
        }
    }

    /// Looks whether somebody is still there.
    fn look(self) {
        let ground = self.ground();
        let Some(watch) = ground.watch.get() else { return };
        let leaving = match watch.presence(uptime()) {
            Presence::Here => None,
            Presence::Asked { seconds } => Some(seconds),
            Presence::Gone => return self.gone(),
        };
        if self.leaving.get_untracked() != leaving {
            self.leaving.set(leaving);
        }
    }

    /// A touch wakes a dimmed screen for a while.
    pub fn wake(self) {
        self.ground().woken.set(browser::uptime());
        self.tick();
    }

    /// A person begins.
    pub fn begin(self, language: &str) -> Session {
        let ground = self.ground();
        if ground.identity.setup.full_screen {
            screen::fill();
        }
        ground.is_flagged.set(false);
        self.watch_over(ground.identity.setup.idle_seconds, ground.identity.setup.countdown_seconds);
        self.language.set(language.to_owned());
        let interview = Interview::new(ground.survey.clone(), ground.attributes.clone(), language.to_owned());
        let arrival = Arrival {
            unit: ground.unit.clone().map(Some),
            ignored: Vec::new(),
            keeper: Rc::new(Counter(self)),
            beside: Some(finish_button),
            was_resumed: false,
            is_trial: false,
        };
        Session::new(interview, arrival, self.language)
    }

    /// A longer survey: its notice comes first.
    pub fn open(self, language: &str) {
        let session = self.begin(language);
        self.stage.set(Stage::Asking(session));
        request_animation_frame(browser::show_heading);
    }

    /// The rating touched at rest: seen for a moment, then what comes next.
    pub fn rate(self, column: String, answer: Answer) {
        let session = self.begin(&self.language.get_untracked());
        session.begin();
        session.answer(&column, Some(answer));
        let next = move || {
            let ground = self.ground();
            let is_flagged = ground.rhythm.borrow_mut().rated(uptime(), ground.point.take());
            ground.is_flagged.set(is_flagged);
            // Where nothing more is asked the response is written now, and the thanks follow by themselves.
            self.stage.set(Stage::Asking(session));
            session.send(Event::Next);
        };
        set_timeout(next, ACKNOWLEDGE);
    }

    /// Nobody is there any more: what the definition wants of their form is kept, and the screen is clean.
    fn gone(self) {
        let ground = self.ground();
        ground.watch.set(None);
        if let Stage::Asking(session) = self.stage.get_untracked() {
            let left = session.interview.with_untracked(|interview| interview.leave(browser::now()));
            spawn_local(async move {
                let _ = match left {
                    Some(response) => self.keep(response, self.ground().is_flagged.get()).await.map(|_| ()),
                    None => vault::forget_unfinished().await,
                };
                self.recount();
            });
        }
        self.rest();
    }

    /// A clean screen for the next person.
    pub fn rest(self) {
        let ground = self.ground();
        ground.watch.set(None);
        ground.is_flagged.set(false);
        self.leaving.set(None);
        self.language.set(ground.survey.fallback().to_owned());
        self.stage.set(Stage::Rest);
        request_animation_frame(browser::show_heading);
        super::storage::renew();
    }

    /// Writes a response. `Ok(true)`: only makeshift room was left for it.
    async fn keep(self, mut response: Response, is_flagged: bool) -> Result<bool, StoreError> {
        if is_flagged {
            response.status = Status::Flagged;
        }
        let written = vault::finish(&response).await;
        match written {
            Ok(()) => Ok(false),
            Err(error) => {
                let is_rescued = vault::rescue(&response);
                self.alarms.update(|alarms| {
                    alarms.is_full |= error == StoreError::Full;
                    alarms.has_failed |= error != StoreError::Full;
                });
                if is_rescued { Ok(true) } else { Err(error) }
            }
        }
    }

    /// Tells localStorage how much there is to lose.
    pub fn recount(self) {
        spawn_local(async move {
            if let Ok(unexported) = vault::unexported().await {
                vault::count(&self.ground().identity, unexported);
            }
        });
    }

    fn thank(self, id: &str, is_rescued: bool) {
        let setup = &self.ground().identity.setup;
        self.leaving.set(None);
        self.stage.set(Stage::Thanks(receipt(id), is_rescued));
        request_animation_frame(browser::show_heading);
        let stay = if is_rescued { 15 } else { setup.pause_seconds.max(LEAST_THANKS_SECONDS) };
        // No countdown: thanks may go by themselves.
        self.watch_over(stay, 0);
        self.recount();
    }

    fn watch_over(self, idle_seconds: u32, countdown_seconds: u32) {
        self.ground().watch.set(Some(Watch::new(idle_seconds, countdown_seconds, uptime())));
    }

    /// To the staff's view, by way of the PIN where there is one.
    pub fn ask_for_pin(self) {
        let has_pin = self.ground().identity.setup.pin.is_some();
        self.watch_over(120, 0);
        self.stage.set(if has_pin { Stage::Pin } else { Stage::Staff });
        request_animation_frame(browser::show_heading);
    }

    /// Another page, from the staff's view.
    pub fn leave_for(self, page: Page) {
        let ground = self.ground();
        ground.watch.set(None);
        screen::unfill();
        ground.page.set(page);
    }

    /// Touches that were not taken.
    pub fn ignored(self) -> crate::kiosk::Ignored {
        self.ground().rhythm.borrow().ignored()
    }
}

/// Keeps what is answered at a counter.
struct Counter(Device);

impl Keeper for Counter {
    fn keep(&self, draft: &Draft) {
        let ground = self.0.ground();
        let unfinished = Unfinished { draft: draft.clone(), at: browser::now(), is_flagged: ground.is_flagged.get() };
        // One write at a time: what came in while it was under way follows as one.
        let is_writing = ground.last_kept.replace(Some(unfinished)).is_some();
        if !is_writing {
            spawn_local(async move {
                loop {
                    let next = ground.last_kept.borrow().clone();
                    let Some(unfinished) = next else { break };
                    let _ = vault::keep_unfinished(&unfinished).await;
                    let mut last = ground.last_kept.borrow_mut();
                    if last.as_ref().is_some_and(|last| last.draft == unfinished.draft) {
                        *last = None;
                    }
                }
            });
        }
    }

    fn forget(&self, _: &Draft) {}

    fn store(&self, response: Box<Response>) -> Written {
        let device = self.0;
        let ground = device.ground();
        // Nothing older may be written after the response is.
        ground.last_kept.replace(None);
        let is_flagged = ground.is_flagged.get() || ground.rhythm.borrow_mut().is_drumming(uptime());
        Box::pin(async move {
            let id = response.id.clone();
            let is_rescued = device.keep(*response, is_flagged).await?;
            device.thank(&id, is_rescued);
            Ok(id)
        })
    }

    fn speak(&self, _: &str) {}
}

/// The device's screen.
pub fn screen(device: Device) -> AnyView {
    let body = move || match device.stage.get() {
        Stage::Rest => rest::screen(device),
        Stage::Asking(session) => asking(device, session),
        Stage::Thanks(code, is_rescued) => thanks(device, &code, is_rescued),
        Stage::Pin => pin_pad::screen(device),
        Stage::Staff => staff::screen(device),
    };
    view! { {body} {countdown(device)} }.into_any()
}

fn asking(device: Device, session: Session) -> AnyView {
    let languages = session.survey().languages.clone();
    let title = move || {
        let survey = device.ground().survey.clone();
        survey.title.get(&device.language.read(), survey.fallback()).to_owned()
    };
    let screen = move || {
        session.turn.track();
        device.language.track();
        session.interview.with_untracked(|interview| match interview.screen() {
            Screen::Notice => notice::notice(session),
            Screen::Question { section, question, columns } => {
                let voice = super::voice::button(device, question, &columns);
                view! { {question::question(session, interview, section, question, &columns)} {voice} }.into_any()
            }
            Screen::Review | Screen::Storing | Screen::Thanked => waiting(device),
            Screen::NotStored => not_stored(device, session),
        })
    };
    view! { {header(device.language, languages, title, move |code| session.speak(code))} {screen} }.into_any()
}

fn waiting(device: Device) -> AnyView {
    let language = device.language.get_untracked();
    view! { <main class="done" aria-busy="true"><h1 tabindex="-1">{Asked::Storing.say(&language)}</h1></main> }
        .into_any()
}

/// Nothing could keep the response: the answers stay on the screen for staff to see to it.
fn not_stored(device: Device, session: Session) -> AnyView {
    let language = device.language.get_untracked();
    view! {
        <main class="done oops">
            <h1 tabindex="-1">{Asked::NotStoredTitle.say(&language)}</h1>
            <p role="alert">{Word::NotKeptText.say(&language)}</p>
            <button class="btn" type="button" on:click=move |_| session.submit()>{Asked::TryAgain.say(&language)}</button>
        </main>
    }
    .into_any()
}

fn thanks(device: Device, code: &str, is_rescued: bool) -> AnyView {
    use super::super::icon::{icon, path};
    let language = device.language.get_untracked();
    let text = if is_rescued { Word::RescuedText } else { Word::ThanksText };
    let can_go = device.ground().identity.setup.pause_seconds == 0;
    let next = can_go.then(|| {
        view! { <button class="btn" type="button" on:click=move |_| device.rest()>{Word::NextPerson.say(&language)}</button> }
    });
    view! {
        <main class="done" class:oops=is_rescued>
            {icon(if is_rescued { path::WARN } else { path::CHECK })}
            <h1 tabindex="-1">{Asked::Thanks.say(&language)}</h1>
            <p role="status">{text.say(&language)}</p>
            <p class="hint">{fill(Word::Receipt.say(&language), &[code])}</p>
            {next}
        </main>
    }
    .into_any()
}

/// "I'm finished", once the main question has its answer.
fn finish_button(session: Session) -> AnyView {
    let can_finish = session.interview.with_untracked(Interview::can_finish);
    let language = session.language.get_untracked();
    let finish = move |event: leptos::ev::MouseEvent| {
        if !(event.detail() > 0 && session.is_double_tap()) {
            session.submit();
        }
    };
    can_finish
        .then(|| view! { <button class="btn finish" type="button" on:click=finish>{Word::Finished.say(&language)}</button> })
        .into_any()
}

/// Asks whether somebody is still there. Any touch says so.
fn countdown(device: Device) -> AnyView {
    let language = device.language;
    let is_shown = Memo::new(move |_| device.leaving.read().is_some());
    let seconds = move || device.leaving.get().unwrap_or(0).to_string();
    // The touch that ends the countdown is taken at its end: what lies beneath must not feel it.
    let stay = move || {
        device.stay();
        request_animation_frame(|| browser::focus("h1"));
    };
    (move || {
        is_shown.get().then(|| {
            request_animation_frame(|| browser::focus(".still button"));
            view! {
                <div class="still" role="alertdialog" aria-modal="true" aria-labelledby="still" aria-describedby="left"
                    on:click=move |_| stay() on:keydown=move |_| stay()>
                    <div>
                        <h2 id="still">{Word::StillThere.say(&language.read())}</h2>
                        <p class="left" aria-hidden="true">{seconds}</p>
                        <p id="left">{Word::StillThereText.say(&language.read())}</p>
                        <button class="btn" type="button">{Word::StillHere.say(&language.read())}</button>
                    </div>
                </div>
            }
        })
    })
    .into_any()
}
