import type { Clock } from "./clock.ts";
import type { Crm, News } from "./crm/crm.ts";
import { Misconfigured, Unavailable } from "./errors.ts";
import type { Journal } from "./journal/journal.ts";
import type { Account } from "./model/account.ts";
import type { Coverage } from "./model/coverage.ts";
import type { IsoTime, Key } from "./model/glossary.ts";
import { forgetSince, toSince } from "./reporter/disconnections.ts";
import { toBorn, toDisconnected, toHealth, toStanding, toTask } from "./reporter/standing.ts";
import type { Standing } from "./reporter/standing.ts";

/** Every call counts against the org's day: what changes slowly is news a few times an hour. */
const ROUND_MS = 5 * 60_000;
/** Health that changes is told at once, but not more often than this. */
const SHORTEST_MS = 60_000;
const SETTINGS_MS = 30 * 60_000;

/**
 * Tells the CRM of our accounts, how they fare and what they missed, and keeps what we know of the org fresh. Of several
 * connectors each tells of the accounts that it hears.
 */
export interface Reporter {
  /** An account of ours: a post's row will refer to its account's, whoever hears that. */
  watch(account: Account): void;
  /** One of its feeds is heard, with `until`: all up to then; with `late`, a sentence: but not at once. */
  readonly heard: (account: Account, feed: string, until: IsoTime | undefined, late?: string) => void;
  /** One of its feeds waits. */
  waits(account: Account, feed: string, cause: Unavailable): void;
  /** Writes the accounts that the CRM has not been told of: a post's row refers to its account's. Refused: once is enough. */
  introduce(crm: Crm, signal: AbortSignal): Promise<void>;
  /** Reports until aborted, refused or not; `onTold` after each time. Throws `Unavailable` and `Misconfigured` as the CRM does. */
  run(crm: Crm, signal: AbortSignal, onTold?: () => void): Promise<void>;
}

export interface ReporterOptions {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly coverageOf: (account: Key) => readonly Coverage[];
  /** Is this account heard here? Asked each time; absent: all are. */
  readonly hears?: (account: Key) => boolean;
  /** Told when the CRM refuses an account's row (a rule of the customer's, say): nothing else stops for that. */
  readonly onRefused?: (error: unknown) => void;
}

export function openReporter(options: ReporterOptions): Reporter {
  const { journal, clock, coverageOf, hears = () => true, onRefused } = options;
  const standings = new Map<Key, Standing>();
  const introduced = new Set<Key>();
  /** Those of which the CRM knows no more than that they are there. */
  const untold = new Set<Key>();
  let introducing: Promise<void> | undefined;
  let changed = new AbortController();

  function change(account: Account, make: (standing: Standing) => void): void {
    const standing = standings.get(account.key) ?? toStanding(account);
    standings.set(account.key, standing);
    const before = toHealth(standing).health;
    make(standing);
    const { health } = toHealth(standing);
    if (untold.has(account.key) && hears(account.key)) changed.abort();
    if (health === before) return;
    standing.disconnectedAt = health === "Disconnected" ? clock.now() : undefined;
    changed.abort();
  }

  async function toNews(standing: Standing): Promise<News> {
    const { account, lastHeardAt } = standing;
    if (!hears(account.key)) return toBorn(account);
    const disconnected = toDisconnected(standing);
    const coverage = coverageOf(account.key);
    const news = { account, ...toHealth(standing), lastHeardAt, coverage };
    if (standing.isOver) await forgetSince(journal, account.key);
    standing.isOver = false;
    if (disconnected === undefined) return news;
    const since = await toSince(journal, account.key, standing.disconnectedAt ?? clock.now());
    return { ...news, task: toTask(standing, disconnected, since) };
  }

  async function report(crm: Crm, some: readonly Standing[], signal: AbortSignal): Promise<void> {
    const news = await Promise.all(some.map(toNews));
    try {
      await crm.report(news, signal);
    } catch (error) {
      if (signal.aborted || error instanceof Unavailable || error instanceof Misconfigured) throw error;
      onRefused?.(error);
    }
    for (const { account, born } of news) {
      introduced.add(account.key);
      if (born === true) untold.add(account.key);
      else untold.delete(account.key);
    }
  }

  async function introduceNew(crm: Crm, signal: AbortSignal): Promise<void> {
    const strangers = [...standings.values()].filter(({ account }) => !introduced.has(account.key));
    if (strangers.length > 0) await report(crm, strangers, signal);
  }

  /** What we knew of an account that another connector hears now is over. */
  function toHeard(): readonly Standing[] {
    for (const { account } of standings.values())
      if (!hears(account.key)) standings.set(account.key, toStanding(account));
    return [...standings.values()].filter(({ account }) => hears(account.key));
  }

  /** Until it is time for the next round, or something has changed. */
  async function untilNews(signal: AbortSignal): Promise<void> {
    const startMs = clock.monotonicMs();
    await clock.sleep(ROUND_MS, AbortSignal.any([signal, changed.signal]));
    await clock.sleep(SHORTEST_MS - (clock.monotonicMs() - startMs), signal);
  }

  return {
    watch: (account) => change(account, () => undefined),
    heard: (account, feed, until, late) =>
      change(account, (standing) => {
        if (late === undefined) standing.waits.delete(feed);
        else standing.waits.set(feed, new Unavailable(late));
        standing.lastHeardAt = until ?? standing.lastHeardAt;
        standing.isOver ||= toDisconnected(standing) === undefined;
      }),
    waits: (account, feed, cause) => change(account, (standing) => void standing.waits.set(feed, cause)),
    async introduce(crm, signal) {
      introducing ??= introduceNew(crm, signal).finally(() => (introducing = undefined));
      await introducing;
    },
    async run(crm, signal, onTold) {
      let settingsMs = clock.monotonicMs();
      for (;;) {
        changed = new AbortController();
        const heard = toHeard();
        if (heard.length > 0) await report(crm, heard, signal);
        onTold?.();
        await untilNews(signal);
        if (signal.aborted) return;
        if (clock.monotonicMs() - settingsMs < SETTINGS_MS) continue;
        await crm.settings(signal);
        settingsMs = clock.monotonicMs();
      }
    },
  };
}
