// Bundle the web editor into the folder that is named: files that a browser loads as they are, from the site itself.
import { cpSync } from "node:fs";
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

await build({
  entryPoints: ["editor.js", "format.js"],
  bundle: true,
  splitting: true,
  format: "esm",
  target: "es2022",
  minify: true,
  legalComments: "none",
  outdir: folder,
  chunkNames: "[hash]",
  assetNames: "[hash]",
  loader: { ".woff2": "file", ".wasm": "file", ".png": "file" },
  plugins: [without],
  logLevel: "warning",
});
const cms = "node_modules/@sveltia/cms";
cpSync(`${cms}/npm/assets`, `${folder}/assets`, { recursive: true, filter: (file) => !file.endsWith(".map") });
cpSync(`${cms}/LICENSE.txt`, `${folder}/LICENSE.txt`);
