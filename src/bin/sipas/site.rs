//! Finishing a built page for deployment: no inline script, and every file
//! compressed beforehand, so that any static server sends few bytes.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, ensure};
use sha2::{Digest as _, Sha256};

use crate::bundle;

/// The headers the pages are meant to be deployed with. The documentation's
/// server examples repeat them; a test compares.
pub const HEADERS: [(&str, &str); 6] = [
    (
        "content-security-policy",
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
         connect-src 'self'; manifest-src 'self'; worker-src 'self'; frame-src 'self'; base-uri 'none'; \
         form-action 'none'; frame-ancestors 'self'",
    ),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()"),
];

/// Finishes the folder.
pub fn stage(folder: &Path) -> Result<ExitCode> {
    let page = folder.join("index.html");
    if page.is_file() {
        let html = std::fs::read_to_string(&page).with_context(|| format!("cannot read {}", page.display()))?;
        let (html, script) = without_inline_script(&html)?;
        let mut html = html;
        if let Some((name, text)) = script {
            std::fs::write(folder.join(&name), text)?;
            // A worker imports the script by itself.
            let has_worker = folder.join("worker.js").is_file();
            if !has_worker && let Some(joined) = bundle::join(folder, &name)? {
                html = without_preload(&html, &joined);
            }
        }
        std::fs::write(&page, html)?;
    }
    bundle::shorten(folder)?;
    compress_all(folder)?;
    Ok(ExitCode::SUCCESS)
}

/// The page without the line that loads a script ahead which is part of another one now.
fn without_preload(html: &str, script: &str) -> String {
    let Some(at) = html
        .find(&format!("{script} rel=modulepreload"))
        .or_else(|| html.find(&format!("{script}\" rel=\"modulepreload")))
    else {
        return html.to_owned();
    };
    let start = html[..at].rfind('<').unwrap_or(at);
    let end = html[at..].find('>').map_or(html.len(), |end| at + end + 1);
    [&html[..start], &html[end..]].concat()
}

/// Moves the one inline script into a file named by its content: a page whose
/// content security policy forbids inline scripts cannot be talked into one.
fn without_inline_script(html: &str) -> Result<(String, Option<(String, String)>)> {
    const OPEN: &str = "<script type=\"module\">";
    const OPEN_BARE: &str = "<script type=module>";
    let found = [OPEN, OPEN_BARE].into_iter().find_map(|open| Some((html.find(open)?, open.len())));
    let Some((start, length)) = found else {
        return Ok((html.to_owned(), None));
    };
    let body = start + length;
    let end = body + html[body..].find("</script>").context("an inline script without an end")?;
    let script = telling_failure(html[body..end].trim())?;
    let name = format!("start-{}.js", fingerprint(script.as_bytes()));
    let html = format!("{}<script type=\"module\" src=\"./{name}\">{}", &html[..start], &html[end..]);
    ensure!(!html.contains(OPEN) && !html.contains(OPEN_BARE), "a second inline script");
    Ok((html, Some((name, format!("{script}\n")))))
}

/// The script that starts a page's program, which shows what the page says of itself where that cannot be started:
/// in a browser that is too old, or where it did not come.
fn telling_failure(script: &str) -> Result<String> {
    let Some(at) = script.find("await init(") else { return Ok(script.to_owned()) };
    let end = at + script[at..].find(';').context("the program is started in an unknown way")?;
    // In the place of all that cannot be gone on with.
    let told = ".catch((error) => { const failed = document.getElementById('failed'); failed.hidden = false; \
         document.querySelector('main').replaceChildren(failed); document.querySelector('.nav')?.remove(); throw error; })";
    Ok([&script[..end], told, &script[end..]].concat())
}

/// Sixteen hexadecimal digits of the content's SHA-256.
fn fingerprint(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// Whether a file's name carries a fingerprint of its content, so that it may
/// be cached forever: `respondent-1f2e3d4c5b6a7988_bg.wasm`.
pub fn is_fingerprinted(name: &str) -> bool {
    let digits = |part: &str| part.len() >= 14 && part.bytes().all(|b| b.is_ascii_hexdigit());
    name.split(['-', '_', '.']).any(digits)
}

/// Puts a `.br` and a `.gz` beside every file of a folder that is worth it.
pub fn compress_all(folder: &Path) -> Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            compress_all(&path)?;
        } else if is_compressible(&path) {
            compress(&path)?;
        }
    }
    Ok(())
}

/// Puts a `.br` and a `.gz` beside a file.
pub fn compress(path: &Path) -> Result<()> {
    let bytes = std::fs::read(path)?;
    std::fs::write(with_suffix(path, "br"), brotli(&bytes)?)?;
    std::fs::write(with_suffix(path, "gz"), gzip(&bytes)?)?;
    Ok(())
}

fn is_compressible(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    matches!(extension, Some("html" | "js" | "css" | "json" | "wasm" | "svg" | "webmanifest"))
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(suffix);
    name.into()
}

fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    brotli::CompressorWriter::new(&mut out, 1 << 16, 11, 22).write_all(bytes)?;
    Ok(out)
}

fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_inline_script_moves_into_a_file() {
        let page = "<head><script type=\"module\">\nimport x from './a.js';\n</script></head>";
        let (html, script) = without_inline_script(page).expect("one script");
        let (name, text) = script.expect("a script");
        assert_eq!(html, format!("<head><script type=\"module\" src=\"./{name}\"></script></head>"));
        assert_eq!(text, "import x from './a.js';\n");
        let (again, none) = without_inline_script(&html).expect("nothing left");
        assert_eq!((again, none), (html, None));
    }

    #[test]
    fn only_fingerprinted_names_are_cached_forever() {
        assert!(is_fingerprinted("respondent-1f2e3d4c5b6a7988.js"));
        assert!(is_fingerprinted("respondent-1f2e3d4c5b6a7988_bg.wasm"));
        for name in ["index.html", "sipas-2022.json", "02.json", "icon.svg", "respondent.js"] {
            assert!(!is_fingerprinted(name), "{name}");
        }
    }
}
