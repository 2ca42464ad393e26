//! From bytes to text: which encoding a file is in.
//!
//! UTF-8 and UTF-16 tell themselves. The older ones do not: a byte is a letter
//! in each of them. There every reading is tried, and the one that makes
//! Vietnamese syllables of the words with marks is taken, if it is the only one.

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1258};
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization as _;

use super::refusal::Refusal;
use super::syllable::{Share, share};

/// Largest file that is read, in bytes.
pub const MOST_BYTES: usize = 256 << 20;

/// How a file's characters are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Encoding {
    /// UTF-8 without a byte order mark.
    Utf8,
    /// UTF-8 with one.
    Utf8Bom,
    /// UTF-16, low byte first: what Excel calls Unicode text.
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
    /// Windows' code page for Vietnamese.
    Windows1258,
    /// TCVN 5712:1993, the encoding of the ABC fonts.
    Tcvn3,
    /// The encoding of the VNI fonts.
    Vni,
    /// Rows in UTF-8 beside rows in something else, as where two files were joined. The latter are not read.
    Mixed,
}

impl Encoding {
    /// Its usual name.
    pub fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 => "UTF-8",
            Encoding::Utf8Bom => "UTF-8 (BOM)",
            Encoding::Utf16Le => "UTF-16LE",
            Encoding::Utf16Be => "UTF-16BE",
            Encoding::Windows1258 => "windows-1258",
            Encoding::Tcvn3 => "TCVN3 (ABC)",
            Encoding::Vni => "VNI",
            Encoding::Mixed => "UTF-8 + ?",
        }
    }
}

/// The text of a file. What could not be read is U+FFFD.
///
/// # Errors
/// Where the file is no text, or in an encoding that cannot be told.
pub(super) fn decode(bytes: &[u8]) -> Result<(String, Encoding), Refusal> {
    if bytes.len() > MOST_BYTES {
        return Err(Refusal::TooLarge { megabytes: bytes.len() >> 20 });
    }
    if let Some((bytes, little)) = utf16(bytes) {
        let (encoding, name) = if little { (UTF_16LE, Encoding::Utf16Le) } else { (UTF_16BE, Encoding::Utf16Be) };
        let text = encoding.decode_without_bom_handling(bytes).0.into_owned();
        return if text.contains('\0') { Err(Refusal::Binary) } else { Ok((text, name)) };
    }
    if bytes.contains(&0) {
        return Err(Refusal::Binary);
    }
    let (bytes, plain) = match bytes.strip_prefix(b"\xef\xbb\xbf") {
        Some(rest) => (rest, Encoding::Utf8Bom),
        None => (bytes, Encoding::Utf8),
    };
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(match typed_in_old_fonts(text) {
            Some((text, encoding)) => (text, encoding),
            None => (text.to_owned(), plain),
        }),
        Err(_) if is_mixed(bytes) => Ok((String::from_utf8_lossy(bytes).into_owned(), Encoding::Mixed)),
        Err(_) => old(bytes),
    }
}

/// Whether a file is UTF-16: its text, and whether the low byte comes first. Without a byte order
/// mark the zeros tell it: every other byte of plain letters and separators is one.
fn utf16(bytes: &[u8]) -> Option<(&[u8], bool)> {
    if let Some(rest) = bytes.strip_prefix(&[0xff, 0xfe]) {
        return Some((rest, true));
    }
    if let Some(rest) = bytes.strip_prefix(&[0xfe, 0xff]) {
        return Some((rest, false));
    }
    let begin = &bytes[..bytes.len().min(4096)];
    let zeros = |at: usize| begin.iter().skip(at).step_by(2).filter(|&&byte| byte == 0).count();
    let (high_first, low_first) = (zeros(0), zeros(1));
    let many = begin.len() / 2 * 3 / 10;
    match (high_first, low_first) {
        (0, zeros) if zeros > many && many > 0 => Some((bytes, true)),
        (zeros, 0) if zeros > many && many > 0 => Some((bytes, false)),
        _ => None,
    }
}

/// Whether lines in UTF-8 with more than ASCII stand beside lines that are none. Bytes of the older
/// encodings are UTF-8 by chance only now and then.
fn is_mixed(bytes: &[u8]) -> bool {
    let (mut sound, mut broken) = (0, 0);
    for line in bytes.split(|&byte| byte == b'\n').filter(|line| !line.is_ascii()) {
        match std::str::from_utf8(line) {
            Ok(_) => sound += 1,
            Err(_) => broken += 1,
        }
    }
    sound * 4 >= broken && sound > 0
}

/// Ways to read a file that is not in Unicode, from its bytes as Latin letters.
type Reading = (fn(&str) -> String, Encoding);
const READINGS: [Reading; 3] = [(windows_1258, Encoding::Windows1258), (tcvn3, Encoding::Tcvn3), (vni, Encoding::Vni)];
/// How much of what is not plain letters tells the encoding, in bytes.
const ENOUGH: usize = 256 << 10;

/// The reading that makes syllables of the words, if it is clear which one that is: its place, and how
/// many words there are.
fn clearest(sample: &str, readings: &[Reading]) -> Option<(Reading, usize)> {
    let shares: Vec<Share> = readings.iter().map(|(read, _)| share(&read(sample))).collect();
    let best = (0..readings.len()).max_by(|a, b| shares[*a].of().total_cmp(&shares[*b].of()))?;
    let second = (0..readings.len()).filter(|at| *at != best).map(|at| shares[at].of()).fold(0.0, f64::max);
    let is_clear = shares[best].of() >= 0.8 && shares[best].of() - second >= 0.2;
    is_clear.then_some((readings[best], shares[best].words))
}

/// Reads what is not UTF-8.
fn old(bytes: &[u8]) -> Result<(String, Encoding), Refusal> {
    let latin = |bytes: &[u8]| -> String { bytes.iter().copied().map(char::from).collect() };
    let mut sample = Vec::new();
    for line in bytes.split_inclusive(|&byte| byte == b'\n').filter(|line| !line.is_ascii()) {
        sample.extend_from_slice(&line[..line.len().min(ENOUGH - sample.len())]);
    }
    let sample = latin(&sample);
    // Quotes and dashes only: all of Windows' code pages agree on these.
    if share(&windows_1258(&sample)).words == 0 {
        return Ok((windows_1258(&latin(bytes)), Encoding::Windows1258));
    }
    let ((read, encoding), _) = clearest(&sample, &READINGS).ok_or(Refusal::Encoding)?;
    Ok((read(&latin(bytes)), encoding))
}

/// Text that was typed in one of the old fonts and saved as Unicode since: its letters are still
/// those whose place the font used. Said only where hardly a word makes sense as it stands.
fn typed_in_old_fonts(text: &str) -> Option<(String, Encoding)> {
    let is_latin = |c: char| c <= '\u{ff}' || ('\u{2000}'..'\u{2100}').contains(&c);
    if text.is_ascii() || !text.chars().all(is_latin) {
        return None;
    }
    let mut sample = String::new();
    for line in text.split_inclusive('\n').filter(|line| !line.is_ascii()) {
        if sample.len() + line.len() > ENOUGH && !sample.is_empty() {
            break;
        }
        sample.push_str(line);
    }
    let as_it_stands = share(&sample);
    if as_it_stands.words >= 1 && as_it_stands.of() > 0.5 {
        return None;
    }
    let ((read, encoding), words) = clearest(&sample, &READINGS[1..])?;
    (words >= 3).then(|| (read(text), encoding))
}

/// Reads Latin letters as bytes of Windows' code page for Vietnamese.
fn windows_1258(latin: &str) -> String {
    let bytes: Vec<u8> = latin.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect();
    WINDOWS_1258.decode_without_bom_handling(&bytes).0.nfc().collect()
}

/// What the bytes from A1 to FE are in TCVN 5712:1993; marks of their own, which the fonts do not use, are left out.
const TCVN3: &str = concat!(
    "ĂÂÊÔƠƯĐăâêôơưđẰ\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}àảãáạẲằẳẵắẴẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịò",
    "ỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵ"
);

/// Reads Latin letters as the ABC fonts show them.
fn tcvn3(latin: &str) -> String {
    let table: Vec<char> = TCVN3.chars().collect();
    let read = |c: char| match u32::from(c) {
        code @ 0xa1..=0xfe => table.get(code as usize - 0xa1).copied().unwrap_or(c),
        _ => c,
    };
    latin.chars().map(read).collect()
}

/// The marks that a letter stands for in the VNI fonts, when it follows a vowel.
fn vni_marks(mark: char) -> Option<&'static str> {
    Some(match mark {
        'ù' => "\u{301}",
        'ø' => "\u{300}",
        'û' => "\u{309}",
        'õ' => "\u{303}",
        'ï' => "\u{323}",
        'â' => "\u{302}",
        'á' => "\u{302}\u{301}",
        'à' => "\u{302}\u{300}",
        'å' => "\u{302}\u{309}",
        'ã' => "\u{302}\u{303}",
        'ä' => "\u{302}\u{323}",
        'ê' => "\u{306}",
        'é' => "\u{306}\u{301}",
        'è' => "\u{306}\u{300}",
        'ú' => "\u{306}\u{309}",
        'ü' => "\u{306}\u{303}",
        'ë' => "\u{306}\u{323}",
        _ => return None,
    })
}

/// Reads Latin letters as the VNI fonts show them.
fn vni(latin: &str) -> String {
    let mut out = String::with_capacity(latin.len());
    let mut takes_marks = false;
    for c in latin.chars() {
        let lower = c.to_lowercase().next().unwrap_or(c);
        if let Some(marks) = vni_marks(lower).filter(|_| takes_marks) {
            out.push_str(marks);
            takes_marks = false;
            continue;
        }
        takes_marks = matches!(lower, 'a' | 'e' | 'o' | 'u' | 'y' | 'ô' | 'ö');
        let letter = match lower {
            'ô' => 'ơ',
            'ö' => 'ư',
            'æ' => 'ỉ',
            'ó' => 'ĩ',
            'ò' => 'ị',
            'î' => 'ỵ',
            'ñ' => 'đ',
            _ => lower,
        };
        match c == lower {
            true => out.push(letter),
            false => out.extend(letter.to_uppercase()),
        }
    }
    out.nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: &str = "Rất hài lòng về thái độ phục vụ của công chức; Bảo Thắng, Mường Khương, Bát Xát";
    const ABC: &str = "RÊt hµi lßng vÒ th¸i ®é phôc vô cña c«ng chøc; B¶o Th¾ng, M\u{ad}êng Kh\u{ad}¬ng, B¸t X¸t";
    const VNI: &str = "Raát haøi loøng veà thaùi ñoä phuïc vuï cuûa coâng chöùc; Baûo Thaéng, Möôøng Khöông, Baùt Xaùt";

    fn latin(text: &str) -> Vec<u8> {
        text.chars().map(|c| u8::try_from(u32::from(c)).expect("one byte")).collect()
    }

    #[test]
    fn every_encoding_is_told() {
        let utf16 = |bytes: fn(u16) -> [u8; 2]| -> Vec<u8> { WORDS.encode_utf16().flat_map(bytes).collect() };
        let with = |bom: &[u8], bytes: Vec<u8>| [bom.to_vec(), bytes].concat();
        // Windows writes marks of tone as characters of their own.
        let (windows, _, _) = WINDOWS_1258.encode(
            "Râ\u{301}t ha\u{300}i lo\u{300}ng vê\u{300} tha\u{301}i đô\u{323} phu\u{323}c vu\u{323} cu\u{309}a công chư\u{301}c; Ba\u{309}o Thă\u{301}ng, Mươ\u{300}ng Khương, Ba\u{301}t Xa\u{301}t",
        );
        let files = [
            (WORDS.as_bytes().to_vec(), Encoding::Utf8),
            (with(b"\xef\xbb\xbf", WORDS.into()), Encoding::Utf8Bom),
            (with(b"\xff\xfe", utf16(u16::to_le_bytes)), Encoding::Utf16Le),
            (with(b"\xfe\xff", utf16(u16::to_be_bytes)), Encoding::Utf16Be),
            (utf16(u16::to_le_bytes), Encoding::Utf16Le),
            (utf16(u16::to_be_bytes), Encoding::Utf16Be),
            (windows.into_owned(), Encoding::Windows1258),
            (latin(ABC), Encoding::Tcvn3),
            (latin(VNI), Encoding::Vni),
            (ABC.as_bytes().to_vec(), Encoding::Tcvn3),
            (VNI.as_bytes().to_vec(), Encoding::Vni),
        ];
        for (bytes, encoding) in files {
            assert_eq!(decode(&bytes), Ok((WORDS.to_owned(), encoding)));
        }
    }

    #[test]
    fn what_is_no_text_or_cannot_be_told_is_refused() {
        assert_eq!(decode(b"a,b\0c\0"), Err(Refusal::Binary));
        // Russian in its own code page.
        assert_eq!(
            decode(&[0xd5, 0xee, 0xf0, 0xee, 0xf8, 0xee, b' ', 0xef, 0xeb, 0xee, 0xf5, 0xee]),
            Err(Refusal::Encoding)
        );
        let mixed = [WORDS.as_bytes(), b"\n", &latin(ABC)].concat();
        assert_eq!(decode(&mixed).map(|(_, encoding)| encoding), Ok(Encoding::Mixed));
        for plain in ["café, naïve; François", "“Very good” – 90 %", "Größe, Straße, über"] {
            assert_eq!(decode(plain.as_bytes()), Ok((plain.to_owned(), Encoding::Utf8)));
        }
    }
}
