// Bundle the web editor into the folder that is named: files that a browser loads as they are, from the site itself.
import { cpSync, readFileSync } from "node:fs";
import { build } from "esbuild";

const folder = process.argv[2];
// Colours for the source of three hundred programming languages would be four fifths of all: texts need none of them.
const without = {
  name: "without-grammars",
  setup(bundle) {
    bundle.onResolve({ filter: /^@shikijs\/(langs|themes)\// }, () => ({ path: "none", namespace: "none" }));
    bundle.onLoad({ filter: /.*/, namespace: "none" }, () => ({ contents: "export default [];" }));
  },
};
// Version 0.221.1 can neither save nor translate a text that has no version in the language of the editor: it asks that version
// where the text lies, and what to begin with. Any version knows the first, and a translation begins with nothing.
const MENDED = [
  [/path:(\w+)\[(\w+)\]\.path,fallback:/g, "path:($1[$2]??Object.values($1)[0]).path,fallback:"],
  [/(\w+)\((\w+\[\w+\])\)(,\w+=\{\.\.\.\w+\(\w+\),\.\.\.\w+\})/g, "$1($2??{})$3"],
];
const mended = {
  name: "mended",
  setup(bundle) {
    bundle.onLoad({ filter: /@sveltia\/cms\/npm\/index\.js$/ }, ({ path }) => {
      const text = readFileSync(path, "utf-8");
      const strange = MENDED.filter(([wrong]) => text.match(wrong)?.length !== 1);
      if (strange.length) throw new Error("@sveltia/cms is not as it was: see whether it still needs to be mended.");
      return { contents: MENDED.reduce((found, [wrong, right]) => found.replace(wrong, right), text), loader: "js" };
    });
  },
};

await build({
  entryPoints: ["editor.js", "format.js"],
  bundle: true,
  splitting: true,
  format: "esm",
  target: "es2022",
  minify: true,
  legalComments: "external",
  outdir: folder,
  chunkNames: "[hash]",
  assetNames: "[hash]",
  loader: { ".woff2": "file", ".wasm": "file", ".png": "file" },
  plugins: [without, mended],
  logLevel: "warning",
});
const cms = "node_modules/@sveltia/cms";
cpSync(`${cms}/npm/assets`, `${folder}/assets`, { recursive: true, filter: (file) => !file.endsWith(".map") });
cpSync(`${cms}/LICENSE.txt`, `${folder}/LICENSE.txt`);
