// The sipas program and its CSV files, for comparisons with what the pages show.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { root } from "./kit.mjs";

export const sipas = process.env.SIPAS ?? "sipas";
export const scratch = mkdtempSync(path.join(tmpdir(), "sipas-browser-"));

/** Writes generated responses; returns the file. */
export function sample(survey, name, ...options) {
  const file = path.join(scratch, name);
  writeFileSync(file, execFileSync(sipas, ["sample", survey, ...options], { cwd: root, maxBuffer: 1 << 28 }));
  return file;
}

/** The figures the program gives for these files, by measure; the overall one is "overall". */
export function score(survey, ...files) {
  const done = spawnSync(sipas, ["score", "--survey", survey, "--format", "json", ...files], { cwd: root, encoding: "utf8" });
  if (done.status !== 0) throw new Error(done.stderr);
  return JSON.parse(done.stdout);
}

/** A CSV file as objects, read by a few lines that know nothing of the kit. */
export function rows(file) {
  const text = readFileSync(file, "utf8").replace(/^\uFEFF/, "");
  const table = [[""]];
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const record = table.at(-1);
    const c = text[i];
    if (quoted && c === '"' && text[i + 1] === '"') record[record.length - 1] += text[++i];
    else if (c === '"') quoted = !quoted;
    else if (c === "," && !quoted) record.push("");
    else if (c === "\n" && !quoted) table.push([""]);
    else if (c !== "\r" || quoted) record[record.length - 1] += c;
  }
  const [header, ...records] = table.filter((record) => record.length > 1);
  return records.map((record) => Object.fromEntries(header.map((name, i) => [name, record[i]])));
}

/** Writes a file into the scratch folder. */
export function file(name, content) {
  const target = path.join(scratch, name);
  writeFileSync(target, content);
  return target;
}
