// The office page for tests: opening it, what it says of files, what it hands out.
import path from "node:path";
import { OFFICE, open, root } from "./kit.mjs";

/** A file of the corpus that the importer is tested with, beside which stands what is made of it. */
export const corpus = (name) => path.join(root, "tests/imports/counter-5", name);

/** The office page in a fresh profile. */
export async function office(browser, url) {
  const page = await open(browser, url, OFFICE);
  await page.goto(`${url}/office/`);
  await page.locator(".board .empty").waitFor();
  return page;
}

export const FILES = ".drop input[type=file]";

/** Waits until so many responses are counted. */
export const summary = (page, count) => page.locator("#summary", { hasText: `${count} phiếu` }).waitFor();

/** The figures of the imported files, in their order: read, used, duplicate, set aside, notes. */
export const tallies = (page) => page.locator(".sources > li:not(:first-child)").evaluateAll((items) =>
  items.map((item) => [item.querySelector(".name").firstChild.textContent, ...[...item.querySelectorAll("dd")].map((dd) => dd.textContent)]));

/** Presses a button and returns the path of the file that comes of it. */
export async function download(page, button) {
  const [file] = await Promise.all([page.waitForEvent("download"), button.click()]);
  return { path: await file.path(), name: file.suggestedFilename() };
}
