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
 *   the post has a Case               it stays there
 *   we wrote it                       the Case of the post it answers
 *   private                           the customer's newest open Case on the account
 *   public                            the customer's open Case of the conversation
 *   a closed Case, no response needed stays on the closed Case
 *   a closed Case, response needed    reopens it within seven days, else a new one that goes on from it
 *   no Case                           a new one if it needs a response, else none
 */
export function toChooseCase(): Stage {
  return {
    name: "choose-case",
    async apply(drafts) {
      const book = toCaseBook();
      return await Promise.resolve(
        mapLive(drafts, (draft) => {
          const home = toHome(draft, book);
          book.note(draft, home);
          return home === undefined ? draft : { ...draft, home };
        }),
      );
    },
  };
}

function toHome(draft: Draft, book: CaseBook): Home | undefined {
  const settled = book.own(draft) ?? (draft.post.direction === "outbound" ? book.parent(draft) : undefined);
  if (settled !== undefined) return stay(settled);
  if (draft.post.direction === "outbound") return undefined;
  const open = toOpen(draft, book);
  if (open !== undefined) return stay(open);
  const closed = book.latest(draft);
  if (closed?.kind === "known") return toHomeAfterClosing(draft, closed.case, book);
  return draft.triage?.needsResponse === true ? toNewCase(draft, undefined, book) : undefined;
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
  const sinceMs = Date.parse(draft.post.postedAt) - Date.parse(closed.closedAt ?? draft.post.postedAt);
  if (draft.triage?.needsResponse !== true || sinceMs <= 0) return { kind: "open", case: closed };
  if (sinceMs <= REOPEN_WITHIN_MS && !book.isRecorded(draft)) return { kind: "reopen", case: closed };
  return toNewCase(draft, closed.id, book);
}

function toNewCase(draft: Draft, parentCaseId: string | undefined, book: CaseBook): Home {
  const { conversation, author, key } = draft.post;
  const caseKey = toCaseKey(conversation ?? key, author.key, book.count(draft) + 1);
  return { kind: "new", key: caseKey, parentCaseId, ...toCaseText(draft.post) };
}

function stay(place: Place): Home {
  return place.kind === "made" ? { kind: "batch", key: place.key } : { kind: "open", case: place.case };
}
