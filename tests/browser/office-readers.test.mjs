// Large files on the office page are read by several threads: to the same figures and the same list of problems,
// whatever stands in them, and if threads die, there is one only, or the browser has no streams to read with.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { after, test } from "node:test";
import { appendFileSync, cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fixture } from "./fixture.mjs";
import { root, serve } from "./kit.mjs";
import { FILES, download, office, summary, tallies } from "./office.mjs";
import { file, sample, scratch, sipas } from "./program.mjs";

let browser;
fixture((_, launched) => (browser = launched));
after(() => rmSync(scratch, { recursive: true, force: true }));

/** The file that is read in every way: 180,000 rows, of which some are not like the others. */
function harmed() {
  const source = readFileSync(sample("counter-5", "few.csv", "--n", "600", "--units", "02647,02671"), "utf8");
  const [header, ...given] = source.trimEnd().split("\r\n");
  const columns = header.split(",");
  const [unit, comment] = ["unit", "comment"].map((name) => columns.indexOf(name));
  assert.ok(unit > 0 && comment === columns.length - 1);
  // Rows of one line, whose last cell can be replaced.
  const plain = given.filter((row) => !row.includes('"'));
  const under = (row, at) => `${String(10_000_000 + at)}${row.slice(8)}`;
  const said = (row, words) => `${row.slice(0, row.lastIndexOf(",") + 1)}${words}`;
  const written = [header];
  for (let at = 0; at < 180_000; at++) {
    let row = under(plain[at % plain.length], at);
    // Lines of their own in every tenth: wherever a cut falls, one is near. Some look like rows themselves.
    if (at % 10 === 3) row = said(row, `"${"một dòng, hai;\r\n".repeat(8)}${row.split(",").slice(0, 3).join(",")},x\n"`);
    if (at % 5000 === 7) row = row.replace(",complete,", ",finished,");
    written.push(row);
    if (at % 3000 === 11) written.push(said(row, "khác"));
    if (at % 8000 === 17) written.push(row);
    if (at % 9000 === 13) written.push(row, "", "");
  }
  return file("harmed.csv", `${written.join("\r\n")}\r\n`);
}

/** The kit with lines put before those of its worker. */
async function changed(name, lines) {
  const folder = path.join(scratch, name);
  cpSync(path.join(root, "dist"), folder, { recursive: true });
  for (const ending of ["", ".br", ".gz"]) rmSync(path.join(folder, `office/worker.js${ending}`), { force: true });
  writeFileSync(path.join(folder, "office/worker.js"), `${lines}\n`);
  appendFileSync(path.join(folder, "office/worker.js"), readFileSync(path.join(root, "dist/office/worker.js")));
  return serve(folder);
}

/** Tells everybody of every part that a reader hands over, and does something with the second one. */
const parts = (second) => `{
  const [post, told] = [self.postMessage.bind(self), new BroadcastChannel("parts")];
  let parts = 0;
  self.postMessage = (message, ...rest) => {
    if (typeof message?.[0] !== "number") return post(message, ...rest);
    told.postMessage(1);
    if (++parts === 2) { ${second} }
    post(message, ...rest);
  };
}`;
const ways = {
  "as it comes": { lines: parts(""), least: 6, most: 99 },
  "readers that die": { lines: parts("post(null); close(); return;"), least: 2, most: 8 },
  "one core": { lines: `${parts("")} Object.defineProperty(navigator, "hardwareConcurrency", { get: () => 1 });`, least: 0, most: 0 },
  "without byte streams": {
    lines: `${parts("")} {
      const get = ReadableStream.prototype.getReader;
      ReadableStream.prototype.getReader = function (options) {
        if (options?.mode === "byob") throw new TypeError("no byte stream");
        return get.call(this, options);
      };
    }`,
    least: 6, most: 99,
  },
};

/** What the program makes of a file, which reads it in its own way: its rows, and the overall figure. */
function counted(source) {
  const done = spawnSync(sipas, ["score", "--survey", "counter-5", "--format", "json", "--lang", "en", source], { encoding: "utf8", maxBuffer: 1 << 28 });
  assert.equal(done.status, 1, "something is set aside");
  const tallies = done.stderr.match(/: (\d+) rows read, (\d+) used, (\d+) duplicate, (\d+) set aside/).slice(1).map(Number);
  const overall = JSON.parse(done.stdout).find((record) => record.measure === "overall" && record.formula === "top2-pooled");
  return { tallies, figure: `${overall.percent_shown.replace(".", ",")}%` };
}

let expected;
for (const [way, { lines, least, most }] of Object.entries(ways)) {
  test(`a large file with all kinds of rows, ${way}: figures, counts and problems are the same`, async () => {
    if (!expected) {
      const source = harmed();
      expected = { source, ...counted(source) };
      assert.ok(expected.tallies[2] > 5 && expected.tallies[3] > 20, `${expected.tallies}`);
    }
    const server = await changed(way.replaceAll(" ", "-"), lines);
    try {
      const page = await office(browser, server.url);
      await page.evaluate(() => {
        window.parts = 0;
        window.told = new BroadcastChannel("parts");
        window.told.onmessage = () => window.parts++;
      });
      // As a person does: so somebody is there to read when the file comes.
      const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.locator(".drop").click()]);
      await page.waitForTimeout(700);
      await chooser.setFiles(expected.source);
      await summary(page, expected.tallies[1].toLocaleString("vi-VN"));
      const read = await page.evaluate(() => window.parts);
      assert.ok(read >= least && read <= most, `${read} parts were read by readers`);
      const [[, ...said]] = await tallies(page);
      assert.deepEqual(said.slice(0, 4).map((number) => Number(number.replaceAll(".", ""))), expected.tallies);
      const figure = await page.locator("table.results tr[data-measure=overall] [data-value]").first().textContent();
      assert.equal(figure.trim(), expected.figure);
      await page.locator("details:has(.probs) summary").click();
      const { path: list } = await download(page, page.getByRole("button", { name: /Tải danh sách đầy đủ/ }));
      const problems = readFileSync(list, "utf8").trimEnd().split("\r\n").sort();
      assert.deepEqual(problems, (expected.problems ??= problems));
      assert.deepEqual(page.faults, []);
      await page.context().close();
    } finally {
      await server.stop();
    }
  });
}

test("getting ready while somebody chooses files leaves the page as it is", async () => {
  const server = await changed("practice", `{
    const [post, told] = [self.postMessage.bind(self), new BroadcastChannel("told")];
    self.postMessage = (message, ...rest) => {
      if (String(message?.[0]).startsWith('{"Practised"')) told.postMessage(message[0]);
      post(message, ...rest);
    };
  }`);
  try {
    const page = await office(browser, server.url);
    await page.locator(".board .empty").waitFor();
    await page.evaluate(() => {
      window.practised = new Promise((resolve) => (new BroadcastChannel("told").onmessage = ({ data }) => resolve(data)));
      window.changes = 0;
      new MutationObserver(() => window.changes++).observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
    });
    const before = await page.content();
    const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.locator(".drop").click()]);
    const told = JSON.parse(await page.evaluate(() => window.practised));
    assert.ok(told.Practised.results.responses > 0 && told.Practised.grouped.groups.rows.length > 1);
    // It is drawn out of sight, and gone after.
    await page.waitForTimeout(1500);
    assert.equal(await page.evaluate(() => window.changes), 0);
    assert.equal(await page.content(), before);
    await chooser.setFiles(sample("counter-5", "few.csv", "--n", "600", "--units", "02647,02671"));
    await summary(page, "600");
    assert.deepEqual(page.faults, []);
    await page.context().close();
  } finally {
    await server.stop();
  }
});
