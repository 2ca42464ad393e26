// The respondent's page: what may go wrong on a person's own phone.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fixture } from "./fixture.mjs";
import { PHONE, answerAll, heading, open, position, touch, watch } from "./kit.mjs";
import { stored } from "./store.mjs";

let kit, browser;
fixture((...both) => ([kit, browser] = both));

const link = (survey, query = "channel=phone") => `${kit.url}/#/s/${survey}?${query}`;
const next = (page) => page.locator(".nav .btn").last();
const option = (page, name) => page.locator("label.opt", { hasText: new RegExp(`^${name}$`) });

async function begin(page, survey, query) {
  await page.goto(link(survey, query));
  await touch(page, page.getByRole("button", { name: /bắt đầu|start/i }));
}

test("a touched answer leads on; keys do not", async () => {
  const page = await open(browser, kit.url, PHONE);
  await begin(page, "sipas-2022");
  await touch(page, option(page, "Nam"));
  await page.getByRole("heading", { name: "Độ tuổi" }).waitFor();
  await page.locator("input").first().focus();
  await page.keyboard.press("ArrowDown");
  await page.waitForTimeout(500);
  assert.equal(await position(page), 2);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("the whole counter form by keyboard alone, with the focus on each new heading", async () => {
  const page = await open(browser, kit.url, { viewport: { width: 1280, height: 800 } });
  await page.goto(link("counter-5"));
  await heading(page).waitFor();
  const pressUntil = async (name) => {
    for (let i = 0; i < 40; i++) {
      const focused = await page.evaluate(() => document.activeElement.textContent.trim());
      if (focused === name) return page.keyboard.press("Enter");
      await page.keyboard.press("Tab");
    }
    assert.fail(`${name} cannot be reached by Tab`);
  };
  await pressUntil("Đồng ý và bắt đầu");
  const onHeading = () => page.waitForFunction(() => document.activeElement?.tagName === "H1");
  await onHeading();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  assert.equal(await page.evaluate(() => document.activeElement.value), "1");
  await page.keyboard.press("ArrowDown");
  await pressUntil("Tiếp tục");
  await page.getByRole("heading", { name: "Vì sao" }).waitFor();
  await onHeading();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  await pressUntil("Tiếp tục");
  await onHeading();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  await pressUntil("Tiếp tục");
  await onHeading();
  await pressUntil("Bỏ qua câu này");
  await page.getByRole("heading", { name: "Xem lại câu trả lời" }).waitFor();
  await pressUntil("Gửi phiếu");
  await page.locator(".code").waitFor();
  const [response] = await stored(page);
  assert.deepEqual(response.answers.rating, { level: 2 });
  assert.deepEqual(response.answers.comment, { missing: "no_answer" });
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("reload, a crashed tab and a closed one resume where the person was", async () => {
  const page = await open(browser, kit.url, PHONE);
  const context = page.context();
  await begin(page, "sipas-2022", "unit=02647&channel=phone");
  await touch(page, option(page, "Nữ"));
  await page.getByRole("heading", { name: "Độ tuổi" }).waitFor();
  await page.reload();
  await page.getByRole("heading", { name: "Độ tuổi" }).waitFor();
  assert.match(await page.locator(".note").textContent(), /trả lời dở/);
  await touch(page, option(page, "25 - 34"));
  await page.getByRole("heading", { name: "Dân tộc" }).waitFor();

  const cdp = await context.newCDPSession(page);
  const crashed = page.waitForEvent("crash");
  // A crashed page answers nothing any more, this call included.
  cdp.send("Page.crash").catch(() => {});
  await crashed;
  await page.close();
  const again = watch(await context.newPage(), kit.url);
  await again.goto(link("sipas-2022", "unit=02647&channel=phone"));
  await again.getByRole("heading", { name: "Dân tộc" }).waitFor();
  await touch(again, again.getByRole("button", { name: "Quay lại" }));
  await again.getByRole("heading", { name: "Độ tuổi" }).waitFor();
  assert.ok(await option(again, "25 - 34").locator("input").isChecked());

  // Another counter's link is another interview.
  const other = watch(await context.newPage(), kit.url);
  await other.goto(link("sipas-2022", "unit=02671&channel=phone"));
  await other.getByRole("button", { name: "Bắt đầu" }).waitFor();

  // One may start over.
  await again.reload();
  await touch(again, again.getByRole("button", { name: "Xoá và làm lại từ đầu" }));
  await again.getByRole("button", { name: "Bắt đầu" }).waitFor();
  await again.reload();
  await again.getByRole("button", { name: "Bắt đầu" }).waitFor();
  assert.deepEqual(again.faults, []);
  await context.close();
});

test("switching the language keeps the answers, the place and what was written", async () => {
  const page = await open(browser, kit.url, PHONE);
  await begin(page, "counter-5");
  await touch(page, option(page, "Không hài lòng"));
  await page.getByRole("heading", { name: "Vì sao" }).waitFor();
  await touch(page, page.locator("label.opt").last());
  await page.locator("#specify").fill("Mất điện");
  await touch(page, page.getByRole("button", { name: "English" }));
  await page.getByRole("heading", { name: "What were you not satisfied with?" }).waitFor();
  assert.equal(await page.locator("html").getAttribute("lang"), "en");
  assert.equal(await page.locator("#specify").inputValue(), "Mất điện");
  assert.ok(await page.locator("label.opt").last().locator("input").isChecked());
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("refusals are tied to their field, said aloud, and go away", async () => {
  const page = await open(browser, kit.url, PHONE);
  await begin(page, "counter-5");
  await touch(page, next(page));
  const error = page.getByRole("alert");
  assert.match(await error.textContent(), /Vui lòng trả lời câu này/);
  const described = await page.locator("fieldset.bad").getAttribute("aria-describedby");
  assert.ok(described.split(" ").includes(await error.getAttribute("id")));
  await touch(page, option(page, "Rất không hài lòng"));
  await page.getByRole("heading", { name: "Vì sao" }).waitFor();
  await touch(page, page.locator("label.opt").last());
  await touch(page, next(page));
  assert.match(await page.getByRole("alert").textContent(), /ghi rõ/);
  await page.waitForFunction(() => document.activeElement?.id === "specify");
  await page.locator("#specify").fill("Khác");
  assert.equal(await page.getByRole("alert").count(), 0);
  await page.context().close();
});

test("two quick taps on submit make one response", async () => {
  const page = await open(browser, kit.url, PHONE);
  await begin(page, "counter-5");
  await answerAll(page, () => 4);
  await page.waitForTimeout(300);
  await page.evaluate(() => {
    const button = [...document.querySelectorAll(".nav .btn")].at(-1);
    button.click();
    button.click();
  });
  await page.locator(".code").waitFor();
  assert.equal((await stored(page)).length, 1);
  await touch(page, page.getByRole("button", { name: "Phiếu mới" }));
  await page.getByRole("button", { name: "Bắt đầu" }).waitFor();
  await page.context().close();
});

test("two quick taps on an answer answer one question", async () => {
  const page = await open(browser, kit.url, PHONE);
  await begin(page, "sipas-2022");
  await page.waitForTimeout(300);
  const box = await page.locator("label.opt").first().boundingBox();
  await page.touchscreen.tap(box.x + 40, box.y + 20);
  await page.waitForTimeout(210);
  await page.touchscreen.tap(box.x + 40, box.y + 20);
  await page.waitForTimeout(700);
  assert.equal(await position(page), 2);
  assert.equal(await page.locator("input:checked").count(), 0);
  await page.context().close();
});

test("one draft finished in two tabs with other answers makes two responses", async () => {
  const page = await open(browser, kit.url, PHONE);
  await begin(page, "counter-5");
  await touch(page, option(page, "Rất hài lòng"));
  await page.getByRole("heading", { name: /liên hệ/ }).waitFor();
  const other = watch(await page.context().newPage(), kit.url);
  await other.goto(link("counter-5"));
  await other.getByRole("heading", { name: /liên hệ/ }).waitFor();
  const codes = [];
  for (const [tab, index] of [[page, 0], [other, 1]]) {
    await tab.bringToFront();
    await touch(tab, tab.locator("label.opt").nth(index));
    await tab.getByRole("heading", { name: "Xem lại câu trả lời" }).waitFor();
    await touch(tab, tab.getByRole("button", { name: "Gửi phiếu" }));
    codes.push(await tab.locator(".code").textContent());
  }
  const picked = (await stored(page)).map((response) => response.answers.contacts.picked.options[0]);
  assert.deepEqual(picked.sort(), ["0", "1"]);
  assert.notEqual(codes[0], codes[1]);
  await page.context().close();
});

test("a full device: nothing is pretended, the answers stay, and trying again works", async () => {
  const page = await open(browser, kit.url, PHONE);
  await begin(page, "counter-5");
  await answerAll(page, () => 4);
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("Storage.overrideQuotaForOrigin", { origin: kit.url, quotaSize: 1 });
  await touch(page, page.getByRole("button", { name: "Gửi phiếu" }));
  await page.getByRole("heading", { name: "Chưa lưu được phiếu" }).waitFor();
  assert.match(await page.getByRole("alert").textContent(), /Bộ nhớ của máy đã đầy/);
  assert.deepEqual(await stored(page), []);
  await page.reload();
  await page.getByRole("heading", { name: "Xem lại câu trả lời" }).waitFor();
  await cdp.send("Storage.overrideQuotaForOrigin", { origin: kit.url });
  await touch(page, page.getByRole("button", { name: "Gửi phiếu" }));
  await page.locator(".code").waitFor();
  assert.equal((await stored(page)).length, 1);
  await page.context().close();
});

test("blocked storage is said before anything is asked", async () => {
  const page = await open(browser, kit.url, PHONE);
  await page.addInitScript(() => {
    const refuse = () => { throw new DOMException("refused", "SecurityError"); };
    Object.defineProperty(window, "localStorage", { get: refuse });
    Object.defineProperty(window, "indexedDB", { get: refuse });
  });
  await page.goto(link("counter-5"));
  await page.getByRole("heading", { name: "Trình duyệt không cho lưu câu trả lời" }).waitFor();
  assert.equal(await page.locator("label.opt").count(), 0);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("links with unknown surveys, unknown units and nonsense", async () => {
  const page = await open(browser, kit.url, PHONE);
  await page.goto(link("nothing"));
  await page.getByRole("heading", { name: "Không có phiếu khảo sát này" }).waitFor();
  assert.match(await page.locator("main").textContent(), /“nothing”/);
  await touch(page, page.getByRole("link", { name: "Xem danh sách phiếu" }));
  await page.getByRole("heading", { name: "Chọn phiếu khảo sát" }).waitFor();

  await page.goto(link("counter-5", "unit=99999&channel=phone&x=%3Cimg%20src%3Dx%3E"));
  await page.locator(".note").nth(1).waitFor();
  assert.match(await page.locator(".note").first().textContent(), /“99999” trong đường dẫn không có trong danh mục/);
  assert.equal(await page.locator("main img").count(), 0);
  await touch(page, page.getByRole("button", { name: "Bắt đầu" }));
  await answerAll(page, () => 4);
  await touch(page, page.getByRole("button", { name: "Gửi phiếu" }));
  await page.locator(".code").waitFor();
  assert.equal((await stored(page))[0].attributes.unit, "99999");
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("long and odd links neither break the page nor flood it", async () => {
  const page = await open(browser, kit.url, PHONE);
  for (const name of ["index", "targets", "a".repeat(41), "../x", "..", "A".repeat(5000)]) {
    await page.goto("about:blank");
    await page.goto(`${kit.url}/#/s/${name}`);
    await page.getByRole("heading", { name: "Không có phiếu khảo sát này" }).waitFor();
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= 360), name);
  }
  await page.goto(`${kit.url}/#/s/counter-5?utm_source=zalo&${"a=b&".repeat(5000)}unit=..`);
  await page.locator(".note").waitFor();
  assert.equal(await page.locator(".note").count(), 1);
  assert.ok(await page.evaluate(() => document.documentElement.scrollHeight < 1500));
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("without the network the page says so", async () => {
  const page = await open(browser, kit.url, PHONE);
  await page.goto(`${kit.url}/`);
  await page.getByRole("heading", { name: "Chọn phiếu khảo sát" }).waitFor();
  await page.context().setOffline(true);
  await page.evaluate(() => { location.hash = "#/s/counter-5"; });
  await page.getByRole("heading", { name: "Không mở được phiếu" }).waitFor();
  await page.context().close();
});
