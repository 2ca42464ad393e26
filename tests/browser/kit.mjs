// Starts the built kit and a real Chromium, and knows the screens by what a person sees.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import path from "node:path";
import { chromium } from "playwright-core";

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const sipas = process.env.SIPAS ?? "sipas";

export const PHONE = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true };
export const OFFICE = { viewport: { width: 1440, height: 900 } };

/** Serves dist/ with the program's own server; resolves to { url, stop }. */
export async function serve(folder = path.join(root, "dist")) {
  const server = spawn(sipas, ["serve", folder, "--listen", "127.0.0.1:0"], { stdio: ["ignore", "ignore", "pipe"] });
  const url = await new Promise((resolve, reject) => {
    let said = "";
    server.stderr.on("data", (chunk) => {
      said += chunk;
      const found = said.match(/on (http:\/\/localhost:\d+)/);
      if (found) resolve(found[1]);
    });
    server.on("exit", () => reject(new Error(`the server did not start: ${said}`)));
  });
  return {
    url,
    async stop() {
      server.kill("SIGINT");
      await once(server, "exit");
    },
  };
}

export const EXECUTABLE = process.env.CHROMIUM ?? "/usr/bin/chromium";
export const ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync"];

/** A Chromium of its own. */
export function launch() {
  return chromium.launch({ executablePath: EXECUTABLE, args: ARGUMENTS });
}

/**
 * A page in a fresh profile. What must never happen is collected while it
 * lives: script errors, messages of the content security policy, requests to
 * another origin.
 */
export async function open(browser, origin, options) {
  const context = await browser.newContext({ locale: "vi-VN", timezoneId: "Asia/Ho_Chi_Minh", ...options });
  const page = await context.newPage();
  watch(page, origin);
  return page;
}

export function watch(page, origin) {
  page.faults = [];
  page.on("pageerror", (error) => page.faults.push(`error: ${error.message}`));
  page.on("console", (message) => {
    // The browser reports every 404 on the console; a missing survey is one, and has its own screen.
    if (message.type() === "error" && !/404 \(Not Found\)/.test(message.text())) page.faults.push(`console: ${message.text()}`);
  });
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(origin) && !url.startsWith("blob:") && !url.startsWith("data:")) page.faults.push(`request: ${url}`);
  });
  return page;
}

/** Waits until something that takes a while to find out is so; `waitForFunction` takes any promise for a yes. */
export async function until(page, isSo, given) {
  for (let n = 0; n < 400; n++) {
    if (await page.evaluate(isSo, given)) return;
    await page.waitForTimeout(25);
  }
  assert.fail(`it did not come true: ${isSo}`);
}

/** Touches an element the way a finger does; on a page without touch, clicks it. */
export async function touch(page, locator) {
  // A tap within a quarter of a second after a new screen is taken for a double tap, by design.
  await page.waitForTimeout(270);
  // The page may put another in its place at that moment, as when the program takes over: then that one is meant.
  await locator.scrollIntoViewIfNeeded().catch(() => locator.scrollIntoViewIfNeeded());
  if (await page.evaluate(() => navigator.maxTouchPoints > 0)) await locator.tap();
  else await locator.click();
}

export function heading(page) {
  return page.locator("h1").first();
}

/** The number of the question on the screen, 0 where there is none. */
export async function position(page) {
  return page.evaluate(() => document.querySelector("progress")?.value ?? 0);
}

/**
 * Answers every question by touch until the review, with `choose(name, count)`
 * giving the index of the option for each group of radio buttons or check boxes.
 */
export async function answerAll(page, choose) {
  for (;;) {
    if (await page.getByRole("heading", { name: /Xem lại câu trả lời|Check your answers/ }).count()) return;
    const at = await position(page);
    const names = await page.locator("main input").evaluateAll((inputs) => [
      ...new Set(inputs.filter((i) => i.type === "radio" || i.type === "checkbox").map((i) => i.name)),
    ]);
    let ledOn = false;
    for (const name of names) {
      const group = page.locator(`main label.opt:has(input[name="${name}"])`);
      const index = choose(name, await group.count());
      if (index === null) continue;
      const kind = await group.nth(index).locator("input").getAttribute("type");
      await touch(page, group.nth(index));
      ledOn = names.length === 1 && kind === "radio";
    }
    if (ledOn) {
      // A touched answer leads on by itself, unless it asks for words.
      await page.waitForFunction((at) => document.querySelector("progress")?.value !== at, at, { timeout: 700 }).catch(() => {});
      if ((await position(page)) !== at || !(await page.locator("#progress").count())) continue;
    }
    await touch(page, page.locator(".nav .btn").last());
    await page.waitForFunction((at) => document.querySelector("progress")?.value !== at, at, { timeout: 5000 });
  }
}

const axeSource = () => readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Fails with what axe found, and where the page is wider than the screen or a target too small. */
export async function sound(page, name, smallest) {
  if (!(await page.evaluate(() => typeof axe !== "undefined"))) await page.evaluate(axeSource());
  const { violations } = await page.evaluate(() => axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
  // What the page has scrolled under the bar at its foot is small only until it is scrolled out again.
  const covered = await page.evaluate((targets) => {
    const bar = document.querySelector(".nav")?.getBoundingClientRect();
    return targets.filter((target) => bar && document.querySelector(target)?.getBoundingClientRect().bottom > bar.top);
  }, violations.filter((v) => v.id === "target-size").flatMap((v) => v.nodes.map((n) => n.target[0])));
  for (const v of violations) v.nodes = v.nodes.filter((n) => v.id !== "target-size" || !covered.includes(n.target[0]));
  assert.deepEqual(violations.filter((v) => v.nodes.length).map((v) => `${v.id}: ${v.nodes.map((n) => n.target).join(" ")}`), [], name);
  const layout = await page.evaluate((smallest) => ({
    wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    small: [...document.querySelectorAll("button, .opt, .btn, select, input:not(.opt input):not(.drop input), textarea")]
      .filter((e) => e.checkVisibility())
      .map((e) => [e.textContent.trim() || e.id, e.getBoundingClientRect()])
      .filter(([, box]) => box.height < smallest - 0.5 || box.width < smallest - 0.5)
      .map(([text, box]) => `${text}: ${box.width}×${box.height}`)
      .filter((text, at, all) => all.indexOf(text) === at),
  }), smallest);
  assert.ok(layout.wide <= 0, `${name} is ${layout.wide} px wider than the screen`);
  assert.deepEqual(layout.small, [], name);
}
