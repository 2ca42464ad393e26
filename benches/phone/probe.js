// Runs in every page before its own scripts: sees what is on the screen, and when.
// A change counts as painted in the animation frame after the first one that finds it in the document.
(() => {
  const visible = (element) => {
    if (!element) return false;
    const box = element.getBoundingClientRect();
    return box.width > 0 && box.height > 0 && element.checkVisibility();
  };
  const find = (selector) => [...document.querySelectorAll(selector)].find(visible);

  // How each page shows its options, that one is picked, and where it is.
  const PAGES = {
    kit: {
      option: "label.opt",
      begin: () => find(".nav .btn"),
      target: ({ column, value }) => document.querySelector(`input[name="${column}"][value="${value}"]`)?.closest("label"),
      picked: (label) => label.querySelector("input").checked,
      screen: () => `${document.querySelector("progress")?.value} ${document.querySelector("h1")?.textContent}`,
      next: () => [...document.querySelectorAll(".nav .btn")].at(-1),
      back: () => [...document.querySelectorAll(".nav .btn")].at(-2),
      // A touched answer leads on where it is the only one on the screen.
      leadsOn: (label) => {
        const names = new Set([...document.querySelectorAll("main input")].map((input) => input.name));
        return names.size === 1 && label.querySelector("input").type === "radio";
      },
    },
    surveyjs: {
      option: "label.sd-item, .sd-item label",
      target: ({ question, column, value }) => {
        const name = question === column ? "" : `[name$="_${column}"]`;
        return document.querySelector(`[data-name="${question}"] input${name}[value="${value}"]`)?.closest("label");
      },
      picked: (label) => label.closest(".sd-item").matches(".sd-item--checked"),
      screen: () => [...document.querySelectorAll("[data-name]")].map((element) => element.dataset.name).join(" "),
      next: () => find(".sd-navigation__next-btn"),
      back: () => find(".sd-navigation__prev-btn"),
      leadsOn: () => false,
    },
    odk: {
      option: "label.value-option",
      target: ({ item, value }) => {
        const home = [...document.querySelectorAll(".question-container")]
          .find((element) => element.querySelector(".control-text label")?.textContent.replace(/^\*\s*/, "").trim() === item);
        return home?.querySelector(`input[value="${value}"]`)?.closest("label");
      },
      picked: (label) => label.querySelector("[data-p-checked]").dataset.pChecked === "true",
      screen: () => "",
      leadsOn: () => false,
    },
    bare: {
      option: "label",
      target: ({ column, value }) => document.querySelector(`input[name="${column}"][value="${value}"]`)?.closest("label"),
      picked: (label) => label.querySelector("input").checked,
      screen: () => "",
      leadsOn: () => false,
    },
  };

  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  /** Milliseconds since the navigation when what is looked for has been painted. */
  const painted = async (isThere, patience = 120_000) => {
    const until = performance.now() + patience;
    while (!isThere()) {
      if (performance.now() > until) throw new Error("it did not appear");
      await frame();
    }
    await frame();
    return performance.now();
  };

  const events = [];
  new PerformanceObserver((list) => {
    for (const { name, startTime, duration } of list.getEntries()) {
      if (["pointerdown", "pointerup", "click"].includes(name)) events.push({ name, startTime, duration });
    }
  }).observe({ type: "event", durationThreshold: 16 });

  const touches = [];
  let page, wasm, waiting;
  const streaming = WebAssembly.instantiateStreaming.bind(WebAssembly);
  WebAssembly.instantiateStreaming = async (...given) => {
    const made = await streaming(...given);
    wasm = Object.values(made.instance.exports).find((made) => made instanceof WebAssembly.Memory);
    return made;
  };

  window.probe = {
    /** When the notice and the first option were painted; the start button is clicked as soon as it was. */
    async cold(name) {
      page = PAGES[name];
      const times = {};
      if (page.begin) {
        times.notice = await painted(page.begin);
        page.begin().click();
      }
      times.option = await painted(() => find(page.option));
      const words = () => performance.getEntriesByName("first-contentful-paint")[0];
      await painted(words);
      times.words = words().startTime;
      return times;
    },

    /** Makes ready for one touch of an option or button; returns where it has to be, nothing where there is no such. */
    async aim(what) {
      const isButton = typeof what === "string";
      const element = isButton ? page[what]?.() : page.target(what);
      if (!visible(element)) return null;
      const box = element.getBoundingClientRect();
      if (box.top < 90 || box.bottom > innerHeight - 130) element.scrollIntoView({ block: "center", behavior: "instant" });
      await frame();
      await frame();
      const { left, top, width, height } = element.getBoundingClientRect();
      const before = page.screen();
      const touch = { what: isButton ? "button" : "answer", leadsOn: !isButton && page.leadsOn(element) };
      const listen = (name, then) => addEventListener(name, then, { capture: true, once: true });
      listen("pointerdown", (event) => (touch.down = event.timeStamp));
      // DevTools stamps a touch, and then holds it back until the page has drawn a frame: 10 to 20 ms that no finger
      // waits. A touch begins when the page hears that it is over.
      const lifted = new Promise((resolve) => listen("pointerup", (event) => {
        touch.stamped = event.timeStamp;
        resolve((touch.up = performance.now()));
      }));
      listen("click", () => (touch.clicked = performance.now()));
      waiting = (async () => {
        await lifted;
        const another = () => page.screen() !== before && (find(page.option) || find("textarea"));
        if (isButton) touch.screen = await painted(another, 8_000);
        else {
          touch.answer = await painted(() => page.picked(element), 8_000);
          if (touch.leadsOn) touch.screen = await painted(another, 8_000);
        }
        touches.push(touch);
      })();
      return { x: left + width / 2, y: top + height / 2 };
    },

    /** Resolves once what the touch does has been painted. */
    done: () => waiting,

    /** Every touch so far with the longest of its events; shorter ones than 16 ms are not told apart. */
    async result() {
      await new Promise((resolve) => setTimeout(resolve, 300));
      return touches.map((touch) => {
        const own = events.filter(({ startTime }) => startTime >= touch.down - 1 && startTime <= touch.stamped + 60);
        return { ...touch, event: Math.max(16, ...own.map(({ duration }) => duration)) };
      });
    },

    wasmBytes: () => wasm?.buffer.byteLength ?? 0,
  };
})();
