import { toDraft, toOpening } from "../../../test/contracts/crm/drafts.ts";
import { never } from "../../../test/contracts/crm/place.ts";
import { manualClock } from "../../../test/fakes/manual-clock.ts";
import { toTestPost } from "../../../test/fakes/posts.ts";
import type { Draft } from "../../model/draft.ts";
import type { Session, Step } from "./connect.ts";
import { toFields } from "./fields.ts";
import { toHalves } from "./halves.ts";
import { record } from "./record.ts";
import { nothingSaid } from "./said-before.ts";
import { openSharedWrites } from "./shared-writes.ts";
import { toNextTurn } from "./turn.ts";

interface Body {
  readonly records: readonly unknown[];
}

/** An org whose trigger on posts, as it is written, can take so many rows at a time. */
function openBusyOrg(most: number, statusCode: string) {
  const written: number[] = [];
  const toAnswer = ({ ref, method, body }: Step) => {
    if (method === "GET") return { status: 200, body: { records: [], done: true } };
    const { records } = body as Body;
    if (ref === "posts") written.push(records.length);
    const success = ref !== "posts" || records.length <= most;
    const errors = success ? [] : [{ statusCode, message: "limit", fields: [] }];
    return { status: 200, body: records.map(() => ({ success, errors })) };
  };
  const session: Session = {
    userId: undefined,
    composite: (steps) => Promise.resolve(new Map(steps.map((step) => [step.ref, toAnswer(step)]))),
    more: () => Promise.reject(new Error("there is no further page")),
  };
  const clock = manualClock();
  const settings = () => ({ orgId: "", queues: new Map(), reopenedStatus: "New", completedTaskStatus: "Completed" });
  const sharedWrites = openSharedWrites(session, clock);
  const own = { settings, fallbackQueue: "", routes: () => [], now: () => clock.now() };
  const options = {
    session,
    sharedWrites,
    fields: toFields(""),
    nextTurn: toNextTurn(clock),
    saidBefore: nothingSaid,
    ...own,
  };
  return { written, record: (drafts: readonly Draft[]) => record(options, drafts, never) };
}

const drafts = Array.from({ length: 200 }, (_, index) => toDraft(toTestPost(`half-${index}`, `half_${index}`)));

test("what is too much for the org's own code goes in halves", async () => {
  const org = openBusyOrg(60, "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY");
  expect((await org.record(drafts)).outcomes).toEqual(drafts.map(() => undefined));
  expect(org.written).toEqual([200, 100, 50, 50, 100, 50, 50]);
});

test("what fails however few there are is told after some calls, not after hundreds", async () => {
  const org = openBusyOrg(0, "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY");
  expect(new Set((await org.record(drafts)).outcomes.map((outcome) => outcome !== undefined))).toEqual(new Set([true]));
  expect(org.written).toHaveLength(15);
});

test("a refusal that has nothing to do with the number is not repeated", async () => {
  const org = openBusyOrg(0, "FIELD_CUSTOM_VALIDATION_EXCEPTION");
  await org.record(drafts);
  expect(org.written).toEqual([200]);
});

test("what stands on one Case stays together, in order", () => {
  const opening = toOpening("case", "anna");
  const key = opening.home?.kind === "new" ? opening.home.key : "";
  const [one, other] = [toDraft(toTestPost("one", "one")), toDraft(toTestPost("other", "other"))];
  const second: Draft = { ...toDraft(toTestPost("case-2", "anna")), home: { kind: "batch", key } };
  expect(toHalves([opening, one, other, second])).toEqual([[opening, second, one], [other]]);
});
