import { toMemoryCrm, type MemoryCrm } from "../../test/fakes/memory-crm.ts";
import { COMPANY, HOST, toTestMessage, toTestPersona, toTestPost } from "../../test/fakes/posts.ts";
import type { Draft } from "../model/draft.ts";
import type { Key } from "../model/glossary.ts";
import type { Post } from "../model/post.ts";
import { defaultRules } from "../rules/defaults.ts";
import { openPipeline, runPipeline } from "./index.ts";
import type { Stage } from "./stage.ts";
import type { ThreadSource } from "./thread.ts";

const signal = AbortSignal.timeout(60_000);
const key = (id: string): Key => `test:${HOST}/${id}`;
const at = (day: number, hour = 0): string => new Date(Date.UTC(2026, 2, day, hour)).toISOString();

/** A network that knows all posts of a test. */
function toNetwork(posts: readonly Post[]): ThreadSource {
  const byKey = new Map(posts.map((post) => [post.key, post]));
  const above = (post: Post): readonly Post[] => {
    const parent = byKey.get(post.parent ?? "");
    return parent === undefined ? [] : [...above(parent), parent];
  };
  return {
    account: { key: COMPANY, network: "test", handle: "nordwind", mode: "engage", textLimit: 500, urlLength: 23 },
    thread: (post) => Promise.resolve(above(post)),
  };
}

/** The pipeline and the recorder's part: each batch is decided, then recorded. */
async function play(batches: readonly (readonly Post[])[], crm: MemoryCrm, all = batches.flat()): Promise<Draft[]> {
  const stages = await openPipeline({
    sources: new Map([toNetwork(all)].map((network) => [network.account.key, network])),
    crm,
    rules: defaultRules,
  });
  const drafts: Draft[] = [];
  for (const batch of batches) drafts.push(...(await playBatch(stages, batch, crm)));
  return drafts;
}

async function playBatch(stages: readonly Stage[], batch: readonly Post[], crm: MemoryCrm): Promise<readonly Draft[]> {
  const decided = await runPipeline(
    stages,
    batch.map((post) => ({ post })),
    signal,
  );
  await crm.record(decided, signal);
  return decided;
}

const caseOf = (crm: MemoryCrm, id: string): string | undefined => crm.posts.get(key(id))?.caseId;

describe("a post becomes a Case", () => {
  test("with the customer's Contact, because the handle is on record", async () => {
    const crm = toMemoryCrm({ [`anna@${HOST}`]: [{ link: { contact: "003A" }, field: "Contact.Mastodon__c" }] });
    const [draft] = await play([[toTestPost("1", "anna")]], crm);

    expect(draft?.post.conversation).toBe(key("1"));
    expect(draft?.reading).toMatchObject({ language: "en", sentiment: "negative", intent: "complaint" });
    expect(draft?.identity).toMatchObject({ state: "Linked", link: { contact: "003A" }, found: true });
    expect(draft?.triage).toMatchObject({ needsResponse: true, keep: true, rule: "complaint" });
    expect(draft?.home).toMatchObject({
      kind: "new",
      key: `${key("1")}|${toTestPersona("anna").key}|1`,
      subject: "Anna: my suitcase never arrived and nobody answers",
    });
    expect(draft?.task).toEqual({ completedAt: draft?.post.postedAt });
    expect([...crm.cases.values()]).toMatchObject([{ contact: "003A" }]);
  });

  test("ten customers under one post of ours make ten Cases, and one question to the network", async () => {
    const crm = toMemoryCrm();
    const ours = toTestPost("0", "nordwind", { kind: "post", text: "We fly to Oslo." });
    const crowd = Array.from({ length: 10 }, (_, n) =>
      toTestPost(`${n + 1}`, `customer${n}`, { kind: "reply", parent: ours.key }),
    );
    await play([[ours], crowd], crm);
    expect(crm.cases.size).toBe(10);
    expect(new Set([...crm.cases.values()].map(({ conversation }) => conversation))).toEqual(new Set([ours.key]));
  });

  test("two posts of one customer in one batch share it", async () => {
    const crm = toMemoryCrm();
    const one = toTestPost("1", "anna");
    const two = toTestPost("2", "anna", { parent: one.key, kind: "mention", text: "@nordwind hello? Please answer" });
    const drafts = await play([[one, two]], crm);
    expect(drafts.map(({ home }) => home?.kind)).toEqual(["new", "batch"]);
    expect(crm.cases.size).toBe(1);
  });

  test("a private message joins the open Case, whatever its conversation", async () => {
    const crm = toMemoryCrm();
    await play([[toTestPost("1", "anna")], [toTestMessage("2", "anna")]], crm);
    expect(crm.cases.size).toBe(1);
    expect(caseOf(crm, "2")).toBe(caseOf(crm, "1"));
  });

  test("of a private message the Case shows not a word", async () => {
    const crm = toMemoryCrm();
    const [draft] = await play([[toTestMessage("1", "anna", { text: "My code is SECRET7, help" })]], crm);
    expect(draft?.home).toMatchObject({ kind: "new", subject: "Private message from Anna" });
    expect(JSON.stringify(draft?.home)).not.toContain("SECRET7");
    expect(draft?.task).toBeUndefined();
  });

  test("other people's talk in the conversation is kept without a Case", async () => {
    const crm = toMemoryCrm();
    const one = toTestPost("1", "anna");
    const other = toTestPost("2", "ben", { kind: "comment", parent: one.key, text: "@anna same with me last year" });
    const stranger = toTestPost("3", "carl", { kind: "post", text: "A nordwind blows tonight" });
    const drafts = await play([[one, other, stranger]], crm);
    expect(drafts.map(({ ignored }) => ignored?.stage)).toEqual([undefined, undefined, "triage"]);
    expect(crm.cases.size).toBe(1);
    expect(crm.posts.get(other.key)).toMatchObject({ caseId: undefined, conversation: one.key });
    expect(crm.posts.has(stranger.key)).toBe(false);
  });

  test("what we answered stands on the Case of the post it answers", async () => {
    const crm = toMemoryCrm();
    const one = toTestPost("1", "anna");
    const ours = toTestPost("2", "nordwind", { kind: "reply", parent: one.key, text: "@anna we are on it" });
    await play([[one], [ours]], crm);
    expect(caseOf(crm, "2")).toBe(caseOf(crm, "1"));
    const together = toMemoryCrm();
    await play([[one, ours]], together);
    expect(caseOf(together, "2")).toBe(caseOf(together, "1"));
  });
});

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
    ["posted before it", later("2", 1), "open"],
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

  test("a post that was recorded before reopens nothing", async () => {
    const crm = toMemoryCrm();
    const id = await closedCase(crm);
    crm.close(id, at(0));
    const [again] = await play([[first]], crm);
    expect(again?.home).toMatchObject({ kind: "open", case: { id } });
    expect(crm.cases.get(id)?.closedAt).toBe(at(0));
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

describe("what a person decided about identity", () => {
  test("is never overridden", async () => {
    const crm = toMemoryCrm({ [`anna@${HOST}`]: [{ link: { contact: "003A" }, field: "Contact.Mastodon__c" }] });
    crm.decide(toTestPersona("anna").key, {}, "Rita Rep");
    const [draft] = await play([[toTestPost("1", "anna")]], crm);
    expect(draft?.identity).toMatchObject({ state: "Anonymous", link: {}, found: false });
    expect(crm.personas.get(toTestPersona("anna").key)).toMatchObject({ link: {}, decidedBy: "Rita Rep" });
    expect(crm.tasks.size).toBe(0);
  });
});

test("an aborted run stops between the stages", async () => {
  const crm = toMemoryCrm();
  const stages = await openPipeline({ sources: new Map(), crm, rules: defaultRules });
  await expect(runPipeline(stages, [{ post: toTestPost("1", "anna") }], AbortSignal.abort())).rejects.toThrow("abort");
  expect(crm.calls.recall).toBe(0);
});

test("a stage that loses a draft is found out", async () => {
  const lossy: Stage = { name: "lossy", apply: () => Promise.resolve([]) };
  await expect(runPipeline([lossy], [{ post: toTestPost("1", "anna") }], signal)).rejects.toThrow("lossy");
});
