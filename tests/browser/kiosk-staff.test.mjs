// Staff at the device: the numbers, the files, and what is deleted.
import assert from "node:assert/strict";
import { test } from "node:test";
import path from "node:path";
import { copyFileSync } from "node:fs";
import { fixture } from "./fixture.mjs";
import { rows, score, scratch } from "./program.mjs";
import { kept, kiosk, nextPerson, numbers, press, rate, rateAndFinish, rested, staff } from "./kiosk.mjs";

let kit, browser;
fixture((...both) => ([kit, browser] = both));

const button = (page, name) => page.locator(".staff-view").getByRole("button", { name });

/** Saves a file; resolves to its name and a copy of it. */
async function saved(page, which) {
  const coming = page.waitForEvent("download");
  await button(page, which).tap();
  const download = await coming;
  const name = download.suggestedFilename();
  const copy = path.join(scratch, name);
  copyFileSync(await download.path(), copy);
  await page.getByRole("heading", { name: "Tệp đã được lưu chưa?" }).waitFor();
  return { name, copy };
}

async function shown(page, expected, why) {
  await page.waitForFunction((expected) => [...document.querySelectorAll(".numbers dd")].map((one) => one.textContent).join() === expected.join(), expected, { timeout: 5000 })
    .catch(async () => assert.deepEqual(await numbers(page), expected, why));
}

test("export, mark, delete: each by itself, and only what was said", async () => {
  const page = await kiosk(browser, kit.url);
  for (const level of [4, 3, 1]) {
    await rateAndFinish(page, level);
    await nextPerson(page);
  }
  await staff(page);
  assert.deepEqual(await numbers(page), [3, 3, 3, 3]);
  const { responses, identity } = await kept(page);

  const first = await saved(page, /^Xuất phiếu mới \(3\)/);
  assert.match(first.name, new RegExp(`^counter-5-2026\\.1_02647_quay-3_${identity.device}_\\d{4}-\\d\\d-\\d\\d_\\d{8}-\\d{6}\\.csv$`));
  assert.ok((await page.locator(".question").innerText()).includes(first.name));
  const records = rows(first.copy);
  assert.deepEqual(records.map(({ response_id }) => response_id).sort(), responses.map(({ id }) => id).sort());
  const overall = score("counter-5", first.copy).find(({ measure, formula }) => measure === "overall" && formula === "top2-pooled");
  assert.deepEqual([overall.numerator, overall.denominator], [2, 3], "the program reads the file: two of three are satisfied");

  await button(page, "Chưa có").tap();
  assert.deepEqual((await kept(page)).exported, [], "not yet: nothing is marked");
  await shown(page, [3, 3, 3, 3]);
  assert.ok(await button(page, /^Xoá phiếu đã xuất \(0\)/).isDisabled());

  const again = await saved(page, /^Xuất phiếu mới \(3\)/);
  await button(page, "Đã có tệp").tap();
  await page.getByText("Đã ghi nhận lần xuất tệp.").waitFor();
  await shown(page, [3, 3, 0, 3], "exporting deletes nothing");
  assert.deepEqual((await kept(page)).exported.sort(), responses.map(({ id }) => id).sort());
  assert.equal(rows(again.copy).length, 3);
  assert.ok(await button(page, /^Xuất phiếu mới \(0\)/).isDisabled());

  await button(page, "Trở về màn hình khảo sát").tap();
  await rested(page);
  await rateAndFinish(page, 0);
  await nextPerson(page);
  await staff(page);
  await shown(page, [4, 4, 1, 4]);
  const fresh = await saved(page, /^Xuất phiếu mới \(1\)/);
  assert.deepEqual(rows(fresh.copy).map(({ rating }) => rating), ["1"], "since the last time");
  await button(page, "Chưa có").tap();

  await button(page, /^Xoá phiếu đã xuất \(3\)/).tap();
  await button(page, "Thôi").tap();
  assert.equal((await kept(page)).responses.length, 4);
  await button(page, /^Xoá phiếu đã xuất \(3\)/).tap();
  await button(page, "Xoá vĩnh viễn").tap();
  await page.getByText("Đã xoá và lưu biên nhận.").waitFor();
  await shown(page, [1, 1, 1, 1], "what is in no file stays");
  const after = await kept(page);
  assert.deepEqual(after.receipts.map(({ act, responses }) => [act, responses]), [["exported", 3], ["deleted", 3]]);
  assert.equal(after.receipts[0].file, again.name);
  assert.equal(await page.locator(".receipts tbody tr").count(), 2);
  await page.reload();
  await rested(page);
  await staff(page);
  assert.equal(await page.locator(".receipts tbody tr").count(), 2);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("the numbers tell abandoned ones apart, and a clock set back exports what is new and nothing twice", async () => {
  const page = await kiosk(browser, kit.url);
  await rateAndFinish(page, 4);
  await nextPerson(page);
  await rate(page, 0);
  await page.locator(".finish").waitFor();
  await page.waitForTimeout(200);
  await page.reload();
  await rested(page);
  await staff(page);
  assert.match(await page.locator(".staff-view").innerText(), /1 phiếu bỏ dở, 0 phiếu nghi/);
  await saved(page, /^Xuất phiếu mới \(2\)/);
  await button(page, "Đã có tệp").tap();
  await page.getByText("Đã ghi nhận lần xuất tệp.").waitFor();
  await button(page, "Trở về màn hình khảo sát").tap();
  await page.evaluate(() => {
    const Real = Date;
    window.Date = class extends Real {
      constructor(...given) { given.length ? super(...given) : super(Real.now() - 40 * 86_400_000); }
      static now() { return Real.now() - 40 * 86_400_000; }
    };
  });
  await rateAndFinish(page, 2);
  await nextPerson(page);
  await staff(page);
  const { copy } = await saved(page, /^Xuất phiếu mới \(1\)/);
  assert.deepEqual(rows(copy).map(({ rating }) => rating), ["3"]);
  await button(page, "Chưa có").tap();
  const all = await saved(page, /^Xuất tất cả \(3\)/);
  assert.equal(new Set(rows(all.copy).map(({ response_id }) => response_id)).size, 3);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("without a PIN staff are warned; leaving goes by their button only", async () => {
  const page = await kiosk(browser, kit.url);
  await staff(page);
  await page.getByText("Chưa có PIN: ai cũng mở được phần này.").waitFor();
  await press(page, page.getByRole("link", { name: "Thoát khỏi chế độ quầy" }));
  await page.getByRole("heading", { name: "Chọn phiếu khảo sát" }).waitFor();
  assert.deepEqual(page.faults, []);
  await page.context().close();
});
