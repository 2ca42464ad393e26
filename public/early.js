// Before the program is there: what it will ask for is on its way already, and the first screen has the survey's words.
{
  const [, survey, query] = location.hash.match(/^#\/s\/([\w-]{1,40})\/?(?:\?(.*))?$/) ?? [];
  const given = new URLSearchParams(query), main = document.querySelector("main");
  const kept = (key) => { try { return localStorage.getItem(key); } catch { return null; } };
  const has = (start) => { try { return Object.keys(localStorage).some((key) => key.startsWith(start)); } catch { return false; } };
  const language = given.get("lang") ?? (kept("sipas.language") ?? "").slice(1, -1);
  const english = document.querySelector("template");
  // A form that was begun goes on where it was, and other addresses have another first screen.
  if (!survey || has(`sipas.draft.${survey}/`)) main.firstElementChild.remove();
  else if (language === "en") {
    document.documentElement.lang = "en";
    main.firstElementChild.replaceWith(english.content.firstElementChild);
  }
  const early = (window.early = {});
  const ask = (path) => {
    early[path] = fetch(path);
    early[path].catch(() => {});
    return early[path];
  };
  if (survey && !kept(`sipas.own.${survey}`)) {
    const unit = given.get("unit");
    if (unit) ask(`surveys/units/${unit.slice(0, 2)}.json`);
    if (language && language !== "vi") ask(`surveys/words/${language}.json`);
    ask(`surveys/${survey}.${language || "vi"}.json`).then((answer) => answer.clone().json()).then(({ languages, issuer, title, purpose }) => {
      for (const [at, text] of [issuer, title, purpose].entries()) {
        main.querySelectorAll("[data-text]")[at].textContent = text[language] ?? text[languages[0]];
      }
    }).catch(() => {});
  }
}
