// Shows kept pages where there is no network, and keeps what a reader asked for on the page "Read offline", nothing else.
// The build puts a line before this file: const WORDS = {"ar": {...}}, what is said in each language where a page is not kept.
const SCOPE = self.registration.scope;
const NAME = `jisr ${SCOPE} `; // of our caches: other sites may share the host
const STATE = `${NAME}state`;
const DEADLINE = 8000; // milliseconds, after which a kept page is shown in place of one that does not come
const TRIES = 3;
const HEADERS = ["content-type", "content-security-policy", "content-language"];

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

// What was asked for ({tags, newest, pages}) and what is kept ({release, pages}); a name is a path that no page has.
const place = (name) => new URL(`-jisr/${name}`, SCOPE).href;
const read = async (name) => {
  const found = await caches.has(STATE) && await (await caches.open(STATE)).match(place(name));
  return found ? found.json() : null;
};
const write = async (name, value) => (await caches.open(STATE)).put(place(name), new Response(JSON.stringify(value)));

const plain = (url) => {
  const { origin, pathname } = new URL(url, SCOPE);
  return origin + pathname.replace(/\/index\.html$/, "/");
};
const digest = async (bytes) => Array.from(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)), (one) => one.toString(16).padStart(2, "0")).join("");

// A page as it is kept has each picture once, as it is for those who save data: a browser that chooses another would find none.
const simplify = (html) => html.replace(/<picture[^>]*>([^]*?)<\/picture>/g, (all, inside) => {
  const image = inside.match(/<img\s[^>]*>/)?.[0].replace(/\s(?:srcset|sizes)="[^"]*"/g, "") ?? "";
  const small = inside.match(/<source media="\(prefers-reduced-data: reduce\)" srcset="([^" ]+)/);
  return small ? image.replace(/\ssrc="[^"]*"/, () => ` src="${small[1]}"`) : image;
});
const unescape = (text) => text.replace(/&amp;/g, "&").replace(/&#39;/g, "'").replace(/&#34;|&quot;/g, '"');

const ask = async (url) => {
  const response = await fetch(url, { cache: "no-cache", credentials: "same-origin" });
  if (!response.ok) return null;
  const bytes = await response.arrayBuffer();
  return { url, bytes, digest: await digest(bytes), headers: HEADERS.flatMap((name) => response.headers.has(name) ? [[name, response.headers.get(name)]] : []) };
};

// The files that a page or a stylesheet loads, within the site.
const listParts = (file, text) => {
  const isPage = file.headers.some(([, value]) => value.startsWith("text/html"));
  const pattern = isPage ? /<(?:link|img|script)\b[^>]*?\s(?:href|src)="([^"]*)"[^>]*>/g : /url\(["']?([^"')]+)/g;
  const found = [...text.matchAll(pattern)].filter(([tag]) => !/^<link/.test(tag) || /rel="(?:stylesheet|icon)"/.test(tag));
  return found.map(([, address]) => new URL(unescape(address), file.url).href).filter((url) => url.startsWith(SCOPE));
};

const listPages = async (wishes, files) => {
  const pages = wishes.pages.map((one) => new URL(one, SCOPE).href);
  for (const tag of wishes.tags) {
    const offline = new URL(`${tag}/offline/`, SCOPE).href;
    pages.push(offline);
    if (!wishes.newest.includes(tag)) continue;
    const file = files[offline] ??= await ask(offline);
    const html = file ? new TextDecoder().decode(file.bytes) : "";
    pages.push(new URL(`${tag}/`, SCOPE).href);
    for (const [, address] of html.matchAll(/name="page" value="([^"]+)"/g)) pages.push(new URL(unescape(address), SCOPE).href);
  }
  return [...new Set(pages)];
};

// All files of the pages that were asked for; a page that is gone is kept no more.
const collect = async (wishes) => {
  const files = {};
  const pages = await listPages(wishes, files);
  const wanted = [...pages];
  for (const url of wanted) {
    const file = files[url] ??= await ask(url);
    if (!file) {
      if (!pages.includes(url)) throw new Error(url);
      continue;
    }
    const type = file.headers.find(([name]) => name === "content-type")?.[1] ?? "";
    if (!/^text\/(?:html|css)/.test(type)) continue;
    const text = simplify(new TextDecoder().decode(file.bytes));
    for (const part of listParts(file, text)) if (!wanted.includes(part)) wanted.push(part);
  }
  return { pages: pages.filter((url) => files[url]), files: Object.values(files).filter(Boolean) };
};

// Whether every file is as it was fetched: then all of them are of one release, that of the moment between both rounds.
const isCurrent = async (files) => {
  for (const file of files) if ((await ask(file.url))?.digest !== file.digest) return false;
  return true;
};

const titleOf = (html) => (html.match(/<h1[^>]*>([^]*?)<\/h1>/) ?? html.match(/<title>([^]*?)<\/title>/) ?? ["", ""])[1].replace(/<[^>]*>/g, "").trim();

const store = async ({ pages, files }) => {
  const names = files.map((one) => `${one.url} ${one.digest}`).sort().join("\n");
  const release = `${NAME}release ${await digest(new TextEncoder().encode(names))}`;
  const cache = await caches.open(release);
  const listed = [];
  for (const file of files) {
    const isPage = pages.includes(file.url);
    const text = isPage ? simplify(new TextDecoder().decode(file.bytes)) : "";
    await cache.put(file.url, new Response(isPage ? text : file.bytes, { headers: [...file.headers, ["x-jisr-digest", file.digest]] }));
    if (isPage) listed.push({ url: file.url, title: titleOf(text) });
  }
  await write("kept", { release, pages: listed, size: files.reduce((sum, one) => sum + one.bytes.byteLength, 0) });
  await forgetReleases();
};

// Delete the releases that are no more the kept one, but for those that an open page was shown from.
const forgetReleases = async () => {
  const open = await clients.matchAll({ type: "window", includeUncontrolled: true });
  const used = await Promise.all(open.map((one) => read(`client/${one.id}`)));
  const kept = (await read("kept"))?.release;
  for (const name of await caches.keys()) {
    if (name.startsWith(`${NAME}release `) && name !== kept && !used.includes(name)) await caches.delete(name);
  }
  const state = await caches.has(STATE) && await caches.open(STATE);
  for (const { url } of state ? await state.keys() : []) {
    if (url.startsWith(place("client/")) && !open.some((one) => url === place(`client/${one.id}`))) await state.delete(url);
  }
};

let running = null;
const update = (wishes) => running ??= (async () => {
  for (let count = 0; count < TRIES; count += 1) {
    const found = await collect(wishes);
    if (!await isCurrent(found.files)) continue;
    await write("wishes", { ...wishes, pages: wishes.pages.filter((one) => found.pages.includes(new URL(one, SCOPE).href)) });
    await store(found);
    return;
  }
  throw new Error("the site changes");
})().finally(() => { running = null; });

const matchKept = async (url) => {
  const kept = await read("kept");
  const copy = kept && await (await caches.open(kept.release)).match(plain(url));
  return copy ? { copy, release: kept.release } : null;
};

const tagOf = (url) => {
  const [tag] = url.slice(SCOPE.length).split("/");
  return tag in WORDS ? tag : "";
};

// The page for an address that is not kept, in the language of the address.
const lackPage = async (url) => {
  const kept = await read("kept");
  const tag = tagOf(url) || tagOf(kept?.pages[0]?.url ?? "") || Object.keys(WORDS)[0];
  const words = WORDS[tag];
  const items = (kept?.pages ?? []).map(({ url: address, title }) => {
    const own = tagOf(address) || tag;
    return `<li lang="${own}" dir="${WORDS[own].dir}"><a href="${address.replace(/&/g, "&amp;").replace(/"/g, "&quot;")}">${title}</a></li>`;
  });
  const list = items.length ? `<p>${words.kept}</p><ul>${items.join("")}</ul>` : "";
  const html = `<!doctype html><html lang="${tag}" dir="${words.dir}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>${words.title.replace(/<[^>]*>/g, "")}</title></head><body><main><h1>${words.title}</h1><p>${words.text}</p>${list}</main></body></html>`;
  const policy = "default-src 'none'; base-uri 'none'; form-action 'none'";
  return new Response(html, { status: 503, headers: { "content-type": "text/html; charset=utf-8", "content-security-policy": policy } });
};

const withDeadline = (promise) => Promise.race([promise, new Promise((_, fail) => setTimeout(fail, DEADLINE, new Error("late")))]);

// A kept page that changed on the site: everything that is kept is fetched anew, unless the reader saves data.
const refresh = async (copy, response) => {
  if (navigator.connection?.saveData || !response.ok) return;
  const isSame = await digest(await response.arrayBuffer()) === copy.headers.get("x-jisr-digest");
  const wishes = isSame ? null : await read("wishes");
  if (wishes) await update(wishes).catch(() => {});
};

const navigate = async (event) => {
  const found = await matchKept(event.request.url).catch(() => null);
  try {
    const asked = fetch(event.request);
    const response = await (found ? withDeadline(asked) : asked);
    if (!found || response.status < 500) {
      if (found) event.waitUntil(refresh(found.copy, response.clone()));
      return response;
    }
  } catch { /* there is no network, or a bad one */ }
  if (!found) return lackPage(event.request.url);
  if (event.resultingClientId) await write(`client/${event.resultingClientId}`, found.release);
  return found.copy;
};

// What a page loads comes from where the page came from: from its kept release, or from the network.
const load = async (event) => {
  const release = event.clientId && await read(`client/${event.clientId}`);
  if (!release) return fetch(event.request);
  return await (await caches.open(release)).match(plain(event.request.url)) ?? Response.error();
};

addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(SCOPE)) return;
  event.respondWith(request.mode === "navigate" ? navigate(event) : load(event));
});

const answer = {
  async list() {
    return await read("kept");
  },
  async keep({ tag, newest, pages }) {
    const before = await read("wishes") ?? { tags: [], newest: [], pages: [] };
    const others = before.newest.filter((one) => one !== tag);
    await update({
      tags: [...new Set([...before.tags, tag])],
      newest: newest ? [...others, tag] : others,
      pages: [...new Set([...before.pages, ...pages])],
    });
    return await read("kept");
  },
  async drop({ url }) {
    const [wishes, kept] = [await read("wishes"), await read("kept")];
    const tag = tagOf(url);
    // The newest are kept as a whole: who takes one of them out keeps the others as chosen texts.
    const isNewest = wishes.newest.includes(tag) && !wishes.pages.some((one) => new URL(one, SCOPE).href === url);
    const rest = kept.pages.map((one) => one.url).filter((one) => one !== url && tagOf(one) === tag && one !== new URL(`${tag}/offline/`, SCOPE).href);
    const pages = (isNewest ? [...wishes.pages, ...rest] : wishes.pages).filter((one) => new URL(one, SCOPE).href !== url);
    await write("wishes", { ...wishes, newest: isNewest ? wishes.newest.filter((one) => one !== tag) : wishes.newest, pages: [...new Set(pages)] });
    const left = kept.pages.filter((one) => one.url !== url);
    const cache = await caches.open(kept.release);
    await cache.delete(url);
    let size = 0;
    for (const request of await cache.keys()) size += (await (await cache.match(request)).arrayBuffer()).byteLength;
    await write("kept", { ...kept, pages: left, size });
    return await read("kept");
  },
};

addEventListener("message", (event) => {
  const { work, ...values } = event.data ?? {};
  if (!(work in answer)) return;
  event.waitUntil(answer[work](values).then((kept) => event.ports[0].postMessage({ kept }), () => event.ports[0].postMessage({ failed: true })));
});
