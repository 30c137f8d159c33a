/** What, and its figures. */
export type Line = readonly [string, ...(string | number | undefined)[]];

const WIDTH = 10;

/** Lines of figures under each other: a figure ends where its column does, however long the texts before it are. */
export function toColumns(lines: readonly Line[]): string {
  const label = Math.max(...lines.map(([name]) => name.length));
  const widths = lines
    .flatMap(([, ...values]) => values.map((value, column) => ({ column, width: String(value ?? "").length + 2 })))
    .reduce(
      (most, { column, width }) => most.set(column, Math.max(width, most.get(column) ?? WIDTH)),
      new Map<number, number>(),
    );
  const toText = ([name, ...values]: Line): string =>
    `${name.padEnd(label)}${values.map((value, column) => String(value ?? "").padStart(widths.get(column) ?? WIDTH)).join("")}`.trimEnd();
  return lines.map(toText).join("\n");
}
