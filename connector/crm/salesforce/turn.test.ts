import { toDraft } from "../../../test/contracts/crm/drafts.ts";
import { toTestPost } from "../../../test/fakes/posts.ts";
import type { Memory } from "../../model/memory.ts";
import { toTurn } from "./turn.ts";

const NOW = "2026-03-01T10:00:00.000Z";

function toKnown(turn: number) {
  const draft = toDraft(toTestPost("turn", "anna"));
  const persona = { key: draft.post.author.key, identity: "Anonymous", link: {}, decidedBy: undefined, turn } as const;
  const none = {
    post: undefined,
    parent: undefined,
    cases: [],
    latestCaseId: undefined,
    lastCaseNumber: 0,
    candidates: [],
  };
  const memory: Memory = { ...none, persona };
  return { ...draft, memory };
}

test("a call's turn is its time, and higher than what the CRM holds where the clock went back", () => {
  const now = Date.parse(NOW);
  expect(toTurn(toDraft(toTestPost("turn", "anna")), NOW)).toBe(now);
  expect(toTurn(toKnown(now - 5), NOW)).toBe(now);
  expect(toTurn(toKnown(now + 5), NOW)).toBe(now + 6);
});
