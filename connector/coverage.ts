import type { Clock } from "./clock.ts";
import { openDeliveries } from "./coverage/deliveries.ts";
import type { Deliveries } from "./coverage/deliveries.ts";
import { MARKS, markSchema, toCoverage, toFilledPrefix } from "./flow/mark.ts";
import type { Mark } from "./flow/mark.ts";
import type { Filled } from "./flow/hearing.ts";
import type { Journal } from "./journal/journal.ts";
import type { Account } from "./model/account.ts";
import { isOpen } from "./model/coverage.ts";
import type { AccountCoverage, Coverage, Gap } from "./model/coverage.ts";
import type { Key } from "./model/glossary.ts";

/** What happened to a gap of an account's feed. */
export interface GapNews {
  readonly account: Account;
  readonly feed: string;
  readonly gap: Gap;
}

export interface CoverageOptions {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly onOpened?: (news: GapNews) => void;
  readonly onClosed?: (news: GapNews) => void;
}

/** Of each account and feed: until when it was heard, and what was missed. */
export interface CoverageBook {
  /** How a feed stands now: what `ingest` tells of each change. */
  note(account: Account, feed: string, mark: Mark): void;
  /** The ledger of what is not asked for but comes by itself (a webhook): the same for all who ask. */
  openDeliveries(account: Account, feed: string): Promise<Deliveries>;
  /** Learns what other connectors on the same journal have heard and missed. */
  refresh(): Promise<void>;
  /** An account of ours, by whatever connector it is heard. */
  meet(account: Account): void;
  readonly of: (account: Key) => readonly Coverage[];
  /** All accounts that the journal knows, also those that are not opened (yet). */
  readonly all: () => readonly AccountCoverage[];
}

/** Begins with what the journal holds. */
export async function openCoverage(options: CoverageOptions): Promise<CoverageBook> {
  const pages = new Map((await readCoverage(options.journal)).map((page) => [page.account, page]));
  const ledgers = new Map<string, Promise<Deliveries>>();
  const handles = new Map<Key, string>();
  /** Grows with every note: what was read before is older. */
  let notes = 0;

  function meet({ key, handle }: Account): void {
    handles.set(key, handle);
    const page = pages.get(key);
    if (page !== undefined) pages.set(key, { ...page, handle });
  }

  async function refresh(): Promise<void> {
    const before = notes;
    const read = await readCoverage(options.journal);
    if (notes !== before) return;
    pages.clear();
    for (const page of read) pages.set(page.account, { ...page, handle: handles.get(page.account) });
  }

  /** How the feed stood before, as far as we knew, and stands now. */
  function see(account: Account, feed: string, mark: Mark): { before?: Coverage | undefined; now?: Coverage } {
    const now = toCoverage(feed, mark);
    if (now === undefined) return {};
    notes += 1;
    handles.set(account.key, account.handle);
    const { feeds } = pages.get(account.key) ?? { feeds: [] };
    const before = feeds.find((coverage) => coverage.feed === feed);
    const others = feeds.filter((coverage) => coverage !== before);
    pages.set(account.key, { account: account.key, handle: account.handle, feeds: [...others, now].sort(byFeed) });
    return { before, now };
  }

  function note(account: Account, feed: string, mark: Mark): void {
    const { before, now } = see(account, feed, mark);
    const wasOpen = new Set(before?.gaps.filter(isOpen).map(toIdentity));
    const known = new Set(before?.gaps.map(toIdentity));
    for (const gap of now?.gaps ?? []) {
      if (!known.has(toIdentity(gap))) options.onOpened?.({ account, feed, gap });
      if (!isOpen(gap) && wasOpen.has(toIdentity(gap))) options.onClosed?.({ account, feed, gap });
    }
  }

  return {
    note,
    refresh,
    meet,
    async openDeliveries(account, feed) {
      const name = `${account.key}/${feed}`;
      const { journal, clock } = options;
      const onMark = (mark: Mark): void => note(account, feed, mark);
      const onSeen = (mark: Mark): void => void see(account, feed, mark);
      const opening = ledgers.get(name) ?? openDeliveries({ journal, clock, name, onMark, onSeen });
      ledgers.set(name, opening);
      return await opening.catch((error: unknown) => {
        ledgers.delete(name);
        throw error;
      });
    },
    of: (account) => pages.get(account)?.feeds ?? [],
    all: () => [...pages.values()],
  };
}

/** What the journal knows of all accounts, for whoever only looks. */
export async function readCoverage(journal: Journal): Promise<readonly AccountCoverage[]> {
  const pages = new Map<Key, readonly Coverage[]>();
  for await (const { key, value } of journal.list(MARKS)) {
    const name = key.slice(MARKS.length);
    const account = name.slice(0, name.lastIndexOf("/"));
    const coverage = toCoverage(name.slice(account.length + 1), markSchema.parse(JSON.parse(value)));
    // The CRM is a feed too, but no account of ours.
    if (coverage !== undefined && account.includes(":"))
      pages.set(account, [...(pages.get(account) ?? []), coverage].sort(byFeed));
  }
  return [...pages].map(([account, feeds]) => ({ account, handle: undefined, feeds }));
}

/**
 * Tells that a stretch was brought in another way (an import), also from another process: the connector closes its gaps with
 * what it hears next, or at its start.
 */
export async function noteFilled(
  journal: Journal,
  { account, feed, ...filled }: Filled & { readonly account: Key; readonly feed: string },
): Promise<void> {
  const key = `${toFilledPrefix(`${account}/${feed}`)}${filled.from}~${filled.to}`;
  await journal.put(key, JSON.stringify(filled), 0);
}

/** The same gap as it grows, moves and closes. */
function toIdentity({ openedAt, cause, from }: Gap): string {
  return cause === "not given" ? `${openedAt} ${from}` : openedAt;
}

function byFeed(a: Coverage, b: Coverage): number {
  return a.feed < b.feed ? -1 : 1;
}
