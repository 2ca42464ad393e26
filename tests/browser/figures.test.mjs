// The office page's answers to: may we trust the figure, and where is it bad.
// Each is compared with what the program says of the same files.
import assert from "node:assert/strict";
import { test } from "node:test";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fixture } from "./fixture.mjs";
import { OFFICE, open, root, sound, until } from "./kit.mjs";
import { file, rows, sample } from "./program.mjs";

let kit, browser;
fixture((...both) => ([kit, browser] = both));

const TWO_UNITS = ["--n", "400", "--units", "02647,02671", "--fields", "dat-dai,ho-tich"];

/** The office page with these files. */
async function office(...files) {
  const page = await open(browser, kit.url, { ...OFFICE, reducedMotion: "reduce" });
  await page.goto(`${kit.url}/office/`);
  await page.locator(".board .empty").waitFor();
  await page.setInputFiles("input[type=file]", files);
  await page.locator("table.results").waitFor();
  return page;
}

/** What the program says of files under other options than the usual. */
function score(survey, files, ...options) {
  const run = [process.env.SIPAS ?? "sipas", ["score", "--survey", survey, "--format", "json", ...options, ...files]];
  return JSON.parse(execFileSync(...run, { cwd: root, encoding: "utf8", maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "ignore"] }));
}

/** Numbers as the Vietnamese page writes them. */
const number = (value, decimals = 2) => Math.abs(value).toFixed(decimals).replace(".", ",");
const signed = (value) => `${value > 0 ? "+" : value < 0 ? "−" : ""}${number(value)}`;
const ends = (record) => `${number(record.lower)}% – ${number(record.upper)}%`;
const percent = (record) => `${record.percent_shown.replace(".", ",")}%`;
const plain = (text) => text.replace(/\s+/g, " ").trim();
const text = async (locator) => plain(await locator.innerText());
const main = (records) => records.find((record) => record.measure === "overall" && record.fields === "");

/** The table of groups, cell by cell. */
const groups = (page) =>
  page.locator("table.groups tbody tr").evaluateAll((trs) =>
    trs.map((tr) => [...tr.cells].map((cell) => cell.innerText.replace(/\s+/g, " ").trim())));

async function exported(page) {
  const button = page.getByRole("button", { name: "Bảng so sánh (Excel)" });
  const [download] = await Promise.all([page.waitForEvent("download"), button.click()]);
  return rows(await download.path());
}

/** A copy of a file with the cells of a column replaced, row by row. */
function with_column(source, name, column, cell) {
  const [header, ...lines] = readFileSync(source, "utf8").trim().split("\r\n");
  const at = header.split(",").indexOf(column);
  const changed = lines.map((line, row) => line.split(",").map((old, i) => (i === at ? cell(row, old) : old)).join(","));
  return file(name, [header, ...changed].join("\r\n") + "\r\n");
}

test("a card says how sure its figure is, and confidence and dossiers change that", async () => {
  const source = sample("counter-5", "sure.csv", ...TWO_UNITS);
  const page = await office(source);
  const card = page.locator("[data-target=procedures]");
  const records = score("counter-5", [source]);
  assert.equal(await text(card.locator(".interval")), `Khoảng tin cậy 95%: ${ends(main(records))}`);
  assert.equal(await text(card.locator(".evidence")), "Đủ căn cứ để kết luận là chưa đạt");
  assert.equal(await card.locator(".bar .whisker").count(), 1);
  assert.equal(await card.locator(".yamane").count(), 0);
  assert.equal(await text(page.locator("#channels")), "Phiếu tự nguyện: không đại diện cho mọi người dân.");
  // Land: the interval holds the target.
  const land = records.find((record) => record.fields !== "");
  assert.equal(land.evidence, "not_enough");
  const more = String(land.further).replace(/\B(?=(\d{3})+$)/g, ".");
  const other = page.locator("[data-target=procedures-land-construction-investment]");
  assert.equal(await text(other.locator(".evidence")), `Chưa đủ căn cứ để kết luận: cần khoảng ${more} người trả lời nữa`);
  assert.deepEqual(await page.locator("table.results tbody tr td:last-child .ends").allInnerTexts(), Array(4).fill("đủ căn cứ"));

  await page.selectOption("#confidence", "99");
  await card.locator(".interval", { hasText: "99%" }).waitFor();
  const surer = main(score("counter-5", [source], "--confidence", "99"));
  assert.ok(surer.lower < main(records).lower);
  assert.equal(await text(card.locator(".interval")), `Khoảng tin cậy 99%: ${ends(surer)}`);
  assert.equal(await text(page.locator("table.results [data-measure=overall] .ends").first()), ends(surer));
  await page.selectOption("#confidence", "95");

  await page.fill("#dossiers", "1.000");
  await page.press("#dossiers", "Enter");
  assert.equal(await text(card.locator(".yamane")), "Cỡ mẫu tối thiểu 286 (Yamane, 1.000 hồ sơ): đã đủ");
  assert.equal(await other.locator(".yamane").count(), 0, "1.000 are not the dossiers of land alone");
  const population = file("population.csv", "population\n1000\n");
  assert.equal(await text(card.locator(".interval")), `Khoảng tin cậy 95%: ${ends(main(score("counter-5", [source], "--population", population)))}`);
  await page.fill("#dossiers", "100000");
  await page.press("#dossiers", "Enter");
  await card.locator(".yamane", { hasText: "399" }).waitFor();
  await page.fill("#dossiers", "300");
  await page.press("#dossiers", "Enter");
  await page.locator("#dossiers-hint", { hasText: "Ít hơn số phiếu" }).waitFor();
  await page.fill("#dossiers", "nhiều");
  await page.press("#dossiers", "Enter");
  await page.locator("#dossiers-hint", { hasText: "Chỉ ghi chữ số" }).waitFor();
  // Figures come from the worker, a moment after what was chosen.
  await card.locator(".yamane").waitFor({ state: "detached" });
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("a sample that is too small says how many are missing", async () => {
  const page = await office(sample("counter-5", "small.csv", "--n", "120"));
  await page.fill("#dossiers", "1000");
  await page.press("#dossiers", "Enter");
  assert.equal(await text(page.locator("[data-target=procedures] .yamane")), "Cỡ mẫu tối thiểu 286 (Yamane, 1.000 hồ sơ): còn thiếu 166");
  await page.context().close();
});

test("another formula stands in a column of its own that says it is not the official one", async () => {
  const source = sample("sipas-2022", "formula.csv", "--n", "60");
  const page = await office(source);
  const values = (select) => page.locator(`${select} option`).evaluateAll((options) => options.map((option) => option.value));
  const offered = await values("#formula");
  assert.ok(!offered.includes("top2-pooled") && !offered.includes("nine-indicators"), offered.join());
  await page.selectOption("#formula", "mean-of-factors");
  const heading = page.locator("th[data-formula=mean-of-factors]");
  assert.equal(await text(heading), "Bình quân tỷ lệ các yếu tố không phải công thức chính thức");
  const of = score("sipas-2022", [source], "--formula", "mean-of-factors");
  const at = await heading.evaluate((th) => th.cellIndex);
  for (const record of of.filter((record) => record.measure_kind !== "figure")) {
    const cell = page.locator(`table.results tr[data-measure="${record.measure}"] > :nth-child(${at + 1})`);
    assert.equal(await text(cell), percent(record), record.measure);
  }
  await page.locator(".board li code", { hasText: "mean-of-factors" }).waitFor();
  // A form of three levels offers nothing that is only right on five, and keeps no choice made for another.
  await page.setInputFiles("input[type=file]", sample("counter-3", "three.csv", "--n", "20"));
  await page.locator("#summary", { hasText: "20 phiếu" }).waitFor();
  for (const id of ["mean-over-5", "mean-minus-1-over-4", "respondent-top2"]) assert.ok(!(await values("#formula")).includes(id), id);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("the table for checking has respondents, what is missing and why, and the precision", async () => {
  const source = sample("sipas-2022", "check.csv", "--n", "80");
  const page = await office(source);
  await page.locator("#check summary").click();
  for (const record of score("sipas-2022", [source]).filter((one) => one.formula === "top2-pooled" && one.measure_kind !== "figure" && one.fields === "")) {
    const cells = await page.locator(`.checks tr[data-measure="${record.measure}"] td`).allTextContents();
    const counts = [record.respondents, record.denominator, record.not_applicable, record.no_opinion, record.no_answer, record.not_asked];
    const whole = (count) => String(count).replace(/\B(?=(\d{3})+$)/g, ".");
    const optional = (value, decimals) => (value === null ? "–" : number(value, decimals));
    assert.deepEqual(cells.map(plain), [...counts.map(whole), optional(record.standard_error), optional(record.design_effect),
      record.effective === null ? "–" : whole(Math.round(record.effective)), ends(record)], record.measure);
  }
  await page.context().close();
});

test("units beside each other have names, ranks with their range, and a file", async () => {
  const source = sample("counter-5", "units.csv", "--n", "400", "--units", "02647,02671,99999", "--fields", "dat-dai,ho-tich");
  const page = await office(source);
  await page.locator("#breakdown", { hasText: "Chọn cách chia nhóm hoặc kỳ" }).waitFor();
  assert.ok(await page.getByRole("button", { name: "Bảng so sánh (Excel)" }).isDisabled());
  await page.selectOption("#by", "unit");
  await page.locator("table.groups").waitFor();
  const names = { "02647": "Phường Lào Cai Tỉnh Lào Cai · 02647", "02671": "Phường Cam Đường Tỉnh Lào Cai · 02671", 99999: "99999" };
  const of = score("counter-5", [source], "--by", "unit").filter((record) => record.measure === "overall" && record.group.unit && record.formula === "top2-pooled");
  const shown = await groups(page);
  assert.equal(shown.length, 3);
  for (const record of of) {
    const line = shown[of.filter((other) => other.rank < record.rank).length];
    assert.equal(line[1], String(record.respondents));
    assert.equal(line[2], `${percent(record)} ${ends(record)}`);
    assert.equal(line[3], `${record.rank} (${record.rank_best}–${record.rank_worst})`);
    assert.equal(line[4], `${record.verdict === "met" ? "Đạt" : "Chưa đạt"} ${record.evidence === "not_enough" ? "chưa đủ căn cứ" : "đủ căn cứ"}`);
    assert.equal(line[0].split(" ·")[0].split(" Tỉnh")[0], names[record.group.unit].split(" Tỉnh")[0]);
  }
  assert.match(shown.map((line) => line[0]).join(), /Phường Lào Cai Tỉnh Lào Cai · 02647/);

  // Two keys: fields have the words of the questionnaire that asks for them, and land its own target.
  await page.selectOption("#then-by", "field");
  await page.locator("table.groups caption", { hasText: "Đơn vị × Lĩnh vực" }).waitFor();
  const both = await groups(page);
  assert.equal(both.length, 6);
  assert.ok(both.some((line) => /^Phường Lào Cai/.test(line[0]) && line[1] === "Đất đai"), JSON.stringify(both[0]));
  // The other half of a pair cannot be chosen twice.
  assert.ok(await page.locator("#then-by option[value=unit]").isDisabled());

  // One measure of it as a file, with the lines that it adds up to.
  const records = await exported(page);
  assert.deepEqual([...new Set(records.map((row) => row.measure))], ["overall"]);
  assert.equal(records.filter((row) => row.by_unit && row.by_field).length, 6);
  await page.selectOption("#measure", "rating");
  await page.locator("table.groups caption", { hasText: "Ông/Bà đánh giá" }).waitFor();

  // An answer as the key, with what was not answered in words.
  await page.selectOption("#then-by", "");
  await page.selectOption("#by", "contacts");
  await page.locator("table.groups th", { hasText: "Không phải liên hệ" }).waitFor();
  const answers = (await groups(page)).map((line) => line[0]);
  assert.ok(answers.includes("1 lần") && answers.every((name) => !/no_answer|over3/.test(name)), answers.join());

  // Another survey has no such question: the choice is gone, and so is the number of dossiers.
  await page.fill("#dossiers", "1000");
  await page.press("#dossiers", "Enter");
  await page.locator(".yamane").waitFor();
  await page.setInputFiles("input[type=file]", sample("sipas-2022", "another.csv", "--n", "5"));
  await page.locator("#breakdown", { hasText: "Chọn cách chia nhóm hoặc kỳ" }).waitFor();
  assert.equal(await page.locator("#by").inputValue(), "");
  assert.equal(await page.locator("#dossiers").inputValue(), "");
  assert.equal(await page.locator(".yamane").count(), 0);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("of many groups the first are shown, and the file has all", async () => {
  const source = with_column(sample("counter-5", "many-source.csv", "--n", "500"), "many.csv", "counter", (row) => String(row % 250));
  const page = await office(source);
  await page.selectOption("#by", "counter");
  await page.locator("#breakdown", { hasText: "… và 50 dòng khác. Tệp xuất ra có đủ." }).waitFor();
  // A table of many lines is drawn in parts.
  await until(page, () => document.querySelectorAll("table.groups tbody tr").length === 200);
  const records = (await exported(page)).filter((row) => row.by_counter && row.formula === "top2-pooled");
  assert.equal(new Set(records.map((row) => row.by_counter)).size, 250);
  // The choice keeps the focus and what is folded out stays so while the figures change.
  await page.locator("#check summary").click();
  await page.locator("#confidence").focus();
  await page.selectOption("#confidence", "90");
  await page.locator(".goal .interval", { hasText: "90%" }).first().waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.id), "confidence");
  assert.notEqual(await page.locator("#check").getAttribute("open"), null);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("periods stand with their change, and words where it may be none", async () => {
  const before = sample("counter-5", "before.csv", "--n", "150", "--seed", "3", "--from", "2026-09-01");
  const after = sample("counter-5", "after.csv", "--n", "150", "--seed", "4", "--from", "2026-10-01");
  const page = await office(before, after);
  await page.selectOption("#period", "month");
  await page.locator("table.groups").waitFor();
  const of = score("counter-5", [before, after], "--period", "month").filter((record) => record.measure === "overall" && record.period && record.formula === "top2-pooled");
  const now = of.find((record) => record.period === "2026-10");
  const [latest, first] = await groups(page);
  assert.deepEqual([latest[0], first[0]], ["Tháng 10/2026", "Tháng 9/2026"]);
  const what = now.change_lower > 0 ? "tăng" : now.change_upper < 0 ? "giảm" : "chưa rõ thay đổi";
  assert.equal(latest[4], `${signed(now.change)} điểm % từ ${signed(now.change_lower)} đến ${signed(now.change_upper)} ${what}`);
  assert.equal(first[4], "–");
  await page.selectOption("#by", "language");
  await page.locator("table.groups caption", { hasText: "Ngôn ngữ × Kỳ" }).waitFor();
  assert.match((await groups(page))[0].join(), /^Tiếng/);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("for publication, groups of fewer than five are hidden on the screen and in the file", async () => {
  const source = with_column(sample("counter-5", "cells.csv", "--n", "100"), "cells-few.csv", "counter", (row) => (row < 3 ? "1" : row < 20 ? "2" : "3"));
  const page = await office(source);
  await page.selectOption("#by", "counter");
  await page.locator("table.groups").waitFor();
  const open = await groups(page);
  assert.match(open.find((line) => line[0] === "1").at(-1), /dưới 30 phiếu: tham khảo/);
  await page.check("#public");
  await page.locator(".hushed").first().waitFor();
  const closed = await groups(page);
  const hidden = closed.filter((line) => line.includes("ẩn")).map((line) => line[0]);
  assert.deepEqual(hidden.sort(), ["1", "2"], "and one more, or the total would tell");
  for (const line of closed.filter((line) => hidden.includes(line[0]))) assert.deepEqual(line.slice(1, 3), ["ẩn", "ẩn"]);
  const records = await exported(page);
  for (const counter of ["1", "2"]) {
    const row = records.find((row) => row.by_counter === counter && row.formula === "top2-pooled");
    assert.deepEqual([row.flags, row.percent, row.numerator, row.respondents, row.lower, row.rank], ["generated self-selected suppressed", "", "", "", "", ""]);
  }
  assert.notEqual(records.find((row) => row.by_counter === "3").percent, "");
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("marks are listed with what they mean, and nothing is left out", async () => {
  const source = sample("counter-5", "marks.csv", ...TWO_UNITS);
  const page = await office(source);
  const records = score("counter-5", [source]);
  assert.ok(main(records).marked > 0, "some were finished at a counter outside its hours");
  const panel = page.locator("#marks");
  assert.equal(await text(panel.locator("summary h2")), `Dấu hiệu bất thường: ${main(records).marked} phiếu`);
  assert.equal(await panel.getAttribute("open") !== null, true);
  assert.match(await text(panel.locator("[data-mark=outside-hours]")), /^Ngoài giờ làm việc \d+ Từ thiết bị tại quầy, trước 6:30/);
  assert.equal(await text(page.locator("#without-marked")), `${number(main(records).without_marked)}%`);
  assert.match(await text(panel), /Không phiếu nào bị loại/);
  const [listed] = await Promise.all([page.waitForEvent("download"), page.click("#export-marks")]);
  const list = rows(await listed.path());
  assert.equal(list.length, main(records).marked);
  assert.ok(list.every((row) => row.response_id && row.unit && row.marks === "outside-hours"));
  await page.setInputFiles("input[type=file]", with_column(sample("sipas-2022", "fine.csv", "--n", "5"), "paper.csv", "channel", () => "paper"));
  await panel.locator("h2", { hasText: "Không thấy dấu hiệu bất thường" }).waitFor();
  assert.equal(await panel.getAttribute("open"), null);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("a sample and people who chose to answer are kept apart until both are asked for", async () => {
  const source = with_column(sample("counter-5", "channels.csv", ...TWO_UNITS), "mixed.csv", "channel", (row) => (row % 3 ? "paper" : "phone"));
  const page = await office(source);
  const [ofSample, ofOwn] = score("counter-5", [source]).filter((one) => one.measure === "overall" && one.fields === "" && one.formula === "top2-pooled");
  const card = page.locator("[data-target=procedures]");
  const pct = async () => text(card.locator(".pct"));
  assert.equal(await pct(), percent(ofSample));
  assert.match(await text(page.locator("#summary")), new RegExp(`^${ofSample.respondents} phiếu`));
  const note = page.locator("#channels");
  assert.match(await text(note), new RegExp(`Có ${ofSample.respondents} phiếu của mẫu khảo sát và ${ofOwn.respondents} phiếu tự nguyện. Các số liệu dưới đây là của mẫu khảo sát.`));
  assert.ok(await page.getByLabel("Mẫu khảo sát", { exact: true }).isChecked());
  await page.getByLabel("Tự nguyện trả lời").check();
  await note.getByText("không đại diện cho mọi người dân").waitFor();
  await card.locator(".pct", { hasText: percent(ofOwn) }).waitFor();
  await page.getByLabel("Gộp cả hai").check();
  await note.getByText("đang gộp chung").waitFor();
  await card.locator(".pct", { hasText: percent(main(score("counter-5", [source], "--merge-channels"))) }).waitFor();
  assert.ok(await page.getByLabel("Gộp cả hai").evaluate((input) => input === document.activeElement), "the choice keeps the focus");
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

for (const language of ["vi", "en"]) {
  test(`everything open, ${language}`, async () => {
    const source = with_column(sample("counter-5", `open-${language}.csv`, ...TWO_UNITS), `opened-${language}.csv`, "channel", (row) => (row % 3 ? "paper" : "kiosk"));
    const page = await office(source);
    if (language === "en") await page.locator(".lang").click();
    await page.selectOption("#formula", "mean-over-5");
    await page.selectOption("#by", "unit");
    await page.selectOption("#then-by", "field");
    await page.selectOption("#period", "month");
    await page.fill("#dossiers", "1000");
    await page.press("#dossiers", "Enter");
    await page.locator("#channels input").nth(2).check();
    await page.locator("#check summary").click();
    await page.check("#public");
    await page.locator("table.groups").waitFor();
    for (const [width, height] of [[1440, 900], [1280, 800], [720, 450], [360, 740]]) {
      await page.setViewportSize({ width, height });
      await sound(page, `${width} px`, 24);
    }
    assert.deepEqual(page.faults, []);
    await page.context().close();
  });
}
