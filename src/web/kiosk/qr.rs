//! QR codes as inline SVG.

use leptos::prelude::*;
use qrcodegen::{QrCode, QrCodeEcc};

use super::run::Device;
use crate::link::{Route, SurveyLink};
use crate::words::kiosk::Word;

/// A QR code of a text, with a quiet zone around it; nothing where the text is too long for one.
pub fn code(text: &str, label: &str) -> AnyView {
    let Ok(code) = QrCode::encode_text(text, QrCodeEcc::Medium) else { return ().into_any() };
    let size = code.size();
    let mut drawing = String::new();
    for y in 0..size {
        for x in (0..size).filter(|&x| code.get_module(x, y)) {
            drawing.push_str(&format!("M{} {}h1v1h-1z", x + 4, y + 4));
        }
    }
    let frame = format!("0 0 {0} {0}", size + 8);
    view! {
        <svg class="qr" viewBox=frame role="img" aria-label=label.to_owned() shape-rendering="crispEdges">
            <rect width="100%" height="100%" />
            <path d=drawing />
        </svg>
    }
    .into_any()
}

/// The code that moves the survey to the person's own phone, with unit and field filled in.
pub fn phone(device: Device) -> AnyView {
    let ground = device.ground();
    let Some(base) = &ground.identity.setup.phone else { return ().into_any() };
    let mut attributes = ground.attributes.clone();
    attributes.channel = Some("phone".to_owned());
    let link = SurveyLink { survey: ground.survey.id.clone(), attributes, ..SurveyLink::default() };
    let address = format!("{}/{}", base.trim_end_matches('/'), Route::Survey(link).print());
    let language = ground.survey.fallback();
    view! {
        <div class="phone">
            {code(&address, Word::PhoneCode.say(language))}
            <p>{Word::OnYourPhone.say(language)}</p>
        </div>
    }
    .into_any()
}
