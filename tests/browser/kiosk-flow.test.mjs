// One stranger after another at a counter: what each sees, what is kept of them, and that nothing is left for the next.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fixture } from "./fixture.mjs";
import { clean, codeOf, kept, kiosk, leap, nextPerson, press, rate, rateAndFinish, rested, seen, thanked, SETUP } from "./kiosk.mjs";

let kit, browser;
fixture((...both) => ([kit, browser] = both));

const option = (page, at) => page.locator("label.opt").nth(at);
const asked = (page, name) => page.getByRole("heading", { name }).waitFor();

/** What is stored, as soon as there is that much of it. */
async function stored(page, count) {
  for (let tries = 0; tries < 100; tries++) {
    const { responses } = await kept(page);
    if (responses.length >= count) return responses;
    await page.waitForTimeout(50);
  }
  assert.fail(`there are never ${count} responses`);
}

test("one touch rates, the rest may be left, and the next person sees a clean screen", async () => {
  const page = await kiosk(browser, kit.url);
  const before = await seen(page);
  await rate(page, 3);
  await page.locator(".face-button.picked").waitFor();
  await asked(page, "Ông/Bà đã phải liên hệ");
  await press(page, page.getByRole("button", { name: "Tôi xong rồi" }));
  const code = await thanked(page);
  await nextPerson(page);
  await clean(page, before);
  await rate(page, 4);
  await asked(page, "Ông/Bà đã phải liên hệ");
  await press(page, option(page, 1));
  // The last answer hands in; nothing more is to be touched.
  const second = await thanked(page);
  const { responses, draft } = await kept(page);
  assert.equal(draft, undefined);
  assert.deepEqual(responses.map(({ id }) => codeOf(id)), [code, second]);
  assert.deepEqual(responses.map(({ status }) => status), ["complete", "complete"]);
  assert.deepEqual(responses.map(({ answers }) => answers.rating), [{ level: 4 }, { level: 5 }]);
  assert.deepEqual(responses.map(({ attributes }) => attributes), Array(2).fill({ unit: "02647", field: null, counter: "3", officer: null, channel: "kiosk" }));
  // Thanks that nobody waits for go by themselves.
  await rested(page);
  await clean(page, before);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("a low rating is asked why, in the language chosen; the next person begins in the first one", async () => {
  const page = await kiosk(browser, kit.url);
  const before = await seen(page);
  await rate(page, 1);
  await asked(page, "Vì sao Ông/Bà chưa hài lòng?");
  await press(page, page.getByRole("button", { name: "English" }));
  await asked(page, "What were you not satisfied with?");
  await press(page, option(page, 3));
  await press(page, option(page, 8));
  await page.locator("#specify").fill("Ánh sáng kém");
  await press(page, page.getByRole("button", { name: "Continue" }).or(page.locator(".nav .btn").last()));
  await press(page, page.locator(".nav .btn").last());
  await page.locator("textarea").fill("Xin thêm ghế");
  await press(page, page.locator(".finish"));
  await page.getByText("Your answers have been saved.").waitFor();
  await nextPerson(page);
  await clean(page, before, "language, place and words of the last person are gone");
  const [response] = await stored(page, 1);
  assert.equal(response.language, "en");
  assert.deepEqual(response.answers.rating, { level: 2 });
  assert.deepEqual(response.answers.reasons.picked, { options: ["waiting", "other"], specified: "Ánh sáng kém" });
  assert.deepEqual(response.answers.comment, { text: "Xin thêm ghế" });
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("who is quiet is asked; a touch goes on and is not felt beneath; who is gone is kept as abandoned", async () => {
  const page = await kiosk(browser, kit.url);
  const before = await seen(page);
  await rate(page, 0);
  await asked(page, "Vì sao");
  await press(page, option(page, 8));
  await page.locator("#specify").fill("Việc riêng");
  const where = await option(page, 2).boundingBox();
  await page.locator(".still").waitFor({ timeout: 15_000 });
  assert.match(await page.locator(".still .left").innerText(), /^[1-5]$/);
  assert.ok(await page.evaluate(([x, y]) => document.elementFromPoint(x, y).closest(".still"), [where.x + 40, where.y + 20]));
  await page.touchscreen.tap(where.x + 40, where.y + 20);
  await page.locator(".still").waitFor({ state: "detached" });
  assert.equal(await page.locator(":checked").count(), 1, "the touch was for the question whether somebody is there");
  assert.equal(await page.locator("#specify").inputValue(), "Việc riêng");
  // And now they leave.
  await leap(page, 10);
  await page.locator(".still").waitFor();
  await leap(page, 5);
  await rested(page);
  await clean(page, before);
  const [response] = await stored(page, 1);
  assert.equal(response.status, "abandoned");
  assert.deepEqual(response.answers.rating, { level: 1 });
  assert.equal((await kept(page)).draft, undefined);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("who leaves before the main question leaves nothing behind", async () => {
  const page = await kiosk(browser, kit.url, SETUP.replace("counter-5", "sipas-2022"));
  const before = await seen(page);
  await press(page, page.locator(".begin").last());
  await press(page, page.locator(".nav .btn").last());
  await press(page, option(page, 0));
  await page.waitForTimeout(300);
  await leap(page, 10);
  await page.locator(".still").waitFor();
  await leap(page, 5);
  await rested(page);
  await clean(page, before);
  const { responses, draft } = await kept(page);
  assert.deepEqual([responses, draft], [[], undefined]);
  await page.context().close();
});

test("a form under way when the page is loaded again is kept by the same rule", async () => {
  const page = await kiosk(browser, kit.url);
  const before = await seen(page);
  await rate(page, 1);
  await asked(page, "Vì sao");
  await press(page, option(page, 0));
  await page.waitForTimeout(200);
  await page.reload();
  await clean(page, before);
  const [response] = await stored(page, 1);
  assert.equal(response.status, "abandoned");
  assert.deepEqual(response.answers.rating, { level: 2 });
  await page.reload();
  await clean(page, before);
  assert.equal((await kept(page)).responses.length, 1);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("nothing of an unfinished form is left in the page or its storage but what the rule keeps", async () => {
  const page = await kiosk(browser, kit.url);
  const before = await seen(page);
  await rate(page, 1);
  await asked(page, "Vì sao");
  await press(page, page.getByRole("button", { name: "English" }));
  await asked(page, "What were you");
  await page.reload();
  await clean(page, before);
  const { local, draft } = await kept(page);
  assert.deepEqual([Object.keys(local), draft], [["sipas.kiosk"], undefined]);
  assert.doesNotMatch(local["sipas.kiosk"], /rating|answers|level/);
  await page.context().close();
});

test("a form under way is not forgotten when the survey has changed in the meantime", async () => {
  const page = await kiosk(browser, kit.url);
  await rate(page, 0);
  await asked(page, "Vì sao");
  await page.waitForTimeout(200);
  await page.route("**/surveys/counter-5.json", async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ json: { ...(await answer.json()), edition: "2027.1" } });
  });
  await page.evaluate(() => navigator.serviceWorker.getRegistrations().then((all) => Promise.all(all.map((one) => one.unregister()))));
  await page.reload();
  await rested(page);
  const [response] = await stored(page, 1);
  assert.deepEqual([response.status, response.edition], ["abandoned", "2026.1"]);
  await page.context().close();
});

test("outside opening hours the screen is dim, and the first touch wakes it and rates nothing", async () => {
  // Open on no day but the one after tomorrow.
  const day = (new Date(Date.now() + 7 * 3600_000).getUTCDay() + 1) % 7 + 1;
  const page = await kiosk(browser, kit.url, `${SETUP}&hours=07:00-17:30/${day}`);
  await page.locator(".rest.dim").waitFor();
  await page.getByText(/Ngoài giờ làm việc\. Mở cửa lại lúc 07:00/).waitFor();
  await rate(page, 4);
  await page.locator(".rest:not(.dim)").waitFor();
  await page.waitForTimeout(800);
  assert.equal(await page.locator(".picked").count(), 0);
  await rateAndFinish(page, 4);
  assert.equal((await kept(page)).responses.length, 1);
  await nextPerson(page);
  await leap(page, 10);
  await page.locator(".rest.dim").waitFor();
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

for (const hours of [-1, -24 * 400, 24 * 400]) {
  test(`a clock put ${hours > 0 ? "forward" : "back"} by ${Math.abs(hours)} hours in the middle of a form stops nothing`, async () => {
    const page = await kiosk(browser, kit.url);
    await rateAndFinish(page, 4);
    await nextPerson(page);
    await rate(page, 1);
    await asked(page, "Vì sao");
    await page.waitForTimeout(270);
    await page.evaluate((shift) => {
      const Real = Date;
      window.Date = class extends Real {
        constructor(...given) { given.length ? super(...given) : super(Real.now() + shift); }
        static now() { return Real.now() + shift; }
      };
    }, hours * 3600_000);
    await press(page, option(page, 1));
    await press(page, page.locator(".nav .btn").last());
    await asked(page, "Ông/Bà đã phải liên hệ");
    await press(page, option(page, 1));
    await page.locator("textarea").waitFor();
    await press(page, page.locator(".finish"));
    await thanked(page);
    await rested(page);
    await rateAndFinish(page, 2);
    await nextPerson(page);
    const { responses } = await kept(page);
    assert.deepEqual(responses.map(({ answers }) => answers.rating.level).sort(), [2, 3, 5]);
    assert.ok(responses.every(({ status }) => status === "complete"));
    // Who leaves is noticed all the same.
    await rate(page, 3);
    await page.locator(".finish").waitFor();
    await leap(page, 10);
    await page.locator(".still").waitFor();
    assert.deepEqual(page.faults, []);
    await page.context().close();
  });
}
