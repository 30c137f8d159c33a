import type { Draft } from "../model/draft.ts";
import type { Key } from "../model/glossary.ts";
import { isAddressed } from "../model/post.ts";

/** What earlier drafts of the same batch will have put into the CRM, had they come in a batch of their own. */
export interface Entered {
  /** With their versions. */
  readonly posts: ReadonlyMap<Key, number>;
  /** Customers in conversations (`toCustomer`) who have a Case by then. */
  readonly customers: ReadonlySet<string>;
}

/** One customer in one conversation, as a name to compare by. */
export function toCustomer({ post }: Draft): string {
  return JSON.stringify([post.conversation, post.author.key]);
}

/** Why a post belongs to a conversation with us, as a sentence; undefined: it does not. */
export function toBond(draft: Draft, entered: Entered): string | undefined {
  const { post, memory, thread = [] } = draft;
  if (isAddressed(post)) return "It is said to us.";
  if (post.context === true) return "It led to a conversation with us.";
  if (memory?.post !== undefined || entered.posts.has(post.key)) return "It is in the CRM already.";
  if (memory?.parent !== undefined || (post.parent !== undefined && entered.posts.has(post.parent))) {
    return "It answers a post that is in the CRM.";
  }
  if (memory?.latestCaseId !== undefined || hasCase(draft) || entered.customers.has(toCustomer(draft))) {
    return "Its author has a Case in this conversation.";
  }
  if (thread.some((above) => above.direction === "outbound" || isAddressed(above))) {
    return "It goes on from a conversation with us.";
  }
  return undefined;
}

function hasCase({ post, memory }: Draft): boolean {
  return (
    memory?.cases.some(({ conversation }) => conversation !== undefined && conversation === post.conversation) === true
  );
}
