// Counts the file that is chosen with the program the address names, and says what came of it.
const program = new URLSearchParams(location.search).get("program");
const count = program === "papaparse" ? papaparse() : await (await import("./duckdb.bundle.js")).start(program);

function papaparse() {
  const worker = new Worker("papaparse.js");
  return (file) => new Promise((resolve) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.postMessage(file);
  });
}

document.querySelector("input").addEventListener("change", async ({ target }) => {
  const began = performance.now();
  const counts = await count(target.files[0]);
  window.done = { milliseconds: performance.now() - began, counts };
});
window.isReady = true;
