import type { Post } from "../../../connector/model/post.ts";
import type { Source } from "../../../connector/sources/source.ts";
import { followLive, letAsk } from "./scene.ts";
import type { Promising } from "./scene.ts";

/** What is said on the network arrives as what it is. */
export function hearingContract(promise: Promising, name: string): void {
  describe("what a feed tells", () => {
    promise("tells of an edit with a later version", async (scene) => {
      const { anna } = scene;
      await using following = await followLive(scene);
      const key = await anna.say(`${name} my bag is gone`);
      await anna.edit(key, `${name} my red bag is gone`);
      const [first, edited] = await following.untilPosts(2);
      expect(edited).toMatchObject({ key, text: `${name} my red bag is gone`, postedAt: first?.postedAt });
      expect(edited?.version).toBeGreaterThan(0);
      expect(following.events.at(-1)).toMatchObject({ type: "edited", key: `${key}#${edited?.version ?? ""}` });
    });

    promise("tells of a deletion", async (scene) => {
      const { anna } = scene;
      await using following = await followLive(scene);
      const key = await anna.say(`${name} I regret this`);
      await anna.remove(key);
      await following.until(() => following.events.some((event) => event.type === "deleted"));
      expect(following.events.at(-1)).toMatchObject({ type: "deleted", key: `${key}#gone`, post: key });
    });

    promise("tells of private messages, and keeps both sides in one conversation", async (scene) => {
      const { world, anna, ways } = scene;
      await using inbound = await followLive(scene, ways.messages);
      await using outbound = await followLive(scene, ways.ownMessages);
      const question = await anna.say(`${name} my booking is X7`, { private: true });
      await (await world.us()).say(`@${anna.handle} thank you`, { private: true, answering: question });
      letAsk(scene, ways.messages);
      const isFrom = (direction: string) => (post: Post) => post.direction === direction;
      await inbound.until(() => inbound.posts.some(isFrom("inbound")));
      await outbound.until(() => outbound.posts.some(isFrom("outbound")));
      const message = inbound.posts.find(isFrom("inbound"));
      const answer = outbound.posts.find(isFrom("outbound"));
      expect(message).toMatchObject({ key: question, kind: "message", visibility: "private", direction: "inbound" });
      expect(answer).toMatchObject({ kind: "message", visibility: "private", direction: "outbound", parent: question });
      expect(message?.conversation).toBeDefined();
      expect(answer?.conversation).toBe(message?.conversation);
      expect(inbound.posts.filter(isFrom("inbound"))).toHaveLength(1);
    });

    promise("knows an answer to our own post, and our posts sent from elsewhere", async (scene) => {
      const { world, source, anna, ways } = scene;
      await using inbound = await followLive(scene);
      await using outbound = await followLive(scene, ways.own);
      const ours = await (await world.us()).say("New route to Oslo");
      const theirs = await anna.say(`${name} at last`, { answering: ours });
      const toHeard = async (following: typeof inbound, key: string) => {
        await following.until(() => following.posts.some((post) => post.key === key));
        return following.posts.find((post) => post.key === key);
      };
      const said = await toHeard(outbound, ours);
      const answer = await toHeard(inbound, theirs);
      expect(said).toMatchObject({ kind: "post", direction: "outbound" });
      expect(answer).toMatchObject({ kind: "reply", parent: ours });
      expect(said?.author.key).toBe(source.account.key);
      expect(answer?.conversation).toBe(ways.knowsRoots ? ours : undefined);
    });

    promise("finds the listener's words, and tells the same post whichever feed heard it", async (scene) => {
      const { anna, ways } = scene;
      await using named = await followLive(scene, ways.asked);
      await using worded = await followLive(scene, ways.words);
      await anna.say("lost luggages are no match");
      const plain = await anna.say("Lost Luggage, again");
      const both = await anna.say(`${name} lost luggage!`);
      const [first, second] = await worded.untilPosts(2);
      letAsk(scene, ways.asked);
      const [mention] = await named.untilPosts(1);
      expect(first).toMatchObject({ key: plain, kind: "post", matched: ["lost luggage"] });
      expect({ ...second, detectedAt: mention?.detectedAt }).toEqual(mention);
      expect(second?.key).toBe(both);
    });
  });

  describe("a thread", () => {
    promise("is told from its root", async (scene) => {
      const { world, source, anna } = scene;
      const ben = await world.person("ben");
      const root = await anna.say("My bag did not come");
      const middle = await ben.say("Same with mine", { answering: root });
      await using following = await followLive(scene);
      await anna.say(`${name} do you hear`, { answering: middle });
      const [post] = await following.untilPosts(1);
      const parents = await readThread(source, post);
      expect(parents.map(({ key, author }) => [key, author.handle])).toEqual([
        [root, anna.handle],
        [middle, ben.handle],
      ]);
    });

    promise("of a post that is gone is empty", async (scene) => {
      const { source, anna } = scene;
      await using following = await followLive(scene);
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
