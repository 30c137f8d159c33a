import type { Line } from "../columns.ts";
import type { Appends } from "../scenes/appends.ts";

const AIM = "≥ 0.5";

export function toAppendsLines({ races }: Appends): Line[] {
  return [
    ["appends, posts a second", "journal", "bare", "ratio", "aim"],
    ...races.map(({ journal, batch, writers, rowsPerSecond, bareRowsPerSecond, ratio }): Line => {
      const by = writers === 1 ? "" : `, ${writers} side by side`;
      return [`  ${journal}, ${batch} at once${by}`, rowsPerSecond, bareRowsPerSecond, ratio, AIM];
    }),
  ];
}
