import type { Clock } from "./clock.ts";
import type { Crm, News } from "./crm/crm.ts";
import { Misconfigured, Unavailable } from "./errors.ts";
import type { Account } from "./model/account.ts";
import type { IsoTime, Key } from "./model/glossary.ts";

/** Every call counts against the org's day: health and settings are news a few times an hour. */
const ROUND_MS = 5 * 60_000;

/** Tells the CRM of our accounts, how they fare, and keeps what we know of the org fresh. */
export interface Reporter {
  watch(account: Account): void;
  heard(account: Account, until: IsoTime | undefined): void;
  fares(account: Account, health: News["health"], detail: string): void;
  /** Writes the accounts that the CRM has not been told of: a post's row refers to its account's. Refused: once is enough. */
  introduce(crm: Crm, signal: AbortSignal): Promise<void>;
  /** Reports every few minutes until aborted, refused or not. Throws `Unavailable` and `Misconfigured` as the CRM does. */
  run(crm: Crm, signal: AbortSignal): Promise<void>;
}

/** `onRefused` is told when the CRM refuses an account's row (a rule of the customer's, say): nothing else stops for that. */
export function openReporter(clock: Clock, onRefused: (error: unknown) => void = () => undefined): Reporter {
  const news = new Map<Key, News>();
  const introduced = new Set<Key>();
  let introducing: Promise<void> | undefined;

  function change(account: Account, changes: Partial<News>): void {
    const before = news.get(account.key) ?? { account, health: "Connected", detail: "", lastHeardAt: undefined };
    news.set(account.key, { ...before, ...changes });
  }

  async function report(crm: Crm, some: readonly News[], signal: AbortSignal): Promise<void> {
    try {
      await crm.report(some, signal);
    } catch (error) {
      if (signal.aborted || error instanceof Unavailable || error instanceof Misconfigured) throw error;
      onRefused(error);
    }
  }

  async function introduceNew(crm: Crm, signal: AbortSignal): Promise<void> {
    const strangers = [...news.values()].filter(({ account }) => !introduced.has(account.key));
    if (strangers.length === 0) return;
    await report(crm, strangers, signal);
    for (const { account } of strangers) introduced.add(account.key);
  }

  return {
    watch: (account) => change(account, {}),
    heard: (account, until) =>
      change(account, until === undefined ? {} : { lastHeardAt: until, health: "Connected", detail: "" }),
    fares: (account, health, detail) => change(account, { health, detail }),
    async introduce(crm, signal) {
      introducing ??= introduceNew(crm, signal).finally(() => (introducing = undefined));
      await introducing;
    },
    async run(crm, signal) {
      for (;;) {
        await report(crm, [...news.values()], signal);
        for (const key of news.keys()) introduced.add(key);
        await clock.sleep(ROUND_MS, signal);
        if (signal.aborted) return;
        await crm.settings(signal);
      }
    },
  };
}
