// The office page with files as they come: damaged, foreign, hostile, repeated.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readFileSync } from "node:fs";
import { fixture } from "./fixture.mjs";
import { OFFICE, open, until } from "./kit.mjs";
import { file, rows, sample } from "./program.mjs";

let kit, browser;
fixture((...both) => ([kit, browser] = both));

async function office() {
  const page = await open(browser, kit.url, OFFICE);
  await page.goto(`${kit.url}/office/`);
  await page.locator(".board .empty").waitFor();
  return page;
}

const summary = (page, count) => page.locator("#summary", { hasText: `${count} phiếu` }).waitFor();

test("a damaged file: what is wrong stands there with its line, the rest counts", async () => {
  const text = readFileSync(sample("counter-5", "damaged-source.csv", "--n", "5"), "utf8").split("\r\n");
  text[2] = text[2].replace("complete", "perhaps");
  text[3] = text[3].replaceAll("2026-10", "2066-10");
  text[4] = text[4].slice(0, 40);
  const page = await office();
  await page.setInputFiles("input[type=file]", file("damaged.csv", text.join("\r\n")));
  await summary(page, 3);
  assert.deepEqual(await page.locator(".sources > li").nth(1).locator("dd").allTextContents(), ["5", "3", "0", "2", "1"]);
  const problems = await page.locator(".probs tbody tr").evaluateAll((trs) => trs.map((tr) => [...tr.cells].map((td) => td.textContent)));
  assert.deepEqual(problems.map(([line, column]) => [line, column]), [["3", "status"], ["4", "finished_at"], ["5", ""]]);
  assert.match(problems[1][2], /ở tương lai; phiếu vẫn được tính/);
  assert.match(await page.locator(".board .note").first().textContent(), /2 dòng không được tính/);
  await page.getByRole("button", { name: "Bỏ tệp damaged.csv" }).click();
  await page.locator(".board .empty").waitFor();
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("files of another survey, of an unknown one, and of something else", async () => {
  const sipas = sample("sipas-2022", "sipas.csv", "--n", "4", "--units", "02647,99999");
  const unknown = file("unknown.csv", readFileSync(sipas, "utf8").replaceAll(",sipas-2022,", ",sipas-1999,"));
  const edition = file("edition.csv", readFileSync(sipas, "utf8").replaceAll(",sipas-2022,2022,", ",sipas-2022,2021,"));
  const other = file("diem.csv", "Họ tên,Điểm\nA,5\n");
  const page = await office();
  await page.setInputFiles("input[type=file]", [unknown, other, sipas, edition]);
  await summary(page, 4);
  const said = await page.locator(".side .note").allTextContents();
  assert.equal(said.length, 3);
  assert.match(said[0], /“unknown.csv”: khảo sát “sipas-1999” không có ở đây/);
  assert.match(said[1], /“diem.csv”: đây không phải tệp phiếu trả lời/);
  assert.match(said[2], /đã nhập và chuyển sang khảo sát đó/);
  assert.deepEqual(await page.locator(".sources > li").nth(2).locator("dd").allTextContents(), ["4", "0", "0", "4", "0"]);
  assert.match(await page.locator(".probs").textContent(), /phiên bản “2021”; đang dùng phiên bản “2022”/);
  await page.locator(".note", { hasText: "Mã đơn vị không có trong danh mục: 99999." }).waitFor();
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("unit codes that a spreadsheet took for numbers are read as what they were, and said", async () => {
  const sound = sample("counter-5", "zeros.csv", "--n", "6", "--units", "02647,02671,11");
  const stripped = file("excel.csv", readFileSync(sound, "utf8").replaceAll(",02647,", ",2647,").replaceAll(",02671,", ",2671,"));
  const page = await office();
  await page.setInputFiles("input[type=file]", stripped);
  await summary(page, 6);
  const said = await page.locator(".probs").textContent();
  assert.match(said, /mã đơn vị 2647 mất số 0 ở đầu, được đọc là 02647 \(Phường Lào Cai, Tỉnh Lào Cai\); 2 dòng từ dòng này/);
  assert.match(said, /2671 mất số 0/);
  assert.equal(await page.locator(".note", { hasText: "Mã đơn vị không có trong danh mục" }).count(), 0);
  const [exported] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Phiếu trả lời (CSV cho phần mềm)", exact: true }).click(),
  ]);
  assert.deepEqual([...new Set(rows(await exported.path()).map((row) => row.unit))].sort(), ["02647", "02671", "11"]);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("results and a row of totals are told from responses; UTF-16 is read", async () => {
  const source = sample("counter-5", "totals-source.csv", "--n", "3");
  const totals = file("totals.csv", `${readFileSync(source, "utf8")}Tổng,,,,,,,,,,,,,3,,,,\r\n`);
  const page = await office();
  await page.setInputFiles("input[type=file]", totals);
  await summary(page, 3);
  assert.match(await page.locator(".probs").textContent(), /dòng không ghi mã khảo sát; có thể là dòng tổng cộng/);
  await page.locator("[data-target=procedures] .over", { hasText: "Chưa có chỉ tiêu cho thời gian" }).waitFor();
  const [results] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Bảng kết quả (Excel)", exact: true }).click()]);
  const other = readFileSync(sample("counter-5", "utf-16-source.csv", "--n", "4", "--seed", "16"), "utf8");
  const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(other, "utf16le")]);
  await page.setInputFiles("input[type=file]", [
    { name: "kq.csv", mimeType: "text/csv", buffer: readFileSync(await results.path()) },
    { name: "u16.csv", mimeType: "text/csv", buffer: utf16 },
  ]);
  await summary(page, 7);
  const said = await page.locator(".side .note").allTextContents();
  assert.equal(said.length, 1);
  assert.match(said[0], /đây là bảng kết quả đã tính/);
  assert.deepEqual(await page.locator(".sources > li").nth(2).locator("dd").allTextContents(), ["4", "4", "0", "0", "0"]);
  assert.match(await page.locator(".account").textContent(), /UTF-16LE/);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("taking away one of two files that overlap gives the other its responses back", async () => {
  const whole = sample("counter-5", "whole.csv", "--n", "10");
  const lines = readFileSync(whole, "utf8").trim().split("\r\n");
  const half = file("half.csv", lines.slice(0, 6).join("\r\n"));
  const page = await office();
  await page.setInputFiles("input[type=file]", [half, whole]);
  await summary(page, 10);
  assert.deepEqual(await page.locator(".sources > li").nth(2).locator("dd").allTextContents(), ["10", "5", "5", "0", "0"]);
  await page.getByRole("button", { name: "Bỏ tệp half.csv" }).click();
  await page.waitForFunction(() => document.querySelectorAll(".sources > li").length === 2);
  await summary(page, 10);
  await page.locator(".sources > li").nth(1).locator("dd").nth(1).and(page.getByText("10", { exact: true })).waitFor();
  assert.deepEqual(await page.locator(".sources > li").nth(1).locator("dd").allTextContents(), ["10", "10", "0", "0", "0"]);
  await page.context().close();
});

test("texts from files are never markup, and exports run no formula", async () => {
  const source = readFileSync(sample("counter-5", "hostile-source.csv", "--n", "3"), "utf8").trim().split("\r\n");
  const cells = source[1].split(",");
  const header = source[0].split(",");
  cells[header.indexOf("comment")] = '"=HYPERLINK(""http://x"",""y"")"';
  cells[header.indexOf("rating")] = "<img src=x onerror=alert(1)>";
  const broken = [...cells];
  broken[0] = "other-id";
  cells[header.indexOf("rating")] = "1";
  cells[header.indexOf("counter")] = "<b>3</b>";
  const text = [source[0], cells.join(","), broken.join(",")].join("\r\n");
  const page = await office();
  await page.setInputFiles("input[type=file]", { name: "<img src=x onerror=alert(1)>.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
  await summary(page, 1);
  assert.equal(await page.locator(".desk img, .desk b:not(.drop b)").count(), 0);
  assert.match(await page.locator(".probs").textContent(), /“<img src=x onerror=alert\(1\)>” không phải câu trả lời/);
  const [exported] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Phiếu trả lời (Excel)", exact: true }).click(),
  ]);
  assert.match(exported.suggestedFilename(), /^counter-5_responses_\d{4}-\d\d-\d\d\.csv$/);
  const [row] = rows(await exported.path());
  assert.equal(row.comment, '\'=HYPERLINK("http://x","y")');
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("dropping a file on the panel imports it", async () => {
  const bytes = readFileSync(sample("counter-5", "dropped.csv", "--n", "2"), "utf8");
  const page = await office();
  const data = await page.evaluateHandle((text) => {
    const data = new DataTransfer();
    data.items.add(new File([text], "dropped.csv", { type: "text/csv" }));
    return data;
  }, bytes);
  await page.locator(".drop input").dispatchEvent("drop", { dataTransfer: data });
  await summary(page, 2);
  await page.context().close();
});

test("responses given in another tab are there when the desk comes back to the front", async () => {
  const page = await office();
  // The desk's worker has made the database: opened before, it would be an empty one.
  await until(page, async () => (await indexedDB.databases()).some(({ name, version }) => name === "sipas-kit" && version === 2));
  await page.evaluate(() => new Promise((resolve, reject) => {
    const request = indexedDB.open("sipas-kit");
    request.onerror = reject;
    request.onsuccess = () => {
      const transaction = request.result.transaction("responses", "readwrite");
      transaction.objectStore("responses").add({
        id: "a", survey: "counter-5", edition: "2026.1", attributes: {}, language: "vi",
        started_at: "2026-11-21T08:00:00+07:00", finished_at: "2026-11-21T08:01:00+07:00",
        status: "complete", origin: "answered", answers: { rating: { level: 5 } },
      });
      transaction.oncomplete = () => { request.result.close(); resolve(); };
    };
  }));
  await page.evaluate(() => window.dispatchEvent(new Event("focus")));
  await summary(page, 1);
  assert.equal(await page.locator("[data-target=procedures] .pct").textContent(), "100,00%");
  await page.context().close();
});
