const KILO = 1024;
const UNITS = ["bytes", "KB", "MB", "GB", "TB"] as const;
const STEPS = [
  [86_400_000, "day"],
  [3_600_000, "hour"],
  [60_000, "minute"],
  [1000, "second"],
] as const;

/** `12 MB` */
export function toSize(bytes: number): string {
  const power = Math.min(UNITS.length - 1, Math.floor(Math.log(Math.max(1, bytes)) / Math.log(KILO)));
  return `${Math.round(bytes / KILO ** power)} ${UNITS[power] ?? ""}`;
}

/** `1 entry`, `3,000 entries` */
export function toCount(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}

/** `3 hours`, in the largest unit that it has two of; below two seconds "a moment". */
export function toDuration(ms: number): string {
  for (const [length, name] of STEPS) {
    if (ms >= 2 * length) return `${Math.floor(ms / length)} ${name}s`;
  }
  return "a moment";
}

/** A table for people: each column as wide as its widest cell, the last one free. Control characters are not printed. */
export function toTable(heads: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const lines = [heads, ...rows].map((cells) => cells.map(toPrintable));
  const widths = heads.map((_, column) => Math.max(...lines.map((cells) => (cells[column] ?? "").length)));
  return lines.map((cells) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}

/** What comes from outside must not move the cursor or colour the terminal of who reads it. */
export function toPrintable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, " ");
}
