// A device's storage: full, emptied by the browser, of an older kit.
import assert from "node:assert/strict";
import { test } from "node:test";
import { copyFileSync } from "node:fs";
import path from "node:path";
import { fixture } from "./fixture.mjs";
import { open, until } from "./kit.mjs";
import { rows, scratch } from "./program.mjs";
import { LANDSCAPE, SETUP, codeOf, kept, kiosk, nextPerson, numbers, press, rate, rateAndFinish, rested, staff, thanked } from "./kiosk.mjs";

let kit, browser;
fixture((...both) => ([kit, browser] = both));

/**
 * Runs in the page: while `full` is noted there, the database answers every record with what a full disk makes
 * of it: the transaction is rolled back for want of room. A quota set from outside takes effect only half a minute
 * later, once the browser has used up what it had put aside for the page.
 */
function refuseWhileFull() {
  for (const name of ["add", "put"]) {
    const real = IDBObjectStore.prototype[name];
    IDBObjectStore.prototype[name] = function (...given) {
      const request = real.apply(this, given);
      if (sessionStorage.getItem("full")) {
        const { transaction } = this;
        request.addEventListener("success", () => {
          const error = new DOMException("no room", "QuotaExceededError");
          for (const one of [request, transaction]) Object.defineProperty(one, "error", { value: error });
          try { transaction.abort(); } catch { /* by another request of it */ }
        });
      }
      return request;
    };
  }
}

const fill = (page) => page.evaluate(() => sessionStorage.setItem("full", "yes"));
const empty = (page) => page.evaluate(() => sessionStorage.removeItem("full"));
const rescued = ({ local }) => Object.entries(local).filter(([key]) => key.startsWith("sipas.rescued.")).map(([, text]) => JSON.parse(text));

async function export_(page, name) {
  const coming = page.waitForEvent("download");
  await page.getByRole("button", { name }).tap();
  const download = await coming;
  const copy = path.join(scratch, download.suggestedFilename());
  copyFileSync(await download.path(), copy);
  return rows(copy);
}

test("no room: the answer is kept all the same, staff are called, it is in the export, and goes home when there is room", async () => {
  const page = await open(browser, kit.url, LANDSCAPE);
  await page.addInitScript(refuseWhileFull);
  await page.goto(`${kit.url}/kiosk/#/run?${SETUP}`);
  await rested(page);
  await rateAndFinish(page, 4);
  await nextPerson(page);
  // The rating was still written; what follows is not.
  await rate(page, 1);
  await page.locator(".finish").waitFor();
  await page.waitForTimeout(200);
  await fill(page);
  await press(page, page.locator("label.opt").first());
  await press(page, page.locator(".finish"));
  await page.getByText("Máy này gần hết chỗ").waitFor();
  const code = await thanked(page);
  let now = await kept(page);
  assert.equal(now.responses.length, 1);
  assert.deepEqual(rescued(now).map(({ id, status, answers }) => [codeOf(id), status, answers.reasons.picked.options]), [[code, "complete", ["attitude"]]]);
  await press(page, page.locator(".done .btn"));
  await rested(page);
  await page.getByText("Xin báo cán bộ").waitFor();

  // Loaded again, still without room: the draft on disk knows less than what was rescued, and must not replace it.
  await page.reload();
  await rested(page);
  await page.waitForTimeout(300);
  assert.deepEqual(rescued(await kept(page)).map(({ id, status, answers }) => [codeOf(id), status, answers.reasons.picked?.options]), [[code, "complete", ["attitude"]]]);
  await page.getByText("Xin báo cán bộ").waitFor();
  await staff(page);
  await page.getByText("Bộ nhớ đã đầy: 1 phiếu đang được giữ tạm").waitFor();
  assert.deepEqual(await numbers(page), [2, 2, 2, 2]);
  const records = await export_(page, /^Xuất tất cả \(2\)/);
  assert.deepEqual(records.map(({ response_id, status }) => [codeOf(response_id), status]).filter(([one]) => one === code), [[code, "complete"]]);
  await page.getByRole("button", { name: "Chưa có" }).tap();

  await empty(page);
  await page.reload();
  await rested(page);
  await page.waitForTimeout(300);
  now = await kept(page);
  assert.deepEqual(rescued(now), []);
  assert.equal(now.draft, undefined);
  assert.deepEqual(now.responses.map(({ id }) => codeOf(id)).filter((one) => one === code), [code]);
  assert.equal(now.responses.length, 2);
  assert.equal(await page.getByText("Xin báo cán bộ").count(), 0);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("no room: what is in a file can be noted and deleted, which is the way out", async () => {
  const page = await open(browser, kit.url, LANDSCAPE);
  await page.addInitScript(refuseWhileFull);
  await page.goto(`${kit.url}/kiosk/#/run?${SETUP}`);
  await rested(page);
  await rateAndFinish(page, 4);
  await nextPerson(page);
  await fill(page);
  await rateAndFinish(page, 3);
  await press(page, page.locator(".done .btn"));
  await rested(page);
  await staff(page);
  await export_(page, /^Xuất tất cả \(2\)/);
  await page.getByRole("button", { name: "Đã có tệp" }).tap();
  await press(page, page.getByRole("button", { name: /^Xoá phiếu đã xuất \(2\)/ }));
  await page.getByRole("button", { name: "Xoá vĩnh viễn" }).tap();
  await page.waitForFunction(() => document.querySelectorAll(".numbers dd")[3].textContent === "0", undefined, { timeout: 5000 });
  const now = await kept(page);
  assert.deepEqual([now.responses.length, rescued(now).length], [0, 0]);
  await empty(page);
  await page.getByRole("button", { name: "Trở về màn hình khảo sát" }).tap();
  await rateAndFinish(page, 2);
  assert.equal((await kept(page)).responses.length, 1);
  await page.context().close();
});

test("responses of the first version of the database stay, with a draft of nobody, and the kiosk works", async () => {
  const page = await open(browser, kit.url, LANDSCAPE);
  await page.goto(`${kit.url}/surveys/index.json`);
  const old = await page.evaluate(() => new Promise((resolve) => {
    const request = indexedDB.open("sipas-kit", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("responses", { keyPath: "id" });
    request.onsuccess = () => {
      const db = request.result;
      const transaction = db.transaction("responses", "readwrite");
      const made = ["01a1fdae-afdf-7315-b01a-d0d0e83122a6", "01a1fdae-afdf-7315-b01a-d0d0e83122a7"].map((id, at) => ({
        id, survey: "counter-5", edition: "2026.1", attributes: { unit: "02647", field: null, counter: "1", officer: null, channel: "phone" },
        language: "vi", started_at: "2026-01-05T08:00:00+07:00", finished_at: "2026-01-05T08:01:00+07:00", status: "complete", origin: "answered",
        answers: { rating: { level: 4 + at }, contacts: { missing: "no_answer" } },
      }));
      made.forEach((one) => transaction.objectStore("responses").add(one));
      transaction.oncomplete = () => { db.close(); resolve(made); };
    };
  }));
  await page.goto(`${kit.url}/kiosk/#/run?${SETUP}`);
  await rested(page);
  assert.deepEqual((await kept(page)).responses, old);
  await rateAndFinish(page, 2);
  const { responses, version } = await kept(page);
  assert.deepEqual(responses.slice(0, 2), old);
  assert.equal(responses.length, 3);
  assert.ok(version > 1);
  await rested(page);
  await staff(page);
  assert.deepEqual(await numbers(page), [1, 1, 3, 3]);
  assert.equal((await export_(page, /^Xuất phiếu mới \(3\)/)).length, 3);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

/** What Chromium does by itself where the end of its log is torn; `without copies`: what any browser may do. */
async function deleteDatabase(page, how) {
  await page.goto(`${kit.url}/surveys/index.json`);
  await page.evaluate(async (how) => {
    if (how === "without copies") for (const name of await caches.keys()) if (name.startsWith("sipas-copies")) await caches.delete(name);
    await new Promise((resolve, reject) => {
      const request = indexedDB.deleteDatabase("sipas-kit");
      request.onsuccess = resolve;
      request.onerror = request.onblocked = reject;
    });
  }, how);
}

/** The ids that have a second copy. */
const copied = (page) => page.evaluate(async () => {
  const name = (await caches.keys()).find((name) => name.startsWith("sipas-copies"));
  const requests = name ? await (await caches.open(name)).keys() : [];
  return requests.map(({ url }) => url.split("/").at(-1)).sort();
});

test("what is in no file lies there twice: a database that is thrown away brings nobody's answers with it", async () => {
  const page = await kiosk(browser, kit.url);
  for (const level of [4, 2, 0]) {
    await rateAndFinish(page, level);
    await nextPerson(page);
  }
  const before = await kept(page);
  assert.equal((await copied(page)).length, 3, "before the thanks");
  await deleteDatabase(page, "with copies");
  await page.goto(`${kit.url}/kiosk/`);
  await rested(page);
  assert.equal(await page.getByText("Xin báo cán bộ").count(), 0, "nothing is lost");
  const after = await kept(page);
  assert.deepEqual(after.responses, before.responses);
  assert.deepEqual(after.identity, before.identity);
  await staff(page);
  await page.getByText("3 phiếu chưa xuất đã được khôi phục").waitFor();
  assert.deepEqual(await numbers(page), [3, 3, 3, 3]);
  // What is in a file needs no copy, and what was there before there were copies gets one.
  assert.equal((await export_(page, /^Xuất phiếu mới \(3\)/)).length, 3);
  assert.equal((await copied(page)).length, 3, "until staff say that the file is there");
  await page.getByRole("button", { name: "Đã có tệp" }).tap();
  await until(page, async () => (await (await caches.open((await caches.keys()).find((name) => name.startsWith("sipas-copies")))).keys()).length === 0);
  await page.goto(`${kit.url}/kiosk/`);
  await rested(page);
  await rateAndFinish(page, 3);
  await nextPerson(page);
  await page.evaluate(async () => { for (const name of await caches.keys()) if (name.startsWith("sipas-copies")) await caches.delete(name); });
  await page.reload();
  await rested(page);
  const newest = (await kept(page)).responses.at(-1).id;
  await until(page, async (newest) => {
    const name = (await caches.keys()).find((name) => name.startsWith("sipas-copies"));
    return name && (await (await caches.open(name)).keys()).some(({ url }) => url.endsWith(newest));
  }, newest);
  assert.deepEqual(await copied(page), [newest]);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("a database that the browser has deleted is told from a first start, with how much is lost", async () => {
  const page = await kiosk(browser, kit.url);
  for (const level of [4, 2]) {
    await rateAndFinish(page, level);
    await nextPerson(page);
  }
  const { identity } = await kept(page);
  await page.waitForTimeout(200);
  await deleteDatabase(page, "without copies");
  await page.goto(`${kit.url}/kiosk/`);
  await rested(page);
  await page.getByText("Xin báo cán bộ").waitFor();
  assert.deepEqual((await kept(page)).identity, identity, "it is the same device, set up as it was");
  await staff(page);
  await page.getByText("Khoảng 2 phiếu chưa xuất có thể đã mất").waitFor();
  // The other way round: localStorage cleared, the database kept.
  await page.evaluate(() => localStorage.clear());
  await page.reload();
  await rested(page);
  assert.deepEqual((await kept(page)).identity, identity);
  await page.context().close();

  const fresh = await open(browser, kit.url, LANDSCAPE);
  await fresh.goto(`${kit.url}/kiosk/`);
  await fresh.getByRole("heading", { name: "Cài đặt máy tại quầy" }).waitFor();
  assert.equal(await fresh.getByText("có thể đã mất").count(), 0);
  assert.deepEqual(fresh.faults, []);
  await fresh.context().close();
});

test("storage that is blocked is said before anybody answers", async () => {
  const page = await open(browser, kit.url, LANDSCAPE);
  await page.addInitScript(() => {
    const refuse = () => { throw new DOMException("refused", "SecurityError"); };
    Object.defineProperty(window, "localStorage", { get: refuse });
    Object.defineProperty(window, "indexedDB", { get: refuse });
  });
  await page.goto(`${kit.url}/kiosk/#/run?${SETUP}`);
  await page.getByRole("heading", { name: "Trình duyệt không cho lưu câu trả lời" }).waitFor();
  assert.equal(await page.locator(".face-button").count(), 0);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("neither kept nor rescued: nothing is pretended, and trying again works", async () => {
  const page = await open(browser, kit.url, LANDSCAPE);
  await page.addInitScript(refuseWhileFull);
  await page.goto(`${kit.url}/kiosk/#/run?${SETUP}`);
  await rested(page);
  await page.evaluate(() => {
    const real = Storage.prototype.setItem;
    Storage.prototype.setItem = function (key, value) {
      if (key.startsWith("sipas.rescued.") && sessionStorage.getItem("full")) throw new DOMException("no room", "QuotaExceededError");
      return real.call(this, key, value);
    };
  });
  await fill(page);
  await rate(page, 4);
  await press(page, page.locator(".finish"));
  await page.getByRole("heading", { name: "Chưa lưu được phiếu" }).waitFor();
  assert.equal(await page.locator(".done .hint", { hasText: "Mã phiếu" }).count(), 0);
  await empty(page);
  await press(page, page.getByRole("button", { name: "Thử lại" }));
  const code = await thanked(page);
  const now = await kept(page);
  assert.deepEqual([now.responses.map(({ id }) => codeOf(id)), rescued(now)], [[code], []]);
  await page.context().close();
});
