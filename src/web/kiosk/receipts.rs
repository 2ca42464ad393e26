//! What was exported and deleted, when.

use leptos::prelude::*;

use crate::kiosk::{Act, Receipt};
use crate::report::{count_in, day_in};
use crate::response::vietnam;
use crate::words::kiosk::Word;

/// The receipts, the newest first.
pub fn list(receipts: &[Receipt], language: &str) -> AnyView {
    if receipts.is_empty() {
        return ().into_any();
    }
    let rows = receipts.iter().map(|receipt| {
        let at = receipt.at.with_timezone(&vietnam());
        let at = format!("{} {}", day_in(language, at.date_naive()), at.format("%H:%M"));
        let act = match receipt.act {
            Act::Exported => Word::ActExported,
            Act::Deleted => Word::ActDeleted,
            Act::Lost => Word::ActLost,
            Act::Restored => Word::ActRestored,
        };
        let days = receipt.days.map_or_else(String::new, |(from, until)| {
            format!("{} – {}", day_in(language, from), day_in(language, until))
        });
        view! {
            <tr>
                <td>{at}</td>
                <td>{act.say(language)}</td>
                <td class="n">{count_in(language, u64::from(receipt.responses))}</td>
                <td>{days}</td>
                <td>{receipt.file.clone().unwrap_or_default()}</td>
            </tr>
        }
        .into_any()
    });
    let head = [Word::ReceiptAt, Word::ReceiptAct, Word::ReceiptCount, Word::ReceiptDays, Word::ReceiptFile];
    let head = head.map(|word| view! { <th scope="col">{word.say(language)}</th> }.into_any());
    view! {
        <h2>{Word::Receipts.say(language)}</h2>
        <div class="scroll" role="region" tabindex="0" aria-label=Word::Receipts.say(language)>
            <table class="receipts">
                <thead><tr>{head.collect_view()}</tr></thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}
