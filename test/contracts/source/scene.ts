import type { Key } from "../../../connector/model/glossary.ts";
import type { Post } from "../../../connector/model/post.ts";
import type { Claimed, RouteKind } from "../../../connector/model/reply.ts";
import type { Source } from "../../../connector/sources/source.ts";
import { follow } from "../../fakes/follow.ts";
import type { Following } from "../../fakes/follow.ts";
import { manualClock } from "../../fakes/manual-clock.ts";
import type { ManualClock } from "../../fakes/manual-clock.ts";

/** Somebody on the network, speaking by a client of their own. Posts are named by our keys. */
export interface Person {
  readonly handle: string;
  say(text: string, how?: { readonly answering?: Key; readonly private?: boolean }): Promise<Key>;
  edit(post: Key, text: string): Promise<void>;
  remove(post: Key): Promise<void>;
  /** Texts of the answers under a post, those that this person may see. */
  answersTo(post: Key): Promise<readonly string[]>;
}

/** "forgetful": what is read by its key is left out, though it is there. */
export type Trouble =
  | "down"
  | "busy"
  | "refused"
  | "token refused"
  | "suspended"
  | "forgetful"
  | "connection cut"
  | "answer lost"
  | "no stream";

/** A network of its own for one test. */
export interface World extends AsyncDisposable {
  /** Our account; it listens to the words "lost luggage". */
  open(clock: ManualClock, mode?: "engage" | "listen-only"): Promise<Source & AsyncDisposable>;
  person(name: string): Promise<Person>;
  /** We ourselves, from elsewhere. */
  us(): Promise<Person>;
  dropStreams(): Promise<void>;
  /** The open streams stay open and carry nothing any more; later ones do. */
  muteStreams(): Promise<void>;
  /** What happens to the requests until `calm`; an answer is lost once. */
  trouble(what: Trouble): Promise<void>;
  calm(): Promise<void>;
}

export interface Scene {
  readonly world: World;
  readonly clock: ManualClock;
  readonly source: Source & AsyncDisposable;
  readonly anna: Person;
}

/** Declares a test that plays in a world of its own. */
export type Promising = (title: string, body: (scene: Scene) => Promise<void>, mode?: "listen-only") => void;

export function toPromising(openWorld: () => Promise<World>): Promising {
  return (title, body, mode) => {
    test(title, async () => {
      const clock = manualClock(new Date().toISOString());
      await using world = await openWorld();
      await using source = await world.open(clock, mode);
      await body({ world, clock, source, anna: await world.person("anna") });
    });
  };
}

/** Follows a feed until it has heard all there is and its stream stands: from here on only the stream can tell. */
export async function followLive(source: Source, feed = "notifications"): Promise<Following> {
  const following = follow(source, feed);
  await following.untilConfirmed(2);
  return following;
}

/** The post as the source tells it. */
export async function hear(source: Source, said: () => Promise<Key>): Promise<Post> {
  await using following = await followLive(source);
  const key = await said();
  const [post] = await following.untilPosts(1);
  if (post?.key !== key) throw new Error("Another post was heard");
  return post;
}

/** A rep's answer to that post. */
export function toReply(source: Source, post: Post, text: string, route: RouteKind = "Public reply"): Claimed {
  return {
    key: "a01/1",
    row: "a01",
    attempt: 1,
    order: "send",
    account: source.account.key,
    route,
    text,
    answered: {
      key: post.key,
      conversation: post.conversation,
      visibility: post.visibility,
      authorHandle: post.author.handle,
      authorKey: post.author.key,
    },
  };
}
