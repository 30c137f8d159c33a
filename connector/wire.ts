import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import type { Clock } from "./clock.ts";
import type { Config } from "./config.ts";
import type { CoverageBook } from "./coverage.ts";
import type { Unavailable } from "./errors.ts";
import { toBell } from "./flow/consuming/bell.ts";
import { untilAvailable } from "./flow/retry.ts";
import { openShares, toDivisionLine } from "./flow/sharing/open-shares.ts";
import { openBoard, type Board } from "./http/board.ts";
import { openHttpServer } from "./http/server.ts";
import type { Journal } from "./journal/journal.ts";
import { openReporter } from "./reporter.ts";
import { forgetOld } from "./retention.ts";
import type { Telemetry } from "./telemetry.ts";
import { followCoverage } from "./wire/follow-coverage.ts";
import { followInUse, showFollowed } from "./wire/follow-in-use.ts";
import { openLedgers } from "./wire/ledgers.ts";
import { hearHooks } from "./wire/hooks.ts";
import { listen } from "./wire/listen.ts";
import { openInUse } from "./wire/in-use.ts";
import { openJournal } from "./wire/open-journal.ts";
import { isHeardHere, toHandleOf, type Parts } from "./wire/parts.ts";
import { serve } from "./wire/serve.ts";
import { openUrgency } from "./wire/urgent.ts";

export interface ConnectorOptions {
  readonly config: Config;
  readonly telemetry: Telemetry;
  readonly clock: Clock;
  /** Called once, when every part is up, with the address of `/health`. */
  readonly onReady?: (url: string) => void;
  /** What stands around the journal. */
  readonly around?: (journal: Journal) => Journal;
}

/**
 * Runs the connector until `signal` is aborted. Listening needs no CRM and no other network: what is heard waits in the
 * journal. Throws `Misconfigured` where only the operator can help; then everything has been closed.
 */
export async function runConnector(options: ConnectorOptions, signal: AbortSignal): Promise<void> {
  try {
    await run(options, signal);
  } catch (error) {
    // Told to stop while it waited for its journal.
    if (!signal.aborted || error !== signal.reason) throw error;
  }
}

async function run(options: ConnectorOptions, signal: AbortSignal): Promise<void> {
  const { config, telemetry, clock } = options;
  const board = openBoard(clock);
  const { metrics } = telemetry;
  const known: { coverage?: CoverageBook } = {};
  await using http = await openHttpServer({
    ...config.http,
    board,
    metrics,
    coverage: () => known.coverage?.all() ?? [],
  });
  telemetry.log.info({ url: http.url }, "The connector starts");
  await using journal = await openOurJournal(options, board, signal);
  const patiently = <T>(open: () => Promise<T>): Promise<T> => untilAvailable(clock, signal, open);
  const sources: Parts["sources"] = new Map();
  const inUse = await patiently(() => openInUse(journal));
  board.set("rules", "up", `set ${inUse.rules().version} is in use, until the CRM has said what stands there`);
  const urgency = await openUrgency(inUse, toHandleOf(sources));
  const { coverage, rechecker } = await patiently(() => openLedgers({ config, telemetry, clock, journal, ...urgency }));
  known.coverage = coverage;
  const fault = new AbortController();
  const running = AbortSignal.any([signal, fault.signal]);
  await using shares = openOurShares(options, { journal, board }, running);
  const lanes: Parts["lanes"] = new Map();
  const onRefused = (err: unknown): void => telemetry.log.warn({ err }, "The CRM refuses the row of an account");
  const hears = (account: string): boolean => isHeardHere({ shares, lanes }, account);
  const parts: Parts = {
    ...urgency,
    config,
    telemetry,
    clock,
    journal,
    shares,
    replica: journal.isShared ? randomUUID() : undefined,
    board,
    sources,
    lanes,
    reporter: openReporter({ journal, clock, coverageOf: coverage.of, hears, onRefused }),
    coverage,
    rechecker,
    inUse,
    settingsBell: toBell(clock),
  };
  board.set("crm", "starting");
  const work = [
    ...config.accounts.map((account) => listen(parts, account, running)),
    serve(parts, running),
    hearHooks(parts, running),
    followInUse(parts, running, () => {
      if (!shares.held.has("crm")) showFollowed(parts);
    }),
    followCoverage(parts, running),
    forget(parts),
    announce(parts, () => options.onReady?.(http.url), running),
  ];
  // The first part that fails ends all, and all have ended before the journal closes. Nothing durable is lost: a process
  // manager starts the connector anew.
  const faults: unknown[] = [];
  const end = (error: unknown): void => {
    if (!running.aborted) faults.push(error);
    fault.abort();
  };
  await Promise.all(work.map((part) => part.catch(end)));
  if (faults.length > 0) throw faults[0];
  telemetry.log.info("The connector has stopped");
}

/** A server that cannot be reached is waited for. */
async function openOurJournal(
  { config, telemetry, clock, around = (journal) => journal }: ConnectorOptions,
  board: Board,
  signal: AbortSignal,
): Promise<Journal> {
  const onAppend = (seconds: number): void => telemetry.metrics.journalAppendSeconds.observe(seconds);
  const onTrouble = (trouble: string | undefined): void =>
    board.set("journal", trouble === undefined ? "up" : "waiting", trouble);
  const onWait = (err: Unavailable): void => {
    telemetry.log.warn({ err }, "The journal's server is waited for");
    board.set("journal", "waiting", err.message);
  };
  board.set("journal", "starting");
  const open = (): Promise<Journal> => openJournal(config, { clock, onAppend, onTrouble });
  const journal = await untilAvailable(clock, signal, open, onWait);
  board.set("journal", "up");
  return around(journal);
}

function openOurShares(
  { telemetry, clock }: ConnectorOptions,
  { journal, board }: { readonly journal: Journal; readonly board: Board },
  signal: AbortSignal,
) {
  const replica = { host: hostname(), pid: process.pid };
  return openShares(
    {
      ...{ journal, clock, replica, partitions: journal.partitions },
      onChange(division) {
        telemetry.metrics.sharesHeld.set(division.held);
        if (!journal.isShared) return;
        board.set("shares", "up", toDivisionLine(division));
        telemetry.log.info(division, "The work is divided anew");
      },
      onTaken: (err) => telemetry.log.warn({ err }, "Work was taken over"),
    },
    signal,
  );
}

/** What is old is forgotten by one for all. */
async function forget({ shares, journal, clock, config }: Parts): Promise<void> {
  const days = config.retentionDays;
  await shares.each(async (share, held) => {
    if (share === "crm") await untilAvailable(clock, held, () => forgetOld({ journal, clock, days }, held));
  });
}

/** Says once that everything is up. */
async function announce({ board, clock }: Parts, onReady: () => void, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && !board.isReady()) await clock.sleep(50, signal);
  if (!signal.aborted) onReady();
}
