import { toAccountName, type AccountConfig } from "../config.ts";
import type { Budget } from "../crm/budget.ts";
import type { Crm } from "../crm/crm.ts";
import { openSalesforce } from "../crm/salesforce/index.ts";
import type { Unavailable } from "../errors.ts";
import { consume } from "../flow/consume.ts";
import { untilAvailable } from "../flow/retry.ts";
import { isUrgentPartition, PARTITIONS } from "../model/partition.ts";
import { openPipeline } from "../pipeline/index.ts";
import { openRecorder } from "../recorder.ts";
import { openSender } from "../sender.ts";
import { openMeteredBudget, showBudget } from "./budget.ts";
import { observeDecision } from "./observe-decision.ts";
import { awaited, PARTITION_NUMBERS, POST_PARTITION_NUMBERS, toHandleOf, toPartState, type Parts } from "./parts.ts";
import { followPeople, hearChanges } from "./people.ts";
import { toEventsListener } from "./events.ts";
import { keepSettings, readSettings } from "./settings.ts";
import { toOrgOptions } from "./to-org-options.ts";
import { openTurns } from "./turns.ts";
import { toWatchers } from "./watchers.ts";

/** All that needs the CRM: opened as soon as it answers. */
export async function serve(parts: Parts, signal: AbortSignal): Promise<void> {
  await using budget = await untilAvailable(parts.clock, signal, () => openMeteredBudget(parts));
  await Promise.all([showBudget(parts, budget, signal), serveWithin({ ...parts, budget }, signal)]);
}

interface Served extends Parts {
  readonly budget: Budget;
}

async function serveWithin(parts: Served, signal: AbortSignal): Promise<void> {
  const { clock, board } = parts;
  const onWait = (wait: Unavailable): void => board.set("crm", "waiting", wait.message);
  await using crm = await untilAvailable(clock, signal, () => openCrm(parts, signal), onWait);
  board.set("crm", "up");
  await Promise.all([
    recordByRules(parts, crm, signal),
    send(parts, crm, signal),
    hearChanges(parts, crm, signal),
    followPeople(parts, crm, signal),
    untilAvailable(clock, signal, () => parts.reporter.run(crm, signal), onWait),
  ]);
}

/** No post is decided by rules that are older than they need be; what people do waits for none. */
async function recordByRules(parts: Served, crm: Crm, signal: AbortSignal): Promise<void> {
  const { clock, board } = parts;
  const onWait = (wait: Unavailable): void => board.set("rules", "waiting", wait.message);
  const looksAgain = await untilAvailable(clock, signal, () => readSettings(parts, crm, signal), onWait);
  await Promise.all([keepSettings(parts, crm, looksAgain, signal), record(parts, crm, signal)]);
}

function openCrm(parts: Served, signal: AbortSignal): Promise<Crm> {
  const { config, clock, budget } = parts;
  const sources = awaited(parts);
  return openSalesforce(
    {
      ...toOrgOptions(config),
      listener: toEventsListener(parts),
      onSettings: () => parts.settingsBell.ring(),
      routes: ({ post, gone }) =>
        (gone === undefined ? sources.get(post.account)?.routes(post, clock.now()) : []) ?? [],
      nextTurn: openTurns(parts.journal, clock),
      clock,
      budget,
    },
    signal,
  );
}

async function record(parts: Served, crm: Crm, signal: AbortSignal): Promise<void> {
  const { journal, clock, telemetry, reporter, board, budget, inUse } = parts;
  await untilAsked(parts, signal);
  const handleOf = toHandleOf(parts.sources);
  const stages = await openPipeline({ sources: awaited(parts), crm, rules: inUse.rules, handleOf, read: parts.read });
  const handle = openRecorder({
    journal,
    crm,
    stages,
    clock,
    onDecided: (draft, outcome) => observeDecision(telemetry.metrics, draft, outcome, clock.now()),
  });
  await consume(
    {
      journal,
      clock,
      log: "posts",
      partitions: POST_PARTITION_NUMBERS,
      ownerOf: (partition) => partition % PARTITIONS,
      isUrgent: isUrgentPartition,
      lingerMs: (urgent) => budget.lingerMs(urgent),
      async handle(entries, signal, attempt) {
        await reporter.introduce(crm, signal);
        return await handle(entries, signal, attempt);
      },
      onWait: (wait) => board.set("recorder", toPartState(wait), wait.message),
      onBatch: () => board.set("recorder", "up"),
      ...toWatchers(parts, "posts", "all"),
    },
    signal,
  );
}

/** What each account says first: what is addressed to one that is only just opening must not be put aside for that. */
async function untilAsked({ config, clock, board }: Parts, signal: AbortSignal): Promise<void> {
  const isAsked = (account: AccountConfig): boolean => board.parts()[toAccountName(account)]?.state !== "starting";
  while (!signal.aborted && !config.accounts.every(isAsked)) await clock.sleep(50, signal);
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
