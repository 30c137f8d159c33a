import type { Clock } from "./clock.ts";
import type { AccountConfig, Config } from "./config.ts";
import type { Crm } from "./crm/crm.ts";
import { openSalesforce } from "./crm/salesforce/index.ts";
import { Unavailable } from "./errors.ts";
import { consume } from "./flow/consume.ts";
import { ingest } from "./flow/ingest.ts";
import { untilAvailable } from "./flow/retry.ts";
import { openBoard, type Board } from "./http/board.ts";
import { openHttpServer } from "./http/server.ts";
import type { Journal } from "./journal/journal.ts";
import { openSqliteJournal } from "./journal/sqlite.ts";
import type { Draft } from "./model/draft.ts";
import type { CrmChange } from "./model/change.ts";
import type { Key } from "./model/glossary.ts";
import { PARTITIONS, toPartition, toPostPartition } from "./model/partition.ts";
import type { PostEvent } from "./model/post.ts";
import { openPipeline } from "./pipeline/index.ts";
import { openRecorder } from "./recorder.ts";
import { openReporter, type Reporter } from "./reporter.ts";
import { defaultRules } from "./rules/defaults.ts";
import { forgetOld } from "./retention.ts";
import { openSender } from "./sender.ts";
import { sources as networks } from "./sources/index.ts";
import type { Source } from "./sources/source.ts";
import type { Telemetry } from "./telemetry.ts";

export interface ConnectorOptions {
  readonly config: Config;
  readonly telemetry: Telemetry;
  readonly clock: Clock;
  /** Called once, when every part is up, with the address of `/health`. */
  readonly onReady?: (url: string) => void;
}

/** What the parts share. */
interface Parts extends ConnectorOptions {
  readonly journal: Journal;
  readonly board: Board;
  /** Our accounts as they come up. */
  readonly sources: Map<Key, Source>;
  readonly reporter: Reporter;
}

const PARTITION_NUMBERS = Array.from({ length: PARTITIONS }, (_, index) => index);

/**
 * Runs the connector until `signal` is aborted. Listening needs no CRM and no other network: what is heard waits in the
 * journal. Throws `Misconfigured` where only the operator can help; then everything has been closed.
 */
export async function runConnector(options: ConnectorOptions, signal: AbortSignal): Promise<void> {
  const { config, telemetry, clock } = options;
  const board = openBoard(clock);
  const onAppend = (seconds: number): void => telemetry.metrics.journalAppendSeconds.observe(seconds);
  await using journal = await openSqliteJournal({ file: config.journal, clock, onAppend });
  await using http = await openHttpServer({ ...config.http, board, metrics: telemetry.metrics });
  const parts: Parts = { ...options, journal, board, sources: new Map(), reporter: openReporter(clock) };
  telemetry.log.info({ url: http.url }, "The connector starts");

  const fault = new AbortController();
  const running = AbortSignal.any([signal, fault.signal]);
  const work = [...config.accounts.map((account) => listen(parts, account, running)), serve(parts, running)];
  const days = config.retentionDays;
  work.push(untilAvailable(clock, running, () => forgetOld({ journal, clock, days }, running)));
  board.set("crm", "starting");
  const ready = announce(parts, http.url, running);
  // The first part that fails ends all: a process manager starts the connector anew, and nothing durable is lost.
  await Promise.all(
    [...work, ready].map((part) =>
      part.catch((error: unknown) => {
        if (running.aborted) return;
        fault.abort();
        throw error;
      }),
    ),
  );
  telemetry.log.info("The connector has stopped");
}

/** One of our accounts: opened as soon as its network answers, then each of its feeds is heard into the journal. */
async function listen(parts: Parts, account: AccountConfig, signal: AbortSignal): Promise<void> {
  const { clock, telemetry, board, sources, journal } = parts;
  const { log, metrics } = telemetry;
  const name = `${account.network} ${account.url}`;
  board.set(name, "starting");
  const open = () => networks[account.network]({ ...account, clock, log: log.child({ source: name }) });
  await using source = await untilAvailable(clock, signal, open, (wait) => board.set(name, "waiting", wait.message));
  sources.set(source.account.key, source);
  parts.reporter.watch(source.account);
  board.set(name, "up");
  await Promise.all(
    Object.entries(source.feeds).map(([feed, pages]) =>
      ingest<PostEvent>(
        {
          journal,
          clock,
          log: "posts",
          name: `${source.account.key}/${feed}`,
          feed: pages,
          toEntry: (event) => ({ key: event.key, partition: toPostPartition(event), value: JSON.stringify(event) }),
          onPage: ({ items, heardUntil }) => {
            metrics.postsHeard.inc({ network: source.network, account: source.account.handle }, items.length);
            parts.reporter.heard(source.account, heardUntil);
            board.set(name, "up");
          },
          onWait: (wait) => board.set(name, "waiting", wait.message),
        },
        signal,
      ),
    ),
  );
}

/** Our account of this key; undefined: none. Throws `Unavailable` while one that is not up yet may be it. */
function awaited({ sources, config }: Parts): Pick<ReadonlyMap<Key, Source>, "get"> {
  return {
    get(key) {
      const source = sources.get(key);
      if (source === undefined && sources.size < config.accounts.length)
        throw new Unavailable("An account is not connected to its network yet");
      return source;
    },
  };
}

/** All that needs the CRM: opened as soon as it answers. */
async function serve(parts: Parts, signal: AbortSignal): Promise<void> {
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
      onWait: (wait) => board.set("recorder", "waiting", wait.message),
      onBatch: () => board.set("recorder", "up"),
    },
    signal,
  );
}

/** Each partition by itself: one account's dead token or rate limit holds up no other's replies. */
async function send(parts: Parts, crm: Crm, signal: AbortSignal): Promise<void> {
  const { journal, clock, telemetry } = parts;
  const handle = openSender({
    journal,
    crm,
    sources: awaited(parts),
    clock,
    onSettled: ({ status }) => telemetry.metrics.replies.inc({ status }),
    onUnforeseen: (error) => telemetry.log.error({ err: error }, "Publishing failed in an unforeseen way"),
  });
  await Promise.all(
    PARTITION_NUMBERS.map((partition) =>
      consume({ journal, clock, log: "replies", partitions: [partition], batch: 20, inFlight: 1, handle }, signal),
    ),
  );
}

async function hearChanges({ journal, clock, board }: Parts, crm: Crm, signal: AbortSignal): Promise<void> {
  await ingest<CrmChange>(
    {
      journal,
      clock,
      log: "replies",
      name: "crm/changes",
      feed: crm.changes,
      toEntry: ({ reply }) => ({
        key: reply.key,
        partition: toPartition(reply.account ?? reply.row),
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

/** Says once that everything is up. */
async function announce({ board, clock, onReady }: Parts, url: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && !board.isReady()) await clock.sleep(50, signal);
  if (!signal.aborted) onReady?.(url);
}
