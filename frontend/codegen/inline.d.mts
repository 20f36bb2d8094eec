// The types of inline.mjs, for vite.config.ts and the tests of the manifest.
import type { Plugin } from "vite";
import type { Found } from "./documents.mjs";

export function inlineDocuments(root: string): Plugin;
export function manifestOf(documents: readonly Found[]): Record<string, string>;
export function matching(known: Record<string, string>, code: readonly string[]): { manifest: Record<string, string>; unknown: string[] };
