// The kiosk without a network, and from one version to the next: between two people, never in the middle of one.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, open } from "./kit.mjs";
import { kept as cached, look, site, versionOf } from "./site.mjs";
import { LANDSCAPE, SETUP, kept, nextPerson, press, rate, rateAndFinish, rested, staff, thanked } from "./kiosk.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

/** What a browser says by itself of a server that is gone. */
const told = (page) => page.faults.filter((fault) => !/ERR_CONNECTION_REFUSED|ERR_INTERNET_DISCONNECTED|ERR_FAILED|ERR_CONNECTION_RESET/.test(fault));

/** Runs with a site of its own and a device that is set up and has everything of it. */
async function visited(run) {
  const made = await site("/khao-sat/");
  const page = await open(browser, made.url, LANDSCAPE);
  try {
    await page.goto(`${made.url}/kiosk/#/run?${SETUP}`);
    await rested(page);
    await cached(page, "./", "../surveys/counter-5.json", "../surveys/units/02.json");
    await run(made, page);
    assert.deepEqual(told(page), []);
  } finally {
    await page.context().close();
    await made.remove();
  }
}

test("after one visit the device starts, rates and exports with the server gone", async () => {
  await visited(async (made, page) => {
    await rateAndFinish(page, 4);
    await nextPerson(page);
    await made.stop();
    await page.goto("about:blank");
    await page.goto(`${made.url}/kiosk/`);
    await rested(page);
    await page.getByText("Phường Lào Cai, Tỉnh Lào Cai · Quầy 3").waitFor();
    await rateAndFinish(page, 3);
    await nextPerson(page);
    assert.equal((await kept(page)).responses.length, 2);
    await staff(page);
    await page.locator(".facts-table div", { hasText: "Chạy được khi mất mạng" }).filter({ hasText: "Có" }).waitFor();
    const coming = page.waitForEvent("download");
    await page.getByRole("button", { name: /^Xuất phiếu mới \(2\)/ }).tap();
    await coming;
  });
});

test("a new version waits for the end of a form, and is taken before the next person", async () => {
  await visited(async (made, page) => {
    const old = made.version;
    await rate(page, 1);
    await page.locator(".finish").waitFor();
    made.become(2);
    const version = made.seal();
    let loads = 0;
    page.on("load", () => loads++);
    assert.equal(await look(page), "installed");
    await page.waitForTimeout(600);
    assert.deepEqual(await versionOf(page), ["1", "1", old], "nobody is interrupted");
    await press(page, page.locator("label.opt").first());
    await press(page, page.locator(".nav .btn").last());
    await page.getByRole("heading", { name: "Ông/Bà đã phải liên hệ" }).waitFor();
    assert.equal(loads, 0);
    await press(page, page.locator(".finish"));
    await thanked(page);
    assert.equal(loads, 0);
    await page.waitForFunction(() => window.startOf === 2, undefined, { timeout: 15_000 });
    await rested(page);
    assert.deepEqual(await versionOf(page), ["2", "2", version]);
    assert.equal(loads, 1);
    const { responses, draft } = await kept(page);
    assert.deepEqual([responses.map(({ status }) => status), draft], [["complete"], undefined]);
    await rateAndFinish(page, 4);
    assert.equal((await kept(page)).responses.length, 2);
  });
});

test("a new version that comes while nobody is there is taken at once", async () => {
  await visited(async (made, page) => {
    made.become(2);
    const version = made.seal();
    await page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update());
    await page.waitForFunction(() => window.startOf === 2, undefined, { timeout: 15_000 });
    await rested(page);
    assert.deepEqual(await versionOf(page), ["2", "2", version]);
    await rateAndFinish(page, 4);
    assert.equal((await kept(page)).responses.length, 1);
  });
});
