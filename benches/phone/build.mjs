// Builds the two peers for production: node build.mjs DIST WORK
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";
import { build } from "vite";
import { answers, bare, surveyjs, xform } from "./forms.mjs";

const [dist, work] = process.argv.slice(2);
const here = path.dirname(fileURLToPath(import.meta.url));
const survey = JSON.parse(readFileSync(path.join(dist, "surveys/sipas-2022.json"), "utf8"));
const forms = { surveyjs: ["form.json", JSON.stringify(surveyjs(survey))], odk: ["form.xml", xform(survey)] };

for (const [peer, [name, form]] of Object.entries(forms)) {
  const outDir = path.join(work, peer);
  await build({
    root: path.join(here, peer),
    configFile: false,
    base: "./",
    logLevel: "error",
    build: { outDir, emptyOutDir: true, chunkSizeWarningLimit: 10_000 },
  });
  writeFileSync(path.join(outDir, name), form);
}
mkdirSync(path.join(work, "bare"), { recursive: true });
writeFileSync(path.join(work, "bare/index.html"), bare(survey));

// The kit's pages are compressed in the same way when they are built.
for (const folder of ["surveyjs", "odk", "bare"]) {
  for (const entry of readdirSync(path.join(work, folder), { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || entry.name.endsWith(".br")) continue;
    const file = path.join(entry.parentPath, entry.name);
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 22 };
    writeFileSync(`${file}.br`, brotliCompressSync(readFileSync(file), { params }));
  }
}
writeFileSync(path.join(work, "answers.json"), JSON.stringify(answers(survey)));
