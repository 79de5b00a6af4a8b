// The page of the search. Its index comes as scripts, each of which calls jisr(name, data): a page from a disk can load no
// other files. The forms of the data are described in outputs/search/README.md.
const PIECE = /[\p{L}\p{N}][\p{L}\p{N}\p{M}\p{Cf}]*/gu;
const one = (selector, within = document) => within.querySelector(selector);
const findings = one(".findings");
const field = one("input[type=search]");
const choices = [...findings.querySelectorAll("select")];
const [own, others] = findings.querySelectorAll("ol");
const more = one("button", findings);
const say = one("[role=status]", findings);
const root = new URL("../", document.currentScript.src);
const tag = document.documentElement.lang;
const loaded = {};
let loading = {}, fresh = "", texts, limit, runs = 0;

window.jisr = (name, data) => { loaded[name] = data; };

const load = (name) => (loading[name] ??= new Promise((done, fail) => {
  const script = document.createElement("script");
  script.src = new URL(`search/${name}.js${fresh}`, root);
  script.onload = () => done(loaded[name]);
  script.onerror = () => { delete loading[name]; fail(name); };
  document.head.append(script);
}));

const loadTexts = async () => {
  const index = await load(`${tag}/index`);
  texts ??= index.segments.map(([stamp, ...facets], segment) => facets.map((one, at) => {
    const [kind, day = "", topics = "", language = tag] = one.split(" ");
    const year = day && `${new Date(day * 864e5).getUTCFullYear()}`;
    return { segment, stamp, at, kind: index.kinds[kind], day: +day, year, topic: topics.split(","), language };
  }));
  return index;
};

const findWord = async (forms, shards) => {
  const found = new Map();
  await Promise.all(forms.map(async (form) => {
    const [a, b, c] = Array.from(form[0], (letter) => letter.codePointAt());
    const numbers = new Set((c || form[1] || !b ? [c & 3] : [0, 1, 2, 3]).map((third) => (a * 31 + (b | 0) + third) & (shards - 1)));
    for (const shard of await Promise.all([...numbers].map((shard) => load(`${tag}/w${shard}`)))) for (const segment of texts) {
      const words = segment[0] ? shard[`${segment[0].segment}.${segment[0].stamp}`] : "";
      // Another release: one of the files was kept by the browser.
      if (words === undefined) throw segment[0];
      for (const entry of words.split(" ")) {
        const [word, places] = entry.split(":");
        if (!places || !fits(word, form)) continue;
        let skipped = 0;
        for (const [, times, sign, weight = 1] of places.matchAll(/(~*)([^~\d])(\d)?/g)) {
          const text = segment[times.length * 62 + sign.charCodeAt() - 64];
          found.set(text, Math.max(found.get(text) ?? 0, weight * (word === form[0] ? 2 : 1)));
        }
      }
    }
  }));
  return found;
};

const findTexts = async (query, shards) => {
  const wanted = choices.filter((choice) => choice.value);
  const all = texts.flat().filter((text) => wanted.every(({ name, value }) => text[name].includes(value) && (name === "topic" || text[name] === value)));
  const words = await Promise.all(query.map((forms) => findWord(forms, shards)));
  for (const text of all) {
    const has = words.filter((found) => found.has(text));
    text.words = has.length;
    text.score = has.reduce((sum, found) => sum + found.get(text) * Math.log(1 + all.length / found.size), 0);
  }
  const most = Math.max(...all.map((text) => text.words));
  return all.filter((text) => text.words === most && (most || !query[0])).sort((a, b) => b.score - a.score || b.day - a.day);
};

// Shows a text in its own spelling, with what was found marked; of a long one the words around it. Returns whether it has any.
const show = (element, text, forms) => {
  const pieces = [...text.matchAll(PIECE)];
  const hits = pieces.map(({ 0: piece }) => isHit(piece, forms));
  const first = hits.indexOf(true);
  if (text.length > 320 && first < 0) text = text.slice(0, 300).replace(/\s\S*$/, "") + " …";
  const from = text.length > 320 && first > 8 ? pieces[first - 8].index : 0;
  const end = text.length > 320 && first >= 0 && pieces[Math.max(first, 8) + 24]?.index || text.length;
  let at = from;
  element.replaceChildren(from ? "… " : "");
  pieces.forEach(({ 0: piece, index }, number) => {
    if (!hits[number] || index < from || index >= end) return;
    const mark = document.createElement("mark");
    mark.textContent = piece;
    element.append(text.slice(at, index), mark);
    at = index + piece.length;
  });
  element.append(text.slice(at, end), end < text.length ? "…" : "");
  return first >= 0;
};

const put = (name, parent, className) => {
  const element = document.createElement(name);
  element.className = className;
  parent.append(element);
  return element;
};

const fillRow = async (row, text, forms, index) => {
  const [stamp, ...cards] = await load(`${tag}/${text.segment}-${text.at >> 4}`);
  if (stamp !== text.stamp) throw text;
  const [address, title, day, summary] = cards[text.at & 15];
  const link = put("a", put("h3", row, "row-title"), "");
  const line = put("p", row, "row-line");
  const excerpt = put("p", row, "row-summary");
  link.href = new URL(address + (index.fromDisk && !address.includes(":") ? "index.html" : ""), root);
  const [direction, name] = index.languages[text.language];
  if (text.language !== tag) for (const element of [link, excerpt]) Object.assign(element, { lang: text.language, dir: direction, hreflang: text.language });
  const kind = [...choices[0].options].find(({ value }) => value === text.kind)?.dataset.one;
  for (const words of [kind, text.language !== tag && name, day]) if (words) put("span", line, "").textContent = words;
  const shown = [show(link, title, forms), show(excerpt, summary, forms)].some(Boolean);
  if (!shown && text.language === tag && forms[0] && !navigator.connection?.saveData)
    load(`${tag}/${address.split("/").slice(1, -1).join("/").replace(/^[^/]+$/, "pages/$&")}`).then((body) => show(document.createElement("p"), body, forms) && show(excerpt, body, forms), () => {});
};

const run = async () => {
  const number = ++runs;
  const query = readQuery(field.value);
  const isActive = query[0] || choices.some((choice) => choice.value);
  const parts = new URLSearchParams([...new FormData(field.form)].filter(([, value]) => value));
  try { history.replaceState(null, "", `?${parts}`); } catch {}
  one(".all-texts").hidden = isActive;
  if (!isActive) {
    own.replaceChildren();
    others.parentNode.hidden = true;
    more.hidden = true;
    findings.hidden = false;
    say.textContent = "";
    return;
  }
  try {
    const index = await loadTexts();
    const found = await findTexts(query, index.shards);
    const forms = query.flat();
    const parted = [own, others].map((list, foreign) => found.filter(({ language }) => (language !== tag) == foreign));
    if (number !== runs) return;
    const [first, ...rest] = [own, others].flatMap((list, foreign) => {
      list.replaceChildren();
      return parted[foreign].slice(0, limit).map((text) => [put("li", list, "row"), text, forms, index]);
    });
    others.parentNode.hidden = !parted[1][0];
    more.hidden = parted.every((list) => list.length <= limit);
    // The first one alone: a slow line is not shared before something is there to read.
    if (first) await fillRow(...first);
    findings.hidden = false;
    await Promise.all(rest.map((row) => fillRow(...row)));
    if (number !== runs) return;
    say.textContent = found[0] ? findings.dataset.count.replace("{count}", found.length) : findings.dataset.nothing;
  } catch (error) {
    if (error.stamp && !fresh) {
      fresh = `?${Date.now()}`;
      loading = {};
      texts = undefined;
      return run();
    }
    findings.hidden = false;
    if (number === runs) say.textContent = findings.dataset.failed;
  }
};

let timer;
const start = (delay) => {
  limit = 10;
  clearTimeout(timer);
  timer = setTimeout(run, delay);
};

for (const choice of choices) choice.setAttribute("form", "search");
for (const [name, value] of new URLSearchParams(location.search)) {
  const input = field.form.elements[name];
  if (input) input.value = value;
}
// With words in the address, what they find comes before the fonts (components/search.css).
findings.hidden = location.search;
field.addEventListener("input", () => start(200));
findings.addEventListener("change", () => start(0));
field.form.addEventListener("submit", (event) => { event.preventDefault(); start(0); });
more.addEventListener("click", async () => {
  const next = own.children.length;
  limit += 10;
  await run();
  one("a", own.children[next] ?? others)?.focus();
});
addEventListener("keydown", (event) => {
  const stops = [field, ...findings.querySelectorAll("h3 a")];
  const at = stops.indexOf(document.activeElement);
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const next = event.key === "Escape" && at > 0 ? field : step && at >= 0 && stops[at + step];
  if (next) { event.preventDefault(); next.focus(); }
});
start(0);
