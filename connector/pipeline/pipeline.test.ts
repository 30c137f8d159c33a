import { toMemoryCrm, type MemoryCrm } from "../../test/fakes/memory-crm.ts";
import { play } from "../../test/fakes/played-pipeline.ts";
import { HOST, toTestMessage, toTestPersona, toTestPost } from "../../test/fakes/posts.ts";
import type { Key } from "../model/glossary.ts";
import { defaultRules } from "../rules/defaults.ts";
import { openPipeline, runPipeline } from "./index.ts";
import type { Stage } from "./stage.ts";

const { signal } = new AbortController();
const key = (id: string): Key => `test:${HOST}/${id}`;

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
    expect(draft?.task).toBe(true);
    expect([...crm.cases.values()]).toMatchObject([{ contact: "003A" }]);
  });

  test("ten customers under one post of ours make ten Cases", async () => {
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

describe("an edit", () => {
  const edited = toTestPost("1", "anna", { version: 5, text: "#nordwind #fail" });

  test("reaches the CRM even if nothing but noise is left, where the post is on record", async () => {
    const crm = toMemoryCrm();
    await play([[toTestPost("1", "anna")], [edited]], crm);
    expect(crm.posts.get(key("1"))).toMatchObject({ version: 5, text: edited.text });
  });

  test("is noise like any other where it is not", async () => {
    const stranger = toTestPost("1", "anna", { kind: "post", version: 5, text: "#nordwind #fail" });
    const [draft] = await play([[stranger]], toMemoryCrm());
    expect(draft?.ignored).toEqual({ stage: "triage", reason: "It has only names, tags and links." });
  });

  test.each([
    ["in a later batch", [[toTestPost("1", "anna", { version: 9 })], [edited]]],
    ["in the same batch", [[toTestPost("1", "anna", { version: 9 }), edited]]],
  ])("that a newer one has overtaken changes nothing, %s", async (_, batches) => {
    const crm = toMemoryCrm();
    const drafts = await play(batches, crm);
    expect(drafts[1]?.ignored?.reason).toBe("A newer version of it is recorded.");
    expect(crm.posts.get(key("1"))?.version).toBe(9);
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
  const stages = await openPipeline({ sources: new Map(), crm, rules: () => defaultRules });
  await expect(runPipeline(stages, [{ post: toTestPost("1", "anna") }], AbortSignal.abort())).rejects.toThrow("abort");
  expect(crm.calls.recall).toBe(0);
});

test("a stage that loses a draft is found out", async () => {
  const lossy: Stage = { name: "lossy", apply: () => Promise.resolve([]) };
  await expect(runPipeline([lossy], [{ post: toTestPost("1", "anna") }], signal)).rejects.toThrow("lossy");
});
