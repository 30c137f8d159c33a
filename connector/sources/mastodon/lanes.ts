import { toDeletedEvent, toPostEvent } from "../../model/post.ts";
import type { Post, PostEvent } from "../../model/post.ts";
import type { Clock } from "../../clock.ts";
import type { Ask } from "./client.ts";
import type { Lane } from "./feed.ts";
import { toPostKey } from "./keys.ts";
import type { Reader } from "./reader.ts";
import { WireNotification } from "./schema.ts";
import type { StreamEvent } from "./socket.ts";
import type { Perspective } from "./to-post.ts";

const LONGEST_PAGE = 40;

export interface LaneOptions {
  readonly ask: Ask;
  readonly us: Perspective;
  readonly read: Reader;
  readonly clock: Clock;
}

/** Who names, answers or writes to us. An edit comes as a notification of its own or as a bare update, by server. */
export function toNotifications({ ask, us, read, clock }: LaneOptions): Lane {
  const fromList = (element: unknown) => {
    const notification = WireNotification.safeParse(element).data;
    const isAboutPost = notification?.type === "mention" || notification?.type === "update";
    return isAboutPost ? toEventIf(isAddressed, read(notification.status)) : undefined;
  };
  return {
    stream: "user",
    list: (after, signal) =>
      ask(signal, (rest) => rest.v1.notifications.list({ types: ["mention", "update"], ...toPage(after) })),
    fromList,
    fromStream: ({ event, payload }) => {
      if (event === "notification") return fromList(payload);
      if (event === "status.update") return toEventIf(isAddressed, read(payload));
      return toDeletion({ event, payload }, us, clock);
    },
  };
}

/** What our own account says, also when somebody sent it from elsewhere. */
export function toOwn({ ask, us, read }: LaneOptions): Lane {
  const fromList = (element: unknown) => toEventIf(isOutbound, read(element));
  return {
    stream: "user",
    list: (after, signal) =>
      ask(signal, (rest) =>
        rest.v1.accounts.$select(us.ourId).statuses.list({ excludeReblogs: true, ...toPage(after) }),
      ),
    fromList,
    fromStream: ({ event, payload }) => (isSaid(event) ? fromList(payload) : undefined),
  };
}

/** Public posts with a listener's words in them. */
export function toWords({ ask, us, read, clock }: LaneOptions): Lane {
  const fromList = (element: unknown) => toEventIf(isMatched, read(element));
  return {
    stream: "public",
    list: (after, signal) => ask(signal, (rest) => rest.v1.timelines.public.list(toPage(after))),
    fromList,
    fromStream: (said) => (isSaid(said.event) ? fromList(said.payload) : toDeletion(said, us, clock)),
  };
}

function toPage(after: string | undefined): { limit: number; minId?: string } {
  return after === undefined ? { limit: 1 } : { limit: LONGEST_PAGE, minId: after };
}

function isSaid(event: string): boolean {
  return event === "update" || event === "status.update";
}

function isAddressed(post: Post): boolean {
  return !isOutbound(post) && (post.kind === "message" || post.kind === "reply" || post.kind === "mention");
}

function isOutbound(post: Post): boolean {
  return post.direction === "outbound";
}

function isMatched(post: Post): boolean {
  return post.matched !== undefined;
}

function toEventIf(isWanted: (post: Post) => boolean, post: Post | undefined): PostEvent | undefined {
  return post !== undefined && isWanted(post) ? toPostEvent(post) : undefined;
}

/** The network names the id only, whoever's post it was. */
function toDeletion({ event, payload }: StreamEvent, us: Perspective, clock: Clock): PostEvent | undefined {
  if (event !== "delete" || typeof payload !== "string" || payload === "") return undefined;
  return toDeletedEvent(toPostKey(us.domain, payload), clock.now());
}
