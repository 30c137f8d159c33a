import { Unavailable } from "../../../connector/errors.ts";
import type { Key } from "../../../connector/model/glossary.ts";
import type { PostEvent } from "../../../connector/model/post.ts";
import type { Held, Source } from "../../../connector/sources/source.ts";
import type { Promising, World } from "./scene.ts";

/** What was edited or deleted while nobody listened comes out when the posts are read again. */
export function recheckingContract(promise: Promising, name: string): void {
  describe("reading again", () => {
    promise("tells what was edited or deleted, and nothing of the rest", async ({ world, source, anna }) => {
      const [kept, edited, deleted] = [await anna.say("kept"), await anna.say("old"), await anna.say("regretted")];
      const held = await toHeld(world, [kept, edited, deleted]);
      await anna.edit(edited, `${name} new`);
      await anna.remove(deleted);
      const events = await recheckHeld(source, held);
      expect(events).toHaveLength(2);
      expect(find(events, edited)).toMatchObject({ type: "edited", post: { text: `${name} new` } });
      expect(find(events, deleted)).toMatchObject({ type: "deleted", key: `${deleted}#gone` });
      const [again] = events;
      const version = again?.type === "edited" ? again.post.version : 0;
      const [now] = await toHeld(world, [edited]);
      expect(await recheckHeld(source, [{ ...now, key: edited, version }])).toEqual([]);
    });

    promise("knows private messages, and our own posts", async ({ world, source, anna, ways }) => {
      const us = await world.us();
      const kept = await anna.say(`${name} my booking is X7`, { private: true });
      const deleted = await anna.say(`${name} my booking is X8`, { private: true });
      const ours = await us.say("We are sorry");
      await (ways.takenBackBy === "author" ? anna : us).remove(deleted);
      await us.remove(ours);
      const events = await recheck(source, [kept, deleted, ours]);
      expect(events.map(({ type }) => type)).toEqual(["deleted", "deleted"]);
    });

    promise("reads as many as there are, and leaves out what is not of this network", async ({ source, anna }) => {
      const said: Key[] = [];
      for (let n = 0; n < 45; n++) said.push(await anna.say(`number ${n}`));
      const gone = [said[3], said[22], said[44]].filter((key) => key !== undefined);
      for (const key of gone) await anna.remove(key);
      const events = await recheck(source, [...said, "elsewhere:other.example/1", "elsewhere:other.example/../2"]);
      expect(events.map((event) => (event.type === "deleted" ? event.post : ""))).toEqual(gone);
    });

    promise("takes nothing for deleted that the network only left out", async ({ world, source, anna }) => {
      const [kept, edited, deleted] = [await anna.say("kept"), await anna.say("old"), await anna.say("regretted")];
      const held = await toHeld(world, [kept, edited, deleted]);
      await anna.edit(edited, "new");
      await anna.remove(deleted);
      await world.trouble("forgetful");
      const events = await recheckHeld(source, held);
      expect(events.map(({ type }) => type).toSorted()).toEqual(["deleted", "edited"]);
    });

    for (const trouble of ["down", "busy", "connection cut", "token refused", "suspended"] as const)
      promise(`is Unavailable, and deletes nothing: ${trouble}`, async ({ world, source, anna }) => {
        const deleted = await anna.say("regretted");
        await anna.remove(deleted);
        await world.trouble(trouble);
        const failure = await recheck(source, [deleted]).catch((error: unknown) => error);
        expect(failure).toBeInstanceOf(Unavailable);
        const isToldWhen = trouble === "busy";
        expect(((failure as Unavailable).retryAfterMs ?? 0) > 0 || !isToldWhen).toBe(true);
        await world.calm();
        expect(await recheck(source, [deleted])).toHaveLength(1);
      });
  });
}

/** The posts as they stand now, as somebody would hold them who has just heard them. */
async function toHeld(world: World, keys: readonly Key[]): Promise<readonly Held[]> {
  return await Promise.all(
    keys.map(async (key) => {
      const edition = await world.edition?.(key);
      return { key, version: 0, ...(edition === undefined ? {} : { edition }) };
    }),
  );
}

function recheck(source: Source, keys: readonly Key[]): Promise<readonly PostEvent[]> {
  return recheckHeld(
    source,
    keys.map((key) => ({ key, version: 0 })),
  );
}

async function recheckHeld(source: Source, posts: readonly Held[]): Promise<readonly PostEvent[]> {
  if (source.recheck === undefined) throw new Error("This source reads nothing again");
  return (await Array.fromAsync(source.recheck(posts, new AbortController().signal))).flat();
}

function find(events: readonly PostEvent[], key: Key): PostEvent | undefined {
  return events.find((event) => (event.type === "deleted" ? event.post : event.post.key) === key);
}
