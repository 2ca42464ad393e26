// The worker that makes the site work without a network, and moves it from one version to the next.
//
// `sipas seal` puts KIT above this text: the version, and the SHA-256 of every file of the site but
// the surveys. So any other file is another worker in the browser's eyes, and the browser looks for
// that by itself whenever a page is opened.
//
// - A version is installed completely, every byte checked, or not at all; until then the old one goes on.
// - It then waits: until no page of the old one is open, or until a page asks for it.
// - Pages and their files come from this version alone. Surveys are data, and the network comes first.

/* global KIT */
const ROOT = new URL("./", self.location.href);
// Sites in several folders of one server share its caches: the folder keeps them apart.
const OURS = `sipas-kit ${ROOT.pathname} `;
const SURVEYS = `${OURS}surveys`;
const PATIENCE_MILLISECONDS = 3000;

/** The path of an address within the site; null for what is not of the site. */
function within(address) {
  const url = new URL(address);
  if (url.origin !== ROOT.origin || !url.pathname.startsWith(ROOT.pathname)) return null;
  return url.pathname.slice(ROOT.pathname.length).replace(/(^|\/)$/, "$1index.html");
}

/** The address of a file. Pages go by their folder: some servers redirect from its index.html. */
function address(file) {
  return new URL(file.replace(/(^|\/)index\.html$/, "$1"), ROOT).href;
}

/** A folder with a page of its own is a group: a phone that only answers never loads the office. */
function group(file) {
  const folder = file.split("/")[0];
  return `${folder}/index.html` in KIT.files ? folder : "";
}

const cacheOf = (name) => `${OURS}${KIT.version} ${name}`;

/** The groups this device uses: those of other versions it has, and of pages that are open. */
async function groupsInUse() {
  const here = (await caches.keys()).filter((name) => name.startsWith(OURS) && name !== SURVEYS);
  const open = await clients.matchAll({ type: "window", includeUncontrolled: true });
  const paths = open.map((page) => within(page.url)).filter((path) => path !== null);
  const known = new Set(Object.keys(KIT.files).map(group));
  return new Set(["", ...here.map((name) => name.split(" ")[3]), ...paths.map(group)].filter((name) => known.has(name)));
}

async function sha256(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * A file of this version. What another version or the browser's own cache has is as good, if it is
 * the same to the byte: a phone need not load twice what it has just loaded. Then the network.
 */
async function checked(file) {
  const url = address(file);
  for (const ask of [() => caches.match(url), () => fetch(url), () => fetch(url, { cache: "reload" })]) {
    const answer = await ask().catch(() => undefined);
    if (!answer?.ok) continue;
    const bytes = await answer.arrayBuffer().catch(() => undefined);
    if (!bytes || (await sha256(bytes)) !== KIT.files[file]) continue;
    // A new answer: one that was redirected may not be shown as a page. The bytes are unpacked already.
    const headers = new Headers(answer.headers);
    headers.delete("content-encoding");
    headers.delete("content-length");
    return new Response(bytes, { headers });
  }
  throw new Error(`${file} is not what version ${KIT.version} says`);
}

/** Brings in a group. Its page comes last: where the page is, everything is. */
async function fill(name) {
  const isNew = !(await caches.has(cacheOf(name)));
  try {
    const files = Object.keys(KIT.files).filter((file) => group(file) === name);
    const answers = await Promise.all(files.map(async (file) => [file, await checked(file)]));
    const cache = await caches.open(cacheOf(name));
    const isPage = ([file]) => file.endsWith("index.html");
    for (const [file, answer] of answers.sort((a, b) => isPage(a) - isPage(b))) await cache.put(address(file), answer);
  } catch (error) {
    // After a step back the version that runs has the same name: its files are not ours to throw away.
    if (isNew) await caches.delete(cacheOf(name));
    throw error;
  }
}

/** A file as this version has it here. */
const kept = (file) => caches.match(address(file), { cacheName: cacheOf(group(file)) });

/**
 * Throws away other versions; not while pages are open that may be of one, and not while another
 * version is being installed or waits. It is tried again whenever a page is opened.
 */
async function tidy() {
  const names = await caches.keys();
  const pages = await clients.matchAll({ type: "window", includeUncontrolled: true });
  if (pages.length > 0 || self.registration.installing || self.registration.waiting) return;
  const others = names.filter((name) => name.startsWith(OURS) && name !== SURVEYS && !name.startsWith(`${OURS}${KIT.version} `));
  await Promise.all(others.map((name) => caches.delete(name)));
}

self.addEventListener("install", (event) => {
  // No skipWaiting: a page in the hands of a respondent keeps its version.
  event.waitUntil(groupsInUse().then((names) => Promise.all([...names].map(fill))).then(() => refresh()));
});

self.addEventListener("activate", (event) => {
  // The first page ever was loaded without a worker; what it opens from now on is kept.
  event.waitUntil(self.clients.claim().then(tidy));
});

self.addEventListener("message", (event) => {
  if (event.data === "activate") self.skipWaiting();
  else if (event.data === "state") event.waitUntil(state().then((known) => event.ports[0].postMessage(known)));
  // What a page loaded before there was a worker, as the browser's list of resources.
  else event.waitUntil(refresh(JSON.parse(event.data).map(({ name }) => within(name))));
});

let filling = Promise.resolve();

async function state() {
  await filling;
  const groups = [...new Set(Object.keys(KIT.files).map(group))];
  const pages = await Promise.all(groups.map((name) => kept(name ? `${name}/index.html` : "index.html")));
  return { version: KIT.version, groups: groups.filter((_, at) => pages[at]) };
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const file = within(request.url);
  // Anything else takes its usual way.
  if (request.method !== "GET" || file === null) return;
  if (file.startsWith("surveys/")) event.respondWith(survey(file, event));
  else if (file in KIT.files) event.respondWith(fromKit(file, event));
  else if (request.mode !== "navigate") event.respondWith(fromAnyKit(request));
  else if (`${file}/index.html` in KIT.files) event.respondWith(Response.redirect(address(`${file}/index.html`)));
});

async function fromKit(file, event) {
  const answer = await kept(file);
  // A page whose group is not here yet comes over the network with all its files, and then into the cache.
  if (event.request.mode === "navigate") event.waitUntil(answer ? tidy() : (filling = fill(group(file)).catch(() => {})));
  return answer ?? fetch(event.request);
}

/** A file this version does not know: of a page that is still open from the version before. */
async function fromAnyKit(request) {
  return (await caches.match(request.url)) ?? fetch(request);
}

// Surveys change without a new version of the site.

/** Brings in surveys again, these or all that are here; what cannot be had stays as it was. */
async function refresh(files) {
  const here = await (await caches.open(SURVEYS)).keys();
  const wanted = files ?? here.map(({ url }) => within(url));
  const bring = async (file) => others(file, (await fromNetwork(file)).clone());
  await Promise.all(wanted.filter((file) => file?.startsWith("surveys/")).map((file) => bring(file).catch(() => {})));
}

/**
 * What the server says now. Only what is what its name says is kept: no errors, and no sign-in page
 * of a wireless network. What the server no longer has is forgotten here, too.
 */
async function fromNetwork(file) {
  const cache = await caches.open(SURVEYS);
  const answer = await fetch(address(file), { cache: "no-cache" });
  if (answer.status === 404 || answer.status === 410) {
    await cache.delete(address(file));
    return answer;
  }
  const type = answer.headers.get("content-type") ?? "";
  if (answer.status !== 200 || answer.redirected || type.includes("html")) throw new Error(`not a survey: ${file}`);
  // Read to its end: a file that was cut off on the way is none.
  const text = await answer.clone().text();
  if (file.endsWith(".json")) JSON.parse(text);
  await cache.put(address(file), answer.clone());
  return answer;
}

/** The languages a survey can be switched to, for when there is no network. */
async function others(file, answer) {
  const [, survey, spoken] = file.match(/^surveys\/([^/.]+)\.([a-z]+)\.json$/) ?? [];
  if (!spoken || spoken === "method") return;
  const { languages } = await answer.json();
  const wanted = languages.filter((code) => code !== spoken);
  const words = languages.filter((code) => code !== "vi").map((code) => `surveys/words/${code}.json`);
  await Promise.all([...wanted.map((code) => `surveys/${survey}.${code}.json`), ...words].map(async (other) => {
    if (!(await caches.match(address(other), { cacheName: SURVEYS }))) await fromNetwork(other).catch(() => {});
  }));
}

async function survey(file, event) {
  const last = await caches.match(address(file), { cacheName: SURVEYS });
  const asked = fromNetwork(file);
  // The looks hold up the first screen: those known are good enough, and the new ones are there the next time.
  if (last && /\.(css|svg|png)$/.test(file)) {
    event.waitUntil(asked.catch(() => {}));
    return last;
  }
  // A slow answer is still kept for the next time.
  event.waitUntil(asked.then((answer) => others(file, answer.clone())).catch(() => {}));
  if (!last) return asked.catch(() => Response.error());
  const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE_MILLISECONDS, last));
  return Promise.race([asked, patience]).catch(() => last);
}
