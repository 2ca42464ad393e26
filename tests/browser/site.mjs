// A copy of the built kit on a server that can be told to misbehave, stopped, and given a new version.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { once } from "node:events";
import { tmpdir } from "node:os";
import path from "node:path";
import { root } from "./kit.mjs";

const sipas = process.env.SIPAS ?? "sipas";
const TYPES = { html: "text/html", js: "text/javascript", css: "text/css", json: "application/json", wasm: "application/wasm", svg: "image/svg+xml", png: "image/png", webmanifest: "application/manifest+json" };

/**
 * Serves a copy of dist/ below `under`, as plainly as a static server can: no compression, no
 * security headers. `answers` maps a path to a function (request, response) in place of the file.
 */
export async function site(under = "/") {
  const folder = mkdtempSync(path.join(tmpdir(), "sipas-site-"));
  cpSync(path.join(root, "dist"), folder, { recursive: true });
  const asked = [];
  const answers = {};
  const server = createServer((request, response) => {
    const at = new URL(request.url, "http://x").pathname;
    if (!at.startsWith(under)) return response.writeHead(404).end();
    const name = at.slice(under.length).replace(/(^|\/)$/, "$1index.html");
    asked.push(name);
    if (answers[name]) return answers[name](request, response);
    const file = path.join(folder, name);
    if (!existsSync(file) || statSync(file).isDirectory()) return response.writeHead(404, { "content-type": "text/html" }).end("<h1>Not found</h1>");
    response.writeHead(200, { "content-type": TYPES[name.split(".").at(-1)] ?? "application/octet-stream", "cache-control": "no-cache" });
    response.end(readFileSync(file));
  });
  let port = 0;
  const made = {
    folder, asked, answers,
    async start() {
      server.listen(port, "127.0.0.1");
      await once(server, "listening");
      port = server.address().port;
      made.url = `http://localhost:${port}${under.slice(0, -1)}`;
    },
    /** From now on nothing answers at this address. */
    async stop() {
      if (!server.listening) return;
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
    async remove() {
      await made.stop();
      rmSync(folder, { recursive: true, force: true });
    },
    read: (name) => readFileSync(path.join(folder, name), "utf8"),
    write: (name, text) => writeFileSync(path.join(folder, name), text),
    /**
     * Makes the folder another version: each page's start script has another name, as it would after
     * a change, and says which version it is of. Returns the names of the scripts.
     */
    become(mark) {
      return ["", "office/", "kiosk/"].map((group) => {
        const old = readdirSync(path.join(folder, group)).find((name) => /^start-[0-9a-f]{16}\.js$/.test(name));
        const name = `start-${String(mark).padStart(16, "0")}.js`;
        renameSync(path.join(folder, group, old), path.join(folder, group, name));
        made.write(`${group}${name}`, `${made.read(`${group}${name}`).replace(/\nwindow\.startOf.*\n/, "")}\nwindow.startOf = ${mark};\n`);
        made.write(`${group}index.html`, made.read(`${group}index.html`).replace(old, name).replace(/<body data-of=\w+|<body/, `<body data-of=${mark}`));
        return `${group}${name}`;
      });
    },
    /** Gives the folder its version, as the build does last. */
    seal() {
      execFileSync(sipas, ["seal", folder], { stdio: ["ignore", "ignore", "pipe"] });
      return JSON.parse(made.read("sw.js").match(/^const KIT = (.*);$/m)[1]).version;
    },
  };
  made.become(1);
  made.version = made.seal();
  await made.start();
  return made;
}

/** Which version a page is of: what its document, its script and its version say. */
export function versionOf(page) {
  return page.evaluate(() => [document.body.dataset.of, String(window.startOf), document.querySelector("meta[name=version]").content]);
}

/** Asks `question` of the page, which may answer with a promise, until it says yes. */
export async function until(page, question, arg) {
  for (let tries = 0; tries < 300; tries++) {
    if (await page.evaluate(question, arg)) return;
    await page.waitForTimeout(50);
  }
  throw new Error(`it never came true: ${question}`);
}

/** Waits until the worker is in charge and has kept these files. */
export function kept(page, ...files) {
  return until(page, async (files) => {
    const found = await Promise.all(files.map((file) => caches.match(new URL(file, document.baseURI))));
    return Boolean(navigator.serviceWorker.controller) && found.every(Boolean);
  }, files);
}

/** Has the browser look for a new version; resolves to where it ended: "installed", "redundant" or "none". */
export function look(page) {
  return page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    await registration.update();
    const worker = registration.installing;
    if (!worker) return registration.waiting ? "installed" : "none";
    return new Promise((resolve) => {
      const told = () => ["installed", "redundant"].includes(worker.state) && resolve(worker.state);
      worker.addEventListener("statechange", told);
      told();
    });
  });
}

/** The names of the caches, without what is before the version. */
export function caches(page) {
  return page.evaluate(async () => (await window.caches.keys()).map((name) => name.split(" ").slice(2).join(" ").trim()).sort());
}
