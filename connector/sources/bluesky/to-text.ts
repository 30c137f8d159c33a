import { toCleanText } from "../clean-text.ts";
import type { WirePost } from "./schema.ts";

const CUT = /(\.\.\.|…)$/;

/**
 * What a reader sees, with links as they are: apps cut a long one and keep the whole of it beside the text. Places are told
 * in bytes of UTF-8.
 */
export function toText({ text, facets }: Pick<WirePost, "text" | "facets">): string {
  const bytes = Buffer.from(text);
  let told = "";
  let at = 0;
  for (const { index, features } of facets.toSorted((a, b) => a.index.byteStart - b.index.byteStart)) {
    const link = features.find(({ uri }) => uri !== undefined)?.uri;
    const shown = bytes.toString("utf8", index.byteStart, index.byteEnd);
    if (link === undefined || index.byteStart < at || !isCutFrom(shown, link)) continue;
    told += bytes.toString("utf8", at, index.byteStart) + link;
    at = index.byteEnd;
  }
  return toCleanText(told + bytes.toString("utf8", at));
}

/** A text that leads elsewhere than it says stays as it is written. */
function isCutFrom(shown: string, link: string): boolean {
  return (
    CUT.test(shown) &&
    link.replace(/^https?:\/\/(www\.)?/, "").startsWith(shown.replace(CUT, "").replace(/^https?:\/\//, ""))
  );
}
