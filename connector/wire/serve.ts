import { toAccountName, type AccountConfig } from "../config.ts";
import type { Budget } from "../crm/budget.ts";
import type { Crm } from "../crm/crm.ts";
import { openSalesforce } from "../crm/salesforce/index.ts";
import type { Unavailable } from "../errors.ts";
import { consume } from "../flow/consume.ts";
import { untilAvailable } from "../flow/retry.ts";
import { sideBySide } from "../flow/side-by-side.ts";
import { isUrgentPartition, toTracks } from "../model/partition.ts";
import { openPipeline } from "../pipeline/index.ts";
import { openRecorder } from "../recorder.ts";
import { recallSaid } from "../recorder/former-prints.ts";
import { openSender } from "../sender.ts";
import { openMeteredBudget, showBudget } from "./budget.ts";
import { showFollowed } from "./follow-in-use.ts";
import { observeDecision } from "./observe-decision.ts";
import { awaited, toHandleOf, toPartState, type Parts } from "./parts.ts";
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
  const rules = toRulesOf(parts, crm);
  await Promise.all([
    record(parts, crm, rules.known),
    send(parts, crm),
    followPeople(parts, crm),
    parts.shares.each(async (share, held) => {
      if (share !== "crm") return;
      try {
        await sideBySide([(until) => hearChanges(parts, crm, until), rules.keep], held);
      } finally {
        // Whoever holds it now says what it waits for.
        board.set("crm", "up");
      }
    }),
    report(parts, crm, signal),
  ]);
}

async function report({ clock, board, reporter }: Served, crm: Crm, signal: AbortSignal): Promise<void> {
  const onWait = (wait: Unavailable): void => board.set("reporter", "waiting", wait.message);
  const onTold = (): void => board.drop("reporter");
  await untilAvailable(clock, signal, () => reporter.run(crm, signal, onTold), onWait);
}

interface Rules {
  /** Resolves when posts may be decided: by what the CRM said since we began, or what another connector keeps for us. */
  readonly known: (signal: AbortSignal) => Promise<void>;
  /** Keeps them as they stand in the CRM, until aborted. */
  readonly keep: (signal: AbortSignal) => Promise<void>;
}

/** No post is decided by rules that are older than they need be; what people do waits for none. */
function toRulesOf(parts: Served, crm: Crm): Rules {
  const { clock, board, shares, inUse } = parts;
  const onWait = (wait: Unavailable): void => board.set("rules", "waiting", wait.message);
  let areRead = false;
  return {
    async known(signal) {
      const areKnown = () => (shares.held.has("crm") ? Promise.resolve(areRead) : inUse.areKept());
      while (!signal.aborted && !(await untilAvailable(clock, signal, areKnown, onWait))) await clock.sleep(50, signal);
      if (!shares.held.has("crm")) showFollowed(parts);
    },
    async keep(signal) {
      try {
        const looksAgain = await untilAvailable(clock, signal, () => readSettings(parts, crm, signal), onWait);
        areRead = true;
        await keepSettings(parts, crm, looksAgain, signal);
      } finally {
        showFollowed(parts);
      }
    },
  };
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
      saidBefore: (posts) => recallSaid(parts.journal, posts),
      clock,
      budget,
    },
    signal,
  );
}

async function record(parts: Served, crm: Crm, known: Rules["known"]): Promise<void> {
  const { journal, clock, telemetry, reporter, board, budget, inUse, shares } = parts;
  const handleOf = toHandleOf(parts.sources);
  const stages = await openPipeline({ sources: awaited(parts), crm, rules: inUse.rules, handleOf, read: parts.read });
  const handle = openRecorder({
    journal,
    crm,
    stages,
    clock,
    onDecided: (draft, outcome) => observeDecision(telemetry.metrics, draft, outcome, clock.now()),
  });
  await shares.together(async (partitions, held) => {
    await untilAsked(parts, held);
    await known(held);
    using watchers = toWatchers(parts, { log: "posts", consumer: "all", part: "recorder" });
    await consume(
      {
        journal,
        clock,
        log: "posts",
        partitions: partitions.flatMap((partition) => toTracks(partition, journal.partitions)),
        ownerOf: (partition) => partition % journal.partitions,
        isUrgent: (partition) => isUrgentPartition(partition, journal.partitions),
        lingerMs: (urgent) => budget.lingerMs(urgent),
        async handle(entries, signal, attempt) {
          await reporter.introduce(crm, signal);
          return await handle(entries, signal, attempt);
        },
        onWait: (wait) => board.set("recorder", toPartState(wait), wait.message),
        onBatch: () => board.set("recorder", "up"),
        ...watchers,
      },
      held,
    );
  });
}

/** What each account says first: what is addressed to one that is only just opening must not be put aside for that. */
async function untilAsked({ config, clock, board }: Parts, signal: AbortSignal): Promise<void> {
  const isAsked = (account: AccountConfig): boolean => board.parts()[toAccountName(account)]?.state !== "starting";
  while (!signal.aborted && !config.accounts.every(isAsked)) await clock.sleep(50, signal);
}

/** Each partition by itself: one account's dead token or rate limit holds up no other's replies. */
async function send(parts: Parts, crm: Crm): Promise<void> {
  const { journal, clock, telemetry, board, shares, replica } = parts;
  const toHandle = (partition: number) =>
    openSender({
      journal,
      crm,
      sources: awaited(parts),
      clock,
      onSettled: ({ status }) => telemetry.metrics.replies.inc({ status }),
      onUnforeseen: (error) => telemetry.log.error({ err: error }, "Publishing failed in an unforeseen way"),
      replica,
      stillOurs: () => shares.stillOurs(partition),
    });
  await shares.each(async (partition, held) => {
    if (partition === "crm") return;
    const name = `sender ${partition}`;
    using watchers = toWatchers(parts, { log: "replies", consumer: name, part: name });
    await consume(
      {
        journal,
        clock,
        log: "replies",
        partitions: [partition],
        batch: 20,
        inFlight: 1,
        handle: toHandle(partition),
        onWait: (wait) => board.set(name, toPartState(wait), wait.message),
        onBatch: () => board.set(name, "up"),
        ...watchers,
      },
      held,
    );
  });
}
