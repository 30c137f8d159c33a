import { Unavailable } from "../../connector/errors.ts";
import type { Key } from "../../connector/model/glossary.ts";
import type { Post } from "../../connector/model/post.ts";
import type { Claimed, RouteKind } from "../../connector/model/reply.ts";
import type { Source } from "../../connector/sources/source.ts";
import { follow } from "../fakes/follow.ts";
import type { Following } from "../fakes/follow.ts";
import { manualClock } from "../fakes/manual-clock.ts";
import type { ManualClock } from "../fakes/manual-clock.ts";

/** Somebody on the network, speaking by a client of their own. Posts are named by our keys. */
export interface Person {
  readonly handle: string;
  say(text: string, how?: { readonly answering?: Key; readonly private?: boolean }): Promise<Key>;
  edit(post: Key, text: string): Promise<void>;
  remove(post: Key): Promise<void>;
  /** Texts of the answers under a post, those that this person may see. */
  answersTo(post: Key): Promise<readonly string[]>;
}

export type Trouble = "down" | "busy" | "answer lost" | "no stream";

/** A network of its own for one test. */
export interface World extends AsyncDisposable {
  /** Our account; it listens to the words "lost luggage". */
  open(clock: ManualClock, mode?: "engage" | "listen-only"): Promise<Source & AsyncDisposable>;
  person(name: string): Promise<Person>;
  /** We ourselves, from elsewhere. */
  us(): Promise<Person>;
  dropStreams(): Promise<void>;
  /** What happens to the next requests; "no stream" and "down" last until `calm`. */
  trouble(what: Trouble): Promise<void>;
  calm(): Promise<void>;
}

const never = new AbortController().signal;
const A_MINUTE = 60_000;

/** What every source promises. `name`: how people name us in a text. */
export function sourceContract(openWorld: () => Promise<World>, name: string): void {
  interface Scene {
    readonly world: World;
    readonly clock: ManualClock;
    readonly source: Source & AsyncDisposable;
    readonly anna: Person;
  }

  function promise(title: string, body: (scene: Scene) => Promise<void>, mode?: "listen-only"): void {
    test(title, async () => {
      const clock = manualClock(new Date().toISOString());
      await using world = await openWorld();
      await using source = await world.open(clock, mode);
      await body({ world, clock, source, anna: await world.person("anna") });
    });
  }

  /** Follows a feed until it has heard all there is and its stream stands: from here on only the stream can tell. */
  async function followLive(source: Source, feed = "notifications"): Promise<Following> {
    const following = follow(source, feed);
    await following.untilPages((pages) => pages.filter((page) => page.heardUntil !== undefined).length >= 2);
    return following;
  }

  describe("a feed", () => {
    promise("tells at once who names us, without moving the cursor", async ({ source, anna }) => {
      await using following = await followLive(source);
      const cursor = following.cursor;
      const key = await anna.say(`${name} my bag never arrived`);
      const [post] = await following.untilPosts(1);
      expect(post).toMatchObject({
        key,
        kind: "mention",
        direction: "inbound",
        visibility: "public",
        account: source.account.key,
        conversation: key,
        author: { handle: anna.handle },
        text: `${name} my bag never arrived`,
        version: 0,
      });
      expect(following.events).toMatchObject([{ type: "posted", key: `${key}#0` }]);
      expect(following.cursor).toBe(cursor);
    });

    promise("begins with now", async ({ source, anna }) => {
      await anna.say(`${name} this is old`);
      await using following = await followLive(source);
      const key = await anna.say(`${name} this is new`);
      expect((await following.untilPosts(1)).map((post) => post.key)).toEqual([key]);
    });

    promise("misses nothing between its first page and its stream", async ({ source, anna }) => {
      await using first = follow(source, "notifications", { pages: 1 });
      await first.ended;
      const key = await anna.say(`${name} in between`);
      await using second = follow(source, "notifications", { cursor: first.cursor });
      expect((await second.untilPosts(1)).map((post) => post.key)).toEqual([key]);
    });

    promise("goes on from its cursor: all that was said meanwhile, the oldest first", async ({ source, anna }) => {
      await using before = await followLive(source);
      await before[Symbol.asyncDispose]();
      const said: Key[] = [];
      for (let n = 0; n < 95; n++) said.push(await anna.say(`${name} number ${n}`));
      await using after = follow(source, "notifications", { cursor: before.cursor });
      const heard = await after.untilPosts(95);
      expect(heard.slice(0, 95).map((post) => post.key)).toEqual(said);
    });

    promise("goes on from any page that was durable", async ({ source, anna }) => {
      await using before = await followLive(source);
      await before[Symbol.asyncDispose]();
      const said: Key[] = [];
      for (let n = 0; n < 95; n++) said.push(await anna.say(`${name} number ${n}`));
      await using half = follow(source, "notifications", { cursor: before.cursor, pages: 2 });
      await half.ended;
      await using rest = follow(source, "notifications", { cursor: half.cursor });
      await rest.untilPages((pages) => pages.some((page) => page.heardUntil !== undefined));
      const heard = new Set([...half.posts, ...rest.posts].map((post) => post.key));
      expect([...heard]).toEqual(said);
    });

    promise("hears what was said while its stream was cut", async ({ world, clock, source, anna }) => {
      await using following = await followLive(source);
      await world.dropStreams();
      await clock.untilSleeping();
      const key = await anna.say(`${name} nobody listens`);
      clock.advance(1_000);
      expect((await following.untilPosts(1)).map((post) => post.key)).toEqual([key]);
      await followOn(following);
      const next = await anna.say(`${name} and now`);
      expect((await following.untilPosts(2)).at(-1)?.key).toBe(next);
    });

    promise("hears within a minute where there is no stream at all", async ({ world, clock, source, anna }) => {
      await world.trouble("no stream");
      await using following = follow(source, "notifications");
      await following.untilPages((pages) => pages.length >= 1);
      const key = await anna.say(`${name} anybody?`);
      clock.advance(A_MINUTE);
      await following.untilPosts(1);
      expect(following.posts.map((post) => post.key)).toEqual([key]);
      expect(following.pages.at(-1)?.heardUntil).toBe(clock.now());
    });

    promise("tells of an edit with a later version", async ({ source, anna }) => {
      await using following = await followLive(source);
      const key = await anna.say(`${name} my bag is gone`);
      await anna.edit(key, `${name} my red bag is gone`);
      const [first, edited] = await following.untilPosts(2);
      expect(edited).toMatchObject({ key, text: `${name} my red bag is gone`, postedAt: first?.postedAt });
      expect(edited?.version).toBeGreaterThan(0);
      expect(following.events.at(-1)).toMatchObject({ type: "edited", key: `${key}#${edited?.version ?? ""}` });
    });

    promise("tells of a deletion", async ({ source, anna }) => {
      await using following = await followLive(source);
      const key = await anna.say(`${name} I regret this`);
      await anna.remove(key);
      await following.until(() => following.events.some((event) => event.type === "deleted"));
      expect(following.events.at(-1)).toMatchObject({ type: "deleted", key: `${key}#gone`, post: key });
    });

    promise("tells of private messages, and keeps both sides in one conversation", async ({ world, source, anna }) => {
      await using inbound = await followLive(source);
      await using outbound = await followLive(source, "own");
      const question = await anna.say(`${name} my booking is X7`, { private: true });
      await (await world.us()).say(`@${anna.handle} thank you`, { private: true, answering: question });
      const [message] = await inbound.untilPosts(1);
      const [answer] = await outbound.untilPosts(1);
      expect(message).toMatchObject({ key: question, kind: "message", visibility: "private", direction: "inbound" });
      expect(answer).toMatchObject({ kind: "message", visibility: "private", direction: "outbound", parent: question });
      expect(message?.conversation).toBeDefined();
      expect(answer?.conversation).toBe(message?.conversation);
      expect(inbound.posts).toHaveLength(1);
    });

    promise("knows an answer to our own post, and our posts sent from elsewhere", async ({ world, source, anna }) => {
      await using inbound = await followLive(source);
      await using outbound = await followLive(source, "own");
      const ours = await (await world.us()).say("New route to Oslo");
      const theirs = await anna.say(`${name} at last`, { answering: ours });
      expect((await outbound.untilPosts(1))[0]).toMatchObject({ key: ours, kind: "post", direction: "outbound" });
      expect((await inbound.untilPosts(1))[0]).toMatchObject({ key: theirs, kind: "reply", parent: ours });
      expect(outbound.posts[0]?.author.key).toBe(source.account.key);
      expect(inbound.posts[0]?.conversation).toBeUndefined();
    });

    promise("finds the listener's words, and tells the same post whichever feed heard it", async ({ source, anna }) => {
      await using named = await followLive(source);
      await using worded = await followLive(source, "words");
      await anna.say("lost luggages are no match");
      const plain = await anna.say("Lost Luggage, again");
      const both = await anna.say(`${name} lost luggage!`);
      const [first, second] = await worded.untilPosts(2);
      const [mention] = await named.untilPosts(1);
      expect(first).toMatchObject({ key: plain, kind: "post", matched: ["lost luggage"] });
      expect(second).toEqual(mention);
      expect(second?.key).toBe(both);
    });

    promise("waits as Unavailable while the network is down, then hears all", async ({ world, source, anna }) => {
      await using before = await followLive(source);
      await before[Symbol.asyncDispose]();
      await world.trouble("down");
      await using during = follow(source, "notifications", { cursor: before.cursor });
      await expect(during.ended).rejects.toThrow(Unavailable);
      await world.calm();
      const key = await anna.say(`${name} still there?`);
      await using after = follow(source, "notifications", { cursor: before.cursor });
      expect((await after.untilPosts(1)).map((post) => post.key)).toEqual([key]);
    });

    promise("passes on how long the network asks us to wait", async ({ world, source }) => {
      await world.trouble("busy");
      await using following = follow(source, "notifications");
      const failure = await following.ended.catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(Unavailable);
      expect((failure as Unavailable).retryAfterMs).toBeGreaterThan(0);
    });

    promise("ends when aborted, and when the source is closed", async ({ source }) => {
      await using aborted = await followLive(source);
      aborted.abort();
      await expect(aborted.ended).resolves.toBeUndefined();
      await using closed = await followLive(source, "own");
      await source[Symbol.asyncDispose]();
      await expect(closed.ended).resolves.toBeUndefined();
    });
  });

  describe("a thread", () => {
    promise("is told from its root", async ({ world, source, anna }) => {
      const ben = await world.person("ben");
      const root = await anna.say("My bag did not come");
      const middle = await ben.say("Same with mine", { answering: root });
      await using following = await followLive(source);
      await anna.say(`${name} do you hear`, { answering: middle });
      const [post] = await following.untilPosts(1);
      const parents = await toThread(source, post);
      expect(parents.map(({ key, author }) => [key, author.handle])).toEqual([
        [root, anna.handle],
        [middle, ben.handle],
      ]);
    });

    promise("of a post that is gone is empty", async ({ source, anna }) => {
      await using following = await followLive(source);
      const key = await anna.say(`${name} never mind`);
      const [post] = await following.untilPosts(1);
      await anna.remove(key);
      expect(await toThread(source, post)).toEqual([]);
    });
  });

  describe("publishing", () => {
    promise("puts a public reply under the post, naming its author", async ({ source, anna }) => {
      const post = await hear(source, () => anna.say(`${name} my bag`));
      const sent = await publish(source, toReply(source, post, "We look for it."));
      expect(sent).toMatchObject({ direction: "outbound", visibility: "public", parent: post.key });
      expect(await anna.answersTo(post.key)).toEqual([expect.stringMatching(/^@anna\b.* We look for it\.$/)]);
    });

    promise("sends a private message that the customer alone reads", async ({ world, source, anna }) => {
      const ben = await world.person("ben");
      const post = await hear(source, () => anna.say(`${name} my bag`));
      const sent = await publish(source, toReply(source, post, "Your booking code?", "Private message"));
      expect(sent).toMatchObject({ kind: "message", visibility: "private" });
      expect(await anna.answersTo(post.key)).toHaveLength(1);
      expect(await ben.answersTo(post.key)).toEqual([]);
    });

    promise("posts once, however often the same key is tried", async ({ world, source, anna }) => {
      const post = await hear(source, () => anna.say(`${name} my bag`));
      const reply = toReply(source, post, "We look for it.");
      await world.trouble("answer lost");
      await expect(publish(source, reply)).rejects.toThrow(Unavailable);
      const first = await publish(source, reply);
      const second = await publish(source, reply);
      expect(second).toMatchObject({ key: (first as Post).key });
      expect(await anna.answersTo(post.key)).toHaveLength(1);
    });

    promise("says why a reply can never be sent", async ({ source, anna }) => {
      const post = await hear(source, () => anna.say(`${name} my bag`));
      const tooLong = toReply(source, post, "x".repeat(source.account.textLimit + 1));
      expect(await publish(source, tooLong)).toMatchObject({ reason: "refused" });
      expect(await publish(source, { ...toReply(source, post, "Hello"), answered: undefined })).toMatchObject({
        reason: "gone",
      });
      await anna.remove(post.key);
      const late = await publish(source, { ...toReply(source, post, "Too late"), key: "a02/1" });
      expect(late).toEqual({ reason: "gone", detail: "The post you answer is no longer there." });
    });

    promise("waits while the network is down", async ({ world, source, anna }) => {
      const post = await hear(source, () => anna.say(`${name} my bag`));
      await world.trouble("down");
      await expect(publish(source, toReply(source, post, "Soon"))).rejects.toThrow(Unavailable);
      await world.calm();
      await expect(publish(source, toReply(source, post, "Soon"))).resolves.toMatchObject({ parent: post.key });
    });

    promise(
      "never happens where we only listen",
      async ({ source, anna }) => {
        const post = await hear(source, () => anna.say(`${name} my bag`));
        expect(await publish(source, toReply(source, post, "Hello"))).toMatchObject({ reason: "listen-only" });
        expect(source.routes(post, post.postedAt).every((route) => route.blocked !== undefined)).toBe(true);
        expect(await anna.answersTo(post.key)).toEqual([]);
      },
      "listen-only",
    );
  });

  describe("finding a reply", () => {
    promise("finds what was sent, and nothing else", async ({ clock, source, anna }) => {
      const post = await hear(source, () => anna.say(`${name} my bag`));
      const reply = toReply(source, post, "We look for it, see https://nordwind.example/bags?id=7 & wait…");
      const since = clock.now();
      const sent = await publish(source, reply);
      await publish(source, { ...toReply(source, post, "Something else"), key: "a02/1" });
      expect(await source.find?.(reply, since, never)).toMatchObject({ key: (sent as Post).key });
    });

    promise("is sure of an absence only after a while", async ({ clock, source, anna }) => {
      const post = await hear(source, () => anna.say(`${name} my bag`));
      const reply = toReply(source, post, "Never sent");
      const since = clock.now();
      await publish(source, { ...toReply(source, post, "Something else"), key: "a02/1" });
      expect(await source.find?.(reply, since, never)).toBe("unknown");
      clock.advance(10 * A_MINUTE);
      expect(await source.find?.(reply, since, never)).toBe("absent");
    });
  });

  describe("routes", () => {
    promise("are both open for a public post, and only the private one for a message", async ({ source, anna }) => {
      const open = await hear(source, () => anna.say(`${name} my bag`));
      const secret = await hear(source, () => anna.say(`${name} my booking is X7`, { private: true }));
      expect(source.routes(open, open.postedAt)).toEqual([{ kind: "Public reply" }, { kind: "Private message" }]);
      expect(source.routes(secret, secret.postedAt)).toEqual([
        { kind: "Public reply", blocked: expect.stringContaining("private") },
        { kind: "Private message" },
      ]);
    });
  });

  /** The post as the source tells it. */
  async function hear(source: Source, said: () => Promise<Key>): Promise<Post> {
    await using following = await followLive(source);
    const key = await said();
    const [post] = await following.untilPosts(1);
    expect(post?.key).toBe(key);
    if (post === undefined) throw new Error("Nothing was heard");
    return post;
  }
}

/** Until the stream stands again and what it missed was asked for. */
async function followOn(following: Following): Promise<void> {
  const confirmed = following.pages.filter((page) => page.heardUntil !== undefined).length;
  if (confirmed >= 3) return;
  await following.untilPages((pages) => pages.filter((page) => page.heardUntil !== undefined).length >= 3);
}

async function toThread(source: Source, post: Post | undefined): Promise<readonly Post[]> {
  if (post === undefined || source.thread === undefined) throw new Error("There is no thread to ask for");
  return source.thread(post, never);
}

async function publish(source: Source, reply: Claimed): Promise<unknown> {
  if (source.publish === undefined) throw new Error("This source does not publish");
  return source.publish(reply, never);
}

function toReply(source: Source, post: Post, text: string, route: RouteKind = "Public reply"): Claimed {
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
