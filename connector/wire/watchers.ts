import type { ConsumeStats } from "../flow/consume.ts";
import type { LogName } from "../journal/journal.ts";
import type { Parts } from "./parts.ts";

/** A log may have several consumers, each with figures of its own: the metric is their sum. */
export function toWatchers({ telemetry }: Parts, log: LogName, consumer: string) {
  const { metrics } = telemetry;
  let before: ConsumeStats = { lag: 0, parked: 0 };
  return {
    onStats(stats: ConsumeStats): void {
      metrics.lagEntries.inc({ log }, stats.lag - before.lag);
      metrics.parked.inc({ log }, stats.parked - before.parked);
      before = stats;
    },
    onBug: (error: unknown) => telemetry.log.error({ err: error, log, consumer }, "An entry is parked for a bug"),
  };
}
