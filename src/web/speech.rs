//! The browser's voice: reads a question, its items and its answers.

use leptos::prelude::window;
use web_sys::SpeechSynthesisUtterance;

use crate::survey::{Column, Kind, Question, Survey};

/// What is read of a question: its words, its items, the answers there are.
pub fn words(survey: &Survey, question: &Question, columns: &[Column<'_>], language: &str) -> String {
    let fallback = survey.fallback();
    let mut words = vec![question.text.get(language, fallback)];
    words.extend(
        columns.iter().filter(|column| column.item.is_some()).map(|column| column.text().get(language, fallback)),
    );
    match &question.kind {
        Kind::Rating { scale, .. } | Kind::Matrix { scale, .. } => {
            let levels = survey.scale(scale).into_iter().flat_map(|scale| &scale.levels);
            words.extend(levels.map(|level| level.text.get(language, fallback)));
        }
        _ => words.extend(question.options().iter().map(|option| option.text.get(language, fallback))),
    }
    words.join(". ")
}

/// Whether the browser has a voice for a language. A page that has just been loaded may not know yet: then it is
/// asked again whenever a screen is drawn.
pub fn has_voice(language: &str) -> bool {
    let Ok(synthesis) = window().speech_synthesis() else { return false };
    synthesis.get_voices().iter().any(|voice| {
        let voice: web_sys::SpeechSynthesisVoice = wasm_bindgen::JsCast::unchecked_into(voice);
        voice.lang().get(..2).is_some_and(|code| code.eq_ignore_ascii_case(language))
    })
}

/// Reads after what is being read.
pub fn speak(words: &str, language: &str) {
    if let (Ok(synthesis), Ok(utterance)) =
        (window().speech_synthesis(), SpeechSynthesisUtterance::new_with_text(words))
    {
        utterance.set_lang(language);
        utterance.set_rate(0.95);
        synthesis.speak(&utterance);
    }
}

/// Stops whatever is read.
pub fn silence() {
    if let Ok(synthesis) = window().speech_synthesis() {
        synthesis.cancel();
    }
}
