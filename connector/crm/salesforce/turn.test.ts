import { toDraft } from "../../../test/contracts/crm/drafts.ts";
import { manualClock } from "../../../test/fakes/manual-clock.ts";
import { toTestPost } from "../../../test/fakes/posts.ts";
import type { Draft } from "../../model/draft.ts";
import { toLeastTurn, toNextTurn } from "./turn.ts";

function toKnown(turn: number): Draft {
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
  return { ...draft, memory: { ...none, persona } };
}

test("a turn is the time, and grows with every call, whatever the clock does", async () => {
  const clock = manualClock();
  const next = toNextTurn(clock);
  const first = Date.parse(clock.now());
  expect(await next(0)).toBe(first);
  expect(await next(0)).toBe(first + 1);
  clock.advance(60_000);
  expect(await next(0)).toBe(first + 60_000);
  expect(await next(first + 90_000)).toBe(first + 90_000);
  expect(await next(0)).toBe(first + 90_001);
});

test("it is higher than what the CRM holds of any author", () => {
  expect(toLeastTurn([])).toBe(0);
  expect(toLeastTurn([toKnown(5), toDraft(toTestPost("new", "ben")), toKnown(7)])).toBe(8);
});
