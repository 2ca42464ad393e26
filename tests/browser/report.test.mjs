// The report: what comes out of the printer, and what is kept of what officials write.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readFileSync } from "node:fs";
import { fixture } from "./fixture.mjs";
import { OFFICE, open, sound } from "./kit.mjs";
import { flat, pages } from "./pdf.mjs";
import { file, sample, score } from "./program.mjs";

let kit, browser;
fixture((...both) => ([kit, browser] = both));

/** The report on the responses of these files. */
async function report(files, options = OFFICE) {
  const page = await open(browser, kit.url, { ...options, reducedMotion: "reduce" });
  await page.goto(`${kit.url}/office/`);
  await page.setInputFiles("input[type=file]", files);
  await page.locator("table.results").waitFor();
  await page.locator(".tabs a[href='#/report']").click();
  await page.locator(".paper").waitFor();
  return page;
}

const print = async (page) => pages(await page.pdf({ preferCSSPageSize: true }));
const publish = (page) => page.locator("input[name=version]").nth(1).check();

/** What stands in the upper margin of a page. */
const margin = (page) => page.items.filter((item) => item.str.trim() && item.transform[5] > (297 - 20) / 25.4 * 72).map((item) => item.str.trim());

test("A4 pages with the head of an administrative document, numbers from the second on, table heads repeated", async () => {
  const responses = sample("sipas-2022", "report.csv", "--n", "200", "--seed", "5", "--units", "02647");
  const page = await report(responses);
  await page.fill("#superior", "UBND tỉnh Lào Cai");
  await page.fill("#body", "Sở Nội vụ");
  await page.fill("#proposals", "Đề nghị rà soát <b>nội dung</b> thấp.");
  await page.fill("#recipients", "UBND tỉnh;\nLưu: VT.");
  await page.fill("#authority", "KT. Giám đốc");
  await page.fill("#position", "Phó Giám đốc");
  await page.fill("#signer", "Họ và Tên");
  const printed = await print(page);
  assert.ok(printed.length >= 5 && printed.length <= 9, `${printed.length} pages`);
  for (const [at, { width, height }] of printed.entries()) assert.deepEqual([width, height], [210, 297], `page ${at + 1}`);
  assert.deepEqual(printed.map(margin), printed.map((_, at) => (at === 0 ? [] : [String(at + 1)])));
  const first = flat(printed[0].text);
  const order = ["UBND TỈNH LÀO CAI", "SỞ NỘI VỤ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Số:", "ngày ", "BÁO CÁO",
    "Kết quả khảo sát “Sự hài lòng", "Sở Nội vụ báo cáo", "I. TỔ CHỨC KHẢO SÁT", "200 phiếu là dữ liệu mẫu do máy sinh ra", "II. KẾT QUẢ SO VỚI CHỈ TIÊU"];
  let from = 0;
  for (const part of order) {
    const found = first.indexOf(part, from);
    assert.ok(found >= 0, `“${part}” after ${from}: ${first}`);
    from = found + part.length;
  }
  const whole = flat(printed.map((one) => one.text).join("\n"));
  // Every section in its order, and what was written as it was written.
  const sections = ["I. TỔ CHỨC", "II. KẾT QUẢ SO VỚI", "III. KẾT QUẢ THEO", "IV. SỐ LIỆU", "V. PHƯƠNG PHÁP", "VI. NHẬN XÉT", "VII. ĐỀ XUẤT"];
  assert.deepEqual([...sections].sort((a, b) => whole.indexOf(a) - whole.indexOf(b)), sections);
  assert.ok(sections.every((title) => whole.includes(title)), whole);
  assert.match(whole, /Đề nghị rà soát <b>nội dung<\/b> thấp\./);
  const last = flat(printed.at(-1).text);
  for (const part of ["Nơi nhận:", "UBND tỉnh;", "Lưu: VT.", "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Họ và Tên"]) assert.ok(last.includes(part), `${part}: ${last}`);
  // The figures are the program's.
  const figures = score("sipas-2022", responses);
  const items = figures.filter((record) => record.formula === "top2-pooled" && ["overall", "part", "factor", "item"].includes(record.measure_kind) && !record.fields);
  assert.ok(items.length > 33, `${items.length} rows`);
  for (const item of items) assert.ok(whole.includes(`${item.percent_shown.replace(".", ",")}%`), `${item.measure}: ${item.percent_shown}`);
  // The table of items goes over several pages; each has its heads.
  const heads = printed.map((one) => flat(one.text).match(/Số người trả lời Số lượt trả lời/g)?.length ?? 0);
  const tables = heads.filter(Boolean);
  assert.ok(tables.length >= 3, heads.join());
  assert.ok(heads.slice(heads.findIndex(Boolean), heads.findLastIndex(Boolean) + 1).every((count) => count === 1), heads.join());
  assert.ok(!/Nhập tệp|Lời văn|English|In, hoặc lưu/.test(whole), "nothing of the screen is printed");
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("the public version of every survey is one page, and hides what is about few people", async () => {
  for (const survey of ["sipas-2022", "procedures", "health-inpatient", "health-outpatient", "health-immunisation", "public-education", "counter-3"]) {
    const page = await report(sample(survey, `public-${survey}.csv`, "--n", "120", "--units", "02647", "--fields", "dat-dai,ho-tich"));
    await page.fill("#superior", "UBND tỉnh Lào Cai");
    for (const language of ["vi", "en"]) {
      if (language === "en") await page.locator(".lang").click();
      await publish(page);
      await page.locator(".paper.public").waitFor();
      const printed = await print(page);
      assert.equal(printed.length, 1, `${survey}, ${language}`);
      assert.deepEqual(margin(printed[0]), []);
      assert.ok(!/Nơi nhận|Recipients/.test(printed[0].text));
    }
    await page.context().close();
  }
  const text = readFileSync(sample("counter-5", "few-source.csv", "--n", "60", "--fields", "ho-tich"), "utf8").split("\r\n");
  for (const at of [1, 2, 3]) text[at] = text[at].replace(",ho-tich,", ",dat-dai,");
  const page = await report(file("few.csv", text.join("\r\n")));
  const land = page.locator(".paper tbody tr", { hasText: "đất đai" });
  const cells = await land.locator("td").allTextContents();
  assert.equal(cells[1], "3");
  await publish(page);
  await page.locator(".paper.public").waitFor();
  assert.deepEqual((await land.locator("td").allTextContents()).slice(1), ["ẩn", "ẩn", "ẩn", "ẩn"]);
  assert.ok(!(await page.locator(".paper").textContent()).includes(cells[2]));
  await page.context().close();
});

test("what is written is kept, by survey and language, and can be taken back", async () => {
  const responses = sample("counter-5", "kept.csv", "--n", "40");
  const page = await report(responses);
  const proposed = await page.inputValue("#opening");
  assert.match(proposed, /báo cáo kết quả khảo sát “Đánh giá sự phục vụ tại Bộ phận Một cửa”/);
  await page.fill("#body", "<img src=x onerror=alert(1)>");
  await page.fill("#opening", "Kính gửi: UBND tỉnh.\n\nNay báo cáo như sau:");
  assert.equal(await page.locator(".paper img").count(), 0);
  assert.deepEqual(await page.locator(".paper > .para").allTextContents(), ["Kính gửi: UBND tỉnh.", "Nay báo cáo như sau:"]);
  await page.locator(".lang").click();
  await page.locator(".paper h3", { hasText: "REPORT" }).waitFor();
  assert.notEqual(await page.inputValue("#body"), "<img src=x onerror=alert(1)>");
  await page.locator(".lang").click();
  await page.reload();
  await page.getByText("Chưa có phiếu nào").waitFor();
  await page.locator(".tabs a").first().click();
  await page.setInputFiles("input[type=file]", responses);
  await page.locator("table.results").waitFor();
  await page.locator(".tabs a[href='#/report']").click();
  await page.locator(".paper").waitFor();
  assert.equal(await page.inputValue("#opening"), "Kính gửi: UBND tỉnh.\n\nNay báo cáo như sau:");
  await page.fill("#opening", "");
  assert.equal(await page.locator(".paper > .para").count(), 0);
  await page.getByRole("button", { name: "Trở lại lời văn gợi ý" }).click();
  assert.equal(await page.inputValue("#opening"), proposed);
  assert.equal(await page.inputValue("#body"), "Bộ phận Một cửa");
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

for (const [language, viewport] of [["vi", OFFICE.viewport], ["en", OFFICE.viewport], ["vi", { width: 360, height: 740 }], ["en", { width: 320, height: 640 }]]) {
  test(`the screen is accessible, ${language}, ${viewport.width} px`, async () => {
    const page = await report(sample("sipas-2022", `axe-${viewport.width}-${language}.csv`, "--n", "40"), { viewport });
    if (language === "en") await page.locator(".lang").click();
    await sound(page, "report", 24);
    await publish(page);
    await page.locator(".paper.public").waitFor();
    await sound(page, "public version", 24);
    assert.deepEqual(page.faults, []);
    await page.context().close();
  });
}
