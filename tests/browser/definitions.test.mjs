// Definitions in the office page: checked as they are written, tried out, used on this device.
import assert from "node:assert/strict";
import { test } from "node:test";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { fixture } from "./fixture.mjs";
import { OFFICE, PHONE, heading, open, root, touch } from "./kit.mjs";
import { file } from "./program.mjs";
import { stored } from "./store.mjs";

let kit, browser;
fixture((...both) => ([kit, browser] = both));

const counter = readFileSync(path.join(root, "survey-definitions/counter-5.toml"), "utf8");
const own = counter.replace('id = "counter-5"', 'id = "cua-toi"').replace('title.vi = "', 'title.vi = "Xã nhà: ');

async function workshop() {
  const page = await open(browser, kit.url, OFFICE);
  await page.goto(`${kit.url}/office/#/definitions`);
  await page.locator("li[data-survey]").first().waitFor();
  return page;
}

const drop = (page, name, text) => page.setInputFiles("input[type=file]", { name, mimeType: "", buffer: Buffer.from(text) });
const verdict = (page, text) => page.locator("#bench-verdict", { hasText: text }).waitFor();
const frame = (page) => page.frameLocator("iframe.phone");

test("every mistake is listed with its place, and a press selects it in the text", async () => {
  const broken = own.replace('scale = "satisfaction"', 'scale = "satisfacton"').replace('when = "rating <= 2"', 'when = "ratng <= 2"');
  const page = await workshop();
  await drop(page, "hong.toml", broken);
  await verdict(page, /2 lỗi/);
  const faults = page.locator(".fault.bad");
  assert.match(await faults.nth(0).textContent(), /dòng \d+, cột 9: không có thang đo satisfacton/);
  assert.equal(await faults.nth(0).locator("mark").textContent(), '"satisfacton"');
  assert.match(await faults.nth(1).locator(".sub").textContent(), /có phải ý bạn là rating\?/);
  await faults.nth(1).getByRole("button").click();
  const selected = await page.locator("#bench").evaluate((field) => [field.value.slice(field.selectionStart, field.selectionEnd), field.scrollTop > 0, document.activeElement === field]);
  assert.deepEqual(selected, ["ratng", true, true]);
  assert.equal(await page.getByRole("button", { name: "Dùng trên máy này" }).isDisabled(), true);
  assert.equal(await page.locator("iframe").count(), 0);
  // What the program says of the same file.
  const said = execFileSync("sh", ["-c", `"$0" --lang vi check "$1" 2>&1 || true`, process.env.SIPAS ?? "sipas", file("hong.toml", broken)], { encoding: "utf8" });
  for (const at of await page.locator(".fault.bad button").allTextContents()) {
    assert.ok(said.includes(at.replace(/dòng (\d+), cột (\d+)/, ":$1:$2:")), `${at} in ${said}`);
  }
  await page.locator("#bench").fill(broken.replace("satisfacton", "satisfaction").replace("ratng", "rating"));
  await verdict(page, /0 lỗi/);
  await frame(page).getByRole("heading", { name: /Xã nhà/ }).waitFor();
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("the preview is the form itself: it follows the text, asks, refuses, and keeps nothing", async () => {
  const page = await workshop();
  await drop(page, "cua-toi.toml", own);
  const form = frame(page);
  await form.getByText("Bản xem thử: câu trả lời không được lưu.").waitFor();
  await form.locator(".nav .btn").click();
  await page.waitForTimeout(300);
  await form.locator(".nav .btn").last().click();
  await form.getByRole("alert").waitFor();
  await form.locator("label.opt").nth(4).click();
  await form.getByRole("heading", { name: /bao nhiêu lần/ }).waitFor();
  await page.waitForTimeout(300);
  await form.locator("label.opt").nth(0).click();
  await form.getByRole("heading", { name: "Xem lại câu trả lời" }).waitFor();
  await page.waitForTimeout(300);
  await form.locator(".nav .btn").last().click();
  await form.getByRole("heading", { name: /Cảm ơn/ }).waitFor();
  assert.equal(await form.locator(".code").count(), 0, "no receipt for what is not kept");
  assert.deepEqual(await stored(page), []);
  // The next text is shown by itself, without taking the keyboard away from the one who types.
  await page.locator("#bench").fill(own.replace("Xã nhà: ", "Tên mới: "));
  await form.getByRole("heading", { name: /Tên mới/ }).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.id), "bench");
  // With an error the last good one stays, and says so.
  await page.locator("#bench").fill(own.replace("edition =", "editon ="));
  await page.getByText("Còn lỗi: bản xem thử là của lần không có lỗi gần nhất.").waitFor();
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("used on this device: listed, answered, counted, and taken away again", async () => {
  const page = await workshop();
  await drop(page, "cua-toi.toml", own);
  await verdict(page, /0 lỗi/);
  await page.getByRole("button", { name: "Dùng trên máy này" }).click();
  await page.getByText("Biểu mẫu này nay được dùng trên máy này.").waitFor();
  await page.locator("li[data-survey=cua-toi]", { hasText: "trên máy này" }).waitFor();
  const phone = await page.context().newPage();
  await phone.goto(`${kit.url}/`);
  await phone.getByRole("link", { name: /Xã nhà/ }).click();
  await phone.locator(".nav .btn").click();
  await touch(phone, phone.locator("label.opt").nth(4));
  await phone.getByRole("heading", { name: /bao nhiêu lần/ }).waitFor();
  await touch(phone, phone.locator("label.opt").nth(1));
  await phone.getByRole("heading", { name: "Xem lại câu trả lời" }).waitFor();
  await touch(phone, phone.locator(".nav .btn").last());
  await phone.locator(".code").waitFor();
  assert.deepEqual((await stored(phone)).map((response) => [response.survey, response.answers.rating.level]), [["cua-toi", 5]]);
  await phone.close();
  await page.reload();
  await page.getByRole("link", { name: "Kết quả" }).click();
  await page.locator("#summary", { hasText: "1 phiếu" }).waitFor();
  await page.getByRole("heading", { level: 1, name: /Xã nhà/ }).waitFor();
  await page.getByRole("link", { name: "Biểu mẫu" }).click();
  let asked = "";
  page.on("dialog", (dialog) => {
    asked = dialog.message();
    return dialog.accept();
  });
  await page.locator("li[data-survey=cua-toi]").getByRole("button", { name: /Thôi dùng/ }).click();
  await page.locator("li[data-survey=cua-toi]").waitFor({ state: "detached" });
  assert.match(asked, /Trên máy này có 1 phiếu của biểu mẫu này/);
  await page.goto(`${kit.url}/#/s/cua-toi`);
  await page.locator(".oops").waitFor();
  assert.equal((await stored(page)).length, 1, "answers stay when their definition goes");
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("a copy of one of the site's own stands in its place on this device only", async () => {
  const page = await workshop();
  await page.locator("li[data-survey=counter-5]").getByRole("button").click();
  await verdict(page, /0 lỗi/);
  assert.equal(await page.locator("#bench").inputValue(), counter);
  const changed = counter.replace('title.vi = "', 'title.vi = "Sửa: ');
  await page.locator("#bench").fill(changed);
  await page.getByText("Đã có biểu mẫu cùng mã và cùng phiên bản nhưng nội dung khác.").waitFor();
  assert.equal(await page.getByRole("button", { name: "Dùng trên máy này" }).isDisabled(), true);
  await page.locator("#bench").fill(changed.replace('edition = "2026.1"', 'edition = "2026.2"'));
  await page.getByText("Mã này là của một biểu mẫu của trang").waitFor();
  await verdict(page, /0 lỗi/);
  await page.getByRole("button", { name: "Dùng trên máy này" }).click();
  await page.locator("li[data-survey=counter-5]", { hasText: "2026.2 · trên máy này" }).waitFor();
  const phone = await page.context().newPage();
  await phone.goto(`${kit.url}/#/s/counter-5`);
  await phone.getByRole("heading", { name: /^Sửa:/ }).waitFor();
  const elsewhere = await open(browser, kit.url, PHONE);
  await elsewhere.goto(`${kit.url}/#/s/counter-5`);
  await elsewhere.locator(".nav .btn").waitFor();
  assert.doesNotMatch(await heading(elsewhere).textContent(), /Sửa/);
  await elsewhere.context().close();
  await page.locator("li[data-survey=counter-5]").getByRole("button", { name: /Thôi dùng/ }).click();
  await page.locator("li[data-survey=counter-5]", { hasText: "2026.1 · của trang" }).waitFor();
  await phone.reload();
  await phone.locator(".nav .btn").waitFor();
  assert.doesNotMatch(await heading(phone).textContent(), /Sửa/);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("what is being written is there again after a reload, until the file is closed", async () => {
  const page = await workshop();
  await drop(page, "cua-toi.toml", own);
  await page.locator("#bench").fill(`${own}\n# đang viết`);
  await page.reload();
  assert.equal(await page.locator("#bench").inputValue(), `${own}\n# đang viết`);
  await page.getByRole("heading", { name: "cua-toi.toml" }).waitFor();
  await frame(page).getByRole("heading", { name: /Xã nhà/ }).waitFor();
  await page.getByRole("button", { name: "Đóng tệp" }).click();
  await page.getByText("Chưa mở biểu mẫu nào").waitFor();
  await page.reload();
  await page.getByText("Chưa mở biểu mẫu nào").waitFor();
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("what was typed is not thrown away unasked, and a definition used here can be opened again", async () => {
  const page = await workshop();
  await drop(page, "cua-toi.toml.txt", own);
  await page.getByRole("heading", { name: "cua-toi.toml", exact: true }).waitFor();
  await page.getByRole("button", { name: "Dùng trên máy này" }).click();
  await page.getByText("Biểu mẫu này nay được dùng trên máy này.").waitFor();
  await page.locator("#bench").fill(`${own}\n# thêm`);
  const asked = [];
  let answer = false;
  page.on("dialog", (dialog) => {
    asked.push(dialog.message());
    return answer ? dialog.accept() : dialog.dismiss();
  });
  const edit = page.locator("li[data-survey=cua-toi]").getByRole("button", { name: /^Sửa/ });
  await edit.click();
  assert.match(asked[0], /“cua-toi.toml” chưa được lưu/);
  assert.equal(await page.locator("#bench").inputValue(), `${own}\n# thêm`);
  answer = true;
  await edit.click();
  await page.waitForFunction((text) => document.querySelector("#bench").value === text, own);
  assert.equal(asked.length, 2);
  await edit.click();
  assert.equal(asked.length, 2, "nothing unsaved, nothing asked");
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("the compiled file is the one the program writes, and the text comes back as it is", async () => {
  const page = await workshop();
  await drop(page, "cua-toi.toml", own);
  await verdict(page, /0 lỗi/);
  const download = async (name) => {
    const [done] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name }).click()]);
    return [done.suggestedFilename(), readFileSync(await done.path(), "utf8")];
  };
  const [name, json] = await download(/biên dịch/);
  assert.equal(name, "cua-toi.json");
  // The program writes two files, so that a phone loads the survey only; saved from the page it is one.
  const read = (file) => JSON.parse(readFileSync(path.join(root, "dist/surveys", file), "utf8"));
  const site = { ...read("counter-5.json"), ...read("counter-5.method.json") };
  assert.ok(site.method.formulas.length > 0);
  const mine = JSON.parse(json);
  assert.deepEqual({ ...mine, id: site.id, title: site.title }, site);
  assert.deepEqual(await download("Lưu tệp .toml"), ["cua-toi.toml", own]);
  await page.context().close();
});

test("dropped anywhere on the page; junk and markup do no harm", async () => {
  const page = await open(browser, kit.url, OFFICE);
  await page.goto(`${kit.url}/office/`);
  await page.locator(".board .empty").waitFor();
  const data = await page.evaluateHandle((text) => {
    const data = new DataTransfer();
    data.items.add(new File([text], "x.toml"));
    return data;
  }, own.replace('title.vi = "', 'title.vi = "<img src=x onerror=alert(1)>'));
  await page.locator("main").dispatchEvent("drop", { dataTransfer: data });
  await verdict(page, /0 lỗi/);
  await frame(page).getByRole("heading", { name: /<img src=x onerror=alert\(1\)>/ }).waitFor();
  assert.equal(await frame(page).locator("img").count(), 0);
  await drop(page, "junk.toml", "\u0000[[".repeat(3_000_000));
  await verdict(page, /1 lỗi/);
  assert.match(await page.locator(".fault.bad").textContent(), /tệp lớn hơn 1000 KB/);
  await page.setInputFiles("input[type=file]", { name: "latin.toml", mimeType: "", buffer: Buffer.from([0x69, 0x64, 0x3d, 0xea]) });
  await page.locator(".fault", { hasText: "không phải là văn bản UTF-8" }).waitFor();
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("a device that keeps nothing says so", async () => {
  const page = await workshop();
  await drop(page, "cua-toi.toml", own);
  await verdict(page, /0 lỗi/);
  await page.evaluate(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
  });
  await page.getByRole("button", { name: "Dùng trên máy này" }).click();
  await page.getByRole("alert").getByText(/không giữ được biểu mẫu/).waitFor();
  await page.context().close();
});
