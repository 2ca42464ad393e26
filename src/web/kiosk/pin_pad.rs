//! The PIN: ten large keys, and pauses after wrong tries.

use std::time::Duration;

use leptos::prelude::*;

use super::super::browser;
use super::run::{Device, Stage};
use super::{say, vault};
use crate::words::fill;
use crate::words::kiosk::Word;

/// Longest PIN there is.
const LONGEST: usize = 8;

fn now() -> i64 {
    browser::now().timestamp_millis()
}

/// Asks for the PIN; the staff's view comes after it.
pub fn screen(device: Device) -> AnyView {
    let language = device.language;
    let typed = RwSignal::new(String::new());
    let message = RwSignal::new(String::new());
    let wait = RwSignal::new(vault::attempts().wait(now()));
    let tick = set_interval_with_handle(move || wait.set(vault::attempts().wait(now())), Duration::from_millis(500));
    on_cleanup(move || {
        if let Ok(tick) = tick {
            tick.clear();
        }
    });
    let enter = move || {
        if wait.get_untracked() > 0 {
            return;
        }
        let (attempts, digits) = (vault::attempts(), typed.get_untracked());
        typed.set(String::new());
        let ground = device.ground();
        if ground.identity.setup.pin.as_ref().is_none_or(|pin| pin.is(&digits)) {
            vault::set_attempts(&crate::kiosk::Attempts::default());
            device.change_to(Stage::Staff);
            request_animation_frame(browser::show_heading);
            return;
        }
        // Kept before anything is shown: loading the page again gives no further try.
        let attempts = attempts.fail(now());
        vault::set_attempts(&attempts);
        wait.set(attempts.wait(now()));
        let left = attempts.left().to_string();
        message.set(fill(Word::WrongPin.say(&language.get_untracked()), &[&left]));
    };
    let press = move |digit: char| {
        typed.update(|typed| {
            if typed.len() < LONGEST {
                typed.push(digit);
            }
        });
    };
    let keys = "123456789".chars().map(|digit| key(digit, press)).collect_view();
    let is_waiting = Memo::new(move |_| *wait.read() > 0);
    let told = move || match wait.get() {
        0 => message.get(),
        wait => fill(Word::PinPause.say(&language.read()), &[&((wait + 999) / 1000).to_string()]),
    };
    let by_key = move |event: leptos::ev::KeyboardEvent| match event.key().as_str() {
        "Backspace" => typed.update(|typed| {
            typed.pop();
        }),
        "Escape" => device.rest(),
        key => {
            if let Some(digit) = key.chars().next().filter(|c| key.len() == 1 && c.is_ascii_digit()) {
                press(digit);
            }
        }
    };
    let dots = move || "●".repeat(typed.read().len());
    let length = move || fill(Word::PinLength.say(&language.read()), &[&typed.read().len().to_string()]);
    super::plain(
        language,
        view! {
            <main class="pin" on:keydown=by_key>
                <h1 tabindex="-1">{say(language, Word::EnterPin)}</h1>
                <p class="dots" aria-hidden="true">{dots}</p>
                <p class="vh" role="status">{length}</p>
                <p class="told" role="alert">{told}</p>
                <div class="keys" role="group" aria-label=say(language, Word::EnterPin)>
                    {keys}
                    <button class="key" type="button" on:click=move |_| typed.update(|typed| { typed.pop(); })
                        aria-label=say(language, Word::Erase)>"⌫"</button>
                    {key('0', press)}
                    <button class="key go" type="button" disabled=move || is_waiting.get() on:click=move |_| enter()>"OK"</button>
                </div>
                <button class="btn ghost" type="button" on:click=move |_| device.rest()>{say(language, Word::Cancel)}</button>
            </main>
        },
    )
}

fn key(digit: char, press: impl Fn(char) + Copy + 'static) -> AnyView {
    view! { <button class="key" type="button" on:click=move |_| press(digit)>{digit.to_string()}</button> }.into_any()
}
