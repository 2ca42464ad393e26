// A person's own phone before the program is there: first words, the form begun, a first answer; and touches themselves.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fixture } from "./fixture.mjs";
import { PHONE, heading, open, sound, touch } from "./kit.mjs";

const LINK = "#/s/counter-5?unit=02647&counter=3&channel=phone";
const FORM = "#/s/sipas-2022?unit=02647&channel=phone";

let kit, browser;
fixture((...both) => ([kit, browser] = both));

const phone = () => open(browser, kit.url, PHONE);

/** Opens a page whose program does not come before `release` is called. */
async function withoutProgram(address) {
  const page = await phone();
  const held = new Promise((resolve) => (page.release = resolve));
  await page.route(/\.wasm$/, async (route) => { await held; await route.continue(); });
  await page.goto(`${kit.url}/${address}`, { waitUntil: "commit" });
  return page;
}

for (const [language, title, fact] of [
  ["vi", "Đánh giá sự phục vụ tại Bộ phận Một cửa", "Không hỏi họ tên, không hỏi số điện thoại."],
  ["en", "Your rating of the one-stop counter", "Your name and phone number are not asked."],
]) {
  test(`the first words are there before the program, ${language}`, async () => {
    const page = await withoutProgram(`${LINK}&lang=${language}`);
    await page.getByRole("heading", { name: title }).waitFor();
    assert.ok((await page.locator("main").innerText()).includes(fact));
    assert.equal(await page.evaluate(() => document.documentElement.lang), language);
    await sound(page, "before the program", 48);
    const early = await page.locator(".facts").innerText();
    page.release();
    await page.locator(".nav .btn").waitFor();
    assert.equal(await heading(page).textContent(), title);
    assert.equal(await page.locator(".facts").innerText(), early, "the program says what the page said");
    assert.deepEqual(page.faults, []);
    await page.context().close();
  });
}

/** What is in `main`, as far as anybody can tell, and where the options are. */
const asked = (page) => page.evaluate(() => {
  const told = (node) => node.nodeType === Node.TEXT_NODE ? node.data : node.nodeType !== Node.ELEMENT_NODE ? [] : [
    node.localName,
    ...[...node.attributes].filter(({ value }) => value).map(({ name, value }) => `${name}=${value}`).sort(),
    ...[...node.childNodes].map(told).filter((part) => part.length),
  ];
  const main = document.querySelector("main");
  return {
    content: told(main),
    places: [...document.querySelectorAll("header, label")].map((place) => place.getBoundingClientRect().toJSON()),
    focus: document.activeElement?.textContent,
  };
});

for (const [survey, language, question] of [
  ["sipas-2022", "vi", "Giới tính của Ông/Bà"],
  ["sipas-2022", "en", "Your sex"],
  ["procedures", "vi", "Ông/Bà làm thủ tục cho ai?"],
  ["health-outpatient", "vi", "Giới tính của người bệnh"],
]) {
  test(`the form begins before the program is there, which goes on from it, ${survey} ${language}`, async () => {
    const page = await withoutProgram(`#/s/${survey}?unit=02647&channel=phone&lang=${language}`);
    const start = page.getByRole("button", { name: language === "vi" ? "Đồng ý và bắt đầu" : "Agree and start" });
    await start.waitFor();
    const notice = await page.locator("main").innerText();
    assert.match(notice, /Xã|Phường/, "the unit is named");
    await sound(page, "the notice before the program", 48);
    await touch(page, start);
    await page.getByRole("heading", { name: question }).waitFor();
    await sound(page, "the first question before the program", 48);
    const before = await asked(page);
    page.release();
    await page.locator("progress").waitFor();
    await page.waitForFunction((focus) => document.activeElement?.textContent === focus, before.focus);
    assert.deepEqual(await asked(page), before, "nobody sees that the program has come");
    await touch(page, page.locator("label.opt").first());
    await page.waitForFunction(() => document.querySelector("progress")?.value === 2);
    await touch(page, page.locator(".nav .btn").first());
    await page.waitForFunction(() => document.querySelector("progress")?.value === 1);
    await page.reload();
    await page.locator("progress").waitFor();
    assert.equal(await heading(page).textContent(), question, "it is a draft like any other");
    assert.deepEqual(page.faults, []);
    await page.context().close();
  });
}

test("the notice stays where it is when the program comes", async () => {
  for (const language of ["vi", "en"]) {
    const page = await withoutProgram(`${FORM}&lang=${language}`);
    await page.locator(".nav .btn").waitFor();
    const notice = () => page.evaluate(() => ({
      words: [...document.querySelectorAll("header p, main, .nav")].map((part) => part.innerText.trim()),
      places: [...document.querySelectorAll("main h1, .unit, .facts li, .nav .btn")].map((part) => part.getBoundingClientRect().toJSON()),
    }));
    const before = await notice();
    page.release();
    await page.locator("button.lang").waitFor();
    assert.deepEqual(await notice(), before, language);
    assert.deepEqual(page.faults, []);
    await page.context().close();
  }
});

test("an answer given before the program is there counts, and leads on where a finger gave it", async () => {
  for (const way of ["finger", "key"]) {
    const page = await withoutProgram(FORM);
    await touch(page, page.locator(".nav .btn"));
    await page.locator("label.opt").first().waitFor();
    if (way === "finger") await touch(page, page.locator("label.opt").nth(1));
    else {
      await page.keyboard.press("Tab");
      await page.keyboard.press("ArrowDown");
    }
    assert.equal(await page.locator("input:checked").getAttribute("value"), "female");
    page.release();
    await page.waitForFunction((step) => document.querySelector("progress")?.value === step, way === "finger" ? 2 : 1);
    if (way === "finger") await touch(page, page.locator(".nav .btn").first());
    await page.waitForFunction(() => document.querySelector("progress")?.value === 1);
    assert.equal(await page.locator("input:checked").getAttribute("value"), "female");
    assert.deepEqual(page.faults, []);
    await page.context().close();
  }
});

test("what only the program can say is not begun without it", async () => {
  for (const more of ["&unit=02648", "&colour=red", "&lang=fr", "&counter=%3Cb%3E", "&channel=kiosk"]) {
    const page = await withoutProgram(`#/s/sipas-2022?${more.slice(1)}`);
    await page.waitForLoadState("domcontentloaded");
    await page.waitForFunction(() => document.querySelector("[data-text]").textContent || location.hash.includes("fr"));
    await page.waitForTimeout(200);
    assert.equal(await page.locator(".nav .btn").isVisible(), false, more);
    page.release();
    await page.getByRole("button", { name: /Đồng ý và bắt đầu|Lưu/ }).first().waitFor();
    await page.context().close();
  }
});

test("a touch chooses at once; a finger that moves, rests, stops a rolling page or is not alone is left to the browser", async () => {
  const page = await phone();
  await page.goto(`${kit.url}/${FORM}`);
  await touch(page, page.locator(".nav .btn"));
  await page.locator("progress").waitFor();
  const clicks = () => page.evaluate(() => window.clicks);
  await page.evaluate(() => {
    window.clicks = [];
    addEventListener("click", ({ target, isTrusted }) => window.clicks.push(`${target.localName} ${isTrusted}`), true);
  });
  const cdp = await page.context().newCDPSession(page);
  let option;
  const look = async () => (option = await page.locator("label.opt").first().boundingBox());
  const at = (dx, dy, id = 0) => ({ x: option.x + 60 + dx, y: option.y + 20 + dy, id });
  await look();
  const send = (type, ...touchPoints) => cdp.send("Input.dispatchTouchEvent", { type, touchPoints });
  const checked = () => page.locator("input:checked").count();

  await send("touchStart", at(0, 0));
  for (let dy = 5; dy <= 60; dy += 5) await send("touchMove", at(0, -dy));
  await send("touchEnd");
  await page.waitForTimeout(300);
  assert.equal(await checked(), 0, "it moved");

  await send("touchStart", at(0, 0, 0));
  await send("touchStart", at(0, 0, 0), at(40, 0, 1));
  await send("touchEnd", at(0, 0, 0));
  await send("touchEnd");
  await page.waitForTimeout(300);
  assert.equal(await checked(), 0, "there were two");

  // What the browser makes of these is its own.
  for (const way of ["rolled", "rested"]) {
    if (way === "rolled") await page.evaluate(() => dispatchEvent(new Event("scroll")));
    await send("touchStart", at(0, 0));
    if (way === "rested") await page.waitForTimeout(900);
    await send("touchEnd");
    await page.waitForTimeout(600);
    await look();
    assert.ok((await clicks()).every((click) => click.endsWith("true")), way);
  }

  const step = await page.evaluate(() => document.querySelector("progress").value);
  await page.evaluate(() => (window.clicks = []));
  await send("touchStart", at(0, 0));
  await send("touchEnd");
  await page.waitForFunction((step) => document.querySelector("progress")?.value > step, step);
  assert.deepEqual(await clicks(), ["label false", "input false"], "a touch is one click, of the page's own");
  assert.deepEqual(page.faults, []);
  await page.context().close();
});
