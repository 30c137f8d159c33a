import { toMemoryCrm, type MemoryCrm } from "../../test/fakes/memory-crm.ts";
import { play } from "../../test/fakes/played-pipeline.ts";
import { HOST, toTestMessage, toTestPost } from "../../test/fakes/posts.ts";
import type { Post } from "../model/post.ts";

const at = (day: number, hour = 0): string => new Date(Date.UTC(2026, 2, day, hour)).toISOString();
const caseOf = (crm: MemoryCrm, id: string): string | undefined => crm.posts.get(`test:${HOST}/${id}`)?.caseId;

describe("after the closing", () => {
  const first = toTestPost("1", "anna", { postedAt: at(1) });
  const later = (id: string, day: number, change: Partial<Post> = {}): Post =>
    toTestPost(id, "anna", { parent: first.key, postedAt: at(day), text: "@nordwind still no bag, hello?", ...change });

  async function closedCase(crm: MemoryCrm): Promise<string> {
    await play([[first]], crm);
    crm.close("500-1", at(2));
    return "500-1";
  }

  test.each([
    ["posted after it, within seven days", later("2", 8), "reopen"],
    ["posted later than that", later("2", 10), "new"],
    ["posted before it and before what the rep saw", later("2", 0), "open"],
    ["thanks", later("2", 3, { text: "@nordwind thank you so much, great service!" }), "open"],
  ])("%s: %s", async (_, post, kind) => {
    const crm = toMemoryCrm();
    const id = await closedCase(crm);
    const [draft] = await play([[post]], crm, [first, post]);
    expect(draft?.home?.kind).toBe(kind);
    expect(crm.cases.get(id)?.reopened).toBe(kind === "reopen" ? 1 : 0);
    expect(crm.cases.get(id)?.closedAt).toBe(kind === "reopen" ? undefined : at(2));
    expect(caseOf(crm, "2")).toBe(kind === "new" ? "500-2" : id);
    expect(crm.cases.get("500-2")?.parentCaseId).toBe(kind === "new" ? id : undefined);
  });

  test.each([
    ["newer than all that stands on the Case", "reopen", at(1, 12), {}],
    ["older than the customer's last word on it", "open", at(0, 12), {}],
    ["no question", "open", at(1, 12), { text: "@nordwind thank you so much, great service!" }],
    ["only fetched, days later", "open", at(1, 12), { context: true } as const],
  ])("what was said before it and is heard after it, %s: %s", async (_, kind, postedAt, change) => {
    const crm = toMemoryCrm();
    const id = await closedCase(crm);
    const post = { ...later("2", 1, change), postedAt, detectedAt: at(3) };
    const [draft] = await play([[post]], crm, [first, post]);
    expect(draft?.home).toMatchObject({ kind, case: { id } });
    expect(crm.cases.get(id)?.closedAt).toBe(kind === "reopen" ? undefined : at(2));
  });

  test("what is heard late stays on it where the customer's later words were heard, in one batch or two", async () => {
    const thanks = later("2", 1, { postedAt: at(1, 12), text: "@nordwind thank you so much, great service!" });
    const question = later("3", 1, { postedAt: at(1, 11) });
    for (const batches of [[[thanks, question]], [[thanks], [question]]]) {
      const crm = toMemoryCrm();
      const id = await closedCase(crm);
      await play(batches, crm, [first, thanks, question]);
      expect([caseOf(crm, "2"), caseOf(crm, "3")]).toEqual([id, id]);
      expect(crm.cases.get(id)).toMatchObject({ reopened: 0, closedAt: at(2), lastInboundAt: at(1, 12) });
    }
  });

  test("thanks that an edit turns into a question reopen it, in one batch or two", async () => {
    const thanks = later("2", 3, { text: "@nordwind thank you so much, great service!" });
    const edited = { ...later("2", 3), version: 5 };
    for (const batches of [[[thanks, edited]], [[thanks], [edited]]]) {
      const crm = toMemoryCrm();
      const id = await closedCase(crm);
      await play(batches, crm, [first, thanks]);
      expect(crm.cases.get(id)).toMatchObject({ reopened: 1, closedAt: undefined });
    }
  });

  test("a post that was recorded before the closing reopens nothing", async () => {
    const crm = toMemoryCrm();
    const id = await closedCase(crm);
    const [again] = await play([[first]], crm);
    expect(again?.home).toMatchObject({ kind: "open", case: { id } });
    expect(crm.cases.get(id)?.closedAt).toBe(at(2));
  });

  test("a post that was recorded after the closing, by a call that was cut before it reopened the Case, reopens it", async () => {
    const crm = toMemoryCrm();
    const id = await closedCase(crm);
    const post = later("2", 3);
    await play([[post]], crm, [first, post]);
    crm.close(id, at(2));
    const [again] = await play([[post]], crm, [first, post]);
    expect(again?.home).toMatchObject({ kind: "reopen", case: { id } });
  });

  test("the second post of a batch joins what the first one reopened", async () => {
    const crm = toMemoryCrm();
    await closedCase(crm);
    const posts = [later("2", 3), later("3", 20), toTestMessage("4", "anna", { postedAt: at(20) })];
    const drafts = await play([posts], crm, [first, ...posts]);
    expect(drafts.map(({ home }) => home?.kind)).toEqual(["reopen", "open", "open"]);
    expect(crm.cases.get("500-1")?.reopened).toBe(1);
  });

  test("the fourth Case has a key of its own", async () => {
    const crm = toMemoryCrm();
    await closedCase(crm);
    const posts = [10, 20, 30].map((day) => later(`day${day}`, day));
    for (const [n, post] of posts.entries()) {
      await play([[post]], crm, [first, ...posts]);
      crm.close(`500-${n + 2}`, post.postedAt);
    }
    expect([...crm.cases.values()].map((one) => one.key?.split("|").at(-1))).toEqual(["1", "2", "3", "4"]);
  });

  test("after a merge the customer's next post goes to the master", async () => {
    const crm = toMemoryCrm();
    const elsewhere = toTestPost("9", "anna");
    await play([[first], [elsewhere]], crm);
    expect(crm.cases.size).toBe(2);
    crm.merge("500-1", "500-2");
    await play([[later("2", 3)]], crm, [first, later("2", 3)]);
    expect(caseOf(crm, "2")).toBe("500-2");
    expect(crm.cases.size).toBe(1);
  });
});

describe("in a conversation of many", () => {
  test("who answers another customer's post gets a Case of their own, in the same batch or later", async () => {
    const annas = toTestPost("1", "anna");
    const bens = toTestPost("2", "ben", { parent: annas.key });
    for (const batches of [[[annas, bens]], [[annas], [bens]]]) {
      const crm = toMemoryCrm();
      await play(batches, crm);
      expect(crm.cases.size).toBe(2);
      expect(caseOf(crm, "1")).not.toBe(caseOf(crm, "2"));
    }
  });

  test("an edit that now complains gets the Case that the first words did not", async () => {
    const crm = toMemoryCrm();
    const kind = toTestPost("1", "anna", { text: "@nordwind thank you!" });
    const [first, second] = await play([[kind], [{ ...toTestPost("1", "anna"), version: 5 }]], crm);
    expect([first?.home, second?.home?.kind]).toEqual([undefined, "new"]);
    expect(caseOf(crm, "1")).toBe("500-1");
  });
});
