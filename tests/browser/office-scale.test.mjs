// The office page with much and with bad: it answers while it reads, can be stopped, and outlives hostile files.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { appendFileSync, closeSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { crc32, deflateRawSync } from "node:zlib";
import path from "node:path";
import { fixture } from "./fixture.mjs";
import { FILES, corpus, office, summary, tallies } from "./office.mjs";
import { file, sample, score, scratch } from "./program.mjs";

let kit, browser;
fixture((...both) => ([kit, browser] = both));
after(() => rmSync(scratch, { recursive: true, force: true }));

/** A file of a thousand generated responses so many times, under other ids. */
function repeated(name, times) {
  const [header, ...rows] = readFileSync(sample("sipas-2022", "few.csv", "--n", "1000", "--units", "02647,02671,03006"), "utf8").trimEnd().split("\r\n");
  const target = file(name, `${header}\r\n`);
  for (let at = 0; at < times; at++) appendFileSync(target, `${rows.map((row) => `${10_000_000 + at}${row.slice(8)}`).join("\r\n")}\r\n`);
  return target;
}

let many, lots;
/** 150,000 responses. */
const big = () => (many ??= repeated("many.csv", 150));
/** So many that there is time to do something while they are read. */
const huge = () => (lots ??= repeated("lots.csv", 1500));

/** Tasks of the page's main thread of over 50 ms while `work` is done. */
async function longTasks(page, work) {
  await page.evaluate(() => {
    window.longTasks = [];
    window.watcher = new PerformanceObserver((list) => window.longTasks.push(...list.getEntries().map(({ duration }) => duration)));
    window.watcher.observe({ type: "longtask" });
  });
  await work();
  await page.waitForTimeout(100);
  return page.evaluate(() => {
    window.watcher.disconnect();
    return window.longTasks;
  });
}

test("much is read beside the page: it shows how far it is, and no task holds it up", async (t) => {
  // Another program may take the processor away for a moment: one of three tries has to be clean.
  const tries = [];
  for (let at = 0; at < 3 && !tries.some((tasks) => tasks.length === 0); at++) {
    const page = await office(browser, kit.url);
    await page.locator(".pick select").selectOption("sipas-2022");
    await page.waitForTimeout(300);
    const seen = [];
    await page.exposeFunction("seen", (text) => seen.push(text));
    await page.evaluate(() => {
      new MutationObserver(() => window.seen(document.querySelector("#reading-figures")?.textContent ?? "")).observe(document.body, { childList: true, subtree: true, characterData: true });
    });
    tries.push(await longTasks(page, async () => {
      await page.setInputFiles(FILES, big());
      await summary(page, "150.000");
    }));
    assert.ok(seen.some((text) => /MB · .* MB\/giây · còn khoảng \d+ giây/.test(text)), `${seen.slice(0, 5)}`);
    assert.deepEqual((await tallies(page))[0].slice(1), ["150.000", "150.000", "0", "0", "0"]);
    const overall = score("sipas-2022", big()).find((record) => record.measure === "overall" && record.formula === "top2-pooled");
    const shown = await page.locator("table.results tr[data-measure=overall] [data-value]").first().textContent();
    assert.equal(shown.trim(), `${overall.percent_shown.replace(".", ",")}%`);
    // Other looks at it.
    const began = Date.now();
    tries.at(-1).push(...await longTasks(page, async () => {
      await page.selectOption("#by", "unit");
      await page.locator("table.groups").waitFor();
    }));
    t.diagnostic(`groups by unit shown after ${Date.now() - began} ms; long tasks: ${tries.at(-1)}`);
    assert.deepEqual(page.faults, []);
    await page.context().close();
  }
  assert.ok(tries.some((tasks) => tasks.length === 0), `tasks over 50 ms: ${tries.map((tasks) => `[${tasks}]`)}`);
});

test("reading is stopped, and nothing of the file is counted", async () => {
  const page = await office(browser, kit.url);
  const small = sample("counter-5", "small.csv", "--n", "3");
  await page.setInputFiles(FILES, small);
  await summary(page, 3);
  await page.setInputFiles(FILES, [huge(), corpus("google-forms.csv")]);
  await page.locator("#stop").click();
  await page.locator(".side .note.warn").nth(1).waitFor();
  const said = await page.locator(".side .note").allTextContents();
  assert.match(said[0], /Đã dừng đọc tệp “lots.csv”: không phiếu nào của tệp này được tính/);
  assert.match(said[1], /Đã dừng đọc tệp “google-forms.csv”/);
  assert.equal((await tallies(page)).length, 1);
  await summary(page, 3);
  await page.locator(".pick select").selectOption("sipas-2022");
  await page.locator(".board .empty").waitFor();
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

/** A ZIP file of these members, compressed. */
function zip(members) {
  const parts = [], directory = [];
  let at = 0;
  for (const [name, content] of members) {
    const body = deflateRawSync(content, { level: 9 });
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc32(content), 10);
    common.writeUInt32LE(body.length, 14);
    common.writeUInt32LE(content.length, 18);
    common.writeUInt16LE(name.length, 22);
    parts.push(Buffer.from("PK\x03\x04", "latin1"), common, Buffer.from(name), body);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(at, 10);
    directory.push(Buffer.from("PK\x01\x02\x14\x00", "latin1"), common, place, Buffer.from(name));
    at += 4 + common.length + name.length + body.length;
  }
  const end = Buffer.alloc(18);
  end.writeUInt16LE(members.length, 4);
  end.writeUInt16LE(members.length, 6);
  end.writeUInt32LE(Buffer.concat(directory).length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...parts, ...directory, Buffer.from("PK\x05\x06", "latin1"), end]);
}

function bomb() {
  const xml = (text) => Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>${text}`);
  const row = "<row><c t=\"inlineStr\"><is><t>x</t></is></c></row>";
  return zip([
    ["[Content_Types].xml", xml('<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>')],
    ["_rels/.rels", xml('<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>')],
    ["xl/workbook.xml", xml('<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="A" sheetId="1" r:id="b"/></sheets></workbook>')],
    ["xl/_rels/workbook.xml.rels", xml('<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="b" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>')],
    ["xl/worksheets/sheet1.xml", Buffer.concat([xml("<worksheet><sheetData>"), Buffer.alloc(700 << 20, row), Buffer.from("</sheetData></worksheet>")])],
  ]);
}

/** A file of so many megabytes, written bit by bit. */
function large(name, head, filler, megabytes, tail = "") {
  const target = path.join(scratch, name);
  const out = openSync(target, "w");
  writeSync(out, head);
  const block = Buffer.alloc(1 << 20, filler);
  for (let at = 0; at < megabytes; at++) writeSync(out, block);
  writeSync(out, tail);
  closeSync(out);
  return target;
}

test("hostile files end in a clear message, and the page lives on", async () => {
  const own = readFileSync(sample("counter-5", "hostile-base.csv", "--n", "4"), "utf8");
  const [header, first] = own.split("\r\n");
  const columns = Array.from({ length: 10_000 }, (_, at) => `c${at}`).join(",");
  const files = {
    "columns.csv": [file("columns.csv", `${columns}\n${columns}\n`), /có 10000 cột; nhiều nhất là 2000/],
    "field.csv": [large("field.csv", "a,b\n1,\"", "x", 200, "\"\n"), /dài hơn 100000 ký tự/],
    "own-field.csv": [large("own-field.csv", `${header}\r\n${first}\r\n"`, "x\n", 200, "\"\n"), /dòng này dài hơn 16 MB: từ đây trở đi không đọc nữa/],
    "own-columns.csv": [file("own-columns.csv", `${header},${columns}\r\n${first}${",".repeat(10_000)}\r\n`), /cột c0 không thuộc khảo sát này/],
    "nul.csv": [corpus("nul-bytes.csv"), /không phải văn bản/],
    "mixed.csv": [corpus("mixed.csv"), /không phải văn bản UTF-8/],
    "bomb.xlsx": [file("bomb.xlsx", bomb()), /chiếm hơn \d+ MB sau khi giải nén/],
    "cut.xlsx": [corpus("cut-off-workbook.xlsx"), /không đọc được bảng tính/],
    "random.csv": [file("random.csv", Buffer.from(Array.from({ length: 5000 }, (_, at) => (at * 7919) % 251))), /không phải văn bản|không xác định được bảng mã/],
    "empty.csv": [file("empty.csv", ""), /không có dòng nào/],
  };
  for (const [name, [source, expected]] of Object.entries(files)) {
    const page = await office(browser, kit.url);
    await page.setInputFiles(FILES, source);
    await page.locator(".side", { hasText: expected }).waitFor({ timeout: 60_000 }).catch(async () => assert.fail(`${name}: ${await page.locator(".side").textContent()}`));
    await page.setInputFiles(FILES, file("sound.csv", readFileSync(sample("counter-5", "sound-source.csv", "--n", "9", "--seed", "77"))));
    await page.locator(".sources > li", { hasText: "sound.csv" }).waitFor({ timeout: 20_000 }).catch(async () => assert.fail(`after ${name}: ${await page.locator(".side").textContent()}`));
    assert.deepEqual(page.faults, [], name);
    await page.context().close();
  }
});

test("a file that is too much for the worker is named, and the others are read again", async () => {
  const page = await office(browser, kit.url);
  await page.setInputFiles(FILES, sample("counter-5", "before.csv", "--n", "5"));
  await summary(page, 5);
  // What happens where it runs out of memory, in the middle of a file.
  const worker = page.workers()[0];
  await page.setInputFiles(FILES, huge());
  await page.locator("#stop").waitFor();
  await worker.evaluate(() => dispatchEvent(new Event("error")));
  await page.locator(".side .note.bad", { hasText: "Không nhập được tệp “lots.csv”: không đủ bộ nhớ" }).waitFor();
  // The figures of before stand there until the files are read again.
  await page.locator(".sources > li").nth(1).waitFor();
  await summary(page, 5);
  assert.equal((await tallies(page)).length, 1);
  await page.context().close();
});

test("every file of the corpus at once: each is read, asked about, or refused by name", async () => {
  const page = await office(browser, kit.url);
  const { readdirSync } = await import("node:fs");
  const names = readdirSync(corpus("")).filter((name) => /\.(csv|tsv|txt|xlsx?)$/.test(name));
  assert.ok(names.length > 35, `${names.length}`);
  await page.setInputFiles(FILES, names.map(corpus));
  await page.locator("#undo").waitFor({ timeout: 60_000 });
  const said = [...(await tallies(page)).map(([name]) => name), ...await page.locator(".side .note").allTextContents()].join("\n");
  for (const name of names) assert.ok(said.includes(name), name);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});
