import { z } from "zod";
import type { Feed } from "../../flow/feed.ts";
import { toDeletedEvent, toPostEvent } from "../../model/post.ts";
import type { PostEvent } from "../../model/post.ts";
import type { Key } from "../../model/glossary.ts";
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

const Mark = z.object({ rev: z.string() });

export interface MessagesOptions extends Link {
  /** Another account of ours: what it writes is told by its own feeds. */
  readonly isSibling: (persona: Key) => boolean;
}

/** Private messages to us and from us, out of the chat's log. Each side deletes its own copy only: that of ours counts. */
export function toMessages(link: MessagesOptions): Feed<PostEvent> {
  const { clock } = link;
  return async function* (cursor, signal) {
    let rev = cursor === undefined ? undefined : Mark.parse(JSON.parse(cursor)).rev;
    for (;;) {
      const heardUntil = clock.now();
      if (rev === undefined) {
        const page = await askLog(link, undefined, signal);
        rev = page.cursor ?? toNewest(page.logs, BEGINNING);
        yield { items: [], cursor: toCursor(rev), heardUntil };
      } else {
        for (;;) {
          const { logs, cursor: next } = await askLog(link, rev, signal);
          const reached: string = toNewest(logs, next !== undefined && next > rev ? next : rev);
          const isLast = reached === rev;
          rev = reached;
          if (!isLast) yield { items: await toEvents(logs, link, signal), cursor: toCursor(rev) };
          else break;
        }
        yield { items: [], cursor: toCursor(rev), heardUntil };
      }
      await clock.sleep(EVERY_MS, signal);
      if (signal.aborted) return;
    }
  };
}

function askLog({ ask }: Link, cursor: string | undefined, signal: AbortSignal) {
  const query = cursor === undefined ? {} : { cursor };
  return askFor(ask(signal, { method: "chat.bsky.convo.getLog", query, headers: TO_CHAT }), WireLog, MESSAGES);
}

/** In the order of the log: a message first, its deletion after it. */
async function toEvents(
  logs: readonly unknown[],
  { read, us, clock, isSibling }: MessagesOptions,
  signal: AbortSignal,
): Promise<readonly PostEvent[]> {
  const logged = logs.flatMap((element) => WireLogged.safeParse(element).data ?? []);
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

function toCursor(rev: string): string {
  return JSON.stringify({ rev });
}
