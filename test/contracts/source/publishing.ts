import { Unavailable } from "../../../connector/errors.ts";
import type { Post } from "../../../connector/model/post.ts";
import type { Claimed } from "../../../connector/model/reply.ts";
import type { Source } from "../../../connector/sources/source.ts";
import { freely } from "../../fakes/leave.ts";
import { hear, toReply } from "./scene.ts";
import type { Promising } from "./scene.ts";

const never = new AbortController().signal;

/** A reply reaches the network once, or it is known why not. */
export function publishingContract(promise: Promising, name: string): void {
  describe("publishing", () => {
    promise("puts a public reply under the post, naming its author where only that reaches them", async (scene) => {
      const { source, anna, ways } = scene;
      const post = await hear(scene, () => anna.say(`${name} my bag`));
      const sent = await publish(source, toReply(source, post, "We look for it."));
      expect(sent).toMatchObject({
        direction: "outbound",
        visibility: "public",
        parent: post.key,
      });
      const expected = ways.greets ? /^@anna\b.* We look for it\.$/ : /^We look for it\.$/;
      expect(await anna.answersTo(post.key)).toEqual([expect.stringMatching(expected)]);
    });

    promise("sends a private message that the customer alone reads", async (scene) => {
      const { world, source, anna } = scene;
      const ben = await world.person("ben");
      const post = await hear(scene, () => anna.say(`${name} my bag`));
      const sent = await publish(source, toReply(source, post, "Your booking code?", "Private message"));
      expect(sent).toMatchObject({ kind: "message", visibility: "private" });
      expect(await anna.answersTo(post.key)).toHaveLength(1);
      expect(await ben.answersTo(post.key)).toEqual([]);
    });

    promise("posts once, however often the same key is tried", async (scene) => {
      const { world, source, anna } = scene;
      const post = await hear(scene, () => anna.say(`${name} my bag`));
      const reply = toReply(source, post, "We look for it.");
      await world.trouble("answer lost");
      await expect(publish(source, reply)).rejects.toThrow(Unavailable);
      const first = await publish(source, reply);
      const second = await publish(source, reply);
      expect(second).toMatchObject({ key: (first as Post).key });
      expect(await anna.answersTo(post.key)).toHaveLength(1);
    });

    promise("says why a reply can never be sent", async (scene) => {
      const { source, anna } = scene;
      const post = await hear(scene, () => anna.say(`${name} my bag`));
      const tooLong = toReply(source, post, "x".repeat(source.account.textLimit + 1));
      expect(await publish(source, tooLong)).toMatchObject({ reason: "refused" });
      expect(await publish(source, { ...toReply(source, post, "Hello"), answered: undefined })).toMatchObject({
        reason: "gone",
      });
      await anna.remove(post.key);
      const late = await publish(source, { ...toReply(source, post, "Too late"), key: "a02/1" });
      expect(late).toEqual({ reason: "gone", detail: "The post you answer is no longer there." });
    });

    const troubles = ["down", "busy", "token refused", "connection cut"] as const;
    for (const trouble of troubles) {
      promise(`is Unavailable and loses nothing: ${trouble}`, async (scene) => {
        const { world, source, anna } = scene;
        const post = await hear(scene, () => anna.say(`${name} my bag`));
        const reply = toReply(source, post, "Soon");
        await world.trouble(trouble);
        await expect(publish(source, reply)).rejects.toThrow(Unavailable);
        await world.calm();
        expect(await anna.answersTo(post.key)).toEqual([]);
        await expect(publish(source, reply)).resolves.toMatchObject({ parent: post.key });
      });
    }

    promise(
      "never happens where we only listen",
      async (scene) => {
        const { source, anna } = scene;
        const post = await hear(scene, () => anna.say(`${name} my bag`));
        expect(await publish(source, toReply(source, post, "Hello"))).toMatchObject({ reason: "listen-only" });
        expect(source.routes(post, post.postedAt).every((route) => route.blocked !== undefined)).toBe(true);
        expect(await anna.answersTo(post.key)).toEqual([]);
      },
      "listen-only",
    );
  });

  describe("finding a reply", () => {
    promise("finds what was sent, and nothing else", async (scene) => {
      const { clock, source, anna } = scene;
      const post = await hear(scene, () => anna.say(`${name} my bag`));
      const reply = toReply(source, post, "We look for it, see https://nordwind.example/bags?id=7 & wait…");
      const at = clock.now();
      const tries = { first: at, last: at };
      const sent = await publish(source, reply);
      await publish(source, { ...toReply(source, post, "Something else"), key: "a02/1" });
      expect(await source.find?.(reply, tries, never)).toMatchObject({ key: (sent as Post).key });
    });

    promise("takes nobody else's answer in the same words for its own", async (scene) => {
      const { clock, source, anna } = scene;
      const post = await hear(scene, () => anna.say(`${name} my bag`));
      const [first, second] = ["a01/1", "a02/1"].map((key) => ({
        ...toReply(source, post, "Thank you!", "Private message"),
        key,
      }));
      const at = clock.now();
      const sent = (await publish(source, first as Claimed)) as Post;
      const tries = { first: at, last: at, isOthers: (key: string) => Promise.resolve(key === sent.key) };
      clock.advance(source.readDelayMs ?? 0);
      expect(await source.find?.(second as Claimed, tries, never)).toBe("absent");
      const own = (await publish(source, second as Claimed)) as Post;
      expect(own.key).not.toBe(sent.key);
      expect(await source.find?.(second as Claimed, tries, never)).toMatchObject({ key: own.key });
    });

    promise("does not take what was said long before for its own", async (scene) => {
      const { clock, source, anna } = scene;
      const post = await hear(scene, () => anna.say(`${name} my bag`));
      await publish(source, toReply(source, post, "Thank you!"));
      clock.advance(3_600_000);
      const at = clock.now();
      clock.advance(source.readDelayMs ?? 0);
      const later = { ...toReply(source, post, "Thank you!"), key: "a02/1" };
      expect(await source.find?.(later, { first: at, last: at }, never)).toBe("absent");
    });

    promise("is sure of an absence only after a while", async (scene) => {
      const { clock, source, anna } = scene;
      const post = await hear(scene, () => anna.say(`${name} my bag`));
      const reply = toReply(source, post, "Never sent");
      const at = clock.now();
      const tries = { first: at, last: at };
      await publish(source, { ...toReply(source, post, "Something else"), key: "a02/1" });
      expect(await source.find?.(reply, tries, never)).toBe("unknown");
      clock.advance(source.readDelayMs ?? 0);
      expect(await source.find?.(reply, tries, never)).toBe("absent");
    });
  });

  describe("routes", () => {
    promise("are both open for a public post, and only the private one for a message", async (scene) => {
      const { source, anna, ways } = scene;
      const open = await hear(scene, () => anna.say(`${name} my bag`));
      const secret = await hear(scene, () => anna.say(`${name} my booking is X7`, { private: true }), ways.messages);
      expect(source.routes(open, open.postedAt)).toEqual([{ kind: "Public reply" }, { kind: "Private message" }]);
      const [publicly, privately] = source.routes(secret, secret.postedAt);
      expect(publicly?.blocked).toContain("private message");
      expect(privately).toEqual({ kind: "Private message" });
    });
  });
}

async function publish(source: Source, reply: Claimed): Promise<unknown> {
  if (source.publish === undefined) throw new Error("This source does not publish");
  return source.publish(reply, never, freely);
}
