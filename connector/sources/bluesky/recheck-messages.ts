import type { Key } from "../../model/glossary.ts";
import { toDeletedEvent } from "../../model/post.ts";
import type { PostEvent } from "../../model/post.ts";
import { Declined } from "./failure.ts";
import { askMessages } from "./find.ts";
import type { Link } from "./link.ts";
import { WireMessage } from "./schema.ts";

const MOST_PAGES = 20;

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
  let cursor: string | undefined;
  try {
    for (let page = 0; page < MOST_PAGES && sought.size > 0; page++) {
      const { messages, cursor: older } = await askMessages(convoId, cursor, link, signal);
      for (const element of messages) {
        const message = WireMessage.safeParse(element).data;
        if (message === undefined || !sought.delete(message.id)) continue;
        if (message.text === undefined) gone.add(message.id);
      }
      if (older === undefined || messages.length === 0) break;
      cursor = older;
    }
  } catch (error) {
    if (!(error instanceof Declined)) throw error;
  }
  return gone;
}
