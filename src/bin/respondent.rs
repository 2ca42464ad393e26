//! The respondent's page: kiosk and phone.

fn main() {
    #[cfg(target_arch = "wasm32")]
    sipas_kit::web::respondent::start();
}
