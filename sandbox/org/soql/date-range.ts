import { Refusal } from "../refusal.ts";

/** Half open: from the first millisecond to before the last. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

type Unit = "DAY" | "WEEK" | "MONTH" | "QUARTER" | "YEAR";

/** What a date literal such as TODAY or LAST_N_DAYS:7 means now, in UTC. */
export function toRange(name: string, n: number | undefined, now: number): Range {
  if (name === "TODAY") return span("DAY", 0, 1, now);
  if (name === "YESTERDAY") return span("DAY", -1, 0, now);
  if (name === "TOMORROW") return span("DAY", 1, 2, now);
  if (name === "LAST_90_DAYS") return span("DAY", -90, 1, now);
  if (name === "NEXT_90_DAYS") return span("DAY", 1, 91, now);
  const single = /^(LAST|THIS|NEXT)_(WEEK|MONTH|QUARTER|YEAR)$/.exec(name);
  if (single) {
    const from = { LAST: -1, THIS: 0, NEXT: 1 }[single[1] as "LAST" | "THIS" | "NEXT"];
    return span(single[2] as Unit, from, from + 1, now);
  }
  const several = /^(?:(LAST|NEXT)_N_(DAY|WEEK|MONTH|QUARTER|YEAR)S|N_(DAY|WEEK|MONTH|QUARTER|YEAR)S_AGO)$/.exec(name);
  if (!several || n === undefined) throw new Refusal("MALFORMED_QUERY", `unexpected token: '${name}'`);
  const [, side, unit, ago] = several;
  if (ago !== undefined) return span(ago as Unit, -n, -n + 1, now);
  if (side === "NEXT") return span(unit as Unit, 1, n + 1, now);
  // The last n days include today; the last n weeks, months and so on are whole ones before this.
  return span(unit as Unit, -n, unit === "DAY" ? 1 : 0, now);
}

function span(unit: Unit, from: number, to: number, now: number): Range {
  return { from: startOf(unit, from, now), to: startOf(unit, to, now) };
}

/** The first moment of the unit that is so many away from now's. Weeks begin on Sunday. */
function startOf(unit: Unit, offset: number, now: number): number {
  const date = new Date(now);
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
  switch (unit) {
    case "DAY":
      return Date.UTC(year, month, day + offset);
    case "WEEK":
      return Date.UTC(year, month, day - date.getUTCDay() + 7 * offset);
    case "MONTH":
      return Date.UTC(year, month + offset, 1);
    case "QUARTER":
      return Date.UTC(year, month - (month % 3) + 3 * offset, 1);
    case "YEAR":
      return Date.UTC(year + offset, 0, 1);
  }
}
