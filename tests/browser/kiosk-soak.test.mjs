// One sitting of many ratings on one page: nothing grows, nothing is lost, nothing doubled.
//   node --test tests/browser/kiosk-soak.test.mjs                    # three hundred
//   RATINGS=10000 node --test tests/browser/kiosk-soak.test.mjs      # the long form
//
// Only the waiting is left out: timeouts of the page that are set for 100 ms and more (the 600 ms in which a rating is
// seen, the thanks) come at once, and the clock by which double taps are told runs ahead by what was left out. Touches
// are real ones, and everything is written to the database as always.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fixture } from "./fixture.mjs";
import { open } from "./kit.mjs";
import { LANDSCAPE, SETUP, codeOf, kept, rested } from "./kiosk.mjs";

const RATINGS = Number(process.env.RATINGS ?? 300);

let kit, browser;
fixture((...both) => ([kit, browser] = both));

/** Runs in the page before its own scripts. */
function hurry() {
  const later = window.setTimeout.bind(window), monotonic = performance.now.bind(performance);
  const Real = Date, now = Date.now.bind(Date);
  let ahead = 0;
  window.hurryBy = (milliseconds) => (ahead += milliseconds);
  window.setTimeout = (call, milliseconds = 0, ...given) => {
    if (milliseconds < 100 || milliseconds > 5000) return later(call, milliseconds, ...given);
    return later(() => { ahead += milliseconds; call(...given); }, 0);
  };
  performance.now = () => monotonic() + ahead;
  window.Date = class extends Real {
    constructor(...given) { given.length ? super(...given) : super(now() + ahead); }
    static now() { return now() + ahead; }
  };
  const streaming = WebAssembly.instantiateStreaming.bind(WebAssembly);
  WebAssembly.instantiateStreaming = async (...given) => {
    const made = await streaming(...given);
    window.wasmMemory = Object.values(made.instance.exports).find((made) => made instanceof WebAssembly.Memory);
    return made;
  };
}

test(`${RATINGS} ratings in one sitting`, { timeout: 6 * 3600_000 }, async (t) => {
  const page = await open(browser, kit.url, LANDSCAPE);
  await page.addInitScript(hurry);
  await page.goto(`${kit.url}/kiosk/#/run?${SETUP}`);
  await rested(page);
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("HeapProfiler.enable");
  const where = (selector) => page.locator(selector).first().boundingBox();
  const tap = async (box) => {
    const spot = { x: box.x + box.width * (0.2 + 0.6 * Math.random()), y: box.y + box.height * (0.2 + 0.6 * Math.random()) };
    await cdp.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [spot] });
    await cdp.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  };
  const shown = (selector) => page.waitForFunction((selector) => document.querySelector(selector) !== null, selector, { polling: "raf" });
  const size = async () => {
    await cdp.send("HeapProfiler.collectGarbage");
    await cdp.send("HeapProfiler.collectGarbage");
    const { usedSize } = await cdp.send("Runtime.getHeapUsage");
    const { nodes, jsEventListeners } = await cdp.send("Memory.getDOMCounters");
    const wasm = await page.evaluate(() => window.wasmMemory.buffer.byteLength);
    return { heap: usedSize, nodes, listeners: jsEventListeners, wasm };
  };
  const faces = await Promise.all([0, 1, 2, 3, 4].map((at) => page.locator(".face-button").nth(at).boundingBox()));
  const codes = [], cycles = [];
  let early, finish, next;
  const began = Date.now();
  for (let n = 0; n < RATINGS; n++) {
    const start = performance.now();
    await tap(faces[2 + (n % 3)]);
    await shown(".finish");
    finish ??= await where(".finish");
    await page.evaluate(() => hurryBy(300));
    await tap(finish);
    await shown(".done .btn");
    next ??= await where(".done .btn");
    codes.push(await page.evaluate(() => document.querySelector(".done .hint").textContent.match(/[0-9A-Z]{4}-[0-9A-Z]{4}/)[0]));
    // People come one after another, not on one another's heels.
    await page.evaluate(() => hurryBy(1000));
    await tap(next);
    await shown(".face-button:not(.picked)");
    cycles.push(performance.now() - start);
    if (n + 1 === Math.max(20, Math.round(RATINGS / 10))) early = await size();
  }
  const late = await size();
  const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
  const block = Math.max(20, Math.round(RATINGS / 10));
  const [first, last] = [median(cycles.slice(0, block)), median(cycles.slice(-block))];
  t.diagnostic(`${RATINGS} ratings in ${Math.round((Date.now() - began) / 1000)} s; a rating takes ${first.toFixed(1)} ms at the start, ${last.toFixed(1)} ms at the end (${(last / first).toFixed(2)})`);
  t.diagnostic(`after ${block}: ${JSON.stringify(early)}; after ${RATINGS}: ${JSON.stringify(late)}`);
  const { responses } = await kept(page);
  assert.deepEqual(responses.map(({ id }) => codeOf(id)).sort(), [...codes].sort(), "every code that was shown is stored, once, and nothing else");
  assert.equal(new Set(codes).size, RATINGS);
  assert.deepEqual(responses.filter(({ status }) => status !== "complete"), []);
  responses.forEach(({ id }, at) => assert.ok(!at || id > responses[at - 1].id));
  const byCode = new Map(responses.map((response) => [codeOf(response.id), response]));
  codes.forEach((code, n) => assert.deepEqual(byCode.get(code).answers.rating, { level: 3 + (n % 3) }));
  assert.ok(late.wasm > 0);
  assert.ok(late.wasm <= early.wasm + 131_072, `WebAssembly memory grew from ${early.wasm} to ${late.wasm}`);
  assert.ok(late.nodes <= early.nodes + 50, `nodes grew from ${early.nodes} to ${late.nodes}`);
  assert.ok(late.listeners <= early.listeners + 20, `listeners grew from ${early.listeners} to ${late.listeners}`);
  assert.ok(late.heap <= early.heap * 1.25 + 300_000, `heap grew from ${early.heap} to ${late.heap}`);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});
