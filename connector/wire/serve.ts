import type { Crm } from "../crm/crm.ts";
import { openSalesforce } from "../crm/salesforce/index.ts";
import type { Unavailable } from "../errors.ts";
import { consume, type ConsumeStats } from "../flow/consume.ts";
import { ingest } from "../flow/ingest.ts";
import { untilAvailable } from "../flow/retry.ts";
import type { LogName } from "../journal/journal.ts";
import type { CrmChange } from "../model/change.ts";
import type { Draft } from "../model/draft.ts";
import { toPartition } from "../model/partition.ts";
import { openPipeline } from "../pipeline/index.ts";
import { openRecorder } from "../recorder.ts";
import { defaultRules } from "../rules/defaults.ts";
import { openSender } from "../sender.ts";
import { awaited, PARTITION_NUMBERS, toPartState, type Parts } from "./parts.ts";

/** All that needs the CRM: opened as soon as it answers. */
export async function serve(parts: Parts, signal: AbortSignal): Promise<void> {
  const { clock, board } = parts;
  const open = () => openCrm(parts, signal);
  const onWait = (wait: Unavailable): void => board.set("crm", "waiting", wait.message);
  await using crm = await untilAvailable(clock, signal, open, onWait);
  board.set("crm", "up");
  await Promise.all([
    record(parts, crm, signal),
    send(parts, crm, signal),
    hearChanges(parts, crm, signal),
    untilAvailable(clock, signal, () => parts.reporter.run(crm, signal), onWait),
  ]);
}

function openCrm(parts: Parts, signal: AbortSignal): Promise<Crm> {
  const { config, clock, telemetry } = parts;
  const { metrics } = telemetry;
  const { clientId, clientSecret, salesforce } = config;
  const sources = awaited(parts);
  return openSalesforce(
    {
      login: { loginUrl: salesforce.loginUrl, clientId, clientSecret },
      namespace: salesforce.namespace,
      orgId: salesforce.orgId,
      handles: salesforce.handles,
      fallbackQueue: salesforce.fallbackQueue,
      sweepMs: salesforce.sweepSeconds * 1000,
      routes: ({ post }) => sources.get(post.account)?.routes(post, clock.now()) ?? [],
      clock,
      onCall(kind, callsLeft) {
        metrics.crmCalls.inc({ kind });
        if (callsLeft !== undefined) metrics.crmCallsLeft.set(callsLeft);
      },
    },
    signal,
  );
}

async function record(parts: Parts, crm: Crm, signal: AbortSignal): Promise<void> {
  const { journal, clock, reporter, board } = parts;
  const stages = await openPipeline({ sources: awaited(parts), crm, rules: defaultRules });
  const handle = openRecorder({
    journal,
    crm,
    stages,
    clock,
    onDecided: (draft, outcome) => observe(parts, draft, outcome),
  });
  await consume(
    {
      journal,
      clock,
      log: "posts",
      partitions: PARTITION_NUMBERS,
      async handle(entries, signal) {
        await reporter.introduce(crm, signal);
        return await handle(entries, signal);
      },
      onWait: (wait) => board.set("recorder", toPartState(wait), wait.message),
      onBatch: () => board.set("recorder", "up"),
      ...toWatchers(parts, "posts", "all"),
    },
    signal,
  );
}

/** Each partition by itself: one account's dead token or rate limit holds up no other's replies. */
async function send(parts: Parts, crm: Crm, signal: AbortSignal): Promise<void> {
  const { journal, clock, telemetry, board } = parts;
  const handle = openSender({
    journal,
    crm,
    sources: awaited(parts),
    clock,
    onSettled: ({ status }) => telemetry.metrics.replies.inc({ status }),
    onUnforeseen: (error) => telemetry.log.error({ err: error }, "Publishing failed in an unforeseen way"),
  });
  const carry = (partition: number): Promise<void> => {
    const name = `sender ${partition}`;
    return consume(
      {
        journal,
        clock,
        log: "replies",
        partitions: [partition],
        batch: 20,
        inFlight: 1,
        handle,
        onWait: (wait) => board.set(name, toPartState(wait), wait.message),
        onBatch: () => board.set(name, "up"),
        ...toWatchers(parts, "replies", name),
      },
      signal,
    );
  };
  await Promise.all(PARTITION_NUMBERS.map(carry));
}

/** A log may have several consumers, each with figures of its own: the metric is their sum. */
function toWatchers({ telemetry }: Parts, log: LogName, consumer: string) {
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

async function hearChanges({ journal, clock, board, lanes }: Parts, crm: Crm, signal: AbortSignal): Promise<void> {
  await ingest<CrmChange>(
    {
      journal,
      clock,
      log: "replies",
      name: "crm/changes",
      feed: crm.changes,
      toEntry: ({ reply }) => ({
        key: reply.key,
        partition: lanes.get(reply.account ?? "") ?? toPartition(reply.account ?? reply.row),
        value: JSON.stringify(reply),
      }),
      onPage: () => board.set("crm", "up"),
      onWait: (wait) => board.set("crm", "waiting", wait.message),
    },
    signal,
  );
}

function observe({ telemetry, clock }: Parts, draft: Draft, outcome: string): void {
  const { metrics } = telemetry;
  metrics.postsRecorded.inc({ outcome });
  if (outcome !== "recorded" || draft.home?.kind !== "new") return;
  metrics.postToCaseSeconds.observe((Date.parse(clock.now()) - Date.parse(draft.post.postedAt)) / 1000);
}
