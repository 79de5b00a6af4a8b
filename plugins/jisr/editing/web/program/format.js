// How the web editor reads and writes a text: what nobody changed stays as it was typed, comments, order and quotes with it.
import { isMap, parseDocument, stringify } from "yaml";

const AS_TYPED = { schema: "failsafe" }; // every value is a string: 1.10 stays 1.10
const WRITTEN = { lineWidth: 0, flowCollectionPadding: false };
const PARTS = /^---[ \t]*\n([\s\S]*?)\n?---[ \t]*(?:\n([\s\S]*))?$/;
const FILE = /^[^\s/]+\.[A-Za-z0-9]{2,5}$/;
const EASTERN = /[\u0660-\u0669\u06f0-\u06f9]/g;

// Give a value as forms compare it: what is empty, or says what silence says, is nothing. Silence says yes, or no where `off`.
export function plain(value, off = false) {
  if (value === null || value === undefined || value === !off || value === String(!off)) return undefined;
  if (Array.isArray(value)) {
    const found = value.map((one) => plain(one)).filter((one) => one !== undefined);
    return found.length ? found : undefined;
  }
  if (typeof value === "object") {
    const found = Object.entries(value).map(([name, one]) => [name, plain(one)]).filter(([, one]) => one !== undefined);
    return found.length ? Object.fromEntries(found.sort(([one], [other]) => (one < other ? -1 : 1))) : undefined;
  }
  return String(value).trim() || undefined;
}

const same = (one, other, off = false) => JSON.stringify(plain(one, off)) === JSON.stringify(plain(other, off));

// Give a value without what is empty in it.
function filled(value) {
  if (Array.isArray(value)) return value.map(filled).filter((one) => one !== undefined);
  if (value && typeof value === "object") {
    const found = Object.entries(value).map(([name, one]) => [name, filled(one)]).filter(([, one]) => one !== undefined);
    return found.length ? Object.fromEntries(found) : undefined;
  }
  return value === null || value === "" ? undefined : value;
}

// Give what a value says beyond another; lists are taken as a whole, with the words that nobody typed from the other.
export function added(value, base, off = false) {
  const found = filled(value);
  if (plain(found, off) === undefined || same(found, base, off)) return undefined;
  if (Array.isArray(found)) {
    const beside = Array.isArray(base) ? base : [];
    const isCopy = found.length === beside.length && found.every((one, at) => added(one, beside[at]) === undefined);
    return isCopy ? undefined : found.map((one, at) => (one && typeof one === "object" ? { ...beside[at], ...one } : one));
  }
  if (typeof found !== "object") return found;
  return filled(Object.fromEntries(Object.entries(found).map(([name, one]) => [name, added(one, base?.[name])])));
}

export class Format {
  // `days`, `flags` and `short` are paths of fields: those that hold a day, those that are true or false, and those where a bare
  // value stands for a group, with the name of the field that it stands for. `inherited` says of each field whether a
  // translation inherits it; `off` has the names of fields that are false where a file is silent.
  constructor({ tag, days, flags = new Set(), off = [], short, inherited }) {
    Object.assign(this, { tag, days, flags, off: new Set(off), short, inherited });
    this.versions = [];
  }

  // Give the fields of a file as the forms show them. Fails where the front matter is no list of fields.
  read(text) {
    const [, head = "", body = ""] = text.match(PARTS) ?? [null, "", text];
    const document = parseDocument(head, AS_TYPED);
    if (document.errors.length) throw document.errors[0];
    const stated = document.toJS() ?? {};
    const shown = Object.entries(stated).map(([name, value]) => [name, this.shown(value, name)]);
    return { ...Object.fromEntries(shown), _source: head, body: body.replace(/^\n/, "") };
  }

  // Give a value as a form shows it: a day without its time, a bare value as the group that it stands for.
  shown(value, path) {
    if (this.flags.has(path) && /^(?:true|false)$/i.test(value)) return /^true$/i.test(value);
    if (this.days.has(path) && typeof value === "string") {
      const digits = value.replace(EASTERN, (one) => String(one.charCodeAt(0) & 15));
      return digits.match(/^\d{4}-\d{2}-\d{2}/)?.[0] ?? value;
    }
    const whole = this.short[path];
    if (whole && typeof value === "string") return [{ [whole]: value }];
    if (Array.isArray(value)) {
      return value.map((one) => (whole && typeof one === "string" ? { [whole]: one } : this.shown(one, path)));
    }
    if (!value || typeof value !== "object") return value;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, this.shown(one, `${path}.${name}`)]));
  }

  // Give a value as a file states it: a group that says one thing alone as that thing.
  stated(value, path) {
    const whole = this.short[path];
    if (Array.isArray(value)) {
      const found = value.map((one) => {
        const bare = whole && one && typeof one === "object" && same(one, { [whole]: one[whole] });
        return bare ? one[whole] : this.stated(one, path);
      });
      return whole && path.endsWith("programme") && found.length === 1 && FILE.test(found[0]) ? found[0] : found;
    }
    if (!value || typeof value !== "object") return value;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, this.stated(one, `${path}.${name}`)]));
  }

  // Note all versions of a text that is about to be written.
  note(versions) {
    this.versions = versions;
  }

  // Give the file of a version.
  write({ body = "", _source: source = "", _tag: tag = "", ...fields }) {
    const form = source ? fields : this.translated(fields, tag);
    const head = source ? this.spliced(source, form) : this.fresh(form);
    return `---\n${head.trimEnd()}\n---\n${body.trim() ? `\n${body.trim()}\n` : ""}`;
  }

  // Give a new version as a translation, where there is an original: it says of what, and states what was typed alone. The
  // editor begins a version with a copy of the one in its own language, words left out; what is copied is inherited anyway.
  translated(form, tag) {
    const others = this.versions.filter((one) => one._tag !== tag);
    const originals = others.filter((one) => !plain(one.translation));
    const own = others.find((one) => one._tag === this.tag) ?? {};
    const original = originals.find((one) => one._source) ?? originals.find((one) => one === own);
    if (!original) return form;
    const { title, translation = {}, ...rest } = form;
    const { pin, ...credit } = added(translation, { ...own.translation, of: undefined }) ?? {};
    const typed = Object.entries(rest).filter(([name, value]) => added(value, own[name], this.off.has(name)) !== undefined);
    const stated = typed.map(([name, value]) => [
      name,
      this.inherited[name] ? added(value, original[name], this.off.has(name)) : value,
    ]);
    return { title, translation: { of: original._tag, ...credit }, ...Object.fromEntries(stated) };
  }

  fresh(form) {
    return Object.entries(form).map(([name, value]) => this.lines(name, value)).join("");
  }

  // Give the lines of a field, or nothing where it is empty.
  lines(name, value) {
    const found = this.stated(filled(value), name);
    return plain(found, this.off.has(name)) === undefined ? "" : stringify({ [name]: found }, WRITTEN);
  }

  // Give a front matter with what changed in its place, and what is new at its end.
  spliced(source, form) {
    const document = parseDocument(source, AS_TYPED);
    if (!isMap(document.contents) || document.contents.flow) return this.fresh(form);
    let text = source;
    const known = new Set();
    for (const { key, value } of [...document.contents.items].reverse()) {
      const name = String(key);
      known.add(name);
      const before = this.shown(value?.toJS(document) ?? value?.value, name);
      if (same(before, form[name], this.off.has(name))) continue;
      const from = key.range[0];
      const to = from + source.slice(from, value?.range?.[1] ?? key.range[1]).trimEnd().length;
      const lines = this.lines(name, form[name]);
      text = lines
        ? text.slice(0, from) + lines.trimEnd() + text.slice(to)
        : text.slice(0, from) + text.slice(to).replace(/^[^\n]*\n?/, "");
    }
    const added = Object.keys(form).filter((name) => !known.has(name));
    return `${text.trimEnd()}\n${added.map((name) => this.lines(name, form[name])).join("")}`;
  }
}
