// The web editor of a site: Sveltia CMS with the forms of its content model.
import "./language.js";
import CMS from "@sveltia/cms";
import { Format } from "./format.js";
import { needs, mendedSlug } from "./versions.js";

// Give the paths of the fields that have a widget.
function paths(widget, fields, above = "") {
  return fields.flatMap((one) => {
    const path = `${above}${one.name}`;
    return one.widget === widget ? [path] : paths(widget, one.fields ?? [], `${path}.`);
  });
}

const { tag, config, short, inherited, off, names } = await (await fetch("config.json")).json();
const all = (widget) => new Set(config.collections.flatMap((one) => paths(widget, one.fields)));
const format = new Format({ tag, short, inherited, off, days: all("datetime"), flags: all("boolean") });
Object.assign(globalThis, { jisrNeeds: needs, jisrSlug: mendedSlug });
// Browsers know our languages by other names, or not at all: Kurmanji is "Kurdish" to them.
const known = new Map(Object.entries(names).map(([one, name]) => [Intl.getCanonicalLocales(one)[0], name]));
const nameOf = Intl.DisplayNames.prototype.of;
Intl.DisplayNames.prototype.of = function of(code) {
  return (this.resolvedOptions().type === "language" && known.get(code)) || nameOf.call(this, code);
};
CMS.registerCustomFormat("jisr", "md", { fromFile: (text) => format.read(text), toFile: (fields) => format.write(fields) });
CMS.registerEventListener({
  name: "preSave",
  handler: ({ entry }) => {
    const { data, i18n } = entry.toJS();
    format.note([data, ...Object.values(i18n).map((one) => one.data)]);
  },
});
CMS.init({ config });
