import type { Clock } from "../clock.ts";
import type { AccountConfig, Config } from "../config.ts";
import { openBudget, openGate, type BudgetState } from "../crm/budget.ts";
import type { Crm } from "../crm/crm.ts";
import { openSalesforce } from "../crm/salesforce/index.ts";
import type { Journal } from "../journal/journal.ts";
import { openSqliteJournal } from "../journal/sqlite.ts";
import { examineFile, type FileState } from "../journal/sqlite/examine.ts";
import { isHeld } from "../journal/sqlite/is-held.ts";
import type { OfferedRule } from "../model/settings.ts";
import { defaultRows } from "../rules/default-rows.ts";
import { openSource } from "../sources/index.ts";
import type { Source } from "../sources/source.ts";
import { openTelemetry } from "../telemetry.ts";
import { toOrgOptions } from "./to-org-options.ts";
import { toVisitedTokenStore } from "./token-store.ts";

/** What a command works with, beside a connector that may be running. Each is opened anew; who opens it disposes of it. */
export interface Visit {
  /** Throws `Misconfigured` where there is no journal yet. */
  journal(): Promise<Journal>;
  /** Changes nothing, and takes no longer than `timeoutMs`. */
  journalFile(timeoutMs: number, signal: AbortSignal): Promise<FileState>;
  /** Does a connector have the journal open? */
  isRunning(): boolean;
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
  const leastFreeBytes = config.journalFreeMegabytes * 2 ** 20;
  const openJournal = () => openSqliteJournal({ file: config.journal, clock, visitor: true, leastFreeBytes });
  return {
    journal: openJournal,
    journalFile: (timeoutMs, signal) => examineFile(config.journal, timeoutMs, signal),
    isRunning: () => isHeld(config.journal),
    calls: async () => {
      await using journal = await openJournal();
      await using budget = await openBudget({ clock, journal, share: salesforce.callShare });
      return budget.state();
    },
    crm: (signal) => openSalesforce({ ...toOrgOptions(config), routes: () => [], clock, budget: openGate }, signal),
    defaultRules: defaultRows,
    source: (account) =>
      openSource(account, {
        clock,
        log,
        tokenStore: toVisitedTokenStore(openJournal, account),
        mayRefresh: !isHeld(config.journal),
      }),
  };
}
