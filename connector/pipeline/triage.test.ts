import { COMPANY, toTestPost } from "../../test/fakes/posts.ts";
import type { Draft } from "../model/draft.ts";
import type { RuleRow } from "../model/settings.ts";
import { toRuleSet } from "../rules/to-rule-set.ts";
import { toTriageStage } from "./triage.ts";

const { signal } = new AbortController();
const says = { needsResponse: true, queue: "Service", responseMinutes: 30 } as const;
const row = { id: "r", active: true, order: 1, condition: "", reason: "", priority: "Low", ...says } as const;

function toSet(...rows: readonly RuleRow[]) {
  const read = toRuleSet(rows);
  if ("faults" in read) throw new Error("The rules of the test are broken");
  return read.set;
}

const drafts = ["1", "2"].map((id): Draft => ({ post: toTestPost(id, "anna") }));

test("a batch is decided by one set of rules, the next one by the set that stands then", async () => {
  const [old, now] = [toSet({ ...row, name: "old" }), toSet({ ...row, name: "new" })];
  let asked = 0;
  const stage = toTriageStage(() => (asked++ === 0 ? old : now));
  for (const [rule, { version }] of [["old", old] as const, ["new", now] as const]) {
    const decided = await stage.apply(drafts, signal);
    for (const { triage } of decided) expect(triage).toMatchObject({ rule, ruleSet: version });
  }
});

test("what a call may yet bring is kept, as a tombstone or in its newer version, whatever the rules want by now", async () => {
  const set = toSet({ ...row, name: "nothing", needsResponse: false });
  const post = { ...toTestPost("3", "anna", { kind: "post", text: "RT @ben the sun shines" }), version: 7 };
  const judge = async (draft: Draft) => (await toTriageStage(() => set).apply([draft], signal))[0];
  expect(await judge({ post })).toMatchObject({ ignored: { stage: "triage" } });
  const gone = { post: { ...post, text: "The sun shines" }, gone: "2026-03-02T08:00:00.000Z" };
  for (const draft of [gone, { post, doubted: true }] as const) {
    const judged = await judge(draft);
    expect(judged?.triage).toMatchObject({ keep: true, needsResponse: false });
    expect(judged?.ignored).toBeUndefined();
  }
});

test("conditions know an account by what it is called, or by its key where nobody knows that", async () => {
  const byName = { ...row, name: "by-name", condition: 'account == "nordwind.de"' };
  const byKey = { ...row, name: "by-key", condition: `account == "${COMPANY}"`, order: 2 };
  const set = toSet(byName, byKey, { ...row, name: "otherwise", order: 3 });
  const ruleOf = async (handle: string | undefined) => {
    const [draft] = await toTriageStage(
      () => set,
      () => handle,
    ).apply(drafts, signal);
    return draft?.triage?.rule;
  };
  expect(await ruleOf("nordwind.de")).toBe("by-name");
  expect(await ruleOf(undefined)).toBe("by-key");
});
