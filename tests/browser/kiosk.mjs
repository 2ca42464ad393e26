// A device at a counter, from outside: set up, touched, and looked into.
import assert from "node:assert/strict";
import { open } from "./kit.mjs";

export const LANDSCAPE = { viewport: { width: 1280, height: 800 }, hasTouch: true };
export const PORTRAIT = { viewport: { width: 1080, height: 1920 }, hasTouch: true };

/** One rating after another, as fast as the device allows. */
export const SETUP = "survey=counter-5&unit=02647&counter=3&idle=10&countdown=5&pause=0&full=no";

/** Opens a device that is set up by its address, at rest. */
export async function kiosk(browser, url, setup = SETUP, options = LANDSCAPE) {
  const page = await open(browser, url, options);
  await leapable(page);
  await page.goto(`${url}/kiosk/#/run?${setup}`);
  await rested(page);
  return page;
}

/** From its next load on, the page's clock that only rises can be made to leap: nobody waits where nothing happens. */
export function leapable(page) {
  return page.addInitScript(() => {
    const now = performance.now.bind(performance);
    let ahead = 0;
    performance.now = () => now() + ahead;
    window.leap = (seconds) => (ahead += seconds * 1000);
  });
}

/** So many seconds pass in which nobody touches anything. */
export const leap = (page, seconds) => page.evaluate((seconds) => window.leap(seconds), seconds);

/** The screen is at rest. */
export const rested = (page) => page.locator(".rest").waitFor();

/** Somewhere within an element, never twice the same: a finger is not a machine. */
export async function somewhere(locator) {
  const box = await locator.boundingBox();
  const within = (from, size) => from + size * (0.25 + Math.random() / 2);
  return [within(box.x, box.width), within(box.y, box.height)];
}

/** Touches one of the faces at rest: 0 is the worst. */
export async function rate(page, level) {
  await page.touchscreen.tap(...await somewhere(page.locator(".face-button").nth(level)));
}

/** Touches a button that is not yet to be taken for the second tap of a double tap. */
export async function press(page, locator) {
  await locator.waitFor();
  await page.waitForTimeout(270);
  await locator.scrollIntoViewIfNeeded();
  await page.touchscreen.tap(...await somewhere(locator));
}

/** Rates and hands in at once; resolves to the code on the thanks. */
export async function rateAndFinish(page, level) {
  await rate(page, level);
  await press(page, page.locator(".finish"));
  return thanked(page);
}

/** The code on the thanks. */
export async function thanked(page) {
  const text = await page.locator(".done .hint", { hasText: /[0-9A-Z]{4}-[0-9A-Z]{4}/ }).textContent();
  return text.match(/[0-9A-Z]{4}-[0-9A-Z]{4}/)[0];
}

/** "Next person". */
export async function nextPerson(page) {
  await press(page, page.locator(".done .btn"));
  await rested(page);
}

/** The code of an id: its last forty bits in Crockford's base 32. */
export function codeOf(id) {
  const bits = BigInt(`0x${id.replaceAll("-", "").slice(-10)}`);
  const digits = Array.from({ length: 8 }, (_, at) => "0123456789ABCDEFGHJKMNPQRSTVWXYZ"[Number((bits >> BigInt(5 * (7 - at))) & 31n)]);
  return `${digits.slice(0, 4).join("")}-${digits.slice(4).join("")}`;
}

/** Everything the device keeps: responses, the unfinished form, ids in files, receipts, and localStorage. */
export function kept(page) {
  return page.evaluate(() => new Promise((resolve, reject) => {
    const request = indexedDB.open("sipas-kit");
    let made;
    // The browser made it anew: what it says of what was there.
    request.onupgradeneeded = ({ oldVersion, dataLoss, dataLossMessage }) => (made = { oldVersion, dataLoss, dataLossMessage });
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      const db = request.result;
      const names = [...db.objectStoreNames];
      const found = { local: { ...localStorage }, version: db.version, names, made };
      if (!names.length) return db.close(), resolve(found);
      const transaction = db.transaction(names);
      const read = (name, key, ask) => {
        if (names.includes(name)) ask(transaction.objectStore(name)).onsuccess = (event) => (found[key] = event.target.result);
      };
      read("responses", "responses", (store) => store.getAll());
      read("device", "identity", (store) => store.get("identity"));
      read("device", "draft", (store) => store.get("draft"));
      read("exported", "exported", (store) => store.getAllKeys());
      read("receipts", "receipts", (store) => store.getAll());
      transaction.oncomplete = () => { db.close(); resolve(found); };
      transaction.onabort = () => reject(transaction.error);
    };
  }));
}

/** What a passer-by can see or find out of the page. */
export function seen(page) {
  return page.evaluate(() => ({
    text: document.body.innerText,
    language: document.documentElement.lang,
    title: document.title,
    scroll: scrollY,
    fields: [...document.querySelectorAll("input, textarea")].map((field) => field.value).join(""),
    picked: document.querySelectorAll(".picked, .other, :checked").length,
    // That the data have outlived the browser is of the device, not of a person.
    local: Object.keys(localStorage).filter((key) => key !== "sipas.kiosk.survived").sort(),
    session: Object.keys(sessionStorage),
    cookies: document.cookie,
  }));
}

/** Asserts that the screen is at rest and shows exactly what it showed before anybody came. */
export async function clean(page, before, why) {
  await rested(page);
  await page.waitForFunction(() => scrollY === 0 && !document.querySelector(".picked"));
  assert.deepEqual(await seen(page), before, why);
}

/** To the staff's view, by its PIN where there is one. */
export async function staff(page, pin) {
  await press(page, page.locator(".staff"));
  if (pin) {
    for (const digit of pin) await page.getByRole("button", { name: digit, exact: true }).tap();
    await page.locator(".key.go").tap();
  }
  await page.locator(".staff-view .numbers").waitFor();
}

/** The numbers of the staff's view: today, this week, in no file, on the device. */
export async function numbers(page) {
  return (await page.locator(".numbers dd").allTextContents()).map(Number);
}
