import { openCoverage, type CoverageBook } from "../coverage.ts";
import { openRechecker, type Rechecker } from "../rechecker.ts";
import type { Parts } from "./parts.ts";
import { showCoverage } from "./show-coverage.ts";
import { toPostEntry } from "./post-entry.ts";

export interface Ledgers {
  readonly coverage: CoverageBook;
  readonly rechecker: Rechecker;
}

/** What was heard and what was missed; and when a gap closes, the posts of that account are read again. */
export async function openLedgers(
  parts: Pick<Parts, "config" | "telemetry" | "clock" | "journal" | "isUrgent">,
): Promise<Ledgers> {
  const { config, telemetry, clock, journal } = parts;
  const { log, metrics } = telemetry;
  const rechecker = openRechecker({
    journal,
    clock,
    retentionDays: config.retentionDays,
    toEntry: (event) => toPostEntry(event, parts),
    onChecked({ account }, checked, found) {
      metrics.postsReread.inc({ account: account.handle }, checked);
      for (const { type } of found) metrics.rereadNews.inc({ type });
    },
    onWait: (wait) => log.info({ err: wait }, "Reading posts again waits"),
    onBug: (error) => log.error({ err: error }, "Reading posts again failed; the next start tries again"),
  });
  const coverage = await openCoverage({
    journal,
    clock,
    onOpened({ account, feed, gap }) {
      metrics.gaps.inc({ cause: gap.cause });
      log.info({ account: account.key, feed, cause: gap.cause, from: gap.from }, "A gap has opened");
    },
    onClosed({ account, feed, gap }) {
      metrics.gapEntries.inc({ account: account.handle, feed }, gap.brought);
      log.info({ account: account.key, feed, from: gap.from, to: gap.to, brought: gap.brought }, "A gap has closed");
      rechecker.due(account.key);
    },
  });
  showCoverage(coverage, metrics.registry, clock);
  return { coverage, rechecker };
}
