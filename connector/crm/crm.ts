import type { Feed } from "../flow/feed.ts";
import type { Account } from "../model/account.ts";
import type { CrmChange } from "../model/change.ts";
import type { Draft } from "../model/draft.ts";
import type { IsoTime, Key, Rejection } from "../model/glossary.ts";
import type { Memory } from "../model/memory.ts";
import type { Claimed, Reply, Verdict } from "../model/reply.ts";
import type { OrgSettings } from "../model/settings.ts";

/** What became of the drafts, each in its place. */
export interface Recorded {
  /** undefined: stands in the CRM (or a newer version does). "again": must be recalled and decided anew. */
  readonly outcomes: readonly (undefined | "again" | Rejection)[];
}

/** News that concern one of our accounts, for the people in the CRM. */
export interface News {
  readonly account: Account;
  readonly health: "Connected" | "Degraded" | "Disconnected";
  readonly detail: string;
  readonly lastHeardAt: IsoTime | undefined;
}

/** A customer relationship management system: both a feed (changes) and a sink (records). */
export interface Crm extends AsyncDisposable {
  /** What the CRM knows about these drafts, in their order. One call. The stage "recall" puts it into them. */
  recall(drafts: readonly Draft[], signal: AbortSignal): Promise<readonly Memory[]>;
  /** Born, versioned and guarded writes: safe to repeat and to come late. */
  record(drafts: readonly Draft[], signal: AbortSignal): Promise<Recorded>;
  /** The text of these posts goes from every row that holds it; a tombstone stays. Safe to repeat. */
  erase(posts: readonly { readonly key: Key; readonly at: IsoTime }[], signal: AbortSignal): Promise<void>;
  /** Replies queued, and what people decided about those that failed or hang. */
  readonly changes: Feed<CrmChange>;
  /** Of these replies those still Queued (or Sending by the same attempt), now Sending, as they stand. */
  claim(replies: readonly Reply[], signal: AbortSignal): Promise<readonly Claimed[]>;
  /** Writes what became of a reply. Safe to repeat. */
  settle(reply: Reply, verdict: Verdict, signal: AbortSignal): Promise<void>;
  settings(signal: AbortSignal): Promise<OrgSettings>;
  report(news: readonly News[], signal: AbortSignal): Promise<void>;
}
