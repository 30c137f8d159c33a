import type { Draft, Home } from "../model/draft.ts";
import { toCaseKey } from "../model/key.ts";
import type { KnownCase } from "../model/memory.ts";
import { toAccount, toCaseBook, toConversation, type CaseBook, type Place } from "./case-book.ts";
import { toCaseText } from "./case-text.ts";
import { mapLive } from "./live.ts";
import type { Stage } from "./stage.ts";

/** How long after its closing a Case is opened again rather than followed by a new one. */
const REOPEN_WITHIN_MS = 7 * 24 * 60 * 60 * 1000;

/**
 * One Case per conversation and customer. The drafts are folded in order, so that a customer's second post joins the
 * Case that the first one opens, whether or not they come in one batch:
 *
 *   a person took it off its Case, or says that it needs no response and it has none: none
 *   the post has a Case               it stays there; only where the Case was closed already when the post was recorded,
 *                                     it is reopened as below: the call that recorded the post was cut half-way
 *   we wrote it                       the Case of the post it answers
 *   private                           the customer's newest open Case on the account
 *   public                            the customer's open Case of the conversation
 *   a closed Case, no response needed stays on the closed Case
 *   a closed Case, response needed    reopens it within seven days, else a new one that goes on from it; said before the
 *                                     closing but heard only now, it reopens it too if the customer's last word that the
 *                                     Case knows is older: no rep can have seen it
 *   no Case                           a new one if it needs a response, else none
 */
export function toChooseCase(): Stage {
  return {
    name: "choose-case",
    async apply(drafts) {
      const book = toCaseBook();
      return await Promise.resolve(
        mapLive(drafts, (draft) => {
          const home = toQuiet(draft, toHome(draft, book));
          book.note(draft, home);
          return { ...draft, ...(home === undefined ? {} : { home }), ...toEdit(draft) };
        }),
      );
    },
  };
}

/** The Case that it opened, if any, is called anew, wherever the post stands by now. */
function toEdit({ post, gone }: Draft): Pick<Draft, "caseText"> {
  return gone === undefined && post.direction === "inbound" && post.version > 0 ? { caseText: toCaseText(post) } : {};
}

/** What is deleted wakes nobody. */
function toQuiet({ gone }: Draft, home: Home | undefined): Home | undefined {
  return gone !== undefined && home?.kind === "reopen" ? { kind: "open", case: home.case } : home;
}

function toHome(draft: Draft, book: CaseBook): Home | undefined {
  if (draft.post.direction === "outbound") {
    const answered = book.own(draft) ?? book.parent(draft);
    return answered === undefined ? undefined : stay(answered);
  }
  const own = book.own(draft);
  if (own !== undefined) {
    return own.kind === "known" && !book.isOpen(own) && !isPlaced(draft) && isCutShort(draft, own.case, book)
      ? { kind: "reopen", case: own.case }
      : stay(own);
  }
  if (isPlaced(draft) || draft.memory?.post?.decided?.needsResponse === false) return undefined;
  const open = toOpen(draft, book);
  if (open !== undefined) return stay(open);
  const closed = book.latest(draft);
  if (closed?.kind === "known") return toHomeAfterClosing(draft, closed.case, book);
  return draft.triage?.needsResponse === true ? toNewCase(draft, undefined, book) : undefined;
}

/** A person chose where it stands, if anywhere. */
function isPlaced({ memory }: Draft): boolean {
  return memory?.post?.decided?.case === true;
}

function toOpen(draft: Draft, book: CaseBook): Place | undefined {
  const { account, conversation, visibility } = draft.post;
  const latest = book.latest(draft);
  const current = latest !== undefined && book.isOpen(latest) ? latest : undefined;
  const open = book.open(draft);
  return visibility === "private"
    ? (open.findLast((place) => toAccount(place) === account) ?? current)
    : (current ?? open.findLast((place) => toConversation(place) === conversation));
}

function toHomeAfterClosing(draft: Draft, closed: KnownCase, book: CaseBook): Home {
  if (isReopening(draft, closed, book)) return { kind: "reopen", case: closed };
  return isAsking(draft, closed, book) ? toNewCase(draft, closed.id, book) : { kind: "open", case: closed };
}

/**
 * Recorded (by this batch where the CRM does not know it yet) on a Case that was closed by then and still is: it should
 * have been reopened. Both times are the CRM's own, in whole seconds: within one second nobody has read the post.
 */
function isCutShort(draft: Draft, closed: KnownCase, book: CaseBook): boolean {
  const recordedAt = draft.memory?.post?.recordedAt;
  return (
    (recordedAt === undefined || recordedAt >= (closed.closedAt ?? recordedAt)) && isReopening(draft, closed, book)
  );
}

function isReopening(draft: Draft, closed: KnownCase, book: CaseBook): boolean {
  return isAsking(draft, closed, book) && sinceClosingMs(draft, closed) <= REOPEN_WITHIN_MS;
}

/** Does the customer ask for something that nobody can have seen before the closing? Or does a person ask for it? */
function isAsking(draft: Draft, closed: KnownCase, book: CaseBook): boolean {
  const isAskedFor = draft.memory?.post?.decided?.needsResponse === true;
  const isUnseen =
    isAskedFor || sinceClosingMs(draft, closed) > 0 || draft.post.postedAt >= (book.lastInboundAt(closed) ?? "");
  return draft.triage?.needsResponse === true && isUnseen;
}

function sinceClosingMs({ post }: Draft, { closedAt }: KnownCase): number {
  return Date.parse(post.postedAt) - Date.parse(closedAt ?? post.postedAt);
}

function toNewCase(draft: Draft, parentCaseId: string | undefined, book: CaseBook): Home {
  const { conversation, author, key } = draft.post;
  const caseKey = toCaseKey(conversation ?? key, author.key, book.count(draft) + 1);
  return { kind: "new", key: caseKey, parentCaseId, ...toCaseText(draft.post) };
}

function stay(place: Place): Home {
  return place.kind === "made" ? { kind: "batch", key: place.key } : { kind: "open", case: place.case };
}
