import type { ConsumeStats } from "../flow/consume.ts";
import type { LogName } from "../journal/journal.ts";
import type { Parts } from "./parts.ts";

/** A log may have several consumers, each with figures of its own: the metric is their sum. What has ended counts no more. */
export function toWatchers({ telemetry }: Parts, log: LogName, consumer: string) {
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
    [Symbol.dispose]: () => onStats({ lag: 0, parked: 0 }),
  };
}
