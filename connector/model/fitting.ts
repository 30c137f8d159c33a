/** At most `longest` UTF-16 units, never half a character, an ellipsis where something was cut. */
export function toFitting(text: string, longest: number): string {
  if (text.length <= longest) return text;
  return `${text.slice(0, longest - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
}
