// The GraphQL operations and fragments that stand in the sources as graphql(`…`).
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Kind, parse, print, stripIgnoredCharacters, visit } from "graphql";

export const CALL = /\bgraphql\(\s*`([^`]*)`,?\s*\)/g;

/** Every call below `root`/src, in the order of the file names. */
export function documentsIn(root) {
  const found = [];
  for (const file of readdirSync(join(root, "src"), { recursive: true }).sort()) {
    if (!/\.tsx?$/.test(file) || file.startsWith("graphql/generated")) continue;
    for (const [, text] of readFileSync(join(root, "src", file), "utf8").matchAll(CALL)) {
      found.push({ location: join("src", file), rawSDL: text, document: parse(text) });
    }
  }
  return found;
}

/** An operation with all the fragments it needs, as short as it gets; null for a fragment alone. */
export function complete(text, fragments) {
  const document = parse(text);
  if (document.definitions.every((each) => each.kind === Kind.FRAGMENT_DEFINITION)) return null;
  const needed = new Map();
  const collect = (node) =>
    visit(node, {
      FragmentSpread({ name }) {
        const fragment = fragments.get(name.value);
        if (!fragment) throw new Error(`there is no fragment ${name.value}`);
        if (needed.has(name.value)) return;
        needed.set(name.value, fragment);
        collect(fragment);
      },
    });
  collect(document);
  return stripIgnoredCharacters([document, ...needed.values()].map(unmasked).map(print).join("\n"));
}

/** Without `@unmask`, which is for the types of the sources and unknown to the server. */
function unmasked(node) {
  return visit(node, { Directive: ({ name }) => (name.value === "unmask" ? null : undefined) });
}

/** What the client sends of a complete operation: every selection names its type, except the operation's own. */
export function sent(text) {
  const typename = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: "__typename" } };
  const named = visit(parse(text), {
    SelectionSet: {
      leave(node, _key, parent) {
        const told = node.selections.some((each) => each.kind === Kind.FIELD && each.name.value === "__typename" && !each.alias);
        if (told || parent.kind === Kind.OPERATION_DEFINITION) return undefined;
        return { ...node, selections: [...node.selections, typename] };
      },
    },
  });
  return stripIgnoredCharacters(print(named));
}

/** The name a server knows an operation by. */
export function digestOf(text) {
  return createHash("sha256").update(text).digest("hex");
}

export function fragmentsOf(documents) {
  const definitions = documents.flatMap(({ document }) => document.definitions);
  return new Map(definitions.filter((each) => each.kind === Kind.FRAGMENT_DEFINITION).map((each) => [each.name.value, each]));
}
