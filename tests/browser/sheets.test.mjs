// Sheets for counters: what comes out of the printer, and what a phone reads from it.
import assert from "node:assert/strict";
import { test } from "node:test";
import jsQR from "jsqr";
import { fixture } from "./fixture.mjs";
import { OFFICE, PHONE, open, sound } from "./kit.mjs";
import { flat, pages } from "./pdf.mjs";

let kit, browser;
fixture((...both) => ([kit, browser] = both));

async function sheets(options = OFFICE) {
  const page = await open(browser, kit.url, { ...options, reducedMotion: "reduce" });
  await page.goto(`${kit.url}/office/#/sheets`);
  await page.getByRole("heading", { level: 1, name: "Tờ mã QR đặt tại quầy" }).waitFor();
  return page;
}

const shown = (page, count) => page.locator(".sheet").nth(count - 1).waitFor();

/** Reads the QR code of a sheet from a picture of it, as a phone would. */
async function scan(page, sheet) {
  const png = (await sheet.screenshot()).toString("base64");
  const canvas = await page.context().newPage();
  const picture = await canvas.evaluate(async (png) => {
    const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob());
    const drawing = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
    drawing.drawImage(bitmap, 0, 0);
    const { data } = drawing.getImageData(0, 0, bitmap.width, bitmap.height);
    return { data: [...data], width: bitmap.width, height: bitmap.height };
  }, png);
  await canvas.close();
  return jsQR(Uint8ClampedArray.from(picture.data), picture.width, picture.height)?.data;
}

test("one A5 page a counter and field, whose code leads to the survey with all of it filled in", async () => {
  const page = await sheets();
  await page.selectOption("#survey", "procedures");
  await page.locator("#unit").pressSequentially("lao cai phuong");
  await page.locator(".found .offer", { hasText: "02647" }).click();
  await page.locator(".chosen", { hasText: "Phường Lào Cai, Tỉnh Lào Cai (02647)" }).waitFor();
  await page.fill("#issuer", "UBND phường Lào Cai");
  await page.getByLabel("Đất đai").check();
  await page.getByLabel(/Hộ tịch/).check();
  await page.fill("#counters", "1, 2\nA-3");
  await shown(page, 6);
  assert.match(await page.locator("#preview").textContent(), /6 tờ A5/);
  const printed = await pages(await page.pdf({ preferCSSPageSize: true }));
  assert.deepEqual(printed.map(({ width, height }) => [width, height]), Array(6).fill([148, 210]));
  const site = kit.url.replace("127.0.0.1", "localhost");
  const wanted = [["dat-dai", "Đất đai"], ["ho-tich", "Hộ tịch"]].flatMap(([id, name]) => ["1", "2", "A-3"].map((counter) => [id, name, counter]));
  for (const [at, [id, name, counter]] of wanted.entries()) {
    const text = flat(printed[at].text);
    const link = `${site}/#/s/procedures?unit=02647&field=${id}&counter=${counter}&channel=qr`;
    for (const part of [
      /UBND PHƯỜNG LÀO CAI/i, /Phường Lào Cai, Tỉnh Lào Cai/, /Sự hài lòng của người dân, doanh nghiệp về giải quyết thủ tục hành chính/,
      /Citizens' and businesses' satisfaction/, new RegExp(`Quầy ${counter}\\b`), new RegExp(`Counter ${counter}\\b`), new RegExp(name),
      /Quét mã bằng máy ảnh/, /Scan the code/, /mất khoảng \d+ phút/, /takes about \d+ min/, /Tự nguyện, không hỏi họ tên/, /Voluntary, no name asked/,
    ]) assert.match(text, part);
    assert.ok(text.replaceAll(" ", "").includes(link), `the link in words: ${text}`);
    assert.ok(!/Danh mục|Địa chỉ trang|kit ·|English|Tiếng Việt/.test(text), "nothing of the screen is printed");
  }
  // Two of the codes, from a picture of the page as it is printed.
  await page.emulateMedia({ media: "print" });
  await page.setViewportSize({ width: 800, height: 1000 });
  for (const at of [0, 5]) {
    const [id, , counter] = wanted[at];
    const link = await scan(page, page.locator(".sheet").nth(at));
    assert.equal(link, `${site}/#/s/procedures?unit=02647&field=${id}&counter=${counter}&channel=qr`);
    const phone = await open(browser, kit.url, PHONE);
    await phone.goto(link);
    await phone.locator(".unit", { hasText: "Phường Lào Cai, Tỉnh Lào Cai" }).waitFor();
    await phone.locator(".nav .btn").click();
    await phone.locator("#progress, progress").first().waitFor();
    const draft = await phone.waitForFunction(() => {
      const key = Object.keys(localStorage).find((key) => key.startsWith("sipas.draft."));
      return key && JSON.parse(localStorage.getItem(key));
    });
    assert.deepEqual((await draft.jsonValue()).attributes, { unit: "02647", field: id, counter, officer: null, channel: "qr" });
    assert.deepEqual(phone.faults, []);
    await phone.context().close();
  }
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("long names fit, and nothing is cut off", async () => {
  const page = await sheets();
  await page.locator("#survey option[value=health-immunisation]").waitFor({ state: "attached" });
  for (const survey of await page.locator("#survey option").evaluateAll((options) => options.map((option) => option.value))) {
    await page.selectOption("#survey", survey);
    await page.fill("#issuer", "Trung tâm Phục vụ hành chính công số 2 – Bộ phận tiếp nhận và trả kết quả giải quyết thủ tục hành chính của phường");
    await page.fill("#counters", "quay-tiep-nhan-va-tra-ket-qua-so-mot-a-b");
    if (!(await page.locator(".chosen").count())) {
      await page.locator("#unit").fill("hoan kiem");
      await page.locator("#unit").press("Enter");
    }
    const ticks = page.locator(".ticks input");
    if (await ticks.count()) await ticks.last().check();
    const link = `${kit.url.replace("127.0.0.1", "localhost")}/`;
    await page.fill("#site", `${link}${"mot-thu-muc-rat-dai/".repeat(4)}`);
    await page.emulateMedia({ media: "print" });
    const cut = await page.locator(".sheet").evaluateAll((sheets) => sheets.flatMap((sheet) => {
      const paper = sheet.getBoundingClientRect();
      return [...sheet.querySelectorAll("*")].filter((e) => {
        const box = e.getBoundingClientRect();
        return box.bottom > paper.bottom - 8 || box.right > paper.right || box.left < paper.left;
      }).filter((e) => !e.matches(".sheet-face")).map((e) => `${e.tagName}.${e.className.baseVal ?? e.className}`);
    }));
    assert.deepEqual(cut, [], survey);
    const code = await page.locator(".sheet .qr").first().evaluate((e) => [e.getBoundingClientRect().width, e.closest(".sheet").getBoundingClientRect().width]);
    assert.ok((code[0] / code[1]) * 148 >= 44, `${survey}: the code is ${Math.round((code[0] / code[1]) * 148)} mm wide`);
    assert.equal((await pages(await page.pdf({ preferCSSPageSize: true }))).length, 1, survey);
    await page.emulateMedia({ media: "screen" });
  }
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("what cannot be on a sheet is told, and an address of this computer only", async () => {
  const page = await sheets();
  await page.locator(".note.warn", { hasText: "chỉ mở được trên chính máy này" }).waitFor();
  await page.fill("#site", "https://khaosat.example/");
  await page.locator(".note.warn", { hasText: "chỉ mở được trên chính máy này" }).waitFor({ state: "detached" });
  await page.fill("#counters", "Quầy số 3");
  await page.getByRole("alert").filter({ hasText: "Quầy “Quầy số 3”: chỉ dùng chữ cái" }).waitFor();
  assert.equal(await page.locator(".sheet").count(), 0);
  assert.ok(await page.locator("#print").isDisabled());
  await page.fill("#counters", "<b>3</b>");
  assert.equal(await page.locator("main b").count(), 0);
  await page.fill("#counters", "3");
  await shown(page, 1);
  await page.fill("#minutes", "lâu");
  await page.getByRole("alert").filter({ hasText: "từ 1 đến 99" }).waitFor();
  await page.fill("#minutes", "4");
  await shown(page, 1);
  assert.match(await page.locator(".sheet").textContent(), /mất khoảng 4 phút/);
  await page.fill("#issuer", "<img src=x onerror=alert(1)>");
  assert.equal(await page.locator(".sheet img").count(), 0);
  // What was chosen is still there after a look at the figures; the button opens the print dialogue.
  await page.locator(".tabs a").first().click();
  await page.locator(".board .empty").waitFor();
  await page.locator(".tabs a[href='#/sheets']").click();
  await shown(page, 1);
  assert.equal(await page.inputValue("#counters"), "3");
  await page.evaluate(() => { window.print = () => { window.asked = true; }; });
  await page.locator("#print").click();
  assert.ok(await page.evaluate(() => window.asked));
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

for (const [language, viewport] of [["vi", OFFICE.viewport], ["en", OFFICE.viewport], ["vi", { width: 360, height: 740 }], ["en", { width: 320, height: 640 }]]) {
  test(`the screen is accessible, ${language}, ${viewport.width} px`, async () => {
    const page = await sheets({ viewport });
    if (language === "en") await page.locator(".lang").click();
    await page.fill("#counters", "1, 2");
    await page.locator("#unit").fill("02647");
    await page.locator(".found .offer").first().waitFor();
    await sound(page, "choosing a unit", 24);
    await page.locator("#unit").press("Enter");
    await page.locator(".chosen").waitFor();
    await sound(page, "sheets", 24);
    await page.fill("#counters", "Quầy 1");
    await page.getByRole("alert").waitFor();
    await sound(page, "refused", 24);
    assert.deepEqual(page.faults, []);
    await page.context().close();
  });
}
