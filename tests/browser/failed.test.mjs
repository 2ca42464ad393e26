// What a page says where its program cannot be started.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fixture } from "./fixture.mjs";
import { OFFICE, PHONE, open, sound } from "./kit.mjs";

let kit, browser;
fixture((...both) => ([kit, browser] = both));

for (const [name, address, options] of [
  ["respondent's page", "/#/s/sipas-2022?unit=02647", PHONE],
  ["kiosk", "/kiosk/", PHONE],
  ["office's page", "/office/", OFFICE],
]) {
  test(`a browser that is too old is told so: the ${name}`, async () => {
    const page = await open(browser, kit.url, options);
    await page.addInitScript(() => {
      WebAssembly.instantiateStreaming = async () => { throw new WebAssembly.CompileError("unknown instruction"); };
    });
    await page.goto(kit.url + address);
    await page.getByRole("alert").waitFor();
    assert.match(await page.getByRole("alert").innerText(), /cập nhật trình duyệt[^]*update the browser/);
    assert.equal(await page.locator("button").count(), 0, "there is nothing to begin");
    await sound(page, name, 48);
    await page.context().close();
  });
}
