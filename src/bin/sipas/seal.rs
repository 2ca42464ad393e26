//! Sealing a built site: a version, written into its pages, and the list of its files, written into
//! the worker that keeps them on devices. The last step of a build.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, ensure};
use sha2::{Digest as _, Sha256};

use crate::site::compress;

/// The worker, as it is written by hand.
const WORKER: &str = include_str!("../../../public/sw.js");

const OPEN: &str = "<meta name=\"version\" content=\"";
const CLOSE: &str = "\">";

/// Seals the folder of a built site: writes `sw.js`, and the version into every page. Sealing twice
/// changes nothing. Surveys are left out: they change without a new version.
pub fn seal(site: &Path) -> Result<ExitCode> {
    ensure!(site.join("index.html").is_file(), "{} has no index.html: build the pages first", site.display());
    let mut files = BTreeMap::new();
    read(site, "", &mut files)?;
    for (file, bytes) in files.iter_mut().filter(|(file, _)| file.ends_with(".html")) {
        let page = std::str::from_utf8(bytes).with_context(|| format!("{file} is not UTF-8"))?;
        *bytes = without_version(page).into_bytes();
    }
    // The version stands in the pages, so it cannot depend on them as they will be then. Nor may
    // two workers share one, even where they keep the same files.
    let list = list(&files);
    let version = format!("{}+{}", env!("CARGO_PKG_VERSION"), &hex(format!("{list}{WORKER}").as_bytes())[..8]);
    for (file, bytes) in files.iter_mut().filter(|(file, _)| file.ends_with(".html")) {
        let page = String::from_utf8_lossy(bytes);
        *bytes = with_version(&page, &version).with_context(|| format!("{file} has no <title>"))?.into_bytes();
        write(site, file, bytes)?;
    }
    let kit = serde_json::json!({ "version": version, "files": serde_json::to_value(hashes(&files))? });
    write(site, "sw.js", format!("const KIT = {kit};\n{WORKER}").as_bytes())?;
    eprintln!("{}: version {version}, {} files", site.display(), files.len());
    Ok(ExitCode::SUCCESS)
}

/// Every file a device may keep, by its path from the root, with `/` between its parts.
fn read(folder: &Path, above: &str, files: &mut BTreeMap<String, Vec<u8>>) -> Result<()> {
    for entry in std::fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let file = format!("{above}{name}");
        if name.starts_with('.') || name.ends_with(".br") || name.ends_with(".gz") || file == "sw.js" {
            continue;
        }
        if path.is_dir() {
            if file != "surveys" {
                read(&path, &format!("{file}/"), files)?;
            }
        } else {
            // Others are written differently in addresses, which the worker compares.
            let is_plain = file.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/._-".contains(&byte));
            ensure!(is_plain, "{}: name the file with letters a–z, digits, “.”, “_”, “-” only", path.display());
            files.insert(file, std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?);
        }
    }
    Ok(())
}

fn write(site: &Path, file: &str, bytes: &[u8]) -> Result<()> {
    let path = site.join(file);
    std::fs::write(&path, bytes).with_context(|| format!("cannot write {}", path.display()))?;
    compress(&path)
}

fn hashes(files: &BTreeMap<String, Vec<u8>>) -> BTreeMap<&str, String> {
    files.iter().map(|(file, bytes)| (file.as_str(), hex(bytes))).collect()
}

fn list(files: &BTreeMap<String, Vec<u8>>) -> String {
    hashes(files).iter().map(|(file, hash)| format!("{hash} {file}\n")).collect()
}

/// The SHA-256 in hexadecimal digits.
fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A page without the version an earlier sealing put there.
fn without_version(page: &str) -> String {
    let Some((before, rest)) = page.split_once(OPEN) else { return page.to_owned() };
    let after = rest.split_once(CLOSE).map_or("", |(_, after)| after);
    format!("{before}{after}")
}

/// A page that says its version; `None` where it has no place for it.
fn with_version(page: &str, version: &str) -> Option<String> {
    let (before, after) = page.split_once("<title>")?;
    Some(format!("{before}{OPEN}{version}{CLOSE}<title>{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_comes_and_goes() {
        let page = "<!doctype html><title>x</title>";
        let sealed = with_version(page, "0.1.0+12345678").expect("a title");
        assert_eq!(sealed, "<!doctype html><meta name=\"version\" content=\"0.1.0+12345678\"><title>x</title>");
        assert_eq!(without_version(&sealed), page);
        assert_eq!(without_version(page), page);
        assert_eq!(with_version("no title", "1"), None);
    }
}
