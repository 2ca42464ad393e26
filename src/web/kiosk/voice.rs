//! Reading aloud: a recording of the definition's where there is one, else the browser's voice.

use leptos::prelude::*;
use web_sys::HtmlAudioElement;

use super::super::icon::{icon, path};
use super::super::speech::{self, has_voice, speak, words};
use super::run::Device;
use crate::kiosk::one_touch;
use crate::survey::{Column, Question};
use crate::words::kiosk::Word;

/// A button that reads a question and its answers. None where the device is not to, or has neither voice nor recording.
pub fn button(device: Device, question: &Question, columns: &[Column<'_>]) -> AnyView {
    let ground = device.ground();
    let language = device.language.get_untracked();
    let words = words(&ground.survey, question, columns, &language);
    drawn(device, question.audio.clone(), words, language)
}

/// The same for the question at rest.
pub fn rest_button(device: Device) -> AnyView {
    let ground = device.ground();
    let language = ground.survey.fallback().to_owned();
    match one_touch(&ground.survey, &ground.attributes) {
        Some(main) => {
            let words = words(&ground.survey, main, &main.columns().collect::<Vec<_>>(), &language);
            drawn(device, main.audio.clone(), words, language)
        }
        None => ().into_any(),
    }
}

fn drawn(device: Device, audio: Option<String>, words: String, language: String) -> AnyView {
    let is_wanted = device.ground().identity.setup.speech;
    if !is_wanted || (audio.is_none() && !has_voice(&language)) {
        return ().into_any();
    }
    let label = Word::ReadAloud.say(&language);
    let read = move |_| {
        silence();
        match &audio {
            Some(audio) => play(&format!("../surveys/audio/{audio}.{language}.mp3"), &words, &language),
            None => speak(&words, &language),
        }
    };
    on_cleanup(silence);
    view! { <button class="aloud" type="button" on:click=read>{icon(path::SPEAKER)} <span>{label}</span></button> }
        .into_any()
}

thread_local! {
    static PLAYING: std::cell::RefCell<Option<HtmlAudioElement>> = const { std::cell::RefCell::new(None) };
}

/// Plays a recording; where it cannot be had, the browser's voice stands in.
fn play(address: &str, words: &str, language: &str) {
    let Ok(audio) = HtmlAudioElement::new_with_src(address) else { return };
    let (words, language) = (words.to_owned(), language.to_owned());
    let playing = audio.play();
    PLAYING.set(Some(audio));
    if let Ok(playing) = playing {
        wasm_bindgen_futures::spawn_local(async move {
            if wasm_bindgen_futures::JsFuture::from(playing).await.is_err() {
                speak(&words, &language);
            }
        });
    }
}

/// Stops whatever is read: the next person does not hear the last one's question.
fn silence() {
    speech::silence();
    if let Some(audio) = PLAYING.take() {
        let _ = audio.pause();
    }
}
