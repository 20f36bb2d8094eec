// Types for every operation and fragment in src/, from ../schema.graphql, into src/graphql/generated/.
// With --check nothing is written; it fails when what is there is not what would be.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { codegen } from "@graphql-codegen/core";
import { preset } from "@graphql-codegen/client-preset";
import { buildASTSchema, parse } from "graphql";
import { documentsIn } from "./documents.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const output = join(root, "src/graphql/generated/");
const check = process.argv.includes("--check");

const schema = parse(readFileSync(join(root, "../schema.graphql"), "utf8"));
const options = {
  baseOutputDir: output,
  schema,
  schemaAst: buildASTSchema(schema),
  documents: documentsIn(root),
  plugins: [],
  pluginMap: {},
  presetConfig: { fragmentMasking: { unmaskFunctionName: "readFragment" } },
  config: {
    useTypeImports: true,
    enumsAsTypes: true,
    customDirectives: { apolloUnmask: true },
    nonOptionalTypename: true,
    strictScalars: true,
    scalars: { BigInt: "string", Date: "string", DateTime: "string", Decimal: "string" },
  },
  profiler: { run: (work) => work(), collect: () => [] },
};

let stale = 0;
mkdirSync(output, { recursive: true });
for (const section of await preset.buildGeneratesSection(options)) {
  const text = `/* Made by \`npm run generate\`: change the operations in src/, not this. */\n${await codegen(section)}`;
  const known = existsSync(section.filename) ? readFileSync(section.filename, "utf8") : "";
  if (known === text) continue;
  stale += 1;
  if (check) console.error(`${relative(root, section.filename)} is not current: run \`npm run generate\``);
  else writeFileSync(section.filename, text);
}
process.exitCode = check && stale > 0 ? 1 : 0;
