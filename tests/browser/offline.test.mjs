// Without a network, and from one version to the next.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { OFFICE, PHONE, answerAll, heading, launch, open, root, serve, touch, watch } from "./kit.mjs";
import { caches, kept, look, site, until, versionOf } from "./site.mjs";
import { stored } from "./store.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

const COUNTER = "#/s/counter-5?unit=02647";

/** What a browser says by itself of a server that is gone. */
const told = (page) => page.faults.filter((fault) => !/ERR_CONNECTION_REFUSED|ERR_INTERNET_DISCONNECTED|ERR_FAILED|ERR_CONNECTION_RESET/.test(fault));

/** Runs with a site of its own, and a page that has been there once with a worker in charge. */
async function visited(under, options, run) {
  const made = await site(under);
  const page = await open(browser, made.url, options);
  try {
    const isOffice = options === OFFICE;
    await page.goto(`${made.url}/${isOffice ? "office/" : COUNTER}`);
    await page.locator(isOffice ? ".board .empty" : ".nav .btn").waitFor();
    await kept(page, "./", ...(isOffice ? ["../surveys/index.json", "../surveys/units.json"] : ["surveys/counter-5.vi.json", "surveys/units/02.json"]));
    await run(made, page);
    assert.deepEqual(told(page), []);
  } finally {
    await page.context().close();
    await made.remove();
  }
}

async function answerCounter(page) {
  await page.reload();
  await touch(page, page.getByRole("button", { name: "Bắt đầu" }));
  await answerAll(page, () => 4);
  await touch(page, page.locator(".nav .btn").last());
  await page.locator(".code").waitFor();
}

test("after one visit a response is given and stored, with the network off and with the server gone", async () => {
  const kit = await serve();
  const page = await open(browser, kit.url, PHONE);
  await page.goto(`${kit.url}/${COUNTER}`);
  await page.locator(".nav .btn").waitFor();
  await kept(page, "./", "surveys/counter-5.vi.json", "surveys/units/02.json");
  await page.context().setOffline(true);
  await answerCounter(page);
  assert.equal((await stored(page)).length, 1);
  await page.context().setOffline(false);
  await kit.stop();
  await answerCounter(page);
  assert.equal((await stored(page)).length, 2);
  // As it is opened the next day, with what a messenger adds to links.
  const next = await page.context().newPage();
  await next.goto(`${kit.url}/?fbclid=1${COUNTER}`);
  await next.getByText("Phường Hoàn Kiếm").or(next.locator(".nav .btn")).first().waitFor();
  assert.deepEqual(told(page), []);
  await page.context().close();
});

test("what is chosen from the list in a first visit is there without a network, too", async () => {
  await visited("/", PHONE, async (made, page) => {
    await page.goto(`${made.url}/#/`);
    await page.locator(".cards a").first().waitFor();
    await page.locator(".cards a[href*='counter-3']").click();
    await page.locator(".nav .btn").waitFor();
    await made.stop();
    await page.reload();
    await page.locator(".nav .btn").waitFor();
    await page.goto(`${made.url}/#/`);
    await page.locator(".cards a").first().waitFor();
  });
});

test("a phone that only answers keeps nothing of the office; the office opens without a network once it was opened", async () => {
  await visited("/", PHONE, async (made, page) => {
    assert.deepEqual(made.asked.filter((name) => name.startsWith("office")), []);
    assert.deepEqual(await caches(page), [made.version, "surveys"].sort());
    await page.goto(`${made.url}/office/`);
    await page.locator("#offline", { hasText: "Mở được cả khi mất mạng" }).waitFor();
    await page.locator(".about", { hasText: made.version }).waitFor();
    await page.locator(".board .empty").waitFor();
    await made.stop();
    await page.goto(`${made.url}/office`);
    await page.locator(".board .empty").waitFor();
    assert.equal(page.url(), `${made.url}/office/`);
    await page.locator("#offline", { hasText: "Mở được cả khi mất mạng" }).waitFor();
    assert.deepEqual(await versionOf(page), ["1", "1", made.version]);
  });
});

test("a further page in a folder of its own is kept like the office, without being named anywhere", async () => {
  await visited("/", PHONE, async (made, page) => {
    mkdirSync(path.join(made.folder, "extra/parts"), { recursive: true });
    made.write("extra/index.html", '<!doctype html><meta charset=utf-8><title>Thêm</title><h1>Chờ</h1><script src="parts/a.js"></script>');
    made.write("extra/parts/a.js", 'document.querySelector("h1").textContent = "Chạy";');
    const version = made.seal();
    assert.equal(await look(page), "installed");
    assert.equal(made.asked.filter((name) => name.startsWith("extra/")).length, 0);
    const context = page.context();
    await page.goto("about:blank");
    const next = watch(await context.newPage(), made.url);
    await next.goto(`${made.url}/${COUNTER}`);
    await next.goto(`${made.url}/extra/`);
    await until(next, async (version) => Boolean(await caches.match(document.baseURI, { cacheName: `sipas-kit / ${version} extra` })), version);
    await made.stop();
    await next.reload();
    await next.getByRole("heading", { name: "Chạy" }).waitFor();
    assert.deepEqual(told(next), []);
  });
});

for (const [fault, spoil] of Object.entries({
  "is missing": (made, name) => rmSync(path.join(made.folder, name)),
  "is another": (made, name) => made.write(name, `${made.read(name)}// changed on the way\n`),
  "is cut off": (made, name) => {
    const whole = made.read(name);
    made.answers[name] = (_, response) => {
      response.writeHead(200, { "content-type": "text/javascript", "content-length": whole.length });
      response.write(whole.slice(0, 40), () => response.destroy());
    };
  },
  "is a sign-in page": (made, name) => {
    made.answers[name] = (_, response) => response.writeHead(200, { "content-type": "text/html" }).end("<h1>Wifi</h1>");
  },
})) {
  test(`an update of which a file ${fault} does not happen, and happens once it is mended`, async () => {
    await visited("/", PHONE, async (made, page) => {
      const old = made.version;
      const [script] = made.become(2);
      const version = made.seal();
      const whole = made.read(script);
      spoil(made, script);
      assert.equal(await look(page), "redundant");
      assert.deepEqual(await caches(page), [old, "surveys"].sort(), "nothing is left of it");
      await page.reload();
      await page.locator(".nav .btn").waitFor();
      assert.deepEqual(await versionOf(page), ["1", "1", old]);
      delete made.answers[script];
      made.write(script, whole);
      assert.equal(await look(page), "installed");
      await page.reload();
      await page.locator(".nav .btn").waitFor();
      assert.deepEqual(await versionOf(page), ["1", "1", old], "it waits while a page is open");
      const context = page.context();
      await page.goto("about:blank");
      const next = watch(await context.newPage(), made.url);
      await made.stop();
      await next.goto(`${made.url}/${COUNTER}`);
      await next.locator(".nav .btn").waitFor();
      assert.deepEqual(await versionOf(next), ["2", "2", version]);
      assert.deepEqual(await caches(next), [version, "surveys"].sort(), "the old version is cleared away");
    });
  });
}

test("only what has changed travels again", async () => {
  await visited("/", PHONE, async (made, page) => {
    made.become(2);
    made.seal();
    made.asked.length = 0;
    assert.equal(await look(page), "installed");
    const loaded = made.asked.filter((name) => !name.startsWith("surveys/") && name !== "sw.js");
    assert.deepEqual([...new Set(loaded)].sort(), ["index.html", "start-0000000000000002.js"]);
  });
});

test("a page that asks for the new version gets it, and one that is open keeps its own files", async () => {
  await visited("/", OFFICE, async (made, page) => {
    const old = made.version;
    const phone = watch(await page.context().newPage(), made.url);
    await phone.goto(`${made.url}/${COUNTER}`);
    await phone.locator(".nav .btn").waitFor();
    const [script] = made.become(2);
    const version = made.seal();
    assert.equal(await look(phone), "installed");
    await page.locator(".about", { hasText: `Đã tải xong phiên bản mới ${version}` }).waitFor();
    assert.deepEqual(await versionOf(page), ["1", "1", old]);
    let loads = 0;
    page.on("load", () => loads++);
    await page.getByRole("button", { name: /^Dùng ngay/ }).click();
    await page.waitForFunction(() => window.startOf === 2);
    await page.locator("#offline", { hasText: "Mở được cả khi mất mạng" }).waitFor();
    assert.deepEqual(await versionOf(page), ["2", "2", version]);
    assert.equal(await page.getByRole("button", { name: /^Dùng ngay/ }).count(), 0);
    assert.equal(loads, 1);
    assert.deepEqual(await versionOf(phone), ["1", "1", old], "nobody is interrupted");
    // The server has only the new version's; the phone's own is still here.
    const own = (name) => phone.evaluate(async (name) => [(await fetch(name)).status, await (await fetch(name)).text()], name);
    const [status, text] = await own(script.replace("2", "1"));
    assert.equal(status, 200);
    assert.match(text, /startOf = 1/);
    await touch(phone, phone.getByRole("button", { name: "Bắt đầu" }));
    await answerAll(phone, () => 4);
    await touch(phone, phone.locator(".nav .btn").last());
    await phone.locator(".code").waitFor();
    assert.deepEqual(told(phone), []);
    await made.stop();
    await phone.reload();
    await phone.locator(".nav .btn").waitFor();
    assert.deepEqual(await versionOf(phone), ["2", "2", version]);
  });
});

test("a step back to the version before is an update like any other", async () => {
  await visited("/", PHONE, async (made, page) => {
    const context = page.context();
    made.become(2);
    made.seal();
    assert.equal(await look(page), "installed");
    made.become(1);
    assert.equal(made.seal(), made.version, "the same files are the same version");
    assert.equal(await look(page), "installed");
    await page.goto("about:blank");
    const next = watch(await context.newPage(), made.url);
    await made.stop();
    await next.goto(`${made.url}/${COUNTER}`);
    await next.locator(".nav .btn").waitFor();
    assert.deepEqual(await versionOf(next), ["1", "1", made.version]);
    assert.deepEqual(await caches(next), [made.version, "surveys"].sort());
  });
});

test("the documented way to get rid of the worker does", async () => {
  const page = readFileSync(path.join(root, "docs/deployment.md"), "utf8");
  const [, farewell] = page.match(/```js\n(self\.addEventListener.*?)```/s);
  await visited("/", PHONE, async (made, page) => {
    await page.evaluate(() => window.caches.open("of somebody else"));
    made.write("sw.js", farewell);
    await page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update());
    await until(page, async () => !(await navigator.serviceWorker.getRegistration()));
    assert.deepEqual(await page.evaluate(() => window.caches.keys()), ["of somebody else"]);
    // Nothing of it answers any more: the page comes from the server again.
    made.asked.length = 0;
    await page.goto("about:blank");
    made.write("sw.js", "");
    await page.goto(`${made.url}/${COUNTER}`);
    await page.locator(".nav .btn").waitFor();
    assert.ok(made.asked.includes("index.html"));
  });
});

test("a survey changed on the server is seen at once, and the last one known without a network", async () => {
  await visited("/", PHONE, async (made, page) => {
    const survey = "surveys/counter-5.vi.json";
    const text = made.read(survey);
    const retitle = (title) => made.write(survey, JSON.stringify({ ...JSON.parse(text), title: { vi: title, en: title } }));
    const shows = async (title) => {
      await page.reload();
      await page.getByRole("heading", { name: title }).waitFor();
    };
    retitle("Lần hai");
    await shows("Lần hai");
    await made.stop();
    await shows("Lần hai");
    await made.start();
    // None of these is a survey, and none takes the place of one.
    for (const answer of [
      (_, response) => response.writeHead(200, { "content-type": "text/html" }).end("<h1>Wifi</h1>"),
      (_, response) => response.writeHead(200, { "content-type": "application/json" }).end("<h1>Wifi</h1>"),
      (_, response) => response.writeHead(503, { "content-type": "application/json" }).end("{}"),
      (_, response) => response.writeHead(302, { location: "index.json" }).end(),
      (_, response) => {
        response.writeHead(200, { "content-type": "application/json", "content-length": text.length });
        response.write(text.slice(0, 100), () => response.destroy());
      },
      // A network that only seems to be there.
      () => {},
    ]) {
      made.answers[survey] = answer;
      await shows("Lần hai");
    }
    delete made.answers[survey];
    await made.stop();
    await shows("Lần hai");
    await made.start();
    retitle("Lần ba");
    await shows("Lần ba");
    // Taken away on the server: gone, then without a network as well.
    for (const file of [survey, "surveys/counter-5.json"]) rmSync(path.join(made.folder, file));
    await page.reload();
    await page.locator(".oops", { hasText: "counter-5" }).waitFor();
    await made.stop();
    await page.reload();
    await page.locator(".oops").waitFor();
    page.faults = page.faults.filter((fault) => !/503|ERR_CONTENT_LENGTH_MISMATCH|ERR_EMPTY_RESPONSE/.test(fault));
  });
});

test("in a sub-folder all the same, and beside another kit on the same server", async () => {
  await visited("/khao-sat/", PHONE, async (made, page) => {
    assert.equal(await page.evaluate(async () => (await navigator.serviceWorker.ready).scope), `${made.url}/`);
    await page.goto(`${made.url}/office/`);
    await page.locator(".board .empty").waitFor();
    await page.locator("#offline", { hasText: "Mở được cả khi mất mạng" }).waitFor();
    // What another kit keeps under the same origin.
    await page.evaluate(() => window.caches.open("sipas-kit / 0.0.9+12345678 "));
    made.become(2);
    const version = made.seal();
    assert.equal(await look(page), "installed");
    await page.goto("about:blank");
    const next = watch(await page.context().newPage(), made.url);
    await made.stop();
    await next.goto(`${made.url}/${COUNTER}`);
    await next.locator(".nav .btn").waitFor();
    assert.deepEqual(await versionOf(next), ["2", "2", version]);
    await next.goto(`${made.url}/office/`);
    await next.locator(".board .empty").waitFor();
    assert.deepEqual(await caches(next), ["0.0.9+12345678", version, `${version} office`, "surveys"]);
    assert.deepEqual(told(next), []);
  });
});

test("where browsers allow no worker everything else works, and the office says so", async () => {
  const kit = await serve();
  const page = await open(browser, kit.url, OFFICE);
  await page.addInitScript(() => delete Navigator.prototype.serviceWorker);
  await page.goto(`${kit.url}/${COUNTER}`);
  await page.locator(".nav .btn").waitFor();
  await page.goto(`${kit.url}/office/`);
  await page.locator(".board .empty").waitFor();
  await page.locator("#offline", { hasText: "Chỉ mở được khi có mạng" }).waitFor();
  assert.deepEqual(page.faults, []);
  await page.context().close();
  await kit.stop();
});

test("the pages can be installed, under a Vietnamese name", async () => {
  await visited("/", PHONE, async (made, page) => {
    const cdp = await page.context().newCDPSession(page);
    for (const [at, name] of [["", "Khảo sát sự hài lòng"], ["office/", "Kết quả khảo sát sự hài lòng"]]) {
      await page.goto(`${made.url}/${at}`);
      await heading(page).waitFor();
      const { url, data, errors } = await cdp.send("Page.getAppManifest");
      assert.deepEqual(errors, []);
      assert.equal(url, `${made.url}/${at}manifest.webmanifest`);
      const manifest = JSON.parse(data);
      assert.equal(manifest.name, name);
      assert.equal(new URL(manifest.start_url, url).href, `${made.url}/${at}`);
      for (const icon of manifest.icons) {
        const size = await page.evaluate(async (src) => {
          const picture = await createImageBitmap(await (await fetch(src)).blob());
          return `${picture.width}x${picture.height}`;
        }, new URL(icon.src, url).href);
        assert.equal(size, icon.sizes);
      }
      const { installabilityErrors } = await cdp.send("Page.getInstallabilityErrors");
      // A private window, which each test has, can install nothing.
      assert.deepEqual(installabilityErrors.map((error) => error.errorId).filter((id) => id !== "in-incognito"), []);
    }
  });
});
