// A Vite plugin: every graphql(`…`) becomes the text that is sent, so that a page brings its own questions and no others.
import { CALL, complete, documentsIn, fragmentsOf } from "./documents.mjs";

export function inlineDocuments(root) {
  let fragments = fragmentsOf(documentsIn(root));
  return {
    name: "carreau-inline-documents",
    enforce: "pre",
    watchChange() {
      fragments = fragmentsOf(documentsIn(root));
    },
    transform(code, id) {
      if (!/\/src\/.*\.tsx?$/.test(id) || id.includes("/generated/") || !code.includes("graphql(")) return null;
      const lines = (text) => "\n".repeat(text.split("\n").length - 1);
      return { code: code.replace(CALL, (call, text) => `(${JSON.stringify(complete(text, fragments))} as any)${lines(call)}`), map: null };
    },
  };
}
