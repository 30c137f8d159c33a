import type { Key } from "../../model/glossary.ts";
import { toDeletedEvent } from "../../model/post.ts";
import type { PostEvent } from "../../model/post.ts";
import { Declined } from "../asking/declined.ts";
import type { Link } from "./link.ts";
import { readMessages } from "./read-messages.ts";

export interface HeldMessage {
  readonly key: Key;
  readonly convoId: string;
  readonly id: string;
}

/** Which of these were deleted, out of the exchanges that they belong to. One that is not found there says nothing. */
export async function recheckMessages(
  messages: readonly HeldMessage[],
  link: Link,
  signal: AbortSignal,
): Promise<readonly PostEvent[]> {
  const events: PostEvent[] = [];
  for (const [convoId, some] of Map.groupBy(messages, (one) => one.convoId)) {
    const gone = await readDeleted(convoId, new Set(some.map(({ id }) => id)), link, signal);
    events.push(...some.filter(({ id }) => gone.has(id)).map(({ key }) => toDeletedEvent(key, link.clock.now())));
  }
  return events;
}

async function readDeleted(
  convoId: string,
  sought: Set<string>,
  link: Link,
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  const gone = new Set<string>();
  try {
    for await (const { messages } of readMessages(convoId, link, signal)) {
      for (const { id, text } of messages) if (sought.delete(id) && text === undefined) gone.add(id);
      if (sought.size === 0) break;
    }
  } catch (error) {
    if (!(error instanceof Declined)) throw error;
  }
  return gone;
}
