import { toOwn } from "c/socialNames";

/** A page before it knows where the one before ended. */
const NEWEST = { at: "4000-01-01T00:00:00.000Z" };
/** An empty list would be refused. */
const NOTHING = ["-"];
const DESCENDING = { order: "DESC" };
/** The most conversations that one question names. */
const MOST_CONVERSATIONS = 200;

/**
 * What the timeline asks for, as variables of `threadQuery`. A record is a Case, a Contact, a Lead or
 * an Account: only of the last its id does not tell.
 *
 * @typedef {object} Scope
 * @property {string} recordId
 * @property {boolean} [isAccount]
 * @property {boolean} isWhole whether all posts of the conversations belong to it, or the record's own only
 * @property {string[]} conversations keys, the newest first
 */

/**
 * The posts that were said before a post, newest first, and the replies to them. By a post, not by a number of rows: what is said
 * meanwhile shifts nothing, and there is no end to how far back one may read.
 *
 * @param {Scope} scope
 * @param {{ first: number, before?: { at: string, id: string } }} page
 */
export function toPage(scope, { first, before = NEWEST }) {
  const older = {
    or: [
      { Posted_At__c: { lt: { value: before.at } } },
      { and: [{ Posted_At__c: { eq: { value: before.at } } }, { Id: { gt: before.id ?? scope.recordId } }] },
    ],
  };
  const posts = { and: [{ or: [...ofRecord(scope), ...(scope.isWhole ? [ofConversations(scope)] : [])] }, older] };
  return toOwn({ first, byTime: DESCENDING, posts, replies: { Post__r: posts } });
}

/**
 * What was written or changed since a time, wherever in the conversations; the latest first. Older posts than those of the pages
 * come with their own page.
 *
 * @param {Scope} scope
 * @param {{ first: number, since: string, postedFrom: string }} news
 */
export function toNews(scope, { first, since, postedFrom }) {
  const changed = { LastModifiedDate: { gte: { value: since } } };
  const inScope = { or: [...ofRecord(scope), ofConversations(scope)] };
  return toOwn({
    first,
    byChange: DESCENDING,
    posts: { and: [inScope, changed, { Posted_At__c: { gte: { value: postedFrom } } }] },
    replies: { and: [{ Post__r: inScope }, changed] },
  });
}

/**
 * Our posts that these posts answer or that answer them. Only where `isWhole` does not bring them anyway.
 *
 * @param {object[]} posts of `toPost`, the record's own
 * @param {object[]} replies of `toReply`
 * @param {{ first: number }} page
 */
export function toOurs(posts, replies, { first }) {
  const keys = posts.map(({ key }) => key).filter(Boolean);
  const named = [...posts.map(({ parent }) => parent), ...replies.map(({ sentPostKey }) => sentPostKey)].filter(
    Boolean,
  );
  const related = {
    or: [
      { Parent_Key__c: { in: keys.length > 0 ? keys : NOTHING } },
      { External_Key__c: { in: named.length > 0 ? [...new Set(named)] : NOTHING } },
    ],
  };
  return toOwn({
    first,
    byTime: DESCENDING,
    posts: { and: [{ Direction__c: { eq: "Outbound" } }, related] },
    replies: { Sent_Post_Key__c: { in: NOTHING } },
  });
}

/** What an Account's people said is its own, whether or not somebody linked the Account itself. */
function ofRecord({ recordId, isAccount = false }) {
  if (isAccount) return [{ Account__c: { eq: recordId } }, { Contact__r: { AccountId: { eq: recordId } } }];
  return [{ Case__c: { eq: recordId } }, { Contact__c: { eq: recordId } }, { Lead__c: { eq: recordId } }];
}

function ofConversations({ conversations }) {
  return {
    Conversation_Key__c: { in: conversations.length > 0 ? conversations.slice(0, MOST_CONVERSATIONS) : NOTHING },
  };
}
