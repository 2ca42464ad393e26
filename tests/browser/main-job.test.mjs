// The main job on the built kit: answer by touch, keep, import, score, export,
// import elsewhere; every figure on the screen equals the program's.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readFileSync } from "node:fs";
import path from "node:path";
import { fixture } from "./fixture.mjs";
import { OFFICE, PHONE, answerAll, heading, open, touch, watch } from "./kit.mjs";
import { rows, sample, score, scratch } from "./program.mjs";

let kit, browser;
fixture((...both) => ([kit, browser] = both));

/** The table on the screen, by measure. */
async function shown(page) {
  await page.locator("table.results").waitFor();
  const list = await page.locator("table.results tbody tr").evaluateAll((trs) =>
    trs.map((tr) => [tr.dataset.measure, [...tr.querySelectorAll("td")].map((td) => (td.querySelector("[data-value]") ?? td).textContent.trim())]));
  return new Map(list);
}

/** A figure as the Vietnamese page writes it. */
const count = (n) => String(n).replace(/\B(?=(\d{3})+$)/g, ".");
const percent = (record) => (record.percent === null ? "—" : `${record.percent_shown.replace(".", ",")}%`);
const verdict = { met: "Đạt", not_met: "Chưa đạt", null: "Chưa có dữ liệu" };

/** A mean with two decimals, halves up, from the integers. */
const mean = (record) => (record.denominator === 0 ? "—" : (Math.floor((record.numerator * 200 + record.denominator) / (2 * record.denominator)) / 100).toFixed(2).replace(".", ","));

/** Every figure on the screen beside the program's: the table by each formula, then the single questions. */
async function compare(page, records) {
  const table = await shown(page);
  const official = records[0].formula;
  const measures = records.filter((record) => record.fields === "" && record.formula === official && record.measure_kind !== "figure");
  assert.equal(table.size, measures.length);
  const formulas = [...new Set(records.filter((record) => record.measure_kind !== "figure").map((record) => record.formula))].slice(1);
  for (const record of measures) {
    const others = formulas.map((formula) => {
      const other = records.find((one) => one.formula === formula && one.measure === record.measure && one.measure_kind === record.measure_kind);
      return formula === "mean-score" ? mean(other) : percent(other);
    });
    assert.deepEqual(table.get(record.measure), [
      count(record.respondents), count(record.denominator), count(record.numerator),
      percent(record), ...others, `≥ ${record.threshold}%`, verdict[record.verdict],
    ], record.measure);
    const row = page.locator(`table.results tr[data-measure="${record.measure}"]`);
    const ends = [record.lower, record.upper].map((end) => `${end.toFixed(2).replace(".", ",")}%`).join(" – ");
    assert.equal(await row.locator(".ratecell + .ends").textContent(), ends, record.measure);
  }
  const figures = records.filter((record) => record.measure_kind === "figure");
  for (const id of new Set(figures.map((record) => record.measure))) {
    const of = figures.filter((record) => record.measure === id);
    const card = page.locator(`[data-figure="${id}"]`);
    const texts = of[0].formula === "distribution" ? await card.locator("tbody tr td:last-child").allTextContents() : await card.locator(".pct").allTextContents();
    assert.deepEqual(texts.map((text) => text.trim()), of.map((record) => (record.formula === "mean" ? mean(record) : percent(record))), id);
  }
}

async function download(page, name) {
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name, exact: true }).click()]);
  const target = path.join(scratch, `${Date.now()}-${file.suggestedFilename()}`);
  await file.saveAs(target);
  return target;
}

test("486 imported responses and one given by touch make the same figures everywhere", async () => {
  const imported = sample("sipas-2022", "three-units.csv", "--n", "486", "--seed", "7", "--units", "02647,02671,03006");

  // A citizen on a phone of 360×740.
  const phone = await open(browser, kit.url, PHONE);
  await phone.goto(`${kit.url}/#/s/sipas-2022?unit=02647&channel=phone`);
  await heading(phone).waitFor();
  assert.match(await phone.locator(".unit").textContent(), /Phường Lào Cai, Tỉnh Lào Cai/);
  await touch(phone, phone.getByRole("button", { name: "Bắt đầu" }));
  const chosen = {};
  await answerAll(phone, (name, options) => {
    chosen[name] = /^q\d/.test(name) ? (Number(name.slice(1)) % 5) : 0;
    return Math.min(chosen[name], options - 1);
  });
  await touch(phone, phone.getByRole("button", { name: "Gửi phiếu" }));
  await phone.getByRole("heading", { name: "Cảm ơn Ông/Bà!" }).waitFor();
  assert.match(await phone.locator(".code").textContent(), /^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
  assert.equal(Object.keys(chosen).filter((name) => /^q\d/.test(name)).length, 33);

  // The office page in the same browser sees it, and imports the rest.
  const office = watch(await phone.context().newPage(), kit.url);
  await office.setViewportSize(OFFICE.viewport);
  await office.goto(`${kit.url}/office/`);
  await office.locator("#summary", { hasText: "1 phiếu" }).waitFor();
  await office.setInputFiles("input[type=file]", imported);
  await office.locator("#summary", { hasText: "487 phiếu" }).waitFor();
  const tally = await office.locator(".sources li").nth(1).locator("dd").allTextContents();
  assert.deepEqual(tally, ["486", "486", "0", "0", "0"]);
  assert.match(await office.locator(".board .note").textContent(), /486 phiếu là dữ liệu mẫu/);

  // Exported, and scored by the program.
  const responses = await download(office, "Phiếu trả lời (CSV cho phần mềm)");
  const records = score("sipas-2022", responses);
  assert.equal(rows(responses).length, 487);
  await compare(office, records);
  assert.deepEqual(score("sipas-2022", responses, imported), records, "what is in both files counts once");

  // Counted by a few lines that share nothing with the kit.
  const own = rows(responses).find((row) => row.origin === "answered");
  for (let i = 1; i <= 33; i++) assert.equal(own[`q${i}`], String((i % 5) + 1), `q${i}`);
  assert.deepEqual([own.unit, own.channel, own.language, own.status], ["02647", "phone", "vi", "complete"]);
  assert.match(own.finished_at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+07:00$/);
  const answers = rows(responses).flatMap((row) => Array.from({ length: 33 }, (_, i) => row[`q${i + 1}`])).filter((a) => /^[1-5]$/.test(a));
  const overall = records.find((record) => record.measure === "overall");
  assert.deepEqual([overall.numerator, overall.denominator], [answers.filter((a) => a >= "4").length, answers.length]);

  // Imported in a fresh profile.
  const fresh = await open(browser, kit.url, OFFICE);
  await fresh.goto(`${kit.url}/office/`);
  await fresh.locator(".board .empty").waitFor();
  await fresh.setInputFiles("input[type=file]", responses);
  await fresh.locator("#summary", { hasText: "487 phiếu" }).waitFor();
  await compare(fresh, records);

  // The same files again change nothing.
  await fresh.setInputFiles("input[type=file]", [responses, imported]);
  await fresh.locator(".sources li").nth(3).waitFor();
  assert.deepEqual(await fresh.locator(".sources li").nth(3).locator("dd").allTextContents(), ["486", "0", "486", "0", "0"]);
  await compare(fresh, records);

  // Results for Excel: a byte order mark, and the figures of the screen.
  const results = await download(fresh, "Bảng kết quả (Excel)");
  assert.deepEqual([...readFileSync(results).subarray(0, 3)], [0xef, 0xbb, 0xbf]);
  const exported = rows(results);
  assert.deepEqual(exported.map((row) => row.percent), records.map((record) => record.percent_shown ?? ""));
  assert.notEqual(readFileSync(responses)[0], 0xef, "none for programs");

  for (const page of [phone, office, fresh]) assert.deepEqual(page.faults, []);
  await phone.context().close();
  await fresh.context().close();
});

test("land, construction and investment stand against 85 %, the rest against 90 %", async () => {
  const file = sample("counter-5", "counter.csv", "--n", "200", "--fields", "dat-dai,ho-tich");
  const page = await open(browser, kit.url, OFFICE);
  await page.goto(`${kit.url}/office/`);
  await page.setInputFiles("input[type=file]", file);
  await page.locator(".goal").nth(1).waitFor();
  const records = score("counter-5", file);
  const land = records.find((record) => record.fields !== "");
  const card = page.locator("[data-target=procedures-land-construction-investment]");
  assert.equal(await card.locator(".pct").textContent(), percent(land));
  assert.match(await card.textContent(), /Chỉ tiêu ≥ 85%/);
  assert.match(await card.textContent(), new RegExp(`${land.respondents} người trả lời`));
  assert.match(await page.locator("[data-target=procedures]").textContent(), /Chỉ tiêu ≥ 90%/);
  await compare(page, records);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});
