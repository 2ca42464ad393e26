import { spawn } from "node:child_process"; import { writeFileSync } from "node:fs";
import { chromium } from "playwright-core";
const [kitdir, file, mode] = process.argv.slice(2);
const kit = spawn(process.env.SIPAS, ["serve", kitdir, "--listen", "127.0.0.1:0"], { stdio: ["ignore", "ignore", "pipe"] });
const address = await new Promise((resolve) => { let said = ""; kit.stderr.on("data", (c) => { const f = (said += c).match(/on (http:\/\/localhost:\d+)/); if (f) resolve(f[1]); }); });
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"] });
const page = await browser.newPage();
await page.goto(`${address}/office/`);
await page.locator(".board .empty").waitFor();
await page.waitForTimeout(3000);
await page.evaluate(() => {
  document.addEventListener("change", () => (window.began ??= performance.now()), { capture: true });
  window.until = (began, isThere) => new Promise((resolve) => { const look = () => (isThere() ? (performance.mark("there"), resolve(performance.now() - began())) : requestAnimationFrame(look)); look(); });
});
const done = page.evaluate(() => window.until(() => window.began, () => document.querySelector("#summary")?.textContent.startsWith(`1.000.000 `)));
const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.locator(".drop").click()]);
await page.waitForTimeout(1500);
const start = () => browser.startTracing(page, { categories: ["toplevel","devtools.timeline","v8","v8.wasm","blink.user_timing","blink"] });
if (mode !== "unit") await start();
await chooser.setFiles(file);
console.log(Math.round(await done));
if (mode === "unit") { await page.waitForTimeout(1000); await start();
  const look = (id, value) => page.evaluate(([id, value]) => { const s = document.querySelector(id); const text = () => document.querySelector("table.groups")?.textContent; const before = text(); const began = performance.now(); performance.mark("chosen"); s.value = value; s.dispatchEvent(new Event("change", { bubbles: true })); return window.until(() => began, () => text() !== before); }, [id, value]);
  console.log("unit", await look("#by", "unit")); }
await page.waitForTimeout(200);
writeFileSync("/tmp/trace2.json", await browser.stopTracing());
await browser.close(); kit.kill("SIGINT");
