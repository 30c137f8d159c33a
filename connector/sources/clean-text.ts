/** Well-formed Unicode without control characters (but new lines and tabs), lines and the whole without loose ends. */
export function toCleanText(text: string): string {
  const printable = text.toWellFormed().replace(/[\p{Cc}--[\n\t]]/gv, "");
  const lines = printable.split("\n").map((line) => line.trimEnd());
  return lines
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}
