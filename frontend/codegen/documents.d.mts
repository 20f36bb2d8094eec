// The types of documents.mjs, for the tests of what a build sends.
import type { DocumentNode } from "graphql";

export interface Found {
  readonly rawSDL: string;
  readonly document: DocumentNode;
}
export function sent(text: string): string;
export function digestOf(text: string): string;
