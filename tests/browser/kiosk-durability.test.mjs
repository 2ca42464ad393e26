// A device whose browser is killed at any moment loses no answer it has thanked for, doubles none, and starts clean.
//   node --test tests/browser/kiosk-durability.test.mjs               # twelve kills
//   KILLS=200 SEED=7 node --test tests/browser/kiosk-durability.test.mjs
//
// SIGKILL ends every process of the browser at once; what the system was given to write it still writes. A power
// cut takes that, too: against it each write must be asked for as strict, which the last test looks at.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { once } from "node:events";
import { tmpdir } from "node:os";
import path from "node:path";
import { chromium } from "playwright-core";
import { ARGUMENTS, EXECUTABLE, launch, serve, watch } from "./kit.mjs";
import { LANDSCAPE, SETUP, clean, codeOf, kept, kiosk, nextPerson, rateAndFinish, rested, seen } from "./kiosk.mjs";

const KILLS = Number(process.env.KILLS ?? 12);
const SEED = Number(process.env.SEED ?? Date.now() % 1e9);

/** Numbers from 0 to below 1 that a seed repeats. */
function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
const chance = random(SEED);
const below = (bound) => chance() * bound;

let kit, profile;
before(async () => {
  kit = await serve();
  profile = mkdtempSync(path.join(tmpdir(), "sipas-killed-"));
});
after(async () => {
  await kit?.stop();
  rmSync(profile, { recursive: true, force: true });
});

/** The processes of a group that are left. */
function left(group) {
  return readdirSync("/proc").filter((name) => /^\d+$/.test(name)).filter((pid) => {
    try {
      const [state, , ofGroup] = readFileSync(`/proc/${pid}/stat`, "utf8").replace(/^.*\) /s, "").split(" ");
      return Number(ofGroup) === group && state !== "Z";
    } catch {
      return false;
    }
  });
}

/** A browser with the profile of the one before, in a process group of its own. */
async function start() {
  const process_ = spawn(EXECUTABLE, [...ARGUMENTS, "--headless=new", "--remote-debugging-port=0", `--user-data-dir=${profile}`, "about:blank"],
    { detached: true, stdio: ["ignore", "ignore", "pipe"] });
  const address = await new Promise((resolve, reject) => {
    let said = "";
    process_.stderr.on("data", (chunk) => {
      said += chunk;
      const found = said.match(/DevTools listening on (\S+)/);
      if (found) resolve(found[1]);
    });
    process_.on("exit", () => reject(new Error(`the browser did not start: ${said}`)));
  });
  const browser = await chromium.connectOverCDP(address);
  return {
    browser,
    async kill() {
      if (process_.signalCode) return;
      const gone = once(process_, "exit");
      process.kill(-process_.pid, "SIGKILL");
      await gone;
      while (left(process_.pid).length) await new Promise((resolve) => setTimeout(resolve, 5));
    },
  };
}

/**
 * Runs in the page: tells of every code that has been painted. One counts as thanked for only if it came through
 * before the browser was killed.
 */
function tellCodes() {
  let told = "";
  const look = () => {
    const code = document.querySelector(".done .hint")?.innerText.match(/[0-9A-Z]{4}-[0-9A-Z]{4}/)?.[0] ?? "";
    if (code && code !== told) requestAnimationFrame(() => thankedFor(code));
    told = code;
    requestAnimationFrame(look);
  };
  look();
}

/** One life of the browser: some whole ratings, and one in the middle of which it is killed. */
async function life(known, baseline) {
  const one = await start();
  try {
    return await lived(one, known, baseline);
  } finally {
    await one.kill();
    await one.browser.close().catch(() => {});
  }
}

async function lived({ browser, kill }, known, baseline) {
  const context = browser.contexts()[0];
  const page = watch(context.pages()[0] ?? (await context.newPage()), kit.url);
  const codes = [];
  await page.exposeFunction("thankedFor", (code) => codes.push(code));
  await page.setViewportSize(LANDSCAPE.viewport);
  // What is on disk, before the kiosk sees it.
  await page.goto(`${kit.url}/surveys/index.json`);
  const found = await kept(page);
  await page.addInitScript(tellCodes);
  const cdp = await context.newCDPSession(page);
  await cdp.send("Emulation.setTouchEmulationEnabled", { enabled: true });
  const touch = async (selector) => {
    const spot = await page.evaluate(([selector, x, y]) => {
      const box = document.querySelector(selector)?.getBoundingClientRect();
      return box && { x: box.x + box.width * x, y: box.y + box.height * y };
    }, [selector, 0.25 + below(0.5), 0.25 + below(0.5)]);
    if (!spot) return;
    await cdp.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [spot] });
    await cdp.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  };
  await page.goto(`${kit.url}/kiosk/${known ? "" : `#/run?${SETUP}`}`);
  await rested(page);
  const shown = await seen(page);
  const recovered = await kept(page);
  const account = ({ responses = [], receipts = [], local, made }) => JSON.stringify({ responses: responses.length, receipts, local, made });
  if (baseline) await clean(page, baseline, `nothing of the last person is left; before ${account(found)}, now ${account(recovered)}`);

  let touched = 0;
  const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
  const question = () => page.locator(".finish").waitFor({ timeout: 5000 });
  const end = {};
  const ended = new Promise((resolve, reject) => Object.assign(end, { resolve, reject }));
  const killIn = (milliseconds) => wait(milliseconds).then(kill).then(end.resolve);
  const MOMENTS = ["touch", "acknowledgement", "question", "answer", "finish", "thanks", "any"];
  const moment = MOMENTS[Math.floor(below(MOMENTS.length))];
  const at = (name, milliseconds) => name === moment && killIn(milliseconds);
  // Two neighbours never give the same answer, so that a doubled response cannot pass for two.
  const run = async (isLast) => {
    const level = (known + touched++) % 5;
    if (isLast) at("any", below(1500));
    await touch(`.faces li:nth-child(${level + 1}) .face-button`);
    if (isLast) at("touch", below(60));
    if (isLast) at("acknowledgement", below(660));
    await question();
    if (isLast) at("question", below(400));
    if (chance() < 0.4) {
      await wait(260);
      await touch(`label.opt:nth-of-type(${1 + Math.floor(below(3))})`);
      if (isLast) at("answer", below(400));
      await wait(below(60));
    } else if (isLast) at("answer", below(100));
    await wait(260);
    if (isLast) at("finish", below(80));
    await touch(".finish");
    await page.locator(".done .btn").waitFor({ timeout: 5000 });
    if (isLast) at("thanks", below(40));
    await wait(260);
    await touch(".done .btn");
    await rested(page);
    if (isLast) await killIn(below(100));
  };
  const whole = Math.floor(below(3));
  for (let n = 0; n < whole; n++) await run(false);
  let isDead = false;
  ended.then(() => (isDead = true), () => {});
  // The browser is gone in the middle of it; what fails before is a fault.
  run(true).catch((error) => wait(2000).then(() => isDead || end.reject(error)));
  await ended;
  assert.deepEqual(page.faults, []);
  return { found, recovered, shown, touched, codes, moment };
}

/** What the browser was killed in the middle of is kept by the rule for people who walk away, and only once. */
function followsTheRule({ found, recovered }, tally) {
  const before = new Map((found.responses ?? []).map((response) => [response.id, response]));
  const after = new Map(recovered.responses.map((response) => [response.id, response]));
  assert.equal(after.size, recovered.responses.length);
  for (const [id, response] of before) assert.deepEqual(after.get(id), response, "what was stored stays as it was");
  const added = [...after.keys()].filter((id) => !before.has(id));
  assert.equal(recovered.draft, undefined, "the unfinished form is settled");
  if (!found.draft) return assert.deepEqual(added, []);
  const { draft } = found.draft;
  const isRated = draft.answers.rating?.level !== undefined;
  if (before.has(draft.id)) return assert.deepEqual(added, []);
  assert.deepEqual(added, isRated ? [draft.id] : []);
  const kind = !isRated ? "discarded" : typeof draft.place === "object" ? "abandoned" : "complete";
  tally[kind] = (tally[kind] ?? 0) + 1;
  if (isRated) {
    const response = after.get(draft.id);
    assert.equal(response.status, kind);
    assert.deepEqual(response.answers.rating, draft.answers.rating);
  }
}

test(`${KILLS} kills, seed ${SEED}`, { timeout: 3 * 3600_000 }, async (t) => {
  const thanked = [], tally = {}, moments = {};
  let touched = 0, baseline, previous;
  const began = Date.now();
  for (let n = 0; n < KILLS; n++) {
    const one = await life(touched, baseline);
    baseline ??= one.shown;
    const said = previous?.codes.length ?? 0;
    if (previous && one.found.made) {
      // Chromium has thrown its database away: what was in it comes back from the copies.
      tally["thrown away by the browser"] = (tally["thrown away by the browser"] ?? 0) + 1;
      const back = new Map(one.recovered.responses.map((response) => [response.id, response]));
      for (const response of previous.recovered.responses) assert.deepEqual(back.get(response.id), response);
      const codes = new Set([...back.keys()].map(codeOf));
      for (const code of previous.codes) assert.ok(codes.has(code), `${code} was thanked for (kill ${n})`);
    } else {
      followsTheRule(one, tally);
      const added = (one.found.responses?.length ?? 0) - (previous?.recovered.responses.length ?? 0);
      assert.ok(added === said || added === said + 1, `thanked ${said} people, stored ${added} (kill ${n})`);
    }
    previous = one;
    thanked.push(...one.codes);
    touched += one.touched;
    moments[one.moment] = (moments[one.moment] ?? 0) + 1;
  }
  const { responses } = (await life(touched, baseline)).recovered;
  const codes = responses.map(({ id }) => codeOf(id));
  for (const code of thanked) assert.equal(codes.filter((other) => other === code).length, 1, `${code} was thanked for`);
  assert.equal(new Set(thanked).size, thanked.length);
  assert.equal(new Set(codes).size, codes.length);
  const interviews = responses.map(({ started_at, answers }) => `${started_at} ${JSON.stringify(answers.rating)}`);
  assert.equal(new Set(interviews).size, interviews.length, "no interview is stored twice");
  assert.ok(responses.length <= touched, "no more responses than people");
  const isThanked = ({ id }) => thanked.includes(codeOf(id));
  assert.deepEqual(responses.filter(isThanked).filter(({ status }) => status !== "complete"), []);
  const count = (status) => responses.filter((response) => response.status === status).length;
  t.diagnostic(`${KILLS} kills in ${Math.round((Date.now() - began) / 1000)} s; touched ${touched}, thanked ${thanked.length}, stored ${responses.length}: ${count("complete")} complete, ${count("abandoned")} abandoned, ${count("flagged")} flagged`);
  t.diagnostic(`killed at ${JSON.stringify(moments)}; found unfinished ${JSON.stringify(tally)}`);
});

test("every write is asked for as strict", async () => {
  const browser = await launch();
  const page = await kiosk(browser, kit.url);
  await page.evaluate(() => {
    window.writes = [];
    const transaction = IDBDatabase.prototype.transaction;
    IDBDatabase.prototype.transaction = function (...given) {
      const made = transaction.apply(this, given);
      if (made.mode === "readwrite") window.writes.push(`${[...made.objectStoreNames]} ${made.durability}`);
      return made;
    };
  });
  await rateAndFinish(page, 4);
  await nextPerson(page);
  const writes = await page.evaluate(() => [...new Set(window.writes)].sort());
  assert.deepEqual(writes, ["device strict", "device,responses strict"]);
  await browser.close();
});
