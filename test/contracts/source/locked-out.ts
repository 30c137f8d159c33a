import { freely } from "../../fakes/leave.ts";
import { Disconnected } from "../../../connector/errors.ts";
import type { Source } from "../../../connector/sources/source.ts";
import { follow } from "../../fakes/follow.ts";
import { followLive, hear, passing, toReply } from "./scene.ts";
import type { Promising } from "./scene.ts";

const never = new AbortController().signal;
const A_MINUTE_MS = 60_000;

/** Where the network no longer takes us for who we are, all that asks it waits and says the way back. */
export function lockedOutContract(promise: Promising, name: string): void {
  describe("an account that is let in no more", () => {
    for (const trouble of ["token refused", "suspended"] as const) {
      promise(`is Disconnected wherever it asks: ${trouble}`, async (scene) => {
        const { world, clock, source, anna, ways } = scene;
        const post = await hear(scene, () => anna.say(`${name} my bag`));
        const reply = toReply(source, post, "Soon");
        const tries = { first: clock.now(), last: clock.now() };
        await world.trouble(trouble);
        const failures = [
          await failureOf(source.publish?.(reply, never, freely)),
          await failureOf(source.find?.(reply, tries, never)),
          await failureOf(source.thread?.(post, never)),
          await failureOf(readAgain(source, post.key)),
        ];
        for (const feed of Object.keys(source.feeds).filter((one) => !ways.open.includes(one))) {
          await using following = follow(source, feed);
          failures.push(await failureOf(following.ended));
        }
        for (const failure of failures) {
          expect(failure).toBeInstanceOf(Disconnected);
          expect((failure as Disconnected).remedy).not.toBe("");
          expect((failure as Disconnected).retryAfterMs).toBeGreaterThanOrEqual(A_MINUTE_MS);
        }
      });

      promise(`hears all that was said when it is let in again: ${trouble}`, async (scene) => {
        const { world, clock, source, anna, ways } = scene;
        await using before = await followLive(scene, ways.asked);
        await world.trouble(trouble);
        await world.dropStreams();
        if (ways.asked !== ways.named) clock.advance(A_MINUTE_MS);
        await expect(passing(clock, before.ended)).rejects.toThrow(Disconnected);
        await world.calm();
        const key = await anna.say(`${name} while you were out`);
        await using after = follow(source, ways.asked, { cursor: before.cursor });
        expect((await after.untilPosts(1)).map((post) => post.key)).toEqual([key]);
      });
    }
  });
}

async function failureOf(action: Promise<unknown> | undefined): Promise<unknown> {
  return await action?.then(
    () => undefined,
    (error: unknown) => error,
  );
}

async function readAgain(source: Source, key: string): Promise<void> {
  await Array.fromAsync(source.recheck?.([{ key, version: 0 }], never) ?? []);
}
