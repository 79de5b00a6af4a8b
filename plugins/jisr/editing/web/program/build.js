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
// It asks for a field in a language or in all, and ours are needed in an original: versions.js says which version that is, and
// both the mark beside a field and its validation ask there. What was typed is kept in the browser where the program knows the
// repository, and dropped when the forms change; here it is kept always. An error in an address stays until the next save.
// On a small screen the address of a new text lies behind a menu, and each needs one: its sheet opens with the text.
// Sorani and Kurmanji are languages of the program, too: words.json has the words that matter most, the others are English.
const MENDED = [
  [/path:(\w+)\[(\w+)\]\.path,fallback:/g, "path:($1[$2]??Object.values($1)[0]).path,fallback:"],
  [/(\w+)\((\w+\[\w+\])\)(,\w+=\{\.\.\.\w+\(\w+\),\.\.\.\w+\})/g, "$1($2??{})$3"],
  [
    /=\(\{fieldConfig:\{required:(\w+)=!0\},locale:(\w+)\}\)=>Array\.isArray\(\1\)\?\1\.includes\(\2\):!!\1/g,
    "=({fieldConfig:{required:$1=!0},locale:$2,draft:_d})=>Array.isArray($1)?!_d||globalThis.jisrNeeds(_d,$2):!!$1",
  ],
  [
    /\{draft:(\w+),locale:(\w+),valueMap:\w+,componentName:\w+,validities:\w+,enforceRequired:.{0,1000}?\(\{fieldConfig:\w+,locale:\2/g,
    "$&,draft:$1",
  ],
  [
    /(\w+)=\w+\(\),\w+=\{ALLOWED_TAGS:\[`strong`,`em`,`del`,.{0,2500}?\{fieldConfig:t\.fieldConfig,locale:t\.locale/g,
    "$&,draft:$1.current",
  ],
  [
    /if\((\w+)&&!\w+\)\{let\{databaseName:(\w+)\}=\1\.repository\?\?\{\};if\(\2\)\{(?=\w+=new \w+\(\2,`draft-backups`)/g,
    'if($1){let{databaseName:$2="jisr-editor"}=$1.repository??{};if($2){',
  ],
  [/(\w+)\.cmsConfigVersion===\w+\.current\?\1:\(await \w+\(\w+,\w+\),null\)/g, "$1"],
  [/(\w+)=>\{(\w+)\.currentSlugs\[\1\]=(\w+)\}/g, "$1=>{$2.currentSlugs[$1]=$3,globalThis.jisrSlug($2,$1)}"],
  [
    /(\w+)\(\(\)=>\(\)=>\{(\w+)\.current=null\}\)(;var .{0,4000}?;let \w+=(\w+)\(\),.{0,800}?,(\w+)\(\w+\)\?`slug`:null)/g,
    "let _d=$4();$1(()=>{if($5(_d.current))$2.current=`slug`;return()=>{$2.current=null}})$3",
  ],
  [/`ar,bg,/g, "`ckb,kmr,ar,bg,"],
  [/\bnl:\(\)=>\w+\(\(\)=>import\(`\.\.\/locales\/nl\.json`\)/g, "ckb:()=>import(`../locales/ckb.json`),kmr:()=>import(`../locales/kmr.json`),$&"],
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
const cms = "node_modules/@sveltia/cms";
// Give the words of the program in a language, by path, with ours in the place of what it lacks.
const words = JSON.parse(readFileSync("words.json", "utf-8"));

// Give the English words by their paths, isolated: among words that run from right to left the stop of a sentence stays at its end.
function isolated(file) {
  const flat = (group, above) =>
    Object.entries(group).flatMap(([name, one]) => (typeof one === "string" ? [[above + name, one]] : flat(one, `${above}${name}.`)));
  const wrap = (text) =>
    text.startsWith(".") ? text.replace(/\{\{/g, "{{\u2066").replace(/\}\}(?!\})/g, "\u2069}}") : `\u2066${text}\u2069`;
  return Object.fromEntries(flat(JSON.parse(readFileSync(file, "utf-8")), "").map(([name, text]) => [name, wrap(text)]));
}

const spoken = {
  name: "spoken",
  setup(bundle) {
    bundle.onResolve({ filter: /\/locales\/(ckb|kmr)\.json$/ }, ({ path }) => ({ path, namespace: "spoken" }));
    bundle.onLoad({ filter: /\/locales\/(ar|fr|ckb|kmr)\.json$/ }, ({ path, namespace }) => {
      const found = namespace === "spoken" ? {} : JSON.parse(readFileSync(path, "utf-8"));
      const tag = path.match(/(\w+)\.json$/)[1];
      const english = tag === "ckb" || tag === "ar" ? isolated(`${cms}/locales/en-US.json`) : {};
      for (const [name, text] of Object.entries({ ...english, ...words[tag] })) {
        const parts = name.split("."), last = parts.pop();
        parts.reduce((group, part) => (group[part] ??= {}), found)[last] ??= text;
      }
      return { contents: JSON.stringify(found), loader: "json" };
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
  plugins: [without, mended, spoken],
  logLevel: "warning",
});
cpSync(`${cms}/npm/assets`, `${folder}/assets`, { recursive: true, filter: (file) => !file.endsWith(".map") });
cpSync(`${cms}/LICENSE.txt`, `${folder}/LICENSE.txt`);
