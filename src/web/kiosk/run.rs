//! One stranger after another: rest, questions, thanks, rest.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use chrono::TimeDelta;
use leptos::prelude::*;
use leptos::reactive::graph::Source;
use wasm_bindgen_futures::spawn_local;

use super::super::respondent::find_unit;
use super::super::respondent::session::{Arrival, Session};
use super::super::store::StoreError;
use super::super::{browser, languages};
use super::counter::Counter;
use super::display::{self, Awake};
use super::only::Holder;
use super::stages::finish_button;
use super::vault::{self, Identity};
use super::{Page, guards};
use crate::interview::{Event, Interview};
use crate::kiosk::{Presence, Rhythm, Touch, Watch};
use crate::response::{Answer, Attributes, Response, Status, receipt};
use crate::survey::Survey;
use crate::survey::unit::Unit;
use crate::words::{kiosk, respondent};

/// How long a rating at rest is seen before what comes next, and a drummer gives himself away.
const ACKNOWLEDGE: Duration = Duration::from_millis(600);
/// How often it is looked whether somebody is still there.
const TICK: Duration = Duration::from_millis(250);
/// How long the staff's view stays open without a touch: long enough to look for a file.
const STAFF_SECONDS: u32 = 300;
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
    /// A new version is being taken: nobody begins now.
    pub(super) is_renewing: RwSignal<bool>,
    ground: StoredValue<Rc<Ground>, LocalStorage>,
}

/// What staff should look at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Alarms {
    /// A response could not be kept where it belongs: there is no room.
    pub is_full: bool,
    /// Writing failed.
    pub has_failed: bool,
    /// The browser has deleted the database, and what was in no file with it.
    pub has_lost: bool,
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
    /// Owns what is made for one person, until the next: nothing of it may go with the screen it was begun on,
    /// nor stay.
    person: Owner,
    rhythm: RefCell<Rhythm>,
    watch: Cell<Option<Watch>>,
    /// Where the finger was lifted last.
    point: Cell<Option<(i32, i32)>>,
    is_flagged: Cell<bool>,
    /// When a dimmed screen was woken.
    woken: Cell<f64>,
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
pub(super) fn uptime() -> u64 {
    browser::uptime() as u64
}

impl Device {
    /// Nobody is here.
    pub(super) fn is_free(self) -> bool {
        matches!(self.stage.get_untracked(), Stage::Rest) && self.ground().watch.get().is_none()
    }

    /// Begins: keeps what was left unfinished at the last start, and shows the screen at rest.
    pub async fn start(
        page: RwSignal<Page, LocalStorage>,
        language: RwSignal<String>,
        identity: Identity,
        survey: Survey,
        holder: Holder,
        has_lost: bool,
    ) -> Device {
        let (survey, attributes) = identity.setup.apply(survey);
        let survey = Rc::new(survey);
        let unit = match &identity.setup.unit {
            Some(code) => find_unit("../", code).await.flatten(),
            None => None,
        };
        for code in survey.languages.iter().filter(|code| *code != "en") {
            languages::learn("../", code, respondent::Word::FINGERPRINT, "").await;
            languages::learn("../", code, kiosk::Word::FINGERPRINT, ".kiosk").await;
        }
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
            person: Owner::new(),
            rhythm: RefCell::default(),
            watch: Cell::new(None),
            point: Cell::new(None),
            is_flagged: Cell::new(false),
            woken: Cell::new(f64::NEG_INFINITY),
        };
        let device = Device {
            stage: RwSignal::new_local(Stage::Rest),
            language,
            leaving: RwSignal::new(None),
            alarms: RwSignal::new(Alarms { has_lost, ..Alarms::default() }),
            is_dimmed: RwSignal::new(!is_open),
            is_renewing: RwSignal::new(false),
            ground: StoredValue::new_local(Rc::new(ground)),
        };
        device.recover().await;
        device.guard();
        device.tick();
        set_interval(move || device.tick(), TICK);
        device.keep_up();
        device
    }

    /// What does not change.
    pub fn ground(self) -> Rc<Ground> {
        self.ground.get_value()
    }

    /// The form that was under way when the power went: as if its respondent had walked away.
    async fn recover(self) {
        vault::bring_home().await;
        self.alarms.update(|alarms| alarms.is_full = !vault::rescued().is_empty());
        let ground = self.ground();
        if let Ok(Some(unfinished)) = vault::unfinished().await {
            // What was handed in already, and lies where there was room, is no unfinished form.
            let is_rescued = vault::rescued().iter().any(|response| response.id == unfinished.draft.id);
            let left = Interview::left(&ground.survey, unfinished.draft, unfinished.at);
            match left.filter(|_| !is_rescued) {
                Some(response) => {
                    let _ = self.keep(response, unfinished.is_flagged).await;
                }
                None => {
                    let _ = vault::forget_unfinished().await;
                }
            }
        }
        self.recount();
        spawn_local(vault::complete_copies());
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
    pub(super) fn stay(self) {
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

    /// Somebody touches the screen at rest: they are taken care of from this moment on. False where nobody can be.
    pub fn arrive(self) -> bool {
        let ground = self.ground();
        if self.is_renewing.get_untracked() || self.is_dimmed.get_untracked() || ground.watch.get().is_some() {
            return false;
        }
        let setup = &ground.identity.setup;
        if setup.full_screen {
            display::fill();
        }
        self.watch_over(setup.idle_seconds, setup.countdown_seconds);
        true
    }

    /// A person begins.
    pub fn begin(self, language: &str) -> Session {
        let ground = self.ground();
        ground.is_flagged.set(false);
        self.language.set(language.to_owned());
        let interview = Interview::new(ground.survey.clone(), ground.attributes.clone(), language.to_owned());
        let arrival = Arrival {
            unit: ground.unit.clone().map(Some),
            ignored: Vec::new(),
            keeper: Rc::new(Counter::new(self)),
            beside: Some(finish_button),
            was_resumed: false,
            was_over: false,
            kept: Vec::new(),
            is_trial: false,
        };
        // The last person's screen is long gone.
        ground.person.cleanup();
        ground.person.with(|| Session::new(interview, arrival, self.language))
    }

    /// A longer survey: its notice comes first.
    pub fn open(self, language: &str) {
        if !self.arrive() {
            return;
        }
        let session = self.begin(language);
        self.show(Stage::Asking(session));
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
            self.change_to(Stage::Asking(session));
            session.send(Event::Next);
        };
        set_timeout(next, ACKNOWLEDGE);
    }

    /// Nobody is there any more: what the definition wants of their form is kept, and the screen is clean.
    fn gone(self) {
        let quiet = self.ground().watch.take().map_or(0, |watch| watch.quiet(uptime()));
        if let Stage::Asking(session) = self.stage.get_untracked() {
            let last_touch = browser::now() - TimeDelta::milliseconds(i64::try_from(quiet).unwrap_or(0));
            let left = session.interview.with_untracked(|interview| interview.leave(last_touch));
            // Asked now: the next person's screen knows nothing of it any more.
            let is_flagged = self.is_flagged();
            spawn_local(async move {
                let _ = match left {
                    Some(response) => self.keep(response, is_flagged).await.map(|_| ()),
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
        self.show(Stage::Rest);
        self.renew();
    }

    /// Writes a response. `Ok(true)`: only makeshift room was left for it.
    pub(super) async fn keep(self, mut response: Response, is_flagged: bool) -> Result<bool, StoreError> {
        if is_flagged {
            response.status = Status::Flagged;
        }
        match vault::finish(&response).await {
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

    pub(super) fn thank(self, id: &str, is_rescued: bool) {
        let setup = &self.ground().identity.setup;
        self.leaving.set(None);
        self.show(Stage::Thanks(receipt(id), is_rescued));
        let stay = if is_rescued { 15 } else { setup.pause_seconds.max(LEAST_THANKS_SECONDS) };
        // No countdown: thanks may go by themselves.
        self.watch_over(stay, 0);
        self.recount();
    }

    fn watch_over(self, idle_seconds: u32, countdown_seconds: u32) {
        self.ground().watch.set(Some(Watch::new(idle_seconds, countdown_seconds, uptime())));
    }

    /// The response could not be kept: it stays on the screen, whoever is there.
    pub(super) fn hold(self) {
        self.leaving.set(None);
        self.ground().watch.set(None);
    }

    /// To the staff's view, by way of the PIN where there is one.
    pub fn ask_for_pin(self) {
        // A face has been touched, and what comes next is on its way.
        if self.ground().watch.get().is_some() {
            return;
        }
        let has_pin = self.ground().identity.setup.pin.is_some();
        self.watch_over(STAFF_SECONDS, 0);
        self.show(if has_pin { Stage::Pin } else { Stage::Staff });
    }

    /// Another stage, from its heading on.
    fn show(self, stage: Stage) {
        self.change_to(stage);
        request_animation_frame(browser::show_heading);
    }

    /// Another stage. What the one before has read of signals that outlive it is forgotten: the library keeps a
    /// note of every reader that is gone, and a year of people would fill the memory with them.
    pub(super) fn change_to(self, stage: Stage) {
        self.language.clear_subscribers();
        self.alarms.clear_subscribers();
        self.is_dimmed.clear_subscribers();
        self.stage.set(stage);
    }

    /// Another page, from the staff's view.
    pub fn leave_for(self, page: Page) {
        let ground = self.ground();
        ground.watch.set(None);
        display::unfill();
        ground.page.set(page);
    }

    /// Whether what is handed in now was touched as nobody does.
    pub(super) fn is_flagged(self) -> bool {
        let ground = self.ground();
        ground.is_flagged.get() || ground.rhythm.borrow_mut().is_drumming(uptime())
    }

    /// Touches that were not taken.
    pub fn ignored(self) -> crate::kiosk::Ignored {
        self.ground().rhythm.borrow().ignored()
    }
}
