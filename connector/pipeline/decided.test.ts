import { toTestPost } from "../../test/fakes/posts.ts";
import type { Draft } from "../model/draft.ts";
import type { KnownCase, KnownPost } from "../model/memory.ts";
import type { Reading } from "../model/reading.ts";
import { defaultRules } from "../rules/defaults.ts";
import { toChooseCase } from "./choose-case.ts";
import { runPipeline } from "./index.ts";
import { toTriageStage } from "./triage.ts";

const { signal } = new AbortController();
const post = { ...toTestPost("1", "anna"), conversation: toTestPost("1", "anna").key };
const complaint: Reading = {
  language: "en",
  sentiment: "negative",
  sentimentScore: -0.6,
  intent: "complaint",
  topics: ["baggage"],
};
const praise: Reading = { ...complaint, sentiment: "positive", sentimentScore: 0.8, intent: "praise", topics: [] };

const toKnownCase = (change: Partial<KnownCase> = {}): KnownCase => ({
  id: "500",
  key: undefined,
  conversation: post.key,
  account: post.account,
  madeAt: "2026-03-01T09:00:00.000Z",
  closedAt: undefined,
  lastInboundAt: "2026-03-01T09:30:00.000Z",
  firstResponseAt: undefined,
  contact: undefined,
  ...change,
});
const closed = toKnownCase({ closedAt: "2026-03-01T11:00:00.000Z", lastInboundAt: "2026-03-01T10:30:00.000Z" });

/** What becomes of the post, recorded before and heard once more, when people decided so. */
async function again(known: Partial<KnownPost>, reading = complaint, cases: readonly KnownCase[] = []) {
  const draft: Draft = {
    post,
    reading,
    memory: {
      post: {
        ...{ key: post.key, version: 0, gone: false, recordedAt: "2026-03-01T10:00:05.000Z" },
        ...{ caseId: undefined, conversation: post.key, ...known },
      },
      ...{
        parent: undefined,
        persona: undefined,
        cases,
        latestCaseId: cases[0]?.id,
        lastCaseNumber: 0,
        candidates: [],
      },
    },
  };
  const [decided] = await runPipeline([toTriageStage(() => defaultRules), toChooseCase()], [draft], signal);
  return decided;
}

test("a post for which a person asks for a response gets a Case", async () => {
  expect((await again({}, praise))?.home).toBeUndefined();
  const decided = await again({ decided: { needsResponse: true } }, praise);
  expect(decided).toMatchObject({ triage: { needsResponse: true, keep: true, rule: "person" }, home: { kind: "new" } });
});

test("it opens the closed Case of its conversation, where no rep has answered it", async () => {
  expect((await again({}, complaint, [closed]))?.home?.kind).toBe("open");
  expect((await again({ decided: { needsResponse: true } }, praise, [closed]))?.home?.kind).toBe("reopen");
});

test("a post that a person dismissed gets no Case and opens none", async () => {
  const dismissed = { decided: { needsResponse: false } };
  expect((await again({}))?.home?.kind).toBe("new");
  for (const cases of [[], [toKnownCase()], [closed]]) {
    expect((await again(dismissed, complaint, cases))?.home).toBeUndefined();
  }
  const cutShort = { ...closed, closedAt: "2026-03-01T10:00:04.000Z", lastInboundAt: "2026-03-01T09:00:00.000Z" };
  expect((await again({ caseId: "500" }, complaint, [cutShort]))?.home?.kind).toBe("reopen");
  expect((await again({ ...dismissed, caseId: "500" }, complaint, [cutShort]))?.home?.kind).toBe("open");
  expect((await again({ decided: { case: true }, caseId: "500" }, complaint, [cutShort]))?.home?.kind).toBe("open");
});

test("a post that a person took off its Case stays off", async () => {
  expect((await again({ decided: { case: true } }, complaint, [toKnownCase()]))?.home).toBeUndefined();
});
