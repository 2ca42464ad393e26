// The office page beyond the verdicts: filters, where a figure comes from, what pulls it down, its course, what people
// wrote, and results beside each other.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readFileSync } from "node:fs";
import { fixture } from "./fixture.mjs";
import { OFFICE, open, sound } from "./kit.mjs";
import { file, sample } from "./program.mjs";

let kit, browser;
fixture((...both) => ([kit, browser] = both));

const WORDS = ["Chờ lâu quá", "Cán bộ nhiệt tình", "<img src=x onerror=alert(1)>", "Phải CHỜ LÂU lắm\nmới xong"];

/** What was written in the files: to the question for words, and beside the option for another reason. */
let texts;

/** Two months of two offices; every tenth person wrote something, by turns. */
function files() {
  texts = [];
  return ["2026-09-01", "2026-10-01"].map((from, at) => {
    const given = ["--n", "200", "--seed", `${at + 1}`, "--units", "02647,02671", "--fields", "dat-dai,ho-tich", "--from", from];
    const [header, ...rows] = readFileSync(sample("procedures", `course-${at}.csv`, ...given), "utf8").trimEnd().split("\r\n");
    const [place, reason] = ["comment", "reasons_other"].map((name) => header.split(",").indexOf(name));
    const written = rows.map((row, n) => {
      // Cells of a generated file hold no commas.
      const cells = row.split(",");
      cells[place] = n % 10 === 0 ? `"${WORDS[(n / 10) % 4]}"` : "";
      texts.push(...[cells[reason], cells[place]].filter((text) => text));
      return cells.join(",");
    });
    return file(`${from}.csv`, [header, ...written, ""].join("\r\n"));
  });
}

async function office(options = OFFICE, language = "vi") {
  const page = await open(browser, kit.url, options);
  await page.addInitScript((language) => localStorage.setItem("sipas.language", JSON.stringify(language)), language);
  await page.goto(`${kit.url}/office/`);
  await page.locator(".board .empty").waitFor();
  await page.setInputFiles("input[type=file]", files());
  await page.locator("#summary", { hasText: "400" }).waitFor();
  return page;
}

const number = (text) => Number(text.replaceAll(".", "").replace(",", ".").replace("%", "").replace("−", "-").replace("+", ""));

test("a group is looked at by itself, and everything again", async () => {
  const page = await office();
  const whole = await page.locator(".goal .pct").first().textContent();
  await page.selectOption("#by", "unit");
  const line = page.locator("table.groups tbody tr").first();
  const [name, people, figure] = [line.locator(".only"), line.locator("td").first(), line.locator("[data-value]").first()];
  await name.waitFor();
  const [unit, count, share] = [await name.textContent(), await people.textContent(), await figure.textContent()];
  await name.click();
  await page.locator("#summary", { hasText: "200 phiếu" }).waitFor();
  assert.equal(await page.locator(".chip").count(), 1);
  assert.match(await page.locator(".chip").textContent(), new RegExp(unit));
  assert.equal(number(count), 200);
  assert.equal(await page.locator("table.results tbody tr").first().locator("[data-value]").first().textContent(), share);
  // A second filter leaves what both leave.
  await page.selectOption("#filter-by", "month");
  await page.selectOption("#filter-value", "=2026-10");
  await page.locator("#summary", { hasText: "100 phiếu" }).waitFor();
  assert.equal(await page.locator(".chip").count(), 2);
  assert.equal(await page.evaluate(() => document.activeElement.id), "filter-by");
  await page.locator('.chip[data-filter="unit"]').click();
  await page.locator("#summary", { hasText: "200 phiếu" }).waitFor();
  await page.locator(".filter .link").click();
  await page.locator("#summary", { hasText: "400 phiếu" }).waitFor();
  assert.equal(await page.locator(".goal .pct").first().textContent(), whole);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("a filter that nothing matches any more says so, and goes", async () => {
  const page = await office();
  await page.selectOption("#filter-by", "month");
  await page.selectOption("#filter-value", "=2026-10");
  await page.locator("#summary", { hasText: "200 phiếu" }).waitFor();
  await page.getByRole("button", { name: "Bỏ tệp 2026-10-01.csv" }).click();
  await page.locator(".empty", { hasText: "Không có phiếu nào khớp với bộ lọc." }).waitFor();
  await sound(page, "filtered out", 24);
  await page.locator(".chip").click();
  await page.locator("#summary", { hasText: "200 phiếu" }).waitFor();
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("every figure tells where it comes from", async () => {
  const page = await office();
  const figures = await page.locator("main [data-value]:not(.v)").evaluateAll((all) => all.map((of) => [of.tagName, of.textContent]));
  assert.ok(figures.length > 30);
  const board = await page.locator(".goal .why, table.results .why").count();
  assert.ok(board > 30, `${board}`);
  const row = page.locator("table.results tbody tr").nth(3);
  const cells = await row.locator("td").allTextContents();
  await row.locator(".why").first().click();
  const dialog = page.locator("dialog[open]");
  const facts = Object.fromEntries(await dialog.locator("dt").evaluateAll((terms) => terms.map((dt) => [dt.textContent, dt.nextElementSibling.textContent])));
  assert.equal(facts["Phép tính"], `${cells[2]} / ${cells[1]} = ${await row.locator(".why").first().textContent()}`);
  assert.match(facts["Công thức"], /top2-pooled/);
  assert.equal(facts["Số người trả lời"], cells[0]);
  assert.match(facts["So với chỉ tiêu"], /90%.*Nguồn: /);
  assert.match(facts["Khoảng tin cậy"], /95%/);
  await sound(page, "where a figure comes from", 24);
  // By keyboard: it closes, and the focus is back where it was.
  await page.keyboard.press("Escape");
  assert.equal(await dialog.count(), 0);
  assert.equal(await page.evaluate(() => document.activeElement.className), "why ");
  await page.keyboard.press("Enter");
  await dialog.waitFor();
  await dialog.getByRole("button", { name: "So sánh các nhóm ở mục này" }).click();
  assert.equal(await page.locator("#measure").inputValue(), await row.getAttribute("data-measure"));
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("what pulls the figure down adds up to what it lacks; each target is followed month by month", async () => {
  const page = await office();
  const overall = number(await page.locator("table.results tbody tr").first().locator(".why").first().textContent());
  await page.locator("#pulls summary").click();
  const lost = await page.locator("#pulls details [data-value]").allTextContents();
  const sum = lost.map(number).reduce((all, one) => all + one, 0);
  assert.ok(Math.abs(sum - (100 - overall)) < 0.005 * lost.length + 0.005, `${sum} and ${overall}`);
  assert.equal(await page.locator("#pulls > .wrap tbody tr").count(), 5);

  const goal = page.locator(".goal").first();
  await goal.locator("summary").click();
  const course = await goal.locator(".trend tbody tr").evaluateAll((rows) => rows.map((row) => [...row.cells].map((cell) => cell.innerText)));
  assert.deepEqual(course.map(([month]) => month), ["Tháng 10/2026", "Tháng 9/2026"]);
  assert.deepEqual(course.map(([, people]) => number(people)), [200, 200]);
  const [now, then] = course.map(([, , figure]) => number(figure.split("\n")[0]));
  assert.ok(Math.abs(number(course[0][3].split(" ")[0]) - (now - then)) < 0.011, course[0][3]);
  await page.selectOption("#filter-by", "month");
  await page.selectOption("#filter-value", "=2026-10");
  await page.locator("#summary", { hasText: "200 phiếu" }).waitFor();
  assert.equal(number(await goal.locator(".pct").textContent()), now, "one month by itself is the same");
  assert.equal(await page.locator(".trend").count(), 0, "of one month there is no course");
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("what people wrote is read, searched, counted by field, and never markup", async () => {
  const page = await office();
  await page.locator("#read-comments").click();
  const found = page.locator("#comments-found");
  const all = texts.length;
  assert.ok(all > 50);
  await page.waitForFunction((all) => document.querySelector("#comments-found")?.textContent === `${all} ý kiến`, all);
  assert.equal(await page.locator(".words li").count(), 50);
  await page.getByRole("button", { name: "Hiện thêm" }).click();
  await page.waitForFunction((all) => document.querySelectorAll(".words li").length === all, all);
  assert.equal(await page.locator(".words img").count(), 0);
  const fields = await page.locator("#comments .chips strong").allTextContents();
  assert.equal(fields.map(number).reduce((a, b) => a + b), all);
  await page.locator("#search").fill("cho lau");
  await page.waitForFunction(() => document.querySelector("#comments-found").textContent === "20 ý kiến");
  await page.locator("#search").fill("không ai viết thế này");
  await page.waitForFunction(() => document.querySelector("#comments-found").textContent === "Không có ý kiến nào.");
  assert.equal(await found.getAttribute("role"), "status");
  await sound(page, "what people wrote", 24);
  // Other responses, other words; of a few people none.
  await page.selectOption("#filter-by", "unit");
  await page.selectOption("#filter-value", "=02647");
  await page.locator("#read-comments").click();
  await page.waitForFunction(() => /^\d+ ý kiến$/.test(document.querySelector("#comments-found")?.textContent));
  assert.ok(number((await page.locator("#comments-found").textContent()).split(" ")[0]) < all);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("fewer than five responses show nobody's words", async () => {
  const page = await open(browser, kit.url, OFFICE);
  await page.goto(`${kit.url}/office/`);
  await page.locator(".board .empty").waitFor();
  const rows = readFileSync(files()[0], "utf8").split("\r\n");
  await page.setInputFiles("input[type=file]", file("few.csv", [...rows.slice(0, 5), ""].join("\r\n")));
  await page.locator("#summary", { hasText: "4 phiếu" }).waitFor();
  await page.locator("#read-comments").click();
  await page.locator("#comments .note").waitFor();
  assert.equal(await page.locator(".words").count(), 0);
  assert.ok(!(await page.locator("body").innerText()).includes(WORDS[0]));
  await page.context().close();
});

for (const [language, options] of [["vi", OFFICE], ["en", { viewport: { width: 360, height: 740 } }]]) {
  test(`results beside each other, ${language}, ${options.viewport.width} px`, async () => {
    const page = await office(options, language);
    await page.goto(`${kit.url}/office/#/compare`);
    const table = page.locator("table.besides");
    await table.waitFor();
    // Twice the same: said.
    await page.locator(".note.warn", { hasText: language === "vi" ? "cùng một phiếu" : "same responses" }).waitFor();
    await page.selectOption("[data-condition='0-0']", "month");
    await page.selectOption("[data-value-of='0-0']", "=2026-09");
    await page.selectOption("[data-condition='1-0']", "month");
    await page.selectOption("[data-value-of='1-0']", "=2026-10");
    await page.waitForFunction(() => document.querySelectorAll("table.besides thead .ends:last-child").length === 2 && [...document.querySelectorAll("table.besides thead .ends:last-child")].every((of) => of.textContent.includes("200")));
    assert.equal(await page.locator(".note.warn").count(), 0);
    const figures = await table.locator("tbody tr").first().locator("[data-value]").allTextContents();
    const [first, second] = figures.map((text) => Number(text.replace(",", ".").replace("%", "")));
    const change = await table.locator("tbody tr").first().locator(".change").textContent();
    const shown = change.match(/[+−]\d+[.,]\d+/)[0].replace("−", "-").replace(",", ".");
    assert.ok(Math.abs(Number(shown) - (second - first)) < 0.011, change);
    await sound(page, `beside each other, ${language}`, 24);
    // A third column, of another survey: only what has the same id stands beside it.
    await page.locator("#add-pile").click();
    await page.selectOption("#pile-2", "counter-5");
    await page.locator(".note.warn").first().waitFor();
    assert.equal(await table.locator("thead th").count(), 4);
    const download = page.waitForEvent("download");
    await page.locator("#export-beside").click();
    const text = readFileSync(await (await download).path(), "utf8");
    assert.ok(text.split("\r\n").filter((line) => line.includes("month")).length > 40);
    await page.selectOption("#pile-2", "public-education");
    const conditions = page.locator("[data-condition='2-0'] option");
    await page.locator("[data-condition='2-0'] option[value=school_level]").waitFor({ state: "attached" });
    const same = await conditions.evaluateAll((all) => all.filter((of) => of.value === of.textContent).map((of) => of.value));
    assert.deepEqual(same, [], "what a survey asks is named in its own words");
    assert.deepEqual(page.faults, []);
    await page.context().close();
  });
}
