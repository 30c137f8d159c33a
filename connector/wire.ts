import type { Clock } from "./clock.ts";
import type { Config } from "./config.ts";
import { toBell } from "./flow/consuming/bell.ts";
import { untilAvailable } from "./flow/retry.ts";
import { openBoard } from "./http/board.ts";
import { openHttpServer } from "./http/server.ts";
import { openSqliteJournal } from "./journal/sqlite.ts";
import { openReporter } from "./reporter.ts";
import { forgetOld } from "./retention.ts";
import type { Telemetry } from "./telemetry.ts";
import { openLedgers } from "./wire/ledgers.ts";
import { hearHooks } from "./wire/hooks.ts";
import { listen } from "./wire/listen.ts";
import { openInUse } from "./wire/in-use.ts";
import { toHandleOf, type Parts } from "./wire/parts.ts";
import { serve } from "./wire/serve.ts";
import { openUrgency } from "./wire/urgent.ts";

export interface ConnectorOptions {
  readonly config: Config;
  readonly telemetry: Telemetry;
  readonly clock: Clock;
  /** Called once, when every part is up, with the address of `/health`. */
  readonly onReady?: (url: string) => void;
  /** Another journal than the file's own, or one around it. */
  readonly openJournal?: typeof openSqliteJournal;
}

/**
 * Runs the connector until `signal` is aborted. Listening needs no CRM and no other network: what is heard waits in the
 * journal. Throws `Misconfigured` where only the operator can help; then everything has been closed.
 */
export async function runConnector(options: ConnectorOptions, signal: AbortSignal): Promise<void> {
  const { config, telemetry, clock, openJournal = openSqliteJournal } = options;
  const board = openBoard(clock);
  const onRefused = (err: unknown): void => telemetry.log.warn({ err }, "The CRM refuses the row of an account");
  const onAppend = (seconds: number): void => telemetry.metrics.journalAppendSeconds.observe(seconds);
  await using journal = await openJournal({
    file: config.journal,
    clock,
    onAppend,
    leastFreeBytes: config.journalFreeMegabytes * 2 ** 20,
    onDisk: (trouble) => board.set("journal", trouble === undefined ? "up" : "waiting", trouble),
  });
  const sources: Parts["sources"] = new Map();
  const inUse = await openInUse(journal);
  board.set("rules", "up", `set ${inUse.rules().version} is in use, until the CRM has said what stands there`);
  const urgency = await openUrgency(inUse, toHandleOf(sources));
  const { coverage, rechecker } = await openLedgers({ config, telemetry, clock, journal, ...urgency });
  const { metrics } = telemetry;
  await using http = await openHttpServer({ ...config.http, board, metrics, coverage: coverage.all });
  const parts: Parts = {
    ...urgency,
    config,
    telemetry,
    clock,
    journal,
    board,
    sources,
    lanes: new Map(),
    reporter: openReporter({ journal, clock, coverageOf: coverage.of, onRefused }),
    coverage,
    rechecker,
    inUse,
    settingsBell: toBell(clock),
  };
  telemetry.log.info({ url: http.url }, "The connector starts");

  const fault = new AbortController();
  const running = AbortSignal.any([signal, fault.signal]);
  const work = [...config.accounts.map((account) => listen(parts, account, running)), serve(parts, running)];
  work.push(hearHooks(parts, running));
  const days = config.retentionDays;
  work.push(untilAvailable(clock, running, () => forgetOld({ journal, clock, days }, running)));
  board.set("crm", "starting");
  const ready = announce(parts, () => options.onReady?.(http.url), running);
  // The first part that fails ends all, and all have ended before the journal closes. Nothing durable is lost: a process
  // manager starts the connector anew.
  const faults: unknown[] = [];
  const end = (error: unknown): void => {
    if (!running.aborted) faults.push(error);
    fault.abort();
  };
  await Promise.all([...work, ready].map((part) => part.catch(end)));
  if (faults.length > 0) throw faults[0];
  telemetry.log.info("The connector has stopped");
}

/** Says once that everything is up. */
async function announce({ board, clock }: Parts, onReady: () => void, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && !board.isReady()) await clock.sleep(50, signal);
  if (!signal.aborted) onReady();
}
