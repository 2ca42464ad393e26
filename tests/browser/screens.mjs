// Takes a picture of every screen, for people to look at:
//   node tests/browser/screens.mjs FOLDER [NAME…]
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { execFileSync } from "node:child_process";
import path from "node:path";
import { answerAll, launch, open, root, serve, touch } from "./kit.mjs";
import { LANDSCAPE, PORTRAIT, SETUP, leap, leapable, press, rate, rested, thanked } from "./kiosk.mjs";

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
for (const [size, options] of Object.entries({ portrait: PORTRAIT, landscape: LANDSCAPE })) {
  for (const [language, other] of [["vi", "en"], ["en", "vi"]]) {
    const name = (screen) => `kiosk-${size}-${language}-${screen}`;
    const page = await open(browser, url, options);
    await leapable(page);
    await page.goto(`${url}/kiosk/#/setup?survey=counter-5&unit=02647&counter=3&lang=${language},${other}`);
    await page.locator("details fieldset .opt").first().waitFor({ state: "attached" });
    if (language === "en" && (await page.locator(".lang").count())) await page.locator(".lang").click();
    await shot(page, name("set-up"), true);
    await page.locator("[type=submit]").click();
    await rested(page);
    await shot(page, name("rest"));
    await rate(page, 1);
    await page.waitForTimeout(300);
    await shot(page, name("acknowledged"));
    await page.locator(".finish").waitFor();
    await shot(page, name("reasons"));
    await leap(page, 31);
    await page.locator(".still").waitFor();
    await shot(page, name("countdown"));
    await press(page, page.locator(".still button"));
    await press(page, page.locator(".nav .btn").last());
    await page.waitForTimeout(400);
    await shot(page, name("contacts"));
    await press(page, page.locator(".nav .btn").last());
    await page.locator("textarea").waitFor();
    await shot(page, name("comment"));
    await press(page, page.locator(".finish"));
    await thanked(page);
    await shot(page, name("thanks"));
    await leap(page, 10);
    await rested(page);
    await press(page, page.locator(".staff"));
    await page.locator(".numbers").waitFor();
    await shot(page, name("staff"), true);
    await page.context().close();
    const longer = await open(browser, url, options);
    await longer.goto(`${url}/kiosk/#/run?${SETUP.replace("counter-5", "sipas-2022")}&lang=${language},${other}`);
    await rested(longer);
    await shot(longer, name("rest-longer"));
    await longer.context().close();
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
    await page.locator(".tabs a[href='#/report']").click();
    await page.locator(".paper").waitFor();
    await shot(page, `office-${language}-${scheme}-report`, true);
    if (scheme === "light") await page.pdf({ path: path.join(folder, `report-${language}.pdf`), preferCSSPageSize: true });
    await page.locator("input[name=version]").nth(1).check();
    await shot(page, `office-${language}-${scheme}-report-public`);
    await page.locator(".tabs a[href='#/sheets']").click();
    await page.locator("#unit").fill("02647");
    await page.locator("#unit").press("Enter");
    await page.fill("#counters", "1, 2");
    await shot(page, `office-${language}-${scheme}-sheets`, true);
    await page.setViewportSize({ width: 360, height: 740 });
    await shot(page, `office-${language}-${scheme}-sheets-narrow`, true);
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.locator(".tabs a[href='#/definitions']").click();
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
