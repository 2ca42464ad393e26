// The figures as tables: medians with least and most, and the kit's figure divided by the peer's.
import os from "node:os";

const NAMES = { kit: "kit", surveyjs: "SurveyJS", odk: "ODK Web Forms", bare: "plain HTML" };
const PEERS = ["surveyjs", "odk"];

const sorted = (list) => [...list].sort((a, b) => a - b);
/** The smallest value that at least this share of all values does not exceed. */
const quantile = (list, share) => sorted(list)[Math.max(0, Math.ceil(share * list.length) - 1)];
const median = (list) => {
  const all = sorted(list);
  const half = all.length >> 1;
  return all.length % 2 ? all[half] : (all[half - 1] + all[half]) / 2;
};
const whole = (value) => Math.round(value).toLocaleString("en");
const spread = (list, show = whole) => `${show(median(list))} (${show(Math.min(...list))}–${show(Math.max(...list))})`;
const ratio = (kit, peer) => (peer === undefined ? "–" : (kit / peer).toFixed(2));
const megabytes = (bytes) => (bytes / 2 ** 20).toFixed(1);

const table = (head, rows) =>
  [head, head.map((_, at) => (at ? "--:" : "---")), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
const HEAD = ["", ...Object.values(NAMES), ...PEERS.map((peer) => `kit ÷ ${NAMES[peer]}`)];

/** One line: the kit, the peers, the ratios of the middle values. `null` where a page has no such thing. */
function line(label, lists, show, middle = median) {
  const cells = Object.keys(NAMES).map((name) => (lists[name]?.length ? show(lists[name]) : "–"));
  const middles = Object.fromEntries(Object.entries(lists).filter(([, list]) => list?.length).map(([name, list]) => [name, middle(list)]));
  const ratios = PEERS.map((peer) => (middles.kit === undefined ? "–" : ratio(middles.kit, middles[peer])));
  return [label, ...cells, ...ratios];
}

const each = (make) => Object.fromEntries(Object.keys(NAMES).map((name) => [name, make(name)]));

function bytes(results) {
  const of = each((name) => results.cold.find((one) => one.name === name && one.condition === "plain").files);
  const sum = (files, key) => files.reduce((total, file) => total + file[key], 0);
  const one = (label, make) => line(label, each((name) => [make(of[name])]), ([value]) => whole(value));
  const files = Object.entries(of).flatMap(([name, list]) => list.map(({ file, bytes, encoding }) =>
    [NAMES[name], `\`${file.replace(/^\//, "").replace(/[-_.][0-9A-Za-z_-]{8,16}(?=[._-])/g, "-…")}\``, whole(bytes), encoding]));
  return `## What is transferred until the first answer can be given

${table(HEAD, [
    one("bytes of content", (list) => sum(list, "bytes")),
    one("bytes on the wire, headers included", (list) => sum(list, "wire")),
    one("requests", (list) => list.length),
  ])}

${table(["page", "file", "bytes", "encoding"], files)}`;
}

function cold(results) {
  const rows = [["slow", "4× slower, 1.6 Mbps, 150 ms"], ["plain", "not slowed"]].flatMap(([condition, words]) => {
    const all = (name) => results.cold.filter((one) => one.name === name && one.condition === condition);
    return [
      line(`${words}: first words`, each((name) => all(name).map(({ words }) => words)), spread),
      line(`${words}: notice readable, start button there`, { kit: all("kit").map(({ notice }) => notice) }, spread),
      line(`${words}: first option`, each((name) => all(name).map(({ option }) => option)), spread),
    ];
  });
  return `## Cold start, ms from the navigation until painted\n\n${table(HEAD, rows)}`;
}

function touches(results) {
  const rows = [];
  const all = (name) => results.walks.filter((one) => one.name === name).flatMap((one) => one.touches);
  const add = (label, keep, value, pages = Object.keys(NAMES)) => {
    const lists = Object.fromEntries(pages.map((name) => [name, all(name).filter(keep).map(value)]));
    for (const share of [0.5, 0.95, 0.99]) {
      const middle = (list) => quantile(list, share);
      rows.push(line(`${label}, p${share * 100}`, lists, (list) => `${whole(middle(list))}`, middle));
    }
    rows.push([`${label}, touches`, ...Object.keys(NAMES).map((name) => lists[name]?.length || "–"), "", ""]);
  };
  const isAnswer = ({ what }) => what === "answer";
  const isButton = ({ what }) => what === "button";
  add("answer", isAnswer, ({ answer, up }) => answer - up);
  add("answer, Event Timing", isAnswer, ({ event }) => event);
  add("next or back, other screen", isButton, ({ screen, up }) => screen - up, ["kit", "surveyjs"]);
  add("next or back, Event Timing", isButton, ({ event }) => event, ["kit", "surveyjs"]);
  add("answer leads on, other screen", ({ leadsOn }) => leadsOn, ({ screen, up }) => screen - up, ["kit"]);
  add("the same, after the 180 ms", ({ leadsOn }) => leadsOn, ({ screen, clicked }) => screen - clicked - 180, ["kit"]);
  return `## Touches with the processor slowed 6×, ms from the lifted finger until painted\n\n${table(HEAD, rows)}`;
}

function memory(results) {
  const all = (key) => each((name) => results.walks.filter((one) => one.name === name).map((one) => one.memory[key]));
  const total = each((name) => results.walks.filter((one) => one.name === name).map(({ memory }) => memory.script + memory.wasm));
  const size = (list) => spread(list, megabytes);
  return `## Memory after the whole form was answered, MiB

${table(HEAD, [
    line("JavaScript heap", all("script"), size),
    line("WebAssembly memory", { kit: all("wasm").kit }, size),
    line("both", total, size),
    line("the browser's own objects (document, styles)", all("document"), size),
    line("the page's process, not shared", all("process"), size),
    line("nodes of the document", all("nodes"), (list) => spread(list)),
  ])}`;
}

/** The report as markdown. */
export function report(results) {
  const { chromium, versions, cold: starts, walks } = results;
  const rounds = (list) => list.filter(({ name, condition }) => name === "kit" && condition !== "plain").length;
  return `# Kit, SurveyJS and ODK Web Forms on the same questions

Chromium ${chromium}, ${os.cpus().length} cores; survey-core ${versions["survey-core"]}, @getodk/web-forms \
${versions["@getodk/web-forms"]}; ${rounds(starts)} rounds of starts, ${rounds(walks)} of touches. Median (least–most).

${[bytes, cold, touches, memory].map((part) => part(results)).join("\n\n")}
`;
}
