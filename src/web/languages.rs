//! Languages of the interface that come from files of the site.

use super::browser;
use crate::words::further;

/// Learns a language that is not part of this page: the table with this fingerprint, and `suffix` in its file's name.
/// What cannot be had is shown in Vietnamese.
pub async fn learn(site: &str, code: &str, of: u32, suffix: &str) {
    if code == "vi" || further::knows(code, of) {
        return;
    }
    if let Ok(file) = browser::load(&format!("{site}surveys/words/{code}{suffix}.json")).await {
        further::learn(code, &file);
    }
}
