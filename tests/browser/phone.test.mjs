// What a person's own phone does beside asking: first words, languages, looks, handing on, deleting, reading aloud.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { PHONE, heading, launch, open, root, sound, touch } from "./kit.mjs";
import { kept as keptByWorker, site } from "./site.mjs";
import { stored } from "./store.mjs";

const sipas = process.env.SIPAS ?? "sipas";
const LINK = "#/s/counter-5?unit=02647&counter=3&channel=phone";

let kit, browser;
before(async () => {
  kit = await site();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await kit?.remove();
});

/** Opens a page of the site; `options` as the browser takes them. */
const phone = (options) => open(browser, kit.url, { ...PHONE, ...options });

/** Rates, passes over the rest, and hands in; resolves to the receipt code. */
async function answer(page, level = 4) {
  await touch(page, page.locator(".nav .btn"));
  await touch(page, page.locator("label.opt").nth(level));
  await page.waitForFunction(() => document.querySelector("progress")?.value > 1);
  for (;;) {
    const now = await heading(page).textContent();
    await touch(page, page.locator(".nav .btn").last());
    await page.waitForFunction((now) => !document.querySelector("[aria-busy]") && document.querySelector("h1")?.textContent !== now, now);
    if (await page.locator(".code").count()) return page.locator(".code").textContent();
  }
}

/** The definitions of the project with further files, compiled into the site; the files are undone by `compile({})`. */
function compile(files) {
  const folder = mkdtempSync(path.join(tmpdir(), "sipas-definitions-"));
  cpSync(path.join(root, "survey-definitions"), folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    execFileSync("mkdir", ["-p", path.dirname(path.join(folder, name))]);
    writeFileSync(path.join(folder, name), text);
  }
  execFileSync(sipas, ["compile", folder, path.join(kit.folder, "surveys")], { stdio: ["ignore", "ignore", "pipe"] });
  return folder;
}

const definition = (name) => readFileSync(path.join(root, "survey-definitions", name), "utf8");

test("the page itself says what it is where scripts are off", async () => {
  const page = await phone({ javaScriptEnabled: false });
  await page.goto(`${kit.url}/${LINK}`);
  const text = await page.locator("main").innerText();
  assert.match(text, /Không hỏi họ tên/);
  assert.match(text, /cần JavaScript/);
  await page.context().close();
});

test("nothing is asked of the server twice, and only one language is loaded until another is wanted", async () => {
  const page = await phone({ serviceWorkers: "block" });
  kit.asked.length = 0;
  await page.goto(`${kit.url}/${LINK}`);
  await page.locator(".nav .btn").waitFor();
  const asked = kit.asked.filter((name) => name.startsWith("surveys/"));
  assert.deepEqual(asked.sort(), ["surveys/counter-5.vi.json", "surveys/theme.css", "surveys/units/02.json"]);
  assert.equal(new Set(kit.asked).size, kit.asked.length, `${kit.asked}`);
  await touch(page, page.locator(".lang"));
  await page.getByRole("heading", { name: "Your rating of the one-stop counter" }).waitFor();
  assert.deepEqual(kit.asked.filter((name) => /\.en\.json|words/.test(name)).sort(), ["surveys/counter-5.en.json", "surveys/words/en.json"]);
  await page.context().close();
});

test("another language without a network: there once the phone was online, else it is said", async () => {
  const page = await phone();
  await page.goto(`${kit.url}/${LINK}`);
  await page.locator(".nav .btn").waitFor();
  await keptByWorker(page, "surveys/counter-5.vi.json", "surveys/counter-5.en.json", "surveys/words/en.json");
  await page.context().setOffline(true);
  await page.reload();
  await touch(page, page.locator(".lang"));
  await page.getByRole("heading", { name: "Your rating of the one-stop counter" }).waitFor();
  await sound(page, "offline", 48);
  await page.context().close();

  const other = await phone({ serviceWorkers: "block" });
  await other.goto(`${kit.url}/${LINK}`);
  await other.locator(".nav .btn").waitFor();
  await other.context().setOffline(true);
  const told = new Promise((resolve) => other.once("dialog", (dialog) => { resolve(dialog.message()); dialog.accept(); }));
  await touch(other, other.locator(".lang"));
  assert.match(await told, /kết nối mạng/);
  assert.equal(await heading(other).textContent(), "Đánh giá sự phục vụ tại Bộ phận Một cửa");
  await other.context().close();
});

test("a draft waits for a day, then goes and says so", async () => {
  const page = await phone();
  await page.goto(`${kit.url}/${LINK}`);
  await touch(page, page.locator(".nav .btn"));
  await touch(page, page.locator("label.opt").nth(1));
  await page.getByRole("heading", { name: /Vì sao|Ông\/Bà phải/ }).waitFor();
  const key = await page.evaluate(() => Object.keys(localStorage).find((key) => key.startsWith("sipas.draft.")));
  const hours = await page.evaluate((key) => (JSON.parse(localStorage[key]).until_ms - Date.now()) / 3600_000, key);
  assert.ok(hours > 23.9 && hours <= 24, `${hours} hours`);
  const later = (milliseconds) => page.evaluate(([key, milliseconds]) => {
    const draft = JSON.parse(localStorage[key]);
    localStorage[key] = JSON.stringify({ ...draft, until_ms: Date.now() + milliseconds });
    localStorage["sipas.draft.other//////"] = JSON.stringify({ until_ms: Date.now() - 1000 });
  }, [key, milliseconds]);
  await later(60_000);
  await page.reload();
  await page.locator(".note").waitFor();
  assert.match(await page.locator(".note").innerText(), /trả lời dở/);
  assert.equal(await page.evaluate(() => "sipas.draft.other//////" in localStorage), false, "the drafts of other links go when their time is over");
  await sound(page, "resumed", 48);
  await later(-1000);
  await page.reload();
  await page.locator(".note.warn").waitFor();
  assert.match(await page.locator(".note.warn").innerText(), /đã quá hạn và đã được xoá/);
  await sound(page, "draft over", 48);
  assert.equal(await page.evaluate((key) => key in localStorage, key), false);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("a response is handed on as a file that the office counts, or shared", async () => {
  const page = await phone();
  await page.goto(`${kit.url}/${LINK}`);
  const code = await answer(page, 1);
  const [download] = await Promise.all([page.waitForEvent("download"), touch(page, page.getByRole("button", { name: /Gửi hoặc tải/ }))]);
  assert.equal(download.suggestedFilename(), `counter-5-${code}.csv`);
  const file = await download.path();
  const text = readFileSync(file, "utf8");
  assert.ok(text.startsWith("\ufeffresponse_id,survey,"), text);
  assert.equal(text.trim().split("\r\n").length, 2);
  const scored = execFileSync(sipas, ["score", "--lang", "en", "--survey", "counter-5", file], { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"], cwd: root });
  assert.match(scored, /counter-5/);
  // The same through the system's share sheet, where there is one.
  await page.evaluate(() => {
    navigator.canShare = ({ files }) => files.every((file) => file.type === "text/csv");
    navigator.share = async ({ files }) => { window.shared = [files[0].name, await files[0].text()]; };
  });
  await touch(page, page.getByRole("button", { name: /Gửi hoặc tải/ }));
  await page.waitForFunction(() => window.shared);
  const [name, shared] = await page.evaluate(() => window.shared);
  assert.equal(name, `counter-5-${code}.csv`);
  assert.equal(shared.replace("\ufeff", ""), text.replace("\ufeff", ""));
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("who comes back to their phone can still delete what they handed in", async () => {
  const page = await phone();
  const codes = [];
  for (const level of [0, 4]) {
    await page.goto(`${kit.url}/${LINK}`);
    await page.reload();
    codes.push((await answer(page, level)).trim());
  }
  await page.reload();
  const kept = page.locator("section", { has: page.getByRole("heading", { name: "Phiếu đã lưu trên máy này" }) });
  await kept.waitFor();
  const today = new Date().toLocaleDateString("vi", { timeZone: "Asia/Ho_Chi_Minh" });
  assert.deepEqual(await kept.locator("li").allTextContents(), codes.map((code) => `${today}Xoá phiếu ${code}`));
  await sound(page, "notice with responses", 48);
  page.on("dialog", (dialog) => dialog.accept());
  await touch(page, kept.getByRole("button", { name: codes[0] }));
  await page.waitForFunction(() => document.querySelectorAll("#kept + ul li").length === 1);
  assert.deepEqual((await stored(page)).map(({ answers }) => answers.rating), [{ level: 5 }]);
  await touch(page, kept.getByRole("button", { name: codes[1] }));
  await page.waitForFunction(() => document.querySelector(".nav .btn") && !document.querySelector("#kept"));
  assert.deepEqual(await stored(page), []);
  assert.deepEqual(page.faults, []);

  // A device that many use is nobody's own.
  for (let n = 0; n < 6; n++) {
    await answer(page);
    await touch(page, page.getByRole("button", { name: "Phiếu mới" }));
  }
  await page.reload();
  await page.locator(".nav .btn").waitFor();
  assert.equal(await page.locator("#kept").count(), 0);
  await page.context().close();
});

test("a person who is sure deletes their response", async () => {
  const page = await phone();
  await page.goto(`${kit.url}/${LINK}`);
  await answer(page);
  assert.equal((await stored(page)).length, 1);
  const answers = [];
  page.on("dialog", (dialog) => {
    const [text, reply] = answers.shift();
    assert.match(dialog.message(), text);
    return reply === false ? dialog.dismiss() : dialog.accept(reply);
  });
  answers.push([/Xoá phiếu này khỏi máy\?/, false]);
  await touch(page, page.getByRole("button", { name: "Xoá phiếu này khỏi máy" }));
  assert.equal((await stored(page)).length, 1, "who is not sure deletes nothing");
  answers.push([/Xoá phiếu này khỏi máy\?/, ""]);
  await touch(page, page.getByRole("button", { name: "Xoá phiếu này khỏi máy" }));
  await page.getByRole("heading", { name: "Đã xoá phiếu" }).waitFor();
  await sound(page, "deleted", 48);
  assert.deepEqual(await stored(page), []);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("questions and touched answers are read aloud where there is a voice, and only if wanted", async () => {
  const page = await phone();
  await page.addInitScript(() => {
    window.spoken = [];
    speechSynthesis.getVoices = () => [{ lang: "vi_VN", name: "a voice" }];
    speechSynthesis.speak = ({ text, lang }) => window.spoken.push(`${lang}: ${text}`);
    speechSynthesis.cancel = () => window.spoken.push("·");
  });
  await page.goto(`${kit.url}/${LINK}`);
  await touch(page, page.locator(".nav .btn"));
  const aloud = page.getByRole("button", { name: "Đọc to" });
  await aloud.waitFor();
  assert.equal(await aloud.getAttribute("aria-pressed"), "false");
  assert.deepEqual(await page.evaluate(() => window.spoken), []);
  await sound(page, "with a voice", 48);
  await touch(page, aloud);
  assert.equal(await aloud.getAttribute("aria-pressed"), "true");
  assert.match((await page.evaluate(() => window.spoken)).at(-1), /^vi: Ông\/Bà đánh giá.*Rất không hài lòng.*Rất hài lòng/);
  await touch(page, page.locator("label.opt").nth(0));
  await page.getByRole("heading", { name: "Vì sao" }).waitFor();
  const spoken = await page.evaluate(() => window.spoken);
  assert.match(spoken.at(-1), /^vi: Vì sao/);
  assert.equal(spoken.at(-2), "vi: Rất không hài lòng");
  await touch(page, page.locator(".lang").first());
  await page.getByRole("heading", { name: "What were you not satisfied with" }).waitFor();
  assert.equal(await page.locator("[aria-pressed]").count(), 0, "there is no voice for English here");
  await page.context().close();
});

test("free words come with a warning, tied to the field", async () => {
  const page = await phone();
  await page.goto(`${kit.url}/${LINK}`);
  await touch(page, page.locator(".nav .btn"));
  await touch(page, page.locator("label.opt").nth(0));
  await page.waitForFunction(() => document.querySelector("progress")?.value > 1);
  for (let n = 0; n < 6 && !(await page.locator("textarea").count()); n++) {
    await touch(page, page.locator(".nav .btn").last());
    await page.waitForTimeout(300);
  }
  const field = page.locator("textarea");
  const described = (await field.getAttribute("aria-describedby")).split(" ");
  const texts = await Promise.all(described.map((id) => page.locator(`#${id}`).innerText()));
  assert.ok(texts.some((text) => text.includes("đừng ghi họ tên")), `${texts}`);
  await page.context().close();
});

test("a further language comes from files; what it lacks is shown in Vietnamese, and that is said", async () => {
  const counter = definition("counter-5.toml")
    .replace('languages = ["vi", "en"]', 'languages = ["vi", "en", "tyz"]')
    .replace('title.en = "', 'title.tyz = "(title in Tày)"\ntitle.en = "');
  const folder = compile({
    "counter-5.toml": counter,
    "words/tyz.toml": 'name = "Tày"\nright_to_left = true\n[respondent]\nStart = "(start)"\n',
  });
  const page = await phone();
  await page.goto(`${kit.url}/${LINK}&lang=tyz`);
  await page.getByRole("heading", { name: "(title in Tày)" }).waitFor();
  // The heading is there before the program, the button is not.
  await page.locator(".nav .btn").waitFor();
  assert.equal(await page.locator(".nav .btn").innerText(), "(start)");
  assert.match(await page.locator(".note.warn").innerText(), /chưa được dịch hết/);
  assert.match(await page.locator(".facts").innerText(), /Không hỏi họ tên/);
  assert.deepEqual(await page.evaluate(() => [document.documentElement.lang, document.documentElement.dir]), ["tyz", "rtl"]);
  await sound(page, "a further language", 48);
  // Round through the languages: each is called by its own name.
  const names = [];
  for (let n = 0; n < 3; n++) {
    names.push(await page.locator(".lang").innerText());
    const before = await page.locator(".lang").innerText();
    await touch(page, page.locator(".lang"));
    await page.waitForFunction((before) => document.querySelector(".lang").textContent !== before, before);
  }
  assert.deepEqual(names, ["Tiếng Việt", "English", "Tày"]);
  assert.deepEqual(page.faults, []);
  const said = execFileSync(sipas, ["languages", folder], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  assert.match(said, /^tyz\twords\/respondent\t1\/\d\d$/m);
  assert.match(said, /^tyz\tcounter-5\t1\/\d\d$/m);
  assert.match(said, /^en\tcounter-5\t(\d+)\/\1$/m);
  const template = execFileSync(sipas, ["languages", folder, "--template", "tyz"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  assert.match(template, /^Start = "\(start\)"$/m);
  assert.match(template, /^# Tiếp tục \| Next\n# Next = ""$/m);
  compile({});
  await page.context().close();
});

test("a province's name, emblem and colours come from one file", async () => {
  compile({
    "theme.toml": 'name = { vi = "Tỉnh \\"Mẫu\\"", en = "Sample Province" }\nemblem = "emblem.svg"\n[light]\nhead = "#7a1f1f"\npri = "#7a1f1f"\ndeep = "#5c1414"\n',
    "emblem.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><circle cx="5" cy="5" r="5" fill="#ffd700"/></svg>',
  });
  for (const [colorScheme, colour] of [["light", "rgb(122, 31, 31)"], ["dark", "rgb(21, 41, 59)"]]) {
    const page = await phone({ colorScheme, reducedMotion: "reduce" });
    await page.goto(`${kit.url}/${LINK}`);
    await page.locator(".nav .btn").waitFor();
    const look = await page.evaluate(() => {
      const of = (selector, pseudo) => getComputedStyle(document.querySelector(selector), pseudo);
      return { head: of(".top").backgroundColor, name: of(".top p", "::before").content, emblem: of(".top", "::before").backgroundImage };
    });
    assert.equal(look.head, colour);
    assert.equal(look.name, '"Tỉnh \\"Mẫu\\""');
    assert.match(look.emblem, /surveys\/emblem\.svg/);
    await sound(page, `themed, ${colorScheme}`, 48);
    await touch(page, page.locator(".lang"));
    await page.waitForFunction(() => getComputedStyle(document.querySelector(".top p"), "::before").content === '"Sample Province"');
    assert.deepEqual(page.faults, []);
    await page.context().close();
  }
  compile({});
  const page = await phone();
  await page.goto(`${kit.url}/${LINK}`);
  assert.equal(await page.evaluate(() => getComputedStyle(document.querySelector(".top"), "::before").content), "none");
  await page.context().close();
});
