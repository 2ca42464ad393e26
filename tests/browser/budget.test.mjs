// What the respondent's page loads, file by file, and its budget.
import assert from "node:assert/strict";
import { test } from "node:test";
import { statSync } from "node:fs";
import path from "node:path";
import { fixture } from "./fixture.mjs";
import { root } from "./kit.mjs";

let kit, browser;
fixture((...both) => ([kit, browser] = both));

/** What the page loads from a cold start to the first question, in bytes as they travel. */
async function weigh(url, until) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await cdp.send("Network.enable");
  const loaded = new Map();
  cdp.on("Network.responseReceived", ({ requestId, response }) => loaded.set(requestId, { url: response.url, encoding: response.headers["content-encoding"] ?? "–" }));
  cdp.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => Object.assign(loaded.get(requestId) ?? {}, { bytes: encodedDataLength }));
  await page.goto(url);
  await until(page);
  await page.waitForLoadState("networkidle");
  await context.close();
  return [...loaded.values()].filter((one) => one.bytes !== undefined);
}

test("the respondent's page loads nothing of the office's, and stays within its budget", async (t) => {
  const list = await weigh(`${kit.url}/#/s/sipas-2022?unit=02647`, (page) => page.getByRole("button", { name: "Bắt đầu" }).waitFor());
  let total = 0;
  for (const { url } of list) {
    const name = new URL(url).pathname.slice(1) || "index.html";
    const file = path.join(root, "dist", name);
    const size = statSync(`${file}.br`).size;
    total += size;
    t.diagnostic(`${String(size).padStart(7)} B brotli  ${name}`);
    assert.doesNotMatch(name, /office|targets/, "the office's files stay in the office");
  }
  t.diagnostic(`${String(total).padStart(7)} B brotli  in all, ${list.length} files`);
  assert.ok(total <= 100_000, `the page grew to ${total} bytes`);
  assert.ok(list.every((one) => one.encoding === "br"), "every file travels compressed");
  // The worker comes after the first screen and is not waited for, so it has a budget of its own. What
  // it keeps was just loaded, and is taken from the browser's cache; only these come for it alone.
  const later = ["sw.js.br", "manifest.webmanifest.br", "icon-192.png", "icon-512.png", "icon-maskable.png"];
  const sizes = later.map((name) => statSync(path.join(root, "dist", name)).size);
  t.diagnostic(`${sizes.reduce((a, b) => a + b)} B afterwards: ${later.map((name, at) => `${name} ${sizes[at]}`).join(", ")}`);
  // It also looks after the languages a survey can be switched to without a network.
  assert.ok(sizes[0] <= 5_000, `the worker grew to ${sizes[0]} bytes`);
  assert.ok(sizes.reduce((a, b) => a + b) <= 15_000, "what comes afterwards grew");
});
