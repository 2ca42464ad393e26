//! One script a page, and a program without what that script never calls.
//!
//! Libraries bring classes and functions of their own for scripts to use; no script of these pages does. esbuild
//! leaves the classes out, and wasm-metadce the functions behind them. What is left has short names on both sides.
//! The tools are installed by `tools/setup.sh`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

/// What the compiled programs may use; the pages' wasm-opt is told the same.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// Shortens every script of a folder.
pub fn shorten(folder: &Path) -> Result<()> {
    let mut command = Command::new("esbuild");
    command.args(["--minify", "--format=esm", "--allow-overwrite", "--log-level=warning"]);
    command.arg(format!("--outdir={}", folder.display()));
    let scripts = files(folder, "js")?;
    if scripts.is_empty() { Ok(()) } else { run(command.args(&scripts)) }
}

/// Puts the script that `start` imports into it, without what `start` does not use, and takes out of the program
/// what the script does not call. Returns the name of the script that is no longer needed.
pub fn join(folder: &Path, start: &str) -> Result<Option<String>> {
    let path = folder.join(start);
    let script = std::fs::read_to_string(&path)?;
    let Some((import, rest)) = script.split_once(';') else { return Ok(None) };
    let Some(name) = import.split(['\'', '"']).nth(1).and_then(|name| name.strip_prefix("./")) else { return Ok(None) };
    let rest = rest.replace("window.wasmBindings = bindings;", "");
    ensure!(!rest.contains("bindings"), "{start} uses the bindings in an unknown way");
    std::fs::write(
        &path,
        format!("import init from './{name}';{}", rest.replace("wasm", "program").replace("_bg.program", "_bg.wasm")),
    )?;
    // A registry that nobody asks is no use of a class; nor is what is done to it for `Symbol.dispose`.
    let library = std::fs::read_to_string(folder.join(name))?;
    let library = library.replace("new FinalizationRegistry(", "/* @__PURE__ */ new FinalizationRegistry(");
    std::fs::write(folder.join(name), library)?;
    let mut command = Command::new("esbuild");
    command.args(["--bundle", "--minify-syntax", "--format=esm", "--allow-overwrite", "--log-level=warning"]);
    command.arg("--define:Symbol.dispose=undefined");
    run(command.arg(&path).arg(format!("--outfile={}", path.display())))?;
    std::fs::remove_file(folder.join(name))?;
    for program in files(folder, "wasm")? {
        let script = std::fs::read_to_string(&path)?;
        without_unused(&program, &script)?;
        std::fs::write(&path, with_short_names(&program, &script)?)?;
    }
    Ok(Some(name.to_owned()))
}

/// Keeps of a program what `script` names behind `wasm.`.
fn without_unused(program: &Path, script: &str) -> Result<()> {
    let after = script.split("wasm.").skip(1);
    let names = after.map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or(""));
    let names: BTreeSet<&str> = names.filter(|name| !name.is_empty()).collect();
    let roots: Vec<serde_json::Value> = names
        .iter()
        .map(|name| serde_json::json!({ "name": format!("export {name}"), "export": name, "root": true }))
        .collect();
    let graph = program.with_extension("graph.json");
    std::fs::write(&graph, serde_json::to_vec(&roots)?)?;
    let mut command = Command::new("wasm-metadce");
    command.args(FEATURES).arg("--graph-file").arg(&graph).arg(program).arg("-o").arg(program);
    run(command.stdout(std::process::Stdio::null()))?;
    std::fs::remove_file(&graph)?;
    run(Command::new("wasm-opt").args(FEATURES).args(["-Oz", "--converge"]).arg(program).arg("-o").arg(program))
}

/// What wasm-opt has named anew in a program: what it imports as (module, old, new), what it exports as (old, new).
#[derive(serde::Deserialize)]
struct Renamed {
    imports: Vec<(String, String, String)>,
    exports: Vec<(String, String)>,
}

/// Gives what a program and its script call each other by names of a letter or two; those wasm-bindgen makes carry
/// a fingerprint each, which no compression shortens. Returns the script.
fn with_short_names(program: &Path, script: &str) -> Result<String> {
    let mut command = Command::new("wasm-opt");
    command.args(FEATURES).arg("--minify-imports-and-exports-and-modules").arg(program).arg("-o").arg(program);
    let output = command.output().context("cannot run wasm-opt, which tools/build installs")?;
    ensure!(output.status.success(), "wasm-opt failed: {}", String::from_utf8_lossy(&output.stderr));
    let renamed: Renamed = serde_json::from_slice(&output.stdout).context("wasm-opt names things in a new way")?;
    let imports: BTreeMap<&str, &str> = renamed.imports.iter().map(|(_, old, new)| (&**old, &**new)).collect();
    let exports: BTreeMap<&str, &str> = renamed.exports.iter().map(|(old, new)| (&**old, &**new)).collect();
    let modules: BTreeSet<&str> = renamed.imports.iter().map(|(module, _, _)| &**module).collect();
    let mut short = String::with_capacity(script.len());
    let mut rest = script;
    while let Some(start) = rest.find(|c: char| is_of_name(c)) {
        let (before, from) = rest.split_at(start);
        let (name, after) = from.split_at(from.find(|c: char| !is_of_name(c)).unwrap_or(from.len()));
        let is_export = before == "." && short.ends_with("wasm");
        let new = if is_export { exports.get(name) } else { imports.get(name) };
        short.extend([before, new.copied().unwrap_or(name)]);
        rest = after;
    }
    short.push_str(rest);
    // All imports are of one module now, whose name is that of the first import.
    for module in modules {
        ensure!(short.contains(&format!("\"{module}\"")), "the script does not bring «{module}»");
        short = short.replace(&format!("\"{module}\""), "\"a\"");
    }
    Ok(short)
}

fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '$'
}

fn files(folder: &Path, extension: &str) -> Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let files = entries.filter_map(|entry| Some(entry.ok()?.path()));
    Ok(files.filter(|path| path.extension().is_some_and(|found| found == extension)).collect())
}

fn run(command: &mut Command) -> Result<()> {
    let name = command.get_program().to_string_lossy().into_owned();
    let done = command.status().with_context(|| format!("cannot run {name}, which tools/build installs"))?;
    ensure!(done.success(), "{name} failed");
    Ok(())
}
