// How soon a touch is answered on a slow device at a counter, and how long a response takes to be on disk.
//   node benches/kiosk.mjs          # two minutes; TOUCHES=120 SLOWER=6
import { launch, open, serve } from "../tests/browser/kit.mjs";
import { LANDSCAPE, SETUP, rested, somewhere, thanked } from "../tests/browser/kiosk.mjs";

const TOUCHES = Number(process.env.TOUCHES ?? 120);
const SLOWER = Number(process.env.SLOWER ?? 6);

/**
 * Runs in the page before its own scripts. A touch begins when the page hears of the lifted finger: DevTools stamps
 * it, and then holds it back until the page has drawn a frame, 10 to 20 ms that nobody waits at a counter. A face
 * counts as painted in the animation frame after the first one that finds it picked; a write lasts from the touch
 * that hands in to the completion of the transaction with the response.
 */
function probe() {
  const touches = [], writes = [];
  let handed;
  addEventListener("pointerup", (event) => {
    const heard = performance.now(), stamped = event.timeStamp;
    if (event.target.closest(".finish")) handed = heard;
    if (!event.target.closest(".face-button") || document.querySelector(".picked")) return;
    const look = () => {
      if (!document.querySelector(".face-button.picked")) return requestAnimationFrame(look);
      requestAnimationFrame(() => touches.push({ stamped, heard, painted: performance.now() }));
    };
    requestAnimationFrame(look);
  }, true);
  new PerformanceObserver((list) => {
    for (const { name, startTime, duration } of list.getEntries()) {
      const touch = touches.findLast(({ stamped }) => Math.abs(stamped - startTime) < 1);
      if (name === "pointerup" && touch) touch.event = duration;
    }
  }).observe({ type: "event", durationThreshold: 16 });
  const transaction = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (...given) {
    const made = transaction.apply(this, given), begun = performance.now();
    if (made.mode === "readwrite" && [...made.objectStoreNames].includes("responses")) {
      made.addEventListener("complete", () => writes.push({ whole: performance.now() - handed, transaction: performance.now() - begun, durability: made.durability }));
    }
    return made;
  };
  window.measured = () => ({ touches, writes });
}

const kit = await serve();
const browser = await launch();
const page = await open(browser, kit.url, LANDSCAPE);
await page.addInitScript(probe);
await page.goto(`${kit.url}/kiosk/#/run?${SETUP}`);
await rested(page);
const cdp = await page.context().newCDPSession(page);
await cdp.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
/** A finger that stays for 80 ms. */
async function tap(locator) {
  await locator.waitFor();
  // Within a quarter of a second after a new screen it would be taken for the second tap of a double tap.
  await page.waitForTimeout(270);
  const [x, y] = await somewhere(locator);
  await cdp.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [{ x, y }] });
  await page.waitForTimeout(80);
  await cdp.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
}
for (let n = 0; n < TOUCHES; n++) {
  await tap(page.locator(".face-button").nth(2 + (n % 3)));
  await tap(page.locator(".finish"));
  await thanked(page);
  await tap(page.locator(".done .btn"));
  await rested(page);
}
const { touches, writes } = await page.evaluate(() => measured());
await browser.close();
await kit.stop();

const row = (name, values) => {
  const sorted = values.filter((value) => value !== undefined).sort((a, b) => a - b);
  const at = (share) => Math.round(sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)]);
  return `| ${name} | ${at(0.5)} | ${at(0.95)} | ${at(0.99)} | ${sorted.length} |`;
};
console.log(`the processor slowed ${SLOWER}×, ms | p50 | p95 | p99 | touches`);
console.log(row("face touched, painted as picked", touches.map(({ heard, painted }) => painted - heard)));
console.log(row("the same since DevTools' stamp", touches.map(({ stamped, painted }) => painted - stamped)));
console.log(row("the same, Event Timing", touches.map(({ event }) => event ?? 16)));
console.log(row("handed in, response on disk", writes.map(({ whole }) => whole)));
console.log(row("of that, the strict transaction", writes.map(({ transaction }) => transaction)));
if (writes.some(({ durability }) => durability !== "strict")) throw new Error("a write was not strict");
if (touches.length !== TOUCHES || writes.length !== TOUCHES) throw new Error(`${touches.length} touches, ${writes.length} writes`);
