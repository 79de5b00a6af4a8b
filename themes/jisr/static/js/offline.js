// The part of the page "Read offline" that lets a browser keep pages. Nothing is registered or kept before the button is pressed.
const keeper = document.querySelector(".keeper");
const [say, list] = [keeper.querySelector("[role=status]"), keeper.querySelector(".kept")];
const [form, all] = [keeper.querySelector("form"), keeper.querySelector(".kept-all")];
const words = keeper.dataset;
const worker = new URL(words.worker, location.href);
const root = new URL("./", worker);
const tag = document.documentElement.lang;

const find = async () => {
  const found = await navigator.serviceWorker.getRegistration(root);
  return found?.scope === root.href ? found : undefined;
};

const ready = (registration) => {
  const active = registration.active;
  if (active) return Promise.resolve(active);
  const next = registration.installing ?? registration.waiting;
  return new Promise((done, fail) => next.addEventListener("statechange", () => {
    if (next.state === "activated") done(next);
    if (next.state === "redundant") fail(next);
  }));
};

const ask = async (registration, message) => {
  const active = await ready(registration);
  return new Promise((done, fail) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => (data.failed ? fail(data) : done(data.kept));
    active.postMessage(message, [port2]);
  });
};

const decode = (html) => new DOMParser().parseFromString(html, "text/html").documentElement.textContent;
const format = (bytes) => words.size.replace("{size}", Math.ceil(bytes / 1000));

const show = (kept) => {
  list.replaceChildren();
  all.hidden = !kept?.pages.length;
  for (const { url, title } of kept?.pages ?? []) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = url;
    link.textContent = decode(title);
    item.append(link);
    if (url !== new URL(`${tag}/offline/`, root).href) {
      const drop = document.createElement("button");
      drop.type = "button";
      drop.textContent = "×";
      drop.setAttribute("aria-label", words.drop.replace("{title}", link.textContent));
      drop.addEventListener("click", async () => show(await ask(await find(), { work: "drop", url })));
      item.append(drop);
    }
    list.append(item);
  }
  if (kept) all.querySelector("span").textContent = format(kept.size);
};

const keep = async () => {
  const data = new FormData(form);
  say.textContent = words.busy;
  try {
    const registration = await find() ?? await navigator.serviceWorker.register(worker, { scope: root.pathname });
    show(await ask(registration, { work: "keep", tag, newest: data.has("newest"), pages: data.getAll("page") }));
    say.textContent = words.done;
  } catch {
    say.textContent = words.failed;
    const registration = await find();
    // Where nothing was kept before, nothing is left.
    if (registration && !list.children.length) await clear(registration);
  }
};

const clear = async (registration) => {
  for (const name of await caches.keys()) if (name.startsWith(`jisr ${root.href} `)) await caches.delete(name);
  await registration?.unregister();
};

const readFragment = () => {
  const chosen = keeper.querySelector(".chosen");
  const name = decodeURIComponent(location.hash).match(/^#keep=([\w/-]+\/)$/)?.[1];
  chosen.hidden = !name;
  chosen.querySelector("input").disabled = !name;
  if (!name) return;
  const address = `${tag}/${name}`;
  chosen.querySelector("input").value = address;
  chosen.querySelector("bdi").textContent = address;
  form.elements.newest.checked = false;
  fetch(new URL(address, root)).then((response) => response.text()).then((html) => {
    const title = new DOMParser().parseFromString(html, "text/html").querySelector("h1");
    if (title) chosen.querySelector("bdi").textContent = title.textContent;
  }, () => {});
  chosen.scrollIntoView({ block: "center" });
};

const start = async () => {
  document.querySelector(".keeper-note").hidden = true;
  keeper.hidden = false;
  readFragment();
  addEventListener("hashchange", readFragment);
  form.addEventListener("submit", (event) => { event.preventDefault(); keep(); });
  all.querySelector("button").addEventListener("click", async () => {
    await clear(await find());
    show(null);
    say.textContent = words.cleared;
    say.tabIndex = -1;
    say.focus();
  });
  const registration = await find();
  if (registration) show(await ask(registration, { work: "list" }));
};

if ("serviceWorker" in navigator && isSecureContext && location.protocol.startsWith("http")) start();
