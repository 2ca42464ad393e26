// duckdb-wasm as its guide says, in its worker: "duckdb" counts over the file itself, "duckdb-table" reads unit and
// items into a table first and counts over that. Types are told, so that it need not guess.
import * as duckdb from "@duckdb/duckdb-wasm";

const ITEMS = Array.from({ length: 30 }, (_, at) => `i${at + 1}`);

export async function start(program) {
  const worker = new Worker(new URL("duckdb-browser-eh.worker.js", location.href));
  const db = new duckdb.AsyncDuckDB(new duckdb.VoidLogger(), worker);
  await db.instantiate(new URL("duckdb-eh.wasm", location.href).href);
  const connection = await db.connect();
  return async (file) => {
    await db.registerFileHandle("responses.csv", file, duckdb.DuckDBDataProtocol.BROWSER_FILEREADER, true);
    const header = (await file.slice(0, 4096).text()).split("\r\n")[0].split(",");
    const types = header.map((name) => `'${name}': '${ITEMS.includes(name) ? "UTINYINT" : "VARCHAR"}'`).join(", ");
    const rows = `read_csv('responses.csv', header = true, auto_detect = false, delim = ',', quote = '"', escape = '"', nullstr = 'no_answer', columns = {${types}})`;
    const counts = ITEMS.map((item) => `count(*) FILTER (${item} >= 4)::INTEGER AS ${item}s, count(${item})::INTEGER AS ${item}v`).join(", ");
    if (program === "duckdb-table") await connection.query(`CREATE OR REPLACE TABLE responses AS SELECT unit, ${ITEMS.join(", ")} FROM ${rows}`);
    const table = await connection.query(`SELECT unit, ${counts} FROM ${program === "duckdb-table" ? "responses" : rows} GROUP BY unit ORDER BY unit`);
    return table.toArray().map((row) => {
      const [unit, ...of] = Object.values(row.toJSON());
      return [unit, of.map(Number)];
    });
  };
}
