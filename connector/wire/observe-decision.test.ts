import { toTestPost } from "../../test/fakes/posts.ts";
import type { Draft } from "../model/draft.ts";
import type { KnownCase } from "../model/memory.ts";
import { openTelemetry } from "../telemetry.ts";
import { observeDecision } from "./observe-decision.ts";

const known: KnownCase = {
  id: "500",
  key: undefined,
  conversation: undefined,
  account: undefined,
  madeAt: "2026-03-01T10:00:00.000Z",
  closedAt: undefined,
  lastInboundAt: undefined,
  firstResponseAt: undefined,
  contact: undefined,
  postedAt: "2026-03-01T10:00:00.000Z",
};

/** How often each time was taken, and the sum of them in seconds. */
async function observed(drafts: readonly Draft[], outcome = "recorded"): Promise<Readonly<Record<string, string>>> {
  const { metrics } = openTelemetry({ level: "silent" });
  for (const draft of drafts) observeDecision(metrics, draft, outcome, "2026-03-01T10:00:09.000Z");
  const lines = (await metrics.registry.metrics()).split("\n");
  const of = (name: string) =>
    lines.find((line) => line.startsWith(`earshot_${name}_seconds_sum `))?.split(" ")[1] ?? "";
  return { detection: of("detection"), triage: of("triage"), answer: of("answer"), case: of("post_to_case") };
}

const question = toTestPost("m-1", "anna", { detectedAt: "2026-03-01T10:00:04.000Z" });
const answer = toTestPost("m-2", "nordwind", { parent: question.key, postedAt: "2026-03-01T10:20:00.000Z" });

test("a new post tells how long it took to hear it and to decide", async () => {
  const home = { kind: "new", key: "k", parentCaseId: undefined, subject: "", description: "" } as const;
  expect(await observed([{ post: question, home }])).toEqual({ detection: "4", triage: "5", answer: "0", case: "9" });
  expect(await observed([{ post: question }], "ignored")).toMatchObject({ detection: "4", triage: "5" });
});

test("edits, and what was fetched to be read along, are not heard late", async () => {
  const old = { ...question, context: true, postedAt: "2026-01-01T10:00:00.000Z" } as const;
  const drafts = [{ post: { ...question, version: 9 } }, { post: old }];
  expect(await observed(drafts)).toMatchObject({ detection: "0", triage: "0" });
});

test("the first answer on a Case tells how long the customer waited, a second one nothing", async () => {
  expect(await observed([{ post: answer, home: { kind: "open", case: known } }])).toMatchObject({ answer: "1200" });
  const answered = { ...known, firstResponseAt: answer.postedAt };
  expect(await observed([{ post: answer, home: { kind: "open", case: answered } }])).toMatchObject({ answer: "0" });
});
