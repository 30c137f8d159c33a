import { toMemoryCrm, type MemoryCrm } from "../../test/fakes/memory-crm.ts";
import { play } from "../../test/fakes/played-pipeline.ts";
import { HOST, toTestPost } from "../../test/fakes/posts.ts";
import type { Post } from "../model/post.ts";

const TODAY = "2026-03-10T12:00:00.000Z";
const LAST_WEEK = "2026-03-03T12:00:00.000Z";
const LAST_NIGHT = "2026-03-09T23:00:00.000Z";

/** As the recorder appends a parent of a thread. */
const toFetched = (id: string, by: string, postedAt: string, change: Partial<Post> = {}): Post =>
  toTestPost(id, by, { postedAt, detectedAt: TODAY, context: true, conversation: `test:${HOST}/root`, ...change });

const withAnna = (): MemoryCrm =>
  toMemoryCrm({ [`anna@${HOST}`]: [{ link: { contact: "003A" }, field: "Contact.Mastodon__c" }] });

describe("a post that was fetched to show what led to another", () => {
  test("is kept with its conversation, without a Case or an activity, however it complained", async () => {
    const crm = withAnna();
    const [draft] = await play([[toFetched("root", "anna", LAST_WEEK)]], crm);
    expect(draft?.reading?.intent).toBe("complaint");
    expect(draft?.triage).toMatchObject({ keep: true, needsResponse: false, rule: "background" });
    expect(draft?.triage?.reason).toContain("fetched to show what led to a later post");
    expect(crm.posts.get(`test:${HOST}/root`)).toMatchObject({ caseId: undefined, conversation: `test:${HOST}/root` });
    expect([crm.cases.size, crm.tasks.size]).toEqual([0, 0]);
  });

  test("stands on the Case that its author has in the conversation, in one batch or two", async () => {
    const root = toFetched("root", "anna", LAST_WEEK);
    const again = toTestPost("2", "anna", { parent: root.key, postedAt: TODAY });
    for (const batches of [[[again, root]], [[again], [root]]]) {
      const crm = withAnna();
      await play(batches, crm);
      expect(crm.cases.size).toBe(1);
      expect(crm.posts.get(root.key)?.caseId).toBe("500-1");
      expect(crm.cases.get("500-1")?.lastInboundAt).toBe(TODAY);
    }
  });

  test("is news where it is said to us and less than a day old: the network's own delivery is skipped", async () => {
    const crm = withAnna();
    const [draft] = await play([[toFetched("root", "anna", LAST_NIGHT)]], crm);
    expect(draft?.triage).toMatchObject({ needsResponse: true, rule: "complaint" });
    expect([crm.cases.size, crm.tasks.size]).toEqual([1, 1]);
  });

  test("is none of our business where it is said to others, however new", async () => {
    const crm = withAnna();
    const text = "Fly @skyhigh they said. My suitcase never arrived";
    const [draft] = await play([[toFetched("root", "anna", LAST_NIGHT, { kind: "post", text })]], crm);
    expect(draft?.triage).toMatchObject({ keep: true, needsResponse: false, rule: "background" });
    expect([crm.cases.size, crm.tasks.size]).toEqual([0, 0]);
  });
});
