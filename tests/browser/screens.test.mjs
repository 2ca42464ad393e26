// Every screen in both languages: axe finds nothing, nothing sticks out at
// 320 px, and targets are large enough.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readFileSync } from "node:fs";
import { fixture } from "./fixture.mjs";
import { OFFICE, PHONE, answerAll, heading, open, sound, touch } from "./kit.mjs";
import { file, sample } from "./program.mjs";

let kit, browser;
fixture((...both) => ([kit, browser] = both));

for (const language of ["vi", "en"]) {
  for (const [size, viewport] of Object.entries({ phone: { width: 360, height: 740 }, narrow: { width: 320, height: 640 }})) {
    test(`the respondent's screens, ${size}, ${language}`, async () => {
      const page = await open(browser, kit.url, { ...PHONE, viewport, reducedMotion: "reduce" });
      const check = (name) => sound(page, name, 48);
      await page.goto(`${kit.url}/`);
      await heading(page).waitFor();
      if (language === "en") await touch(page, page.locator(".lang"));
      await check("list");
      await page.goto(`${kit.url}/#/s/sipas-2022?unit=02647&channel=phone&lang=${language}`);
      await page.locator(".nav .btn").waitFor();
      await check("notice");
      await touch(page, page.locator(".nav .btn"));
      const seen = new Set();
      await answerAll(page, () => 0).catch(() => {});
      // Walk again through the review to see each kind of screen with and without answers.
      await page.getByRole("heading", { name: /Xem lại câu trả lời|Check your answers/ }).waitFor();
      await check("review");
      for (const index of [0, 7, 15, 31, 37, -1]) {
        const edit = page.locator(".edit .link");
        await touch(page, index < 0 ? edit.last() : edit.nth(index));
        const kind = await page.locator("main").evaluate((main) => [main.querySelectorAll("fieldset").length > 1 ? "matrix" : main.querySelector("input, textarea").type].join());
        seen.add(kind);
        await check(`question ${index} ${kind}`);
        await touch(page, page.locator(".nav .btn").first());
        await page.getByRole("heading", { name: /Xem lại câu trả lời|Check your answers/ }).waitFor();
      }
      assert.deepEqual([...seen].sort(), ["checkbox", "matrix", "radio", "textarea"]);
      await touch(page, page.locator(".nav .btn").last());
      await page.locator(".code").waitFor();
      await check("thanks");
      await page.goto(`${kit.url}/#/s/counter-5?unit=99999&channel=phone&lang=${language}`);
      await page.locator(".note").waitFor();
      await check("unknown unit");
      await touch(page, page.locator(".nav .btn"));
      await touch(page, page.locator(".nav .btn").last());
      await page.getByRole("alert").waitFor();
      await check("refused");
      await page.goto(`${kit.url}/#/s/nothing?channel=phone`);
      await page.locator(".oops").waitFor();
      await check("unknown survey");
      assert.deepEqual(page.faults, []);
      await page.context().close();
    });
  }

  test(`the office's screens, ${language}`, async () => {
    // Colours are measured when they have settled.
    const page = await open(browser, kit.url, { ...OFFICE, reducedMotion: "reduce" });
    await page.goto(`${kit.url}/office/`);
    await page.locator(".board .empty").waitFor();
    if (language === "en") await page.locator(".lang").click();
    // The office is for mouse and keyboard; 24 px is what WCAG 2.2 asks.
    const check = (name) => sound(page, name, 24);
    await check("empty");
    await page.setInputFiles("input[type=file]", sample("sipas-2022", `screens-${language}.csv`, "--n", "60", "--units", "02647,99999"));
    await page.locator("table.results").waitFor();
    await check("board");
    await page.setInputFiles("input[type=file]", file("x.csv", "a,b\n1,2\n"));
    await page.locator(".side .note.bad").waitFor();
    await check("refused file");
    await page.setViewportSize({ width: 720, height: 450 });
    await check("at 200 % zoom");
    await page.setViewportSize(OFFICE.viewport);
    await page.locator(".tabs a[href='#/definitions']").click();
    await page.locator("li[data-survey]").first().waitFor();
    await check("definitions");
    const counter = readFileSync(new URL("../../survey-definitions/counter-5.toml", import.meta.url), "utf8");
    await page.setInputFiles("input[type=file]", file(`sound-${language}.toml`, counter));
    await page.frameLocator("iframe.phone").locator(".nav .btn").waitFor();
    await check("a definition with its preview");
    const broken = counter.replace('kind = "rating"', 'kind = "stars"').replace("edition", "editon");
    await page.setInputFiles("input[type=file]", file(`broken-${language}.toml`, broken));
    await page.locator(".fault.bad").first().waitFor();
    await check("a definition with mistakes");
    await page.setViewportSize({ width: 720, height: 450 });
    await check("definitions at 200 % zoom");
    assert.deepEqual(page.faults, []);
    await page.context().close();
  });
}
