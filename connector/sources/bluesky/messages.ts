import { z } from "zod";
import type { Feed } from "../../flow/feed.ts";
import { toDeletedEvent, toPostEvent } from "../../model/post.ts";
import type { PostEvent } from "../../model/post.ts";
import type { IsoTime, Key } from "../../model/glossary.ts";
import { askFor } from "../asking/ask-for.ts";
import { TO_CHAT } from "./client.ts";
import { toMessageKey } from "./keys.ts";
import type { Link } from "./link.ts";
import { WireLog, WireLogged, WireRev } from "./schema.ts";

/** The chat has no stream. */
const EVERY_MS = 15_000;
/** Before everything that was ever said there. */
const BEGINNING = "2222222222222";

export const MESSAGES = {
  name: "messages",
  remedy:
    "Make an app password that may read direct messages (Bluesky asks for that when one is made), or write " +
    "`messages: false` into the account's settings.",
};

/** All up to `rev` has been told, but for what was said before `from`, where the network did not say where now is. */
const Mark = z.object({ rev: z.string(), from: z.string().optional() });
type Mark = z.infer<typeof Mark>;

export interface MessagesOptions extends Link {
  /** Another account of ours: what it writes is told by its own feeds. */
  readonly isSibling: (persona: Key) => boolean;
}

/**
 * Private messages to us and from us from the first start on, out of the chat's log. Each side deletes its own copy only:
 * that of ours counts.
 */
export function toMessages(link: MessagesOptions): Feed<PostEvent> {
  const { clock } = link;
  return async function* (cursor, signal) {
    let mark = cursor === undefined ? undefined : Mark.parse(JSON.parse(cursor));
    for (;;) {
      const heardUntil = clock.now();
      if (mark === undefined) {
        const { logs, cursor: now } = await askLog(link, undefined, signal);
        mark = now === undefined ? { rev: toNewest(logs, BEGINNING), from: heardUntil } : { rev: now };
      } else {
        for (;;) {
          const { rev, from }: Mark = mark;
          const { logs, cursor: next } = await askLog(link, rev, signal);
          const reached = toNewest(logs, next !== undefined && next > rev ? next : rev);
          if (reached === rev) break;
          mark = { ...mark, rev: reached };
          yield { items: await toEvents(toLogged(logs, from), link, signal), cursor: JSON.stringify(mark) };
        }
      }
      yield { items: [], cursor: JSON.stringify(mark), heardUntil };
      await clock.sleep(EVERY_MS, signal);
      if (signal.aborted) return;
    }
  };
}

function askLog({ ask }: Link, cursor: string | undefined, signal: AbortSignal) {
  const query = cursor === undefined ? {} : { cursor };
  return askFor(ask(signal, { method: "chat.bsky.convo.getLog", query, headers: TO_CHAT }), WireLog, MESSAGES);
}

/** What speaks of messages that were said from then on; undefined: of all. */
function toLogged(logs: readonly unknown[], from: IsoTime | undefined): readonly WireLogged[] {
  const logged = logs.flatMap((element) => WireLogged.safeParse(element).data ?? []);
  return from === undefined ? logged : logged.filter(({ message }) => Date.parse(message.sentAt) >= Date.parse(from));
}

/** In the order of the log: a message first, its deletion after it. */
async function toEvents(
  logged: readonly WireLogged[],
  { read, us, clock, isSibling }: MessagesOptions,
  signal: AbortSignal,
): Promise<readonly PostEvent[]> {
  const said = logged.filter(({ $type }) => $type.endsWith("#logCreateMessage"));
  const posts = await read.messages(
    said.map(({ convoId, message }) => ({ convoId, wire: message })),
    signal,
  );
  const gone = logged
    .filter(({ $type }) => $type.endsWith("#logDeleteMessage"))
    .map(({ convoId, message }) => toDeletedEvent(toMessageKey(us.ourDid, convoId, message.id), clock.now()));
  return [...posts.filter(({ author }) => !isSibling(author.key)).map(toPostEvent), ...gone];
}

function toNewest(logs: readonly unknown[], least: string): string {
  const revs = logs.flatMap((element) => WireRev.safeParse(element).data?.rev ?? []);
  return revs.reduce((latest, rev) => (rev > latest ? rev : latest), least);
}
