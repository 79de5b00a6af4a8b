// The web editor of a site: Sveltia CMS with the forms of its content model.
import "./language.js";
import CMS from "@sveltia/cms";
import { Format } from "./format.js";

// Give the paths of the fields that hold a day.
function days(fields, above = "") {
  return fields.flatMap((one) => {
    const path = `${above}${one.name}`;
    return one.widget === "datetime" ? [path] : days(one.fields ?? [], `${path}.`);
  });
}

const { tag, config, short, inherited } = await (await fetch("config.json")).json();
const format = new Format({ tag, short, inherited, days: new Set(config.collections.flatMap((one) => days(one.fields))) });
CMS.registerCustomFormat("jisr", "md", { fromFile: (text) => format.read(text), toFile: (fields) => format.write(fields) });
CMS.registerEventListener({
  name: "preSave",
  handler: ({ entry }) => {
    const { data, i18n } = entry.toJS();
    format.note([data, ...Object.values(i18n).map((one) => one.data)]);
  },
});
CMS.init({ config });
