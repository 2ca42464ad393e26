// Before the program is there: what it will ask for is on its way already, the first screen has the survey's words,
// and the respondent can begin and answer the first question where it is a plain choice. The program then draws the
// same screens and goes on from what was done: `early.done`.
{
  const [, survey, query] = location.hash.match(/^#\/s\/([\w-]{1,40})\/?(?:\?(.*))?$/) ?? [];
  const given = new URLSearchParams(query), unit = given.get("unit");
  const kept = (key) => { try { return localStorage.getItem(key); } catch { return null; } };
  const has = (start) => { try { return Object.keys(localStorage).some((key) => key.startsWith(start)); } catch { return false; } };
  const language = (given.get("lang") ?? (kept("sipas.language") ?? "").slice(1, -1)) || "vi";
  // A form that was begun goes on where it was, and other addresses have another first screen.
  const isNew = survey && !has(`sipas.draft.${survey}/`);
  const early = (window.early = {});
  // A browser that is asked for its voices first has none yet.
  self.speechSynthesis?.getVoices();
  const BLANK = decodeURI("%C2%A0");
  const load = async (path) => (await (early[path] = fetch(path))).clone().json();

  /** What only the program can say or ask. */
  const isBeyond = ({ languages, partial, sections }, units) => {
    const keys = [...given.keys()], unknown = (key) => !/^(unit|field|counter|officer|channel|lang)$/.test(key);
    const questions = sections.flatMap(({ questions }) => questions);
    const isNone = ({ attribute, kind }) => given.has(attribute) && !kind.single?.options.some(({ id }) => id === given.get(attribute));
    return keys.some(unknown) || new Set(keys).size < keys.length || [...given.values()].some((value) => !/^[\w-]{1,40}$/.test(value))
      || given.get("channel") === "kiosk" || (unit !== null && !units?.[unit]) || questions.some(isNone)
      || !languages.includes(language) || partial?.includes(language) || !/^(vi|en)$/.test(language);
  };

  const el = (tag, attributes, ...content) => {
    const made = document.createElement(tag);
    for (const name in attributes) made.setAttribute(name, attributes[name]);
    made.append(...content);
    return made;
  };

  const draw = (form, units) => {
    const app = document.getElementById("app"), find = (selector) => app.querySelector(selector);
    const main = find("main"), foot = find(".nav"), [first, waiting] = main.children;
    if (!isNew) return first.remove();
    if (language === "en") {
      const english = document.querySelector("template").content.children;
      document.documentElement.lang = "en";
      foot.replaceChildren(english[2]);
      waiting.replaceWith(english[1]);
      first.replaceWith(english[0]);
    }
    form?.then(async (form) => {
      const { issuer, title, purpose, languages, draft_hours, sections: [{ text, note, questions: [question] }] } = form;
      const say = (text) => text[language] ?? text[languages[0]];
      for (const [at, text] of [issuer, title, purpose].entries()) main.querySelectorAll("[data-text]")[at].textContent = say(text);
      if (draft_hours) find(".facts span").textContent = draft_hours;
      const known = await units;
      if (isBeyond(form, known)) return;
      find(".top p").textContent = document.title = say(title);
      // As wide and high as the switch of languages, which comes with the program.
      const next = languages[(languages.indexOf(language) + 1) % languages.length];
      const place = el("span", { class: "lang", "aria-hidden": true }, { vi: "Tiếng Việt", en: "English" }[next] ?? next);
      place.style.visibility = "hidden";
      if (next !== language) find(".top").append(place);
      if (unit) {
        const { name, province } = known[unit], line = find(".unit");
        line.lastChild.textContent = province ? `${name}, ${province}` : name;
        line.hidden = false;
      }
      const { kind: { single }, required } = question;
      if (question.when || question.attribute || question.hint || !single || single.options.some(({ specify }) => specify)) return;
      const opening = main.children[1];
      opening.hidden = true;
      foot.hidden = false;

      /** The first question, drawn as the program draws it. */
      foot.firstElementChild.onclick = () => {
        const heading = el("h1", { tabindex: -1 }, say(question.text));
        const options = single.options.map(({ id, text }) =>
          el("label", { class: "opt" }, el("input", { type: "radio", name: question.id, value: id }), el("span", {}, say(text))));
        const role = { role: "radiogroup", ...(required && { "aria-required": true }) };
        const group = el("fieldset", role, el("legend", {}, heading), el("div", { class: "opts" }, ...options));
        let isTouched = false;
        group.onclick = ({ detail }) => { isTouched ||= detail > 0; };
        group.onchange = ({ target }) => { early.done = `begun ${question.id} ${target.value}${isTouched ? " touched" : ""}`; };
        early.done = "begun";
        main.className = "ask";
        main.replaceChildren(el("p", { class: "part" }, say(text)), ...(note ? [el("p", { class: "hint" }, say(note))] : []), group);
        // Step and way on come with the program; until then, that it is on its way.
        const hasVoice = self.speechSynthesis?.getVoices().some(({ lang }) => lang.startsWith(language));
        main.before(el("div", { class: "prog", "aria-hidden": true }, el("span", { class: hasVoice ? "lang" : "" }, BLANK)));
        opening.hidden = false;
        foot.replaceChildren(opening);
        scrollTo(0, 0);
        heading.focus();
      };
    }).catch(() => {});
  };

  let form, units;
  if (survey && !kept(`sipas.own.${survey}`)) {
    form = load(`surveys/${survey}.${language}.json`);
    form.catch(() => {});
    if (unit) units = load(`surveys/units/${unit.slice(0, 2)}.json`).catch(() => {});
    if (language !== "vi") load(`surveys/words/${language}.json`).catch(() => {});
  }
  // Another link: nothing of this one is to be taken over.
  addEventListener("hashchange", () => delete early.done);
  if (document.readyState === "loading") document.addEventListener("readystatechange", () => draw(form, units), { once: true });
  else draw(form, units);
}
