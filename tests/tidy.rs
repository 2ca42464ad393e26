//! Holds what the architecture promises and a test can hold.

use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below a folder with one of these extensions.
fn files(folder: &str, extensions: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut waiting = vec![root().join(folder)];
    while let Some(folder) = waiting.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            if path.is_dir() {
                if !["node_modules", "target", "dist", ".git"].contains(&name) {
                    waiting.push(path);
                }
            } else if extensions.iter().any(|extension| name.ends_with(extension)) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn read(path: impl AsRef<Path>) -> String {
    let path = root().join(path);
    let bytes = std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    // One of the definitions with a fault is not UTF-8.
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A path within the repository, for messages and comparisons.
fn name(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}

#[test]
fn the_pure_part_knows_no_browser_clock_randomness_or_io() {
    let forbidden = [
        "leptos",
        "web_sys",
        "js_sys",
        "wasm_bindgen",
        "gloo",
        "Utc::now",
        "Local::now",
        "SystemTime",
        "Instant::",
        "rand::",
        "getrandom",
        "uuid::",
        "std::fs",
        "std::env",
        "std::net",
        "std::io",
        "println!",
        "eprintln!",
        "thread::",
    ];
    for path in files("src", &[".rs"]) {
        let file = name(&path);
        if file.starts_with("src/web/") || file.starts_with("src/bin/") {
            continue;
        }
        let source = read(&path);
        let code = source.lines().filter(|line| !line.trim_start().starts_with("//"));
        for (at, line) in code.enumerate() {
            // The map in lib.rs names the web tree.
            // What reads a workbook reads from memory, by the names that files have.
            let line = line.replace("use std::io::{Cursor, Read as _, copy, sink};", "");
            for word in forbidden {
                assert!(!line.contains(word), "{file}, code line {}: {word} in the pure part: {line}", at + 1);
            }
        }
    }
}

#[test]
fn no_question_or_target_is_in_code() {
    for path in files("src", &[".rs"]) {
        let source = read(&path);
        let source = source.split("#[cfg(test)]").next().unwrap_or_default();
        for word in ["\"sipas-2022\"", "\"counter-5\"", "administrative-service", "Câu 9"] {
            assert!(!source.contains(word), "{}: {word}", name(&path));
        }
    }
}

#[test]
fn files_stay_readable_in_one_sitting() {
    for path in files(".", &[".rs", ".mjs", ".sh"]) {
        let lines = read(&path).lines().count();
        assert!(lines <= 450, "{} has {lines} lines: is it two things?", name(&path));
    }
}

#[test]
fn the_pinned_versions_agree() {
    let lock = read("Cargo.lock");
    let locked = |package: &str| {
        let at = lock.find(&format!("name = \"{package}\"\n")).unwrap_or_else(|| panic!("{package}"));
        lock[at..].split('"').nth(3).expect("a version").to_owned()
    };
    let bindgen = locked("wasm-bindgen");
    assert!(read("tools/setup.sh").contains(&format!("WASM_BINDGEN_VERSION={bindgen}")));
    assert!(read("Trunk.toml").contains(&format!("wasm_bindgen = \"{bindgen}\"")));
    let channel = read("rust-toolchain.toml").split('"').nth(1).expect("a channel").to_owned();
    assert!(read("Cargo.toml").contains(&format!("rust-version = \"{}\"", channel.trim_end_matches(".0"))));
}

#[test]
fn pages_have_no_inline_style_script_or_foreign_address() {
    for path in files("public", &[".html", ".css", ".svg"]) {
        let source = read(&path);
        for word in ["style=", "<style", "javascript:", "@import", "onclick=", "onload="] {
            assert!(!source.contains(word), "{}: {word}", name(&path));
        }
        let addresses = source.matches("http").count() - source.matches("http://www.w3.org/2000/svg").count();
        assert_eq!(addresses, 0, "{} names another origin", name(&path));
    }
    for path in files("src/web", &[".rs"]) {
        let source = read(&path);
        for word in ["style=", "style:", "inner_html", "insert_adjacent_html", "http://", "https://"] {
            // Emptying the loading text is the one use of inner HTML.
            let uses = source.replace("root.set_inner_html(\"\")", "");
            assert!(!uses.contains(word), "{}: {word}", name(&path));
        }
    }
}

#[test]
fn the_documented_headers_are_those_the_program_sends() {
    let source = read("src/bin/sipas/site.rs");
    let policy = source.split("\"content-security-policy\",").nth(1).expect("the policy");
    let policy: String = policy.split('"').nth(1).expect("a string").replace("\\\n", "");
    let policy = policy.split_whitespace().collect::<Vec<_>>().join(" ");
    let page = read("docs/deployment.md");
    assert_eq!(page.matches(&policy).count(), 2, "nginx and Caddy: {policy}");
}

#[test]
fn every_css_class_the_pages_use_exists() {
    let styles: String = files("public/styles", &[".css"]).iter().map(read).collect();
    for path in files("src/web", &[".rs"]) {
        let source = read(&path);
        // In a view, and of an element: whatever is called a class.
        let marks = ["class=\"", ".class(\"", ".class_while(\"", "button(\""];
        for piece in marks.into_iter().flat_map(|mark| source.split(mark).skip(1)) {
            for class in piece.split('"').next().unwrap_or_default().split_whitespace() {
                assert!(styles.contains(&format!(".{class}")), "{}: no style for .{class}", name(&path));
            }
        }
    }
}

#[test]
fn every_command_the_readme_names_is_there() {
    let readme = read("README.md");
    for command in ["tools/serve", "tools/test"] {
        assert!(readme.contains(command), "{command}");
        assert!(root().join(command).is_file(), "{command}");
    }
    assert!(read(".ci/run").contains("tools/test"));
}

/// Working notes end up in files; these must not.
#[test]
fn nothing_unfinished_is_committed() {
    let marks =
        [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("X", "XX"), concat!("dbg", "!("), concat!("todo", "!(")];
    for path in files(".", &[".rs", ".toml", ".md", ".mjs", ".css", ".html", ".sh"]) {
        let source = read(&path);
        for mark in marks {
            assert!(!source.contains(mark), "{}: {mark}", name(&path));
        }
    }
}
