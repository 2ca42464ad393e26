// perf.tmp.mjs KIT FILE : runs import under perf
import { spawn, execSync } from "node:child_process";
import { chromium } from "playwright-core";
const [kitdir, file] = process.argv.slice(2);
const kit = spawn(process.env.SIPAS, ["serve", kitdir, "--listen", "127.0.0.1:0"], { stdio: ["ignore", "ignore", "pipe"] });
const address = await new Promise((resolve) => { let said = ""; kit.stderr.on("data", (c) => { const f = (said += c).match(/on (http:\/\/localhost:\d+)/); if (f) resolve(f[1]); }); });
const args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"];
if (process.env.PERF) args.push("--js-flags=--trace-wasm-compilation-times");
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args });
const page = await browser.newPage();
page.on("console", (m) => console.error("console", m.text()));
await page.goto(`${address}/office/`);
await page.locator(".board .empty").waitFor();
await page.waitForTimeout(Number(process.env.WAIT ?? 3000));
await page.evaluate(() => {
  document.addEventListener("change", () => (window.began ??= performance.now()), { capture: true });
  window.until = (began, isThere) => new Promise((resolve) => { const look = () => (isThere() ? resolve(performance.now() - began()) : requestAnimationFrame(look)); look(); });
});
const done = page.evaluate(() => window.until(() => window.began, () => document.querySelector("#summary")?.textContent.startsWith(`1.000.000 `)));
const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.locator(".drop").click()]);
await page.waitForTimeout(1500);
let perf;
if (process.env.PERF) { await page.evaluate(()=>console.log("MARK start")); console.error("MARK "+Date.now()); }
await chooser.setFiles(file);
console.log(Math.round(await done));
if (perf) { perf.kill("SIGINT"); await new Promise((r) => perf.on("exit", r)); }
if (process.env.UNIT) {
  const look = (id, value) => page.evaluate(([id, value]) => { const s = document.querySelector(id); const text = () => document.querySelector("table.groups")?.textContent; const before = text(); const began = performance.now(); s.value = value; s.dispatchEvent(new Event("change", { bubbles: true })); return window.until(() => began, () => text() !== before); }, [id, value]);
  console.log("unit", await look("#by", "unit"), "field", await look("#by", "field"));
}
await browser.close(); kit.kill("SIGINT");
