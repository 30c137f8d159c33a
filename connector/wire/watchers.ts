import type { ConsumeStats } from "../flow/consume.ts";
import type { LogName } from "../journal/journal.ts";
import type { Parts } from "./parts.ts";

export interface Watched {
  readonly log: LogName;
  readonly consumer: string;
  /** Its line on the board. */
  readonly part: string;
}

/**
 * A log may have several consumers, each with figures of its own: the metric is their sum. What has ended counts no more, and
 * waits for nothing.
 */
export function toWatchers({ telemetry, board }: Pick<Parts, "telemetry" | "board">, { log, consumer, part }: Watched) {
  const { metrics } = telemetry;
  let before: ConsumeStats = { lag: 0, parked: 0 };
  function onStats(stats: ConsumeStats): void {
    metrics.lagEntries.inc({ log }, stats.lag - before.lag);
    metrics.parked.inc({ log }, stats.parked - before.parked);
    before = stats;
  }
  return {
    onStats,
    onBug: (error: unknown) => telemetry.log.error({ err: error, log, consumer }, "An entry is parked for a bug"),
    [Symbol.dispose]: () => {
      onStats({ lag: 0, parked: 0 });
      board.drop(part);
    },
  };
}
