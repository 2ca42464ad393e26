// Takes a picture of every screen, for people to look at:
//   node tests/browser/screens.mjs FOLDER [NAME…]
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { execFileSync } from "node:child_process";
import path from "node:path";
import { answerAll, launch, open, root, serve, touch } from "./kit.mjs";

const [folder = "screens", ...only] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const { url, stop } = await serve();
const browser = await launch();
const sample = path.join(folder, "sample.csv");
const definitions = path.join(root, "survey-definitions");
writeFileSync(sample, execFileSync(process.env.SIPAS ?? "sipas",
  ["sample", "sipas-2022", "--n", "486", "--seed", "7", "--units", "02647,02671,99999", "--definitions", definitions]));
// Some on paper, of a sample; some by people who chose to answer.
const mixed = path.join(folder, "mixed.csv");
const counter = execFileSync(process.env.SIPAS ?? "sipas",
  ["sample", "counter-5", "--n", "300", "--units", "02647,02671", "--fields", "dat-dai,ho-tich", "--definitions", definitions], { encoding: "utf8" });
writeFileSync(mixed, counter.replaceAll(",kiosk,", ",paper,"));

const sizes = {
  phone: { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true },
  portrait: { viewport: { width: 1080, height: 1920 }, hasTouch: true },
  landscape: { viewport: { width: 1280, height: 800 }, hasTouch: true },
};

async function shot(page, name, full = false) {
  if (only.length && !only.some((wanted) => name.includes(wanted))) return;
  await page.evaluate(() => document.activeElement?.blur());
  await page.screenshot({ path: path.join(folder, `${name}.png`), fullPage: full });
}

async function goTo(page, wanted, pick = 3) {
  for (let i = 0; i < 80; i++) {
    if (await page.locator(`[name="${wanted}"], #field`).count()) return;
    const group = page.locator("main label.opt");
    const names = await page.locator("main .opt input").evaluateAll((x) => [...new Set(x.map((i) => i.name))]);
    if (names.length > 1) {
      for (const name of names) await touch(page, page.locator(`label.opt:has([name="${name}"])`).first());
      await touch(page, page.locator(".nav .btn").last());
    } else {
      const count = await group.count();
      await touch(page, group.nth(Math.min(pick, count - 1)));
      await page.waitForTimeout(300);
      if (await page.locator(".more").count()) {
        await page.locator("#specify").fill("Ý kiến mẫu");
        await touch(page, page.locator(".nav .btn").last());
      } else if (await group.locator("[type=checkbox]").count()) {
        await touch(page, page.locator(".nav .btn").last());
      }
    }
  }
}

for (const [size, options] of Object.entries(sizes)) {
  for (const language of ["vi", "en"]) {
    const name = (screen) => `${size}-${language}-${screen}`;
    const page = await open(browser, url, options);
    await page.goto(`${url}/`);
    await page.getByRole("heading").waitFor();
    if (language === "en") await page.locator(".lang").click();
    await shot(page, name("list"));
    await page.goto(`${url}/#/s/sipas-2022?unit=02647&channel=phone&lang=${language}`);
    await page.locator(".nav .btn").waitFor();
    await shot(page, name("notice"));
    await touch(page, page.locator(".nav .btn"));
    await shot(page, name("single"));
    await goTo(page, "c1_1");
    await touch(page, page.locator("label.opt").nth(1));
    await shot(page, name("matrix"), true);
    await goTo(page, "c2");
    await touch(page, page.locator("label.opt").nth(0));
    await touch(page, page.locator("label.opt").last());
    await shot(page, name("multiple"));
    await page.locator("#specify").fill("");
    await touch(page, page.locator(".nav .btn").last());
    await shot(page, name("refused"));
    await page.locator("#specify").fill("Loa của thôn");
    await goTo(page, "q5");
    await shot(page, name("rating-hint"));
    await goTo(page, "q25");
    await shot(page, name("rating-long"));
    await goTo(page, "never");
    await shot(page, name("text"));
    await touch(page, page.locator(".nav .btn").last());
    await shot(page, name("review"));
    await touch(page, page.locator(".nav .btn").last());
    await page.locator(".code").waitFor();
    await shot(page, name("thanks"));
    await page.goto(`${url}/#/s/counter-5?unit=99999&counter=3&colour=red&channel=phone&lang=${language}`);
    await page.locator(".nav .btn").waitFor();
    await shot(page, name("unknown-unit"));
    await touch(page, page.locator(".nav .btn"));
    await shot(page, name("counter"));
    await touch(page, page.locator(".nav .btn").last());
    await shot(page, name("counter-refused"));
    await touch(page, page.locator("label.opt").nth(1));
    await page.waitForTimeout(400);
    await shot(page, name("counter-reasons"));
    await page.goto(`${url}/#/s/nothing`);
    await page.getByRole("heading").waitFor();
    await page.waitForTimeout(200);
    await shot(page, name("unknown-survey"));
    await page.context().close();
  }
}
// The kiosk, from its settings to its staff view.
for (const [size, options] of Object.entries(sizes)) {
  for (const language of ["vi", "en"]) {
    const name = (screen) => `${size}-${language}-kiosk-${screen}`;
    const page = await open(browser, url, options);
    const rest = () => page.locator(".rest").waitFor({ timeout: 20000 });
    await page.goto(`${url}/kiosk/#/setup?survey=counter-5&unit=03006&counter=3${language === "en" ? "&lang=en" : ""}`);
    await page.locator(".chosen").waitFor();
    if (language === "en") await page.locator(".lang").click();
    await page.fill("#pin", "2580");
    await page.fill("#pin-again", "2581");
    await touch(page, page.locator("summary"));
    await touch(page, page.locator("[type=submit]"));
    await shot(page, name("set-up"), true);
    await page.fill("#pin-again", "2580");
    await touch(page, page.locator("[type=submit]"));
    await rest();
    await shot(page, name("rest"));
    for (const [face, screens] of [[3, ["good", "thanks"]], [4, []], [1, ["low", "thanks-low"]]]) {
      await touch(page, page.locator(".face-button").nth(face));
      await page.locator(".finish").waitFor();
      if (screens[0]) await shot(page, name(screens[0]));
      await touch(page, page.locator(".finish"));
      await page.locator(".done").waitFor();
      if (screens[1]) await shot(page, name(screens[1]));
      await rest();
    }
    await touch(page, page.locator(".staff"));
    await shot(page, name("pin"));
    for (const digit of "2580") await touch(page, page.locator(".key", { hasText: digit }));
    await touch(page, page.locator(".key.go"));
    await page.locator(".numbers").waitFor();
    await page.waitForTimeout(500);
    await shot(page, name("staff"));
    const saved = page.waitForEvent("download");
    await touch(page, page.locator("main .row .btn").first());
    await saved;
    await page.locator(".question").waitFor();
    await shot(page, name("exported"), true);
    await touch(page, page.locator(".question .btn").first());
    await page.locator(".receipts").waitFor();
    await touch(page, page.locator("summary"));
    await shot(page, name("receipts"), true);
    await page.context().close();
    const closed = await open(browser, url, options);
    await closed.goto(`${url}/kiosk/#/run?survey=counter-5&hours=00:00-00:01/1${language === "en" ? "&lang=en" : ""}`);
    await closed.locator(".closed, .rest").first().waitFor();
    await shot(closed, name("closed"));
    await closed.context().close();
  }
}
for (const language of ["vi", "en"]) {
  for (const scheme of ["light", "dark"]) {
    const page = await open(browser, url, { viewport: { width: 1440, height: 900 }, colorScheme: scheme });
    await page.goto(`${url}/office/`);
    await page.getByRole("heading", { level: 1 }).waitFor();
    if (language === "en") await page.locator(".lang").click();
    await page.waitForTimeout(200);
    await shot(page, `office-${language}-${scheme}-empty`);
    await page.setInputFiles("input[type=file]", sample);
    await page.locator("table.results").waitFor();
    await page.waitForTimeout(300);
    await shot(page, `office-${language}-${scheme}-board`);
    await shot(page, `office-${language}-${scheme}-board-full`, true);
    await page.selectOption("#formula", "mean-of-factors");
    await page.fill("#dossiers", "1000");
    await page.press("#dossiers", "Enter");
    await page.selectOption("#by", "unit");
    await page.selectOption("#period", "month");
    await page.locator("table.groups").waitFor();
    await page.locator("#check summary").click();
    await shot(page, `office-${language}-${scheme}-figures`, true);
    await page.setViewportSize({ width: 360, height: 740 });
    await shot(page, `office-${language}-${scheme}-figures-narrow`, true);
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.setInputFiles("input[type=file]", mixed);
    await page.locator("#channels input").first().waitFor();
    await page.selectOption("#by", "field");
    await page.check("#public");
    await shot(page, `office-${language}-${scheme}-channels`, true);
    writeFileSync(path.join(folder, "other.csv"), "a,b\n1,2\n");
    await page.setInputFiles("input[type=file]", path.join(folder, "other.csv"));
    await page.locator(".note.bad").waitFor();
    await shot(page, `office-${language}-${scheme}-refused`);
    await page.locator(".tabs a").nth(1).click();
    await page.locator("li[data-survey]").first().waitFor();
    await shot(page, `office-${language}-${scheme}-definitions`);
    const counter = readFileSync(path.join(definitions, "counter-5.toml"), "utf8");
    for (const [name, text] of [["sound", counter], ["broken", counter.replace('kind = "rating"', 'kind = "stars"')]]) {
      writeFileSync(path.join(folder, `${name}.toml`), text);
      await page.setInputFiles("input[type=file]", path.join(folder, `${name}.toml`));
      await page.waitForTimeout(1200);
      await shot(page, `office-${language}-${scheme}-definition-${name}`, true);
    }
    await page.context().close();
  }
}
await browser.close();
await stop();
