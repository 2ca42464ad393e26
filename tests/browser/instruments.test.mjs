// Every questionnaire of the kit on a phone, by touch, from the notice to the thanks.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readFileSync } from "node:fs";
import path from "node:path";
import { fixture } from "./fixture.mjs";
import { PHONE, answerAll, heading, open, root, touch } from "./kit.mjs";
import { stored } from "./store.mjs";

let kit, browser;
fixture((...both) => ([kit, browser] = both));

async function begin(page, survey, query) {
  await page.goto(`${kit.url}/#/s/${survey}?${query}`);
  await touch(page, page.getByRole("button", { name: /bắt đầu|start/i }));
}

async function finish(page) {
  await page.getByRole("heading", { name: /Xem lại câu trả lời|Check your answers/ }).waitFor();
  await touch(page, page.locator(".nav .btn").last());
  await page.locator(".code").waitFor();
  const [response] = await stored(page);
  return response;
}

const model = (survey) => JSON.parse(readFileSync(path.join(root, `dist/surveys/${survey}.json`), "utf8"));
const items = (survey) => survey.sections.flatMap((s) => s.questions).flatMap((q) => (q.kind.matrix?.factor ? q.kind.matrix.items.map((i) => i.id) : q.kind.rating?.factor ? [q.id] : []));

for (const [survey, count] of [["health-inpatient", 36], ["health-outpatient", 31], ["health-immunisation", 25], ["public-education", 24], ["counter-3", 1]]) {
  test(`${survey}: all ${count} items, rated at the best level`, async () => {
    const page = await open(browser, kit.url, PHONE);
    await begin(page, survey, "unit=02647&channel=phone");
    await answerAll(page, (name, options) => (options >= 5 ? 4 : options - 1));
    const response = await finish(page);
    const scored = items(model(survey));
    assert.equal(scored.length, count);
    assert.deepEqual(scored.filter((id) => !(response.answers[id]?.level >= 3)), []);
    assert.equal(response.attributes.unit, "02647");
    assert.deepEqual(page.faults, []);
    await page.context().close();
  });
}

test("procedures: the field comes with the link, or is asked; a field that is not known is asked too", async () => {
  const page = await open(browser, kit.url, PHONE);
  await begin(page, "procedures", "unit=02647&channel=phone&field=xay-dung");
  const asked = new Set();
  await answerAll(page, (name) => {
    asked.add(name);
    return 0;
  });
  assert.ok(!asked.has("procedure_field"));
  const response = await finish(page);
  assert.equal(response.attributes.field, "xay-dung");
  assert.ok(!("procedure_field" in response.answers));
  await page.context().close();

  const other = await open(browser, kit.url, PHONE);
  await other.goto(`${kit.url}/#/s/procedures?channel=phone&field=xaydung`);
  await other.locator(".note", { hasText: "field=xaydung" }).waitFor();
  await touch(other, other.getByRole("button", { name: /bắt đầu/i }));
  // A business that filed online and has its result: the questions of these branches come.
  const seen = new Set();
  await answerAll(other, (name, options) => {
    seen.add(name);
    return { respondent_type: 1, procedure_field: 0, filing: 1 }[name] ?? (options >= 5 ? 4 : 0);
  });
  assert.ok(seen.has("procedure_field"));
  assert.ok(seen.has("business_1") && seen.has("online_1"), [...seen].join(" "));
  assert.ok(!seen.has("sex"), "background questions are for citizens");
  const second = await finish(other);
  assert.equal(second.attributes.field, "dat-dai");
  assert.deepEqual(other.faults, []);
  await other.context().close();
});

test("the note under a section's heading is shown where the section begins", async () => {
  const page = await open(browser, kit.url, PHONE);
  await begin(page, "procedures", "channel=phone");
  await page.getByText("Xin trả lời về thủ tục hành chính gần đây nhất.").waitFor();
  await touch(page, page.locator("label.opt").first());
  await page.waitForTimeout(400);
  assert.equal(await page.getByText("Xin trả lời về thủ tục hành chính gần đây nhất.").count(), 0);
  assert.ok(await heading(page).textContent());
  await page.context().close();
});
