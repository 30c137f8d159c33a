import type { Post } from "../../../connector/model/post.ts";
import type { Source } from "../../../connector/sources/source.ts";
import { followLive } from "./scene.ts";
import type { Promising } from "./scene.ts";

/** What is said on the network arrives as what it is. */
export function hearingContract(promise: Promising, name: string): void {
  describe("what a feed tells", () => {
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
  });

  describe("a thread", () => {
    promise("is told from its root", async ({ world, source, anna }) => {
      const ben = await world.person("ben");
      const root = await anna.say("My bag did not come");
      const middle = await ben.say("Same with mine", { answering: root });
      await using following = await followLive(source);
      await anna.say(`${name} do you hear`, { answering: middle });
      const [post] = await following.untilPosts(1);
      const parents = await readThread(source, post);
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
      expect(await readThread(source, post)).toEqual([]);
    });
  });
}

async function readThread(source: Source, post: Post | undefined): Promise<readonly Post[]> {
  if (post === undefined || source.thread === undefined) throw new Error("There is no thread to ask for");
  return source.thread(post, new AbortController().signal);
}
