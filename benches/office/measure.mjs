// measure.mjs WORK FILE ROUNDS: each program in turn, in a browser of its own each time.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createReadStream, existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { once } from "node:events";
import path from "node:path";
import { chromium } from "playwright-core";

const [work, file, rounds] = [process.argv[2], process.argv[3], Number(process.argv[4])];
const ROWS = Number(process.env.ROWS);
const TYPES = { html: "text/html", js: "text/javascript", wasm: "application/wasm" };

/** The peers' files, as plainly as can be. */
const server = createServer((request, response) => {
  const name = path.join(work, "peers", new URL(request.url, "http://x").pathname.replace(/\/$/, "/index.html"));
  if (!existsSync(name)) return response.writeHead(404).end();
  response.writeHead(200, { "content-type": TYPES[name.split(".").at(-1)] ?? "application/octet-stream" });
  createReadStream(name).pipe(response);
}).listen(0, "127.0.0.1");
await once(server, "listening");
const peers = `http://localhost:${server.address().port}/`;

const kit = spawn(process.env.SIPAS, ["serve", path.join(work, "kit"), "--listen", "127.0.0.1:0"], { stdio: ["ignore", "ignore", "pipe"] });
const address = await new Promise((resolve) => {
  let said = "";
  kit.stderr.on("data", (chunk) => {
    const found = (said += chunk).match(/on (http:\/\/localhost:\d+)/);
    if (found) resolve(found[1]);
  });
});

/** What processes below this one that draw pages hold for themselves, in MiB: the largest, which is ours. */
function held(root) {
  const parents = new Map();
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      parents.set(Number(pid), Number(readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1).split(" ")[1]));
    } catch { /* It has ended. */ }
  }
  const isOurs = (pid) => pid === root || (parents.has(pid) && isOurs(parents.get(pid)));
  let most = 0;
  for (const pid of parents.keys()) {
    try {
      if (!isOurs(pid) || !readFileSync(`/proc/${pid}/cmdline`, "latin1").includes("--type=renderer")) continue;
      const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, "latin1");
      const own = [...rollup.matchAll(/^Private_(?:Clean|Dirty): +(\d+) kB/gm)].reduce((sum, [, kilobytes]) => sum + Number(kilobytes), 0);
      most = Math.max(most, own / 1024);
    } catch { /* It has ended. */ }
  }
  return most;
}

/** Runs `act` on a page in a new browser; what it returns, and where it is watched the page's memory before and at its peak. */
async function measured(act, isWatched) {
  // Launched, not connected to: such a browser would be sent a copy of the file first.
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"] });
  const page = await browser.newPage();
  let before = 0, peak = 0;
  // Watching takes up to half a core, which a program with several threads would miss.
  const watch = isWatched ? setInterval(() => (peak = Math.max(peak, held(process.pid))), 25) : undefined;
  try {
    const done = await act(page, () => { if (isWatched) peak = before = held(process.pid); });
    return { ...done, before, peak };
  } finally {
    clearInterval(watch);
    await browser.close();
  }
}

/** Chooses a file as a person does: opens the dialogue, and takes at least a second to find it. */
async function choose(page, field, file) {
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.locator(field).click()]);
  await page.waitForTimeout(1000);
  await chooser.setFiles(file);
}

async function peer(program, page, ready) {
  await page.goto(`${peers}?program=${program}`);
  await page.waitForFunction(() => window.isReady);
  ready();
  await choose(page, "input", file);
  await page.waitForFunction(() => window.done, null, { timeout: 600_000, polling: 250 });
  const { milliseconds, counts } = await page.evaluate(() => window.done);
  const items = counts[0][1].map((_, at) => counts.reduce((sum, [, of]) => sum + of[at], 0));
  return { milliseconds, items };
}

async function office(page, ready) {
  await page.goto(`${address}/office/`);
  await page.locator(".board .empty").waitFor();
  await page.waitForTimeout(500);
  ready();
  await page.evaluate(() => {
    const tasks = (window.tasks = []);
    new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: "longtask" });
    document.addEventListener("change", () => (window.began ??= performance.now()), { capture: true });
    /** Milliseconds until the document holds what `isThere` looks for. It is told of changes: to ask frame by frame would have frames drawn. */
    window.until = (began, isThere) => new Promise((resolve) => {
      const look = () => {
        if (!isThere()) return;
        changes.disconnect();
        resolve(performance.now() - began());
      };
      const changes = new MutationObserver(look);
      changes.observe(document, { subtree: true, childList: true, characterData: true });
      look();
    });
  });
  const rows = ROWS.toLocaleString("vi-VN");
  const done = page.evaluate((rows) => window.until(() => window.began, () => document.querySelector("#summary")?.textContent.startsWith(`${rows} `) && document.querySelector("table.results tr[data-measure]")), rows);
  await choose(page, ".drop", file);
  const milliseconds = await done;
  const items = await page.evaluate(() => [...document.querySelectorAll("table.results tr[data-measure^=i]")].flatMap((row) => {
    const [, answers, satisfied] = [...row.querySelectorAll("td")].map((td) => Number(td.textContent.replaceAll(".", "")));
    return [satisfied, answers];
  }));
  /** Milliseconds until tables say something else after a choice (a click where there is no value), and until the frame after. */
  const answer = (id, value, tables) => page.evaluate(([id, value, tables]) => {
    const control = document.querySelector(id);
    const text = (table) => document.querySelector(table)?.textContent;
    const before = tables.map(text);
    const began = performance.now();
    if (value === null) control.click();
    else {
      control.value = value;
      control.dispatchEvent(new Event("change", { bubbles: true }));
    }
    return window.until(() => began, () => tables.every((table, at) => text(table) !== before[at]))
      .then(() => new Promise(requestAnimationFrame))
      .then(() => performance.now() - began);
  }, [id, value, tables]);
  /** What is drawn after the answer is not to be counted to the next one. */
  const rest = () => page.waitForTimeout(300);
  await rest();
  const groups = async (id, value) => { const time = await answer(id, value, ["table.groups"]); await rest(); return time; };
  const looks = { "by unit": await groups("#by", "unit"), "by field": await groups("#by", "field"), "by age": await groups("#by", "age"), "by age and quarter": await groups("#period", "quarter") };
  await groups("#by", "");
  await groups("#period", "");
  const board = ["#summary", "table.results"];
  await page.selectOption("#filter-by", "channel");
  await page.locator("#filter-value").waitFor();
  await rest();
  looks["filtered by channel"] = await answer("#filter-value", "=phone", board);
  await rest();
  looks["without that filter"] = await answer(".chip", null, board);
  const tasks = await page.evaluate(() => window.tasks);
  return { milliseconds, items, looks, tasks };
}

const programs = { sipas: office, "duckdb-wasm": (page, ready) => peer("duckdb", page, ready), "duckdb-wasm, table first": (page, ready) => peer("duckdb-table", page, ready), papaparse: (page, ready) => peer("papaparse", page, ready) };
// PROGRAMS=sipas: a look at some of them only.
const left = process.env.PROGRAMS?.split(";");
for (const name of Object.keys(programs)) if (left && !left.includes(name)) delete programs[name];
const found = Object.fromEntries(Object.keys(programs).map((name) => [name, []]));
const watched = Object.fromEntries(Object.keys(programs).map((name) => [name, []]));
for (let round = 0; round <= rounds; round++) {
  const order = Object.keys(programs);
  for (const name of [...order.slice(round % order.length), ...order.slice(0, round % order.length)]) {
    // The first round brings the file into memory, and its pages are watched.
    const one = await measured(programs[name], round === 0);
    (round === 0 ? watched : found)[name].push(one);
    console.error(`  round ${round} ${name}: ${Math.round(one.milliseconds)} ms${round === 0 ? `, ${Math.round(one.peak)} MiB` : ""}`);
  }
}
kit.kill("SIGINT");
server.close();

const [expected] = found.sipas.map(({ items }) => items);
assert.equal(expected.length, 60, "30 items, two counts each");
for (const [name, all] of Object.entries(found)) for (const { items } of all) assert.deepEqual(items, expected, `${name} has other counts`);

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const of = (name, what) => found[name].map((one) => one[what]);
const seconds = (milliseconds) => `${(milliseconds / 1000).toFixed(2)} s`;
/** Round by round: between rounds the machine may have become faster or slower. */
const ratio = (name) => median(of("sipas", "milliseconds").map((own, round) => own / of(name, "milliseconds")[round]));
console.log(`\n${ROWS} responses, ${(statSync(file).size / 1e6).toFixed(0)} MB, ${rounds} rounds; every count agrees\n`);
console.log("|  | import and counts, median | least – most | sipas to that, median of rounds | peak memory of the page's process | of that before the file |\n| --- | --: | --: | --: | --: | --: |");
for (const name of Object.keys(programs)) {
  const times = of(name, "milliseconds");
  console.log(`| ${name} | ${seconds(median(times))} | ${seconds(Math.min(...times))} – ${seconds(Math.max(...times))} | ${ratio(name).toFixed(3)} | ${Math.round(watched[name][0].peak)} MiB | ${Math.round(watched[name][0].before)} MiB |`);
}
console.log("\nsipas, drawn after another look, median and most:");
for (const look of Object.keys(found.sipas[0].looks)) {
  const times = of("sipas", "looks").map((looks) => looks[look]);
  console.log(`- ${look}: ${Math.round(median(times))} ms, ${Math.round(Math.max(...times))} ms`);
}
console.log(`- tasks of the main thread over 50 ms: ${of("sipas", "tasks").map((tasks) => tasks.length).join(", ")} (the longest ${Math.round(Math.max(0, ...of("sipas", "tasks").flat()))} ms)`);
