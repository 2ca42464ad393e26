// Runs the three pages in turn in a real Chromium: node measure.mjs DIST WORK OUT
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { report } from "./report.mjs";

const [dist, work, out] = process.argv.slice(2);
const COLD_ROUNDS = Number(process.env.COLD_ROUNDS ?? 4);
const WALK_ROUNDS = Number(process.env.WALK_ROUNDS ?? 3);
const LEAVES = Number(process.env.LEAVES ?? 15);

const PAGES = {
  kit: { folder: dist, address: "/#/s/sipas-2022?unit=02647&channel=phone", leaves: true },
  surveyjs: { folder: path.join(work, "surveyjs"), address: "/", leaves: true },
  odk: { folder: path.join(work, "odk"), address: "/" },
  // The same options in a page without a script: what the browser takes by itself.
  bare: { folder: path.join(work, "bare"), address: "/", answers: 36 },
};
const PHONE = {
  viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true,
  locale: "vi-VN", timezoneId: "Asia/Ho_Chi_Minh",
  // The program's content security policy forbids the style elements that the peers write. It is lifted for all.
  bypassCSP: true,
};
const SLOW = { cpu: 4, network: { offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 0.75e6 / 8 } };
const PLAIN = { cpu: 1 };
// The kit takes a tap within 250 ms of a new screen for a double tap.
const PAUSE = 260;
// A finger stays for a while.
const STAY = 80;

const probe = readFileSync(path.join(path.dirname(fileURLToPath(import.meta.url)), "probe.js"), "utf8");
const plan = JSON.parse(readFileSync(path.join(work, "answers.json"), "utf8"));
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));
const round = (list, at) => list.map((_, i) => list[(i + at) % list.length]);

async function serve(folder) {
  const server = spawn(process.env.SIPAS ?? "sipas", ["serve", folder, "--listen", "127.0.0.1:0"], { stdio: ["ignore", "ignore", "pipe"] });
  const url = await new Promise((resolve, reject) => {
    let said = "";
    server.stderr.on("data", (chunk) => {
      said += chunk;
      const found = said.match(/on (http:\/\/localhost:\d+)/);
      if (found) resolve(found[1]);
    });
    server.on("exit", () => reject(new Error(`the server did not start: ${said}`)));
  });
  return { url, stop: async () => { server.kill("SIGINT"); await once(server, "exit"); } };
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
// Chromium loads pages of its own once it has started.
await sleep(5000);

/** A page in a profile and process of its own, so that nothing is cached or compiled already. */
async function open({ cpu, network }) {
  const context = await browser.newContext(PHONE);
  const page = await context.newPage();
  await page.addInitScript(probe);
  const faults = [];
  page.on("pageerror", (error) => faults.push(error.message));
  const cdp = await context.newCDPSession(page);
  await cdp.send("Network.enable");
  await cdp.send("Performance.enable");
  if (network) await cdp.send("Network.emulateNetworkConditions", network);
  if (cpu > 1) await cdp.send("Emulation.setCPUThrottlingRate", { rate: cpu });
  return { context, page, cdp, faults };
}

/** From the link to the first option, and what came over the wire. */
async function coldStart(name, url, condition) {
  const { context, page, cdp, faults } = await open(condition);
  const loaded = new Map();
  cdp.on("Network.responseReceived", ({ requestId, response }) =>
    loaded.set(requestId, { url: response.url, encoding: response.headers["content-encoding"] ?? "none" }));
  cdp.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    if (loaded.has(requestId)) loaded.get(requestId).wire = encodedDataLength;
  });
  await page.goto(url + PAGES[name].address, { waitUntil: "commit" });
  const times = await page.evaluate((name) => probe.cold(name), name);
  await page.waitForLoadState("networkidle");
  const waterfall = await page.evaluate(() => performance.getEntriesByType("resource")
    .map(({ name, startTime, responseEnd }) => ({ name: new URL(name).pathname, from: startTime, to: responseEnd })));
  await context.close();
  if (faults.length) throw new Error(`${name}: ${faults}`);
  const files = [...loaded.values()].filter(({ url, wire }) => wire && url.startsWith("http")).map(({ url: address, ...rest }) => {
    const file = decodeURIComponent(new URL(address).pathname).replace(/\/$/, "/index.html");
    const full = path.join(PAGES[name].folder, file);
    const isSmall = rest.encoding === "br";
    if (isSmall && !existsSync(`${full}.br`)) throw new Error(`${file} came from elsewhere`);
    return { file, bytes: statSync(isSmall ? `${full}.br` : full).size, ...rest };
  });
  return { ...times, files, waterfall };
}

/**
 * Resident memory of the page's process that no other process shares, in bytes; 0 where the system does not tell.
 * The page's process is the one that has used as much processor time as the page says.
 */
async function privateMemory(seconds) {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  const off = ({ cpuTime }) => Math.abs(cpuTime - seconds);
  const [own] = processInfo.filter(({ type }) => type === "renderer").sort((a, b) => off(a) - off(b));
  const file = `/proc/${own?.id}/smaps_rollup`;
  if (!existsSync(file)) return 0;
  const lines = readFileSync(file, "utf8").matchAll(/^Private_\w+:\s+(\d+) kB/gm);
  return [...lines].reduce((sum, [, kilobytes]) => sum + 1024 * Number(kilobytes), 0);
}

async function memory({ page, cdp }) {
  for (let i = 0; i < 3; i++) await cdp.send("HeapProfiler.collectGarbage");
  const heap = await cdp.send("Runtime.getHeapUsage");
  const { metrics } = await cdp.send("Performance.getMetrics");
  const metric = (wanted) => metrics.find(({ name }) => name === wanted).value;
  return {
    script: heap.usedSize,
    document: heap.embedderHeapUsedSize ?? 0,
    wasm: await page.evaluate(() => probe.wasmBytes()),
    nodes: metric("Nodes"),
    process: await privateMemory(metric("ProcessTime")),
  };
}

/** Answers the whole form by touch, then leafs back and forth. */
async function walk(name, url, cpu) {
  const opened = await open(PLAIN);
  const { context, page, cdp, faults } = opened;
  await page.goto(url + PAGES[name].address, { waitUntil: "commit" });
  await page.evaluate((name) => probe.cold(name), name);
  await page.waitForLoadState("networkidle");
  await cdp.send("Emulation.setCPUThrottlingRate", { rate: cpu });
  await sleep(1000);
  let last = performance.now();
  const touch = async (what) => {
    const point = await page.evaluate((what) => probe.aim(what), what);
    if (!point) return false;
    await sleep(PAUSE - (performance.now() - last));
    await cdp.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [point] });
    await sleep(STAY);
    await cdp.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
    await page.evaluate(() => probe.done());
    last = performance.now();
    return true;
  };
  for (const answer of plan.slice(0, PAGES[name].answers)) {
    if (await touch(answer)) continue;
    await touch("next");
    if (!(await touch(answer))) throw new Error(`${name}: ${answer.column} does not come`);
  }
  const after = await memory(opened);
  if (PAGES[name].leaves) {
    await touch("next");
    for (let i = 0; i < LEAVES; i++) await touch("back");
    for (let i = 0; i < LEAVES; i++) await touch("next");
  }
  const touches = await page.evaluate(() => probe.result());
  if (process.env.SHOTS) await page.screenshot({ path: path.join(process.env.SHOTS, `${name}.png`) });
  await context.close();
  if (faults.length) throw new Error(`${name}: ${faults}`);
  return { touches, memory: after };
}

const servers = {};
const results = { cold: [], walks: [] };
try {
  for (const [name, { folder }] of Object.entries(PAGES)) servers[name] = await serve(folder);
  for (let at = 0; at < COLD_ROUNDS; at++) {
    for (const [condition, settings] of [["slow", SLOW], ["plain", PLAIN]]) {
      for (const name of round(Object.keys(PAGES), at)) {
        const one = await coldStart(name, servers[name].url, settings);
        results.cold.push({ name, condition, ...one });
        console.error(`  start ${at + 1}/${COLD_ROUNDS} ${condition} ${name}: ${Math.round(one.option)} ms`);
      }
    }
  }
  for (let at = 0; at < WALK_ROUNDS; at++) {
    for (const name of round(Object.keys(PAGES), at)) {
      const one = await walk(name, servers[name].url, 6);
      results.walks.push({ name, ...one });
      console.error(`  walk ${at + 1}/${WALK_ROUNDS} ${name}: ${one.touches.length} touches`);
    }
  }
  results.chromium = browser.version();
} finally {
  await browser.close();
  for (const server of Object.values(servers)) await server.stop();
}
results.versions = Object.fromEntries(["survey-core", "@getodk/web-forms"].map((name) => {
  const file = path.join(path.dirname(fileURLToPath(import.meta.url)), "node_modules", name, "package.json");
  return [name, JSON.parse(readFileSync(file, "utf8")).version];
}));
writeFileSync(`${out}.json`, JSON.stringify(results));
const text = report(results);
writeFileSync(out, text);
console.log(text);
