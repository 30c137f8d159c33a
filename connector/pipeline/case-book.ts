import type { Draft, Home } from "../model/draft.ts";
import type { IsoTime, Key } from "../model/glossary.ts";
import { isCaseKeyOf } from "../model/key.ts";
import type { KnownCase } from "../model/memory.ts";
import { toCustomer } from "./bond.ts";

/** A Case that a post may stand on: one that the CRM knows, or one that this batch makes. */
export type Place =
  | { readonly kind: "known"; readonly case: KnownCase }
  | { readonly kind: "made"; readonly key: Key; readonly account: Key; readonly conversation: Key | undefined };

/** The Cases as they will stand when all earlier drafts of the batch are recorded: the memory, and the batch over it. */
export interface CaseBook {
  isOpen(place: Place): boolean;
  /** The Case that this very post stands on already. */
  own(draft: Draft): Place | undefined;
  /** The Case of the post that it answers. */
  parent(draft: Draft): Place | undefined;
  /** Where the customer's latest post of this conversation points, else the customer's latest Case of it. */
  latest(draft: Draft): Place | undefined;
  /** The customer's open Cases, oldest first. */
  open(draft: Draft): readonly Place[];
  /** When the customer last said something that stands on this Case. */
  lastInboundAt(known: KnownCase): IsoTime | undefined;
  /** How many Cases the customer has had in this conversation. */
  count(draft: Draft): number;
  /** Every draft, in order, with what was decided for it. */
  note(draft: Draft, home: Home | undefined): void;
}

export function toCaseBook(): CaseBook {
  const posts = new Map<Key, Place>();
  const latest = new Map<string, Place>();
  const counts = new Map<string, number>();
  const made = new Map<Key, Place & { readonly author: Key }>();
  const lastInbound = new Map<string, IsoTime>();
  const reopened = new Map<string, { readonly case: KnownCase; readonly author: Key }>();

  const isOpen = (place: Place): boolean =>
    place.kind === "made" || place.case.closedAt === undefined || reopened.has(place.case.id);

  const byId = ({ memory }: Draft, id: string | undefined): Place | undefined => {
    const known = memory?.cases.find((one) => one.id === id);
    return known === undefined ? undefined : { kind: "known", case: known };
  };

  /** The customer's: recalled with this draft or reopened by an earlier one, oldest first. */
  const known = ({ post, memory }: Draft): readonly Place[] => {
    const mine = [...reopened.values()].filter(({ author }) => author === post.author.key);
    const recalled = (memory?.cases ?? []).filter((one) => !isAnothers(one, post.author.key));
    const all = [...mine.map((one) => one.case), ...recalled];
    return [...new Map(all.map((one) => [one.id, one])).values()]
      .sort((one, other) => Date.parse(one.madeAt) - Date.parse(other.madeAt))
      .map((one) => ({ kind: "known", case: one }));
  };

  const lastInboundAt = (known: KnownCase): IsoTime | undefined => lastInbound.get(known.id) ?? known.lastInboundAt;

  const count = (draft: Draft): number =>
    Math.max(draft.memory?.lastCaseNumber ?? 0, counts.get(toCustomer(draft)) ?? 0);

  function hear(known: KnownCase, at: IsoTime): void {
    if (at > (lastInboundAt(known) ?? "")) lastInbound.set(known.id, at);
  }

  function settle(draft: Draft, home: Home): Place | undefined {
    if (home.kind === "open" || home.kind === "reopen") return { kind: "known", case: home.case };
    if (home.kind === "batch") return made.get(home.key);
    const { account, conversation, author } = draft.post;
    const place = { kind: "made", key: home.key, account, conversation, author: author.key } as const;
    made.set(home.key, place);
    counts.set(toCustomer(draft), count(draft) + 1);
    return place;
  }

  return {
    isOpen,
    own: (draft) => posts.get(draft.post.key) ?? byId(draft, draft.memory?.post?.caseId),
    parent: (draft) => posts.get(draft.post.parent ?? "") ?? byId(draft, draft.memory?.parent?.caseId),
    latest: (draft) =>
      latest.get(toCustomer(draft)) ??
      byId(draft, draft.memory?.latestCaseId) ??
      known(draft).findLast((place) => toConversation(place) === draft.post.conversation),
    open: (draft) => [
      ...known(draft).filter(isOpen),
      ...[...made.values()].filter(({ author }) => author === draft.post.author.key),
    ],
    lastInboundAt,
    count,
    note(draft, home) {
      const { post } = draft;
      if (home === undefined) return;
      if (home.kind === "reopen") reopened.set(home.case.id, { case: home.case, author: post.author.key });
      const place = settle(draft, home);
      if (place === undefined) return;
      posts.set(post.key, place);
      if (place.kind === "known" && post.direction === "inbound") hear(place.case, post.postedAt);
      latest.set(toCustomer(draft), place);
    },
  };
}

/** The memory holds the Case of the post above too, which may be another customer's. */
function isAnothers({ key, conversation }: KnownCase, persona: Key): boolean {
  return key !== undefined && conversation !== undefined && !isCaseKeyOf(key, conversation, persona);
}

export function toConversation(place: Place): Key | undefined {
  return place.kind === "made" ? place.conversation : place.case.conversation;
}

export function toAccount(place: Place): Key | undefined {
  return place.kind === "made" ? place.account : place.case.account;
}
