// A device is set up: by the form, by a file, by a link; and what keeps it that way.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readFileSync } from "node:fs";
import { fixture } from "./fixture.mjs";
import { open } from "./kit.mjs";
import { file } from "./program.mjs";
import { LANDSCAPE, kept, kiosk, press, rateAndFinish, rested, seen, staff, SETUP } from "./kiosk.mjs";

let kit, browser;
fixture((...both) => ([kit, browser] = both));

/** The form of a device that nothing is known of. */
async function form() {
  const page = await open(browser, kit.url, LANDSCAPE);
  await page.goto(`${kit.url}/kiosk/`);
  await page.getByRole("heading", { name: "Cài đặt máy tại quầy" }).waitFor();
  await page.locator("#survey option[value=counter-5]").waitFor({ state: "attached" });
  return page;
}

/** The survey's languages are offered: it has been loaded. */
const loaded = (page) => page.locator("details fieldset .opt").first().waitFor({ state: "attached" });
const save = (page) => page.getByRole("button", { name: "Lưu và bắt đầu" }).click();
const faults = (page) => page.locator(".note.bad li").allTextContents();

async function enterPin(page, pin) {
  for (const digit of pin) await page.getByRole("button", { name: digit, exact: true }).tap();
  await page.locator(".key.go").tap();
}

test("by typing, with a unit found without marks; then as a file on a second device", async () => {
  const page = await form();
  await page.selectOption("#survey", "counter-5");
  await page.locator("#unit").pressSequentially("hoan kiem");
  await page.locator(".found .offer", { hasText: "Phường Hoàn Kiếm" }).first().waitFor();
  await page.locator("#unit").press("Enter");
  await page.locator(".chosen", { hasText: "Phường Hoàn Kiếm" }).waitFor();
  await page.fill("#counter", "3");
  await page.fill("#pin", "2580");
  await page.fill("#pin-again", "2580");
  await loaded(page);
  await save(page);
  await rested(page);
  assert.match((await seen(page)).text, /Phường Hoàn Kiếm, Thành phố Hà Nội · Quầy 3/);
  const first = await kept(page);
  assert.equal(first.identity.setup.unit, "00070");
  assert.doesNotMatch(JSON.stringify(first), /2580"/, "the PIN itself is kept nowhere");
  await staff(page, "2580");
  await page.locator("summary", { hasText: "máy khác" }).or(page.locator(".staff-view summary")).first().click();
  const coming = page.waitForEvent("download");
  await page.getByRole("button", { name: "Lưu tệp cài đặt" }).click();
  const download = await coming;
  assert.equal(download.suggestedFilename(), "sipas-kiosk_00070_3.json");
  const link = await page.locator(".link-text").innerText();
  const settings = await download.path();

  const second = await form();
  await second.setInputFiles("input[type=file]", settings);
  await second.locator(".chosen", { hasText: "Phường Hoàn Kiếm" }).waitFor();
  assert.equal(await second.inputValue("#counter"), "3");
  await second.fill("#counter", "4");
  await second.press("#counter", "Tab");
  await loaded(second);
  await save(second);
  await rested(second);
  const other = await kept(second);
  assert.deepEqual(other.identity.setup, { ...first.identity.setup, counter: "4" });
  assert.notEqual(other.identity.device, first.identity.device);
  await staff(second, "2580");

  // The link shows the same in the form, and does nothing by itself.
  const third = await open(browser, kit.url, LANDSCAPE);
  await third.goto(link);
  await third.locator(".chosen", { hasText: "Phường Hoàn Kiếm" }).waitFor();
  assert.equal(await third.inputValue("#counter"), "3");
  assert.equal((await kept(third)).identity, undefined);
  await loaded(third);
  await save(third);
  await rested(third);
  assert.deepEqual((await kept(third)).identity.setup, first.identity.setup);
  for (const one of [page, second, third]) {
    assert.deepEqual(one.faults, []);
    await one.context().close();
  }
});

test("what cannot be is said, each in words, and nothing is saved", async () => {
  const page = await form();
  await save(page);
  assert.deepEqual(await faults(page), ["Chọn một phiếu khảo sát."]);
  await page.waitForFunction(() => document.activeElement.matches(".note.bad"));
  await page.selectOption("#survey", "counter-5");
  await page.fill("#counter", "Quầy số 3");
  await page.fill("#pin", "123");
  await page.fill("#pin-again", "123");
  await page.locator("summary").click();
  await page.fill("#idle", "5");
  await page.fill("#countdown", "năm");
  await page.locator("label[for=hours]").click();
  await page.fill("#opens", "18:00");
  await page.press("#opens", "Tab");
  await loaded(page);
  await save(page);
  await page.locator(".note.bad li").nth(4).waitFor();
  const said = (await faults(page)).join("\n");
  for (const part of [/^Quầy: chỉ dùng/m, /^Ngoài giới hạn: Hỏi .* \(10–600\)/m, /^Ngoài giới hạn: Số giây đếm ngược .*5–120/m, /^Giờ làm việc:/m, /^PIN phải có từ 4 đến 8/m]) assert.match(said, part);
  await page.fill("#pin", "1234");
  await page.fill("#pin-again", "4321");
  await save(page);
  assert.ok((await faults(page)).includes("Hai lần nhập PIN khác nhau."));
  assert.equal((await kept(page)).identity, undefined);
  // Files that hold no settings: the line and the column say where.
  await page.setInputFiles("input[type=file]", file("broken.json", '{\n  "format": "sipas-kit kiosk 1",\n  "setup": { "survey": 5 }\n}\n'));
  await page.locator(".note.bad", { hasText: "broken.json, dòng 3" }).waitFor();
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("a link's odd parts are told, and one for phones that says it is a kiosk leads here", async () => {
  const page = await open(browser, kit.url, LANDSCAPE);
  await page.goto(`${kit.url}/kiosk/#/setup?survey=counter-5&unit=02647&colour=red`);
  await page.locator(".note.warn", { hasText: "colour=red" }).waitFor();
  await page.locator(".chosen", { hasText: "02647" }).waitFor();
  await page.context().close();
  const phone = await open(browser, kit.url, LANDSCAPE);
  await phone.goto(`${kit.url}/#/s/counter-5?unit=02647&counter=2&channel=kiosk`);
  await phone.getByRole("heading", { name: "Cài đặt máy tại quầy" }).waitFor();
  await phone.locator(".chosen", { hasText: "02647" }).waitFor();
  assert.equal(await phone.inputValue("#counter"), "2");
  await phone.context().close();
});

test("five wrong PINs make a pause that a reload does not end, and a link cannot pass by the PIN", async () => {
  const page = await form();
  await page.selectOption("#survey", "counter-5");
  await page.fill("#pin", "2580");
  await page.fill("#pin-again", "2580");
  await loaded(page);
  await save(page);
  await rested(page);
  await press(page, page.locator(".staff"));
  for (let n = 4; n > 0; n--) {
    await enterPin(page, "1111");
    await page.getByText(`Còn ${n} lần thử`).waitFor();
  }
  await enterPin(page, "1111");
  await page.getByText(/Thử lại sau \d+ giây/).waitFor();
  assert.ok(await page.locator(".key.go").isDisabled());
  await page.reload();
  await rested(page);
  await press(page, page.locator(".staff"));
  await page.getByText(/Thử lại sau \d+ giây/).waitFor();
  assert.ok(await page.locator(".key.go").isDisabled());
  // Nor does a link help, nor the form it opens.
  await page.goto("about:blank");
  await page.goto(`${kit.url}/kiosk/#/setup?survey=counter-3`);
  await page.fill("#old-pin", "2580");
  await page.waitForFunction(() => document.querySelector("#survey").value === "counter-3");
  await loaded(page);
  await save(page);
  await page.locator(".note.bad", { hasText: /Thử lại sau/ }).waitFor();
  await page.goto("about:blank");
  await page.goto(`${kit.url}/kiosk/#/run?survey=counter-3`);
  await rested(page);
  assert.equal((await kept(page)).identity.setup.survey, "counter-5");
  // Half a minute later the right one opens it again.
  await page.evaluate(() => {
    const real = Date.now;
    const Real = Date;
    window.Date = class extends Real {
      constructor(...given) { given.length ? super(...given) : super(real() + 31_000); }
      static now() { return real() + 31_000; }
    };
  });
  await staff(page, "2580");
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("settings changed by staff keep what was collected and the device's name", async () => {
  const page = await kiosk(browser, kit.url, SETUP);
  await rateAndFinish(page, 4);
  const before = await kept(page);
  await rested(page);
  await staff(page);
  await page.getByRole("button", { name: "Đổi cài đặt" }).click();
  await page.locator("#counter").fill("9");
  await page.press("#counter", "Tab");
  await loaded(page);
  await save(page);
  await page.getByText("Quầy 9").waitFor();
  const after = await kept(page);
  assert.deepEqual(after.responses, before.responses);
  assert.equal(after.identity.device, before.identity.device);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});
