//! The kiosk's page: a device at a counter.

fn main() {
    #[cfg(target_arch = "wasm32")]
    sipas_kit::web::kiosk::start();
}
