// Every screen of the kiosk in both languages, upright and lying: axe finds nothing, nothing is wider than the
// screen, and a respondent's targets are 72 px at least, staff's 48.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fixture } from "./fixture.mjs";
import { open, sound } from "./kit.mjs";
import { file } from "./program.mjs";
import { LANDSCAPE, PORTRAIT, SETUP, kept, leap, leapable, press, rate, rested, thanked } from "./kiosk.mjs";

let kit, browser;
fixture((...both) => ([kit, browser] = both));

const last = (page) => page.locator(".nav .btn").last();

for (const [size, options] of Object.entries({ upright: PORTRAIT, lying: LANDSCAPE })) {
  for (const language of ["vi", "en"]) {
    const other = language === "vi" ? "en" : "vi";
    const start = async (setup, action = "run") => {
      // Colours are measured when they have settled.
      const page = await open(browser, kit.url, { ...options, reducedMotion: "reduce" });
      await leapable(page);
      await page.goto(`${kit.url}/kiosk/#/${action}?${setup}`);
      return page;
    };
    const done = async (page) => {
      assert.deepEqual(page.faults, []);
      await page.context().close();
    };

    test(`a respondent's screens, ${size}, ${language}`, async () => {
      const page = await start(`${SETUP.replace("pause=0", "pause=0&phone=https://khaosat.example.gov.vn/")}&lang=${language},${other}`);
      const check = (name) => sound(page, name, 72);
      await rested(page);
      await check("rest");
      await rate(page, 0);
      await page.locator(".finish").waitFor();
      await page.waitForTimeout(200);
      await check("several answers");
      await press(page, page.locator("label.opt").last());
      await page.locator("#specify").waitFor();
      await check("words for another answer");
      await press(page, last(page));
      await page.getByRole("alert").waitFor();
      await check("refused");
      await leap(page, 10);
      await page.locator(".still").waitFor();
      await check("countdown");
      await press(page, page.locator(".still button"));
      await page.locator("#specify").fill("Ý kiến");
      await press(page, last(page));
      await page.locator("label.opt").nth(4).waitFor();
      await check("one answer");
      await press(page, last(page));
      await page.locator("textarea").waitFor();
      await check("words");
      await press(page, page.locator(".finish"));
      await thanked(page);
      await check("thanks");
      await done(page);
    });

    test(`a longer survey's screens, ${size}, ${language}`, async () => {
      const page = await start(`survey=sipas-2022&unit=02647&idle=600&full=no&pause=0&lang=${language},${other}`);
      const check = (name) => sound(page, name, 72);
      await rested(page);
      await check("rest");
      await press(page, page.locator(".begin").first());
      await last(page).waitFor();
      await check("notice");
      await press(page, last(page));
      const kinds = new Set();
      for (let step = 0; step < 60 && !(await page.locator(".done").count()); step++) {
        const kind = await page.evaluate(() => document.querySelectorAll("main fieldset").length > 1 ? "matrix" : document.querySelector("main input, main textarea")?.type);
        if (!kinds.has(kind)) await check(`question, ${kind}`);
        kinds.add(kind);
        const before = await page.locator("progress").evaluate((bar) => bar.value);
        // One of each group, where there is one to be touched; the words may be left.
        await page.evaluate(() => {
          const names = new Set([...document.querySelectorAll("main .opt input")].map((input) => input.name));
          for (const name of names) document.querySelector(`main .opt input[name="${name}"]`).click();
        });
        const moved = () => page.waitForFunction((before) => document.querySelector("progress")?.value !== before, before, { timeout: 700 });
        if (!(await moved().then(() => true, () => false))) {
          await press(page, last(page));
          await moved();
        }
      }
      await thanked(page);
      await check("thanks");
      assert.deepEqual([...kinds].sort(), ["checkbox", "matrix", "radio", "textarea"]);
      assert.equal((await kept(page)).responses.length, 1);
      await done(page);
    });

    test(`staff's screens, ${size}, ${language}`, async () => {
      const page = await start(`survey=counter-5&colour=red&lang=${language},${other}`, "setup");
      const check = (name) => sound(page, name, 48);
      await page.locator("#survey option[value=counter-5]").waitFor({ state: "attached" });
      if (language === "en") await page.locator(".lang").click().catch(() => {});
      await page.locator("details fieldset .opt").first().waitFor({ state: "attached" });
      await check("form");
      await page.locator("summary").click();
      await page.locator("label[for=hours]").click();
      await page.locator("label[for=phone]").click();
      await page.locator("#unit").pressSequentially("hoan");
      await page.locator(".found .offer").first().waitFor();
      await check("form, all of it");
      await page.locator("#unit").fill("");
      await page.locator("label[for=hours]").click();
      await page.locator("label[for=phone]").click();
      await page.fill("#pin", "12");
      await page.locator("[type=submit]").click();
      await page.locator(".note.bad").waitFor();
      await check("form refused");
      await page.setInputFiles("input[type=file]", file("none.json", "{}"));
      await page.locator(".note.bad", { hasText: "none.json" }).waitFor();
      await page.fill("#pin", "2580");
      await page.fill("#pin-again", "2580");
      await page.locator("[type=submit]").click();
      await rested(page);
      await rate(page, 4);
      await press(page, page.locator(".finish"));
      await thanked(page);
      await leap(page, 5);
      await rested(page);
      await press(page, page.locator(".staff"));
      await page.locator(".keys").waitFor();
      await check("PIN");
      for (let n = 0; n < 5; n++) {
        await page.locator(".key").first().tap();
        await page.locator(".key.go").tap();
      }
      await page.locator(".key.go:disabled").waitFor();
      await check("PIN, pause");
      await page.evaluate(() => localStorage.removeItem("sipas.kiosk.attempts"));
      await page.locator(".key.go:not(:disabled)").waitFor();
      for (const digit of "2580") await page.getByRole("button", { name: digit, exact: true }).tap();
      await page.locator(".key.go").tap();
      await page.locator(".numbers").waitFor();
      await page.locator(".staff-view summary").first().click();
      await check("staff");
      const saved = page.waitForEvent("download");
      await page.locator(".staff-view .row .btn").first().tap();
      await saved;
      await page.locator(".question").waitFor();
      await check("is the file there?");
      await page.locator(".question .btn").first().tap();
      await page.locator(".receipts").waitFor();
      await check("receipts");
      await page.locator(".staff-view .row .btn").nth(2).tap();
      await page.locator(".question").waitFor();
      await check("delete?");
      await page.locator(".question .btn").last().tap();
      const second = await page.context().newPage();
      await second.goto(`${kit.url}/kiosk/`);
      await second.getByRole("heading", { level: 1 }).waitFor();
      await sound(second, "another tab", 48);
      await done(page);
    });
  }
}

test("screens that say what is wrong", async () => {
  const page = await open(browser, kit.url, { ...LANDSCAPE, reducedMotion: "reduce" });
  await page.goto(`${kit.url}/kiosk/#/run?survey=nothing`);
  await page.getByRole("heading", { name: "Chưa mở được phiếu khảo sát" }).waitFor();
  await sound(page, "no survey", 48);
  await page.context().close();
  const shut = await open(browser, kit.url, { ...LANDSCAPE, reducedMotion: "reduce" });
  const day = (new Date(Date.now() + 7 * 3600_000).getUTCDay() + 1) % 7 + 1;
  await shut.goto(`${kit.url}/kiosk/#/run?${SETUP}&hours=07:00-17:30/${day}`);
  await shut.locator(".rest.dim").waitFor();
  await sound(shut, "outside opening hours", 72);
  await shut.context().close();
});
