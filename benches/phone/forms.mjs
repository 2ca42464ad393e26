// The kit's compiled survey as a SurveyJS form and as an XForm: the same items, options and conditions, in Vietnamese.

const vi = (text) => text.vi;

/** The options of a question or matrix as [value, words, asks for words]. */
function choices(survey, kind) {
  const [[, body]] = Object.entries(kind);
  if (!body.scale) return body.options.map((option) => [option.id, vi(option.text), option.specify ?? false]);
  const scale = survey.scales.find((scale) => scale.id === body.scale);
  const missing = (scale.missing ?? []).map((one) => [one.reason, vi(one.text), false]);
  return [...scale.levels.map((level) => [String(level.code), vi(level.text), false]), ...missing];
}

/** A condition in another language, given how that one compares and joins. */
function condition(when, compare, or, and) {
  const all = (list, word) => `(${list.map((one) => condition(one, compare, or, and)).join(` ${word} `)})`;
  if (when.compare) return compare(...when.compare);
  if (when.any) return all(when.any, or);
  if (when.all) return all(when.all, and);
  throw new Error(`a condition this script does not know: ${JSON.stringify(when)}`);
}

/** Which matrix an item belongs to. */
function homes(survey) {
  const home = new Map();
  for (const question of survey.sections.flatMap((section) => section.questions)) {
    for (const item of question.kind.matrix?.items ?? []) home.set(item.id, question.id);
  }
  return home;
}

/** A SurveyJS form: every question, and every matrix with its items, is a page of its own. */
export function surveyjs(survey) {
  const home = homes(survey);
  const compare = (column, sign, value) => `{${home.has(column) ? `${home.get(column)}.` : ""}${column}} ${sign} '${value}'`;
  const element = (question) => {
    const shared = {
      name: question.id,
      title: vi(question.text),
      ...(question.hint && { description: vi(question.hint) }),
      ...(question.required && { isRequired: true }),
      ...(question.when && { visibleIf: condition(question.when, compare, "or", "and") }),
    };
    const { matrix, text } = question.kind;
    if (text) return { type: "comment", maxLength: text.max_length, ...shared };
    const all = choices(survey, question.kind);
    const plain = all.filter(([, , specify]) => !specify).map(([value, text]) => ({ value, text }));
    if (matrix) {
      return { type: "matrix", columns: plain, rows: matrix.items.map((item) => ({ value: item.id, text: vi(item.text) })), ...shared };
    }
    const other = all.find(([, , specify]) => specify);
    const type = question.kind.multiple ? "checkbox" : "radiogroup";
    return { type, choices: plain, ...(other && { showOtherItem: true, otherText: other[1] }), ...shared };
  };
  const pages = survey.sections.flatMap((section) =>
    section.questions.map((question, at) => ({
      name: `page-${question.id}`,
      title: vi(section.text),
      ...(section.note && at === 0 && { description: vi(section.note) }),
      elements: [element(question)],
    })));
  return { locale: "vi", title: vi(survey.title), showProgressBar: true, pages };
}

const escape = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

/** An XForm as pyxform writes it: sections and matrices are groups, options are secondary instances. */
export function xform(survey) {
  const paths = new Map();
  const lists = new Map();
  const data = [];
  const binds = [];
  const body = [];
  const label = (text, hint) => `<label>${escape(vi(text))}</label>${hint ? `<hint>${escape(vi(hint))}</hint>` : ""}`;
  const relevant = (when) =>
    when ? ` relevant="${escape(condition(when, (column, sign, value) => `${paths.get(column)} ${sign} '${value}'`, "or", "and"))}"` : "";
  const list = (question) => {
    const name = question.kind.matrix?.scale ?? question.id;
    lists.set(name, choices(survey, question.kind));
    return name;
  };
  const bind = (path, when, type = "string") => binds.push(`<bind nodeset="${path}" type="${type}"${relevant(when)}/>`);
  const select = (tag, path, head, name) =>
    `<${tag} ref="${path}">${head}<itemset nodeset="instance('${name}')/root/item"><value ref="name"/><label ref="label"/></itemset></${tag}>`;

  for (const section of survey.sections) {
    const at = `/data/${section.id}`;
    data.push(`<${section.id}>`);
    body.push(`<group ref="${at}">${label(section.text)}`);
    if (section.note) {
      data.push("<note/>");
      binds.push(`<bind nodeset="${at}/note" readonly="true()" type="string"/>`);
      body.push(`<input ref="${at}/note">${label(section.note)}</input>`);
    }
    for (const question of section.questions) {
      const path = `${at}/${question.id}`;
      const head = label(question.text, question.hint);
      if (question.kind.matrix) {
        const name = list(question);
        binds.push(`<bind nodeset="${path}"${relevant(question.when)}/>`);
        data.push(`<${question.id}>`);
        body.push(`<group ref="${path}">${label(question.text)}`);
        for (const item of question.kind.matrix.items) {
          paths.set(item.id, `${path}/${item.id}`);
          data.push(`<${item.id}/>`);
          bind(`${path}/${item.id}`);
          body.push(select("select1", `${path}/${item.id}`, label(item.text), name));
        }
        data.push(`</${question.id}>`);
        body.push("</group>");
        continue;
      }
      paths.set(question.id, path);
      data.push(`<${question.id}/>`);
      bind(path, question.when);
      if (question.kind.text) {
        body.push(`<input ref="${path}" appearance="multiline">${head}</input>`);
        continue;
      }
      body.push(select(question.kind.multiple ? "select" : "select1", path, head, list(question)));
      const other = choices(survey, question.kind).find(([, , specify]) => specify);
      if (other) {
        data.push(`<${question.id}_specify/>`);
        binds.push(`<bind nodeset="${path}_specify" type="string" relevant="selected(${path}, '${other[0]}')"/>`);
        body.push(`<input ref="${path}_specify"><label>${escape(other[1])}</label></input>`);
      }
    }
    data.push(`</${section.id}>`);
    body.push("</group>");
  }
  const instances = [...lists].map(([name, list]) =>
    `<instance id="${name}"><root>${list.map(([value, text]) => `<item><name>${value}</name><label>${escape(text)}</label></item>`).join("")}</root></instance>`);
  return `<?xml version="1.0"?>
<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:orx="http://openrosa.org/xforms" xmlns:odk="http://www.opendatakit.org/xforms" xmlns:jr="http://openrosa.org/javarosa">
<h:head><h:title>${escape(vi(survey.title))}</h:title><model odk:xforms-version="1.0.0">
<instance><data id="${survey.id}" version="${survey.edition}">${data.join("")}<meta><instanceID/></meta></data></instance>
${instances.join("\n")}
${binds.join("\n")}
<bind nodeset="/data/meta/instanceID" type="string" readonly="true()" jr:preload="uid"/>
</model></h:head><h:body>
${body.join("\n")}
</h:body></h:html>
`;
}

/** A page of HTML without a script, which asks the same. */
export function bare(survey) {
  const groups = survey.sections.flatMap((section) => section.questions).flatMap((question) => {
    if (question.kind.text) return [];
    const type = question.kind.multiple ? "checkbox" : "radio";
    return (question.kind.matrix?.items ?? [question]).map((column) => {
      const labels = choices(survey, question.kind).map(([value, text]) =>
        `<label><input type="${type}" name="${column.id}" value="${value}"> ${escape(text)}</label>`);
      return `<fieldset><legend>${escape(vi(column.text))}</legend>${labels.join("\n")}</fieldset>`;
    });
  });
  return `<!doctype html>
<html lang="vi"><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escape(vi(survey.title))}</title><link rel="icon" href="data:,">
<style>label { display: block; padding: 12px } label:has(:checked) { background: #cfe3ff }</style>
${groups.join("\n")}
</html>
`;
}

/** What is answered, column by column: the texts of the options to touch, the same for all. */
export function answers(survey) {
  const plan = [];
  for (const question of survey.sections.flatMap((section) => section.questions)) {
    if (question.kind.text) continue;
    const plain = choices(survey, question.kind).filter(([, , specify]) => !specify);
    const columns = question.kind.matrix?.items ?? [question];
    columns.forEach((column, at) => {
      // Whatever the survey asks only of some is asked: the first level of «experience» is yes.
      const first = question.kind.matrix?.scale === "experience" ? 0 : at % plain.length;
      const picks = question.kind.multiple ? [0, 1] : [first];
      for (const pick of picks) {
        plan.push({ question: question.id, column: column.id, item: vi(column.text), value: plain[pick][0], option: plain[pick][1] });
      }
    });
  }
  return plan;
}
