import type { Feed } from "../flow/feed.ts";
import type { Account } from "../model/account.ts";
import type { CrmChange, FollowedChange } from "../model/change.ts";
import type { Coverage } from "../model/coverage.ts";
import type { Draft } from "../model/draft.ts";
import type { IsoTime, Key, Rejection } from "../model/glossary.ts";
import type { Memory } from "../model/memory.ts";
import type { Claimed, Reply, Verdict } from "../model/reply.ts";
import type { KeptSettings, OfferedRule, OrgSettings, Remark } from "../model/settings.ts";

/** What became of things written, each in its place. undefined: it stands (or something newer does). "again": must be decided anew. */
export type Written = undefined | "again" | Rejection;

/** What became of the drafts, each in its place. */
export interface Recorded {
  readonly outcomes: readonly Written[];
}

/** A post that was deleted, and when. */
export interface Gone {
  readonly key: Key;
  readonly at: IsoTime;
}

/** News that concern one of our accounts, for the people in the CRM. */
export interface News {
  readonly account: Account;
  readonly health: "Connected" | "Degraded" | "Disconnected";
  readonly detail: string;
  readonly lastHeardAt: IsoTime | undefined;
  readonly coverage: readonly Coverage[];
  /** It is heard elsewhere: where it has no row one is made, with this; one that is there stays as it is. */
  readonly born?: true;
  /** Somebody has to act: one Task for the coordinator per `since`, with the way back. */
  readonly task?: { readonly since: IsoTime; readonly subject: string; readonly remedy: string };
}

/** A place in the CRM where a post's words are or were. */
export interface Place {
  /** For people: object and id. */
  readonly where: string;
  /** "words": the content is there. "nothing": it was, or a tombstone stands. */
  readonly holds: "words" | "nothing";
  readonly detail: string;
}

/** What was looked at, and what to do where it is not as it must be. */
export interface Finding {
  readonly what: string;
  readonly state: "good" | "doubtful" | "bad";
  readonly detail: string;
  /** A sentence that says what to do; of good findings empty. */
  readonly remedy: string;
}

/** Something that no program can do in people's place. */
export interface Chore {
  readonly what: string;
  /** undefined: that cannot be seen from here. */
  readonly done: boolean | undefined;
  /** A sentence that says what is so, or what for. */
  readonly detail: string;
  /** Where to click. */
  readonly where: string;
}

/** A customer relationship management system: both a feed (changes) and a sink (records). */
export interface Crm extends AsyncDisposable {
  /** What the CRM knows about these drafts, in their order. One call. The stage "recall" puts it into them. */
  recall(drafts: readonly Draft[], signal: AbortSignal): Promise<readonly Memory[]>;
  /** Born, versioned and guarded writes: safe to repeat and to come late. A draft that is `gone` leaves a tombstone. */
  record(drafts: readonly Draft[], signal: AbortSignal): Promise<Recorded>;
  /** The text of these posts goes from every row that holds it; a tombstone stays. Safe to repeat. */
  erase(posts: readonly Gone[], signal: AbortSignal): Promise<void>;
  /** What people did: replies queued and decided on (or long left in Sending), matches, labels, Cases, merges, conversions. */
  readonly changes: Feed<CrmChange>;
  /** What hangs on these changes follows them, in their order. Safe to repeat and to come late. */
  follow(changes: readonly FollowedChange[], signal: AbortSignal): Promise<readonly Written[]>;
  /** Of these replies those still Queued (or Sending by the same attempt), now Sending, as they stand. */
  claim(replies: readonly Reply[], signal: AbortSignal): Promise<readonly Claimed[]>;
  /** Writes what became of a reply. Safe to repeat. */
  settle(reply: Reply, verdict: Verdict, signal: AbortSignal): Promise<void>;
  settings(signal: AbortSignal): Promise<OrgSettings>;
  /** What coordinators keep in the CRM, as it stands now: all rows, unchecked. */
  kept(signal: AbortSignal): Promise<KeptSettings>;
  /** Says on rows of settings what became of them; a row that says so already is left alone. Safe to repeat. */
  remark(remarks: readonly Remark[], signal: AbortSignal): Promise<void>;
  /** Makes those of these rules that are not there; whatever people made of the others stays. How many it made. */
  offer(rules: readonly OfferedRule[], signal: AbortSignal): Promise<number>;
  /** Puts a rule that came with us back to what it was, whatever people made of it. */
  restore(rule: OfferedRule, signal: AbortSignal): Promise<void>;
  report(news: readonly News[], signal: AbortSignal): Promise<void>;
  /** Every place where this post's words are or were. Changes nothing. */
  inspect(post: Key, signal: AbortSignal): Promise<readonly Place[]>;
  /** Package, permissions, limits, clock: is all as the connector needs it? Changes nothing. */
  examine(signal: AbortSignal): Promise<readonly Finding[]>;
  /** What people have to do in the CRM themselves, in its order. Changes nothing. */
  chores(signal: AbortSignal): Promise<readonly Chore[]>;
}
