// Exports of the office page for programs of their own kind.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readFileSync } from "node:fs";
import { fixture } from "./fixture.mjs";
import { OFFICE, open, sound } from "./kit.mjs";
import { rows, sample } from "./program.mjs";

let kit, browser;
fixture((...both) => ([kit, browser] = both));

for (const language of ["vi", "en"]) {
  test(`workbook, SPSS files and codebook, ${language}`, async () => {
    const page = await open(browser, kit.url, { ...OFFICE, reducedMotion: "reduce" });
    await page.goto(`${kit.url}/office/`);
    await page.locator(".board .empty").waitFor();
    if (language === "en") await page.locator(".lang").click();
    await page.locator(".formats summary").click();
    assert.ok(await page.locator("#export-workbook").isDisabled());
    await page.setInputFiles("input[type=file]", sample("counter-5", `exports-${language}.csv`, "--n", "30"));
    await page.locator("table.results").waitFor();
    await sound(page, "other formats", 24);
    const take = async (id) => {
      const [download] = await Promise.all([page.waitForEvent("download"), page.locator(id).click()]);
      return { name: download.suggestedFilename(), path: await download.path() };
    };
    const book = await take("#export-workbook");
    assert.match(book.name, /^counter-5_results_\d{4}-\d\d-\d\d\.xlsx$/);
    assert.deepEqual([...readFileSync(book.path).subarray(0, 4)], [0x50, 0x4b, 3, 4], "a ZIP");
    const data = await take("#export-spss-data");
    const syntax = await take("#export-spss-syntax");
    assert.match(syntax.name, /^counter-5_spss_\d{4}-\d\d-\d\d\.sps$/);
    assert.ok(readFileSync(syntax.path, "utf8").includes(`/FILE='${data.name}'`));
    assert.equal(rows(data.path).length, 30);
    const codebook = await take("#export-codebook");
    const labels = rows(codebook.path).filter((row) => row.column === "rating" && row.satisfied === "yes").map((row) => row.label);
    assert.deepEqual(labels, language === "vi" ? ["Hài lòng", "Rất hài lòng"] : ["Satisfied", "Very satisfied"]);
    assert.deepEqual(page.faults, []);
    await page.context().close();
  });
}
