// Files of other programs on the office page: recognised, named by a person, told, handed out, kept.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readFileSync } from "node:fs";
import { fixture } from "./fixture.mjs";
import { OFFICE, open, sound, until } from "./kit.mjs";
import { FILES, corpus, download, office, summary, tallies } from "./office.mjs";
import { file, rows, sample } from "./program.mjs";

let kit, browser;
fixture((...both) => ([kit, browser] = both));

const UNCLEAR = "kobo-labels-and-options-only.csv";

test("several files of several programs at once, each recognised and told", async () => {
  const page = await office(browser, kit.url);
  const own = sample("counter-5", "own.csv", "--n", "5");
  await page.locator(".pick select").selectOption("counter-5");
  await page.setInputFiles(FILES, [corpus("google-forms.csv"), own, corpus("utf-16le-excel-unicode-text.txt"), corpus("workbook-openpyxl.xlsx")]);
  await page.locator("#undo").waitFor();
  const told = await tallies(page);
  assert.deepEqual(told.map(([name]) => name), ["google-forms.csv", "own.csv", "utf-16le-excel-unicode-text.txt", "workbook-openpyxl.xlsx"]);
  for (const [name, read, used, , aside] of told) assert.ok(Number(read) > 0 && Number(used) + Number(aside) > 0, `${name}: ${told}`);
  const accounts = await page.locator(".account").allTextContents();
  assert.match(accounts[0], /Google Forms, UTF-8/);
  assert.match(accounts[1], /UTF-16LE/);
  assert.match(accounts[2], /trang “/);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("a file whose columns are not clear is named by a person, and the next of its shape is read at once", async () => {
  const page = await office(browser, kit.url);
  await page.setInputFiles(FILES, corpus(UNCLEAR));
  const title = page.getByRole("heading", { name: "Cột nào là câu hỏi nào?" });
  await title.waitFor();
  assert.ok(await title.evaluate((heading) => heading === document.activeElement), "the heading has the focus");
  const row = page.locator("tr", { has: page.locator("th", { hasText: "Thái độ phục vụ" }) });
  assert.match(await row.textContent(), /1 · \?/, "real values");
  assert.match(await row.textContent(), /Chưa chắc, 69%/);
  assert.match(await page.locator("#columns-summary").textContent(), /6 trong 8 cột được đọc; 1 cột cần xác nhận/);
  for (const language of ["vi", "en"]) {
    await sound(page, `columns, ${language}`, 24);
    await page.locator(".lang").click();
  }
  // Two columns for one question are refused by name.
  const other = page.locator("tr", { has: page.locator("th", { hasText: "_id" }) }).first();
  await other.locator("select").selectOption({ label: "rating · Ông/Bà đánh giá như thế nào về sự phục vụ hôm nay?" });
  await page.locator("#use-mapping").click();
  assert.match(await page.getByRole("alert").last().textContent(), /cùng là rating/);
  await other.locator("select").selectOption("");
  await row.getByRole("button", { name: "Đúng vậy" }).click();
  assert.match(await row.textContent(), /Rõ, 100%/);
  const saved = await download(page, page.locator("#save-mapping"));
  assert.equal(saved.name, `mapping_${UNCLEAR}.json`);
  const mapping = JSON.parse(readFileSync(saved.path, "utf8"));
  assert.ok(mapping.columns.every((column) => column.samples.length === 0), "nothing of what people said is in it");
  await page.locator("#use-mapping").click();
  await summary(page, 2);
  assert.deepEqual(await tallies(page), [[UNCLEAR, "3", "2", "0", "1", "0"]]);
  assert.match(await page.locator(".probs").textContent(), /reasons “Vì sao Ông\/Bà chưa hài lòng\?\/Thái độ phục vụ”|\?/);

  // The next file of the same shape: nothing is asked any more, after a reload neither.
  page.once("dialog", (dialog) => dialog.accept());
  await page.reload();
  await page.locator(".board .empty").waitFor();
  await page.setInputFiles(FILES, corpus(UNCLEAR));
  await summary(page, 2);

  // In another browser the saved mapping does the same.
  const fresh = await office(browser, kit.url);
  await fresh.setInputFiles(FILES, corpus(UNCLEAR));
  await fresh.locator("#columns-summary", { hasText: "1 cột cần xác nhận" }).waitFor();
  await fresh.setInputFiles("#open-mapping", saved.path);
  await fresh.locator("#columns-summary", { hasText: "0 cột cần xác nhận" }).waitFor();
  await fresh.locator("#use-mapping").click();
  await summary(fresh, 2);
  assert.deepEqual([page.faults, fresh.faults], [[], []]);
  await page.context().close();
  await fresh.context().close();
});

test("a table nobody recognises can be named by hand, with a day for all of it", async () => {
  const page = await office(browser, kit.url);
  await page.locator(".pick select").selectOption("counter-5");
  await page.setInputFiles(FILES, file("typed.csv", "Điểm,Góp ý\n5,tốt\n2,chậm\n4,\n"));
  await page.locator(".side .note.bad").getByRole("button", { name: "Xem và chỉ định các cột" }).click();
  const named = (name) => page.locator("tr", { has: page.locator("th", { hasText: name }) }).locator("select");
  await named("Điểm").selectOption({ value: '{"answer":"rating"}' });
  await named("Góp ý").selectOption({ value: '{"answer":"comment"}' });
  await page.locator("#given-finished_at").fill("2026-10-31");
  await page.locator("#given-channel").fill("paper");
  await page.locator("#given-channel").press("Tab");
  await page.locator("#use-mapping").click();
  await summary(page, 3);
  // Who is satisfied is asked for no comment.
  const exported = rows((await download(page, page.getByRole("button", { name: "Phiếu trả lời (CSV cho phần mềm)", exact: true }))).path);
  assert.deepEqual(exported.map((row) => [row.rating, row.comment, row.channel, row.finished_at.slice(0, 10)]), [
    ["5", "", "paper", "2026-10-31"], ["2", "chậm", "paper", "2026-10-31"], ["4", "", "paper", "2026-10-31"],
  ]);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("the whole list of problems is handed out, and runs no formula", async () => {
  const text = readFileSync(sample("counter-5", "many-source.csv", "--n", "300"), "utf8").replaceAll(",complete,", ",=cmd(),");
  const page = await office(browser, kit.url);
  await page.setInputFiles(FILES, file("many.csv", text));
  await page.locator(".probs").waitFor({ state: "attached" });
  assert.equal(await page.locator(".probs tbody tr").count(), 200);
  assert.match(await page.locator("details", { has: page.locator(".probs") }).textContent(), /… và 100 vấn đề khác/);
  await page.locator("details:has(.probs) summary").click();
  const { path, name } = await download(page, page.getByRole("button", { name: /Tải danh sách đầy đủ/ }));
  assert.equal(name, "problems_many.csv");
  const list = rows(path);
  assert.equal(list.length, 300);
  assert.deepEqual([list[299].tep, list[299].dong, list[299].cot, list[299].muc_do, list[299].gia_tri], ["many.csv", "301", "status", "lỗi", "'=cmd()"]);
  assert.match(list[299].cach_xu_ly, /dùng complete/);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("an import and a removal are undone", async () => {
  const page = await office(browser, kit.url);
  await page.setInputFiles(FILES, [sample("counter-5", "one.csv", "--n", "4", "--seed", "1"), sample("counter-5", "two.csv", "--n", "3", "--seed", "2")]);
  await summary(page, 7);
  assert.match(await page.locator(".undo").textContent(), /Đã nhập 2 tệp\./);
  await page.getByRole("button", { name: "Bỏ tệp one.csv" }).click();
  await summary(page, 3);
  assert.ok(await page.locator("#undo").evaluate((button) => button === document.activeElement), "the way back has the focus");
  await page.locator("#undo").click();
  await summary(page, 7);
  await page.locator("#undo").click();
  await summary(page, 3);
  await page.getByRole("button", { name: "Bỏ tất cả tệp đã nhập" }).click();
  await page.locator(".board .empty").waitFor();
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("files stay on the device where that is wanted, and are wiped", async () => {
  const page = await office(browser, kit.url);
  await page.locator(".pick select").selectOption("counter-5");
  await page.setInputFiles(FILES, [sample("counter-5", "kept.csv", "--n", "6"), corpus("google-forms.csv")]);
  await page.locator("#undo").waitFor();
  const told = await tallies(page);
  await page.locator("#keep").check();
  await until(page, async () => {
    const names = (await indexedDB.databases()).map(({ name }) => name);
    if (!names.includes("sipas-office")) return false;
    return new Promise((resolve) => {
      const request = indexedDB.open("sipas-office");
      request.onsuccess = () => {
        const count = request.result.transaction("files").objectStore("files").count();
        count.onsuccess = () => { resolve(count.result === 2); request.result.close(); };
      };
    });
  });
  await page.reload();
  await page.locator(".sources > li").nth(2).waitFor();
  assert.deepEqual(await tallies(page), told);
  assert.ok(await page.locator("#keep").isChecked());
  // One taken away is gone after the next reload as well; then all of them.
  await page.getByRole("button", { name: "Bỏ tệp kept.csv" }).click();
  await page.waitForFunction(() => document.querySelectorAll(".sources > li").length === 2);
  await page.reload();
  await page.locator(".sources > li").nth(1).waitFor();
  await page.waitForTimeout(300);
  assert.deepEqual((await tallies(page)).map(([name]) => name), ["google-forms.csv"]);
  await page.locator("#wipe").click();
  await page.locator(".board .empty").waitFor();
  await page.reload();
  await page.locator(".board .empty").waitFor();
  await page.waitForTimeout(500);
  assert.deepEqual(await tallies(page), []);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});
