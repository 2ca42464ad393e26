//! The office page: import, figures, export.

fn main() {
    #[cfg(target_arch = "wasm32")]
    sipas_kit::web::office::start();
}
