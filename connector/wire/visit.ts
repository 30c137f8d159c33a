import type { Clock } from "../clock.ts";
import type { AccountConfig, Config } from "../config.ts";
import { openBudget, openGate, type BudgetState } from "../crm/budget.ts";
import { isOnServer } from "../config/journal-place.ts";
import type { Crm } from "../crm/crm.ts";
import { openSalesforce } from "../crm/salesforce/index.ts";
import { Misconfigured, Unavailable } from "../errors.ts";
import type { Journal } from "../journal/journal.ts";
import { examineServer, type ServerState } from "../journal/postgres/examine.ts";
import { examineFile, type FileState } from "../journal/sqlite/examine.ts";
import { isHeld } from "../journal/sqlite/is-held.ts";
import type { OfferedRule } from "../model/settings.ts";
import { defaultRows } from "../rules/default-rows.ts";
import { openSource } from "../sources/index.ts";
import type { Source } from "../sources/source.ts";
import { openTelemetry } from "../telemetry.ts";
import { openJournal } from "./open-journal.ts";
import { isAnyAlive, seeReplicas, type SeenReplica } from "./running.ts";
import { toOrgOptions } from "./to-org-options.ts";
import { toVisitedTokenStore } from "./token-store.ts";

/** How the journal fares, wherever it is. */
export type JournalState = ({ readonly kind: "file" } & FileState) | ({ readonly kind: "server" } & ServerState);

/** What a command works with, beside a connector that may be running. Each is opened anew; who opens it disposes of it. */
export interface Visit {
  /** Throws `Misconfigured` where there is no journal yet. */
  journal(): Promise<Journal>;
  /** Changes nothing; a file is looked into for no longer than `timeoutMs`. */
  journalState(timeoutMs: number, signal: AbortSignal): Promise<JournalState>;
  /** Does a connector work on the journal? */
  isRunning(): Promise<boolean>;
  /** Who shares the journal; of a file nobody does. */
  replicas(signal: AbortSignal): Promise<readonly SeenReplica[]>;
  /** What was made of the calls to the CRM that may be made, as the journal knows it. */
  calls(): Promise<BudgetState>;
  /** Nothing is heard or handed on. Throws as at the connector's start. */
  crm(signal: AbortSignal): Promise<Crm>;
  /** The rules that come with us. */
  readonly defaultRules: readonly OfferedRule[];
  /** One of our accounts. Nothing is heard. Throws as at the connector's start. */
  source(account: AccountConfig, signal: AbortSignal): Promise<Source & AsyncDisposable>;
}

export function toVisit(config: Config, clock: Clock): Visit {
  const { salesforce } = config;
  const { log } = openTelemetry({ level: "silent" });
  const place = config.journal;
  const open = () => openJournal(config, { clock, visitor: true });
  const isRunning = async (): Promise<boolean> => {
    if (!isOnServer(place)) return isHeld(place);
    await using journal = await open();
    return await isAnyAlive(journal, clock, new AbortController().signal);
  };
  return {
    journal: open,
    isRunning,
    journalState: async (timeoutMs, signal) =>
      isOnServer(place)
        ? { kind: "server", ...(await examineServer({ url: place, password: config.journalPassword, clock })) }
        : { kind: "file", ...(await examineFile(place, timeoutMs, signal)) },
    replicas: async (signal) => {
      await using journal = await open();
      return journal.isShared ? await seeReplicas(journal, clock, signal) : [];
    },
    calls: async () => {
      await using journal = await open();
      await using budget = await openBudget({ clock, journal, share: salesforce.callShare });
      return budget.state();
    },
    crm: (signal) => openSalesforce({ ...toOrgOptions(config), routes: () => [], clock, budget: openGate }, signal),
    defaultRules: defaultRows,
    source: async (account) => {
      const running = await mayBeRunning(isRunning);
      return await openSource(account, {
        clock,
        log,
        tokenStore: toVisitedTokenStore(open, account),
        mayRefresh: () => !running,
        ownSession: running,
      });
    },
  };
}

/** No where there is no journal yet; where that cannot be seen nothing is refreshed, for a token may serve only once. */
async function mayBeRunning(isRunning: () => Promise<boolean>): Promise<boolean> {
  try {
    return await isRunning();
  } catch (error) {
    if (error instanceof Unavailable) return true;
    if (error instanceof Misconfigured) return false;
    throw error;
  }
}
