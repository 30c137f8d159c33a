import { toFitting } from "../../model/fitting.ts";
import type { Coverage, Gap } from "../../model/coverage.ts";
import type { News } from "../crm.ts";
import type { Fields } from "./fields.ts";
import type { NewRow } from "./post-row.ts";

const MOST_GAPS = 20;
const LONGEST_COVERAGE = 32_000;

/** An admin may let an account only listen: that stays. */
export function toBirthRow({ account: a }: Fields, { account }: News): NewRow {
  return { [a.mode]: account.mode === "engage" ? "Engage" : "Listen only" };
}

/** Versioned: the row refuses an older turn than it has. */
export function toAccountRow({ account: a }: Fields, news: News, turn: number): NewRow {
  const { account, health, detail, lastHeardAt, coverage } = news;
  const gaps = coverage.flatMap((one) => one.gaps.map((gap) => ({ feed: one.feed, gap })));
  const newest = gaps.toSorted((one, other) => other.gap.from.localeCompare(one.gap.from));
  return {
    [a.key]: account.key,
    [a.turn]: turn,
    [a.network]: account.network,
    [a.handle]: account.handle,
    [a.textLimit]: account.textLimit,
    [a.urlLength]: account.urlLength,
    [a.health]: health,
    [a.healthDetail]: toFitting(detail, 255),
    ...(lastHeardAt === undefined ? {} : { [a.lastHeardAt]: lastHeardAt }),
    [a.openGaps]: gaps.filter(({ gap }) => gap.closedAt === undefined).length,
    [a.lastGapAt]: newest[0]?.gap.from ?? null,
    [a.coverage]: toCoverage(newest.slice(0, MOST_GAPS)),
  };
}

interface GapOfFeed {
  readonly feed: Coverage["feed"];
  readonly gap: Gap;
}

/** As many as there is room for. */
function toCoverage(gaps: readonly GapOfFeed[]): string | null {
  if (gaps.length === 0) return null;
  const json = JSON.stringify(
    gaps.map(({ feed, gap: { from, to, cause, detail, closedAt, brought } }) => ({
      ...{ feed, from, to, cause, detail, closedAt, brought },
    })),
  );
  return json.length > LONGEST_COVERAGE ? toCoverage(gaps.slice(0, -1)) : json;
}
