import { toTokens, type Token } from "./tokens.ts";

/** What a link counts, however long it is. */
export const linkLength = 23;

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/**
 * Is the text longer than the limit, counted as Mastodon does: characters as a reader sees them, a link as 23, a mention
 * without its domain. Stops counting at the limit, so a text of megabytes costs no more than a short one.
 */
export function isTooLong(text: string, limit: number): boolean {
  let count = 0;
  for (const token of toTokens(text)) {
    count += lengthOf(token, limit - count);
    if (count > limit) return true;
  }
  return false;
}

function lengthOf(token: Token, room: number): number {
  if (token.type === "url") return linkLength;
  if (token.type === "mention") return token.username.length + 1;
  const segments = graphemes.segment(token.raw)[Symbol.iterator]();
  return segments.take(room + 1).reduce((count) => count + 1, 0);
}
