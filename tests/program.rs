//! The `sipas` program, run as a person runs it.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use sipas_kit::survey::method::Definition;

fn sipas(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_sipas"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("LANG", "C")
        .env_remove("LC_ALL")
        .args(arguments)
        .output()
        .expect("the program runs")
}

#[track_caller]
fn text(output: &[u8]) -> String {
    String::from_utf8(output.to_vec()).expect("UTF-8")
}

/// A folder of its own for a test, empty.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder");
    folder
}

#[test]
fn check_accepts_the_kits_definitions() {
    let output = sipas(&["check", "survey-definitions"]);
    assert!(output.status.success());
    let messages = text(&output.stderr);
    assert!(messages.contains("files: 9, errors: 0, warnings: "), "{messages}");
    // Which warnings there are depends on the day; tests/diagnostics.rs holds them.
    assert!(!messages.contains("error:"), "{messages}");
}

#[test]
fn check_reports_all_problems_at_once_in_either_language() {
    let output = sipas(&["check", "tests/diagnostics/unknown-reference.toml", "tests/diagnostics/missing-key.toml"]);
    assert_eq!(output.status.code(), Some(1));
    let messages = text(&output.stderr);
    assert!(
        messages.contains("error: tests/diagnostics/unknown-reference.toml:8:13: there is no formula `average`"),
        "{messages}"
    );
    assert!(messages.contains("the key `edition` is missing"), "{messages}");
    let output = sipas(&["--lang", "vi", "check", "tests/diagnostics/missing-key.toml"]);
    assert!(text(&output.stderr).contains("lỗi: tests/diagnostics/missing-key.toml:1:1: thiếu khoá `edition`"));
}

#[test]
fn one_survey_id_in_two_files_is_an_error() {
    let folder = folder("doubled");
    for name in ["a.toml", "b.toml"] {
        std::fs::copy("tests/diagnostics/sound.toml", folder.join(name)).expect("a copy");
    }
    std::fs::copy("survey-definitions/targets.toml", folder.join("targets.toml")).expect("a copy");
    let output = sipas(&["check", folder.to_str().expect("a path")]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("the survey id `small` is already used by"), "{}", text(&output.stderr));
}

#[test]
fn a_folder_or_file_that_is_not_there_is_named() {
    let output = sipas(&["check", "no/such/folder.toml"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("cannot read no/such/folder.toml"));
    let output = sipas(&["score", "--survey", "nothing", "x.csv"]);
    assert!(text(&output.stderr).contains("there is no survey “nothing”; there are: counter-3, counter-5, health-"));
}

#[test]
fn compile_writes_what_the_pages_load_and_nothing_where_there_is_an_error() {
    let out = folder("compiled");
    assert!(sipas(&["compile", "survey-definitions", out.to_str().expect("a path")]).status.success());
    let units = std::fs::read_to_string(out.join("units/02.json")).expect("units");
    assert!(units.contains("\"02647\":{\"name\":\"Phường Lào Cai\",\"province\":\"Tỉnh Lào Cai\"}"));
    let survey = std::fs::read_to_string(out.join("sipas-2022.json")).expect("a survey");
    let survey: sipas_kit::survey::Survey = serde_json::from_str(&survey).expect("the compiled form");
    assert_eq!(survey.columns().filter(|column| column.factor().is_some()).count(), 33);
    let read = |file: &str| std::fs::read_to_string(out.join(file)).expect("a file");
    assert!(!read("sipas-2022.json").contains("formulas"), "a phone loads no method");
    let definition = Definition::from_files(&read("sipas-2022.json"), &read("sipas-2022.method.json"));
    assert!(!definition.expect("the compiled form").method.formulas.is_empty());
    let out = folder("not-compiled");
    let output = sipas(&["compile", "tests/diagnostics", out.to_str().expect("a path")]);
    assert!(!output.status.success());
    assert_eq!(std::fs::read_dir(out).expect("the folder").count(), 0);
}

#[test]
fn recordings_that_questions_name_are_copied() {
    let (definitions, out) = (folder("spoken"), folder("spoken-out"));
    for file in ["counter-5.toml", "targets.toml", "units.csv"] {
        std::fs::copy(format!("survey-definitions/{file}"), definitions.join(file)).expect("copied");
    }
    let source = std::fs::read_to_string(definitions.join("counter-5.toml")).expect("a definition");
    let source = source.replace("id = \"rating\"\n", "id = \"rating\"\naudio = \"rating\"\n");
    std::fs::write(definitions.join("counter-5.toml"), source).expect("written");
    std::fs::create_dir(definitions.join("audio")).expect("a folder");
    std::fs::write(definitions.join("audio/rating.vi.mp3"), [255, 251]).expect("written");
    let paths = [&definitions, &out].map(|path| path.to_str().expect("a path"));
    let output = sipas(&["--lang", "en", "compile", paths[0], paths[1]]);
    assert!(output.status.success());
    assert_eq!(std::fs::read(out.join("audio/rating.vi.mp3")).expect("copied"), [255, 251]);
    assert!(text(&output.stderr).contains("there is no recording"), "the English one: {}", text(&output.stderr));
}

#[test]
fn the_same_seed_gives_the_same_sample_which_says_that_it_is_one() {
    let first = sipas(&["sample", "counter-5", "--n", "20", "--seed", "4"]);
    let again = sipas(&["sample", "counter-5", "--n", "20", "--seed", "4"]);
    let other = sipas(&["sample", "counter-5", "--n", "20", "--seed", "5"]);
    assert_eq!(first.stdout, again.stdout);
    assert_ne!(first.stdout, other.stdout);
    assert_eq!(text(&first.stdout).matches(",complete,generated,").count(), 20);
}

#[test]
fn score_gives_the_same_figures_however_the_responses_are_split() {
    let folder = folder("score");
    let sample = sipas(&["sample", "sipas-2022", "--n", "90", "--seed", "2", "--units", "02647,02650"]);
    let sample = text(&sample.stdout);
    let (whole, a, b) = (folder.join("whole.csv"), folder.join("a.csv"), folder.join("b.csv"));
    let header = sample.lines().next().expect("a header");
    let half = |skip| {
        let rows: Vec<&str> = sample.lines().skip(1).skip(skip).step_by(2).collect();
        format!("{header}\n{}\n", rows.join("\n"))
    };
    std::fs::write(&whole, &sample).expect("written");
    std::fs::write(&a, half(0)).expect("written");
    std::fs::write(&b, half(1)).expect("written");
    let path = |path: &Path| path.to_str().expect("a path").to_owned();
    let once = sipas(&["score", "--survey", "sipas-2022", &path(&whole)]);
    let split = sipas(&["score", "--survey", "sipas-2022", &path(&b), &path(&a), &path(&whole)]);
    assert!(once.status.success() && split.status.success());
    assert_eq!(text(&once.stdout), text(&split.stdout));
    assert!(text(&split.stderr).contains("90 rows read, 0 used, 90 duplicate, 0 set aside"));
    let json = sipas(&["score", "--survey", "sipas-2022", "--format", "json", &path(&whole)]);
    let records: serde_json::Value = serde_json::from_slice(&json.stdout).expect("JSON");
    let record = &records[0];
    assert_eq!(record["measure"], "overall");
    let expected = record["numerator"].as_f64().expect("n") * 100.0 / record["denominator"].as_f64().expect("d");
    assert_eq!(record["percent"].as_f64(), Some(expected));
}

#[test]
fn score_names_the_row_it_set_aside_and_fails() {
    let folder = folder("score-damaged");
    let sample = text(&sipas(&["sample", "counter-5", "--n", "3"]).stdout);
    let file = folder.join("x.csv");
    std::fs::write(&file, sample.replacen("complete", "perhaps", 1)).expect("written");
    let output = sipas(&["score", "--survey", "counter-5", file.to_str().expect("a path")]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("x.csv:2:status: “perhaps” is not a status"), "{}", text(&output.stderr));
    assert!(text(&output.stdout).contains("counter-5,2026.1,overall"), "the rest is scored");
}

/// Answers of the server to one request.
fn request(port: u16, path: &str, encoding: &str) -> (String, Vec<u8>) {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).expect("a connection");
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: {encoding}\r\nConnection: close\r\n\r\n"
    )
    .expect("sent");
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).expect("received");
    let end = bytes.windows(4).position(|w| w == b"\r\n\r\n").expect("headers");
    (text(&bytes[..end]).to_lowercase(), bytes[end + 4..].to_vec())
}

#[test]
fn serve_sends_files_with_the_headers_they_need() {
    let folder = folder("served");
    std::fs::write(folder.join("index.html"), "<!doctype html><script type=\"module\">go()</script>").expect("written");
    std::fs::write(folder.join("page-0123456789abcdef_bg.wasm"), b"\0asm\x01\0\0\0").expect("written");
    std::fs::write(folder.join("sw.js"), "1").expect("written");
    std::fs::write(folder.join("manifest.webmanifest"), "{}").expect("written");
    std::fs::create_dir(folder.join("office")).expect("a folder");
    std::fs::write(folder.join("office/index.html"), "office").expect("written");
    std::fs::write(folder.parent().expect("above").join("secret.txt"), "secret").expect("written");
    assert!(sipas(&["stage", folder.to_str().expect("a path")]).status.success());
    let mut server = Command::new(env!("CARGO_BIN_EXE_sipas"))
        .args(["serve", folder.to_str().expect("a path"), "--listen", "127.0.0.1:0"])
        .stderr(Stdio::piped())
        .spawn()
        .expect("the server starts");
    let mut line = String::new();
    BufReader::new(server.stderr.take().expect("messages")).read_line(&mut line).expect("a line");
    let port: u16 = line.trim().rsplit(':').next().and_then(|port| port.parse().ok()).expect("a port");

    let (page, body) = request(port, "/", "identity");
    let body = text(&body);
    assert!(page.starts_with("http/1.1 200") && page.contains("content-type: text/html"), "{page}");
    assert!(page.contains("cache-control: no-cache"));
    assert!(page.contains("content-security-policy: default-src 'none'; script-src 'self' 'wasm-unsafe-eval';"));
    assert!(!page.contains("unsafe-inline") && !body.contains("go()"), "no inline script: {body}");

    let (wasm, bytes) = request(port, "/page-0123456789abcdef_bg.wasm", "identity");
    assert!(wasm.contains("content-type: application/wasm"));
    assert!(wasm.contains("cache-control: public, max-age=31536000, immutable"));
    assert_eq!(bytes, b"\0asm\x01\0\0\0");
    assert!(request(port, "/page-0123456789abcdef_bg.wasm", "gzip").0.contains("content-encoding: gzip"));
    assert!(request(port, "/page-0123456789abcdef_bg.wasm", "gzip, br").0.contains("content-encoding: br"));

    let (worker, _) = request(port, "/sw.js", "identity");
    assert!(worker.contains("content-type: text/javascript") && worker.contains("cache-control: no-cache"), "{worker}");
    let (manifest, _) = request(port, "/manifest.webmanifest", "identity");
    assert!(manifest.contains("content-type: application/manifest+json"), "{manifest}");

    assert_eq!(request(port, "/office/", "identity").1, b"office");
    assert!(request(port, "/office", "identity").0.contains("location: /office/"));
    let (missing, _) = request(port, "/missing-0123456789abcdef.js", "identity");
    assert!(missing.starts_with("http/1.1 404") && missing.contains("cache-control: no-cache"));
    for path in ["/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt"] {
        assert!(!text(&request(port, path, "identity").1).contains("secret"), "{path}");
    }
    server.kill().expect("stopped");
    server.wait().expect("ended");
}

#[test]
fn seal_lists_every_file_and_gives_the_site_a_version() {
    let site = folder("sealed");
    let write = |file: &str, text: &str| {
        let path = site.join(file);
        std::fs::create_dir_all(path.parent().expect("above")).expect("a folder");
        std::fs::write(path, text).expect("written");
    };
    let read = |file: &str| std::fs::read_to_string(site.join(file)).expect(file);
    let seal = || {
        let output = sipas(&["seal", site.to_str().expect("a path")]);
        assert!(output.status.success(), "{}", text(&output.stderr));
        let worker = read("sw.js");
        let list = worker.lines().next().and_then(|line| line.strip_prefix("const KIT = ")?.strip_suffix(';'));
        let kit: serde_json::Value = serde_json::from_str(list.expect("the list comes first")).expect("JSON");
        (kit["version"].as_str().expect("a version").to_owned(), kit["files"].as_object().expect("a list").clone())
    };
    write("index.html", "<!doctype html><title>x</title>");
    write("office/index.html", "<!doctype html><title>y</title>");
    write("office/a-0123456789abcdef.js", "go()\n");
    write("surveys/index.json", "[]");
    write("surveys/units/01.json", "{}");
    write("index.html.br", "old");
    write("a.css.gz", "old");
    let (version, files) = seal();
    let (number, digits) = version.split_once('+').expect("a number and a fingerprint");
    assert_eq!(number, env!("CARGO_PKG_VERSION"));
    assert!(digits.len() == 8 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()), "{version}");
    let names: Vec<&String> = files.keys().collect();
    assert_eq!(names, ["index.html", "office/a-0123456789abcdef.js", "office/index.html"]);
    // What `printf 'go()\n' | sha256sum` says.
    assert_eq!(
        files["office/a-0123456789abcdef.js"],
        "bb1ced5413aee08d544bbd2da0630f6eda5f72434a5bd3b327d0bafcce6622b2"
    );
    assert_eq!(
        read("office/index.html"),
        format!("<!doctype html><meta name=\"version\" content=\"{version}\"><title>y</title>")
    );
    assert_ne!(std::fs::read(site.join("index.html.br")).expect("a copy"), b"old", "the copies are of the last bytes");
    assert!(site.join("sw.js.br").is_file() && site.join("sw.js.gz").is_file());
    let worker = std::fs::read_to_string("public/sw.js").expect("the worker");
    assert!(read("sw.js").ends_with(&worker), "the rest is the worker as it is written");

    assert_eq!(seal(), (version.clone(), files), "sealing twice changes nothing");
    write("surveys/index.json", "[1]");
    assert_eq!(seal().0, version, "surveys change without a new version");
    write("office/a-0123456789abcdef.js", "gone()\n");
    let (next, _) = seal();
    assert_ne!(next, version);
    assert!(read("index.html").contains(&next) && !read("index.html").contains(&version));
    write("ảnh.png", "");
    let output = sipas(&["seal", site.to_str().expect("a path")]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("name the file with letters"), "{}", text(&output.stderr));
    let output = sipas(&["seal", folder("nothing-to-seal").to_str().expect("a path")]);
    assert!(text(&output.stderr).contains("build the pages first"));
}

#[test]
fn serve_says_what_is_missing() {
    let folder = folder("unbuilt");
    let output = sipas(&["serve", folder.to_str().expect("a path")]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("build the pages first (tools/build)"));
}

/// The options of `score` together, as its documentation shows them.
#[test]
fn score_breaks_down_weighs_hides_and_lists() {
    let folder = folder("score-options");
    let path = |name: &str| folder.join(name).to_str().expect("a path").to_owned();
    let of = ["--n", "300", "--seed", "7", "--units", "02647,02650", "--fields", "dat-dai,ho-tich"];
    let sample = text(&sipas(&[&["sample", "counter-5"], of.as_slice()].concat()).stdout);
    std::fs::write(path("paper.csv"), sample.replace(",kiosk,", ",paper,").replace(",phone,", ",paper,"))
        .expect("written");
    let phones = text(&sipas(&["sample", "counter-5", "--n", "300", "--seed", "8"]).stdout);
    std::fs::write(path("phones.csv"), phones).expect("written");
    std::fs::write(path("dossiers.csv"), "unit,population\n2647,3000\n02650,500\n").expect("written");
    let score = |more: &[&str]| {
        let output = sipas(&[&["score", "--survey", "counter-5", "--format", "json"], more].concat());
        assert!(output.status.success(), "{}", text(&output.stderr));
        let records: Vec<serde_json::Value> = serde_json::from_slice(&output.stdout).expect("JSON");
        records
    };
    let records = score(&[
        "--by",
        "unit",
        "--population",
        &path("dossiers.csv"),
        "--marks",
        &path("marks.csv"),
        &path("paper.csv"),
    ]);
    for key in [
        "survey",
        "edition",
        "measure",
        "measure_kind",
        "group",
        "period",
        "formula",
        "numerator",
        "denominator",
        "respondents",
        "percent",
        "lower",
        "upper",
        "target",
        "threshold",
        "verdict",
        "evidence",
        "flags",
    ] {
        assert!(records[0].get(key).is_some(), "{key}");
    }
    let of = |records: &[serde_json::Value], unit: Option<&str>| {
        let is_it = |record: &&serde_json::Value| {
            record["measure"] == "overall"
                && record["formula"] == "top2-pooled"
                && record["group"].get("unit").and_then(|unit| unit.as_str()) == unit
        };
        records.iter().find(is_it).expect("a record").clone()
    };
    let percent = |unit| of(&records, unit)["percent"].as_f64().expect("a percentage");
    let weighed = (3000.0 * percent(Some("02647")) + 500.0 * percent(Some("02650"))) / 3500.0;
    assert!((percent(None) - weighed).abs() < 1e-9);
    assert_eq!(of(&records, Some("02647"))["sample_needed"], 353);
    assert!(of(&records, None)["flags"].as_array().expect("flags").contains(&"weighted".into()));
    let marks = std::fs::read_to_string(path("marks.csv")).expect("a list");
    assert_eq!(marks.lines().next(), Some("file,line,response_id,unit,marks"));
    assert_eq!(Some(marks.lines().count() as u64 - 1), of(&records, None)["marked"].as_u64());
    // A filter counts the same as a breakdown.
    let filtered = score(&["--where", "unit=02650", &path("paper.csv")]);
    assert_eq!(of(&filtered, None)["numerator"], of(&records, Some("02650"))["numerator"]);
    // A sample and people who chose to answer are two tables, unless asked for.
    let both = score(&[&path("paper.csv"), &path("phones.csv")]);
    let tables = both.iter().filter(|record| {
        record["measure"] == "overall" && record["formula"] == "top2-pooled" && record["fields"] == ""
    });
    assert_eq!(tables.count(), 2);
    let merged = score(&["--merge-channels", "--confidence", "99", &path("paper.csv"), &path("phones.csv")]);
    assert!(of(&merged, None)["flags"].as_array().expect("flags").contains(&"mixed-channels".into()));
    assert_eq!(
        (of(&merged, None)["respondents"].clone(), of(&merged, None)["confidence"].clone()),
        (600.into(), 99.into())
    );
    for (wrong, said) in [
        (["--by", "weather"], "there is no “weather” to group by"),
        (["--by", "unit,unit"], "unit is named twice"),
        (["--formula", "nine-indicators"], "not for this survey; there are: top2-pooled"),
        (["--confidence", "80"], "choose 90, 95 or 99"),
        (["--where", "unit"], "write KEY=VALUE"),
        (["--period", "week"], "choose month, quarter, half or year"),
    ] {
        let output =
            sipas(&[&["score", "--survey", "counter-5"], wrong.as_slice(), &[path("paper.csv").as_str()]].concat());
        assert_eq!(output.status.code(), Some(2), "{wrong:?}");
        assert!(text(&output.stderr).contains(said), "{wrong:?}: {}", text(&output.stderr));
    }
}

/// A file of another program: as it is recognised, as a person says, and refused.
#[test]
fn score_reads_files_of_other_programs() {
    let folder = folder("score-foreign");
    let path = |name: &str| folder.join(name).to_str().expect("a path").to_owned();
    let score = |more: &[&str]| {
        let output = sipas(&[&["score", "--survey", "counter-5", "--format", "json"], more].concat());
        let records: Vec<serde_json::Value> = serde_json::from_slice(&output.stdout).unwrap_or_default();
        let of = |key: &str| records.first().and_then(|record| record[key].as_u64());
        (output.status.code(), of("numerator"), of("denominator"), text(&output.stderr))
    };
    let cases = "tests/imports/counter-5";
    let (code, satisfied, answers, said) = score(&[&format!("{cases}/google-forms.csv")]);
    assert_eq!((code, satisfied, answers), (Some(0), Some(1), Some(4)), "{said}");
    assert!(said.contains("google-forms.csv: Google Forms, UTF-8, “,”, header on line 1"), "{said}");
    assert!(said.contains("google-forms.csv: 4 rows read, 4 used, 0 duplicate, 0 set aside"), "{said}");
    // The same again, and in another encoding: duplicates.
    let files = ["utf-8-bom.csv", "windows-1258.csv", "utf-16be.csv"].map(|name| format!("{cases}/{name}"));
    let (code, _, answers, said) = score(&files.each_ref().map(String::as_str));
    assert_eq!((code, answers, said.matches("3 duplicate").count()), (Some(0), Some(3), 2), "{said}");
    // Problems name the line and the column of the file.
    let (code, _, _, said) = score(&[&format!("{cases}/labels-in-many-ways.csv"), "--marks", &path("marks.csv")]);
    assert_eq!(code, Some(1));
    let place = "labels-in-many-ways.csv:8:rating “Câu 1. Ông/bà đánh giá như thế nào về sự phục vụ hôm nay”";
    assert!(said.contains(&format!("{place}: “Tốt” is no answer to this question")), "{said}");
    // A column that is not clear is not read before somebody has said what it is.
    let file = format!("{cases}/values-agreed.csv");
    let (code, _, answers, said) = score(&["--write-mapping", &path("mapping.json"), &file]);
    assert_eq!((code, answers), (Some(1), Some(0)), "{said}");
    let mapping = std::fs::read_to_string(path("mapping.json")).expect("a mapping");
    let confirmed = mapping.replace(
        "\"confidence\": 0.4,",
        "\"confidence\": 1, \"values\": {\"Tốt\": \"5\", \"Kém\": \"1\", \"Khá\": \"4\"},",
    );
    assert_ne!(mapping, confirmed);
    std::fs::write(path("mapping.json"), confirmed).expect("written");
    let (code, satisfied, answers, said) =
        score(&["--mapping", &path("mapping.json"), &file, "--given", "channel=paper"]);
    assert_eq!((code, satisfied, answers), (Some(0), Some(2), Some(3)), "{said}");
    for (wrong, said) in [
        (
            vec!["--mapping", &path("mapping.json"), &format!("{cases}/google-forms.csv")],
            "none of the files has these columns",
        ),
        (vec!["--given", "colour=red", &file], "--given colour=red: write KEY=VALUE"),
    ] {
        let (code, _, _, told) = score(&wrong);
        assert_eq!(code, Some(2), "{wrong:?}");
        assert!(told.contains(said), "{told}");
    }
    let (code, _, _, said) = score(&[&format!("{cases}/unknown-encoding.csv"), &format!("{cases}/google-forms.csv")]);
    assert_eq!(code, Some(1));
    assert!(said.contains("unknown-encoding.csv: the encoding cannot be told") && said.contains("4 used"), "{said}");
}
