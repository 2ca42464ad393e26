// The office's second thread: the page's own program, started where there is no page. The page says where
// its program is, and hands it over compiled.
const dead = () => {
  postMessage(null);
  close();
};
addEventListener("error", dead);
addEventListener("unhandledrejection", dead);
addEventListener("message", ({ data }) => import(data.script).then((program) => program.default({ module_or_path: data.module })), { once: true });
