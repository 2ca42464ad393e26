//! QR codes as inline SVG.

use leptos::prelude::*;
use qrcodegen::{QrCode, QrCodeEcc};

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
