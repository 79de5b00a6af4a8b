// What a page of the preview shows of builds: that one runs, and what is wrong. It is loaded again where it changed.
{
  const query = new URL(document.currentScript.src).searchParams; // the page's address, and the build that it shows
  const others = new BroadcastChannel("jisr-preview");
  const host = document.createElement("jisr-preview");
  host.style.cssText = "all:initial;position:fixed;inset:auto 0 0 0;z-index:2147483647;pointer-events:none";
  const root = host.attachShadow({ mode: "open" });
  root.innerHTML = `<style>
    :host { color-scheme: light dark; --ground: #efeadf; --ink: #22262b; --line: #474b50; }
    @media (prefers-color-scheme: dark) { :host { --ground: #1f2429; --ink: #ebe6dc; --line: #b7b4ac; } }
    @media print { p, section { display: none !important; } }
    p { inline-size: fit-content; margin: 0 0 0 auto; font: 13px/1.5 system-ui, sans-serif; color: var(--ink); }
    p[dir="rtl"] { margin: 0 auto 0 0; }
    p:not(:empty) { padding: 1px 10px; border: solid var(--line); border-width: 1px 0 0 1px; background: var(--ground); }
    p[dir="rtl"]:not(:empty) { border-width: 1px 1px 0 0; }
    section { display: flex; flex-direction: column; max-block-size: 60vh; background: #22262b; color: #f8f5ee; pointer-events: auto; }
    pre { order: 1; margin: 0; padding: 1rem; overflow: auto; font: 14px/1.5 monospace; white-space: pre-wrap; }
    button { align-self: end; margin: 8px 8px 0; padding: 4px 12px; font: 14px/1.5 system-ui, sans-serif; color: inherit;
      background: none; border: 1px solid; border-radius: 4px; cursor: pointer; }
    :focus-visible { outline: 2px solid #8fcadf; outline-offset: -2px; }
  </style><p role="status"></p>`;
  document.body.append(host);
  const badge = root.querySelector("p");
  let delay;
  let source;

  const say = (text) => {
    clearTimeout(delay);
    badge.textContent = text;
  };

  const closeProblems = () => root.querySelector("section")?.remove();

  // Problems are shown as text, never as markup; lines begin with a path, so they run from left to right.
  const showProblems = ({ problems, close, lang, dir }) => {
    closeProblems();
    const box = document.createElement("section");
    box.innerHTML = '<pre id="jisr-problems" role="alert" dir="ltr" tabindex="0"></pre><button type="button"></button>';
    Object.assign(box, { lang, dir });
    const [shown, button] = box.children;
    button.textContent = close;
    button.addEventListener("click", closeProblems);
    root.append(box);
    shown.textContent = problems;
  };

  const TOLD = {
    building: ({ text, lang, dir }) => {
      Object.assign(badge, { lang, dir });
      delay = setTimeout(say, 300, text); // a build that is shorter is not worth a word
    },
    built: () => location.reload(), // which restores the scroll position
    failed: showProblems,
    unchanged: closeProblems,
  };

  const disconnect = () => {
    source?.close();
    say("");
  };

  // A browser holds six connections to a server, and each page that waits is one: one that is hidden leaves it to others.
  const connect = () => {
    others.postMessage("");
    if (source && source.readyState !== EventSource.CLOSED) return;
    source = new EventSource(`/-jisr/events?${query}`);
    source.addEventListener("error", () => say(""));
    for (const [name, act] of Object.entries(TOLD)) {
      source.addEventListener(name, (event) => {
        query.set("build", event.lastEventId);
        host.dataset.build = event.lastEventId;
        say("");
        act(JSON.parse(event.data));
      });
    }
  };

  others.addEventListener("message", () => document.hidden && disconnect());
  document.addEventListener("visibilitychange", () => document.hidden || connect());
  document.addEventListener("keydown", (event) => event.key === "Escape" && closeProblems());
  addEventListener("pagehide", disconnect);
  addEventListener("pageshow", connect);
  connect();
}
