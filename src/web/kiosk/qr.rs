//! The QR code that moves the survey to one's own phone.

use leptos::prelude::*;

use super::super::qr::code;
use super::run::Device;
use crate::link::{Route, SurveyLink};
use crate::words::kiosk::Word;

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
