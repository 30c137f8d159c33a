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
  /** What the network calls this post's words as they stand now, where an edit shows by nothing else. */
  edition?(post: Key): Promise<string | undefined>;
  dropStreams(): Promise<void>;
  /** The open streams stay open and carry nothing any more; later ones do. */
  muteStreams(): Promise<void>;
  /** What happens to the requests until `calm`; an answer is lost once. */
  trouble(what: Trouble): Promise<void>;
  calm(): Promise<void>;
}

/** Where networks differ by their nature, and a promise has to be looked for in another place. */
export interface Ways {
  /** The feed that tells at once who names us, and the one that asks for it every minute: one may be both. */
  readonly named: string;
  readonly asked: string;
  /** Where our own posts come, those with a listener's words, and private messages: from them, and ours. */
  readonly own: string;
  readonly words: string;
  readonly messages: string;
  readonly ownMessages: string;
  /** All of them, and those that are open to everybody, so that nobody is locked out there. */
  readonly feeds: readonly string[];
  readonly open: readonly string[];
  /** A stream that can be taken up where it was left moves the cursor; else only the list beside it does. */
  readonly movesCursor: boolean;
  /** A post that answers names the root of its thread. */
  readonly knowsRoots: boolean;
  /** A public answer reaches only whom it names, so it begins with a name. */
  readonly greets: boolean;
  /** Who can delete a private message: who wrote it, or each reader for themselves. */
  readonly takenBackBy: "author" | "reader";
}

export const WITH_LISTS: Ways = {
  named: "notifications",
  asked: "notifications",
  own: "own",
  words: "words",
  messages: "notifications",
  ownMessages: "own",
  feeds: ["notifications", "own", "words"],
  open: [],
  movesCursor: false,
  knowsRoots: false,
  greets: true,
  takenBackBy: "author",
};

export interface Scene {
  readonly world: World;
  readonly clock: ManualClock;
  readonly source: Source & AsyncDisposable;
  readonly anna: Person;
  readonly ways: Ways;
}

/** Declares a test that plays in a world of its own. */
export type Promising = (title: string, body: (scene: Scene) => Promise<void>, mode?: "listen-only") => void;

export function toPromising(openWorld: () => Promise<World>, ways: Ways): Promising {
  return (title, body, mode) => {
    test(title, async () => {
      const clock = manualClock(new Date().toISOString());
      await using world = await openWorld();
      await using source = await world.open(clock, mode);
      await body({ world, clock, source, anna: await world.person("anna"), ways });
    });
  };
}

/** Follows a feed until it has heard all there is and its stream stands: from here on only the stream can tell. */
export async function followLive({ source, ways }: Scene, feed = ways.named): Promise<Following> {
  const following = follow(source, feed);
  await following.untilConfirmed(hasStream(ways, feed) ? 2 : 1);
  return following;
}

/** A feed without a stream is heard within a minute. */
export function letAsk({ clock, ways }: Scene, feed: string): void {
  if (!hasStream(ways, feed)) clock.advance(60_000);
}

function hasStream(ways: Ways, feed: string): boolean {
  return [ways.named, ways.own, ways.words].includes(feed);
}

/** Until it has happened, and whoever pauses for a second meanwhile goes on. */
export async function passing<T>(clock: ManualClock, happening: Promise<T>): Promise<T> {
  const over = new AbortController();
  const end = happening.finally(() => over.abort());
  end.catch(() => undefined);
  while (!over.signal.aborted) {
    await new Promise((resolve) => setImmediate(resolve));
    if (clock.wakesInMs() <= 1_000) clock.advance(1_000);
  }
  return await end;
}

/** The post as the source tells it. */
export async function hear(scene: Scene, said: () => Promise<Key>, feed = scene.ways.named): Promise<Post> {
  await using following = await followLive(scene, feed);
  const key = await said();
  letAsk(scene, feed);
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
