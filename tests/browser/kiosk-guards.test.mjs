// What hands do to a screen in public.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fixture } from "./fixture.mjs";
import { watch } from "./kit.mjs";
import { LANDSCAPE, clean, kept, kiosk, leap, nextPerson, press, rate, rateAndFinish, rested, seen, staff, thanked } from "./kiosk.mjs";

let kit, browser;
fixture((...both) => ([kit, browser] = both));

const settled = (page) => page.waitForTimeout(900);

/** A finger that comes down, stays, and is lifted. */
async function hold(page, [x, y], milliseconds) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [{ x, y }] });
  await page.waitForTimeout(milliseconds);
  await cdp.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
}

async function middle(locator) {
  const box = await locator.boundingBox();
  return [box.x + box.width / 2, box.y + box.height / 2];
}

test("drumming makes at most one record a burst, flagged, and staff are told", async () => {
  const page = await kiosk(browser, kit.url);
  const [x, y] = await middle(page.locator(".face-button").nth(3));
  for (let n = 0; n < 25; n++) {
    await page.touchscreen.tap(x + ((n * 7) % 40) - 20, y + ((n * 11) % 40) - 20);
    await page.waitForTimeout(60);
  }
  // What it left half way is settled when nobody is there any more.
  if (!(await page.locator(".rest, .done").count())) await leap(page, 15);
  await rested(page);
  await settled(page);
  const { responses } = await kept(page);
  assert.ok(responses.length <= 1, `${responses.length} records`);
  assert.deepEqual(responses.map(({ status }) => status), ["flagged"]);
  await staff(page);
  const text = await page.locator(".staff-view").innerText();
  assert.match(text, /1 phiếu nghi do nghịch màn hình/);
  assert.match(text, /bỏ qua: 1 đợt gõ liên tục/);
  await press(page, page.getByRole("button", { name: "Trở về màn hình khảo sát" }));
  // The next person is taken at their word.
  await leap(page, 4);
  await rateAndFinish(page, 4);
  assert.equal((await kept(page)).responses.at(-1).status, "complete");
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("a double tap counts once, and a finger that rests on the screen not at all", async () => {
  const page = await kiosk(browser, kit.url);
  const before = await seen(page);
  await hold(page, await middle(page.locator(".face-button").nth(2)), 3200);
  await settled(page);
  await clean(page, before);
  const [x, y] = await middle(page.locator(".face-button").nth(2));
  await page.touchscreen.tap(x, y);
  await page.waitForTimeout(60);
  await page.touchscreen.tap(x, y);
  await page.locator(".finish").waitFor();
  await page.waitForTimeout(400);
  assert.equal(await page.locator(":checked").count(), 0, "the second tap answered nothing");
  const finish = await middle(page.locator(".finish"));
  await page.touchscreen.tap(...finish);
  await page.waitForTimeout(40);
  await page.touchscreen.tap(...finish);
  await thanked(page);
  await rested(page);
  const { responses } = await kept(page);
  assert.deepEqual(responses.map(({ status, answers }) => [status, answers.rating.level]), [["complete", 3]]);
  await staff(page);
  assert.match(await page.locator(".staff-view").innerText(), /1 lần giữ tay quá lâu/);
  await page.context().close();
});

test("the menu, the way back, keys that lead away and a reload change nothing", async () => {
  const page = await kiosk(browser, kit.url);
  const before = await seen(page);
  const prevented = await page.evaluate(() => ["contextmenu", "dragstart"].map((name) =>
    !document.querySelector(".face-button").dispatchEvent(new MouseEvent(name, { bubbles: true, cancelable: true }))));
  assert.deepEqual(prevented, [true, true]);
  await rate(page, 1);
  await page.locator(".finish").waitFor();
  for (const key of ["F5", "Control+r", "Control+p", "Control+s", "Alt+ArrowLeft", "F11"]) await page.keyboard.press(key);
  for (let n = 0; n < 3; n++) {
    await page.evaluate(() => history.back());
    await page.waitForTimeout(100);
  }
  await page.getByRole("heading", { name: "Vì sao" }).waitFor();
  assert.ok(page.url().startsWith(`${kit.url}/kiosk/`));
  await press(page, page.locator(".finish"));
  await thanked(page);
  await page.reload();
  await clean(page, before);
  assert.equal((await kept(page)).responses.length, 1);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("the staff's button in the moment after a rating takes nothing away", async () => {
  const page = await kiosk(browser, kit.url);
  await rate(page, 4);
  await page.waitForTimeout(120);
  await page.touchscreen.tap(...await middle(page.locator(".staff")));
  await page.locator(".finish").waitFor();
  await press(page, page.locator(".finish"));
  await thanked(page);
  assert.equal((await kept(page)).responses.length, 1);
  await page.context().close();
});

test("a second tab says so, and takes over when the first is closed", async () => {
  const page = await kiosk(browser, kit.url);
  await rate(page, 1);
  await page.locator(".finish").waitFor();
  const other = watch(await page.context().newPage(), kit.url);
  await other.goto(`${kit.url}/kiosk/`);
  await other.getByRole("heading", { name: "Máy này đang chạy ở một thẻ khác" }).waitFor();
  assert.equal((await kept(other)).responses.length, 0, "the form of the first tab is not taken for an abandoned one");
  await page.bringToFront();
  await press(page, page.locator(".finish"));
  await thanked(page);
  await page.close();
  await rested(other);
  assert.equal((await kept(other)).responses.length, 1);
  await other.bringToFront();
  await rateAndFinish(other, 3);
  await nextPerson(other);
  assert.equal((await kept(other)).responses.length, 2);
  assert.deepEqual(other.faults, []);
  await other.context().close();
});

test("a screen that reports the same spot again and again is told from people", async () => {
  const page = await kiosk(browser, kit.url, undefined, LANDSCAPE);
  const spot = await middle(page.locator(".face-button").nth(4));
  for (let n = 0; n < 6; n++) {
    await page.touchscreen.tap(...spot);
    await press(page, page.locator(".finish"));
    await thanked(page);
    await nextPerson(page);
  }
  const { responses } = await kept(page);
  assert.deepEqual(responses.map(({ status }) => status), [...Array(4).fill("complete"), "flagged", "flagged"]);
  // Left half way it is no person who walked away either.
  await page.touchscreen.tap(...spot);
  await page.locator(".finish").waitFor();
  await leap(page, 20);
  await rested(page);
  await settled(page);
  assert.deepEqual((await kept(page)).responses.map(({ status }) => status).slice(6), ["flagged"]);
  await page.context().close();
});

test("the respondent's page of the same device deletes nothing of the counter's", async () => {
  const page = await kiosk(browser, kit.url);
  await rateAndFinish(page, 4);
  await nextPerson(page);
  assert.equal((await kept(page)).responses.length, 1);
  await page.goto(`${kit.url}/#/s/counter-5?unit=02647&channel=phone`);
  await page.locator(".nav .btn").waitFor();
  assert.equal(await page.getByRole("button", { name: "Xoá" }).count(), 0);
  await page.context().close();
});
