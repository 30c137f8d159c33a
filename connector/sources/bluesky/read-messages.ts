import { TO_CHAT } from "./client.ts";
import type { Link } from "./link.ts";
import { WireMessage, WireMessages } from "./schema.ts";

const LONGEST_PAGE = 100;
const MOST_PAGES = 20;

export interface MessagePage {
  /** The newest first. */
  readonly messages: readonly WireMessage[];
  /** There are no older ones. */
  readonly isLast: boolean;
}

/** The messages of an exchange, page by page, the newest first; of a long one the older ones are left out. */
export async function* readMessages(convoId: string, { ask }: Link, signal: AbortSignal): AsyncGenerator<MessagePage> {
  let older: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const query = { convoId, limit: LONGEST_PAGE, ...(older === undefined ? {} : { cursor: older }) };
    const question = { method: "chat.bsky.convo.getMessages", query, headers: TO_CHAT };
    const { messages, cursor } = WireMessages.parse(await ask(signal, question));
    const isLast = cursor === undefined || messages.length === 0;
    yield { messages: messages.flatMap((element) => WireMessage.safeParse(element).data ?? []), isLast };
    if (isLast) return;
    older = cursor;
  }
}
