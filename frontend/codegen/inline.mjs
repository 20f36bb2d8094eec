// A Vite plugin: every graphql(`…`) becomes the text of the whole operation, so that a page brings its own questions and no
// others. In a build each goes by the SHA-256 of what is sent, and persisted.json tells the server what that stands for.
import { join } from "node:path";
import { CALL, complete, digestOf, documentsIn, fragmentsOf, sent } from "./documents.mjs";

export const MANIFEST = "persisted.json";
const DIGEST = /\b[0-9a-f]{64}\b/g;

export function inlineDocuments(root) {
  let fragments = fragmentsOf(documentsIn(root));
  let building = false;
  return {
    name: "carreau-inline-documents",
    enforce: "pre",
    configResolved(config) {
      building = config.command === "build";
    },
    watchChange() {
      fragments = fragmentsOf(documentsIn(root));
    },
    transform(code, id) {
      if (!/\/src\/.*\.tsx?$/.test(id) || id.includes("/generated/") || !code.includes("graphql(")) return null;
      const lines = (text) => "\n".repeat(text.split("\n").length - 1);
      const inlined = (text) => {
        const operation = complete(text, fragments);
        if (!building || operation === null) return JSON.stringify(operation);
        return `__persisted(${JSON.stringify(operation)}, "${digestOf(sent(operation))}")`;
      };
      const replaced = code.replace(CALL, (call, text) => `(${inlined(text)} as any)${lines(call)}`);
      const helper = building ? `import { persisted as __persisted } from ${JSON.stringify(join(root, "src/graphql/persisted.ts"))}; ` : "";
      return { code: helper + replaced, map: null };
    },
    generateBundle(_options, bundle) {
      const known = manifestOf(documentsIn(root));
      const code = Object.values(bundle).flatMap((each) => (each.type === "chunk" ? [each.code] : []));
      const { manifest, unknown } = matching(known, code);
      if (unknown.length > 0) this.error(`the build asks what ${MANIFEST} does not know: ${unknown.join(", ")}`);
      if (Object.keys(manifest).length === 0) this.error(`no operation of the app is in the build: ${MANIFEST} would be empty`);
      this.emitFile({ type: "asset", fileName: MANIFEST, source: `${JSON.stringify(manifest, null, 1)}\n` });
    },
  };
}

/** Every operation of the sources by its digest. */
export function manifestOf(documents) {
  const fragments = fragmentsOf(documents);
  const operations = documents.map(({ rawSDL }) => complete(rawSDL, fragments)).filter((each) => each !== null);
  return Object.fromEntries(operations.map(sent).map((text) => [digestOf(text), text]));
}

/** The operations that built code asks for, and the digests in it that stand for none. */
export function matching(known, code) {
  const asked = [...new Set(code.flatMap((each) => each.match(DIGEST) ?? []))].sort();
  return {
    manifest: Object.fromEntries(asked.filter((digest) => digest in known).map((digest) => [digest, known[digest]])),
    unknown: asked.filter((digest) => !(digest in known)),
  };
}
