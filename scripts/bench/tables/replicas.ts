import type { Line } from "../columns.ts";
import type { Drained } from "../replicas/drained.ts";
import type { Replicas, Setting } from "../scenes/replicas.ts";

const FIGURES = [
  ["posts a second", "postsPerSecond"],
  ["CRM calls per 1,000 posts", "callsPer1000"],
  ["per million posts: processor seconds", "cpuSecondsPerMillion"],
  ["  PostgreSQL's", "serverCpuSecondsPerMillion"],
  ["  the thin org's", "orgCpuSecondsPerMillion"],
  ["  on the disk, GB", "diskGbPerMillion"],
  ["  written ahead by PostgreSQL, GB", "walGbPerMillion"],
  ["memory of a replica at most, MB", "mostMb"],
] as const satisfies readonly (readonly [string, keyof Drained])[];

/** For two processors and PostgreSQL, with an org that is far away. */
const AIMS: Partial<Record<keyof Drained, string>> = { postsPerSecond: "3000", callsPer1000: "≤ 12" };

export function toReplicasLines({ posts, settings }: Replicas): readonly (readonly Line[])[] {
  return settings.map((setting) => toLines(posts, setting));
}

function toLines(posts: number, { callMs, sqlite, postgres, byHand }: Setting): readonly Line[] {
  const columns: readonly Partial<Drained>[] = [sqlite, ...postgres, byHand];
  const names = postgres.map(({ replicas }) => `PG × ${replicas}`);
  return [
    [`${posts.toLocaleString("en")} posts that wait, ${callMs} ms a call`, "SQLite", ...names, "by hand", "aim"],
    ...FIGURES.map(([name, figure]): Line => {
      const aim = callMs > 0 || figure === "callsPer1000" ? AIMS[figure] : undefined;
      return [`  ${name}`, ...columns.map((column) => column[figure]), aim];
    }),
  ];
}
