/** Invisible, of no width, and no place to break a line. */
const WORD_JOINER = "\u2060";

/**
 * The text as it may stand anywhere in a composite call. There `@{name.field}` is a reference to what another part answered:
 * a customer who writes one would have the call refused, or somebody's data put in its place. Half a character would have
 * the whole call refused, too.
 */
export function toInert(text: string): string {
  return text.toWellFormed().replaceAll("@{", `@${WORD_JOINER}{`);
}
