import { Unavailable } from "../../../connector/errors.ts";
import type { Page } from "../../../connector/flow/feed.ts";
import type { Key } from "../../../connector/model/glossary.ts";
import { follow } from "../../fakes/follow.ts";
import type { ManualClock } from "../../fakes/manual-clock.ts";
import { followLive, passing } from "./scene.ts";
import type { Promising, Ways } from "./scene.ts";

const A_MINUTE_MS = 60_000;

/** Until the source has noticed that its stream is cut, and waits before it connects again. */
async function untilPausing(clock: ManualClock): Promise<void> {
  while ((await clock.untilSleeping()) > 1_000) await new Promise((resolve) => setImmediate(resolve));
}

function isConfirmed(page: Page<unknown> | undefined): boolean {
  return page?.heardUntil !== undefined;
}

/** A feed misses nothing and repeats nothing needlessly, whatever happens to it. */
export function followingContract(promise: Promising, name: string, { feeds }: Ways): void {
  describe("where a feed stands", () => {
    promise("tells at once who names us", async (scene) => {
      const { source, anna, ways } = scene;
      await using following = await followLive(scene);
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
      expect(following.cursor === cursor).toBe(!ways.movesCursor);
    });

    promise("begins with now", async (scene) => {
      const { clock, anna } = scene;
      await anna.say(`${name} this is old`);
      clock.advance(1_000);
      await using following = await followLive(scene);
      const key = await anna.say(`${name} this is new`);
      expect((await following.untilPosts(1)).map((post) => post.key)).toEqual([key]);
    });

    promise("misses nothing between its first page and its stream", async ({ source, anna, ways }) => {
      await using first = follow(source, ways.named, { pages: 1 });
      await first.ended;
      const key = await anna.say(`${name} in between`);
      await using second = follow(source, ways.named, { cursor: first.cursor });
      expect((await second.untilPosts(1)).map((post) => post.key)).toEqual([key]);
    });

    promise("goes on from its cursor: all that was said meanwhile, the oldest first", async (scene) => {
      const { source, anna, ways } = scene;
      await using before = await followLive(scene);
      await before[Symbol.asyncDispose]();
      const said: Key[] = [];
      for (let n = 0; n < 95; n++) said.push(await anna.say(`${name} number ${n}`));
      await using after = follow(source, ways.named, { cursor: before.cursor });
      const heard = await after.untilPosts(95);
      expect(heard.slice(0, 95).map((post) => post.key)).toEqual(said);
    });

    promise("goes on from any page that was durable", async (scene) => {
      const { source, anna, ways } = scene;
      await using before = await followLive(scene);
      await before[Symbol.asyncDispose]();
      const said: Key[] = [];
      for (let n = 0; n < 95; n++) said.push(await anna.say(`${name} number ${n}`));
      await using half = follow(source, ways.named, { cursor: before.cursor, pages: 2 });
      await half.ended;
      await using rest = follow(source, ways.named, { cursor: half.cursor });
      await rest.untilConfirmed(1);
      const heard = new Set([...half.posts, ...rest.posts].map((post) => post.key));
      expect([...heard]).toEqual(said);
    });

    promise("hears what was said while its stream was cut", async (scene) => {
      const { world, clock, anna } = scene;
      await using following = await followLive(scene);
      await world.dropStreams();
      await untilPausing(clock);
      const key = await anna.say(`${name} nobody listens`);
      clock.advance(1_000);
      expect((await following.untilPosts(1)).map((post) => post.key)).toEqual([key]);
      await following.untilConfirmed(3);
      const next = await anna.say(`${name} and now`);
      expect((await following.untilPosts(2)).at(-1)?.key).toBe(next);
    });

    promise("hears within a minute where there is no stream at all", async ({ world, clock, source, anna, ways }) => {
      await world.trouble("no stream");
      await using following = follow(source, ways.asked);
      await following.untilPages((pages) => pages.length >= 1);
      const key = await anna.say(`${name} anybody?`);
      clock.advance(A_MINUTE_MS);
      await following.untilPages((pages) => pages.at(-1)?.heardUntil === clock.now());
      expect(following.posts.map((post) => post.key)).toEqual([key]);
    });

    promise("notices within a minute that its stream carries nothing", async (scene) => {
      const { world, clock, anna, ways } = scene;
      await using following = await followLive(scene);
      const confirmed = following.pages.filter(isConfirmed).length;
      await world.muteStreams();
      const unheard = await anna.say(`${name} do you hear me?`);
      for (const half of [A_MINUTE_MS / 2, A_MINUTE_MS / 2]) {
        await clock.untilSleeping();
        clock.advance(half);
      }
      expect((await passing(clock, following.untilPosts(1))).map((post) => post.key)).toEqual([unheard]);
      await passing(clock, following.untilConfirmed(confirmed + (ways.named === ways.asked ? 2 : 1)));
      const heard = await anna.say(`${name} and now?`);
      await passing(
        clock,
        following.until(() => following.posts.some((post) => post.key === heard)),
      );
    });

    promise("tells that its stream is down, and no more when it stands again", async (scene) => {
      const { world, clock, ways } = scene;
      const isAskedFor = ways.named === ways.asked;
      await using following = await followLive(scene);
      expect(following.pages.some((page) => page.interrupted !== undefined)).toBe(false);
      await world.trouble("no stream");
      await world.dropStreams();
      await following.untilPages(
        (pages) => pages.at(-1)?.interrupted !== undefined && isConfirmed(pages.at(-1)) === isAskedFor,
      );
      expect(following.pages.find((page) => page.interrupted !== undefined)).toMatchObject({
        items: [],
        interrupted: { cause: "stream dropped" },
      });
      await clock.untilSleeping(1_000);
      await world.calm();
      clock.advance(1_000);
      await following.untilPages((pages) => pages.at(-1)?.interrupted === undefined && isConfirmed(pages.at(-1)));
    });

    promise("leaves a quiet stream alone", async (scene) => {
      const { world, clock, anna } = scene;
      await using following = await followLive(scene);
      for (const minute of [3, 4, 5]) {
        await clock.untilSleeping();
        clock.advance(A_MINUTE_MS);
        await following.untilConfirmed(minute);
      }
      await world.trouble("no stream");
      await anna.say(`${name} the stream still stands`);
      expect(await following.untilPosts(1)).toHaveLength(1);
    });

    for (const feed of feeds)
      promise(`waits for minutes where the network refuses the list: ${feed}`, async ({ world, source }) => {
        await world.trouble("refused");
        await using following = follow(source, feed);
        const failure = await following.ended.catch((error: unknown) => error);
        expect(failure).toBeInstanceOf(Unavailable);
        expect((failure as Unavailable).message).toContain(feed);
        expect((failure as Unavailable).retryAfterMs).toBeGreaterThanOrEqual(A_MINUTE_MS);
      });

    promise("waits as Unavailable while the network is down, then hears all", async (scene) => {
      const { world, source, anna, ways } = scene;
      await using before = await followLive(scene);
      await before[Symbol.asyncDispose]();
      await world.trouble("down");
      await using during = follow(source, ways.named, { cursor: before.cursor });
      await expect(during.ended).rejects.toThrow(Unavailable);
      await world.calm();
      const key = await anna.say(`${name} still there?`);
      await using after = follow(source, ways.named, { cursor: before.cursor });
      expect((await after.untilPosts(1)).map((post) => post.key)).toEqual([key]);
    });

    promise("notices by its falling stream, at once, that the network is gone", async (scene) => {
      const { world, clock } = scene;
      await using following = await followLive(scene);
      await world.trouble("down");
      await world.dropStreams();
      await expect(passing(clock, following.ended)).rejects.toThrow(Unavailable);
    });

    promise("passes on how long the network asks us to wait", async ({ world, source, ways }) => {
      await world.trouble("busy");
      for (const feed of ways.feeds) {
        await using following = follow(source, feed);
        const failure = await following.ended.catch((error: unknown) => error);
        expect(failure).toBeInstanceOf(Unavailable);
        expect((failure as Unavailable).retryAfterMs).toBeGreaterThan(0);
      }
    });

    promise("ends when aborted, and when the source is closed", async (scene) => {
      const { source, ways } = scene;
      await using aborted = await followLive(scene);
      aborted.abort();
      await expect(aborted.ended).resolves.toBeUndefined();
      await using closed = await followLive(scene, ways.own);
      await source[Symbol.asyncDispose]();
      await expect(closed.ended).resolves.toBeUndefined();
    });
  });
}
