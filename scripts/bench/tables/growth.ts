import type { Line } from "../columns.ts";
import { round } from "../figures.ts";
import type { Growth, Size } from "../scenes/growth.ts";

const AIM = "flat";

const OPERATIONS = [
  ["append of 200: µs an entry", "append"],
  ["page of 200: µs an entry", "tail"],
  ["trim of 2,000: µs an entry", "trim"],
  ["find: µs", "find"],
  ["knows: µs", "knows"],
  ["get a position: µs", "get"],
  ["put a position: µs", "put"],
  ["open: ms", "openMs"],
  ["memory of its process, MB", "rssMb"],
  ["on the disk, bytes an entry", "diskBytesPerEntry"],
] as const satisfies readonly (readonly [string, keyof Size])[];

export function toGrowthLines({ sqlite, postgres }: Growth): readonly (readonly Line[])[] {
  return [toLines("SQLite", sqlite), toLines("PostgreSQL", postgres)];
}

function toLines(journal: string, sizes: readonly Size[]): Line[] {
  const entries = sizes.map((size) => size.entries.toLocaleString("en"));
  return [
    [`${journal}, entries in the journal`, ...entries, "last/first", "aim"],
    ...OPERATIONS.map(([name, figure]): Line => {
      const figures = sizes.map((size) => size[figure]);
      const ratio = (figures.at(-1) ?? Number.NaN) / (figures[0] ?? Number.NaN);
      return [`  ${name}`, ...figures.map(round), round(ratio), AIM];
    }),
  ];
}
