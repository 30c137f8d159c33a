import { isAddressed, toDeletedEvent, toPostEvent } from "../../model/post.ts";
import type { Post, PostEvent } from "../../model/post.ts";
import type { Clock } from "../../clock.ts";
import type { Key } from "../../model/glossary.ts";
import { askList } from "./ask-list.ts";
import type { Listed } from "./ask-list.ts";
import type { Ask } from "./client.ts";
import type { Lane } from "./feed.ts";
import { toPostKey } from "./keys.ts";
import type { Link } from "./link.ts";
import type { Question } from "./question.ts";
import { WireNotification } from "./schema.ts";
import type { StreamEvent } from "./socket.ts";
import type { Perspective } from "./to-post.ts";
import { openTold } from "./told.ts";

const LONGEST_PAGE = 40;

const OUR_STANDING = "Look whether our account is suspended there, and whether its token may read.";
const THE_TIMELINE =
  "Look whether this server shows its public timeline to our account, or take the account's `words` out.";

export interface LaneOptions extends Link {
  /** Another account of ours: what it says and what is said to it are told by its own feeds, from its own side. */
  readonly isSibling: (persona: Key) => boolean;
}

/** Who names, answers or writes to us. An edit comes as a notification of its own or as a bare update, by server. */
export function toNotifications({ ask, us, read, clock, isSibling }: LaneOptions): Lane {
  const isForUs = (post: Post) => !isOutbound(post) && isAddressed(post) && !isSibling(post.author.key);
  const fromList = (element: unknown) => {
    const notification = WireNotification.safeParse(element).data;
    const isAboutPost = notification?.type === "mention" || notification?.type === "update";
    return isAboutPost ? toEventIf(isForUs, read(notification.status)) : undefined;
  };
  return {
    stream: "user",
    ...toList(ask, {
      name: "notifications",
      remedy: OUR_STANDING,
      path: "/api/v1/notifications",
      query: { types: ["mention", "update"] },
    }),
    fromList,
    fromStream: ({ event, payload }) => {
      if (event === "notification") return fromList(payload);
      if (event === "status.update") return toEventIf(isForUs, read(payload));
      return toDeletion({ event, payload }, us, clock);
    },
  };
}

/** What our own account says, also when somebody sent it from elsewhere. */
export function toOwn({ ask, us, read }: LaneOptions): Lane {
  const fromList = (element: unknown) => toEventIf(isOutbound, read(element));
  return {
    stream: "user",
    list: toList(ask, {
      name: "own",
      remedy: OUR_STANDING,
      path: `/api/v1/accounts/${us.ourId}/statuses`,
      query: { exclude_reblogs: true },
    }).list,
    fromList,
    fromStream: ({ event, payload }) => (isSaid(event) ? fromList(payload) : undefined),
  };
}

/** Public posts with a listener's words in them. The stream also tells of deletions: of everybody's posts. */
export function toWords({ ask, us, read, clock, isSibling }: LaneOptions): Lane {
  const told = openTold();
  const isWanted = (post: Post) => isMatched(post) && !concerns(isSibling, post);
  const tell = (post: Post | undefined) => {
    const event = toEventIf(isWanted, post);
    if (post !== undefined && event !== undefined) told.add(post.key);
    return event;
  };
  return {
    stream: "public",
    ...toList(ask, { name: "words", remedy: THE_TIMELINE, path: "/api/v1/timelines/public" }),
    fromList: (element) => tell(read(element)),
    fromStream: (said) => {
      if (!isSaid(said.event)) {
        const deletion = toDeletion(said, us, clock);
        return deletion?.type === "deleted" && told.mayHave(deletion.post) ? deletion : undefined;
      }
      const post = read(said.payload);
      if (post !== undefined) told.heard(post.key);
      return tell(post);
    },
  };
}

/** One of the network's lists. What our own account said is not asked how far it reaches: it may well have said nothing. */
function toList(
  ask: Ask,
  { name, remedy, path, query }: { readonly name: string; readonly remedy: string } & Question,
): Required<Pick<Lane, "list" | "reachesBack">> {
  const read = (page: Question["query"], signal: AbortSignal): Promise<readonly Listed[]> =>
    askList(ask(signal, { path, query: { ...query, ...page } }), { name, remedy });
  return {
    list: (after, signal) => read(after === undefined ? { limit: 1 } : { limit: LONGEST_PAGE, min_id: after }, signal),
    reachesBack: async (before, signal) =>
      (await read(before === undefined ? { limit: 1 } : { limit: 1, max_id: before }, signal)).length > 0,
  };
}

function isSaid(event: string): boolean {
  return event === "update" || event === "status.update";
}

function isOutbound(post: Post): boolean {
  return post.direction === "outbound";
}

function isMatched(post: Post): boolean {
  return post.matched !== undefined;
}

/** Said by such a persona, or naming one. */
function concerns(isSuch: (persona: Key) => boolean, { author, mentions = [] }: Post): boolean {
  return isSuch(author.key) || mentions.some(isSuch);
}

function toEventIf(isWanted: (post: Post) => boolean, post: Post | undefined): PostEvent | undefined {
  return post !== undefined && isWanted(post) ? toPostEvent(post) : undefined;
}

/** The network names the id only, whoever's post it was. */
function toDeletion({ event, payload }: StreamEvent, us: Perspective, clock: Clock): PostEvent | undefined {
  if (event !== "delete" || typeof payload !== "string" || payload === "") return undefined;
  return toDeletedEvent(toPostKey(us.domain, payload), clock.now());
}
